"""Passages: every text that may hold figures, and where it stands."""

from __future__ import annotations

from tally.passage import labels, passages
from tests.tiny import checked

PROJECT = checked().project
FOUND = list(passages(PROJECT))


def places(texts):
    return {(text.path, ".".join(map(str, text.where)), text.language) for text in texts}


def test_stories_pages_charts_notes_and_claims_are_passages():
    assert {
        ("content/stories/euler/fr.md", "", "fr"), ("content/stories/euler/de.md", "title", "de"), ("content/pages/front/de.md", "dek", "de"),
        ("data/charts/faces.yaml", "title.fr", "fr"), ("data/charts/faces.yaml", "annotations.0.text.de", "de"),
        ("data/tables/solids.yaml", "rows.dodecahedron.note.fr", "fr"), ("data/figures/euclid.yaml", "figures.missing.note.de", "de"),
        ("data/claims/book.yaml", "claims.five.statement.fr", "fr")} <= places(FOUND)


def test_labels_names_and_printed_words_are_none():
    assert {
        ("data/tables/solids.yaml", "rows.cube.label.fr", "fr"), ("data/figures/euclid.yaml", "figures.written.text.de", "de"),
        ("data/units.yaml", "units.face.name.fr", "fr"), ("data/site.yaml", "title.de", "de"), ("content/interface.yaml", "words.skip.fr", "fr"),
    } <= places(labels(PROJECT)) - places(FOUND)


def test_a_text_is_one_or_the_other():
    assert not places(FOUND) & places(labels(PROJECT))


def test_an_offset_in_a_body_is_a_line_and_column():
    [body] = [text for text in FOUND if text.path.endswith("euler/fr.md") and text.markdown]
    problem = body.problem(body.text.index("L’icosaèdre"), "x")
    assert (problem.line, problem.column) == (11, 1)


def test_an_offset_in_a_yaml_text_is_a_line_and_column():
    [title] = [text for text in FOUND if text.path == "data/charts/faces.yaml" and text.where == ("title", "fr")]
    problem = title.problem(title.text.index("[["), "x")
    assert (problem.line, problem.column, problem.key) == (5, 21, "title.fr")
