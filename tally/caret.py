"""A caret: the line of a file that a problem is about, with a mark under the place, for a terminal.

Han characters and full-width signs stand two columns wide there, and a long line is cut on both sides of
the place. The problem's own line is `problem`'s; reading the file is `source`'s.
"""

from __future__ import annotations

import unicodedata

from tally.problem import Problem

WIDTH = 100
"""Columns of a terminal that the line may take, its margin left out."""
_MARGIN = "    "
_CUT = "…"


def under(problem: Problem, text: str | None) -> str:
    """The problem, its line of `text` and a caret; the problem alone where the file has no such line."""
    lines = (text or "").split("\n")
    if text is None or problem.line > len(lines) or not lines[problem.line - 1].strip():
        return str(problem)
    line = lines[problem.line - 1]
    shown, before = _window(line, min(problem.column - 1, len(line)))
    return f"{problem}\n{_MARGIN}{shown}\n{_MARGIN}{' ' * before}^"


def width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(map(_columns, text))


def _columns(sign: str) -> int:
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def _window(line: str, index: int) -> tuple[str, int]:
    """The part of the line around `index` that a terminal shows, and how many columns stand before the place."""
    line = "".join(map(_plain, line))
    start, end = index, min(index + 1, len(line))
    room = WIDTH - width(line[start:end]) - 2 * width(_CUT)
    while (start > 0 or end < len(line)) and room > 0:
        # Twice as much before the place as after it: what is wrong often follows from what stands before.
        if start > 0 and (end == len(line) or width(line[start:index]) < 2 * width(line[index:end])):
            start -= 1
            room -= _columns(line[start])
        else:
            room -= _columns(line[end])
            end += 1
    left, right = (_CUT if start > 0 else ""), (_CUT if end < len(line) else "")
    return f"{left}{line[start:end]}{right}", width(left + line[start:index])


def _plain(sign: str) -> str:
    """A character as one that moves no cursor: a tab takes one column, a control character is only hinted at."""
    return " " if sign == "\t" else sign if sign.isprintable() or sign == "\u3000" else "\ufffd"
