"""The book: every figure under its name, those that the paper prints and those that formulas derive.

`targets.hk-firms.2022` is a cell of a table, `people.insured` a single figure; prose, charts, claims and
downloads all read from here and from nowhere else. Pure arithmetic: how a figure is written is
`notation`'s, whether its name exists was checked by `project`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property

from tally import formula
from tally.memo import remembered
from tally.model import FigureSet, Localized, Measure, Place, Printed, Qualifier, Role, Single, Table, Unit
from tally.name import ENDS, cells, expand, matching, of, stem
from tally.problem import Faulty, Problem
from tally.project import Project
from tally.quantity import (
    YEARS,
    Amount,
    Dimension,
    Number,
    Period,
    Range,
    dimension,
    ends,
    name_dimension,
    rounded,
    span,
)
from tally.task import Input, Watched

MOST_STEPS = 50
"""How many formulas may stand on one another."""


_YEAR = Decimal("365.2425")
"""days"""


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure with all that is known of it. `content` is None only for a row that has no such figure."""

    name: str
    label: Localized
    content: Number | Period | Localized
    unit: str | None
    qualifier: Qualifier
    measure: Measure | None
    period: Period | None
    role: Role
    place: Place | None
    source: str | None
    note: Localized | None
    formula: str | None
    uses: tuple[str, ...]
    """the cells that the formula reads, by name"""
    digits: int | None
    row_label: Localized
    column_label: Localized | None

    @property
    def number(self) -> Number | None:
        """The figure in its unit; None for dates and words. Derived figures are not rounded."""
        return self.content if isinstance(self.content, (Decimal, Range)) else None

    @property
    def shown(self) -> Number | None:
        """The figure as it is shown: derived ones rounded to their digits."""
        number = self.number
        if number is None or self.digits is None:
            return number
        if isinstance(number, Range):
            return span(rounded(number.low, self.digits), rounded(number.high, self.digits))
        return rounded(number, self.digits)


@dataclass(frozen=True)
class Book:
    """Every cell by name. A recording book notes in `reads` the name of each cell that is asked for."""

    cells: Mapping[str, Cell]
    units: Mapping[str, Unit]
    reads: set[str] | None = field(default=None, compare=False)

    def recording(self) -> Book:
        """The same book with a fresh record, for one artifact."""
        return replace(self, reads=set())

    @property
    def kinds(self) -> dict[str, Mapping[str, Cell]]:
        """What tasks may ask for, by kind."""
        return {"cells": self.cells}

    def watched(self, asked: set[Input]) -> Book:
        """The same book, which notes what is asked of it."""
        return replace(self, cells=Watched("cells", self.cells, asked))

    def __getitem__(self, name: str) -> Cell:
        if self.reads is not None:
            self.reads.add(name)
        return self.cells[name]

    def get(self, name: str) -> Cell | None:
        """The cell, or None where there is none of this name."""
        return self[name] if name in self.cells else None

    def amount(self, name: str) -> Amount:
        """The cell's figure in base units; `name` may end in `.from` or `.to`.

        A date counts in years, from its first day to its last.
        """
        cell, end = self.find(name)
        if isinstance(cell.content, Period):
            amount = Amount(_years(cell.content.start), _years(cell.content.end), YEARS)
        elif cell.number is not None:
            amount = Amount.of(cell.number, *magnitude(self.units[cell.unit] if cell.unit else None))
        else:
            raise formula.Unsound(f"{name} is no number")
        if end is not None:
            one = (amount.low, amount.high)[end]
            return Amount(one, one, amount.dimension)
        return amount

    def find(self, name: str) -> tuple[Cell, int | None]:
        """The cell, and which end of its range the name asks for."""
        own = stem(name, self.cells)
        return self[own], None if own == name else ENDS.index(name.rpartition(".")[2])


def _years(day: date) -> Decimal:
    return day.toordinal() / _YEAR


def magnitude(unit: Unit | None) -> tuple[Decimal, Dimension]:
    """The factor and dimension of a unit."""
    return (unit.factor, dimension(unit.base)) if unit else (Decimal(1), ())


def derive(project: Project) -> Book:
    """Work every formula out; raises `Faulty` with all that cannot be."""
    drafts = _drafts(project)
    done: dict[str, Cell] = {name: draft.printed_cell for name, draft in drafts.items() if draft.formula is None}
    worker = _Worker(project, drafts, done)
    for name in drafts:
        worker.cell(name)
    if worker.problems:
        raise Faulty(worker.problems)
    return Book({name: done[name] for name in drafts}, project.units)


@dataclass(frozen=True)
class _Draft:
    """A cell before its formula is worked out."""

    name: str
    label: Localized
    row_label: Localized
    column_label: Localized | None
    printed: Printed | None
    qualifier: Qualifier
    unit: str | None
    period: Period | None
    role: Role
    place: Place | None
    source: str | None
    note: Localized | None
    formula: str | None
    digits: int | None
    context: tuple[str, str] | None
    """table and row, for `row.` and `column.` in a column's formula"""
    where: tuple[str, tuple[str | int, ...]]
    """file and key, for problems"""

    @cached_property
    def printed_cell(self) -> Cell:
        """The cell of a figure that the paper prints."""
        return self.cell()

    def cell(self, content: Number | None = None, uses: tuple[str, ...] = (), digits: int | None = None) -> Cell:
        given = content if content is not None else self.printed.content if self.printed else None
        assert given is not None
        kind = self.printed.measure if self.printed else None
        return Cell(self.name, self.label, given, self.unit, self.qualifier, kind, self.period, self.role, self.place,
                    self.source, self.note, self.formula, uses, digits, self.row_label, self.column_label)


def _drafts(project: Project) -> dict[str, _Draft]:
    joint, found = project.words["label-join"], dict[str, _Draft]()
    for name, table in project.tables.items():
        found |= _of_table(name, table, joint)
    for name, group in project.sets.items():
        found |= _of_set(name, group)
    return found


@remembered
def _of_table(name: str, table: Table, joint: Localized) -> dict[str, _Draft]:
    places = {key: table.place.model_copy(update={"row": row.number or row.label[next(iter(row.label))]}) for key, row in table.rows.items()}
    return _by_name(_of_cell(name, table, key, column, joint, places[key]) for key, column in cells(table))


@remembered
def _of_set(name: str, group: FigureSet) -> dict[str, _Draft]:
    return _by_name(_of_single(name, key, single) for key, single in group.figures.items())


def _by_name(drafts: Iterable[_Draft]) -> dict[str, _Draft]:
    return {draft.name: draft for draft in drafts}


def _of_cell(name: str, table: Table, key: str, column: str, joint: Localized, place: Place) -> _Draft:
    row, head = table.rows[key], table.columns[column]
    printed = row.cells.get(column)
    path = f"data/tables/{name}.yaml"
    where = ("rows", key, "cells", column) if printed else ("columns", column, "formula")
    return _Draft(
        name=of(name, key, column), row_label=row.label, column_label=head.label,
        label={language: f"{row.label[language]}{joint[language]}{head.label[language]}" for language in row.label},
        printed=printed, qualifier=printed.qualifier if printed else "exact",
        unit=(printed.unit or row.unit or head.unit) if printed else head.unit or row.unit,
        period=head.period, role=head.role, place=place if printed else None,
        source=(row.source or table.source) if printed else None,
        note=(printed.note if printed else None) or (row.note if printed else None),
        formula=None if printed else head.formula, digits=head.digits, context=(name, key), where=(path, where))


def _of_single(name: str, key: str, single: Single) -> _Draft:
    return _Draft(
        name=f"{name}.{key}", label=single.label, row_label=single.label, column_label=None,
        printed=single if single.formula is None else None, qualifier=single.qualifier, unit=single.unit, period=single.period,
        role=single.role, place=single.place, source=single.source, note=single.note, formula=single.formula,
        digits=single.digits, context=None, where=(f"data/figures/{name}.yaml", ("figures", key, "formula")))


@dataclass
class _Worker:
    """Works formulas out in the order in which they need each other."""

    project: Project
    drafts: Mapping[str, _Draft]
    done: dict[str, Cell]
    problems: list[Problem] = field(default_factory=list)
    underway: list[str] = field(default_factory=list)

    def cell(self, name: str) -> Cell | None:
        if name in self.underway:
            raise formula.Unsound(f"the formula needs its own result: {' → '.join([*self.underway, name])}")
        if len(self.underway) == MOST_STEPS:
            raise formula.Unsound(f"the formula stands on more than {MOST_STEPS} others, one on another; shorten the chain")
        if name in self.done:
            return self.done[name]
        draft = self.drafts[name]
        self.underway.append(name)
        try:
            self.done[name] = self._work(draft)
        except formula.Unsound as error:
            path, where = draft.where
            self.problems.append(self.project.documents[path].problem(where, f"{name}: {error}"))
        finally:
            self.underway.pop()
        return self.done.get(name)

    def _work(self, draft: _Draft) -> Cell:
        assert draft.formula is not None
        return _worked(draft, self.project.units, *(self._used(name) for name in self._names(draft.formula, draft.context)))

    def _names(self, text: str, context: tuple[str, str] | None) -> Iterator[str]:
        """The cells that a formula reads, patterns with `*` written out."""
        for word in formula.read(text).names:
            full = expand(word, context)
            yield from matching(full, self.drafts) if "*" in full else [stem(full, self.drafts)]

    def _used(self, name: str) -> Cell:
        cell = self.cell(name)
        if cell is None:
            raise formula.Unsound(f"{name} could not be worked out")
        return cell


@remembered
def _worked(draft: _Draft, units: Mapping[str, Unit], *used: Cell) -> Cell:
    """The cell of a formula, from those that it reads."""
    assert draft.formula is not None
    book = Book({cell.name: cell for cell in used}, units)

    def amounts(name: str) -> Amount | list[Amount]:
        full = expand(name, draft.context)
        return [book.amount(one) for one in matching(full, book.cells)] if "*" in full else book.amount(full)

    result = formula.evaluate(draft.formula, amounts, lambda symbol: magnitude(units[symbol]))
    if not isinstance(result, Amount):
        raise formula.Unsound(f"“{draft.formula}” is a condition, not a figure")
    factor, wanted = magnitude(units.get(draft.unit or ""))
    if result.dimension != wanted:
        raise formula.Unsound(f"“{draft.formula}” gives {name_dimension(result.dimension)}, "
                              f"but its unit is {name_dimension(wanted)}")
    number = result.number(factor)
    digits = draft.digits if draft.digits is not None else _natural(number)
    return draft.cell(number, tuple(book.cells), digits)


def _natural(number: Number) -> int:
    """No decimals where the result is whole, else one."""
    return 0 if all(one == one.to_integral_value() for one in ends(number)) else 1
