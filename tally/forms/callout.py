"""Callouts: what the eye should see, beside its point on a wide sheet, numbered and listed below on a narrow.

A wide callout looks for the nearest free place; where there is none, the whole chart is drawn again with
numbers, since a remark that covers a mark is worse than one that stands below.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from tally import lettering
from tally.chart import Callout
from tally.forms.frame import NoRoom
from tally.forms.marking import digit
from tally.forms.sheet import Box, Sheet

Anchors = Mapping[tuple[str, str], Box]
"""Row and column of a cell, to the box of its mark and label that a leader may touch."""

_CLEAR = 6.0
_ASIDE = 20.0
"""From a text on the same level, with which a nearer one would be read as one sentence."""
_NEAR = 16.0
_FAR = 170.0
_STEP = 6
_APART = 10.0
"""The penalty for not standing beside the point, where a remark can belong to no other."""
_ROOMS = (210, 170, 130)

Line = tuple[float, float, float, float]


def write(sheet: Sheet, anchors: Anchors, area: Box) -> float:
    """Writes the table's remarks, those with a leader within `area`; returns the height of the sheet."""
    bottom = max((box.bottom for box in sheet.boxes), default=area.bottom)
    if sheet.frame.numbered:
        return _list(sheet, max(bottom, area.bottom))
    for remark in sheet.table.callouts:
        if (remark.row, remark.column) in anchors:
            _place(sheet, remark, anchors[remark.row, remark.column], area)
    return max([area.bottom, *(box.bottom for box in sheet.boxes)]) + 4


def _list(sheet: Sheet, bottom: float) -> float:
    size = sheet.frame.note
    indent = lettering.width(digit(0), size) + 5
    top = bottom + 14
    for index, remark in enumerate(sheet.table.callouts):
        lines = lettering.balance(remark.text, min(sheet.frame.width, 560) - indent, size)
        box = sheet.block(indent, top, "\n".join(lines), size, "ink")
        sheet.block(0, top, digit(index), size, "ink")
        top = box.bottom + 5
    return (top if sheet.table.callouts else bottom) + 2


def _place(sheet: Sheet, remark: Callout, anchor: Box, area: Box) -> None:
    """Write the remark at the cheapest free place; whether a place is free is asked last, for it takes longest."""
    places = sorted((place for room in _ROOMS for place in _places(sheet, remark, anchor, area, room)), key=lambda place: place[:2])
    chosen = next((place for place in places if _is_free(sheet, anchor, *place[2:])), None)
    if chosen is None:
        raise NoRoom(numbered=True)
    _, room, box, line = chosen
    sheet.text(box.left, box.middle[1], _lines(sheet, remark, room), sheet.frame.note, "ink")
    sheet.rule(*line, "ink", 0.75, "above")
    sheet.leaders.append(line)


def _lines(sheet: Sheet, remark: Callout, room: float) -> str:
    return "\n".join(lettering.balance(remark.text, room, sheet.frame.note))


def _places(sheet: Sheet, remark: Callout, anchor: Box, area: Box, room: float) -> Iterator[tuple[float, float, Box, Line]]:
    """Every place within reach, with what it costs, free or not."""
    wide, tall = lettering.extent(_lines(sheet, remark, room).split("\n"), sheet.frame.note)
    floor = area.bottom + _NEAR + 2 * _STEP + tall  # the last row's remark may hang below it
    reach = anchor.grown(_FAR + 2 * _STEP)
    for left in range(math.ceil(area.left), int(area.right - wide) + 1, _STEP):
        for top in range(math.ceil(area.top), int(floor - tall) + 1, _STEP):
            box = Box(left, top, left + wide, top + tall)
            if not box.overlaps(reach):
                continue
            for line in _leaders(box, anchor):
                length = math.dist(line[:2], line[2:])
                if _NEAR <= length <= _FAR:
                    yield length + _slant(line) + tall * 0.3 + _askew(box, anchor), room, box, line


def _is_free(sheet: Sheet, anchor: Box, box: Box, line: Line) -> bool:
    near = [other for other in sheet.boxes if other.overlaps(anchor.grown(_FAR + box.right - box.left))]
    kept = (Box(other.left - _ASIDE, other.top - _CLEAR, other.right + _ASIDE, other.bottom + _CLEAR) for other in near)
    return not (any(box.overlaps(other) for other in kept) or any(other.crossed(*line) for other in near)
                or any(box.grown(_CLEAR).crossed(*other) for other in sheet.leaders))


def _leaders(box: Box, anchor: Box) -> Iterator[Line]:
    """From the text to the anchor, straight across or straight down where they face each other."""
    for x0, x1 in _facing(box.left, box.right, anchor.left, anchor.right):
        for y0, y1 in _facing(box.top, box.bottom, anchor.top, anchor.bottom):
            yield x0, y0, x1, y1


def _facing(low: float, high: float, other_low: float, other_high: float) -> list[tuple[float, float]]:
    if high < other_low:
        return [(high + 3, other_low - 2)]
    if other_high < low:
        return [(low - 3, other_high + 2)]
    first, last = max(low, other_low), min(high, other_high)
    inset = min(4.0, (last - first) / 2)
    return [(place, place) for place in ((first + last) / 2, first + inset, last - inset)]


def _askew(box: Box, anchor: Box) -> float:
    """A penalty for not standing beside the point, or beside but not level with it."""
    beside = box.top < anchor.bottom and anchor.top < box.bottom
    return abs(box.middle[1] - anchor.middle[1]) if beside else _APART


def _slant(line: Line) -> float:
    """A penalty for slanting, as ruled lines are quieter."""
    return 2 * min(abs(line[0] - line[2]), abs(line[1] - line[3]))
