"""Notation: the same figure in each language, with the digits that were printed."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally.notation import Style, spaced
from tally.quantity import Period, Range
from tests.tiny import checked, notation, paper

ZH, EN = notation("zh"), notation("en")
FR, DE = checked("solids").voices["fr"].notation, checked("solids").voices["de"].notation
PERCENT = ("%", "成", "倍增幅")


@pytest.mark.parametrize(("number", "unit", "zh", "en"), [
    ("58.64", "億美元", "58.64 億美元", "US$5.864 billion"),
    ("525.5", "萬人次", "525.5 萬人次", "5.255 million passenger trips"),
    ("1022.5", "億元", "1,022.5 億元", "RMB 102.25 billion"),
    ("1000", "萬人次", "1,000 萬人次", "10 million passenger trips"),
    ("16297.60", "億元", "16,297.60 億元", "RMB 1.629760 trillion"),
    ("13.57", "萬億元", "13.57 萬億元", "RMB 13.57 trillion"),
    ("1", "萬家", "1 萬家", "10,000 firms"),
    ("2", "成", "2 成", "20%"),
    ("1", "家", "1 家", "1 firm"),
    ("28.9", "%", "28.9%", "28.9%"),
    ("0", "億元", "0 億元", "RMB 0"),
    ("-5.5", "億美元", "−5.5 億美元", "US$−550 million"),
])
def test_one_figure_reads_in_both_languages(number, unit, zh, en):
    assert ZH.quantity(Decimal(number), unit) == zh
    assert EN.quantity(Decimal(number), unit) == en


def test_each_language_has_its_own_names_for_the_others():
    assert (ZH.called("en"), EN.called("zh-Hant-HK"), FR.called("de"), DE.called("fr")) == ("英文", "Chinese", "allemand", "Französisch")
    assert EN.called("x-unknown") == "x-unknown"


def test_a_range_names_its_unit_and_magnitude_once():
    both = Range(Decimal(280), Decimal(320))
    assert ZH.quantity(both, "億美元") == "280 至 320 億美元"
    assert EN.quantity(both, "億美元") == "US$28 to 32 billion"
    assert EN.quantity(both, "億美元", style=Style(dash=True)) == "US$28–32 billion"


def test_a_range_of_percentages_has_the_sign_where_the_language_wants_it():
    both, nbsp = Range(Decimal("172.7"), Decimal("354.5")), "\xa0"
    assert (ZH.quantity(both, "%"), EN.quantity(both, "%")) == ("172.7% 至 354.5%", "172.7% to 354.5%")
    part = Range(Decimal("0.6"), Decimal("0.8"))
    assert (FR.quantity(part, "share"), DE.quantity(part, "share")) == (f"de 60 à 80{nbsp}%", f"60 bis 80{nbsp}%")
    assert EN.quantity(Range(Decimal("-7.2"), Decimal(0)), "%", style=Style(dash=True)) == "−7.2% to 0%"
    assert EN.quantity(both, "%", style=Style(dash=True)) == "172.7–354.5%"
    assert EN.quantity(both, "%", style=Style(unit=False)) == "172.7 to 354.5"
    assert EN.quantity(Range(Decimal(3), Decimal(3)), "%") == "3%"


@pytest.mark.parametrize(("qualifier", "zh", "en"), [
    ("exact", "2,000 人", "2,000 people"), ("about", "約 2,000 人", "about 2,000 people"),
    ("over", "逾 2,000 人", "more than 2,000 people"), ("nearly", "近 2,000 人", "nearly 2,000 people"),
    ("under", "不足 2,000 人", "less than 2,000 people")])
def test_a_qualifier_stands_with_its_figure(qualifier, zh, en):
    assert ZH.quantity(Decimal(2000), "人", qualifier) == zh
    assert EN.quantity(Decimal(2000), "人", qualifier) == en


@pytest.mark.parametrize(("style", "text"), [
    (Style(unit=False), "about 2,726.5"), (Style(qualifier=False), "2,726.5 people"), (Style(digits=0), "about 2,727 people"),
    (Style(signed=True), "about +2,726.5 people"), (Style(unit=False, qualifier=False), "2,726.5")])
def test_a_style_changes_the_writing(style, text):
    assert EN.quantity(Decimal("2726.5"), "人", "about", style) == text


def test_a_size_has_no_sign():
    assert EN.quantity(Decimal(-500), "人", style=Style(size=True)) == "500 people"


@pytest.mark.parametrize(("text", "zh", "en"), [
    ("2022", "2022 年", "2022"), ("2021-H1", "2021 年上半年", "first half of 2021"), ("2023-Q3", "2023 年第 3 季", "3rd quarter 2023"),
    ("2010-08", "2010 年 8 月", "August 2010"), ("2021-09-06", "2021 年 9 月 6 日", "6 September 2021")])
def test_a_period_is_written_in_the_languages_own_form(text, zh, en):
    assert (ZH.period(Period.parse(text)), EN.period(Period.parse(text))) == (zh, en)


def test_han_and_latin_are_set_apart():
    assert spaced("2021年9月6日，GDP的60%增") == "2021 年 9 月 6 日，GDP 的 60% 增"


def test_other_languages_need_no_code():
    assert FR.quantity(Decimal("0.6"), "share") == "60\xa0%"
    assert DE.quantity(Decimal("1234.5"), "part") == "1.234,5"
    assert FR.quantity(Decimal("1234.5"), "part") == "1\u202f234,5"
    assert FR.period(Period.parse("1482-05-25")) == "25 mai 1482"


def printed(text, language, pattern):
    """A written figure back in the unit's base, by the language's own words."""
    text = text.replace(",", "").replace("−", "-")
    number = Decimal(re.search(r"-?\d+(\.\d+)?", text)[0])
    words = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
    power = sum(words[word] for word in words if re.search(rf"\d {word}", text)) if language == "en" else 0
    return number.scaleb(power) / (100 if pattern.number == "percent" else 1)


UNITS = paper()[0].units


@given(st.decimals(min_value=Decimal("-99999999"), max_value=Decimal("99999999"), places=2) | st.integers(-10**8, 10**8).map(Decimal), st.sampled_from(sorted(UNITS)))
def test_a_figure_read_back_from_either_language_is_the_figure(number, symbol):
    unit = UNITS[symbol]
    for one in (ZH, EN):
        pattern = unit.show[one.id]
        back = printed(one.quantity(number, symbol), one.id, pattern)
        assert back * (unit.factor if pattern.number == "unit" else 1) == number * unit.factor


@given(st.integers(0, 10**6), st.integers(0, 4))
def test_the_unit_as_printed_keeps_the_digits_as_printed(digits, places):
    number = Decimal(digits).scaleb(-places)
    assert ZH.quantity(number, "億元").removesuffix(" 億元").replace(",", "") == f"{number:f}"


@pytest.mark.parametrize(("unit", "largest", "zh", "en"), [
    ("億美元", "3e10", "1e8", "1e9"), ("萬人次", "1e7", "1e4", "1e6"), ("%", "0.3", "0.01", "0.01"), ("家", "1e4", "1", "1")])
def test_an_axis_counts_what_its_language_counts(unit, largest, zh, en):
    assert ZH.axis(UNITS[unit], Decimal(largest)) == Decimal(zh)
    assert EN.axis(UNITS[unit], Decimal(largest)) == Decimal(en)


def test_the_scale_of_an_axis_follows_the_figure():
    voice = notation("en")
    unit = voice.units["億美元"]
    assert voice.scale(unit, Decimal("320")) == "US$ billion"
    assert voice.scale(unit, Decimal("0.32")) == "US$ million"
    assert notation("zh").scale(unit, Decimal("320")) == "億美元"
