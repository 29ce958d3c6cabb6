"""The charts: `data/charts/*.yaml`, each with its words, its cells and its annotations."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from tally.model.base import CellName, HeadingId, Id, Localized, Role, Strict, TableId, UnitId, fault


class Cut(Strict):
    """Rows and columns of one table."""

    table: TableId = Field(description="the name of a file in data/tables")
    rows: list[Id] | None = Field(default=None, min_length=1, description="all of the table, when left out")
    columns: list[Id] | None = Field(default=None, min_length=1, description="all that the paper prints, when left out")

    @field_validator("rows", "columns")
    @classmethod
    def _once_each(cls, words: list[str] | None) -> list[str] | None:
        twice = [word for index, word in enumerate(words or ()) if word in words[:index]]  # type: ignore[index]
        if twice:
            raise fault(f"{twice[0]} stands here twice; name it once")
        return words


class GridColumn(Strict):
    """A column of a chart's own grid."""

    label: Localized = Field(description="its heading, in each language; may cite a figure")
    role: Role = Field(default="plain", description="which ink: what was (base), what is promised (target), or neither")


class GridRow(Strict):
    """A row of a chart's own grid: one cell's name for each column, or nothing."""

    label: Localized = Field(description="its name, in each language; may cite a figure")
    cells: list[CellName | None] = Field(min_length=1, description="a figure’s name for each column, null where there is none")


class Grid(Strict):
    """A table put together from cells anywhere in the data."""

    columns: dict[Id, GridColumn] = Field(min_length=1, description="columns by their ids, in order")
    rows: dict[Id, GridRow] = Field(min_length=1, description="rows by their ids, in order")


class Spot(Strict):
    """A point of the chart."""

    row: Id = Field(description="a row of this chart")
    column: Id | None = Field(default=None, description="a column of this chart; the first when left out")


class Span(Strict):
    """Two values on the value axis."""

    low: CellName = Field(alias="from", description="the name of the lower figure")
    high: CellName = Field(alias="to", description="the name of the higher figure")


class Annotation(Strict):
    """What the eye should see: a callout at a point, a reference line, or a band."""

    text: Localized = Field(description="what stands beside it, in each language")
    point: Spot | None = Field(default=None, description="a remark at a figure of the chart", examples=[{"row": "cube", "column": "faces"}])
    line: CellName | None = Field(default=None, description="a reference line at the figure of this name")
    band: Span | None = Field(default=None, description="a band between two figures")

    @model_validator(mode="after")
    def _one_kind(self) -> Annotation:
        if sum(kind is not None for kind in (self.point, self.line, self.band)) != 1:
            raise fault("write exactly one of point, line and band")
        return self


LOGARITHMIC = ("dots", "slope")
"""The forms that may have a log scale."""


class Chart(Strict):
    """`data/charts/NAME.yaml`: a chart, its words and the cells that it shows."""

    form: Literal["bars", "change", "pairs", "dots", "slope", "share", "timeline"] = Field(
        description="bars for one column, change for one row, pairs for two columns, dots and slope for many, share for parts, timeline for dates")
    order: int = Field(default=0, description="its place among the charts; lower comes first")
    section: HeadingId | None = Field(default=None, description="under which heading of the gallery it stands")
    title: Localized = Field(description="the finding, as a sentence", examples=[{"en": "Firms are to rise by {{ targets.firms.growth }}"}])
    subtitle: Localized = Field(description="measure, unit and date")
    note: Localized | None = Field(default=None, description="what a reader must know to read it rightly")
    alt: Localized = Field(description="what it shows, for those who do not see it")
    cut: Cut | None = Field(default=None, description="rows and columns of one table; either this or grid", examples=[{"table": "solids", "columns": ["faces"]}])
    grid: Grid | None = Field(default=None, description="a table put together from cells anywhere in the data; either this or cut")
    unit: UnitId | None = Field(default=None, description="the unit of the value axis; the first cell's when left out")
    scale: Literal["linear", "log"] = Field(default="linear", description="log for the forms dots and slope only")
    sort: Literal["given", "falling", "rising"] = Field(default="given", description="the order of the rows")
    emphasis: list[Id] = Field(default_factory=list, description="rows that stand out")
    doubtful: list[str] = Field(default_factory=list, description="rows, or points as row.column, that carry a query mark")
    annotations: list[Annotation] = Field(default_factory=list, description="what the eye should see: remarks, lines, bands")

    @model_validator(mode="after")
    def _one_table(self) -> Chart:
        if (self.cut is None) == (self.grid is None):
            raise fault("a chart takes its cells from one of cut and grid")
        return self

    @field_validator("scale")
    @classmethod
    def _starts_at_zero(cls, scale: str, info: ValidationInfo) -> str:
        form = info.data.get("form")
        if scale == "log" and form not in (None, *LOGARITHMIC):
            raise fault(f"a chart of the form {form} starts at zero, which no log scale has; use {' or '.join(LOGARITHMIC)}")
        return scale
