"""Callouts: the place that the search from near to far finds is the one that trying every place finds."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally import lettering
from tally.chart import Callout, ChartTable
from tally.forms import WIDE, callout
from tally.forms.frame import NoRoom
from tally.forms.sheet import Box, Sheet

AREA = Box(100, 20, 700, 420)
TEXTS = ("Twice as dense", "Firms in Qianhai make less for each square kilometre than those of the whole city do", "前海每平方公里不及全市")


def sheet(boxes, leaders=()):
    return Sheet(ChartTable("x", "bars", "en", "latin", (), (), "linear", "", "{}"), WIDE, boxes=list(boxes), leaders=list(leaders))


def spans(low, high, least, most):
    return st.tuples(st.integers(low, high), st.integers(least, most))


boxes = st.builds(lambda x, y: Box(x[0] + 0.5, y[0] + 0.25, x[0] + x[1], y[0] + y[1]), spans(60, 680, 2, 260), spans(0, 420, 2, 60))
lines = st.tuples(*(st.integers(0, 700) for _ in range(4))).filter(lambda line: line[:2] != line[2:])


def every_place(page, text, room, anchor):
    """What each free place costs, with its box and its leader: nothing is passed over, and the rules are written out."""
    wide, tall = lettering.extent(text.split("\n"), WIDE.note)
    near = [other for other in page.boxes if other.overlaps(anchor.grown(170 + wide))]
    kept = [Box(other.left - 20, other.top - 6, other.right + 20, other.bottom + 6) for other in near]
    for left in range(math.ceil(AREA.left), int(AREA.right - wide) + 1, 6):
        for top in range(math.ceil(AREA.top), int(AREA.bottom + 16 + 12) + 1, 6):
            box = Box(left, top, left + wide, top + tall)
            if any(box.overlaps(other) for other in kept) or any(box.grown(6).crossed(*line) for line in page.leaders):
                continue
            beside = box.top < anchor.bottom and anchor.top < box.bottom
            askew = abs(box.middle[1] - anchor.middle[1]) if beside else 10
            for order, line in enumerate(callout._leaders(box, anchor)):
                long, slant = math.dist(line[:2], line[2:]), 2 * min(abs(line[0] - line[2]), abs(line[1] - line[3]))
                if 16 <= long <= 170 and not any(other.crossed(*line) for other in near):
                    yield long + slant + tall * 0.3 + askew, room, left, top, order, text, box, line


@given(st.sampled_from(TEXTS), boxes, st.lists(boxes, max_size=12), st.lists(lines, max_size=2))
def test_the_place_found_is_the_cheapest_of_all(words, anchor, others, leaders):
    page = sheet([anchor, *others], leaders)
    texts = {"\n".join(lettering.balance(words, room, WIDE.note)): room for room in (210, 170, 130)}
    best = min((place for text, room in texts.items() for place in every_place(page, text, room, anchor)), default=None)
    if best is None:
        with pytest.raises(NoRoom):
            callout._place(page, Callout("r", "c", words), anchor, AREA)
    else:
        callout._place(page, Callout("r", "c", words), anchor, AREA)
        assert page.leaders[-1] == best[-1]
        assert page.texts[-1]["text"] == best[-3]
        assert page.boxes[-1].left == best[2]


@given(boxes, lines)
def test_a_line_that_is_told_quickly_to_pass_a_box_by_does_so(box, line):
    steps = [(line[0] + (line[2] - line[0]) * part / 500, line[1] + (line[3] - line[1]) * part / 500) for part in range(501)]
    if any(box.left + 0.01 < x < box.right - 0.01 and box.top + 0.01 < y < box.bottom - 0.01 for x, y in steps):
        assert box.crossed(*line)
