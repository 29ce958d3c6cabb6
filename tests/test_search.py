"""Search: what can be found, under which address, and how its index is named and sized."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter

import pytest

from tally import search, site
from tests.tiny import changed, checked, made, render, rendered
from tests.tiny import view as tiny_view

SITES = [("solids", "fr"), ("solids", "de"), ("waves", "en")]


def records(language, name="solids", found=None):
    found = found or checked(name)
    return search.records(found.project, found.voices[language], found.drawings, found.verdicts.values())


def received(script):
    """The name and the rows that an index hands over."""
    call = re.fullmatch(r"tally\.receive\((\"[^\"]+\"),(.*)\);\n", script.decode(), re.DOTALL)
    return json.loads(call[1]), json.loads(call[2])


@pytest.mark.parametrize(("name", "language"), SITES)
def test_every_address_is_a_file_and_a_place_of_the_site(name, language):
    found = records(language, name)
    assert found
    for record in found:
        path, _, place = record.address.partition("#")
        assert path in rendered(name), record
        assert not place or f'id="{place}"'.encode() in rendered(name)[path], record


@pytest.mark.parametrize(("name", "language"), SITES)
def test_nothing_is_found_under_two_records(name, language):
    assert max(Counter(record.address for record in records(language, name)).values()) == 1


def test_kinds_stand_in_their_order_and_none_is_missing():
    kinds = [record.kind for record in records("fr")]
    assert list(dict.fromkeys(kinds)) == list(search.KINDS)


def test_a_storys_first_part_opens_with_its_dek_and_the_others_have_headings():
    found = [record for record in records("fr") if record.kind == "story"]
    meta = checked().project.stories["euler"].texts["fr"].meta
    voice = checked().voices["fr"]
    assert (found[0].heading, found[0].title) == ("", voice.plain(meta.title))
    assert found[0].text[:found[0].lead] == voice.plain(meta.dek)
    assert not any(record.lead for record in found[1:])
    assert len(found) > 1 and all(record.heading and "#" in record.address for record in found[1:])


def test_a_note_is_found_where_it_is_called():
    text = "---\ntitle: T\ndek: D\n---\n\nA[^n].\n\n## H {#h}\n\nB[^m].\n\n[^n]: First.\n\n[^m]: Second.\n"
    given = changed("content/pages/about/fr.md", None, text.encode(), base=changed("content/pages/about/de.md", None, text.encode()))
    parts = [record for record in records("fr", found=site.check(given)) if "/about/" in record.address]
    assert [record.text for record in parts] == ["D A. First.", "B. Second."]


@pytest.mark.parametrize(("name", "language"), SITES)
def test_texts_are_as_readers_see_them(name, language):
    for record in records(language, name):
        assert record.title
        assert not re.search(r"\{\{|\[\[|\*\*|\]\(|\[\^|::chart", " ".join((record.title, record.heading, record.text))), record


def test_what_a_chart_measures_weighs_like_its_title(paper):
    found = search.records(paper.project, paper.voices["en"], paper.drawings, paper.verdicts.values())
    [vacancy] = [record for record in found if record.address == "en/charts/vacancy/index.html"]
    assert "vacancy rate" in vacancy.text[:vacancy.lead] and len(vacancy.text) > vacancy.lead


def test_a_figure_is_found_with_its_value_and_its_table():
    [found] = [record for record in records("fr") if record.address == "fr/data/index.html#solids.cube.faces"]
    cell = checked().book["solids.cube.faces"]
    assert found.title == cell.label["fr"]
    assert checked().voices["fr"].cell(cell) in found.text
    assert checked().project.tables["solids"].title["fr"] in found.text


def test_an_index_is_handed_over_under_its_own_name():
    for language in ("fr", "de"):
        [path] = [path for path in rendered() if path.startswith(f"assets/search/{language}.")]
        called, rows = received(rendered()[path])
        assert path.encode() in rendered()["fr/index.html"]
        assert called == search.name(language)
        assert [search.Record(*row) for row in rows] == records(language)


def test_a_page_names_its_own_language_first():
    assert [language for language, _ in tiny_view("de/index.html", "de").indexes()] == ["de", "fr"]


def test_an_index_changes_its_name_with_its_words_and_no_other_asset_does():
    before, after = rendered(), made(changed("content/pages/about/de.md", "Methode", "Verfahren"))
    assert {path.split(".")[0] for path in before.keys() ^ after.keys()} == {"assets/search/de"}


def test_the_same_input_gives_the_same_index():
    again = render()
    assert {path for path in again if "/search/" in path} == {path for path in rendered() if "/search/" in path}


@pytest.mark.parametrize(("language", "word"), [("zh", "空置率"), ("en", "vacancy")])
def test_vacancy_is_found_in_every_kind_of_the_publication(paper, language, word):
    found = search.records(paper.project, paper.voices[language], paper.drawings, paper.verdicts.values())
    kinds = {record.kind for record in found if word in " ".join((record.title, record.heading, record.text)).lower()}
    assert kinds >= {"story", "chart", "claim", "figure"}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_index_is_small(paper, language):
    found = search.records(paper.project, paper.voices[language], paper.drawings, paper.verdicts.values())
    assert len(gzip.compress(search.script(language, found))) <= 40_000
