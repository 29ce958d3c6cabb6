"""A figure stays true when it is shown with other decimals."""

from __future__ import annotations

import pytest

from tally import rounding, wording
from tally.quantity import Range
from tests.tiny import changed, complaints

FIGURES = "data/figures/euclid.yaml"


@pytest.mark.parametrize(("number", "shown", "qualifier", "passed"), [
    (5.86, 5.9, "over", True), (5.86, 5.8, "over", False), (5.86, 5.8, "under", True), (5.86, 5.9, "under", False),
    (5.86, 5.8, "nearly", True), (5.86, 5.9, "about", False), (5.86, 5.9, "exact", False), (Range(1.26, 3), Range(1.3, 3), "over", True)])
def test_a_limit_is_not_passed(number, shown, qualifier, passed):
    assert rounding.passes(number, shown, qualifier) is passed


def mark(paper, text):
    [reference] = wording.parse(text)
    return rounding.untrue(reference, paper.voices["en"])


def test_more_decimals_than_are_printed_are_refused(paper):
    assert mark(paper, "{{ targets.hk-firms.2022 | digits 2 }}") == (
        "targets.hk-firms.2022 is 8274, and digits 2 shows more decimals than are printed; ask for 0 or none")


def test_fewer_decimals_and_those_of_a_derived_figure_pass(paper):
    assert mark(paper, "{{ targets.hk-firms.growth | digits 2 }}") is None
    assert mark(paper, "{{ density.gdp.qianhai | digits 0 }}") is None


def test_a_limit_rounded_past_itself_is_named_at_its_place():
    broken = changed(FIGURES, "value: 360", "value: 360.4")
    for _ in range(2):
        broken = changed(FIGURES, "{{ euclid.limit | bare }}", "{{ euclid.limit | digits 0 }}", base=broken)
    assert [line.partition(": ")[2] for line in complaints(broken)] == [
        f"figures.missing.note.{language}: euclid.limit is under 360.4, so it is not true that it is under 360; ask for other digits, or write it bare"
        for language in ("fr", "de")]


def test_a_number_in_millions_keeps_the_word_when_its_unit_is_left_out(paper):
    assert paper.voices["en"].plain("RMB {{ density.output.qianhai | number }} a square kilometre") == "RMB 6,057 million a square kilometre"
    assert paper.voices["en"].plain("{{ targets.hk-firms.2022 | number }}") == "8,274"


@pytest.mark.parametrize(("text", "sound"), [
    ("每平方公里 {{ density.output.qianhai | number }} 億元", True), ("每平方公里 {{ density.output.qianhai | number }}。", False),
    ("每平方公里 {{ density.output.qianhai | number }} 萬元", False), ("[[ 高達 {{ density.output.qianhai | number }} | x > 0[億元] ]] 億元", True),
    ("[[ 高達 {{ density.output.qianhai | number }} | x > 0[億元] ]]。", False), ("{{ density.output.qianhai }}。", True),
    ("有 {{ targets.hk-firms.2022 | number }} 間", True), ("前海 {{ density.gdp.qianhai | in 萬億元, number }} 億元", False)])
def test_a_number_without_its_myriads_goes_on_with_them(paper, text, sound):
    [reference] = wording.references(wording.parse(text))
    why = rounding.unscaled(reference, text, paper.voices["zh"])
    assert sound == (why is None)
    assert sound or "which number leaves out; write" in why
