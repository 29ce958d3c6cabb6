"""A verdict: whether a statement of the paper tallies, worked out from its figures and never typed.

These are all the rules, and the methods page says the same in words:

    tallies       the recomputed value, rounded to the printed digits, is the printed one
    qualified     it bears the printed qualifier out: more than "more than", less than "less than", at most
                  a twentieth short of "nearly", and rounding to the printed figure for "about"
    close         it is off by less than 5% of the printed figure
    off           it is off by more, or a condition that the statement implies does not hold
    contradicts   two figures that the paper prints for the same thing differ, in number or in kind
    unchecked     the paper gives nothing to check it with

Which statements there are is data; how they are shown is `page`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tally import audit, formula
from tally.book import Book, Cell, magnitude
from tally.model import Claim
from tally.problem import Faulty, Problem
from tally.project import Project
from tally.quantity import Amount, Number, ends, rounded

Outcome = Literal["tallies", "qualified", "close", "off", "contradicts", "unchecked"]
OUTCOMES: tuple[Outcome, ...] = ("tallies", "qualified", "close", "off", "contradicts", "unchecked")
CLOSE = Decimal("0.05")


@dataclass(frozen=True)
class Verdict:
    """A claim, what the paper prints for it, what the data give, and how the two compare."""

    id: str
    claim: Claim
    printed: Cell
    recomputed: Number | None
    """in the printed figure's unit, not rounded; None where nothing can be recomputed or only a condition is tried"""
    outcome: Outcome
    uses: tuple[str, ...]
    """the cells that the test reads"""


def judge(project: Project, book: Book) -> list[Verdict]:
    """The verdict on every claim, in the order of the files; raises `Faulty` where a test cannot be worked out."""
    verdicts, problems = [], []
    for path, id, claim in project.claims():
        try:
            verdicts.append(_verdict(id, claim, book))
        except formula.Unsound as error:
            problems.append(project.documents[path].problem(("claims", id), str(error), at_key=True))
    if problems:
        raise Faulty(problems)
    return verdicts


def _verdict(id: str, claim: Claim, book: Book) -> Verdict:
    printed, _ = book.find(claim.printed)
    uses = reads(claim, book)
    if claim.condition:
        return Verdict(id, claim, printed, None, "tallies" if audit.holds(claim.condition, book) else "off", uses)
    if claim.against:
        other = book.find(claim.against)[0]
        return Verdict(id, claim, printed, _in_unit(book.amount(claim.against), printed, book), _compare(printed, other, book), uses)
    if claim.formula:
        result = _in_unit(audit.evaluate(claim.formula, book), printed, book)
        return Verdict(id, claim, printed, result, outcome(_number(printed), printed.qualifier, result), uses)
    return Verdict(id, claim, printed, None, "unchecked", uses)


def _in_unit(amount: Amount, cell: Cell, book: Book) -> Number:
    factor, dimension = magnitude(book.units.get(cell.unit or ""))
    if amount.dimension != dimension:
        raise formula.Unsound(f"the test gives another kind of quantity than {cell.name} is")
    return amount.number(factor)


def _number(cell: Cell) -> Number:
    if cell.number is None:
        raise formula.Unsound(f"{cell.name} is no number; a claim's printed figure is one")
    return cell.number


def _compare(printed: Cell, other: Cell, book: Book) -> Outcome:
    """Two printed figures for the same thing: alike to the coarser of the two, and of the same kind."""
    if printed.measure and other.measure and printed.measure != other.measure:
        return "contradicts"
    theirs = _in_unit(book.amount(other.name), printed, book)
    found = outcome(_number(printed), printed.qualifier, theirs)
    return found if found in ("tallies", "qualified") else "contradicts"


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
    if qualifier == "about":
        return rounded(recomputed, _significant(printed)) == printed
    return {"over": recomputed > printed, "under": recomputed < printed,
            "nearly": printed * (1 - CLOSE) <= recomputed < printed}[qualifier]


def _decimals(printed: Decimal) -> int:
    """The printed decimals; a whole number is taken to its last digit."""
    return max(0, -int(printed.as_tuple().exponent))


def _significant(printed: Decimal) -> int:
    """To which decimal "about" rounds: the last digit that is no nought, `2800` to hundreds."""
    return -int(printed.normalize().as_tuple().exponent) if not _decimals(printed) else _decimals(printed)


def reads(claim: Claim, book: Book) -> tuple[str, ...]:
    """The cells that a claim's test reads, the printed one first."""
    names = [claim.printed, *([claim.against] if claim.against else [])]
    for text in (claim.formula, claim.condition):
        names += audit.names(text, book) if text else []
    return tuple(dict.fromkeys(book.find(name)[0].name for name in names))


def count(verdicts: list[Verdict]) -> Mapping[Outcome, int]:
    """How many claims have each outcome, in the order of `OUTCOMES`."""
    return {name: sum(verdict.outcome == name for verdict in verdicts) for name in OUTCOMES}
