"""An audit: whether every phrase that compares is true of the figures, every rounding too, and every axis can show them.

A phrase `[[ words | condition ]]` stands in a story, a headline, a chart's title, note or alt text. Its
condition is worked out on the book; where it is false, the build stops at the phrase with both sides and
their values. How conditions are evaluated is `formula`'s, what numbers a phrase may say `phrase`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import localcontext

from tally import formula, phrase, rounding, wording
from tally.book import Book, magnitude
from tally.crosscheck import points, references
from tally.model import Watchwords
from tally.name import matching
from tally.passage import Passage, passages
from tally.problem import Problem
from tally.project import Project
from tally.prose import Prose, value
from tally.quantity import Amount, ends, span

_SHOWN = 6
"""significant digits in a message"""
_SIDES = re.compile(r"\s*(?:<=|>=|==|!=|<|>|=)\s*|\s+(?:and|or)\s+")


def audit(project: Project, book: Book, voices: Mapping[str, Prose]) -> list[Problem]:
    """A problem for every text that is not true, and for what is wrong with the figures behind them."""
    problems = [problem for passage in passages(project)
                for problem in untrue(passage, voices[passage.language], project.watchwords.get(passage.language))]
    return problems + list(unsound(project, book))


def unsound(project: Project, book: Book) -> Iterator[Problem]:
    """A problem for every axis that cannot show its figures, and for every figure worked out to more than is known."""
    yield from _unscaled(project, book)
    yield from rounding.overstated(project, book)


def untrue(passage: Passage, voice: Prose, watchwords: Watchwords | None) -> Iterator[Problem]:
    """A problem for everything in a text that is not true."""
    for part in wording.parse(passage.text):
        yield from (passage.problem(offset, message) for offset, message in _untrue(part, passage.text, voice, watchwords))


def _untrue(part: wording.Part, text: str, voice: Prose, watchwords: Watchwords | None) -> Iterator[tuple[int, str]]:
    """Offset and complaint of what is not true in one part of a text, which is given whole."""
    if isinstance(part, wording.Assertion):
        if why := why_false(part.condition, voice.book):
            yield part.offset, f"“{voice.phrase(part)}” is not true: {part.condition} does not hold; {why}"
        else:
            yield from ((part.offset, message) for message in phrase.faults(part, voice, watchwords))
    for reference in wording.references((part,)):
        if message := rounding.untrue(reference, voice) or rounding.unscaled(reference, text, voice):
            yield reference.offset, message


def _unscaled(project: Project, book: Book) -> Iterator[Problem]:
    """A log scale has no place for nought or less; only the worked-out figures tell."""
    for id, chart in project.charts.items():
        if chart.scale == "log":
            words = [*points(chart, project.tables, book.cells), *(word for note in chart.annotations for _, word in references(note))]
            for word in words:
                if book.amount(word).low <= 0:
                    yield project.documents[f"data/charts/{id}.yaml"].problem(
                        ("scale",), f"{word} is {value(book.amount(word).number())}, and a log scale begins above 0; use linear")


def evaluate(text: str, book: Book) -> Amount:
    """The value of a formula on the book; raises `Unsound` where it is a condition or cannot be worked out."""
    result = _result(text, book)
    if not isinstance(result, Amount):
        raise formula.Unsound(f"“{text}” is a condition, not a figure")
    return result


def holds(condition: str, book: Book) -> bool:
    """Whether a condition is true of the book; raises `Unsound` where it is no condition."""
    result = _result(condition, book)
    if not isinstance(result, bool):
        raise formula.Unsound(f"“{condition}” is a figure, not a condition; compare it with something")
    return result


def names(text: str, book: Book) -> list[str]:
    """The cells that a formula or condition reads, patterns with `*` written out."""
    return [name for word in formula.read(text).names for name in (matching(word, book.cells) if "*" in word else [word])]


def _result(text: str, book: Book) -> formula.Result:
    def amounts(name: str) -> Amount | list[Amount]:
        return [book.amount(one) for one in matching(name, book.cells)] if "*" in name else book.amount(name)
    return formula.evaluate(text, amounts, lambda symbol: magnitude(book.units[symbol]))


def why_false(condition: str, book: Book) -> str | None:
    """The values on both sides of a condition that does not hold, or None where it does."""
    try:
        if holds(condition, book):
            return None
    except formula.Unsound as error:
        return str(error)
    sides = [side for side in _SIDES.split(condition) if side and not re.fullmatch(r"\d+(\.\d+)?%?", side.strip())]
    return ", ".join(f"{side.strip()} is {_worked_out(side, book)}" for side in dict.fromkeys(sides))


def _worked_out(side: str, book: Book) -> str:
    try:
        number = evaluate(side, book).number()
    except formula.Unsound:
        return "unknown"
    with localcontext() as context:
        context.prec = _SHOWN
        return value(span(*(+one for one in ends(number))))
