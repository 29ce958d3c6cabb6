"""Bars from zero: `bars` compares rows, `change` one row's columns, `pairs` rows by columns."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tally import lettering, theme
from tally.chart import ChartTable, Column, Row
from tally.forms import axis, callout, marking
from tally.forms.frame import Frame
from tally.forms.scale import Scale
from tally.forms.sheet import Box, Cell, Figure, Run, Sheet

_ZERO = Decimal(0)


@dataclass(frozen=True)
class _Bar:
    row: Row
    column: Column
    cell: Cell | None
    ink: str
    runs: tuple[Run, ...]
    head: str = ""
    """the column's name, where it stands apart above the bar"""


@dataclass(frozen=True)
class _Group:
    name: str
    ink: str
    weight: int
    bars: tuple[_Bar, ...]


def bars(table: ChartTable, frame: Frame) -> Figure:
    """One bar for each row."""
    return _draw(table, frame, _by_rows(table, frame, named=False))


def pairs(table: ChartTable, frame: Frame) -> Figure:
    """Bars of each row's columns side by side; the first of each column says its name."""
    return _draw(table, frame, _by_rows(table, frame, named=True))


def change(table: ChartTable, frame: Frame) -> Figure:
    """One row, a bar for each of its columns."""
    row = table.rows[0]
    groups = []
    for column in table.columns:
        bar = _bar(table, frame, row, column, named=False)
        groups.append(_Group(column.label, theme.lettered(bar.ink), 600, (bar,)))
    return _draw(table, frame, groups)


def _by_rows(table: ChartTable, frame: Frame, named: bool) -> list[_Group]:
    groups, seen = [], set[str]()
    for row in table.rows:
        made = []
        for column, point in zip(table.columns, row.points, strict=True):
            made.append(_bar(table, frame, row, column, named and point is not None and column.id not in seen))
            seen |= {column.id} if point is not None else set()
        groups.append(_Group(row.label, "ink", marking.weight(row), tuple(made)))
    return groups


def _bar(table: ChartTable, frame: Frame, row: Row, column: Column, named: bool) -> _Bar:
    point = row.points[table.columns.index(column)]
    if point is None:
        return _Bar(row, column, None, "soft", (Run("–", "soft"),))
    cell = Cell(row, column, point)
    ink = marking.ink(table, cell)
    written = ink if len(table.columns) > 1 else "ink"
    head = column.label if named and frame.apart else ""
    return _Bar(row, column, cell, ink, tuple(marking.tag(table, frame, cell, named, written)), head)


def _draw(table: ChartTable, frame: Frame, groups: Sequence[_Group]) -> Figure:
    sheet = Sheet(table, frame)
    room = axis.names_room(table, frame, [(group.name, group.weight) for group in groups])
    reaches = [axis.tag_reach(_end(bar), bar.runs, frame) for group in groups for bar in group.bars]
    scale = axis.fit(table, frame, max(room, 1.0), reaches)
    values, texts = axis.ticks(table, frame, scale)
    top = axis.head(sheet, scale, values, texts, room)
    anchors: dict[tuple[str, str], Box] = {}
    bottom, spans = top + (4 if frame.names_above else 8), list[tuple[float, float]]()
    for group in groups:
        bottom, span = _group(sheet, scale, group, room, bottom, anchors)
        spans.append(span)
    plot = Box(scale.start, top, scale.end, float(math.ceil(spans[-1][1])))
    spans = spans if frame.names_above else [(top, plot.bottom)]
    axis.rules(sheet, scale, values, spans, top, over=True)
    for start, end in spans:
        sheet.rule(scale.at(_ZERO), start, scale.at(_ZERO), end, "ink", 1.25, "above")
    height = callout.write(sheet, anchors, Box(scale.start, top, frame.width, plot.bottom))
    return sheet.figure(plot, height, x=scale.axis(values, texts))


def _end(bar: _Bar) -> Decimal:
    return bar.cell.point.high if bar.cell else _ZERO


def _group(sheet: Sheet, scale: Scale, group: _Group, room: float, top: float,
           anchors: dict[tuple[str, str], Box]) -> tuple[float, tuple[float, float]]:
    """Draws the group below `top`; returns where the next may begin, and the span of its bars."""
    frame = sheet.frame
    most = room - 2 * axis.GAP + 1 if room else frame.width
    name = "\n".join(lettering.balance(group.name, most, frame.label, group.weight))
    tall = (name.count("\n") + 1) * frame.label * lettering.LEADING
    thick = _thickness(frame, len(group.bars))
    step = max(thick, frame.value * lettering.LEADING) + 3
    body = step * len(group.bars) + sum(_head_tall(frame, scale, bar) for bar in group.bars)
    if room:
        sheet.text(0, top + max(tall, body) / 2, name, frame.label, group.ink, weight=group.weight)
        start = top + max(tall - body, 0) / 2
    else:
        sheet.block(0, top, name, frame.label, group.ink, weight=group.weight)
        start = top + tall + 3
    end = start
    for bar in group.bars:
        if bar.head:
            ink = theme.lettered(bar.ink)
            sheet.block(scale.start + 5, end, _head(frame, scale, bar), frame.value, ink, weight=600)
        end += _head_tall(frame, scale, bar) + step
        anchors[bar.row.id, bar.column.id] = _mark(sheet, scale, bar, end - step / 2, thick)
    return max(end, top + tall) + (14 if len(group.bars) > 1 or frame.names_above else 11), (start - 1, end + 1)


def _head(frame: Frame, scale: Scale, bar: _Bar) -> str:
    return "\n".join(lettering.balance(bar.head, frame.width - scale.start - 5, frame.value, 600))


def _head_tall(frame: Frame, scale: Scale, bar: _Bar) -> float:
    return (_head(frame, scale, bar).count("\n") + 1) * frame.value * lettering.LEADING if bar.head else 0.0


def _thickness(frame: Frame, many: int) -> float:
    if frame.names_above:
        return 16 if many == 1 else 14
    return 22 if many == 1 else 17


def _mark(sheet: Sheet, scale: Scale, bar: _Bar, y: float, thick: float) -> Box:
    end = scale.at(_end(bar))
    if bar.cell:
        point = bar.cell.point
        solid = min((point.low, point.high), key=abs)
        if point.is_range:
            sheet.bar(solid, point.high, y, thick - 1.5, bar.cell, theme.wash(bar.ink), bar.ink)
        sheet.bar(_ZERO, solid, y, thick - 1.5, bar.cell, bar.ink, bar.ink)
        sheet.mark(Box(min(scale.at(_ZERO), end), y - thick / 2, max(scale.at(_ZERO), end), y + thick / 2))
    return sheet.runs(max(end, scale.at(_ZERO)) + axis.GAP, y, bar.runs, sheet.frame.value)
