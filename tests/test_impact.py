"""What depends on a figure, and what another value would change."""

from __future__ import annotations

import re

import pytest

from tally import impact, site
from tally.problem import Faulty

from .conftest import ROOT


def lines(what):
    return site.impact(ROOT, ROOT, what)


def test_a_cell_names_the_figures_sentences_charts_and_claims_that_read_it(paper):
    found = lines("targets.hk-firms.2025")
    assert {"targets.hk-firms.growth", "firms.added"} <= set(found.figures)
    assert "hk-firms" in found.charts and "targets-overview" in found.charts
    assert any(line.startswith("content/stories/floors/en.md:") for line in found.sentences)
    assert any(line.startswith("content/stories/floors/zh.md:") for line in found.sentences)
    assert found.claims


def test_a_file_means_all_its_cells(paper):
    assert set(lines("data/tables/vacancy.yaml").figures) >= {"vacancy.qianhai.2023-q3", "offices.gap-shenzhen"}


def test_a_value_to_try_shows_was_and_would_be_in_both_languages():
    found = lines("targets.hk-firms.2025=11001")
    assert "targets.hk-firms.2025: 11,000 家 → 11,001 家" in found.figures
    assert any("11,001" in line for line in found.sentences if "/zh.md" in line)
    assert any("11,001" in line for line in found.sentences if "/en.md" in line)
    assert "hk-firms (zh)" in found.charts and "hk-firms (en)" in found.charts


def test_a_value_that_flips_a_verdict_and_breaks_sentences_says_so():
    found = lines("vacancy.qianhai.2023-q3=12.1")
    assert any("→" in line for line in found.claims)
    assert any("is not true" in line for line in found.broken)


def test_nothing_is_written(tmp_path):
    before = (ROOT / "data/tables/vacancy.yaml").read_bytes()
    lines("vacancy.qianhai.2023-q3=12.1")
    assert (ROOT / "data/tables/vacancy.yaml").read_bytes() == before


@pytest.mark.parametrize(("what", "said"), [
    ("targets.hk-fims.2025", "did you mean targets.hk-firms.2025?"),
    ("targets.hk-firms.growth=3", "is no single printed figure"),
    ("targets.hk-firms.2025=many", "'many' is no figure and no date"),
    ("targets.hk-firms.2025=", "'' is no figure and no date"),
    ("targets.hk-firms.2025={from: 3, to: 9}", "is no figure and no date"),
    ("targets.hk-firms.2025=08", "'08' begins with 0; write 8"),
    ("targets.hk-firms.2025.from=9", "is no single printed figure"),
    ("targets.*.2025=5", "one figure at a time can be tried; name it without *"),
    ("targets.hk-firms.2025=\udcff", "a name and a value are plain text; this holds other characters"),
    ("data/tables/targets.yaml=5", "only a figure can be tried with another value; name it as table.row.column or set.figure"),
    ("data/charts/vacancy.yaml", "what reads this file cannot be asked; ask about a figure"),
    ("=5", "impact:1:1: name what to ask about: a figure, such as table.row.column"),
    ("", "impact:1:1: name what to ask about: a figure, such as table.row.column"),
])
def test_a_name_or_value_that_cannot_be_is_explained(what, said):
    with pytest.raises(Faulty, match=re.escape(said)):
        lines(what)


def test_sentences_are_never_cut_inside_a_mark():
    text = "A {{ a.b | digits 1 }} is 5.7. [[ More! | a.b > 1.5 ]] Then?\nNew line。完。"
    assert [sentence for _, sentence in impact.sentences(text)] == [
        "A {{ a.b | digits 1 }} is 5.7.", "[[ More! | a.b > 1.5 ]] Then?", "New line。", "完。"]
