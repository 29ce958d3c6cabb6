"""A card: the picture that is shown where a page is shared, always of one size and mostly seen small.

A large headline, and the chart under or beside it, wide or narrow: whichever can be read best. What the words are is
`poster`'s to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tally.composition import Parts, Pen, Words, framed, parted, stack
from tally.figure import Picture
from tally.svg.pen import Ink

SIZE = (1200, 630)
"""What the networks ask for."""

_EDGE = 52
_FOOT = 78
_TITLES = (68, 62, 56, 50, 45)
_SMALL = 25
_GAP = 44
_TOP = 14
"""Between the rule and a chart beside the headline."""
_COLUMNS = (1.0, 0.5, 0.44, 0.38)
"""The headline's share of the card's width; over the chart where it has all of it, else beside."""
_LEAST = 60.0
"""A chart's least height."""
_LARGEST = 1.7
"""How much larger than in a page a chart may stand."""
_LINE_COSTS = 0.93
"""What each line beyond the third takes from a layout's merit."""
_LEFT_OVER, _LEFT_OVER_COSTS = 0.4, 0.85


@dataclass(frozen=True)
class _Plan:
    """How a card is laid out: the headline and its type, and how large which picture stands."""

    column: float
    size: int
    lines: list[str]
    small: list[str]
    picture: Picture
    scale: float

    @property
    def merit(self) -> float:
        """Large type in both, in few lines, and no word left over on the last; a card is seen at a quarter of its size."""
        left_over = len(self.lines) > 1 and len(self.lines[-1]) < _LEFT_OVER * max(map(len, self.lines))
        small = min(1.0, self.scale) ** 2
        return self.size * self.scale * small * _LINE_COSTS ** max(0, len(self.lines) - 3) * (_LEFT_OVER_COSTS if left_over else 1)


def draw(words: Words, pictures: tuple[Picture, ...]) -> str:
    """The chart under or beside a large headline, in the form and the place in which both can be read best."""
    width, height = SIZE
    plan = max(_plans(words, pictures), key=lambda plan: plan.merit)
    pen = Pen(words, Ink(False), _EDGE, float(_EDGE))
    inner = float(width - 2 * _EDGE)
    pen.rule(inner, "ink", 4, at=_EDGE - 16)
    beside = plan.column < 1
    foot = height - _FOOT
    if beside:
        block = stack(plan.lines, plan.size, words) + stack(plan.small, _SMALL, words) + 14
        pen.y += max(0.0, (foot - _EDGE - 20 - block) / 2)
    pen.write(plan.lines, plan.size, "ink", serif=True)
    pen.down(14)
    pen.write(plan.small, _SMALL, "soft")
    top = float(_EDGE + _TOP) if beside else pen.y + 22
    wide, tall = plan.picture.width * plan.scale, plan.picture.height * plan.scale
    pen.x = width - _EDGE - wide if beside else float(_EDGE)
    pen.y = top + max(0.0, (foot - 14 - top - tall) / 2)
    pen.show(plan.picture, plan.scale)
    pen.x, pen.y = float(_EDGE), float(foot)
    pen.rule(inner, "faint", 1)
    pen.rule(inner, "faint", 1, at=foot + 3)
    pen.down(18)
    pen.sign(inner, 30, 22)
    return framed(words, pen, width, height, "card")


def _plans(words: Words, pictures: tuple[Picture, ...]) -> Iterator[_Plan]:
    """Every layout that fits, over or beside each picture; the last resort is the smallest headline over the first."""
    inner = float(SIZE[0] - 2 * _EDGE)
    room = float(SIZE[1] - _EDGE - _FOOT - _TOP)
    title, measure = parted(words), Parts.of(words.subtitle, words)
    for share in _COLUMNS:
        column = inner * share - (_GAP if share < 1 else 0)
        small = measure.lines(column, _SMALL)
        for size in _TITLES:
            lines = title.lines(column, size)
            text = stack(lines, size, words) + 14 + stack(small, _SMALL, words)
            wide, tall = (inner, room - text - 32) if share == 1 else (inner * (1 - share), room - _TOP)
            last = share == 1 and size == _TITLES[-1]
            if last or (text <= room and tall >= _LEAST and title.widest * size <= column):
                for picture in pictures[:1] if share == 1 else pictures:
                    yield _Plan(share, size, lines, small, picture, min(wide / picture.width, max(tall, _LEAST) / picture.height, _LARGEST))
