"""Verdicts: the rules by themselves, on a tiny site, and on the claims of the paper."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally import formula, verdict
from tally.book import Book, Cell
from tally.model import Unit
from tally.quantity import Period, Range
from tests import tiny

FIGURES = st.decimals(min_value="0.01", max_value=1_000_000, places=2)
QUALIFIERS = st.sampled_from(["exact", "about", "over", "nearly", "under"])
WORSE = {name: index for index, name in enumerate(verdict.OUTCOMES)}


def judged(printed, qualifier, recomputed):
    return verdict.outcome(Decimal(str(printed)), qualifier, Decimal(str(recomputed)))


# ---- rules


@pytest.mark.parametrize(("printed", "qualifier", "recomputed", "expected"), [
    ("7.21", "exact", "7.2127", "tallies"), ("7", "exact", "7.0097", "tallies"), ("8", "exact", "8.0804", "tallies"),
    ("60.57", "exact", "60.526", "close"), ("100", "exact", "104.9", "close"), ("100", "exact", "105", "off"),
    ("365", "exact", "256.52", "off"), ("7.20", "exact", "7.204", "tallies"), ("7.20", "exact", "7.21", "close"),
    ("6", "about", "6.30", "qualified"), ("2800", "about", "2750", "qualified"), ("2800", "about", "2726", "close"),
    ("1000", "about", "1099", "qualified"), ("1000", "about", "1499", "off"),
    ("5", "over", "5.7", "qualified"), ("5", "over", "5", "close"), ("903", "over", "903.05", "qualified"),
    ("2000", "over", "2999", "qualified"), ("2000", "over", "5879", "off"), ("58.6", "over", "58.64", "qualified"),
    ("80", "under", "79.5", "qualified"), ("80", "under", "69", "off"), ("80", "under", "80", "close"),
    ("1", "nearly", "0.95", "qualified"), ("1", "nearly", "1", "close"), ("1", "nearly", "0.68", "off"),
    ("0", "exact", "0", "tallies"), ("0", "exact", "1", "off"),
])
def test_outcome(printed, qualifier, recomputed, expected):
    assert judged(printed, qualifier, recomputed) == expected


@given(FIGURES)
def test_a_figure_tallies_with_itself(figure):
    assert verdict.outcome(figure, "exact", figure) == "tallies"
    assert verdict.outcome(figure, "about", figure) == "qualified"


@given(FIGURES, FIGURES)
def test_a_qualifier_is_never_borne_out_from_its_wrong_side(printed, recomputed):
    wrong = {"over": recomputed <= printed, "under": recomputed >= printed, "nearly": recomputed >= printed}
    for qualifier, wrongly in wrong.items():
        assert not wrongly or verdict.outcome(printed, qualifier, recomputed) in ("close", "off")


@given(FIGURES, FIGURES)
def test_an_exact_figure_is_never_merely_qualified(printed, recomputed):
    assert verdict.outcome(printed, "exact", recomputed) in ("tallies", "close", "off")


@given(FIGURES, st.decimals(min_value=0, max_value=1_000_000, places=3), FIGURES)
def test_further_off_is_never_better(printed, one, other):
    near, far = sorted((one, other), key=lambda value: abs(value - printed))
    if (near - printed) * (far - printed) >= 0:
        assert WORSE[verdict.outcome(printed, "exact", near)] <= WORSE[verdict.outcome(printed, "exact", far)]


@given(FIGURES, st.decimals(min_value=0, max_value=2_000_000, places=3), QUALIFIERS)
def test_five_per_cent_parts_close_from_off(printed, recomputed, qualifier):
    found = verdict.outcome(printed, qualifier, recomputed)
    near = abs(recomputed - printed) < printed / 20
    assert found != ("off" if near else "close")


@given(st.integers(1, 999), st.integers(0, 4), st.integers(0, 4), QUALIFIERS, FIGURES)
def test_the_unit_does_not_matter_to_a_whole_number(digits, noughts, unit, qualifier, share):
    printed, recomputed = Decimal(digits).scaleb(noughts), digits * share
    bigger = verdict.outcome(Decimal(format(printed.scaleb(unit), "f")), qualifier, recomputed.scaleb(unit))
    here = verdict.outcome(Decimal(format(printed, "f")), qualifier, recomputed)
    # An exact whole number is meant to its last digit, noughts too, and a smaller unit shows more of them.
    assert bigger == here or (qualifier == "exact" and {bigger, here} == {"tallies", "close"})


def test_a_range_is_as_good_as_its_worse_end():
    printed = Range(Decimal(30), Decimal(50))
    assert verdict.outcome(printed, "exact", printed) == "tallies"
    assert verdict.outcome(printed, "exact", Range(Decimal(30), Decimal(51))) == "close"
    assert verdict.outcome(printed, "exact", Range(Decimal(20), Decimal(50))) == "off"
    assert verdict.outcome(printed, "exact", Decimal(30)) == "off"


def test_dates_agree_where_one_lies_within_the_other():
    year, month, day = map(Period.parse, ("2021", "2021-09", "2021-09-06"))
    for one, other in ((year, month), (month, day), (day, year), (day, day)):
        assert verdict._dates(one, other) == verdict._dates(other, one) == "tallies"
    assert verdict._dates(month, Period.parse("2021-10")) == "contradicts"
    assert verdict._dates(Period.parse("2021-H1"), Period.parse("2021-Q2")) == "tallies"
    with pytest.raises(formula.Unsound):
        verdict._dates(year, Decimal(2021))


# ---- two printed figures


def compared(one, other):
    """Two figures, each as number, unit, qualifier and kind."""
    units = {symbol: Unit.model_validate({"base": "firms", "factor": factor, "name": {}, "show": {}})
             for symbol, factor in (("家", 1), ("萬家", 10000))}
    cells = {name: Cell(name=name, label={}, row_label={}, column_label=None, content=Decimal(number), unit=unit,
                        qualifier=qualifier, measure=kind, period=None, role="plain", place=None, source=None,
                        note=None, formula=None, uses=(), digits=None)
             for name, (number, unit, qualifier, kind) in (("a.one", one), ("a.other", other))}
    return verdict._compare("a.one", "a.other", Book(cells, units))


@pytest.mark.parametrize(("one", "other", "expected"), [
    (("10000", "家", "exact", None), ("1", "萬家", "exact", None), "tallies"),
    (("1", "萬家", "over", None), ("1", "萬家", "over", None), "tallies"),
    (("1", "萬家", "over", None), ("11500", "家", "exact", None), "qualified"),
    (("8000", "家", "exact", None), ("8274", "家", "exact", None), "close"),
    (("11500", "家", "exact", None), ("8274", "家", "exact", None), "contradicts"),
    (("2000", "家", "over", None), ("5879", "家", "exact", None), "contradicts"),
    (("10000", "家", "exact", "cumulative"), ("10000", "家", "exact", "level"), "contradicts"),
    (("10000", "家", "exact", "cumulative"), ("10000", "家", "exact", "cumulative"), "tallies"),
    (("10000", "家", "exact", "cumulative"), ("10000", "家", "exact", None), "tallies"),
])
def test_two_printed_figures(one, other, expected):
    assert compared(one, other) == compared(other, one) == expected


# ---- the tiny site


def test_a_test_of_another_kind_is_a_problem_at_the_claim():
    path = "data/claims/book.yaml"
    wrong = tiny.changed(path, "formula: count(solids.*.faces)", "formula: max(solids.*.angles)")
    assert any(line.startswith(f"{path}:2:") and "another kind of quantity" in line for line in tiny.complaints(wrong))


# ---- the claims of the paper


@pytest.fixture(scope="module")
def verdicts(paper):
    return paper.verdicts


@pytest.mark.parametrize(("claim", "expected"), [
    ("added-firms", "close"), ("density-qianhai", "close"), ("hk-firms-2022", "close"),
    ("services-growth", "off"), ("capital-per-firm", "off"), ("global-providers", "off"), ("horizon", "off"),
    ("hk-firms-2021-target", "off"),
    ("hk-firms-2021", "contradicts"), ("insured", "contradicts"), ("foreign-capital", "contradicts"),
    ("share-2021", "qualified"), ("share-2023", "qualified"), ("firm-growth", "qualified"),
    ("vacancy-gap", "qualified"), ("gdp-2021", "qualified"), ("hk-firms-over", "qualified"),
    ("density-city", "tallies"), ("job-growth", "tallies"), ("target-jobs", "tallies"), ("target-firms", "tallies"),
    ("vacancy", "tallies"), ("vacancy-highest", "tallies"),
    ("documents-count", "tallies"), ("years-of-growth", "tallies"), ("eightfold", "tallies"),
    ("original-area", "tallies"), ("founded", "tallies"),
    ("enlarged-date", "tallies"), ("foreign-firms", "tallies"), ("guangdong-slower", "tallies"),
    ("active-institutions", "tallies"), ("active-professionals", "tallies"),
    ("exchange-rate", "unchecked"), ("large-firms", "unchecked"), ("foreign-capital-target", "unchecked"),
])
def test_a_claim_of_the_paper(verdicts, claim, expected):
    assert verdicts[claim].outcome == expected


def test_what_recomputation_gives(verdicts):
    shown = {id: round(one.recomputed, 2) for id, one in verdicts.items() if isinstance(one.recomputed, Decimal)}
    assert shown["added-firms"] == 2726
    assert shown["capital-per-firm"] == Decimal("256.52")
    assert shown["density-qianhai"] == Decimal("60.53")
    assert shown["services-growth"] == Decimal("0.68")
    assert shown["years-of-growth"] == Decimal("13.33")
    assert shown["horizon"] == 2


def test_no_claim_is_checked_against_itself(verdicts):
    for one in verdicts.values():
        if one.claim.formula:
            assert one.printed.name not in one.uses[1:], f"{one.id} is recomputed from itself"
        assert one.claim.against != one.claim.printed


def test_what_does_not_tally_says_why(verdicts):
    for one in verdicts.values():
        assert one.claim.why if one.outcome == "unchecked" else one.claim.finding, one.id


def test_the_count_is_of_all_claims(paper):
    count = verdict.count(paper.verdicts.values())
    assert tuple(count) == verdict.OUTCOMES
    assert sum(count.values()) == len(paper.verdicts) >= 40
    assert count["unchecked"] < len(paper.verdicts) / 3
