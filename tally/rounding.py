"""A rounding: whether a figure is still true when it is shown with fewer decimals, with more, or without its unit.

“More than 5.86” may be shown as “more than 5.8” and not as “more than 5.9”; a figure printed as 5.86 is never
shown as 5.860, for nobody printed the nought. A figure in 億 whose unit is left out is another figure, unless the
text goes on with 億.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tally.book import Book
from tally.problem import Problem
from tally.project import Project
from tally.prose import Prose, value
from tally.quantity import Number, ends
from tally.wording import Reference

_BEHIND = re.compile(r"\{\{.*?\}\}\s*(?:\|[^\]\n]*(?:\](?!\])[^\]\n]*)*\]\]\s*)?", re.DOTALL)
"""A reference and, where it ends an asserted phrase, the phrase's condition."""


_LIMITS = ("over", "under", "nearly")
"""Qualifiers that name a limit."""


def passes(number: Number, shown: Number, qualifier: str) -> bool:
    """Whether what is shown passes the limit that its qualifier speaks of."""
    pairs = list(zip(ends(number), ends(shown), strict=False))
    if qualifier == "over":
        return any(seen > real for real, seen in pairs)
    return qualifier in ("under", "nearly") and any(seen < real for real, seen in pairs)


def untrue(reference: Reference, voice: Prose) -> str | None:
    """Why a figure cannot be shown with as many decimals as a reference asks for, or None."""
    digits = reference.style.digits
    cell, _ = voice.book.find(reference.name)
    if digits is None or cell.number is None:
        return None
    unrounded = replace(reference, style=replace(reference.style, digits=None), unit=reference.unit or cell.unit)
    number, shown = voice.number(unrounded), voice.number(reference)
    assert number is not None and shown is not None
    printed = max(max(0, -int(one.as_tuple().exponent)) for one in ends(number))
    if cell.formula is None and digits > printed and len(str(value(number))) < 16:
        return f"{reference.name} is {value(number)}, and digits {digits} shows more decimals than are printed; ask for {printed} or none"
    if reference.style.qualifier and passes(number, shown, cell.qualifier):
        return (f"{reference.name} is {cell.qualifier} {value(number)}, so it is not true that it is {cell.qualifier} {value(shown)}; "
                "ask for other digits, or write it bare")
    return None


def unscaled(reference: Reference, text: str, voice: Prose) -> str | None:
    """Why a figure cannot stand without its unit in a text of a Han script: the unit says 億, and the text does not."""
    cell, _ = voice.book.find(reference.name)
    symbol = reference.unit or cell.unit
    if reference.style.unit or cell.number is None or not symbol or voice.notation.language.script != "han":
        return None
    unit = voice.notation.scale_word(voice.book.units[symbol].show[voice.language].other.partition("{}")[2]).strip()
    behind = _BEHIND.match(text, reference.offset)
    if not unit or (behind and voice.notation.scale_word(text[behind.end():]) == unit):
        return None
    return f"{reference.name} is counted in {unit}, which number leaves out; write {unit} right behind it, or leave out the form number"


def overstated(project: Project, book: Book) -> Iterator[Problem]:
    """Derived figures that are a limit, and are none any more as they are shown."""
    for cell in book.cells.values():
        if cell.formula and cell.qualifier in _LIMITS and cell.number is not None and cell.shown is not None and passes(cell.number, cell.shown, cell.qualifier):
            group, _, figure = cell.name.partition(".")
            yield project.documents[f"data/figures/{group}.yaml"].problem(("figures", figure, "digits"), (
                f"{cell.name} is {cell.qualifier} {value(cell.number)}, so it is not true that it is {cell.qualifier} "
                f"{value(cell.shown)}; give it other digits"))
