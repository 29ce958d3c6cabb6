"""A numeral: a number in a text, in digits or in words, and what it is worth.

Digits of every script stand here; the numerals of Chinese are `hanzi`'s, number words `cardinal`'s. Which
of them an editor may type is `stray`'s to say, which of them a condition bears out `phrase`'s.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from html import unescape

from tally import cardinal, hanzi


def _spans(codes: Iterable[int]) -> str:
    """Characters for a set in a pattern, neighbours as one span: a pattern tries a thousand single ones one by one."""
    spans: list[list[int]] = []
    for code in codes:
        if spans and spans[-1][1] == code - 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in spans)


_SINGLE = _spans(ord(char) for char in filter(str.isnumeric, map(chr, range(0x20000)))
                 if unicodedata.category(char) in ("No", "Nl") and char != "〇")
"""Characters that are a number by themselves: ½ ③ ⑭ ㈢ Ⅷ."""
_CURRENCY = "|".join(f"(?<={code})" for code in ("RMB", "USD", "HKD", "CNY", "EUR", "GBP"))
_DIGITS = re.compile(
    rf"(?=[\d&{_SINGLE}])"  # most places of a text begin no number, and are left at once
    rf"(?:(?:(?<![\dA-Za-z])|{_CURRENCY})(?!\d[GD]\b)\d(?:[\d,，.．]*\d)?(?:\s?(?:[%％]|(?:bn|tn|m|k|km|pc|x)(?![A-Za-z]))|[A-Za-z]+)?"
    rf"|(?<![A-Za-zμ])[{_SINGLE}]+|&#?\w+;)")
_SCALES = {"k": 3, "m": 6, "bn": 9, "tn": 12}


@dataclass(frozen=True)
class Numeral:
    """A number as it stands in a text; `value` is None where its worth is not plain."""

    offset: int
    text: str
    value: Decimal | None


def find(text: str, language: str, script: str, extra: Mapping[str, Decimal]) -> list[Numeral]:
    """Every numeral of a text, in order; `extra` are number words that the site adds."""
    found = [Numeral(match.start(), match[0].strip(), _worth(match[0], text[match.end():match.end() + 12]))
             for match in _DIGITS.finditer(text) if _numeric(match[0])]
    taken = {place for one in found for place in range(one.offset, one.offset + len(one.text))}
    words = hanzi.find(text) if script == "han" else cardinal.find(text, language, extra)
    found += [Numeral(offset, word, value) for offset, word, value in words if offset not in taken]
    return sorted(found, key=lambda one: one.offset)


def _numeric(text: str) -> bool:
    """An entity such as &frac12; is a number where the character that it stands for is one."""
    return not text.startswith("&") or any(char.isnumeric() for char in unescape(text))


def _worth(text: str, after: str) -> Decimal | None:
    """What digits are worth with what stands behind them: 5m, 3 成, 30 per cent."""
    if not text[0].isdecimal():
        single = unescape(text)
        return Decimal(str(unicodedata.numeric(single))) if len(single) == 1 and single.isnumeric() else None
    plain = "".join(str(unicodedata.decimal(char, char)) for char in unicodedata.normalize("NFKC", text)).replace(",", "")
    match = re.match(r"\d+(?:\.\d+)?", plain)
    assert match
    value, tail = Decimal(match[0]), plain[match.end():].strip() + after
    if re.match(r"%|\s?per\s?cent|\s?個?百分點", tail):
        return value / 100
    if scale := re.match(r"(k|m|bn|tn)\b", tail):
        return value.scaleb(_SCALES[scale[1]])
    for char in tail.lstrip():
        if char not in hanzi.SCALES:
            break
        value *= hanzi.SCALES[char]
    return value
