"""A crew: processes that share the work of one, and end when it ends, even by a kill.

What the work is, is `raster`'s and `task`'s.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from multiprocessing.context import BaseContext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor


def gathered(size: int, context: BaseContext | None = None) -> ProcessPoolExecutor:
    """So many processes, to be used as any such pool."""
    from concurrent.futures import ProcessPoolExecutor  # here, because what changes little needs no crew

    return ProcessPoolExecutor(size, context, initializer=_follow)


def _follow() -> None:
    gc.freeze()  # what was there before its work is not looked through
    gc.enable()  # a build does without, but what thousands of tasks leave behind would take up the memory
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent
    parent.join()
    os._exit(1)
