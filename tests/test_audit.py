"""Audits: asserted phrases are true of the figures, or the build stops with both sides."""

from __future__ import annotations

import pytest

from tally import audit, formula
from tests.tiny import changed, checked, complaints

BOOK = checked("solids").book


@pytest.mark.parametrize(("condition", "truth"), [
    ("solids.cube.faces > solids.tetrahedron.faces", True), ("solids.cube.faces > solids.octahedron.faces", False),
    ("euclid.triangular = 60%", True), ("max(solids.*.faces) = 20[face]", True), ("euclid.span.to <= 20[face]", True)])
def test_a_condition_is_worked_out_on_the_book(condition, truth):
    assert audit.holds(condition, BOOK) is truth


def test_a_figure_is_no_condition():
    with pytest.raises(formula.Unsound, match="is a figure, not a condition"):
        audit.holds("solids.cube.faces", BOOK)


def test_a_condition_is_no_figure():
    with pytest.raises(formula.Unsound, match="is a condition, not a figure"):
        audit.evaluate("euclid.count > 3", BOOK)


def test_both_sides_of_what_is_not_true_are_shown():
    assert audit.why_false("solids.cube.faces > solids.octahedron.faces", BOOK) == "solids.cube.faces is 6, solids.octahedron.faces is 8"


def test_what_is_true_has_no_reason():
    assert audit.why_false("euclid.count > 3", BOOK) is None


def test_changing_a_figure_finds_the_phrase_that_is_no_longer_true():
    [line] = complaints(changed("data/tables/solids.yaml", "{faces: 12, edges: 30", "{faces: 22, edges: 40"))[:1]
    assert line.startswith("data/charts/faces.yaml:5:21: title.fr: “le plus de faces” is not true")


def test_patterns_are_written_out():
    assert audit.names("max(solids.*.faces) > euclid.span.from", BOOK) == [
        *(f"solids.{row}.faces" for row in ("tetrahedron", "cube", "octahedron", "dodecahedron", "icosahedron")), "euclid.span.from"]
