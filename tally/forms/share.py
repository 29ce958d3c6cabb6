"""Shares: parts of a whole in one bar, each value in its part and each name above it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

from tally import lettering, theme
from tally.chart import ChartTable, Row
from tally.forms import axis, callout, marking
from tally.forms.frame import Frame
from tally.forms.scale import Scale
from tally.forms.sheet import Box, Cell, Figure, Run, Sheet, runs_width

_THICK = 44
_ROOM = 200
_GAP = 6


@dataclass(frozen=True)
class _Part:
    cell: Cell
    start: Decimal
    end: Decimal
    ink: str


def share(table: ChartTable, frame: Frame) -> Figure:
    """One bar for each row, as long as the sum of its parts."""
    sheet = Sheet(table, frame)
    rows = [_parts(table, row) for row in table.rows]
    many = len(rows) > 1
    whole = max(parts[-1].end for parts in rows if parts)
    room = axis.names_room(table, frame, [(row.label, marking.weight(row)) for row in table.rows]) if many else 0.0
    scale = Scale("linear", Decimal(0), whole, room, frame.width)
    top, anchors = 0.0, dict[tuple[str, str], Box]()
    plot_top: float | None = None
    for row, parts in zip(table.rows, rows, strict=True):
        if many and frame.names_above:
            top = sheet.block(0, top, row.label, frame.label, weight=marking.weight(row)).bottom + 4
        top = _names(sheet, scale, parts, top, named=row is table.rows[0])
        plot_top = top if plot_top is None else plot_top
        if room:
            name = "\n".join(lettering.balance(row.label, room - 2 * axis.GAP + 1, frame.label, marking.weight(row)))
            sheet.text(0, top + _THICK / 2, name, frame.label, weight=marking.weight(row))
        for part in parts:
            anchors[part.cell.row.id, part.cell.column.id] = _bar(sheet, scale, part, top + _THICK / 2)
        top += _THICK + 14
    plot = Box(scale.start, plot_top or 0.0, scale.end, top - 14)
    height = callout.write(sheet, anchors, Box(scale.start, 0, frame.width, plot.bottom))
    return sheet.figure(plot, height, x=scale.axis([], []))


def _parts(table: ChartTable, row: Row) -> list[_Part]:
    parts: list[_Part] = []
    for cell in marking.row_cells(table, row):
        start = parts[-1].end if parts else Decimal(0)
        ink = marking.column_ink(table, cell.column)
        parts.append(_Part(cell, start, start + cell.point.low, ink))
    return parts


def _inside(sheet: Sheet, scale: Scale, part: _Part) -> bool:
    wide = runs_width(_value(sheet, part), sheet.frame.value + 1)
    return wide + 2 * _GAP <= scale.at(part.end) - scale.at(part.start)


def _value(sheet: Sheet, part: _Part) -> list[Run]:
    ink = theme.lettered_on(part.ink)
    return [Run(run.text, ink, 600) for run in marking.tag(sheet.table, sheet.frame, part.cell)]


def _bar(sheet: Sheet, scale: Scale, part: _Part, y: float) -> Box:
    sheet.bar(part.start, part.end, y, _THICK, part.cell, part.ink, "paper")
    box = Box(scale.at(part.start), y - _THICK / 2, scale.at(part.end), y + _THICK / 2)
    if _inside(sheet, scale, part):
        sheet.runs(box.left + _GAP, y, _value(sheet, part), sheet.frame.value + 1)
    return sheet.mark(box)


def _names(sheet: Sheet, scale: Scale, parts: list[_Part], top: float, named: bool) -> float:
    """Writes what does not stand inside the parts above them, and returns where the bar begins.

    From the right, each text takes the lowest storey that is free. It starts over its own part, so its leader
    comes down left of every text that was placed before.
    """
    frame, placed = sheet.frame, list[tuple[_Part, list[str], Box]]()
    for part in reversed(parts):
        lines = _above(sheet, scale, part, named)
        if lines:
            placed.append((part, lines, _hung(frame, scale, part, lines, [box for _, _, box in placed])))
    if not placed:
        return top
    bottom = top + max(-box.top for _, _, box in placed) + 8
    for part, lines, box in placed:
        ink = theme.lettered(part.ink)
        written = sheet.text(box.left, bottom + box.middle[1] - 8, "\n".join(lines), frame.value, ink, weight=600)
        x = scale.at(part.start) + (1 if box.left >= scale.at(part.start) - 1 else _width(scale, part) / 2)
        sheet.rule(x, written.bottom + 1, x, bottom, part.ink, 1)
    return float(math.ceil(bottom))


def _width(scale: Scale, part: _Part) -> float:
    return scale.at(part.end) - scale.at(part.start)


def _above(sheet: Sheet, scale: Scale, part: _Part, named: bool) -> list[str]:
    """The lines over a part: its name, within its own width if three lines will do, and a value that is too wide."""
    size, lines, cell = sheet.frame.value, list[str](), part.cell
    if named:
        own = _width(scale, part) - 6
        lines = lettering.balance(cell.column.label, own, size, 600)
        if len(lines) > 3 or lettering.extent(lines, size, 600)[0] > own:
            lines = lettering.balance(cell.column.label, min(_ROOM, sheet.frame.width), size, 600)
    if not _inside(sheet, scale, part):
        lines = [*lines, " ".join(run.text for run in _value(sheet, part))]
    return lines


def _hung(frame: Frame, scale: Scale, part: _Part, lines: list[str], others: list[Box]) -> Box:
    """Where the lines stand above the bar, whose top is 0: as low as those already placed allow."""
    wide, tall = lettering.extent(lines, frame.value, 600)
    left = max(min(scale.at(part.start), frame.width - wide), 0)
    box = Box(left, -tall, left + wide, 0)
    for other in sorted(others, key=lambda other: -other.bottom):
        if box.grown(4).overlaps(other):
            box = Box(left, other.top - 6 - tall, left + wide, other.top - 6)
    return box
