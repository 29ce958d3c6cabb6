"""Formulas: exact arithmetic with dimensions, and nothing else."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally import formula
from tally.formula import Unsound
from tally.quantity import Amount, dimension

CELLS = {
    "t.firms.2022": Amount.of(Decimal(8274), dimension=dimension("firms")),
    "t.firms.2025": Amount.of(Decimal(11000), dimension=dimension("firms")),
    "t.capital.2022": Amount.of(Decimal("58.64"), dimension=dimension("usd")),
    "t.capital.2025": Amount(Decimal(280), Decimal(320), dimension("usd")),
    "t.capital.2025.from": Amount.of(Decimal(280), dimension=dimension("usd")),
    "t.none.2022": Amount.of(Decimal(0)),
    "s.rate": Amount.of(Decimal("0.289")),
}
UNITS = {"家": (Decimal(1), dimension("firms")), "億美元": (Decimal(1), dimension("usd")), "人": (Decimal(1), dimension("people"))}
COLUMN = [Amount.of(Decimal(n)) for n in (3, 1, 4, 1, 5)]


def known(name, names):
    """What is called so; that a name is declared was checked before."""
    if name not in names:
        raise Unsound(f"{name} is not declared")
    return names[name]


def worked(text):
    return formula.evaluate(text, lambda name: COLUMN if "*" in name else known(name, CELLS), lambda unit: known(unit, UNITS))


def exactly(text):
    result = worked(text)
    assert result.low == result.high
    return result.low


@pytest.mark.parametrize(("text", "result"), [
    ("t.firms.2025 - t.firms.2022", "2726"),
    ("0.1 + 0.2", "0.3"),
    ("16297.60 * 1", "16297.60"),
    ("0.10000000000000000001 * 10", "1.0000000000000000001"),
    ("30% + 1", "1.3"),
    ("(2 + 3) * 4 / 8", "2.5"),
    ("-s.rate", "-0.289"),
    ("change(t.firms.2022, t.firms.2025)", "2726"),
    ("growth(2, 3)", "0.5"),
    ("share(1, 4)", "0.25"),
    ("gap(28.9%, 23.2%)", "0.057"),
    ("cagr(1, 8, 3)", "1"),
    ("rank(4, x.*.y)", "2"),
    ("max(x.*.y)", "5"),
    ("min(2, 3)", "2"),
    ("sum(x.*.y)", "14"),
    ("count(x.*.y)", "5"),
    ("abs(1 - 3)", "2"),
    ("t.capital.2025.from - t.capital.2022 + 0[億美元]", "221.36"),
])
def test_a_calculation_is_exact(text, result):
    assert exactly(text) == Decimal(result)


def test_a_range_stays_a_range():
    result = worked("growth(t.capital.2022, t.capital.2025)")
    assert (round(result.low, 4), round(result.high, 4)) == (Decimal("3.7749"), Decimal("4.4570"))


@pytest.mark.parametrize(("text", "truth"), [
    ("t.firms.2025 > t.firms.2022", True),
    ("t.firms.2025 > 11000[家]", False),
    ("t.firms.2025 = 11000[家]", True),
    ("t.firms.2025 != 11000[家]", False),
    ("s.rate < 30% and s.rate > 20%", True),
    ("s.rate > 30% or not s.rate > 30%", True),
    ("20% < s.rate < 30%", True),
    ("t.capital.2025 >= 280[億美元]", True),
    ("t.capital.2025 > 320[億美元]", False),
    ("not t.capital.2025 > 320[億美元]", True),
])
def test_a_condition_is_true_or_false(text, truth):
    assert worked(text) is truth


@pytest.mark.parametrize(("text", "why"), [
    ("t.capital.2025 > 300[億美元]", "a range reaches to both sides"),
    ("not t.capital.2025 > 300[億美元]", "a range reaches to both sides"),
    ("t.capital.2025 = 300[億美元]", "a range reaches to both sides"),
    ("t.firms.2022 + t.capital.2022", "firms and usd cannot be added"),
    ("t.firms.2022 > 3000[人]", "firms and people cannot be compared"),
    ("t.firms.2022 > 3000", "firms and a plain ratio cannot be compared"),
    ("1 / t.none.2022", "divides by zero"),
    ("growth(t.none.2022, 1)", "divides by zero"),
    ("2 ** 3", "cannot be worked out"),
    ("'a' * 3", "is no number"),
    ("True", "is no number"),
    ("1e400", "write digits and a point only"),
    ("1_000", "write digits and a point only"),
    ("[1, 2]", "cannot be worked out"),
    ("max()", "nothing to compare"),
    ("growth(1)", "cannot be worked out"),
    ("cagr(-1, 8, 3)", "cannot be worked out"),
    ("x.*.y > 1", "only figures can be compared"),
    ("not 3", "neither true nor false"),
    ("not " * 900 + "1 > 2", "nested too deeply"),
])
def test_what_cannot_be_worked_out_says_why(text, why):
    with pytest.raises(Unsound, match=why.replace("(", r"\(")):
        worked(text)


@pytest.mark.parametrize(("text", "why"), [
    ("t.firms.2022 +", "is no formula"),
    ("frim", "“frim” is neither a cell's name nor a function; functions: abs, cagr,"),
    ("__import__('os')", "neither a cell's name nor a function"),
    ("(" * 300, "is no formula"),
    ("1 \x00", "is no formula"),
])
def test_what_is_no_formula_says_so(text, why):
    with pytest.raises(Unsound, match=why):
        formula.read(text)


@pytest.mark.parametrize("text", ["t.firms.2022.__class__", "(lambda: 1)()", "[x for x in t.firms.2022]", "growth.__globals__", "print(1)"])
def test_nothing_but_arithmetic_gets_through(text):
    with pytest.raises(Unsound):
        formula.read(text)
        worked(text)


def test_names_and_units_are_listed_in_order():
    read = formula.read("growth(t.hk-firms.2022, t.hk-firms.2025.to) > 30% and vacancy.*.2023-q3 < 3000[人]")
    assert read.names == ("t.hk-firms.2022", "t.hk-firms.2025.to", "vacancy.*.2023-q3")
    assert read.units == ("人",)


def test_a_minus_between_names_wants_spaces():
    assert formula.read("a.b-c").names == ("a.b-c",)
    assert formula.read("a.b - a.c").names == ("a.b", "a.c")


PIECES = st.sampled_from(["t.firms.2022", "s.rate", "x.*.y", "1", "30%", "3[人]", "2.5", "+", "-", "*", "/", "(", ")", ",", ">", "<=", "=", "!=",
                          " and ", " or ", " not ", "growth(", "cagr(", "max(", "abs(", "rank(", "count(", "sum(", "[", "]", ".", "'", "lambda:", "**", "%", ":="])


def tried(text):
    try:
        formula.read(text)
        return worked(text)
    except Unsound:
        return None


@given(st.lists(PIECES, max_size=9).map("".join) | st.text(max_size=20))
def test_any_text_is_worked_out_or_unsound(text):
    result = tried(text)
    assert result is None or not isinstance(result, float)


NUMBERS = st.decimals(min_value=0, max_value=10**6, places=3)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_arithmetic_is_that_of_decimals(a, b, c):
    assert exactly(f"({a} + {b}) * {c} - {a}") == (a + b) * c - a
