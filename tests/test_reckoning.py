"""Reckonings: formulas as readers see them, in figures and as code."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from tally import reckoning
from tests import tiny


@pytest.mark.parametrize(("text", "told"), [
    ("a.one < a.two", "1 &lt; 2"), ("a.one >= 2 * a.two", "1 ≥ 2 × 2"), ("a.one - a.two / 3", "1 − 2 ÷ 3"),
    ("a.one > 1 and a.two != 3", "1 &gt; 1; 2 ≠ 3"), ("growth(a.one, a.two)", "growth(1, 2)"), ("a.one < 5[<b>]", "1 &lt; 5[&lt;b&gt;]")])
def test_figures_and_signs_stand_in_place_of_names_and_typing(text, told):
    assert reckoning.figured(text, "; ", lambda name: Markup({"a.one": "1", "a.two": "2"}[name])) == told


def test_code_breaks_at_dots_and_spaces_and_never_inside_a_name():
    assert reckoning.code("vacancy.qianhai.2023-q3 = max(vacancy.*.2023-q3)") == (
        "vacancy.<wbr>qianhai.<wbr>2023-q3 <wbr>= <wbr>max(vacancy.<wbr>*.<wbr>2023-q3)")
    assert reckoning.code("0.5 < a.b") == "0.5 <wbr>&lt; <wbr>a.<wbr>b"


def test_a_pattern_is_told_by_all_that_it_stands_for():
    told = tiny.view("fr/claims/index.html", "fr").figured("count(solids.*.faces)")
    assert told.count("<a ") == told.count("<b>") == 5 and "solids." not in Markup(told).striptags()
