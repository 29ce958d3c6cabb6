"""Timelines: dated events. Wide, along an axis in storeys with leaders; narrow, down a line, read like a list."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

import plotly.graph_objects as go

from tally import lettering, theme
from tally.chart import ChartTable
from tally.forms import callout, marking
from tally.forms.axis import part
from tally.forms.frame import Frame
from tally.forms.scale import Scale
from tally.forms.sheet import Box, Cell, Run, Sheet, runs_width

_DOT = 11
_ROOM = 138
_INDENT = 26
_MOST_YEARS = 8
_YEAR_GAP, _MOST_GAP = 5.0, 26.0


@dataclass(frozen=True)
class _Event:
    cell: Cell
    date: tuple[Run, ...]
    lines: tuple[str, ...]
    wide: float
    tall: float


def timeline(table: ChartTable, frame: Frame) -> go.Figure:
    """The table's events by date."""
    cells = sorted(marking.cells(table), key=lambda cell: (cell.point.low, cell.point.high))
    room = frame.width - _INDENT if frame.names_above else _ROOM
    events = [_event(table, frame, cell, room) for cell in cells]
    return (_down if frame.names_above else _along)(Sheet(table, frame), events)


def _event(table: ChartTable, frame: Frame, cell: Cell, room: float) -> _Event:
    date = [Run(cell.point.label, theme.lettered(_ink(table, cell)), 600)]
    date += marking.tag(table, frame, cell)[1:]
    lines = lettering.balance(cell.row.label, room, frame.value, marking.weight(cell.row))
    wide, tall = lettering.extent(lines, frame.value, marking.weight(cell.row))
    return _Event(cell, tuple(date), tuple(lines), max(wide, runs_width(date, frame.value)),
                  tall + frame.value * lettering.LEADING)


def _ink(table: ChartTable, cell: Cell) -> str:
    """The ink of its time; among plain events, those that matter stand out."""
    if cell.column.role != "plain":
        return cell.column.role
    return marking.row_ink(table, cell.row, cell.column)


def _write(sheet: Sheet, event: _Event, x: float, top: float) -> Box:
    size = sheet.frame.value
    box = sheet.runs(x, top + size * lettering.LEADING / 2, event.date, size)
    text = sheet.block(x, box.bottom, "\n".join(event.lines), size, weight=marking.weight(event.cell.row))
    return box.joined(text)


# -- wide


def _along(sheet: Sheet, events: list[_Event]) -> go.Figure:
    scale = _years(sheet.frame, events)
    boxes = _storeys(events, scale)
    line = max(-box.top for box in boxes) + 16
    anchors: dict[tuple[str, str], Box] = {}
    for event, box in zip(events, boxes, strict=True):
        x = scale.at(event.cell.point.low)
        sheet.rule(x, line + box.top - 14, x, line, "faint", 1)
        anchors[event.cell.row.id, event.cell.column.id] = _write(sheet, event, x + 7, line + box.top - 14)
        _span(sheet, scale, event.cell, line)
    ticks = _year_ticks(scale)
    for year in ticks:
        x = scale.at(year)
        sheet.rule(x, line, x, line + 10, "soft", 1)
        sheet.text(x, line + 21, f"{int(year)}", sheet.frame.tick, "soft", "center")
    sheet.rule(scale.start, line, scale.end, line, "ink", 1.25)
    plot = Box(scale.start, 0, scale.end, line + 12)
    height = callout.write(sheet, anchors, Box(0, 0, sheet.frame.width, line - 16))
    return sheet.figure(plot, height, x=scale.axis(ticks, [f"{int(year)}" for year in ticks]))


def _years(frame: Frame, events: list[_Event]) -> Scale:
    """Whole years, as long as leaves the last event's text on the sheet."""
    low = Decimal(math.floor(min(event.cell.point.low for event in events)))
    high = Decimal(math.ceil(max(event.cell.point.high for event in events)))
    high = max(high, low + 1)
    start, end = 18.0, frame.width - 18.0
    for event in events:
        where = part("linear", low, high, event.cell.point.low)
        if where > 0:
            end = min(end, start + (frame.width - 2 - event.wide - 8 - start) / where)
    return Scale("linear", low, high, start, end)


def _storeys(events: list[_Event], scale: Scale) -> list[Box]:
    """A box for each event above the line at 0, none over another or over another's leader.

    Taken from the right: a text must stand higher than every later one whose leader would run through it,
    and its own leader comes down left of all of them.
    """
    boxes: list[Box] = []
    for event in reversed(events):
        left = scale.at(event.cell.point.low) + 7
        box = Box(left - 9, -event.tall, left + event.wide + 12, 0)
        under = [other for other in boxes if other.left < box.right]
        floor = min((other.top for other in under), default=0.0) - (8 if under else 0)
        boxes.append(Box(left, floor - event.tall, left + event.wide, floor))
    return boxes[::-1]


def _span(sheet: Sheet, scale: Scale, cell: Cell, y: float) -> None:
    """A dot, stretched over the period where that is longer than the dot."""
    ink, low, high = _ink(sheet.table, cell), cell.point.low, cell.point.high
    sheet.dot(low, y, _DOT, cell, ink)
    if scale.at(high) - scale.at(low) > _DOT:
        sheet.dot(high, y, _DOT, cell, ink)
        sheet.stroke([low, high], [y, y], _DOT, ink)


def _year_ticks(scale: Scale) -> list[Decimal]:
    years = int(scale.high - scale.low)
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000) if years // step < _MOST_YEARS)
    first = -(-int(scale.low) // step) * step
    return [Decimal(year) for year in range(first, int(scale.high) + 1, step)]


# -- narrow


def _down(sheet: Sheet, events: list[_Event]) -> go.Figure:
    top, x, size = 0.0, _DOT / 2 + 1, sheet.frame.value
    anchors: dict[tuple[str, str], Box] = {}
    ys = []
    for before, event in zip([None, *events], events, strict=False):
        if before:
            years = float(event.cell.point.low - before.cell.point.low)
            top += 10 + min(years * _YEAR_GAP, _MOST_GAP)
        box = _write(sheet, event, _INDENT, top)
        ys.append(top + size * lettering.LEADING / 2)
        sheet.dot(x, ys[-1], _DOT, event.cell, _ink(sheet.table, event.cell))
        anchors[event.cell.row.id, event.cell.column.id] = box
        top = box.bottom
    sheet.rule(x, ys[0], x, top, "ink", 1.25)
    plot = Box(0, 0, sheet.frame.width, top)
    height = callout.write(sheet, anchors, plot)
    return sheet.figure(plot, height)
