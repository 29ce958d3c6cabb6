"""A headline: where its lines may break in a Han script, which is between phrases and not inside words.

Browsers break between any two Han characters. BudouX, a model that knows words, runs over the words while the
site is built; its words are put together to phrases, and between these stands `<wbr>`, which the style
sheet makes the only places to break. Text and markup stay as they are, and a bound figure is never taken apart.
Other scripts break at their spaces and need nothing of this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from itertools import accumulate, pairwise

import budoux

_HAN = re.compile(r"[\u3400-\u9fff]+")
_TAGS = re.compile(r"(<[^>]*>)")
_CHARACTER = re.compile(r"&[^;\s]+;|.", re.DOTALL)
_FIGURE = '<span class="figure'
_TAILS = "的了嗎呢吧着過們得地之"
"""Characters that end a phrase and begin none."""
_SHORT = 4
"""Shorter phrases are no phrases: two short words together are one, and where the model is wrong, it is so in these."""


def broken(html: str) -> str:
    """Inline HTML with a `<wbr>` wherever a line may break between two phrases."""
    pieces = _TAGS.split(html)
    places = breaks(unescape("".join(pieces[::2])))
    return "".join(_set(pieces, places))


def _set(pieces: list[str], places: set[int]) -> Iterator[str]:
    """The pieces with their breaks: behind what closes, before what opens, and not inside a figure."""
    offset = depth = 0
    due = set(places)
    for piece in filter(None, pieces):
        tag = piece.startswith("<")
        if offset in due and not depth and not (tag and piece.startswith(("</", "<button"))):
            due.remove(offset)
            yield "<wbr>"
        if tag:
            depth += _deeper(piece, depth)
            yield piece
            continue
        for character in _CHARACTER.findall(piece):
            if offset in due and not depth:
                due.remove(offset)
                yield "<wbr>"
            offset += 1
            yield character


def _deeper(tag: str, depth: int) -> int:
    """How a tag changes the depth inside a figure, which is 0 outside."""
    if depth:
        return tag.startswith("<span") - tag.startswith("</span")
    return int(tag.startswith(_FIGURE))


@cache
def breaks(text: str) -> set[int]:
    """The offsets in a plain text at which one phrase ends and another begins."""
    found: set[int] = set()
    words = list(accumulate(map(len, _model().parse(text))))
    for run in _HAN.finditer(text):
        ends = [end for end in words if run.start() < end < run.end()]
        cuts = [run.start(), *ends, run.end()]
        lengths = _phrases([text[one:other] for one, other in pairwise(cuts)])
        found |= set(list(accumulate(lengths, initial=run.start()))[1:-1])
    return found


def _phrases(words: list[str]) -> list[int]:
    """The lengths of phrases: a short one takes the next word, a tail joins what is before it, and so does a short end."""
    phrases: list[str] = []
    for word in words:
        if phrases and (len(phrases[-1]) < _SHORT or word in _TAILS):
            phrases[-1] += word
        else:
            phrases.append(word)
    if len(phrases) > 1 and len(phrases[-1]) < _SHORT:
        phrases[-2:] = ["".join(phrases[-2:])]
    return [len(phrase) for phrase in phrases]


@cache
def _model() -> budoux.Parser:
    return budoux.load_default_traditional_chinese_parser()
