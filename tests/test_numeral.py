"""Numerals are found and read, in digits and in the words of a language."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest

from tally import numeral

EXTRA = {"half": Decimal("0.5"), "twice": Decimal(2), "dozen": Decimal(12)}


def read(text, language, script):
    return [(one.text, one.value and float(round(one.value, 6))) for one in numeral.find(text, language, script, EXTRA)]


@pytest.mark.parametrize(("text", "found"), [
    ("8,274", [("8,274", 8274)]), ("32.9%", [("32.9%", 0.329)]), ("5 per cent", [("5", 0.05)]), ("3bn", [("3bn", 3e9)]),
    ("½", [("½", 0.5)]), ("⑭", [("⑭", 14)]), ("&frac34;", [("&frac34;", 0.75)]), ("٣٤", [("٣٤", 34)]),
    ("twenty-one", [("twenty-one", 21)]), ("two hundred and five", [("two hundred and five", 205)]),
    ("four-fifths", [("four-fifths", 0.8)]), ("a tenth of one per cent", [("a tenth of one per cent", 0.001)]),
    ("one in six", [("one in six", 0.166667)]), ("An eighth", [("An eighth", 0.125)]), ("a third", [("a third", 0.333333)]),
    ("eightfold", [("eightfold", 8)]), ("twice", [("twice", 2)]),
    ("tens of thousands", [("tens of thousands", None)]), ("three and four", [("three", 3), ("four", 4)]),
    ("fourteenth", [("fourteenth", 14)]), ("the third one, in km² and CO₂, of G20 and B2B", [])])
def test_english(text, found):
    assert read(text, "en", "latin") == found


@pytest.mark.parametrize(("text", "found"), [
    ("三成", [("三成", 0.3)]), ("兩成半", [("兩成半", 0.25)]), ("百分之三十", [("百分之三十", 0.3)]), ("千分之一", [("千分之一", 0.001)]),
    ("三分二", [("三分二", 0.666667)]), ("翻了三番", [("翻了三番", 8)]), ("二千三百家", [("二千三百", 2300)]), ("一萬二千人", [("一萬二千", 12000)]),
    ("捌仟家", [("捌仟", 8000)]), ("3 成", [("3", 0.3)]), ("58 億", [("58", 5.8e9)]), ("一半", [("一半", 0.5)]), ("一倍", [("一", 1)]),
    ("第一，其一，一個，兩地，兩組", [])])
def test_chinese(text, found):
    assert read(text, "zh", "han") == found


def test_german_multiples_and_french_cardinals():
    assert read("zweifach", "de", "latin") == [("zweifach", 2)]
    assert read("trois villes", "fr", "latin") == [("trois", 3)]


def test_every_character_that_is_a_number_by_itself_is_found():
    single = [char for char in map(chr, range(0x20000)) if unicodedata.category(char) in ("No", "Nl") and char != "〇"]
    assert [char for char in single if read(f" {char} ", "de", "latin") == []] == []
    assert len(single) > 1000
