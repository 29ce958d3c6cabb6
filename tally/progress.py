"""Progress: which stage a build is at, told while somebody waits for it.

Stages tell it and go on; nothing that a build writes depends on it. What is said of a build once it is done stands
in `build.py`.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import TextIO, TypeVar

T = TypeVar("T")

STAGES = ("load", "start", "validate", "derive", "check", "figure", "pictures", "render", "write")
"""In the order of a build; at the `start`, libraries are loaded and other builds waited for."""
BAR_AFTER = 1.0
"""Seconds that a build may take before a bar is drawn."""
_REDRAWN = 0.1
_LENGTH = 24


class Progress:
    """Whoever waits for a build; this one does not listen."""

    def at(self, stage: str, done: int = 0, of: int = 0) -> None:
        """The build is at this stage, with so much of it done; `of` is 0 where nobody knows how much there is."""

    def say(self, line: str) -> None:
        """Something that cannot wait for the end of the build."""

    def over(self, stage: str, items: Iterable[T], of: int = 0) -> Iterator[T]:
        """The items, each counted as it is taken."""
        self.at(stage, 0, of)
        for done, item in enumerate(items, 1):
            yield item
            self.at(stage, done, of)


UNWATCHED = Progress()


class Clock(Progress):
    """Times each stage on `screen`, if asked to, and draws a bar there while a build takes long, if that is a terminal."""

    def __init__(self, screen: TextIO, verbose: bool = False) -> None:
        self._screen, self._verbose = screen, verbose
        self._bar = screen.isatty() and os.environ.get("TERM") != "dumb"
        self._began = self._since = self._drawn = time.monotonic()
        self._stage = self._shown = ""

    def __enter__(self) -> Clock:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._wipe()
        self._end(time.monotonic())
        if self._verbose:
            self.say(timed("all", time.monotonic() - self._began))

    def at(self, stage: str, done: int = 0, of: int = 0) -> None:
        now = time.monotonic()
        if stage != self._stage:
            self._end(now)
            self._stage, self._since, self._drawn = stage, now, self._began
        if self._bar and now - self._began > BAR_AFTER and now - self._drawn > _REDRAWN:
            self._draw(bar(stage, done, of))
            self._drawn = now

    def say(self, line: str) -> None:
        self._wipe()
        self._screen.write(f"{line}\n")
        self._screen.flush()

    def _end(self, now: float) -> None:
        if self._stage and self._verbose:
            self.say(timed(self._stage, now - self._since))

    def _draw(self, text: str) -> None:
        text = text[: shutil.get_terminal_size().columns - 1]
        self._screen.write("\r" + text.ljust(len(self._shown)))
        self._screen.flush()
        self._shown = text

    def _wipe(self) -> None:
        if self._shown:
            self._screen.write("\r" + " " * len(self._shown) + "\r")
            self._screen.flush()
            self._shown = ""


def timed(stage: str, seconds: float) -> str:
    """One line of what `--verbose` says."""
    return f"{stage:<8} {seconds:6.2f} s"


def bar(stage: str, done: int, of: int) -> str:
    """How far a build has come, each stage the same length."""
    filled = round(_LENGTH * (STAGES.index(stage) + (done / of if of else 0)) / len(STAGES))
    counted = f" {done} of {of}" if of else f" {done}" if done else ""
    return f"[{'#' * filled}{'-' * (_LENGTH - filled)}] {stage}{counted}"
