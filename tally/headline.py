"""A headline: where its lines may break, which is between phrases and not inside words and names.

Browsers break between any two Han characters. BudouX, a model that knows words, runs over the words while the
site is built; its words are put together to phrases, and between these stands `<wbr>`, which the style
sheet makes the only places to break. Names of units, and those that the site wants kept, are whole in any script: a
space in one does not break, nor does that between a figure and its Han counter. Markup stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from html import unescape
from itertools import accumulate, pairwise

import budoux

from tally.model import Site, Unit

_HAN = re.compile(r"[\u3400-\u9fff]+")
_COUNTED = re.compile(r"(?<=[0-9%]) (?=[\u3400-\u9fff])|(?<=[逾約近]) (?=[0-9])")
"""Between a figure and what it counts, or what qualifies it."""
_TAGS = re.compile(r"(<[^>]*>)")
_CHARACTER = re.compile(r"&[^;\s]+;|.", re.DOTALL)
_FIGURE = '<span class="figure'
_TAILS = "的了嗎呢吧着過們得地之"
"""Characters that end a phrase and begin none."""
_SHORT = 4
"""Shorter phrases are no phrases: two short words together are one, and where the model is wrong, it is so in these."""


def names(units: Mapping[str, Unit], site: Site, language: str) -> frozenset[str]:
    """What stays whole in a language: the Han names of units, as a name or in a pattern, and what the site wants kept."""
    said = (text for unit in units.values() for text in (unit.name[language], unit.show[language].other))
    return frozenset(run for text in said for run in _HAN.findall(text)) | frozenset(site.keep.get(language, ()))


def broken(html: str, script: str, whole: frozenset[str]) -> str:
    """Inline HTML whose names stay whole; in a Han script with a `<wbr>` wherever a line may break between two phrases."""
    pieces = _TAGS.split(html)
    text = tied(unescape("".join(pieces[::2])), whole)
    places = breaks(text, whole) if script == "han" else set()
    return "".join(_set(pieces, text, places)) if places or "\u00a0" in text else html


def tied(text: str, whole: frozenset[str]) -> str:
    """A plain text, as long as before, with a no-break space wherever a line may not break at one."""
    inside = _inside(text, whole)
    spaces = {at for at, character in enumerate(text) if character == " " and at in inside}
    spaces |= {found.start() for found in _COUNTED.finditer(text)}
    return "".join("\u00a0" if at in spaces else character for at, character in enumerate(text)) if spaces else text


def _inside(text: str, whole: frozenset[str]) -> set[int]:
    """The offsets at which a line would break one of the names that stay whole."""
    return {at for name in whole if name in text for found in re.finditer(re.escape(name), text) for at in range(found.start() + 1, found.end())}


def _set(pieces: list[str], text: str, places: set[int]) -> Iterator[str]:
    """The pieces with the text's spaces and their breaks: behind what closes, before what opens, and not inside a figure."""
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
            yield text[offset] if text[offset] == "\u00a0" else character
            offset += 1


def _deeper(tag: str, depth: int) -> int:
    """How a tag changes the depth inside a figure, which is 0 outside."""
    if depth:
        return tag.startswith("<span") - tag.startswith("</span")
    return int(tag.startswith(_FIGURE))


@lru_cache(maxsize=10_000)
def breaks(text: str, whole: frozenset[str]) -> set[int]:
    """The offsets in a plain text at which one phrase ends and another begins."""
    found: set[int] = set()
    words = sorted({*accumulate(map(len, _model().parse(text)))} - _inside(text, whole))
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
