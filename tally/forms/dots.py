"""Dots on a scale: how far each row lies from a reference line; with two columns, how far from each other.

A range is a stretched dot. This is the picture of all targets on one scale.
"""

from __future__ import annotations

import math
from decimal import Decimal

from tally import lettering, theme
from tally.chart import ChartTable, Row
from tally.forms import axis, callout, marking
from tally.forms.frame import Frame
from tally.forms.scale import Scale
from tally.forms.sheet import Box, Cell, Figure, Run, Sheet

DOT = 12
_STEM = 2


def dots(table: ChartTable, frame: Frame) -> Figure:
    """A dot for each cell, tied to the first reference line or, with several columns, to its neighbour."""
    sheet = Sheet(table, frame)
    room = axis.names_room(table, frame, [(row.label, marking.weight(row)) for row in table.rows])
    tags = {row.id: _tags(table, frame, row) for row in table.rows}
    reaches = [axis.tag_reach(value, runs, frame, side) for row in tags.values() for _, side, value, runs in row]
    scale = axis.fit(table, frame, max(room, DOT / 2 + 1), reaches)
    values, texts = axis.ticks(table, frame, scale)
    top = axis.head(sheet, scale, values, texts, room)
    bottom, anchors, spans = top + 2, dict[tuple[str, str], Box](), list[tuple[float, float]]()
    for row in table.rows:
        if row is not table.rows[0] and not frame.names_above:
            sheet.rule(0, bottom, frame.width, bottom)
        bottom, y = _row(sheet, scale, row, room, bottom, tags[row.id], anchors)
        spans.append((y - 10, y + 10))
    plot = Box(scale.start, top, scale.end, float(math.ceil(bottom)))
    axis.rules(sheet, scale, values, spans if frame.names_above else [(top, plot.bottom)], top)
    height = callout.write(sheet, anchors, Box(scale.start, top, frame.width, plot.bottom))
    return sheet.figure(plot, height, x=scale.axis(values, texts))


_Tag = tuple[Cell, str, Decimal, list[Run]]


def _tags(table: ChartTable, frame: Frame, row: Row) -> list[_Tag]:
    """The row's labels: outside its outermost dots, away from the reference line."""
    cells = sorted(marking.row_cells(table, row), key=lambda cell: cell.point.low)
    if len(table.columns) > 1:
        first = _first_whole(table)
        return [_tag(table, frame, cell, row is first, side)
                for cell, side in zip(cells[:1] + cells[1:][-1:], ("left", "right"), strict=False)]
    return [_tag(table, frame, cell, False, "right") for cell in cells]


def _first_whole(table: ChartTable) -> Row | None:
    return next((row for row in table.rows if all(row.points)), None)


def _tag(table: ChartTable, frame: Frame, cell: Cell, named: bool, side: str) -> _Tag:
    ink = marking.ink(table, cell) if len(table.columns) > 1 else "ink"
    value = cell.point.high if side == "right" else cell.point.low
    reference = _reference(table)
    if len(table.columns) == 1 and reference is not None:  # a stem from the left ends at the line, the label after it
        value = max(value, reference)
    return cell, side, value, marking.tag(table, frame, cell, named, ink)


def _reference(table: ChartTable) -> Decimal | None:
    return table.lines[0].value if table.lines else None


def _row(sheet: Sheet, scale: Scale, row: Row, room: float, top: float, tags: list[_Tag],
         anchors: dict[tuple[str, str], Box]) -> tuple[float, float]:
    """Draws the row below `top`; returns where the next begins, and the middle of its dots."""
    frame, weight = sheet.frame, marking.weight(row)
    most = room - 2 * axis.GAP + 1 if room else frame.width
    name = "\n".join(lettering.balance(row.label, most, frame.label, weight))
    tall = (name.count("\n") + 1) * frame.label * lettering.LEADING
    top = _heads(sheet, scale, tags, room, top) if frame.apart and row is _first_whole(sheet.table) else top
    if room:
        height = max(tall, 20.0) + frame.between
        y = top + height / 2
        sheet.text(0, y, name, frame.label, weight=weight)
    else:
        height = tall + 30
        y = sheet.block(0, top + 4, name, frame.label, weight=weight).bottom + 12
    _stem(sheet, scale, row, y)
    for cell in marking.row_cells(sheet.table, row):
        anchors[row.id, cell.column.id] = _dot(sheet, scale, cell, y)
    for cell, side, value, runs in tags:
        x = scale.at(value) + (DOT / 2 + axis.GAP - 2) * (1 if side == "right" else -1)
        box = sheet.runs(x, y, runs, frame.value, "left" if side == "right" else "right")
        anchors[row.id, cell.column.id] = anchors[row.id, cell.column.id].joined(box)
    return top + height, y


def _heads(sheet: Sheet, scale: Scale, tags: list[_Tag], room: float, top: float) -> float:
    """The columns' names on lines of their own, each over its dot; returns where the row may begin."""
    size = sheet.frame.value
    for cell, *_ in tags:
        x = max(scale.at(cell.point.low), room + lettering.width(cell.column.label, size, 600) / 2)
        ink = theme.lettered(marking.ink(sheet.table, cell))
        top = sheet.block(x, top, cell.column.label, size, ink, "center", 600).bottom
    return top


def _stem(sheet: Sheet, scale: Scale, row: Row, y: float) -> None:
    """The thin line that a dot hangs on."""
    cells = list(marking.row_cells(sheet.table, row))
    values = [value for cell in cells for value in (cell.point.low, cell.point.high)]
    reference = _reference(sheet.table)
    if len(sheet.table.columns) == 1:
        values += [] if reference is None else [reference]
    if len(values) > 1 and max(values) > min(values):
        ink = "faint" if len(sheet.table.columns) > 1 else marking.ink(sheet.table, cells[0])
        sheet.rule(scale.at(min(values)), y, scale.at(max(values)), y, ink, _STEM)
        sheet.mark(Box(scale.at(min(values)), y - 2, scale.at(max(values)), y + 2))


def _dot(sheet: Sheet, scale: Scale, cell: Cell, y: float) -> Box:
    ink, point = marking.ink(sheet.table, cell), cell.point
    for value in sorted({point.low, point.high}):
        sheet.dot(value, y, DOT, cell, ink)
    if point.is_range:
        sheet.stroke([point.low, point.high], [y, y], DOT, ink)
    return sheet.mark(Box(scale.at(point.low) - DOT / 2, y - DOT / 2, scale.at(point.high) + DOT / 2, y + DOT / 2))
