"""A crew: processes that share the work of one, and end when it ends, even by a kill.

What the work is, is `raster`'s and `task`'s.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import BaseContext
from typing import TYPE_CHECKING

from tally.problem import Faulty, Problem

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor


@contextmanager
def gathered(size: int, context: BaseContext | None = None) -> Iterator[ProcessPoolExecutor]:
    """So many processes, to be used as any such pool; raises `Faulty` where the system ends one of them."""
    from concurrent.futures import ProcessPoolExecutor  # here, because what changes little needs no crew
    from concurrent.futures.process import BrokenProcessPool

    try:
        with ProcessPoolExecutor(size, context, initializer=_follow) as pool:
            yield pool
    except BrokenProcessPool:
        said = "one of the build's processes was ended from outside, as the system does where memory runs out; free some and build again"
        raise Faulty([Problem("build.py", 1, 1, "", said)]) from None


def _follow() -> None:
    gc.freeze()  # what was there before its work is not looked through
    gc.enable()  # a build does without, but what thousands of tasks leave behind would take up the memory
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that called them hears it, and ends them
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent
    parent.join()
    os._exit(1)
