"""The figures: tables in `data/tables/`, single figures in `data/figures/`."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from tally.model.base import (
    Date,
    Figure,
    Id,
    Localized,
    Measure,
    Qualifier,
    Role,
    SectionId,
    SourceId,
    Strict,
    UnitId,
    fault,
)
from tally.quantity import Period, Range


class Place(Strict):
    """Where the paper prints it. A table's rows fill in `table` and `row` themselves."""

    section: SectionId = Field(description="a section of data/paper.yaml")
    paragraph: int | None = Field(default=None, ge=1, le=9999, description="which paragraph of the section")
    table: str | None = Field(default=None, description="how the paper numbers the table")
    row: str | None = Field(default=None, description="how the paper numbers the row")
    footnote: int | None = Field(default=None, ge=1, le=9999, description="which footnote")


class Printed(Strict):
    """A figure as the paper prints it: one number, a range, a date, or words."""

    value: Figure | None = Field(default=None, description="one number, with all its decimals and no separators", examples=["16297.60"])
    low: Figure | None = Field(default=None, alias="from", description="the lower end of a range")
    high: Figure | None = Field(default=None, alias="to", description="the higher end of a range")
    date: Date | None = Field(default=None, description="a year, half-year, quarter, month or day", examples=["2022", "2021-H1", "2023-Q3", "2021-09", "2021-09-06"])
    text: Localized | None = Field(default=None, description="words instead of a number, in each language")
    qualifier: Qualifier = Field(default="exact", description="“about”, “more than” and the like, where the paper prints it")
    measure: Measure | None = Field(default=None, description="what kind of count it is, where the paper says so")
    unit: UnitId | None = Field(default=None, description="the unit that is printed with it")
    note: Localized | None = Field(default=None, description="what a reader must know about it")

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


Cell = Annotated[Printed, BeforeValidator(_cell, json_schema_input_type=Figure | Printed)]


class Column(Strict):
    """A column of a table; with a `formula`, one that the site derives for each row."""

    label: Localized = Field(description="its heading, in each language")
    period: Date | None = Field(default=None, description="the time that its figures are of", examples=["2022", "2023-Q3"])
    role: Role = Field(default="plain", description="which ink: what was (base), what is promised (target), or neither")
    unit: UnitId | None = Field(default=None, description="the unit of derived values")
    formula: str | None = Field(default=None, description="derives its cells, row by row", examples=["growth(row.2022, row.2025)"])
    digits: int | None = Field(default=None, ge=0, le=9, description="decimals that a derived value is shown with")
    derivable: list[Id] | None = Field(default=None, description="only these rows get the derived value")


class Row(Strict):
    """A row of a table."""

    label: Localized = Field(description="its name, in each language")
    number: str | None = Field(default=None, description="how the paper numbers it")
    group: Id | None = Field(default=None, description="one of this table’s groups")
    unit: UnitId | None = Field(default=None, description="the unit of its figures")
    cells: dict[Id, Cell] = Field(default_factory=dict, description="its figures by the columns’ ids", examples=[{"2022": 8274, "2025": {"from": 30, "to": 50}}])
    note: Localized | None = Field(default=None, description="what a reader must know about the row")
    source: SourceId | None = Field(default=None, description="where its figures come from; the table’s source when left out")


class Table(Strict):
    """`data/tables/NAME.yaml`: a table of the paper. Its cells are called `NAME.row.column`."""

    title: Localized = Field(description="what the table holds")
    description: Localized | None = Field(default=None, description="a sentence on it for the data page")
    source: SourceId = Field(description="where its figures come from")
    place: Place = Field(description="where the paper prints it", examples=[{"section": 3, "table": 5}])
    groups: dict[Id, Localized] = Field(default_factory=dict, description="names of groups of rows, by their ids")
    columns: dict[Id, Column] = Field(default_factory=dict, description="columns by their ids, in order")
    rows: dict[Id, Row] = Field(min_length=1, description="rows by their ids, in order")
    note: Localized | None = Field(default=None, description="what a reader must know about the table")


class Single(Printed):
    """A figure in running text or in a footnote, or one derived by `formula`."""

    label: Localized = Field(description="its name, in each language")
    period: Date | None = Field(default=None, description="the time that it is of", examples=["2022", "2023-Q3"])
    role: Role = Field(default="plain", description="which ink: what was (base), what is promised (target), or neither")
    place: Place | None = Field(default=None, description="where the paper prints it", examples=[{"section": 2, "paragraph": 4}])
    source: SourceId | None = Field(default=None, description="where it comes from")
    formula: str | None = Field(default=None, description="derives it from other figures", examples=["gdp.city-2023-h1 / areas.city"])
    digits: int | None = Field(default=None, ge=0, le=9, description="decimals that a derived value is shown with")

    @model_validator(mode="after")
    def _provenance(self) -> Single:
        if self.formula is None and (self.place is None or self.source is None):
            raise fault("a printed figure needs its place and its source")
        return self


class FigureSet(Strict):
    """`data/figures/NAME.yaml`: single figures on one matter. They are called `NAME.figure`."""

    title: Localized = Field(description="what the figures are about")
    description: Localized | None = Field(default=None, description="a sentence on them for the data page")
    figures: dict[Id, Single] = Field(min_length=1, description="figures by their ids, in order")
