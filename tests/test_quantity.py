"""Quantities: exact numbers, ranges that enclose, periods of five kinds."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tally.quantity import Amount, Mismatch, Period, Range, dimension, ends, legible, name_dimension, rounded, span

NUMBERS = st.decimals(min_value=-10**6, max_value=10**6, places=3)
INSIDE = st.decimals(min_value=0, max_value=1, places=2)
INTERVALS = st.tuples(NUMBERS, NUMBERS).map(sorted).map(lambda both: Amount(*both))


def point(interval, part):
    return Amount.of(interval.low + (interval.high - interval.low) * part)


def encloses(interval, one):
    slack = abs(one.low) * Decimal("1e-24")
    return interval.low - slack <= one.low <= interval.high + slack


@given(INTERVALS, INTERVALS, INSIDE, INSIDE)
def test_sums_differences_and_products_enclose_every_pair_inside(left, right, one, other):
    a, b = point(left, one), point(right, other)
    assert encloses(left + right, a + b)
    assert encloses(left - right, a - b)
    assert encloses(left * right, a * b)
    assert encloses(-left, -a)
    assert encloses(abs(left), abs(a))


@given(INTERVALS, INTERVALS, INSIDE, INSIDE)
def test_quotients_enclose_every_pair_inside(left, right, one, other):
    assume(right.low > 0 or right.high < 0)
    assert encloses(left / right, point(left, one) / point(right, other))


@given(INTERVALS, INTERVALS, INSIDE, INSIDE)
def test_a_comparison_holds_only_if_it_holds_for_every_pair(left, right, one, other):
    a, b = point(left, one), point(right, other)
    assert not left < right or a < b
    assert not left <= right or a <= b
    assert not left > right or a > b
    assert not left >= right or a >= b


@given(INTERVALS)
def test_a_size_is_never_negative(interval):
    assert abs(interval).low >= 0


def test_a_range_around_nought_divides_nothing():
    with pytest.raises(ZeroDivisionError):
        Amount.of(Decimal(1)) / Amount(Decimal(-1), Decimal(1))


@pytest.mark.parametrize("work", [lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a < b, lambda a, b: a == b])
def test_unlike_things_do_not_mix(work):
    with pytest.raises(Mismatch, match="usd and people cannot be"):
        work(Amount.of(Decimal(1), dimension=dimension("usd")), Amount.of(Decimal(1), dimension=dimension("people")))


def test_products_and_quotients_carry_their_dimension():
    money, area = Amount.of(Decimal(6), dimension=dimension("cny")), Amount.of(Decimal(2), dimension=dimension("km2"))
    assert name_dimension((money / area).dimension) == "cny/km2"
    assert (money / area * area).dimension == dimension("cny")


def test_a_figure_is_no_condition():
    with pytest.raises(TypeError, match="neither true nor false"):
        bool(Amount.of(Decimal(1)))


@pytest.mark.parametrize(("base", "name"), [("ratio", "a plain ratio"), ("usd", "usd"), ("cny/km2", "cny/km2"),
                                            ("people*years", "people*years"), ("km2/km2", "a plain ratio"), ("1/s", "1/s")])
def test_a_base_unit_names_its_dimension(base, name):
    assert name_dimension(dimension(base)) == name


@pytest.mark.parametrize(("number", "digits", "result"), [
    ("2.5", 0, "3"), ("-2.5", 0, "-3"), ("60.525", 2, "60.53"), ("1250", -2, "1300"), ("-0.04", 1, "0.0"),
    ("5.864", 3, "5.864"), ("123456789012345678901234567890.55", 1, "123456789012345678901234567890.6")])
def test_numbers_are_rounded_half_up(number, digits, result):
    assert format(rounded(Decimal(number), digits), "f") == result


@given(NUMBERS, st.integers(0, 3))
def test_rounding_moves_a_number_by_half_a_step_at_most(number, digits):
    assert abs(rounded(number, digits) - number) <= Decimal("0.5").scaleb(-digits)


def test_a_range_of_one_number_is_that_number():
    assert span(Decimal(2), Decimal("2.0")) == Decimal(2)
    assert ends(Range(Decimal(1), Decimal(2))) == (1, 2)


@pytest.mark.parametrize(("text", "grain", "start", "end"), [
    ("2022", "year", date(2022, 1, 1), date(2022, 12, 31)),
    ("2021-H1", "half", date(2021, 1, 1), date(2021, 6, 30)),
    ("2021-H2", "half", date(2021, 7, 1), date(2021, 12, 31)),
    ("2023-Q3", "quarter", date(2023, 7, 1), date(2023, 9, 30)),
    ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29)),
    ("2021-09-06", "day", date(2021, 9, 6), date(2021, 9, 6))])
def test_a_period_has_its_first_and_last_day(text, grain, start, end):
    period = Period.parse(text)
    assert (period.grain, period.start, period.end) == (grain, start, end)


@pytest.mark.parametrize("text", ["", "22", "2021-H3", "2021-Q0", "2021-00", "2021-13", "2021-02-30", "2021-02-00",
                                  "2021-1", "2021/02", " 2021", "２０２１", "0000"])
def test_what_is_no_period_is_refused(text):
    with pytest.raises(ValueError):
        Period.parse(text)


@given(st.text("0123456789-HQ ", max_size=12))
def test_a_text_is_a_period_or_a_value_error(text):
    try:
        period = Period.parse(text)
    except ValueError:
        return
    assert period.text == text and period.start <= period.end


@given(st.dates(date(1, 1, 1), date(9998, 12, 31)))
def test_the_periods_around_a_day_hold_it(day):
    texts = [f"{day.year:04}", f"{day.year:04}-H{1 + (day.month > 6)}", f"{day.year:04}-Q{(day.month + 2) // 3}", f"{day.year:04}-{day.month:02}", day.isoformat()]
    assert all(Period.parse(text).start <= day <= Period.parse(text).end for text in texts)


@given(st.dates(date(1, 1, 1), date(9998, 12, 31)))
def test_quarters_follow_one_another_without_a_gap(day):
    period = Period.parse(f"{day.year:04}-Q{(day.month + 2) // 3}")
    after = period.end + timedelta(days=1)
    assert Period.parse(f"{after.year:04}-Q{(after.month + 2) // 3}").start == after


@pytest.mark.parametrize(("number", "printed", "shown"), [
    ("0.68103", "1", "0.681"), ("0.060281", "0.06", "0.0603"), ("2.0014", "3", "2"), ("28.9", "28.9", "28.9"),
    ("11500", "10000", "11500"), ("2726.333", "2800", "2726.3"), ("60.5265", "60.57", "60.53"), ("0", "1", "0"), ("1E+4", "1", "10000")])
def test_a_result_has_three_digits_and_no_idle_noughts(number, printed, shown):
    assert str(legible(Decimal(number), Decimal(printed))) == shown


def test_a_range_is_made_legible_at_both_ends():
    assert legible(Range(Decimal("1.2345"), Decimal("2.50")), Decimal(3)) == Range(Decimal("1.23"), Decimal("2.5"))
