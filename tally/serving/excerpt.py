"""An excerpt: a problem with the lines of its file around it, as a page shows it.

In a terminal it is `caret`'s.
"""

from __future__ import annotations

from tally.problem import Problem

AROUND = 3
"""Lines shown before and after the one that a problem is about."""


def of(problem: Problem, text: str | None) -> dict[str, object]:
    """The problem's place and message, and the lines of `text` around it, where the file has that line."""
    lines = (text or "").split("\n")
    if text is None or problem.line > len(lines):
        return {**_told(problem), "lines": []}
    first = max(1, problem.line - AROUND)
    around = lines[first - 1:problem.line + AROUND]
    while around and not around[-1].strip() and first + len(around) - 1 > problem.line:
        around.pop()
    return {**_told(problem), "lines": [{"number": number, "text": line} for number, line in enumerate(around, first)]}


def _told(problem: Problem) -> dict[str, object]:
    wrong, _, mend = problem.message.partition("; ")
    return {"path": problem.path, "line": problem.line, "column": problem.column, "key": problem.key, "wrong": wrong, "mend": mend}
