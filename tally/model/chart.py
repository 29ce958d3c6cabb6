"""The charts: `data/charts/*.yaml`, each with its words, its cells and its annotations."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator

from tally.model.base import Id, Localized, Role, Strict, fault


class Cut(Strict):
    """Rows and columns of one table."""

    table: Id
    rows: list[Id] | None = Field(default=None, min_length=1, description="all, when left out")
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

    label: Localized
    role: Role = "plain"


class GridRow(Strict):
    """A row of a chart's own grid: one cell's name for each column, or nothing."""

    label: Localized
    cells: list[str | None] = Field(min_length=1)


class Grid(Strict):
    """A table put together from cells anywhere in the data."""

    columns: dict[Id, GridColumn] = Field(min_length=1)
    rows: dict[Id, GridRow] = Field(min_length=1)


class Spot(Strict):
    """A point of the chart."""

    row: Id
    column: Id | None = None


class Span(Strict):
    """Two values on the value axis."""

    low: str = Field(alias="from")
    high: str = Field(alias="to")


class Annotation(Strict):
    """What the eye should see: a callout at a point, a reference line, or a band."""

    text: Localized
    point: Spot | None = None
    line: str | None = Field(default=None, description="the name of a cell")
    band: Span | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Annotation:
        if sum(kind is not None for kind in (self.point, self.line, self.band)) != 1:
            raise fault("write exactly one of point, line and band")
        return self


LOGARITHMIC = ("dots", "slope")
"""The forms that may have a log scale."""


class Chart(Strict):
    """`data/charts/NAME.yaml`: a chart, its words and the cells that it shows."""

    form: Literal["bars", "change", "pairs", "dots", "slope", "share", "timeline"]
    order: int = 0
    section: Id | None = Field(default=None, description="under which heading of the gallery it stands")
    title: Localized = Field(description="the finding, as a sentence")
    subtitle: Localized = Field(description="measure, unit and date")
    note: Localized | None = None
    alt: Localized
    cut: Cut | None = None
    grid: Grid | None = None
    unit: str | None = Field(default=None, description="the unit of the value axis; the first cell's when left out")
    scale: Literal["linear", "log"] = "linear"
    sort: Literal["given", "falling", "rising"] = "given"
    emphasis: list[Id] = Field(default_factory=list, description="rows that stand out")
    doubtful: list[str] = Field(default_factory=list, description="rows, or points as row.column, that carry a query mark")
    annotations: list[Annotation] = Field(default_factory=list)

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
