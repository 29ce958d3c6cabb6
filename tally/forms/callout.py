"""Callouts: what the eye should see, beside its point on a wide sheet, numbered and listed below on a narrow.

A wide callout looks for the nearest free place; where there is none, the whole chart is drawn again with
numbers, since a remark that covers a mark is worse than one that stands below.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

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
_WITHIN = 6.0
"""By less than this a leader is shorter than the gap it spans, for it begins and ends a little inside."""
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


class Place(NamedTuple):
    """Where a remark may stand; of two that cost the same the narrower comes first, then the one further left and up."""

    cost: float
    room: float
    left: int
    top: int
    order: int
    """among the leaders of one box"""
    text: str
    box: Box
    line: Line


def _place(sheet: Sheet, remark: Callout, anchor: Box, area: Box) -> None:
    """Write the remark at the cheapest free place."""
    place: Place | None = None
    texts = {"\n".join(lettering.balance(remark.text, room, sheet.frame.note)): room for room in _ROOMS}
    for text, room in texts.items():
        place = _cheapest(sheet, text, room, anchor, area, place)
    if place is None:
        raise NoRoom(numbered=True)
    sheet.text(place.left, place.box.middle[1], place.text, sheet.frame.note, "ink")
    sheet.rule(*place.line, "ink", 0.75, "above")
    sheet.leaders.append(place.line)


def _cheapest(sheet: Sheet, text: str, room: float, anchor: Box, area: Box, best: Place | None = None) -> Place | None:
    """The cheapest free place for the text, or `best` where none is cheaper.

    It looks from near to far, and no further than where a leader would be too long or cost more than the best so far.
    """
    wide, tall = lettering.extent(text.split("\n"), sheet.frame.note)
    floor = area.bottom + _NEAR + 2 * _STEP + tall  # the last row's remark may hang below it
    near = [other for other in sheet.boxes if other.overlaps(anchor.grown(_FAR + wide))]
    kept = [Box(other.left - _ASIDE, other.top - _CLEAR, other.right + _ASIDE, other.bottom + _CLEAR) for other in near]
    tops = _from_near(area.top, floor, tall, anchor.top, anchor.bottom)
    for across, left in _from_near(area.left, area.right, wide, anchor.left, anchor.right):
        if _is_hopeless(across, 0, tall, best.cost if best else math.inf):
            break
        column = [other for other in kept if other.left < left + wide and left < other.right]
        for down, top in tops:
            most = best.cost if best else math.inf
            if _is_hopeless(across, down, tall, most):
                break
            if not any(other.top < top + tall and top < other.bottom for other in column):
                box = Box(left, top, left + wide, top + tall)
                best = min(filter(None, (best, *_places(sheet, text, room, anchor, box, near, most))), default=None)
    return best


def _from_near(start: float, end: float, size: float, low: float, high: float) -> list[tuple[float, int]]:
    """Where something of this size may begin between start and end, with its gap to what lies from low to high."""
    places = range(math.ceil(start), int(end - size) + 1, _STEP)
    return sorted((max(low - place - size, place - high, 0.0), place) for place in places)


def _is_hopeless(across: float, down: float, tall: float, most: float) -> bool:
    """Whether every leader over these gaps is too long, or costs more than `most`."""
    x, y = max(across - _WITHIN, 0.0), max(down - _WITHIN, 0.0)
    length = max(math.hypot(x, y), _NEAR)
    return length > _FAR or length + 2 * min(x, y) + tall * 0.3 + (_APART if y else 0) > most


def _places(sheet: Sheet, text: str, room: float, anchor: Box, box: Box, near: Sequence[Box], most: float) -> Iterator[Place]:
    """The text in this box, with each leader that costs no more than `most` and crosses nothing."""
    if any(box.grown(_CLEAR).crossed(*line) for line in sheet.leaders):
        return
    for order, line in enumerate(_leaders(box, anchor)):
        cost = _cost(box, anchor, line)
        if cost <= most and _NEAR <= math.dist(line[:2], line[2:]) <= _FAR and not any(other.crossed(*line) for other in near):
            yield Place(cost, room, int(box.left), int(box.top), order, text, box, line)


def _cost(box: Box, anchor: Box, line: Line) -> float:
    """A short and straight leader to a wide text that stands beside its point is the best."""
    return math.dist(line[:2], line[2:]) + _slant(line) + (box.bottom - box.top) * 0.3 + _askew(box, anchor)


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
