"""A release: what `data/releases/NAME.json.br` keeps of every chart, and `data/corrections.yaml`, which editors write.

A release says all that a pinned embed and a pinned ledger show, in its own terms, so that charts, tables and the engine may change
without it. Its texts are final: no figure in them is worked out again.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, field_validator, model_validator

from tally.model.base import CellName, Date, Id, Localized, Strict, fault
from tally.quantity import Period

Texts = dict[str, str]
"""One text for each language that the site had."""


Number = Annotated[str, Field(pattern=r"^-?[0-9]+(\.[0-9]+)?$")]


class FrozenCell(Strict):
    """A figure as it was."""

    value: str
    """for a machine, in the printed unit: `8274`, `30/50`, `2021-09-06`"""
    unit: str | None
    qualifier: str
    amount: str
    """the same in base units, with them: what a later state of the figure is held against"""


class FrozenPoint(Strict):
    """A cell of a frozen table."""

    name: str
    low: Number
    high: Number
    label: str
    short: str
    date: str | None = None
    doubtful: bool = False


class FrozenColumn(Strict):
    """A column of a frozen table."""

    id: str
    label: str
    role: Literal["base", "target", "plain"]


class FrozenRow(Strict):
    """A row of a frozen table."""

    id: str
    label: str
    points: list[FrozenPoint | None]
    emphasis: bool = False


class FrozenFace(Strict):
    """A chart in one language."""

    script: Literal["latin", "han"]
    columns: list[FrozenColumn]
    rows: list[FrozenRow]
    tick: str
    summary: str
    readings: list[tuple[str, str]]
    wide: dict[str, Any]
    """Plotly's figure, its colours by their names"""
    narrow: dict[str, Any]


class FrozenChart(Strict):
    """A chart."""

    form: str
    scale: Literal["linear", "log"]
    title: Texts
    subtitle: Texts
    note: Texts | None
    alt: Texts
    sources: list[str]
    faces: dict[Id, FrozenFace]


class FrozenClaim(Strict):
    """A claim as it was judged."""

    outcome: str
    verdict: Texts
    """the outcome in a word"""
    sentence: Texts
    """what is quoted of it: the statement, the verdict and what the data gave"""


class Release(Strict):
    """A state of the charts and claims, for ever."""

    name: Id
    date: Date
    sources: dict[str, Texts]
    """how the charts name their sources"""
    cells: dict[str, FrozenCell]
    charts: dict[Id, FrozenChart]
    claims: dict[Id, FrozenClaim] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _whole(self) -> Release:
        for id, chart in self.charts.items():
            self._sourced(id, chart)
            for language, face in chart.faces.items():
                if any(language not in texts for texts in (chart.title, chart.subtitle, chart.alt, chart.note) if texts is not None):
                    raise fault(f"a text of the chart {id} has no {language}")
                self._filled(id, face)
        return self

    def _sourced(self, id: str, chart: FrozenChart) -> None:
        for source in chart.sources:
            if not chart.faces.keys() <= self.sources.get(source, {}).keys():
                raise fault(f"the chart {id} names the source {source}, whose title is not here")

    def _filled(self, id: str, face: FrozenFace) -> None:
        for row in face.rows:
            if len(row.points) != len(face.columns):
                raise fault(f"the row {row.id} of the chart {id} has not one place for each column")
            if gone := next((point.name for point in row.points if point and point.name not in self.cells), None):
                raise fault(f"the chart {id} shows the figure {gone}, which is not here")


# ---- what editors write


def _day(period: Period) -> Period:
    if period.grain != "day":
        raise fault(f"{period.text!r} is no day; write one, as in 2026-12-01")
    return period


class Correction(Strict):
    """Figures that were wrong in a release and have been put right."""

    date: Date = Field(description="the day of the correction", examples=["2026-12-01"])
    cells: list[CellName] = Field(min_length=1, description="the corrected figures; those worked out from them follow")
    note: Localized = Field(description="why, in a sentence for readers, in each language")

    _dated = field_validator("date")(_day)


class Withdrawal(Strict):
    """A chart that is no longer shown."""

    date: Date = Field(description="the day from which it is no longer shown", examples=["2026-12-01"])
    reason: Localized = Field(description="why, in a sentence for readers, in each language")

    _dated = field_validator("date")(_day)


class Corrections(Strict):
    """`data/corrections.yaml`: what has been put right since a release, and what was withdrawn."""

    corrections: list[Correction] = Field(default_factory=list, description="corrections, in any order")
    withdrawn: dict[Id, Withdrawal] = Field(default_factory=dict, description="withdrawn charts by their names")
