"""A composition: words and a chart set together on one picture, in SVG.

What is written, where its lines break, and the pen that writes from the top down. Which words stand on which picture
is `poster`'s to say, and how a card is laid out `card`'s.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from tally import headline, lettering, svg, theme
from tally.figure import Picture
from tally.svg.pen import Alone, Ink, element, escaped, number, opening

_SERIF = 1.06
"""How much wider bold serif letters are than those of the grotesques that `lettering` knows."""
_AFTER = {*lettering.CLOSING, " "} - {"、"}
"""Behind these a line may break; names in a row stay together."""


@dataclass(frozen=True)
class Words:
    """What is written on a poster, in one language."""

    language: str
    tag: str
    script: str
    title: str
    subtitle: str
    alt: str
    note: str
    source: str
    labels: tuple[str, str]
    """what stands before the note and before the source"""
    site: str
    address: str
    whole: frozenset[str]
    """the names in which no line breaks"""


@dataclass(frozen=True)
class Parts:
    """A headline or a measure in parts that stay whole, with their widths in ems."""

    parts: tuple[str, ...]
    ems: tuple[float, ...]

    @classmethod
    def of(cls, text: str, words: Words, weight: int = 400, wider: float = 1.0) -> Parts:
        """Latin breaks between words, Han between phrases and not between a figure and what it counts, neither in a name."""
        text = headline.tied(text, words.whole)
        parts = list(_phrases(text, words.whole)) if words.script == "han" else lettering.pieces(text)
        return cls(tuple(parts), tuple(lettering.width(part, 1, weight) * wider for part in parts))

    @property
    def widest(self) -> float:
        """The widest part, in ems."""
        return max(self.ems)

    def lines(self, room: float, size: float) -> list[str]:
        """As few lines as fit, and then as even as they can be."""
        ems = room / size
        tighter, reach = self._filled(ems)
        lines = tighter
        while len(tighter) == len(lines) and ems > self.widest:
            lines, ems = tighter, ems - 0.25
            if reach > ems:
                tighter, reach = self._filled(ems)
        return lines

    def _filled(self, room: float) -> tuple[list[str], float]:
        """Lines for this room, and how much of it they take."""
        lines, used, reach = [""], 0.0, 0.0
        for part, ems in zip(self.parts, self.ems, strict=True):
            if used and used + ems > room:
                lines, used = [*lines, ""], 0.0
            lines[-1] += part
            used += ems
            reach = max(reach, used)
        return [line.strip() for line in lines], reach


def parted(words: Words) -> Parts:
    """The headline in its parts."""
    return Parts.of(words.title, words, 700, _SERIF)


def _phrases(text: str, names: frozenset[str]) -> Iterator[str]:
    """The parts of a Han text."""
    places, whole, offset = headline.breaks(text, names), "", 0
    for piece in lettering.pieces(text):
        free = offset in places or whole[-1:] in _AFTER or piece[0] in lettering.OPENING
        if whole and whole[-1] != "\u00a0" and free:
            yield whole
            whole = ""
        whole += piece
        offset += len(piece)
    yield whole


def spaced(script: str) -> float:
    """From one line to the next, in ems."""
    return 1.4 if script == "han" else 1.25


def stack(lines: list[str], size: float, words: Words) -> float:
    """How tall a stack of lines stands."""
    return len(lines) * size * spaced(words.script)


class Pen:
    """Writes from the top down and remembers where it is."""

    def __init__(self, words: Words, ink: Ink, x: float, y: float):
        self.words, self.ink, self.x, self.y = words, ink, x, y
        self.parts: list[str] = []

    def down(self, by: float) -> None:
        """Leaves a space."""
        self.y += by

    def write(self, lines: list[str], size: float, colour: str, *, serif: bool = False, label: str = "") -> None:
        """Lines of one look; `label` is the bold beginning of the first."""
        leading = spaced(self.words.script) * size
        for index, line in enumerate(lines):
            bold = label if index == 0 and line.startswith(label) else ""
            inside = (element("tspan", font_weight="700", inside=escaped(bold)) if bold else "") + escaped(line[len(bold):])
            self._text(inside, self.x, self.y + index * leading + leading / 2, size, colour, serif=serif)
        self.y += len(lines) * leading

    def sign(self, room: float, size: float, small: float) -> None:
        """The site's name, and its address at the other end."""
        leading = size * 1.4
        self._text(escaped(self.words.site), self.x, self.y + leading / 2, size, "ink", serif=True)
        if self.words.address:
            self._text(escaped(self.words.address), self.x + room, self.y + leading / 2, small, "soft", anchor="end")
        self.y += leading

    def rule(self, room: float, colour: str, thick: int, at: float | None = None) -> None:
        """A line across; where none is named, here."""
        self.parts.append(element("rect", x=number(self.x), y=number(self.y if at is None else at), width=number(room),
                                  height=str(thick), fill=self.ink(theme.PALETTE[colour])))

    def show(self, picture: Picture, scale: float) -> None:
        """The chart itself."""
        drawn = svg.draw(json.loads(picture.json), title="", description="", palette="literal", id_prefix="", language=self.words.tag)
        place = f"translate({number(self.x)} {number(self.y)})" + ("" if scale == 1 else f" scale({scale:.4f})")
        self.parts.append(element("g", transform=place, inside=drawn))
        self.y += picture.height * scale

    def _text(self, inside: str, x: float, middle: float, size: float, colour: str, *, serif: bool = False, anchor: str | None = None) -> None:
        face = _quoted(f"{theme.SERIF[self.words.script]}, {theme.SANS[self.words.script]}") if serif else None
        self.parts.append(element(
            "text", x=number(x), y=number(middle + size * svg.BASELINE), font_size=number(size), font_family=face,
            font_weight="700" if serif else None, fill=self.ink(theme.PALETTE[colour]), text_anchor=anchor, inside=inside))


def framed(words: Words, pen: Pen, width: float, height: float, prefix: str) -> str:
    """What the pen has written as a file of this size, by day and by lamp."""
    layout = {"width": width, "height": height, "font": {"family": theme.SANS[words.script]}}
    alone = Alone(layout, pen.ink, words.tag)
    return opening(layout, {}, words.title, words.alt, prefix, alone) + "".join(pen.parts) + "</svg>"


def _quoted(stack: str) -> str:
    return stack.replace('"', "'")
