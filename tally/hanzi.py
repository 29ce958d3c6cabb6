"""Numerals in Chinese: where they stand in a text, and what they are worth.

A numeral counts as one before a counter (兩個, 三十多家), with a place in it (二千, 十四指標), as a part
(三成, 百分之一, 三分二) and as a rank (全國第三). A lone 一 is seldom a quantity. Idioms are the site's to name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

_ONES = {char: index % 10 for index, char in enumerate("〇一二三四五六七八九零壹貳叁肆伍陸柒捌玖")} | {"兩": 2, "两": 2, "贰": 2}
_PLACES = {"十": 10, "拾": 10, "廿": 20, "卅": 30, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
MYRIADS = {"萬": 10 ** 4, "万": 10 ** 4, "億": 10 ** 8, "亿": 10 ** 8}
SCALES = {"成": Decimal("0.1"), "十": Decimal(10), "百": Decimal(100), "千": Decimal(1000)} | {char: Decimal(size) for char, size in MYRIADS.items()}
"""What a character behind digits makes of them: 3 成, 5 萬."""

NUMERALS = "".join((*_ONES, *_PLACES, *MYRIADS)) + "半"
_P = "".join((*_PLACES, *MYRIADS))
_N = rf"[{NUMERALS}]"
_FIRST = rf"(?<![第之{NUMERALS}])"
COUNTERS = "家間个個项項倍年天人位名宗份類种種次條座幢層幅張篇戶所萬億元點歲頁處城國省市口番期季週周批棟隻部輪份員"
_LOOSE = r"\s?[餘多幾來]?\s?"
PATTERN = re.compile(
    rf"百分之[{NUMERALS}點]+|{_N}+分之{_N}+|(?<!十){_N}+分(?!一[定些個般])[一二兩三四五六七八九](?![十百])|翻了?{_N}*番"
    rf"|{_FIRST}{_N}+[餘多幾]?成(?:[一二三四五六七八九半])?(?![為立功員本果績長就交])"
    rf"|{_FIRST}(?={_N}{{2}})(?!一半){_N}*[{_P}]{_N}*"
    rf"|{_FIRST}(?!一半)(?:{_N}{{2,}}|[二兩两三四五六七八九十百千萬億半壹貳叁肆柒捌玖廿])(?={_LOOSE}[{COUNTERS}])"
    rf"|{_FIRST}[三四五六七八九](?=[地組])|{_FIRST}(?:半數|過半|一半)|{_FIRST}一(?=[倍萬億年])"
    rf"|(?<=[國球洲省市界])第{_N}+|第{_N}+(?:[家間名人]|[大高低多少快慢](?![學廈會]))")


def find(text: str) -> Iterator[tuple[int, str, Decimal | None]]:
    """Offset, wording and worth of each numeral."""
    for match in PATTERN.finditer(text):
        # 萬 and its like behind a figure only say in what it is counted.
        if not (match[0][0] in _P and text[:match.start()].endswith("  ")):
            yield match.start(), match[0].strip(), _worth(match[0])


def _worth(text: str) -> Decimal | None:
    if text.startswith("百分之"):
        return _number(text[3:]) / 100
    if match := re.fullmatch(rf"({_N}+)分之?({_N}+)", text):
        under = _number(match[1])
        return _number(match[2]) / under if under else None
    if match := re.fullmatch(rf"翻了?({_N}*)番", text):
        return Decimal(2) ** int(_number(match[1] or "一"))
    if match := re.fullmatch(rf"({_N}+)[餘多幾]?成(.?)", text):
        return (_number(match[1]) + (_number(match[2]) / (1 if match[2] == "半" else 10) if match[2] else 0)) / 10
    if text in ("半數", "過半", "一半"):
        return Decimal("0.5")
    match = re.search(rf"{_N}+", text)
    return _number(match[0]) if match else None


def _number(text: str) -> Decimal:
    """三千二百 as a number; digits without places, as in 二〇二二, stand for themselves."""
    if text.isdecimal() or text == "半":
        return Decimal("0.5") if text == "半" else Decimal(text)
    whole, _, part = text.replace("半", "").partition("點")
    total = _placed(whole) if re.search(f"[{_P}]", whole) else int("".join(str(_ONES[char]) for char in whole) or 0)
    return Decimal(f"{total}.{''.join(str(_ONES.get(char, 0)) for char in part) or 0}").normalize()


def _placed(text: str) -> int:
    """Each place takes the digit before it, each myriad all that came before."""
    total = section = one = 0
    for char in text:
        if char in _ONES:
            one = _ONES[char]
        elif char in _PLACES:
            section, one = section + (one or 1) * _PLACES[char], 0
        else:
            total, section, one = total + (section + one or 1) * MYRIADS[char], 0, 0
    return total + section + one
