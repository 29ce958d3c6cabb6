"""A problem: one thing that is wrong in the input, and where.

Every stage that finds fault says so with this type and no other, and none of them prints: `build.py`
catches `Faulty` once, shows each problem on a line, and exits with 1. Wording that is the same in several
places (the nearest known name) lives here; rules about what is right do not.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong at `path:line:column` (both counted from 1), under which key, and how to mend it."""

    path: str
    line: int
    column: int
    key: str
    message: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}"
        return f"{place}: {self.key}: {self.message}" if self.key else f"{place}: {self.message}"


class Faulty(Exception):
    """The input cannot be built; `problems` says why, sorted by place."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = sorted(set(problems))
        super().__init__("\n".join(map(str, self.problems)))


def in_text(path: str, text: str, offset: int, message: str, first_line: int = 1) -> Problem:
    """A problem `offset` characters into a text that starts on `first_line` of its file."""
    before = text[:offset]
    return Problem(path, first_line + before.count("\n"), len(before.rpartition("\n")[2]) + 1, "", message)


def nearest(name: str, known: Iterable[str]) -> str:
    """A clause that offers the known name closest to `name`, or lists a few when none is close."""
    names = sorted({str(item) for item in known})
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    if close:
        return f"did you mean {close[0]}?"
    if not names:
        return "none is declared"
    shown = ", ".join(names[:6])
    return f"known: {shown}, …" if len(names) > 6 else f"known: {shown}"
