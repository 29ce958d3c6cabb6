"""Prose: a text with its figures written out in one language, as plain text or as HTML.

Alt texts, titles in charts and metadata want plain text; pages want each figure as `<data>` with its value
and a link to its source. Taking texts apart is `wording`'s, writing numbers `notation`'s.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from html import escape

from tally import wording
from tally.book import Book, Cell, magnitude
from tally.notation import PLAIN, Notation, Style
from tally.quantity import Number, Period, ends, rounded, span
from tally.task import Input, Watched
from tally.wording import Assertion, Part, Plain, Reference

_HAN = r"[\u3400-\u9fff]"
_REFERENCE = re.compile(rf"(?:({_HAN})[ ]*)?(\{{\{{(?:(?!\}}\}}).)*\}}\}})(?:[ ]*(?=({_HAN})))?")
_ASSERTION = re.compile(rf"(?:({_HAN})[ ]*)?(\[\[(?:(?!\]\]).)*\]\])(?:[ ]*(?=({_HAN})))?")

Cite = Callable[[Reference | Assertion, str], str]
"""Marks up a figure or an asserted phrase, given its HTML, so that it leads to its source."""


@dataclass(frozen=True)
class Prose:
    """One language's voice: the book it quotes from and the notation it writes in."""

    book: Book
    notation: Notation
    written: dict[tuple[object, ...], str] = field(default_factory=dict, compare=False, repr=False)
    """how figures read that were written out before, and texts that were typeset; one for the voice and its recordings, for
    the same figure stands on many pages, and neither book nor notation ever changes"""

    @property
    def language(self) -> str:
        """The language's id."""
        return self.notation.id

    def plain(self, text: str) -> str:
        """The text with its figures, without markup."""
        parts = wording.parse(self.typeset(text))
        return "".join([part if isinstance(part, str) else self._plain(part) for part in parts])

    def typeset(self, text: str) -> str:
        """In a Han script, one space between a Han character and the digits of a mark, and none before Han.

        What a mark reads as is known only here: `有 {{ x }}` is `有 8,274 家`, but `有逾 2,000 人`.
        """
        if self.notation.language.script != "han" or not ("{{" in text or "[[" in text):
            return text
        found = self.written.get((text,))
        if found is None:
            found = self.written[text,] = _ASSERTION.sub(self._set_apart, _REFERENCE.sub(self._set_apart, text))
        return found

    def _set_apart(self, match: re.Match[str]) -> str:
        left, mark, right = match[1], match[2], match[3]
        [part] = wording.parse(mark)
        shown = self._plain(part).strip() or " "
        before = " " if left and re.match(r"[0-9A-Za-z+−$]", shown) else ""
        after = " " if right and re.match(r"[0-9A-Za-z%]", shown[-1]) else ""
        return (left + before if left else match[0][:match.start(2) - match.start()]) + mark + (
            after if right else match[0][match.end(2) - match.start():])

    def _plain(self, part: Part) -> str:
        if isinstance(part, str):
            return part
        if isinstance(part, Plain):
            return part.text
        if isinstance(part, Assertion):
            return self.phrase(part)
        return self.figure(part)

    def phrase(self, assertion: Assertion) -> str:
        """An asserted phrase as plain text."""
        return "".join([part if isinstance(part, str) else self._plain(part) for part in assertion.phrase])

    def recording(self) -> Prose:
        """The same voice over a book that notes what is read, for one artifact."""
        return replace(self, book=self.book.recording())

    def watched(self, asked: set[Input]) -> Prose:
        """The same voice, which notes what is asked of it."""
        words = Watched("words", self.notation.words, asked, self.language)
        return replace(self, book=self.book.watched(asked), notation=replace(self.notation, words=words))

    def html(self, text: str, cite: Cite) -> str:
        """The text as HTML; what is not a mark is escaped."""
        return "".join(self._html(part, cite) for part in wording.parse(self.typeset(text)))

    def _html(self, part: Part, cite: Cite) -> str:
        if isinstance(part, (str, Plain)):
            return escape(self._plain(part), quote=False)
        if isinstance(part, Assertion):
            return cite(part, "".join(self._html(one, cite) for one in part.phrase))
        return cite(part, self._valued(part))

    def _valued(self, reference: Reference) -> str:
        cell, _ = self.book.find(reference.name)
        text = escape(self.figure(reference), quote=False)
        if isinstance(cell.content, Period):
            grain = cell.content.grain
            return f'<time datetime="{cell.content.text}">{text}</time>' if grain in ("year", "month", "day") else text
        number = self.number(reference)
        return f'<data value="{value(number)}">{text}</data>' if number is not None else text

    def figure(self, reference: Reference) -> str:
        """The figure as the reference asks for it, as plain text."""
        cell, _ = self.book.find(reference.name)  # even where it was written out before, for a recording book notes it
        asked = (reference.name, reference.style, reference.unit, reference.label, reference.scale)
        found = self.written.get(asked)
        if found is None:
            found = self.written[asked] = self._written_out(reference, cell)
        return found

    def _written_out(self, reference: Reference, cell: Cell) -> str:
        if reference.label:
            return cell.label[self.language]
        if reference.scale and cell.number is not None and cell.unit:
            return self.notation.scale(self.book.units[cell.unit], cell.number)
        if isinstance(cell.content, Period):
            return self.notation.period(cell.content)
        number = self.number(reference)
        if number is None:
            assert isinstance(cell.content, dict)
            return cell.content[self.language]
        return self.notation.quantity(number, reference.unit or cell.unit, cell.qualifier, reference.style)

    def number(self, reference: Reference) -> Number | None:
        """The number that the reference shows, in the unit that it asks for."""
        cell, end = self.book.find(reference.name)
        number = cell.number if reference.unit or reference.style.digits is not None else cell.shown
        if number is None:
            return None
        if end is not None:
            number = ends(number)[end]
        if reference.unit:
            factor, _ = magnitude(self.book.units.get(cell.unit or ""))
            times = (factor / self.book.units[reference.unit].factor).normalize()
            number = span(*(_converted(one, times) for one in ends(number)))
        if reference.style.digits is not None:
            low, high = (rounded(one, reference.style.digits) for one in ends(number))
            return span(low, high)
        return number

    def cell(self, cell: Cell, style: Style = PLAIN) -> str:
        """A cell in full, as tables and charts write it."""
        return self.figure(Reference(0, cell.name, style))


def _converted(number: Decimal, times: Decimal) -> Decimal:
    """In another unit; printed decimals are kept, noughts that only the change of unit brings are not."""
    kept = number.as_tuple().exponent != 0 and times.as_tuple().digits == (1,)
    return number * times if kept else (number * times).normalize()


def value(number: Number) -> str:
    """A number or both ends of a range for a machine: `8274`, `30/50`."""
    return "/".join(dict.fromkeys(f"{one:f}" for one in ends(number)))
