"""The value axis of the horizontal forms: room for labels, then ticks, reference lines and bands.

The axis stands at the top, where reading starts. Words of lines and bands stand above it, in as many
storeys as they need to keep clear of one another.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tally import lettering
from tally.chart import ChartTable
from tally.forms.frame import Frame, NoRoom
from tally.forms.scale import Scale, linear_ticks, log_ticks, part, tick_text
from tally.forms.sheet import Box, Run, Sheet, runs_width

GAP = 8
"""Between a mark and its label."""
EDGE = 2
"""Between the outermost mark or label and the sheet's edge."""
_NOTE_ROOM = 200
_LEAST = 0.34
"""The part of its room that the scale must get, or else labels are shortened."""


@dataclass(frozen=True)
class Reach:
    """A label that hangs on a value, to its right or to its left."""

    value: Decimal
    width: float
    side: str = "right"


def domain(table: ChartTable) -> tuple[Decimal, Decimal]:
    """The ends of the value axis: from zero, or, on a log scale, a little beyond the values."""
    values = [value for row in table.rows for point in row.points if point for value in (point.low, point.high)]
    values += [line.value for line in table.lines]
    low, high = min(values), max(values)
    if table.scale == "log":
        return low * Decimal("0.96"), high * Decimal("1.04")
    low, high = min(low, Decimal(0)), max(high, Decimal(0))
    return low, high if high > low else low + 1


def fit(table: ChartTable, frame: Frame, left: float, reaches: Iterable[Reach]) -> Scale:
    """The longest scale right of `left` that leaves every label on the sheet."""
    low, high = domain(table)
    end, start = frame.width - EDGE - 6.0, left
    placed = [(part(table.scale, low, high, reach.value), reach.width + GAP, reach.side) for reach in reaches]
    for _ in range(3):  # the two ends depend on each other a little
        for where, width, side in placed:
            if side == "right" and where > 0:
                end = min(end, start + (frame.width - EDGE - width - start) / where)
            elif side == "left" and where < 1:
                start = max(start, (left + width - where * end) / (1 - where))
    if end - start < _LEAST * (frame.width - left) and not (frame.apart and frame.short):
        raise NoRoom(apart=True, short=frame.apart or len(table.columns) == 1)
    return Scale(table.scale, low, high, float(math.ceil(start)), float(math.floor(end)))


def ticks(table: ChartTable, frame: Frame, scale: Scale) -> tuple[list[Decimal], list[str]]:
    """Values and labels of the ticks, without those that would touch the one before."""
    find = log_ticks if scale.kind == "log" else linear_ticks
    found = find(scale.low, scale.high, frame.ticks)
    texts = [tick_text(value, table.tick) for value in found]
    kept: list[int] = []
    for index, text in enumerate(texts):
        half = lettering.width(text, frame.tick) / 2
        if not kept or scale.at(found[index]) - half > scale.at(found[kept[-1]]) + lettering.width(
                texts[kept[-1]], frame.tick) / 2 + 10:
            kept.append(index)
    return [found[index] for index in kept], [texts[index] for index in kept]


def head(sheet: Sheet, scale: Scale, values: Sequence[Decimal], texts: Sequence[str], unit_room: float) -> float:
    """Writes lines' and bands' words, then the ticks' labels; returns where the plot begins."""
    frame = sheet.frame
    top = _storeys(sheet, scale)
    middle = top + frame.tick * lettering.LEADING / 2
    for value, text in zip(values, texts, strict=True):
        sheet.text(scale.at(value), middle, text, frame.tick, "soft", "center")
    first = sheet.boxes[-len(values)].left if values else scale.start
    if sheet.table.unit and lettering.width(sheet.table.unit, frame.tick) + GAP < min(unit_room, first):
        sheet.text(0, middle, sheet.table.unit, frame.tick, "soft")
    return float(math.ceil(top + frame.tick * lettering.LEADING + 5))


def _storeys(sheet: Sheet, scale: Scale) -> float:
    """Writes the words of bands and lines in storeys from below; returns where the last ends."""
    size = sheet.frame.note
    storeys: list[list[tuple[Box, str, str]]] = []
    for low, high, text, ink in _notes(sheet.table, scale):
        lines = lettering.balance(text, min(_NOTE_ROOM, sheet.frame.width / 2), size)
        wide, tall = lettering.extent(lines, size)
        lefts = _lefts(low, high, wide, sheet.frame.width)
        for storey in [*storeys, None]:
            if storey is None:
                storey = []
                storeys.append(storey)
            left = next((left for left in lefts if _is_free(left, wide, storey)), None)
            if left is not None:
                storey.append((Box(left, 0, left + wide, tall), "\n".join(lines), ink))
                break
    top = 0.0
    for storey in reversed(storeys):
        tall = max(box.bottom for box, _, _ in storey)
        for box, text, ink in storey:
            sheet.block(box.left, top + tall - box.bottom, text, size, ink)
        top += tall + 2
    return top


def _lefts(low: float, high: float, wide: float, room: float) -> list[float]:
    """Where a text over `low` to `high` may begin: over its middle, or moved as far as still touches it."""
    middle = min(max((low + high - wide) / 2, 0), room - wide)
    most = int((wide + high - low) / 2) + GAP
    moves = sorted(range(-most, most + 1, 2), key=abs)
    return [middle + move for move in moves if 0 <= middle + move <= room - wide]


def _is_free(left: float, wide: float, storey: Sequence[tuple[Box, str, str]]) -> bool:
    return all(left >= box.right + GAP or left + wide <= box.left - GAP for box, _, _ in storey)


def _notes(table: ChartTable, scale: Scale) -> list[tuple[float, float, str, str]]:
    notes = [(*_clipped(scale, band.low, band.high), band.text, "soft") for band in table.bands]
    return notes + [(scale.at(line.value), scale.at(line.value), line.text, "ink") for line in table.lines]


def _clipped(scale: Scale, low: Decimal, high: Decimal) -> tuple[float, float]:
    low, high = (min(max(value, scale.low), scale.high) for value in (low, high))
    return scale.at(low), scale.at(high)


def rules(sheet: Sheet, scale: Scale, ticks: Sequence[Decimal], spans: Sequence[tuple[float, float]], top: float,
          over: bool = False) -> None:
    """Draws the grid through these spans of the plot, and the bands and reference lines from its top to its end.

    A line that runs `over` the bars carries a rim of paper, without which a dark bar would hide it.
    """
    end = spans[-1][1]
    for first, last in spans:
        for tick in ticks:
            sheet.rule(scale.at(tick), first, scale.at(tick), last)
    for line in sheet.table.lines:
        x, layer = scale.at(line.value), "above" if over else "below"
        if over:
            sheet.rule(x, top, x, end, "paper", 3.5, layer, yields=True)
        sheet.rule(x, top, x, end, "ink", 1.25, layer, yields=True)
    for band in sheet.table.bands:
        low, high = _clipped(scale, band.low, band.high)
        sheet.ground(Box(low, top, high, end), "band")


def names_room(table: ChartTable, frame: Frame, names: Iterable[tuple[str, int]]) -> float:
    """How wide the column of names is; none where names stand above."""
    if frame.names_above:
        return 0.0
    most = frame.width * frame.names
    widths = (lettering.extent(lettering.balance(name, most, frame.label, weight), frame.label, weight)[0]
              for name, weight in names)
    return max(widths, default=0.0) + 2 * GAP


def tag_reach(value: Decimal, runs: Sequence[Run], frame: Frame, side: str = "right") -> Reach:
    """The room that a mark's label needs."""
    return Reach(value, runs_width(runs, frame.value), side)
