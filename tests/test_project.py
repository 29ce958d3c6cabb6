"""Projects: files to models, and each error in an editor's words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tally import project
from tally.problem import Faulty
from tests.tiny import changed, checked, folder

PROJECT = checked().project


def complaints(given):
    with pytest.raises(Faulty) as caught:
        project.validate(given)
    return [str(problem) for problem in caught.value.problems]


def test_charts_and_stories_stand_in_their_order_and_not_the_alphabets():
    assert list(PROJECT.charts) == ["faces", "duals", "angles"]
    first_last = changed("data/charts/faces.yaml", "order: 1", "order: 9")
    assert list(project.validate(first_last).charts) == ["duals", "angles", "faces"]


def test_the_first_language_is_the_original():
    assert PROJECT.languages == ["fr", "de"]


def test_rows_and_columns_keep_the_order_of_the_file():
    assert list(PROJECT.tables["solids"].rows) == ["tetrahedron", "cube", "octahedron", "dodecahedron", "icosahedron"]


def test_a_story_has_its_texts_and_the_line_on_which_each_begins():
    text = PROJECT.stories["euler"].texts["fr"]
    assert (text.meta.title, text.first_line, text.body.split()[0]) == ("La somme qui ne change pas", 5, "Le")


def test_a_page_may_be_front_matter_alone():
    bare = changed("content/pages/about/de.md", "", b"---\ntitle: a\ndek: b\n---")
    assert project.validate(bare).pages["about"]["de"].body == ""


def test_an_empty_folder_misses_every_file_that_must_be_there():
    assert complaints(replace(folder(), files={})) == [
        "content/interface.yaml:1:1: this file is missing; it holds the words of buttons, labels and headings",
        "data/paper.yaml:1:1: this file is missing; it holds the name and the sections of the document that is checked",
        "data/site.yaml:1:1: this file is missing; it holds the publication’s title, languages and sections",
        "data/sources.yaml:1:1: this file is missing; it holds who published the figures",
        "data/units.yaml:1:1: this file is missing; it holds the units and how each language writes them"]


def test_the_sites_own_languages_are_known_even_where_its_file_has_another_fault():
    broken = changed("data/site.yaml", "package: solids", "package: Solids")
    assert complaints(changed("data/paper.yaml", ", de: die Elemente", "", base=broken)) == [
        "data/paper.yaml:2:7: name: the translation de is missing; write one for each of fr, de",
        "data/site.yaml:9:10: package: 'Solids' is no id; use small letters, digits and single hyphens"]


@pytest.mark.parametrize("raw", [b"[" * 9999, b"\x00", b"a", b"{", b"- 1", b"languages: 3", b"languages: [a]", b"languages: {}", b"---\n---\n", b"\xff", b"!!map {}", b"{a: 1"])
@pytest.mark.parametrize("path", ["data/site.yaml", "data/tables/solids.yaml", "data/charts/faces.yaml", "content/stories/euler/fr.md"])
def test_whatever_a_file_holds_the_fault_is_found_in_that_file(path, raw):
    assert any(line.startswith(f"{path}:") for line in complaints(changed(path, "", raw)))


def test_a_chart_names_a_source_by_producer_and_title_or_in_its_own_words():
    assert PROJECT.credit("euclid", "de") == "Euklid, Elemente"
    own = changed("data/sources.yaml", "title: {fr: Éléments, de: Elemente}", "title: {fr: Éléments, de: Elemente}\n    credit: {fr: Les Éléments, de: Die Elemente}")
    assert project.validate(own).credit("euclid", "de") == "Die Elemente"


def test_what_an_edit_leaves_alone_is_the_very_same_thing_after_it():
    first, edited = project.read(folder()), changed("data/charts/duals.yaml", "form: pairs", "form: dots")
    before, after = project.validate(folder(), first), project.validate(edited, project.read(edited, first))
    assert {kind for kind, held in after.inputs.items() if held is not before.inputs[kind]} == {"charts"}
    assert {id for id, chart in after.charts.items() if chart is not before.charts[id]} == {"duals"}
    assert after.ground == before.ground
