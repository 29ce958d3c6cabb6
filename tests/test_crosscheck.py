"""Cross-checks: which cells a chart shows, and which words and pages a site must have."""

from __future__ import annotations

import re
from dataclasses import replace

from tally import crosscheck, forms, model
from tests.tiny import ROOT, changed, checked, complaints, folder

CHARTS = checked().project.charts
TABLES = checked().project.tables
NAMES = checked().book.cells


def test_a_cut_shows_what_the_paper_prints_unless_columns_are_named():
    cut = CHARTS["faces"].model_copy(update={"cut": model.Cut(table="solids", rows=["cube"])})
    assert list(crosscheck.points(cut, TABLES, NAMES)) == [f"solids.cube.{column}" for column in ("faces", "edges", "vertices", "sides", "meeting")]


def test_a_cut_keeps_the_order_that_it_names():
    assert crosscheck.shape(CHARTS["duals"], TABLES) == (["cube", "octahedron", "dodecahedron", "icosahedron"], ["faces", "vertices"])


def test_a_grid_shows_cells_from_anywhere():
    found = checked("waves")
    assert list(crosscheck.points(found.project.charts["conferences"], found.project.tables, found.book.cells)) == [
        "conferences.berlin", "conferences.london", "conferences.washington", "conferences.atlantic-city"]


def test_the_words_that_the_engine_asks_for_are_needed_too():
    for word in crosscheck.OWN_WORDS:
        [line] = complaints(changed("content/interface.yaml", f"  {word}:", f"  x-{word}:"))
        assert f"no word is called {word};" in line


def test_a_word_that_only_a_sites_own_template_asks_for_is_needed():
    templates = {**folder().templates, "page.html": b"{{ page.word('colophon') }}"}
    assert "no word is called colophon" in complaints(replace(folder(), templates=templates))[0]


def test_the_pages_that_every_site_has_are_needed():
    for page in crosscheck.REQUIRED_PAGES:
        broken = changed(f"content/pages/{page}/fr.md", "", None, base=changed(f"content/pages/{page}/de.md", "", None))
        assert complaints(broken) == [f"content/pages/{page}/fr.md:1:1: this page is missing; every site has one"]


def test_null_leaves_a_cell_of_a_grid_empty():
    grid = "grid: {columns: {a: {label: {fr: a, de: a}}}, rows: {icosahedron: {label: {fr: a, de: a}, cells: [euclid.count]}, b: {label: {fr: b, de: b}, cells: [null]}}}"
    assert complaints(changed("data/charts/faces.yaml", "cut: {table: solids, columns: [faces]}", grid)) == []


def test_the_model_and_the_drawing_agree_on_log_scales():
    assert set(model.LOGARITHMIC) == forms.LOGARITHMIC


def test_every_word_that_the_engine_asks_for_is_among_its_own():
    modules = "".join(path.read_text("utf-8") for path in (ROOT / "tally").rglob("*.py"))
    assert set(re.findall(r"""\bword\(\s*["']([a-z0-9-]+)["']""", modules)) <= set(crosscheck.OWN_WORDS)
    assert set(re.findall(r"""\bwords\[["']([a-z0-9-]+)["']\]""", modules)) <= set(crosscheck.OWN_WORDS)
