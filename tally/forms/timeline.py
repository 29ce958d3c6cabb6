"""Timelines: dated events. Wide, along an axis in storeys with leaders; narrow, down a line, read like a list."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tally import lettering, theme
from tally.chart import ChartTable
from tally.forms import callout, marking
from tally.forms.frame import Frame
from tally.forms.scale import Scale, part
from tally.forms.sheet import Box, Cell, Figure, Run, Sheet, runs_width

_DOT = 11
_ROOM = 160
_BESIDE = 7
_MOST_SMALL = 40
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


def timeline(table: ChartTable, frame: Frame) -> Figure:
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
    return marking.row_ink(table, cell.row)


def _write(sheet: Sheet, event: _Event, x: float, top: float, anchor: str = "left") -> Box:
    size = sheet.frame.value
    box = sheet.runs(x, top + size * lettering.LEADING / 2, event.date, size, anchor)
    text = sheet.block(x, box.bottom, "\n".join(event.lines), size, "ink", anchor, marking.weight(event.cell.row))
    return box.joined(text)


# -- wide


@dataclass(frozen=True)
class _Plan:
    """A scale, and for each event its side of its leader and its box above the line at 0."""

    scale: Scale
    sides: tuple[str, ...]
    boxes: tuple[Box, ...]

    @property
    def cost(self) -> float:
        """Low and with short leaders, over a long scale."""
        return (max(-box.top for box in self.boxes) + sum(-box.bottom for box in self.boxes) / len(self.boxes)
                - (self.scale.end - self.scale.start) / 8)


def _along(sheet: Sheet, events: list[_Event]) -> Figure:
    plan = min(_plans(sheet.frame, events), key=lambda plan: plan.cost)
    scale = plan.scale
    line = float(math.ceil(max(-box.top for box in plan.boxes) + 14))
    anchors: dict[tuple[str, str], Box] = {}
    for event, side, box in zip(events, plan.sides, plan.boxes, strict=True):
        x, cell = scale.at(event.cell.point.low), event.cell
        sheet.rule(x, line + box.top - 14, x, line, "faint", 1)
        start = box.left if side == "left" else box.right
        anchors[cell.row.id, cell.column.id] = _write(sheet, event, start, line + box.top - 14, side)
        _span(sheet, scale, cell, line)
    ticks = _axis(sheet, scale, line)
    plot = Box(scale.start, 0, scale.end, line + 12)
    height = callout.write(sheet, anchors, Box(0, 0, sheet.frame.width, line - 16))
    return sheet.figure(plot, height, x=scale.axis(ticks, [f"{int(year)}" for year in ticks]))


def _axis(sheet: Sheet, scale: Scale, line: float) -> list[Decimal]:
    ticks = _year_ticks(scale)
    for year in map(Decimal, range(int(scale.low), int(scale.high) + 1)):
        if year in ticks or scale.high - scale.low < _MOST_SMALL:
            x = scale.at(year)
            sheet.rule(x, line, x, line + (10 if year in ticks else 5), "soft", 1)
    for year in ticks:
        sheet.text(scale.at(year), line + 21, f"{int(year)}", sheet.frame.tick, "soft", "center")
    sheet.rule(scale.start, line, scale.end, line, "ink", 1.25)
    return ticks


def _plans(frame: Frame, events: list[_Event]) -> Iterator[_Plan]:
    """Ways to hang the texts: some first ones right of their leaders, some left of them, the rest right again."""
    many = len(events)
    for first in range(many + 1):
        for last in range(first, many + 1):
            sides = tuple("right" if first <= index < last else "left" for index in range(many))
            scale = _years(frame, events, sides)
            boxes = _storeys(events, sides, scale)
            if boxes and all(box.left >= 0 for box in boxes):
                yield _Plan(scale, sides, tuple(boxes))


def _years(frame: Frame, events: list[_Event], sides: Sequence[str]) -> Scale:
    """Whole years, as long as leaves on the sheet every text that begins at its leader."""
    low = Decimal(math.floor(min(event.cell.point.low for event in events)))
    high = Decimal(math.ceil(max(event.cell.point.high for event in events)))
    high = max(high, low + 1)
    start, end = 18.0, frame.width - 18.0
    for event, side in zip(events, sides, strict=True):
        where = part("linear", low, high, event.cell.point.low)
        if where > 0 and side == "left":
            end = min(end, start + (frame.width - 2 - event.wide - _BESIDE - start) / where)
    return Scale("linear", low, high, start, float(math.floor(end)))


def _storeys(events: list[_Event], sides: Sequence[str], scale: Scale) -> list[Box] | None:
    """Boxes above the line, none over another or over another's leader; none at all if there is no such way.

    A text must stand higher than every text whose leader would otherwise run through it. Where each of two
    leaders runs through the other's text there is no way; with all texts right of their leaders there is one.
    """
    xs = [scale.at(event.cell.point.low) for event in events]
    lefts = [x + _BESIDE if side == "left" else x - _BESIDE - event.wide
             for x, side, event in zip(xs, sides, events, strict=True)]
    spans = [(left - (4 if side == "left" else 8), left + event.wide + (8 if side == "left" else 4))
             for left, side, event in zip(lefts, sides, events, strict=True)]
    under = {index: {other for other in range(len(xs)) if other != index and _stands_over(index, other, xs, spans)}
             for index in range(len(xs))}
    boxes: dict[int, Box] = {}
    while len(boxes) < len(xs):
        ready = [index for index in under if index not in boxes and under[index] <= boxes.keys()]
        if not ready:
            return None
        index = ready[-1]
        floor = min((boxes[other].top - 8 for other in under[index]), default=0.0)
        boxes[index] = Box(lefts[index], floor - events[index].tall, lefts[index] + events[index].wide, floor)
    return [boxes[index] for index in range(len(xs))]


def _stands_over(index: int, other: int, xs: Sequence[float], spans: Sequence[tuple[float, float]]) -> bool:
    (low, high), (other_low, other_high) = spans[index], spans[other]
    if low >= other_high or other_low >= high:
        return False
    if low < xs[other] < high:
        return True
    return not other_low < xs[index] < other_high and index < other


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


def _down(sheet: Sheet, events: list[_Event]) -> Figure:
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
    sheet.rule(x, ys[0], x, ys[-1], "ink", 1.25)
    plot = Box(0, 0, sheet.frame.width, top)
    height = callout.write(sheet, anchors, plot)
    return sheet.figure(plot, height)
