"""The figures: tables in `data/tables/`, single figures in `data/figures/`."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from tally.model.base import Date, Figure, Id, Localized, Measure, Qualifier, Role, Strict, fault
from tally.quantity import Period, Range


class Place(Strict):
    """Where the paper prints it. A table's rows fill in `table` and `row` themselves."""

    section: Id
    paragraph: int | None = Field(default=None, ge=1, le=9999)
    table: str | None = None
    row: str | None = None
    footnote: int | None = Field(default=None, ge=1, le=9999)


class Printed(Strict):
    """A figure as the paper prints it: one number, a range, a date, or words."""

    value: Figure | None = None
    low: Figure | None = Field(default=None, alias="from")
    high: Figure | None = Field(default=None, alias="to")
    date: Date | None = None
    text: Localized | None = None
    qualifier: Qualifier = "exact"
    measure: Measure | None = Field(default=None, description="what kind of count it is, where the paper says so")
    unit: str | None = None
    note: Localized | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Printed:
        if (self.low is None) != (self.high is None):
            raise fault("a range needs both from and to")
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise fault(f"the range runs backwards: from {self.low} must be less than to {self.high}")
        kinds = [self.value, self.low, self.date, self.text, getattr(self, "formula", None)]
        if sum(kind is not None for kind in kinds) != 1:
            raise fault("write exactly one of value, from and to, date, text" + (", formula" if hasattr(self, "formula") else ""))
        return self

    @property
    def content(self) -> Decimal | Range | Period | dict[str, str] | None:
        """What was printed; None where a formula makes it."""
        if self.low is not None and self.high is not None:
            return Range(self.low, self.high)
        for kind in (self.value, self.date, self.text):
            if kind is not None:
                return kind
        return None


def _cell(value: Any) -> Any:
    return value if isinstance(value, dict) else {"value": value}


Cell = Annotated[Printed, BeforeValidator(_cell)]


class Column(Strict):
    """A column of a table; with a `formula`, one that the site derives for each row."""

    label: Localized
    period: Date | None = None
    role: Role = "plain"
    unit: str | None = Field(default=None, description="the unit of derived values")
    formula: str | None = Field(default=None, examples=["growth(row.2022, row.2025)"])
    digits: int | None = Field(default=None, ge=0, le=9, description="decimals that a derived value is shown with")
    derivable: list[Id] | None = Field(default=None, description="only these rows get the derived value")


class Row(Strict):
    """A row of a table."""

    label: Localized
    number: str | None = Field(default=None, description="how the paper numbers it")
    group: Id | None = None
    unit: str | None = None
    cells: dict[Id, Cell] = Field(default_factory=dict)
    note: Localized | None = None
    source: Id | None = None


class Table(Strict):
    """`data/tables/NAME.yaml`: a table of the paper. Its cells are called `NAME.row.column`."""

    title: Localized
    description: Localized | None = None
    source: Id
    place: Place
    groups: dict[Id, Localized] = Field(default_factory=dict)
    columns: dict[Id, Column] = Field(default_factory=dict)
    rows: dict[Id, Row] = Field(min_length=1)
    note: Localized | None = None


class Single(Printed):
    """A figure in running text or in a footnote, or one derived by `formula`."""

    label: Localized
    period: Date | None = None
    role: Role = "plain"
    place: Place | None = None
    source: Id | None = None
    formula: str | None = Field(default=None, examples=["gdp.city-2023-h1 / areas.city"])
    digits: int | None = Field(default=None, ge=0, le=9)

    @model_validator(mode="after")
    def _provenance(self) -> Single:
        if self.formula is None and (self.place is None or self.source is None):
            raise fault("a printed figure needs its place and its source")
        return self


class FigureSet(Strict):
    """`data/figures/NAME.yaml`: single figures on one matter. They are called `NAME.figure`."""

    title: Localized
    description: Localized | None = None
    figures: dict[Id, Single] = Field(min_length=1)
