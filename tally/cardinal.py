"""Number words of a Latin language: where they stand in a text, and what they are worth.

The cardinals from two upwards come from num2words, and a site adds its own (half, dozen, tripled). English
has its fractions, ordinals and multiples as well; a lone “one”, “first”, “second” or “third” is seldom a quantity.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

_ONES = ("one", "un", "une", "ein", "eine")
_MULTIPLE = {"en": "fold", "de": "fach", "nl": "voud"}
_LARGE = ("ten", "hundred", "thousand", "million", "billion", "trillion", "dozen")
_ENGLISH = (*_LARGE, "half", "third", "quarter")
_SMALL = {"a": 1, "an": 1, "one": 1, "first": 1, "second": 2}


def find(text: str, language: str, extra: Mapping[str, Decimal]) -> Iterator[tuple[int, str, Decimal | None]]:
    """Offset, wording and worth of each number word."""
    if pattern := _pattern(language, tuple(extra.items())):
        for match in pattern.finditer(text):
            yield match.start(), match[0], _worth(match[0].lower(), _words(language, tuple(extra.items())))


@lru_cache
def _words(language: str, extra: tuple[tuple[str, Decimal], ...]) -> Mapping[str, Decimal]:
    """What each word is worth."""
    from num2words import CONVERTER_CLASSES, num2words  # here, because it brings every language that it knows

    words = dict(extra)
    if language in CONVERTER_CLASSES:
        for number in (*range(2, 21), *range(30, 101, 10), 1000, 10 ** 6, 10 ** 9):
            spelt = re.split(r"[\s-]", num2words(number, lang=language))
            words |= {word: Decimal(number) for word in spelt if word not in (*_ONES, *words)}
    return words


@lru_cache
def _ordinals() -> Mapping[str, Decimal]:
    from num2words import num2words

    numbers = (*range(4, 21), *range(30, 101, 10), 1000)
    return {num2words(number, to="ordinal").removeprefix("one "): Decimal(number) for number in numbers}


@lru_cache
def _pattern(language: str, extra: tuple[tuple[str, Decimal], ...]) -> re.Pattern[str] | None:
    words = _words(language, extra)
    if not words:
        return None
    listed = _listed(words)
    run = rf"(?:{listed})(?:-?{_MULTIPLE[language]})?" if language in _MULTIPLE else rf"(?:{listed})"
    run += rf"(?:(?:[\s-]|(?<=hundred) and |(?<=thousand) and )(?:{listed})|-(?:{_listed(_ONES)}))*"
    starts = "".join(map(re.escape, sorted({word[0] for word in (*words, *_ONES, *_SMALL, *_ENGLISH, *_ordinals())})))
    # Most places of a text begin no such word, and are left at once.
    return re.compile(rf"(?=[{starts}])\b(?:{_english(run) if language == 'en' else run})\b", re.IGNORECASE)


def _english(run: str) -> str:
    """Fractions, shares, ordinals and plurals around the cardinals."""
    ordinals, many = _listed(_ordinals()), _listed(_LARGE)
    part = rf"(?:(?:an?|one|{run})[\s-](?:third|quarter|{ordinals})s?)"
    share = rf"(?:one|{run}) per\s?cent"
    return "|".join((
        rf"(?:{part}|half) of {share}", rf"(?:one|{run}) in {run}", share, part, r"(?:thirds|quarters) of",
        rf"(?:{many})s(?: of (?:{many})s)*", rf"{run}(?:[\s-](?:first|second|third|{ordinals}))?", rf"(?:{ordinals})"))


def _listed(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _worth(text: str, words: Mapping[str, Decimal]) -> Decimal | None:
    for joint, sign in ((" of ", 1), (" in ", -1)):
        if joint in text:
            first, _, second = text.partition(joint)
            one, other = _worth(first, words), _worth(second, words)
            return one * (other if sign > 0 else 1 / other) if one is not None and other else None
    if match := re.fullmatch(r"(.+) per\s?cent", text):
        number = _worth(match[1], words)
        return None if number is None else number / 100
    if match := re.fullmatch(rf"(.+)[\s-](third|quarter|{_listed(_ordinals())})s?", text):
        number = _worth(match[1], words)
        under = {"third": Decimal(3), "quarter": Decimal(4)}.get(match[2]) or _ordinals()[match[2]]
        return None if number is None else number / under
    return _added(re.split(r"[\s-]", text), words)


def _added(spelt: list[str], words: Mapping[str, Decimal]) -> Decimal | None:
    """Two hundred and five: each hundred multiplies, each thousand closes what came before."""
    total, section = Decimal(0), Decimal(0)
    for word in spelt:
        stem = next((word.removesuffix(end) for end in _MULTIPLE.values() if word.removesuffix(end) in words), word)
        value = words.get(stem, _ordinals().get(stem, Decimal(_SMALL[stem]) if stem in _SMALL else None))
        if stem in ("and", *_MULTIPLE.values()):
            continue
        if value is None:
            return None
        if value >= 1000:
            total, section = total + (section or 1) * value, Decimal(0)
        else:
            section = (section or 1) * value if value == 100 else section + value
    return total + section
