"""A verdict: whether a statement of the paper tallies, worked out from its figures and never typed.

These are all the rules, and the methods page says the same in words:

    tallies       the recomputed value, rounded to the printed digits, is the printed one; two printed figures
                  or dates agree; a condition that the statement implies holds
    qualified     it bears the printed qualifier out: "more than" and "less than" by less than one step of the
                  last digit that is no nought, "nearly" by at most a twentieth, and "about" where it rounds
                  to the printed figure and is within a tenth of it
    close         it is off by less than 5% of the printed figure
    off           it is off by more, or a condition that the statement implies does not hold
    contradicts   two figures that the paper prints for the same thing are 5% or more apart, or it speaks of
                  them as different kinds of count
    unchecked     the paper gives nothing to check it with

Which statements there are is data; how they are shown is `page`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tally import audit, formula
from tally.book import Book, Cell, magnitude
from tally.memo import remembered
from tally.model import Claim, Unit
from tally.problem import Faulty
from tally.project import Project
from tally.quantity import Amount, Number, Period, ends, rounded

Outcome = Literal["tallies", "qualified", "close", "off", "contradicts", "unchecked"]
OUTCOMES: tuple[Outcome, ...] = ("tallies", "qualified", "close", "off", "contradicts", "unchecked")
CLOSE = Decimal("0.05")
ABOUT = Decimal("0.1")


@dataclass(frozen=True)
class Verdict:
    """A claim, what the paper prints for it, what the data give, and how the two compare."""

    id: str
    claim: Claim
    printed: Cell
    recomputed: Number | None
    """in the printed figure's unit, not rounded; None where only dates or a condition are tried, or nothing is"""
    outcome: Outcome
    uses: tuple[str, ...]
    """the cells that the test reads"""


def judge(project: Project, book: Book) -> dict[str, Verdict]:
    """The verdict on every claim by its id, in the order of the files; raises `Faulty` where a test cannot be worked out."""
    verdicts, problems = {}, []
    for path, id, claim in project.claims():
        try:
            verdicts[id] = _verdict(id, claim, book.units, *(book.cells[name] for name in reads(claim, book)))
        except formula.Unsound as error:
            problems.append(project.documents[path].problem(("claims", id), str(error), at_key=True))
    if problems:
        raise Faulty(problems)
    return verdicts


@remembered
def _verdict(id: str, claim: Claim, units: Mapping[str, Unit], *read: Cell) -> Verdict:
    """The verdict on one claim, from the cells that its test reads."""
    book = Book({cell.name: cell for cell in read}, units)
    printed, _ = book.find(claim.printed)
    recomputed: Number | None = None
    found: Outcome = "unchecked"
    if claim.condition:
        found = "tallies" if audit.holds(claim.condition, book) else "off"
    elif claim.against and isinstance(printed.content, Period):
        found = _dates(printed.content, book.find(claim.against)[0].content)
    elif claim.against:
        recomputed = _in_unit(book.amount(claim.against), printed, book)
        found = _compare(claim.printed, claim.against, book)
    elif claim.formula:
        recomputed = _in_unit(audit.evaluate(claim.formula, book), printed, book)
        found = outcome(_number(claim.printed, book), printed.qualifier, recomputed)
    return Verdict(id, claim, printed, recomputed, found, tuple(book.cells))


def _in_unit(amount: Amount, cell: Cell, book: Book) -> Number:
    factor, wanted = magnitude(book.units.get(cell.unit or ""))
    if amount.dimension != wanted:
        raise formula.Unsound(f"the test gives another kind of quantity than {cell.name} is")
    return amount.number(factor)


def _number(name: str, book: Book) -> Number:
    """The figure with the digits that were printed."""
    cell, end = book.find(name)
    if cell.number is None:
        raise formula.Unsound(f"{cell.name} is no number; a claim's printed figure is one")
    return cell.number if end is None else ends(cell.number)[end]


def _compare(one: str, other: str, book: Book) -> Outcome:
    """Two printed figures for the same thing; whichever of the two is printed coarser says how near is alike."""
    mine, theirs = book.find(one)[0], book.find(other)[0]
    if mine.measure and theirs.measure and mine.measure != theirs.measure:
        return "contradicts"
    if mine.qualifier == theirs.qualifier and book.amount(one) == book.amount(other):
        return "tallies"
    found = min(outcome(_number(one, book), mine.qualifier, _in_unit(book.amount(other), mine, book)),
                outcome(_number(other, book), theirs.qualifier, _in_unit(book.amount(one), theirs, book)),
                key=OUTCOMES.index)
    return "contradicts" if found == "off" else found


def _dates(one: Period, other: object) -> Outcome:
    """Two dates agree where one lies within the other, as a day does in its month."""
    if not isinstance(other, Period):
        raise formula.Unsound("a date is held against a date")
    alike = max(one.start, other.start), min(one.end, other.end)
    return "tallies" if alike in ((one.start, one.end), (other.start, other.end)) else "contradicts"


def outcome(printed: Number, qualifier: str, recomputed: Number) -> Outcome:
    """How a recomputed value compares with a printed one, both in the same unit; a range by its worse end."""
    results = [_single(mine, qualifier, theirs) for mine, theirs in zip(ends(printed), ends(recomputed), strict=True)]
    return max(results, key=OUTCOMES.index)


def _single(printed: Decimal, qualifier: str, recomputed: Decimal) -> Outcome:
    if qualifier == "exact" and rounded(recomputed, _decimals(printed)) == printed:
        return "tallies"
    if qualifier != "exact" and _borne_out(printed, qualifier, recomputed):
        return "qualified"
    return "close" if abs(recomputed - printed) < CLOSE * abs(printed) else "off"


def _borne_out(printed: Decimal, qualifier: str, recomputed: Decimal) -> bool:
    digit = _last_digit(printed)
    step, excess, size = Decimal(1).scaleb(-digit), recomputed - printed, abs(printed)
    return {
        # 5,879 is more than 2,000, but nobody would call it "more than 2,000"; 1,499 rounds to "about 1,000".
        "over": 0 < excess < step,
        "under": -step < excess < 0,
        "nearly": -CLOSE * size <= excess < 0,
        "about": rounded(recomputed, digit) == printed and abs(excess) <= ABOUT * size,
    }[qualifier]


def _decimals(printed: Decimal) -> int:
    """The printed decimals; a whole number is taken to its last digit."""
    return max(0, -int(printed.as_tuple().exponent))


def _last_digit(printed: Decimal) -> int:
    """The place of the last digit that says something: decimals as printed, else the last that is no nought."""
    return _decimals(printed) or -int(printed.normalize().as_tuple().exponent)


def reads(claim: Claim, book: Book) -> tuple[str, ...]:
    """The cells that a claim's test reads, the printed one first."""
    names = [claim.printed, *([claim.against] if claim.against else [])]
    for text in (claim.formula, claim.condition):
        names += audit.names(text, book) if text else []
    return tuple(dict.fromkeys(book.find(name)[0].name for name in names))


def count(verdicts: Iterable[Verdict]) -> Mapping[Outcome, int]:
    """How many claims have each outcome, in the order of `OUTCOMES`."""
    outcomes = [verdict.outcome for verdict in verdicts]
    return {name: outcomes.count(name) for name in OUTCOMES}
