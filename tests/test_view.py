"""Views: addresses relative to a page, words in its language, its twins."""

from __future__ import annotations

import posixpath
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally import press
from tests import tiny


def view(path="fr/stories/euler/index.html", language="fr", name="solids"):
    return tiny.view(path, language, name)


@pytest.mark.parametrize(("page", "target", "url"), [
    ("index.html", "fr/index.html", "fr/index.html"), ("fr/index.html", "assets/a.css", "../assets/a.css"),
    ("fr/stories/euler/index.html", "fr/data/index.html#solids", "../../data/index.html#solids")])
def test_addresses_are_relative_to_the_page(page, target, url):
    assert view(page).url(target) == url


FOLDERS = st.lists(st.sampled_from(["fr", "de", "charts", "@1"]), max_size=4).map(lambda parts: "".join(f"{part}/" for part in parts))
_VIEW = tiny.view("index.html", "fr", "solids")


@given(FOLDERS, FOLDERS, st.sampled_from(["index.html", "a.css", ""]))
def test_addresses_are_those_of_the_paths(here, there, name):
    assert replace(_VIEW, path=f"{here}index.html").url(there + name) == posixpath.relpath(f"/{there}{name}", f"/{here}")


def test_a_page_in_the_same_language_is_found_by_its_folder():
    assert view().at("charts/faces") == "../../charts/faces/index.html"
    assert view().at("") == "../../index.html"
    assert view().at("#stories") == "../../index.html#stories"


def test_a_figure_links_to_its_cell():
    assert view().link("solids.cube.faces") == "../../data/index.html#solids.cube.faces"


def test_every_language_has_a_twin_of_the_page():
    assert [(twin.language, twin.href) for twin in view().twins()] == [("fr", "index.html"), ("de", "../../../de/stories/euler/index.html")]


def test_the_root_has_a_front_page_for_a_twin():
    assert [twin.href for twin in view("index.html").twins()] == ["fr/index.html", "de/index.html"]


def test_words_and_texts_are_in_the_pages_language():
    assert (view(language="de").word("skip"), view(language="de").own({"fr": "un", "de": "{{ euclid.count }}"})) == ("Zum Text", "5 Körper")


def test_a_text_that_is_not_there_is_empty():
    assert (view().own(None), str(view().marked(None))) == ("", "")


def test_a_known_home_makes_addresses_full():
    assert view("en/index.html", "en", "waves").absolute("en/charts/index.html") == "https://waves.example/en/charts/"
    assert view("fr/index.html").absolute("fr/charts/index.html") == "charts/index.html"


def test_an_asset_is_linked_by_its_plain_name():
    assert view().asset("style.css").startswith("../../../assets/style.")
    assert view().live("faces").startswith("../../../assets/live/fr/faces.")


def test_a_chart_is_told_with_its_alt_text_and_what_its_figures_say():
    drawing = tiny.drawings()["faces", "fr"]
    alt = "Barres, du tétraèdre (4 faces) à l’icosaèdre (20 faces)."
    assert view().told(drawing) == f"{alt} {drawing.summary}" and drawing.summary.startswith("Graphique en barres, 5 barres : ")
    assert view().told(replace(drawing, table=replace(drawing.table, script="han"))) == alt + drawing.summary


@pytest.mark.parametrize(("claim", "language", "said"), [
    ("hk-firms-over", "en", "11,500 firms"), ("hk-firms-over", "zh", "11,500 家"), ("moved-in", "en", "more than 10,000 firms"),
    ("gdp-2021", "en", "RMB 90.305 billion"), ("vacancy", "zh", "28.9%"), ("services-growth", "en", "68.1%"), ("services-growth", "zh", "0.681 倍")])
def test_a_claim_shows_the_other_figure_as_printed_and_a_result_with_three_digits(paper, claim, language, said):
    verdict = paper.verdicts[claim]
    own = press.Press.of(paper, tiny.folder(), {}, {})
    assert own.view(f"{language}/claims/index.html", language).recomputed(verdict) == said


def test_charts_know_their_neighbours():
    assert press.neighbours(("a", "b", "c")) == {"a": (None, "b"), "b": ("a", "c"), "c": ("b", None)}
    assert press.neighbours(("a",)) == {"a": (None, None)} and press.neighbours(()) == {}
