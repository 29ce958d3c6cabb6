"""A notation: how one language writes numbers, ranges, units, dates and qualifiers.

Babel's locale data gives separators, plural forms, words for millions and dates; `data/units.yaml` gives
the units and `content/interface.yaml` the words for "about" or "more than". Texts only: no markup here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache

from babel import Locale
from babel.dates import format_date, format_skeleton

from tally.hanzi import MYRIADS
from tally.model import Language, Pattern, Unit
from tally.quantity import Number, Period, Range, ends, rounded

WORDS = ("range", "range-percent", "half-1", "half-2", "qualifier-about", "qualifier-over", "qualifier-nearly", "qualifier-under")
"""The words that are asked for here."""
_HAN = r"[\u3400-\u9fff]"
_GRAIN = {"year": "y", "half": "y", "quarter": "yQQQQ", "month": "yMMMM"}


def spaced(text: str) -> str:
    """Han and Latin set apart by a space, as the site's Chinese is typed: `2021 年 9 月 6 日`."""
    return re.sub(rf"(?<={_HAN})(?=[0-9A-Za-z])|(?<=[0-9A-Za-z%])(?={_HAN})", " ", text)


@dataclass(frozen=True, slots=True)
class Style:
    """How a reference asks for its figure to be written."""

    unit: bool = True
    qualifier: bool = True
    digits: int | None = None
    signed: bool = False
    size: bool = False
    dash: bool = False
    """join a range with a dash, for charts and tables, in place of the language's words"""


PLAIN = Style()
"""In full, as printed."""


@dataclass(frozen=True)
class Notation:
    """One language's way of writing; `words` are its interface words by id."""

    id: str
    language: Language
    units: Mapping[str, Unit]
    words: Mapping[str, str]

    @cached_property
    def locale(self) -> Locale:
        """Babel's data for the language."""
        return _locale(self.language.locale)

    def called(self, tag: str) -> str:
        """What this language calls another: 英文, Chinese."""
        return str(self.locale.languages.get(tag.partition("-")[0].lower(), tag))

    def decimal(self, number: Decimal, digits: int) -> str:
        """The number with the language's separators and exactly `digits` decimals."""
        return _decimal(self.language.locale, number, digits)

    def quantity(self, number: Number, unit: str | None, qualifier: str = "exact", style: Style = PLAIN) -> str:
        """A figure in full: `逾 58.6 億美元`, `more than US$5.86 billion`, `30–50 items`."""
        if style.digits is not None:
            number = _each(number, lambda one: rounded(one, style.digits or 0))
        if style.size:
            number = _each(number, abs)
        text = self._measured(number, self.units[unit], style) if unit else self._plain(number, style)
        if style.signed and ends(number)[0] > 0:
            text = f"+{text}"
        if style.qualifier and qualifier != "exact":
            text = self.words[f"qualifier-{qualifier}"].replace("{}", text)
        return text

    def _plain(self, number: Number, style: Style) -> str:
        return self._range([self.decimal(one, _decimals(one, 0)) for one in _distinct(number)], style)

    def _measured(self, number: Number, unit: Unit, style: Style) -> str:
        pattern: Pattern = unit.show[self.id]
        factor = unit.factor.normalize()
        based = _each(number, lambda one: one * factor)
        if pattern.number == "unit":
            text = self._plain(number, style)
        elif pattern.number == "base":
            based = _each(based, lambda one: one / pattern.factor.normalize())
            text = self._range([self.decimal(one, _decimals(one, 0)) for one in _distinct(based)], style)
        elif pattern.number == "percent":
            text = self._percent([self.decimal(one * 100, _decimals(one, 2)) for one in _distinct(based)], style)
        else:
            text = self._compact(number, factor, style)
        if not style.unit:
            return text if self.language.script == "han" else text + self.scale_word(pattern.other.partition("{}")[2])
        return self._pattern(pattern, ends(number if pattern.number == "unit" else based)[1]).replace("{}", text)

    def _percent(self, texts: list[str], style: Style) -> str:
        """A percentage; a range in words has its signs as the language wants them, at both ends or once."""
        if not style.unit or len(texts) == 1 or _dashed(texts, style):
            sign = self.locale.percent_formats[None].pattern.lstrip("#,0")
            return self._range(texts, style) + (sign if style.unit else "")
        return _joined(self.words["range-percent"], texts)

    def _pattern(self, pattern: Pattern, number: Decimal) -> str:
        if pattern.one is not None and self.locale.plural_form(abs(number)) == "one":
            return pattern.one
        return pattern.other

    def _compact(self, number: Number, factor: Decimal, style: Style) -> str:
        """Base units with the language's word for the magnitude, once for both ends of a range.

        Decimals that were printed are kept (`58.64` is `5.864 billion`), noughts that only the change of
        unit brings are not (`1000` 萬 is `10 million`).
        """
        power, patterns = self._magnitude(max(abs(one) for one in ends(number)) * factor)
        scaled = [(one, (one * factor).scaleb(-power)) for one in _distinct(number)]
        digits = max(_decimals(result if _decimals(one, 0) else result.normalize(), 0) for one, result in scaled)
        texts = [self.decimal(result, digits) for _, result in scaled]
        pattern = patterns.get(self.locale.plural_form(rounded(abs(scaled[-1][1]), digits)), patterns["other"])
        return re.sub("0+", lambda _: self._range(texts, style), pattern, count=1)

    def _magnitude(self, largest: Decimal) -> tuple[int, Mapping[str, str]]:
        """The power of ten that the language has a word for, and its pattern by plural form: (9, {"other": "0 billion"})."""
        formats = self.locale.compact_decimal_formats
        forms = formats["long"] if "long" in formats else formats["short"]
        fitting = [int(size) for size in forms["other"] if int(size) <= largest]
        if not fitting:
            return 0, {"other": "0"}
        size = str(max(fitting))
        patterns = {plural: sizes[size].pattern for plural, sizes in forms.items() if size in sizes}
        return len(size) - patterns["other"].count("0"), patterns

    def scale_word(self, text: str) -> str:
        """The word for a magnitude that a text begins with, with the space before it: ` million`, ` milliards`, `萬億`.

        Without it a number is another number; so what leaves the unit out keeps it. In a Han script it is one word
        with the unit (億元), which the text goes on with, and `rounding` sees to it that it does.
        """
        return found[0] if (found := _scales(self.language.locale).match(text)) else ""

    def scale(self, unit: Unit, number: Number) -> str:
        """What an axis that reaches up to `number` counts: `億美元`, `US$ billion`, `million passenger trips`."""
        pattern = unit.show[self.id]
        word = ""
        if pattern.number == "compact":
            largest = max(abs(one) for one in ends(number)) * unit.factor
            word = re.sub("0+", "", self._magnitude(largest)[1]["other"]).strip()
        elif pattern.number == "percent":
            word = "%"
        words = " ".join(pattern.other.replace("{}", f" {word} ").split())
        return re.sub(rf"(?<={_HAN}) (?={_HAN})", "", words)

    def axis(self, unit: Unit | None, largest: Decimal) -> Decimal:
        """What one step of an axis counts, in base units, where figures reach up to `largest`.

        The axis of a figure typed in 億美元 counts 億美元 in Chinese and billions of dollars in English.
        """
        if unit is None:
            return Decimal(1)
        pattern = unit.show[self.id]
        if pattern.number == "compact":
            return Decimal(1).scaleb(self._magnitude(largest)[0])
        return {"unit": unit.factor, "base": pattern.factor, "percent": Decimal("0.01")}[pattern.number]

    def _range(self, texts: list[str], style: Style) -> str:
        if len(texts) == 1:
            return texts[0]
        return _joined("{}–{}" if _dashed(texts, style) else self.words["range"], texts)

    def period(self, period: Period) -> str:
        """A year, half, quarter, month or day in the language's own form."""
        text = _date(self.language.locale, period.start, period.grain)
        if period.grain == "half":
            text = self.words["half-1" if period.text.endswith("1") else "half-2"].replace("{}", text)
        return spaced(text)


@lru_cache(maxsize=100)
def _locale(id: str) -> Locale:
    return Locale.parse(id)


@lru_cache
def _scales(locale: str) -> re.Pattern[str]:
    """What a text begins with that says a magnitude in the locale's words."""
    forms = _locale(locale).compact_decimal_formats.get("long", {}).values()
    words = {re.sub(r"[0\s]+", "", size.pattern) for sizes in forms for size in sizes.values()} | set(MYRIADS)
    return re.compile(rf"\s*(?:{'|'.join(sorted(filter(None, words), key=len, reverse=True))})+(?![A-Za-z])")


@lru_cache(maxsize=10_000)  # a figure stands on many pages; equal numbers with as many digits are written alike
def _decimal(locale: str, number: Decimal, digits: int) -> str:
    text = _locale(locale).decimal_formats[None].apply(rounded(number, digits), _locale(locale), force_frac=(digits, digits))
    return str(text).replace("-", "−")


@lru_cache(maxsize=10_000)
def _date(locale: str, day: date, grain: str) -> str:
    if grain == "day":
        return format_date(day, "long", locale=_locale(locale))
    return format_skeleton(_GRAIN[grain], day, locale=_locale(locale))


def _dashed(texts: list[str], style: Style) -> bool:
    """Whether a range is joined with a dash, which would not be read beside a minus."""
    return style.dash and not texts[0].startswith("−")


def _joined(joint: str, texts: list[str]) -> str:
    return joint.replace("{}", texts[0], 1).replace("{}", texts[1], 1)


def _distinct(number: Number) -> list[Decimal]:
    return list(dict.fromkeys(ends(number)))


def _each(number: Number, change: object) -> Number:
    assert callable(change)
    if not isinstance(number, Range):
        return change(number)  # type: ignore[no-any-return]
    low, high = sorted((change(number.low), change(number.high)))
    return Range(low, high) if low != high else low


def _decimals(number: Decimal, shift: int) -> int:
    """How many decimals keep the digits that the number was given with, `shift` places to the left."""
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    return max(0, -exponent - shift)
