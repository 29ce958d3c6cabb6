"""Citations: what texts cite is there, in a unit that fits, in an article that is whole."""

from __future__ import annotations

import pytest

from tally.citation import Register
from tests.tiny import changed, checked, complaints

REGISTER = Register.of(checked().project)


@pytest.mark.parametrize("word", ["solids.cube.faces", "euclid.span", "euclid.span.to", "solids.cube.euler"])
def test_a_declared_figure_is_not_missing(word):
    assert REGISTER.missing(word) is None


def test_a_figure_that_is_missing_is_offered_its_neighbour():
    assert REGISTER.missing("solids.cubes.faces") == "no figure is called solids.cubes.faces; did you mean solids.cube.faces?"


def test_a_pattern_must_match_something():
    assert REGISTER.unmatched("solids.*.faces") is None
    assert REGISTER.unmatched("solids.*.sites") == "no figure matches solids.*.sites"


@pytest.mark.parametrize(("word", "unit"), [("solids.cube.faces", "face"), ("solids.icosahedron.edges", "dozen"), ("solids.cube.sides", None), ("euclid.limit", "°")])
def test_a_figures_unit_is_known_before_it_is_worked_out(word, unit):
    assert REGISTER.content(word)[1] == unit


FIGURES = "data/figures/euclid.yaml"


@pytest.mark.parametrize(("mark", "message"), [
    ("{{ euclid.printed | in face }}", "euclid.printed is no number, so it cannot be shown in face"),
    ("{{ solids.cube.sides | in face }}", "solids.cube.sides is in a plain ratio, and face measures parts"),
    ("{{ euclid.limit | in dozen }}", "euclid.limit is in degree, and dozen measures parts"),
])
def test_a_figure_is_not_shown_as_what_it_is_not(mark, message):
    line = complaints(changed(FIGURES, "{{ euclid.limit | bare }}", mark))[0]
    assert line == f"data/figures/euclid.yaml:49:28: figures.missing.note.fr: {message}"


@pytest.mark.parametrize("mark", ["{{ solids.cube.sides | in solid }}", "{{ solids.cube.edges | in dozen }}"])
def test_a_figure_may_be_shown_in_any_unit_of_its_kind(mark):
    both = changed(FIGURES, "{{ euclid.limit | bare }}", mark)
    both = changed(FIGURES, "{{ euclid.limit | bare }}", mark, base=both)
    assert complaints(both) == []


def test_both_languages_of_a_note_cite_the_same_figures():
    assert complaints(changed(FIGURES, "{{ euclid.limit | bare }}", "{{ solids.cube.edges }}")) == [
        "data/figures/euclid.yaml:50:11: figures.missing.note.de: its figures differ from those of its twin in fr: "
        "only here euclid.limit; only there solids.cube.edges"]


def test_two_headings_do_not_share_an_anchor():
    path = "content/stories/euler/fr.md"
    lines = complaints(changed(path, "L’icosaèdre a", "## Encore {#edges}\n\nL’icosaèdre a"))
    assert "content/stories/euler/fr.md:11:1: two headings have the anchor edges; rename one" in lines


def test_a_note_has_one_text():
    path = "content/stories/euler/fr.md"
    lines = complaints(changed(path, "[^euler]: Pour", "[^euler]: Autre.\n\n[^euler]: Pour"))
    assert "content/stories/euler/fr.md:18:1: the note [^euler] has two texts; rename or remove one" in lines


STORY = "content/stories/euler/fr.md"


@pytest.mark.parametrize(("old", "new", "message"), [
    ("il en va ainsi de tous |", "il en va ainsi\n\nde tous |", "a blank line stands inside this mark"),
    ("L’icosaèdre a {{", "[ici](x{{", "a mark inside an address, a tag or an anchor is no text"),
    ("L’icosaèdre a {{", "<b title=\"{{", "a mark inside an address, a tag or an anchor is no text"),
    ("::chart duals", "::chart duals 8274", "nothing reads this: ::chart duals 8274"),
])
def test_a_mark_or_chart_that_markdown_breaks_is_named(old, new, message):
    folder = changed(STORY, old, new)
    if "(x{{" in new:
        folder = changed(STORY, "solids.icosahedron.edges }},", "solids.icosahedron.edges }}),", base=folder)
    if "<b" in new:
        folder = changed(STORY, "solids.icosahedron.edges }},", "solids.icosahedron.edges }}\">x</b>,", base=folder)
    assert any(message in line for line in complaints(folder)), complaints(folder)
