"""Wording: a text with figures in it, taken apart into plain text, references and asserted phrases.

    {{ targets.hk-firms.2022 }}             the cell, with its unit and its "about" or "more than"
    {{ targets.hk-firms.2022 | number }}    the same, without the unit
    {{ "No. 14" }}                          a plain number that is no figure
    [[ more than 30% | targets.hk-firms.growth > 30% ]]   a phrase and the condition that makes it true

The forms after the bar are listed in `FORMS`. Looking cells up, checking and marking up come later.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tally.notation import PLAIN, Style

FORMS = {
    "number": "without the unit, but with its million",
    "bare": "without about, more than, nearly or under",
    "digits N": "rounded to N decimals",
    "in UNIT": "in another unit of the same kind",
    "signed": "with + or −",
    "size": "without its sign",
    "dash": "a range with a dash",
    "label": "the figure's name in place of its value",
    "scale": "what an axis with this figure on it counts, in place of its value",
}
_TOKEN = re.compile(r"\{\{(?P<ref>(?:(?!\{\{).)*?)\}\}|\[\[(?P<phrase>(?:(?!\[\[|\]\]).)*?)\s*\|(?P<condition>(?:(?!\[\[|\]\]|\}\}).)*?)\]\]", re.DOTALL)
_OPEN = re.compile(r"\{\{|\}\}|\[\[|\]\]")
_REFERENCE = re.compile(r"\s*(?:\"(?P<plain>[^\"]*)\"|(?P<name>[^|\"\s][^|\"]*?))\s*(?:\|(?P<forms>.*))?", re.DOTALL)
_FORM = re.compile(r"digits (?P<digits>\d)|in (?P<unit>\S+)|(?P<word>[a-z]+)")


@dataclass(frozen=True, slots=True)
class Plain:
    """A number that is marked as no figure."""

    offset: int
    text: str


@dataclass(frozen=True, slots=True)
class Reference:
    """A figure: the cell's name and how it is to be written; `offset` is where it stands in the text."""

    offset: int
    name: str
    style: Style
    unit: str | None = None
    label: bool = False
    scale: bool = False


@dataclass(frozen=True, slots=True)
class Assertion:
    """A phrase that is true while its condition is."""

    offset: int
    phrase: tuple[str | Plain | Reference, ...]
    condition: str


Part = str | Plain | Reference | Assertion


class Misworded(ValueError):
    """A mark that cannot be read, `offset` characters into the text."""

    def __init__(self, offset: int, message: str):
        self.offset = offset
        super().__init__(message)


@lru_cache(maxsize=10_000)  # the checks, the charts and the pages all take the same texts apart
def parse(text: str, start: int = 0) -> tuple[Part, ...]:
    """The parts of `text`; raises `Misworded`. `start` is added to every offset."""
    parts: list[Part] = []
    end = 0
    for match in _TOKEN.finditer(text):
        _append(parts, text, end, match.start(), start)
        parts.append(_part(match, start))
        end = match.end()
    _append(parts, text, end, len(text), start)
    return tuple(parts)


def _append(parts: list[Part], text: str, begin: int, end: int, start: int) -> None:
    if stray := _OPEN.search(text, begin, end):
        raise Misworded(start + stray.start(), (
            f"“{stray.group()}” has no partner; a figure is written {{{{ name }}}}, a phrase [[ words | condition ]]"))
    if begin < end:
        parts.append(text[begin:end])


def _part(match: re.Match[str], start: int) -> Part:
    offset = start + match.start()
    if match["ref"] is not None:
        return reference(match["ref"], offset)
    inside = match["phrase"]
    phrase = parse(inside.strip(), offset + 2 + len(inside) - len(inside.lstrip()))
    return Assertion(offset, phrase, match["condition"].strip())  # type: ignore[arg-type]


def reference(inside: str, offset: int) -> Reference | Plain:
    """Read what stands between `{{` and `}}`."""
    match = _REFERENCE.fullmatch(inside)
    if not match:
        raise Misworded(offset, f"“{{{{{inside}}}}}” names no cell; write {{{{ table.row.column }}}}")
    if match["plain"] is not None:
        return Plain(offset, match["plain"])
    style: dict[str, object] = {}
    unit, instead = None, set()
    for form in filter(None, (item.strip() for item in (match["forms"] or "").split(","))):
        found = _FORM.fullmatch(form)
        if found and found["digits"]:
            style["digits"] = int(found["digits"])
        elif found and found["unit"]:
            unit = found["unit"]
        elif form in ("label", "scale"):
            instead.add(form)
        elif form in FORMS:
            style |= {"number": {"unit": False}, "bare": {"qualifier": False}}.get(form, {form: True})
        else:
            raise Misworded(offset, f"“{form}” is no form of a figure; forms: {', '.join(FORMS)}")
    return Reference(offset, sys.intern(match["name"]), Style(**style) if style else PLAIN, unit, "label" in instead, "scale" in instead)  # type: ignore[arg-type]


def references(parts: tuple[Part, ...]) -> Iterator[Reference]:
    """Every reference, those inside asserted phrases too."""
    for part in parts:
        if isinstance(part, Reference):
            yield part
        elif isinstance(part, Assertion):
            yield from references(part.phrase)
