"""A lock: one build at a time for one output folder.

The system keeps it for as long as the process lives, so that none outlives its build. It stands on a hidden file
beside the folder, which says what process that is.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tally.problem import Faulty, Problem
from tally.progress import UNWATCHED, Progress
from tally.source import beside

if TYPE_CHECKING:
    from filelock import BaseFileLock

PATIENCE = 30.0
"""Seconds to wait for another build, which is longer than most take."""


@contextmanager
def held(output: Path, progress: Progress = UNWATCHED, patience: float = PATIENCE) -> Iterator[bool]:
    """Keep other builds from `output`, and say whether one was waited for; raises `Faulty` where it takes longer than `patience`."""
    from filelock import FileLock  # here, because only a build locks

    _, _, file = beside(output)
    new = [folder for folder in output.parents if not folder.exists()]
    lock = FileLock(file, fallback_to_soft=False, on_acquired=_sign)
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        waited = not _acquire(lock, file, output, progress, patience)
    except OSError as error:
        raise Faulty([Problem(str(output), 1, 1, "", f"cannot be written: {error.strerror or error}")]) from None
    try:
        yield waited
    finally:
        with suppress(OSError):
            file.unlink()  # while it is held: whoever waits for it sees that it is gone, and makes another
        lock.release()
        with suppress(OSError):
            for folder in new:
                folder.rmdir()  # only where nothing came of the build


def _acquire(lock: BaseFileLock, file: Path, output: Path, progress: Progress, patience: float) -> bool:
    """Whether the lock could be had at once."""
    from filelock import Timeout

    with suppress(Timeout):
        lock.acquire(timeout=0)
        return True
    progress.say(f"Another build{_by(file)} is at work on {output}; waiting {patience:g} seconds for it at most")
    try:
        lock.acquire(timeout=patience)
    except Timeout:
        said = f"another build{_by(file)} has been at work on this folder for more than {patience:g} seconds; wait for it or stop it"
        raise Faulty([Problem(str(output), 1, 1, "", said)]) from None
    return False


def _sign(descriptor: int) -> None:
    os.ftruncate(descriptor, 0)
    os.write(descriptor, str(os.getpid()).encode())


def _by(file: Path) -> str:
    """The process that holds the lock, where its file can be read."""
    try:
        number = file.read_text("ascii")
    except (OSError, ValueError):
        return ""
    return f" (process {number})" if number.isdecimal() else ""
