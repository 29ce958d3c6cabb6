"""A phrase says no number that its condition does not, and its condition can fail."""

from __future__ import annotations

import pytest

from tally import phrase, wording


def faults(paper, text, language):
    [part] = wording.parse(f"[[ {text} ]]")
    return list(phrase.faults(part, paper.voices[language], paper.project.watchwords[language]))


HALF = "capital.hk-2020-share > 50%"
FIRMS = "targets.hk-firms.2025 > 9000[家]"


@pytest.mark.parametrize(("language", "text"), [
    ("en", f"more than half | {HALF}"), ("zh", f"五成以上 | {HALF}"), ("en", f"over 50% | {HALF}"), ("zh", f"一半以上 | {HALF}"),
    ("en", f"more than 9,000 | {FIRMS}"), ("zh", f"九千家以上 | {FIRMS}"), ("en", "fourteen | plan.count = 14"), ("en", "⑭ | plan.count = 14"),
    ("en", "one in six | filings.active-professionals * 6 = filings.professionals"), ("zh", "三分之一 | people.insured-share > 1 / 3"),
    ("en", "about an eighth | story.original-left > 12% * density.gdp.qianhai and story.original-left < 13% * density.gdp.qianhai"),
    ("en", "within 4% | story.density-2021-enlarged-multiple < 104%"), ("en", "four-fifths | 1 - firms.large-share = 80%"),
    ("zh", "升逾一倍 | story.steep-min > 2"), ("en", "four targets | story.steep-min > 2"), ("en", "nearly double | targets.air-passengers.growth < 100%"),
    ("en", "twice 2022 | levels.passengers-doubled = 2 * targets.air-passengers.2022"), ("zh", "過萬 | firms.hk-2021 > firms.hk-over")])
def test_a_number_that_the_condition_says_passes(paper, language, text):
    assert faults(paper, text, language) == []


@pytest.mark.parametrize(("language", "text", "number"), [
    ("en", f"more than 60% | {HALF}", "60%"), ("zh", f"六成以上 | {HALF}", "六成"), ("en", f"two-thirds | {HALF}", "two-thirds"),
    ("en", f"more than 9,001 | {FIRMS}", "9,001"), ("zh", f"逾八千家 | {FIRMS}", "八千"), ("en", "thirteen | plan.count = 14", "thirteen"),
    ("en", "more than tripled | targets.hk-jobs.growth > 2 * targets.hk-firms.growth", "tripled"), ("en", f"tens of thousands | {FIRMS}", "tens of thousands"),
    ("zh", "三倍 | story.people-per-added-firm > 2 * people.per-firm-2022", "三"), ("en", "eight times | story.steep-min > 2", "eight")])
def test_a_number_that_the_condition_does_not_say_is_named(paper, language, text, number):
    [message] = faults(paper, text, language)
    assert "is not true to its condition" in message and f"which does not say “{number}”" in message


@pytest.mark.parametrize(("condition", "why"), [
    ("1 = 1", "compares no figure"), ("plan.count = plan.count", "compares a figure with itself"), ("plan.count = 14 or 1 < 2", "compares no figure"),
    ("plan.count - plan.count = 0", "compares a figure with itself"), ("max(targets.*.growth) >= max(targets.*.growth)", "compares a figure with itself"),
    ("abs(3) > 2", "compares no figure")])
def test_a_condition_that_cannot_fail_is_refused(paper, condition, why):
    [message] = faults(paper, f"so it is | {condition}", "en")
    assert message == f"the condition {condition} {why}; compare a figure with something else"
