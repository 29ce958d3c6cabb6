"""A stray: a figure typed by hand where a reference belongs.

Looks through what is left of a passage when references, asserted phrases, marked plain numbers, dates,
names and markup are taken out: digits of any width, Chinese numerals in quantities, number words in
quantities. Says how much it covered, so that silence is never taken for proof. Words that compare are
`watch`'s.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale
from num2words import CONVERTER_CLASSES, num2words

from tally import wording
from tally.model import Watchwords
from tally.passage import Passage
from tally.problem import Problem
from tally.prose import Prose

_TOKEN = re.compile(r"\{\{.*?\}\}|\[\[.*?\]\]", re.DOTALL)
_MARKUP = re.compile(
    r"\]\([^)]*\)|<[^>]+>|\{[#.:][^}]*\}|^::chart.*$|\[\^[\w-]+\]:?|`[^`]*`|^[ \t]*\d+\.(?=[ \t])|https?://\S+", re.MULTILINE)
_DIGITS = re.compile(r"(?<![0-9A-Za-z０-９])[0-9０-９](?:[0-9０-９,，.．]*[0-9０-９])?(?:\s?(?:%|％|bn|tn|m|k|km|pc|x)(?![A-Za-z]))?(?![0-9A-Za-z０-９])")
_YEAR = re.compile(r"(?<![\d,.])(?:19|20)\d\d(?:[–-](?:(?:19|20)?\d\d))?(?![\d,.]*\d)")

_NUMERAL = "〇零一二兩三四五六七八九十百千萬億半"
_COUNTED = "家間個項成倍年天人位名宗份類種次條座幢層幅張篇戶所萬億元點歲頁宗處"
_HAN = re.compile(
    rf"百分之[{_NUMERAL}點]+|[{_NUMERAL}]+分之[{_NUMERAL}]+|(?<![第{_NUMERAL}之])(?:[{_NUMERAL}]{{2,}}|[二兩三四五六七八九十百千半])(?=\s?[{_COUNTED}])"
    rf"|(?<![第{_NUMERAL}之])一(?=[成倍萬億年半])|(?<![{_NUMERAL}])半數|(?<![{_NUMERAL}第])過半")
_HAN_DATES = re.compile(r"(?:\d{4}|[〇零一二三四五六七八九]{4})\s?年(?:\s?\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?)?|\d{1,2}\s?月(?:\s?\d{1,2}\s?日)?"
                        r"|第\s?[\d一二三四五六七八九十]+\s?[號節段章條項季篇屆版步]?|(?<=[^一-鿿])[一二三四五六七八九十]+月")


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
    rest = blank(text)
    han = voice.notation.language.script == "han"
    passes = [_HAN_DATES if han else _dates(voice.notation.language.locale)]
    if watchwords and watchwords.names:
        passes.append(_named(tuple(watchwords.names), han))
    passes += [re.compile(phrase, re.IGNORECASE) for phrase in watchwords.passes] if watchwords else []
    for pattern in (*passes, _YEAR):
        rest = pattern.sub(lambda match: " " * len(match[0]), rest)
    patterns = [_DIGITS, _HAN] if han else [_DIGITS, _words(voice.notation.language.tag.partition("-")[0], tuple(watchwords.numerals if watchwords else ()))]
    found = {match.start(): match[0] for pattern in patterns if pattern for match in pattern.finditer(rest)}
    yield from sorted((offset, word.strip()) for offset, word in found.items())


def blank(text: str) -> str:
    """The text with marks and markup replaced by as many spaces, so that offsets stay."""
    for pattern in (_TOKEN, _MARKUP):
        text = pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    return text


@lru_cache
def _named(names: tuple[str, ...], han: bool) -> re.Pattern[str]:
    """A name with its number: Table 5, 表五, No. 14."""
    words = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    number = rf"(?:\d+|[{_NUMERAL}]+)" if han else r"\d+(?:(?:, | and | to |–)\d+)*"
    return re.compile(rf"(?:{words})\s?{number}" if han else rf"\b(?:{words})s?\.?\s{number}")


@lru_cache
def _dates(locale: str) -> re.Pattern[str]:
    """Days and months with or without a year, in the words of the locale."""
    months = {name for width in ("wide", "abbreviated") for kind in ("format", "stand-alone")
              for name in Locale.parse(locale).months[kind][width].values()}
    words = "|".join(map(re.escape, sorted(months, key=len, reverse=True)))
    return re.compile(rf"\b\d{{1,2}}\.?\s(?:{words})(?:\s\d{{4}})?\b|\b(?:{words})\s\d{{1,2}}(?:,?\s\d{{4}})?\b")


@lru_cache
def _words(language: str, extra: tuple[str, ...]) -> re.Pattern[str] | None:
    """Number words of a Latin language from two upwards, and the site's own additions."""
    words, ones = set(extra), ("one", "un", "une", "ein", "eine")
    if language in CONVERTER_CLASSES:
        for number in (*range(2, 21), *range(30, 101, 10), 1000, 1_000_000, 1_000_000_000):
            words |= {word for word in re.split(r"[\s-]", num2words(number, lang=language)) if word not in ones}
    if not words:
        return None
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})(?:[\s-](?:{'|'.join(map(re.escape, sorted(words)))})|-(?:{'|'.join(ones)}))*\b", re.IGNORECASE)


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
