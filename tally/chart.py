"""A chart: one declared chart in one language, resolved to the table that it shows.

`ChartTable` is what the chart forms draw, what stands as a table beside the picture and what its downloads
hold, so that the three cannot differ. Values are on the chart's own axis unit; every text is final.
Drawing belongs in `forms`, colours and type in `theme`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from tally.quantity import Period


@dataclass(frozen=True, slots=True)
class Column:
    """A series: what was (`base`), what is promised (`target`), or neither (`plain`)."""

    id: str
    label: str
    role: Literal["base", "target", "plain"]


@dataclass(frozen=True, slots=True)
class Point:
    """One cell on the chart. `low` and `high` are equal unless the figure is a range; in the axis unit.

    For a date, `low` and `high` are the first and last day as proleptic ordinals divided into years
    (2010.58), and `date` holds the period itself.
    """

    name: str
    """the cell's name, `targets.hk-firms.2022`"""
    low: Decimal
    high: Decimal
    label: str
    """as written in this language with unit and qualifier: `8,274 家`, `逾 2,000 人`"""
    short: str
    """the same without its unit, for a crowded place: `8,274`"""
    date: Period | None = None
    doubtful: bool = False
    """carries a query mark: the figure does not tally"""

    @property
    def is_range(self) -> bool:
        """Whether the figure is printed as a span."""
        return self.low != self.high and self.date is None


@dataclass(frozen=True, slots=True)
class Row:
    """A category: its label and one point (or none) for each column."""

    id: str
    label: str
    points: tuple[Point | None, ...]
    emphasis: bool = False


@dataclass(frozen=True, slots=True)
class Callout:
    """A remark tied to one point."""

    row: str
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A reference line across the value axis."""

    value: Decimal
    text: str


@dataclass(frozen=True, slots=True)
class Band:
    """A shaded span of the value axis."""

    low: Decimal
    high: Decimal
    text: str


@dataclass(frozen=True, slots=True)
class ChartTable:
    """Rows by columns of points in one language, with what is written on the picture."""

    id: str
    form: str
    language: str
    script: Literal["latin", "han"]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    scale: Literal["linear", "log"]
    unit: str
    """the axis unit's name in this language"""
    tick: str
    """a pattern with one {} for tick labels, `{}%` or `{}`"""
    callouts: tuple[Callout, ...] = ()
    lines: tuple[Line, ...] = ()
    bands: tuple[Band, ...] = ()
