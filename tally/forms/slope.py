"""Slopes: rows followed across points in time, each named at its end and valued at both."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from tally import lettering, theme
from tally.chart import ChartTable, Row
from tally.forms import axis, callout, marking
from tally.forms.frame import Frame, NoRoom
from tally.forms.scale import Scale
from tally.forms.sheet import Box, Cell, Figure, Run, Sheet, runs_width

_DOT = 11
_TALL = {"wide": 300, "narrow": 300}
_MOST_ACROSS = 420
_LEAST_ACROSS = 90


@dataclass(frozen=True)
class _Label:
    """A block beside a point: runs on the first line, further lines of the name below."""

    cell: Cell
    runs: tuple[Run, ...]
    rest: str
    wide: float
    tall: float


def slope(table: ChartTable, frame: Frame) -> Figure:
    """A line for each row, from its first point to its last."""
    sheet = Sheet(table, frame)
    starts, ends = _labels(table, frame)
    left = max([_room(table, frame, 0), *(label.wide + axis.GAP + _DOT / 2 for label in starts)])
    last = len(table.columns) - 1
    right = max([_room(table, frame, last), *(label.wide + axis.GAP + _DOT / 2 for label in ends)])
    across = min(frame.width - left - right, _MOST_ACROSS)
    if across < _LEAST_ACROSS * last and not frame.short:
        raise NoRoom(short=True)
    xs = [left + across * index / max(last, 1) for index in range(last + 1)]
    top = _heads(sheet, xs)
    tall = max(_TALL[frame.name], sum(label.tall + 4 for label in ends), sum(label.tall + 4 for label in starts))
    scale = _scale(table, top + 14, top + tall)
    plot = Box(xs[0] - _DOT, top, xs[-1] + _DOT, top + tall + 14)
    for x in xs:
        sheet.rule(x, plot.top, x, plot.bottom)
    anchors = _rows(sheet, scale, xs)
    for side, labels in (("right", starts), ("left", ends)):
        _write(sheet, scale, xs, labels, side, plot, anchors)
    _lines(sheet, scale, plot)
    height = callout.write(sheet, anchors, Box(0, top, frame.width, plot.bottom))
    flipped = Scale(scale.kind, scale.low, scale.high, plot.bottom, plot.top)
    return sheet.figure(plot, height, y=_padded(scale, flipped))


def _room(table: ChartTable, frame: Frame, index: int) -> float:
    """Half of the column's head must stay on the sheet."""
    return lettering.width(table.columns[index].label, frame.label, 600) / 2 + 2


def _heads(sheet: Sheet, xs: list[float]) -> float:
    bottom = 0.0
    most = xs[1] - xs[0] - 8 if len(xs) > 1 else 200.0
    for x, column in zip(xs, sheet.table.columns, strict=True):
        ink = theme.lettered("ink" if column.role == "plain" else column.role)
        text = "\n".join(lettering.balance(column.label, most, sheet.frame.label, 600))
        bottom = max(bottom, sheet.block(x, 0, text, sheet.frame.label, ink, "center", 600).bottom)
    return bottom + 6


def _scale(table: ChartTable, top: float, bottom: float) -> Scale:
    """From the smallest value to the largest; a slope compares directions, so it need not start at zero."""
    values = [value for cell in marking.cells(table) for value in (cell.point.low, cell.point.high)]
    values += [line.value for line in table.lines]
    low, high = min(values), max(values)
    return Scale(table.scale, low, high if high > low else low + 1, bottom, top)


def _padded(scale: Scale, plot: Scale) -> dict[str, object]:
    """The axis over the whole plot, a little beyond the scale's own ends."""
    span = scale.start - scale.end
    under, over = (plot.start - scale.start) / span, (scale.end - plot.end) / span
    made = scale.axis([], [])
    low, high = (float(end) for end in made["range"])
    return {**made, "range": [low - (high - low) * under, high + (high - low) * over]}


def _labels(table: ChartTable, frame: Frame) -> tuple[list[_Label], list[_Label]]:
    starts, ends = [], []
    for row in table.rows:
        cells = list(marking.row_cells(table, row))
        if cells:
            ends.append(_end(table, frame, cells[-1]))
            starts += [_start(table, frame, cells[0])] if len(cells) > 1 else []
    return starts, ends


def _start(table: ChartTable, frame: Frame, cell: Cell) -> _Label:
    runs = [Run(marking.written(frame, cell), _ink(table, cell.row), marking.weight(cell.row))]
    mark = marking.number(table, frame, cell)
    runs = [Run(mark), *runs] if mark else runs
    return _Label(cell, tuple(runs), "", runs_width(runs, frame.value), frame.value * lettering.LEADING)


def _end(table: ChartTable, frame: Frame, cell: Cell) -> _Label:
    most = 118 if frame.names_above else 200
    runs = marking.tag(table, frame, cell, ink=_ink(table, cell.row))
    lines = lettering.balance(cell.row.label, most, frame.value, 600)
    wide, tall = lettering.extent(lines, frame.value, 600)
    return _Label(cell, tuple(runs), "\n".join(lines), max(wide, runs_width(runs, frame.value)),
                  tall + frame.value * lettering.LEADING)


def _ink(table: ChartTable, row: Row) -> str:
    return theme.lettered(marking.row_ink(table, row))


def _rows(sheet: Sheet, scale: Scale, xs: list[float]) -> dict[tuple[str, str], Box]:
    anchors: dict[tuple[str, str], Box] = {}
    for row in sorted(sheet.table.rows, key=lambda row: row.emphasis):
        ink = marking.row_ink(sheet.table, row)
        cells = list(marking.row_cells(sheet.table, row))
        places = [(xs[sheet.table.columns.index(cell.column)], _middle(cell, scale)) for cell in cells]
        sheet.stroke([x for x, _ in places], [_value(cell, scale) for cell in cells], 3 if row.emphasis else 2, ink)
        for (x, y), cell in zip(places, cells, strict=True):
            dot = ink if cell.column.role == "plain" or ink == "faint" else cell.column.role
            sheet.dot(x, _value(cell, scale), _DOT, cell, dot)
            anchors[row.id, cell.column.id] = sheet.mark(Box(x - 6, y - 6, x + 6, y + 6))
        for (x0, y0), (x1, y1) in itertools.pairwise(places):
            sheet.leaders.append((x0, y0, x1, y1))
    return anchors


def _value(cell: Cell, scale: Scale) -> Decimal:
    """A range is followed along its middle."""
    low, high = cell.point.low, cell.point.high
    return (low * high).sqrt() if scale.kind == "log" and low != high else (low + high) / 2


def _middle(cell: Cell, scale: Scale) -> float:
    return scale.at(_value(cell, scale))


def spread(wanted: Iterable[tuple[float, float]], low: float, high: float) -> list[float]:
    """Middles near those wanted, for blocks `(middle, height)` that may not overlap, in the given order."""
    blocks = sorted(enumerate(wanted), key=lambda item: item[1][0])
    tops: list[tuple[int, float, float]] = []
    edge = low
    for index, (middle, tall) in blocks:
        edge = max(edge, middle - tall / 2)
        tops.append((index, edge, tall))
        edge += tall
    placed: dict[int, float] = {}
    edge = high
    for index, top, tall in reversed(tops):
        edge = min(edge, top + tall)
        placed[index] = edge - tall / 2
        edge -= tall
    return [placed[index] for index in range(len(placed))]


def _write(sheet: Sheet, scale: Scale, xs: list[float], labels: list[_Label], side: str, plot: Box,
           anchors: dict[tuple[str, str], Box]) -> None:
    size = sheet.frame.value
    places = spread([(_middle(label.cell, scale), label.tall + 4) for label in labels], plot.top - 4, plot.bottom + 8)
    for label, y in zip(labels, places, strict=True):
        point = xs[sheet.table.columns.index(label.cell.column)]
        x = point + (-1 if side == "right" else 1) * (_DOT / 2 + axis.GAP)
        box = sheet.runs(x, y - label.tall / 2 + size * lettering.LEADING / 2, label.runs, size, side)
        if label.rest:
            box = box.joined(sheet.block(x, box.bottom, label.rest, size, _ink(sheet.table, label.cell.row), side,
                                         600 if label.cell.row.emphasis else 400))
        if abs(y - _middle(label.cell, scale)) > label.tall / 2 + 4:
            first = y - label.tall / 2 + size * lettering.LEADING / 2
            sheet.rule(point, _middle(label.cell, scale), x + (3 if side == "right" else -3), first, "faint", 1)
        key = (label.cell.row.id, label.cell.column.id)
        anchors[key] = box


def _lines(sheet: Sheet, scale: Scale, plot: Box) -> None:
    """Reference lines and bands lie across; their words find a free place along them."""
    size = sheet.frame.note
    for band in sheet.table.bands:
        low, high = (scale.at(min(max(value, scale.low), scale.high)) for value in (band.low, band.high))
        sheet.ground(Box(plot.left, high, plot.right, low), "band")
        _along(sheet, plot, (low + high) / 2, band.text, size, "soft")
    for line in sheet.table.lines:
        y = scale.at(line.value)
        sheet.rule(plot.left, y, plot.right, y, "ink", 1.25, yields=True)
        _along(sheet, plot, y, line.text, size, "ink")


def _along(sheet: Sheet, plot: Box, y: float, text: str, size: int, ink: str) -> None:
    lines = lettering.balance(text, 150, size)
    wide, tall = lettering.extent(lines, size)
    tries = [Box(x, y + dy, x + wide, y + dy + tall) for dy in (-tall - 3, 4)
             for x in range(int(plot.left) + 14, int(plot.right - wide), 8)]
    free = [box for box in tries if not any(box.overlaps(other) for other in sheet.boxes)]
    clear = [box for box in free if not any(box.grown(3).crossed(*leader) for leader in sheet.leaders)]
    under = max(plot.bottom, *(box.bottom for box in sheet.boxes)) + 4
    best = [*clear, *free, Box(0, under, wide, under + tall)][0]
    sheet.text(best.left, best.middle[1], "\n".join(lines), size, ink)
