"""A pin: charts frozen into a release, and a release's charts as drawings again.

Texts are final and stay as they were; pictures are drawn anew from the frozen figure, whose colours are kept by
name, so that a pinned chart follows a reader's theme as any other. What a release's file looks like is `release`'s;
what has changed since is `correction`'s.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from tally import task
from tally.book import Book
from tally.chart import ChartTable, Column, Point, Row
from tally.figure import Drawing, Picture, picture, put_away, shown
from tally.model import (
    Chart,
    FrozenCell,
    FrozenChart,
    FrozenClaim,
    FrozenColumn,
    FrozenFace,
    FrozenPoint,
    FrozenRow,
    Release,
)
from tally.problem import Faulty, Problem
from tally.project import Project
from tally.prose import Prose, value
from tally.quantity import Period
from tally.release import path
from tally.theme import PALETTE

Pins = Mapping[tuple[str, str, str], Drawing]
"""Drawings by release, chart and language."""


def called(chart: str, name: str) -> str:
    """What a pinned chart is called beside the living one."""
    return f"{chart}@{name}"


def plain(id: str) -> str:
    """The chart's own name, of one that is `called` after a release too."""
    return id.partition("@")[0]


def holding(pins: Pins, chart: str, language: str) -> list[str]:
    """The releases that hold a chart in a language, the newest first."""
    return [name for name, id, own in pins if (id, own) == (chart, language)]


# ---- freezing


def freeze(name: str, date: Period, project: Project, book: Book, voices: Mapping[str, Prose],
           drawings: Mapping[tuple[str, str], Drawing], claims: Mapping[str, FrozenClaim]) -> Release:
    """All charts as they are, and the `claims`."""
    kept = [id for id in project.charts if id not in project.corrections.withdrawn]
    shown = [drawing for (chart, _), drawing in drawings.items() if chart in kept]
    sources = dict.fromkeys(id for drawing in shown for id in drawing.sources)
    words = dict.fromkeys(point.name for drawing in shown for point in points(drawing.table))
    return Release(
        name=name, date=date.text,  # type: ignore[arg-type]
        sources={id: {language: project.credit(id, language) for language in project.languages} for id in sources}, cells={word: frozen(word, book) for word in words},
        charts={id: _chart([drawings[id, language] for language in project.languages], voices) for id in kept},
        claims=dict(claims))


def points(table: ChartTable) -> Iterator[Point]:
    """The points of a table, by rows."""
    return (point for row in table.rows for point in row.points if point)


def frozen(word: str, book: Book) -> FrozenCell:
    """A figure as a release keeps it."""
    cell, end = book.find(word)
    if isinstance(cell.content, Period):
        written = cell.content.text
    else:
        assert cell.shown is not None
        both = value(cell.shown).split("/")
        written = both[min(end, len(both) - 1)] if end is not None else "/".join(both)
    return FrozenCell(value=written, unit=cell.unit, qualifier=cell.qualifier, amount=amount(word, book))


def amount(word: str, book: Book) -> str:
    """A figure for comparison: the same whatever unit and however many noughts it is written with."""
    cell, _ = book.find(word)
    if isinstance(cell.content, Period):
        return cell.content.text
    unit = book.units.get(cell.unit or "")
    both = (f"{one.normalize():f}" for one in shown(book, word))
    return " ".join(("/".join(dict.fromkeys(both)), *([unit.base] if unit else [])))


def _chart(drawings: list[Drawing], voices: Mapping[str, Prose]) -> FrozenChart:
    chart = drawings[0].chart

    def texts(given: Mapping[str, str]) -> dict[str, str]:
        return {language: voice.plain(given[language]) for language, voice in voices.items()}

    return FrozenChart(
        form=chart.form, scale=chart.scale, title=texts(chart.title), subtitle=texts(chart.subtitle),
        note=texts(chart.note) if chart.note else None, alt=texts(chart.alt), sources=list(drawings[0].sources),
        faces={drawing.language: _face(drawing) for drawing in drawings})


def _face(drawing: Drawing) -> FrozenFace:
    table = drawing.table
    return FrozenFace(
        script=table.script, columns=[FrozenColumn(id=one.id, label=one.label, role=one.role) for one in table.columns],
        rows=[FrozenRow(id=row.id, label=row.label, points=[_point(one) if one else None for one in row.points],
                        emphasis=row.emphasis) for row in table.rows],
        tick=table.tick, summary=drawing.summary, readings=list(drawing.readings),
        wide=_named(drawing.wide), narrow=_named(drawing.narrow))


def _point(point: Point) -> FrozenPoint:
    return FrozenPoint(name=point.name, low=f"{point.low:f}", high=f"{point.high:f}", label=point.label,
                       short=point.short, date=point.date.text if point.date else None, doubtful=point.doubtful)


def _named(drawn: Picture) -> dict[str, Any]:
    """The figure with its colours by name, for a later theme has other colours."""
    text = drawn.json
    for name, colour in PALETTE.items():
        text = text.replace(f'"{colour}"', f'"@{name}"')
    return json.loads(text)  # type: ignore[no-any-return]


# ---- thawing


def thaw(releases: Mapping[str, Release], before: task.Memory[Drawing] | None = None) -> task.Memory[Drawing]:
    """Every chart of every release, drawn again; raises `Faulty` with all that cannot be."""
    work = {(name, id, language): partial(_thawed_chart, name, id, language)
            for name, release in releases.items() for id, chart in release.charts.items() for language in chart.faces}
    return task.run(work, lambda asked: task.Watched("releases", releases, asked), task.Inputs({"releases": releases}), before)


def _thawed_chart(name: str, id: str, language: str, releases: Mapping[str, Release]) -> Drawing:
    try:
        return _drawing(called(id, name), releases[name].charts[id], language)
    except ValueError as error:
        said = f"the chart {id} of this release cannot be drawn any more ({error}); the builder must learn to"
        raise Faulty([Problem(path(name), 1, 1, f"charts.{id}", said)]) from None


def _drawing(id: str, chart: FrozenChart, language: str) -> Drawing:
    face = chart.faces[language]
    words = Chart.model_construct(form=chart.form, scale=chart.scale, title=chart.title, subtitle=chart.subtitle,
                                  note=chart.note, alt=chart.alt)
    wide, narrow = (picture(f"{id}-{frame}", _coloured(drawn), chart.title[language], chart.alt[language])
                    for frame, drawn in (("wide", face.wide), ("narrow", face.narrow)))
    drawn = table(id, chart, language)
    cells = tuple(dict.fromkeys(point.name for point in points(drawn)))
    return Drawing(id, words, language, drawn, wide, narrow, face.summary, put_away(face.readings), cells,
                   tuple(chart.sources))


def table(id: str, chart: FrozenChart, language: str) -> ChartTable:
    """The table of a frozen chart."""
    face = chart.faces[language]
    rows = tuple(Row(row.id, row.label, tuple(_thawed(one) if one else None for one in row.points), row.emphasis)
                 for row in face.rows)
    columns = tuple(Column(one.id, one.label, one.role) for one in face.columns)
    return ChartTable(id, chart.form, language, face.script, columns, rows, chart.scale, "", face.tick)


def _thawed(point: FrozenPoint) -> Point:
    date = Period.parse(point.date) if point.date else None
    return Point(point.name, Decimal(point.low), Decimal(point.high), point.label, point.short, date, point.doubtful)


def _coloured(figure: Mapping[str, Any]) -> dict[str, Any]:
    text = json.dumps(figure, ensure_ascii=False)
    for name, colour in PALETTE.items():
        text = text.replace(f'"@{name}"', f'"{colour}"')
    return json.loads(text)  # type: ignore[no-any-return]
