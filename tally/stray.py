"""A stray: a figure typed by hand where a reference belongs.

Looks through what is left of a passage when references, asserted phrases, marked plain numbers, dates,
names and markup are taken out. What a number looks like, in digits and in words, is `numeral`'s; words that
compare are `watch`'s. Says how much it covered, so that silence is never taken for proof.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from babel import Locale

from tally import markup, numeral, wording
from tally.hanzi import COUNTERS, NUMERALS
from tally.model import Watchwords
from tally.passage import Passage
from tally.problem import Problem
from tally.prose import Prose

_YEAR = re.compile(r"(?<![\d,.$€£¥])(?<![A-Z])(?:19|20)\d\d(?:[–-](?:(?:19|20)?\d\d))?(?![\d,.]*\d)(?!\s?[%％])(?![A-Za-z])")
_ONLY = re.compile(r"(?:\b(?:some|nearly|almost|exactly|at least|up to|all|RMB|USD|HKD|CNY)|[$€£¥])\s*$", re.IGNORECASE)
"""Words after which even 2000 is no year."""
_OF_TIME = re.compile(r"\b(?:in|by|since|until|during|from|before|after|early|late|mid)[\s-]$", re.IGNORECASE)

_HAN_YEAR = r"(?:1[5-9]\d\d|20\d\d|[〇零一二三四五六七八九]{4})"
_HAN_DAY = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_HAN_DATES = re.compile(
    rf"{_HAN_YEAR}\s?年(?:\s?{_HAN_DAY}\s?月(?:\s?{_HAN_DAY}\s?日)?)?|(?<!\d)\d{{1,2}}\s?月(?:\s?\d{{1,2}}\s?日)?|(?<=[^一-鿿])[一二三四五六七八九十]+月"
    rf"|(?<![國球洲省市界])第\s?(?:\d{{1,3}}|[一二三四五六七八九十]+)(?![\d,.]*\d)(?!\s?[家間名人萬億餘多%％]|[大高低多少快慢](?![學廈會]))\s?[號節段章條項季篇屆版步]?")


@dataclass(frozen=True)
class Coverage:
    """What was looked through: figures bound, typed by hand, and marked as plain; phrases asserted."""

    bound: int
    typed: int
    plain: int
    asserted: int

    def __add__(self, other: Coverage) -> Coverage:
        return Coverage(self.bound + other.bound, self.typed + other.typed, self.plain + other.plain, self.asserted + other.asserted)

    def __str__(self) -> str:
        return f"figures: {self.bound} bound, {self.typed} typed, {self.plain} plain; phrases: {self.asserted} asserted"


NOTHING = Coverage(0, 0, 0, 0)


def search(passage: Passage, voice: Prose, watchwords: Watchwords | None) -> tuple[list[Problem], Coverage]:
    """Every figure typed by hand in a passage, and what the search covered."""
    parts = wording.parse(passage.text)
    bound = sum(1 for _ in wording.references(parts))
    flat = [one for part in parts for one in (part.phrase if isinstance(part, wording.Assertion) else [part])]
    plain = sum(isinstance(part, wording.Plain) for part in flat)
    asserted = sum(isinstance(part, wording.Assertion) for part in parts)
    strays = list(typed(passage.text, voice, watchwords))
    problems = [passage.problem(offset, _message(text, voice)) for offset, text in strays]
    return problems, Coverage(bound, len(strays), plain, asserted)


def typed(text: str, voice: Prose, watchwords: Watchwords | None) -> Iterator[tuple[int, str]]:
    """Offset and wording of each figure typed by hand in a text."""
    yield from ((one.offset, one.text) for one in numerals(markup.blank(text), voice, watchwords))


def numerals(text: str, voice: Prose, watchwords: Watchwords | None) -> list[numeral.Numeral]:
    """The numerals of a text that are neither dates nor names nor idioms."""
    language = voice.notation.language
    known = watchwords or Watchwords()
    han, counted = language.script == "han", tuple(known.counted)
    for pattern in _passes(tuple(known.passes), tuple(known.names), counted, language.locale, han):
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    quantity = _quantity(counted, han)
    text = _YEAR.sub(lambda match: match[0] if _counts(match, quantity, han) else " " * len(match[0]), text)
    return numeral.find(text, language.tag.partition("-")[0], language.script, worths(known))


def worths(watchwords: Watchwords) -> Mapping[str, Decimal]:
    """What the site's own number words are worth."""
    return _worths(tuple(watchwords.numerals.items()))


@lru_cache
def _worths(numerals: tuple[tuple[str, str], ...]) -> Mapping[str, Decimal]:
    fractions = {word: Fraction(worth) for word, worth in numerals}
    return {word: Decimal(worth.numerator) / worth.denominator for word, worth in fractions.items()}


@lru_cache
def _passes(phrases: tuple[str, ...], names: tuple[str, ...], counted: tuple[str, ...], locale: str, han: bool) -> list[re.Pattern[str]]:
    """What a text may say with a number in it that is no figure: idioms, dates, names."""
    passes = [re.compile(phrase, re.IGNORECASE) for phrase in phrases]
    return [*passes, _HAN_DATES if han else _dates(locale), *([_named(names, counted, han)] if names else [])]


def _counts(match: re.Match[str], quantity: re.Pattern[str], han: bool) -> bool:
    """Whether what looks like a year counts things: 2000 people, 2000 餘人, but not in 2022 firms grew."""
    before = match.string[max(0, match.start() - 24):match.start()]
    if _ONLY.search(before):
        return True
    return bool(quantity.match(match.string, match.end())) and (han or not _OF_TIME.search(before))


@lru_cache
def _quantity(counted: tuple[str, ...], han: bool) -> re.Pattern[str]:
    """What follows a number that counts."""
    if han:
        return re.compile(rf"\s?(?:餘|多(?![少於])|幾|[{COUNTERS.replace('年', '').replace('頁', '').replace('所', '')}](?![部體別]))")
    nouns = "|".join(f"(?:{noun})" for noun in counted)
    return re.compile(rf"\s(?:[a-z]+(?:-[a-z]+)?\s){{0,2}}(?:{nouns})\b" if nouns else r"(?!)")


@lru_cache
def _named(names: tuple[str, ...], counted: tuple[str, ...], han: bool) -> re.Pattern[str]:
    """A name with its number: Table 5, 表五, No. 14. More than three digits, or a noun behind, make it a quantity."""
    words = "|".join(f"(?:{name})" for name in sorted(names, key=len, reverse=True))
    if han:
        return re.compile(rf"(?:{words})\s?(?:\d{{1,3}}|[{NUMERALS}]+)(?![\d,.]*\d)(?!\s?[%％餘多家間名人萬億元成倍])")
    nouns = "|".join(f"(?:{noun})" for noun in counted) or r"(?!)"
    return re.compile(rf"\b(?:{words})s?\.?\s\d{{1,3}}(?:(?:, | and | to |–)\d{{1,3}})*(?![\d,.]*\d)(?!\s?%|[A-Za-z]|\s(?:[a-z-]+\s)?(?:{nouns})\b)")


@lru_cache
def _dates(locale: str) -> re.Pattern[str]:
    """Days and months with or without a year, in the words of the locale."""
    months = {name for width in ("wide", "abbreviated") for kind in ("format", "stand-alone")
              for name in Locale.parse(locale).months[kind][width].values()}
    words = "|".join(map(re.escape, sorted(months, key=len, reverse=True)))
    return re.compile(rf"\b\d{{1,2}}\.?\s(?:{words})(?:\s\d{{4}})?\b|\b(?:{words})\s\d{{1,2}}(?:,?\s\d{{4}})?\b")


def _message(text: str, voice: Prose) -> str:
    names = _readings(voice).get(_canonical(text), [])
    if names:
        return f"“{text}” is typed by hand; it is {names[0]} — write {{{{ {names[0]} }}}}"
    return f"“{text}” is typed by hand; cite the figure as {{{{ name }}}}, assert the phrase as [[ words | condition ]], or mark a plain number as {{{{ \"{text}\" }}}}"


def _canonical(text: str) -> str:
    return re.sub(r"[,，\s%]", "", unicodedata.normalize("NFKC", text))


def _readings(voice: Prose) -> Mapping[str, list[str]]:
    """The names of the cells by the digits that they show in this language."""
    names: dict[str, list[str]] = {}
    for cell in voice.book.cells.values():
        if cell.number is not None:
            for digits in re.findall(r"\d[\d,]*(?:\.\d+)?", voice.cell(cell)):
                names.setdefault(_canonical(digits), []).append(cell.name)
    return names
