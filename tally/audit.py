"""An audit: whether every phrase that compares is true of the figures.

A phrase `[[ words | condition ]]` stands in a story, a headline, a chart's title, note or alt text. Its
condition is worked out on the book; where it is false, the build stops at the phrase with both sides and
their values. How conditions are evaluated is `formula`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tally import formula, wording
from tally.book import Book, measure
from tally.document import Document, Path
from tally.name import matching
from tally.problem import Faulty, Problem
from tally.project import Project, Text
from tally.prose import Prose, value
from tally.quantity import Amount, Dimension

_SIDES = re.compile(r"\s*(?:<=|>=|==|!=|<|>|=)\s*|\s+(?:and|or)\s+")


def audit(project: Project, book: Book, voices: dict[str, Prose]) -> None:
    """Raises `Faulty` with every asserted phrase that is not true."""
    problems = []
    for path, line, column, text, language in texts(project):
        for part in wording.parse(text):
            if isinstance(part, wording.Assertion) and (why := _why_false(part.condition, book)):
                phrase = "".join(voices[language]._plain(one) for one in part.phrase)
                above = text[: part.offset]
                at = Problem(path, line + above.count("\n"), len(above.rpartition("\n")[2]) + 1 if path.endswith(".md") else column, "", (
                    f"“{phrase}” is not true: {part.condition} does not hold; {why}"))
                problems.append(at)
    if problems:
        raise Faulty(problems)


def holds(condition: str, book: Book) -> bool:
    """Whether a condition is true of the book; raises `Unsound` where it is no condition."""
    result = formula.evaluate(condition, lambda name: amounts(name, book), lambda symbol: _unit(symbol, book))
    if not isinstance(result, bool):
        raise formula.Unsound(f"“{condition}” is a figure, not a condition; compare it with something")
    return result


def amounts(name: str, book: Book) -> Amount | list[Amount]:
    """The amount that a name stands for, or the amounts of a name with `*`."""
    return [book.amount(one) for one in matching(name, book.cells)] if "*" in name else book.amount(name)


def _unit(symbol: str, book: Book) -> tuple[Any, Dimension]:
    return measure(book.units[symbol])


def _why_false(condition: str, book: Book) -> str | None:
    try:
        if holds(condition, book):
            return None
    except formula.Unsound as error:
        return str(error)
    sides = [side for side in _SIDES.split(condition) if side and not re.fullmatch(r"\d+(\.\d+)?", side.strip())]
    return ", ".join(f"{side.strip()} is {_worked_out(side, book)}" for side in dict.fromkeys(sides))


def _worked_out(side: str, book: Book) -> str:
    try:
        result = formula.evaluate(side, lambda name: amounts(name, book), lambda symbol: _unit(symbol, book))
    except formula.Unsound:
        return "unknown"
    return value(result.number()) if isinstance(result, Amount) else str(result)


def texts(project: Project) -> Iterator[tuple[str, int, int, str, str]]:
    """Every text that may hold figures: file, line, column, text, language."""
    for path, document in project.documents.items():
        if path.endswith(".yaml"):
            for where, language, text in _localized(document, project.languages):
                mark = document.mark(where)
                yield path, mark.line, mark.column, text, language
    for text in [text for story in project.stories.values() for text in story.texts.values()] + [
            text for page in project.pages.values() for text in page.values()]:
        yield from _of_markdown(text, project.documents[text.path])


def _localized(document: Document, languages: list[str]) -> Iterator[tuple[Path, str, str]]:
    """Every string under a language's key."""
    def walk(data: Any, where: Path) -> Iterator[tuple[Path, str, str]]:
        for key, item in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
            if isinstance(item, str) and key in languages:
                yield (*where, key), str(key), item
            else:
                yield from walk(item, (*where, key))
    yield from walk(document.data, ())


def _of_markdown(text: Text, front: Document) -> Iterator[tuple[str, int, int, str, str]]:
    language = text.path.rpartition("/")[2].removesuffix(".md")
    for key in ("title", "dek"):
        mark = front.mark((key,))
        yield text.path, mark.line, mark.column, getattr(text.meta, key), language
    yield text.path, text.first_line, 1, text.body, language
