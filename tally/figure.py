"""A figure: every chart in every language, its words final, its table filled and its picture drawn.

The fourth stage. `chart` says what a resolved chart is, `forms` draws it; here the declared chart meets
the book. The page around it is `page`'s.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any

from tally import forms, live, name, summary, svg, task
from tally.book import Book, magnitude
from tally.chart import Band, Callout, ChartTable, Column, Line, Point, Row
from tally.crosscheck import points, shape
from tally.document import Path
from tally.file import digest
from tally.model import Chart, Unit
from tally.notation import Style
from tally.packing import packed, unpacked
from tally.problem import Faulty
from tally.project import Project
from tally.prose import Prose
from tally.quantity import Period, ends, rounded, span
from tally.wording import Reference

_MOST_YEARS = 2000
"""How far apart the dates of a timeline may lie."""
_LABEL = Style(dash=True)
_SHORT = Style(dash=True, unit=False, qualifier=False)


@dataclass(frozen=True, slots=True)
class Picture:
    """One chart drawn at one width: its size in px, and packed, for there are many, what is drawn."""

    width: int
    height: int
    _svg: bytes
    _json: bytes

    @classmethod
    def of(cls, width: int, height: int, svg: str, json: str) -> Picture:
        """A picture as the page holds it, and as Plotly's own JSON."""
        return cls(width, height, *(packed(text) for text in (svg, json)))

    @property
    def svg(self) -> str:
        """As the page holds it."""
        return unpacked(self._svg)

    @property
    def json(self) -> str:
        """As Plotly's own JSON."""
        return unpacked(self._json)


@dataclass(frozen=True, slots=True)
class Drawing:
    """One chart in one language."""

    id: str
    chart: Chart
    language: str
    table: ChartTable
    wide: Picture
    narrow: Picture
    summary: str
    """what the table says, in words"""
    _readings: bytes
    cells: tuple[str, ...]
    """the names of the cells that it shows"""
    sources: tuple[str, ...]
    digest: str = field(init=False)
    """of what its live figure says"""

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", digest(self.script.encode()))

    @property
    def readings(self) -> tuple[tuple[str, str], ...]:
        """The title of each point's mark with what is said of the point, in reading order."""
        return tuple((title, said) for title, said in json.loads(unpacked(self._readings)))

    @property
    def script(self) -> str:
        """Its live figure."""
        return live.script(self.id, self.language, self.wide.json, self.narrow.json, self.readings)


def put_away(readings: Iterable[tuple[str, str]]) -> bytes:
    """Readings as a drawing keeps them."""
    return packed(json.dumps([*readings], ensure_ascii=False))


def draw(project: Project, book: Book, voices: Mapping[str, Prose], before: task.Memory[Drawing] | None = None) -> task.Memory[Drawing]:
    """Every chart in every language, by chart and language; raises `Faulty` with all that cannot be drawn."""
    def watched(asked: set[task.Input]) -> _World:
        return project.watched(asked), {language: voice.watched(asked) for language, voice in voices.items()}

    inputs = task.Inputs({**project.inputs, **book.kinds}, project.ground)
    return task.run(_work(tuple(project.charts), tuple(voices)), watched, inputs, before)


_World = tuple[Project, Mapping[str, Prose]]


@lru_cache(maxsize=1)
def _work(charts: tuple[str, ...], languages: tuple[str, ...]) -> Mapping[tuple[str, str], Callable[[_World], Drawing]]:
    return {(id, language): partial(_drawn, id, language) for id in charts for language in languages}


def _drawn(id: str, language: str, world: _World) -> Drawing:
    project, voices = world
    try:
        return _drawing(id, project.charts[id], project, voices[language])
    except Undrawable as error:
        document = project.documents[f"data/charts/{id}.yaml"]
        raise Faulty(document.problem(where, message) for where, message in error.reasons) from None


class Undrawable(ValueError):
    """A chart that its form cannot show; `reasons` are keys of its file with what is wrong."""

    def __init__(self, *reasons: tuple[Path, str]):
        self.reasons = reasons
        super().__init__(str(reasons))


def _drawing(id: str, chart: Chart, project: Project, voice: Prose) -> Drawing:
    book = voice.book
    table = resolve(id, chart, project, book, voice)
    if reasons := list(_unfit(table, chart)):
        raise Undrawable(*reasons)
    cells = tuple(dict.fromkeys(name.stem(word, book.cells) for word in points(chart, project.tables, book.cells)))
    wide, narrow = (_picture(id, table, frame, voice.plain(chart.title[voice.language]),
                             voice.plain(chart.alt[voice.language])) for frame in (forms.WIDE, forms.NARROW))
    words = voice.notation.words
    return Drawing(id, chart, voice.language, table, wide, narrow, summary.describe(table, words), put_away(summary.readings(table, words)),
                   cells, tuple(dict.fromkeys(origins(book, cells))))


def _picture(id: str, table: ChartTable, frame: forms.Frame, title: str, alt: str) -> Picture:
    try:
        return picture(f"{id}-{frame.name}", forms.draw(table, frame), title, alt)
    except Exception as error:  # whatever a form stumbles over, an editor is told which chart it was
        message = f"the form {table.form} cannot show these figures on the {frame.name} sheet ({type(error).__name__}: {error})"
        raise Undrawable((("form",), message)) from error


def picture(prefix: str, drawn: Mapping[str, Any], title: str, alt: str) -> Picture:
    """Plotly's figure as a page holds it; `prefix` keeps the ids of two pictures apart."""
    static = svg.draw(drawn, title=title, description=alt, id_prefix=prefix)
    text = json.dumps(drawn, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Picture.of(drawn["layout"]["width"], drawn["layout"]["height"], static, text)


def _unfit(table: ChartTable, chart: Chart) -> Iterator[tuple[Path, str]]:
    """What the worked-out figures have that the form has no place for."""
    points = [point for row in table.rows for point in row.points if point]
    if table.form == "share":
        for row in table.rows:
            parts = [point.low for point in row.points if point]
            if min(parts) < 0 or not sum(parts):
                yield ("form",), f"the parts of {row.id} are {', '.join(map(str, parts))}; a share needs parts of at least 0, and one above it"
    if table.form == "timeline" and max(point.high for point in points) - min(point.low for point in points) > _MOST_YEARS:
        yield ("form",), f"the dates lie more than {_MOST_YEARS} years apart, for which a timeline has no room"
    banded = [index for index, note in enumerate(chart.annotations) if note.band]
    for index, band in zip(banded, table.bands, strict=True):
        if band.low >= band.high:
            yield ("annotations", index, "band"), f"the band runs backwards: from {band.low} must be less than to {band.high}"


def origins(book: Book, cells: tuple[str, ...]) -> list[str]:
    """The sources of cells, those behind derived figures included, in order."""
    found: list[str] = []
    for word in cells:
        cell = book[word]
        found += [cell.source] if cell.source else origins(book, cell.uses)
    return list(dict.fromkeys(found))


def resolve(id: str, chart: Chart, project: Project, book: Book, voice: Prose) -> ChartTable:
    """The table that a chart shows, in one language and on its own axis unit."""
    language = voice.language
    names = list(points(chart, project.tables, book.cells))
    unit = project.units.get(chart.unit or book.find(names[0])[0].unit or "")
    scale = _Scale.of(unit, names, book, voice)
    columns, rows = _grid(chart, project)
    keys = [key for key, _, _ in columns]
    lines = [row for row in (_row(key, label, names, keys, chart, scale) for key, label, names in rows) if any(row.points)]
    return ChartTable(
        id=id, form=chart.form, language=language, script=project.site.languages[language].script,
        columns=tuple(Column(key, voice.plain(label[language]), role) for key, label, role in columns),
        rows=tuple(_sorted(lines, chart.sort)), scale=chart.scale,
        unit="", tick=scale.tick(),
        callouts=tuple(Callout(note.point.row, note.point.column or columns[0][0], voice.plain(note.text[language]))
                       for note in chart.annotations if note.point),
        lines=tuple(Line(scale.place(note.line)[0], voice.plain(note.text[language])) for note in chart.annotations if note.line),
        bands=tuple(Band(scale.place(note.band.low)[0], scale.place(note.band.high)[1], voice.plain(note.text[language]))
                    for note in chart.annotations if note.band))


def _grid(chart: Chart, project: Project):  # type: ignore[no-untyped-def]
    """Columns as (id, label, role); rows as (id, label, names of cells)."""
    if chart.grid:
        return ([(key, column.label, column.role) for key, column in chart.grid.columns.items()],
                [(key, row.label, row.cells) for key, row in chart.grid.rows.items()])
    assert chart.cut
    table = project.tables[chart.cut.table]
    rows, columns = shape(chart, project.tables)
    known = set(name.cells(table))
    return ([(key, table.columns[key].label, table.columns[key].role) for key in columns],
            [(key, table.rows[key].label,
              [name.of(chart.cut.table, key, column) if (key, column) in known else None for column in columns]) for key in rows])


def _row(key: str, label: Mapping[str, str], names: list[str | None], columns: list[str], chart: Chart, scale: _Scale) -> Row:
    points = tuple(scale.point(word, key in chart.doubtful or f"{key}.{column}" in chart.doubtful) if word else None
                   for word, column in zip(names, columns, strict=True))
    return Row(key, scale.voice.plain(label[scale.voice.language]), points, key in chart.emphasis)


def _sorted(rows: list[Row], order: str) -> list[Row]:
    if order == "given":
        return rows
    return sorted(rows, key=lambda row: next(point.high for point in row.points if point), reverse=order == "falling")


@dataclass(frozen=True)
class _Scale:
    """Turns cells into points on the axis of one language."""

    book: Book
    voice: Prose
    unit: Unit | None
    step: Decimal
    """what the axis counts, in base units"""

    @classmethod
    def of(cls, unit: Unit | None, names: Iterable[str], book: Book, voice: Prose) -> _Scale:
        """The scale for the figures called `names`."""
        largest = max((abs(shown(book, word)[1]) for word in names if book.find(word)[0].number is not None), default=Decimal(0))
        return cls(book, voice, unit, voice.notation.axis(unit, largest))

    def place(self, word: str) -> tuple[Decimal, Decimal]:
        """Low and high of a figure on the axis; dates as years."""
        cell, _ = self.book.find(word)
        if isinstance(cell.content, Period):
            return year(cell.content.start), year(cell.content.end)
        low, high = shown(self.book, word)
        return ends(span(low / self.step, high / self.step))

    def point(self, word: str, doubtful: bool) -> Point:
        cell, _ = self.book.find(word)
        low, high = self.place(word)
        return Point(word, low, high, self.voice.figure(Reference(0, word, _LABEL)), self.voice.figure(Reference(0, word, _SHORT)),
                     cell.content if isinstance(cell.content, Period) else None, doubtful)

    def tick(self) -> str:
        """`{}%` where the axis counts percentages, else `{}`."""
        pattern = self.unit.show[self.voice.language] if self.unit else None
        percent = pattern is not None and (pattern.number == "percent" or pattern.other == "{}%")
        return "{}%" if percent else "{}"


def shown(book: Book, word: str) -> tuple[Decimal, Decimal]:
    """Low and high of a figure in base units, derived ones rounded as they are shown."""
    cell, end = book.find(word)
    assert cell.shown is not None
    factor, _ = magnitude(book.units.get(cell.unit or ""))
    both = tuple(one * factor for one in ends(cell.shown))
    return (both[end], both[end]) if end is not None else (both[0], both[1])


def year(day: date) -> Decimal:
    """A day as a decimal year: 2010.58 is early August 2010."""
    first = date(day.year, 1, 1).toordinal()
    length = date(day.year, 12, 31).toordinal() + 1 - first
    return rounded(Decimal(day.year) + Decimal(day.toordinal() - first) / Decimal(length), 4)


