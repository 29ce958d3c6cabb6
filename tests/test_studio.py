"""A studio: what it makes, what it tells of a change, and what stays when the input is faulty."""

from __future__ import annotations

import re

import pytest

from tally import site
from tally.problem import Faulty
from tally.studio import Studio

from .served import copied
from .tiny import ROOT


@pytest.fixture
def studio(tmp_path):
    found = Studio(copied(tmp_path), ROOT)
    assert list(found.refresh())[-1].changed == frozenset(found.paths())
    return found


def type_into(studio, path, old, new):
    file = studio.root / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def changed(studio, *first):
    """What all the updates of a refresh tell."""
    updates = list(studio.refresh(first))
    assert [update.done for update in updates] == [False] * (len(updates) - 1) + [True]
    return frozenset().union(*(update.changed for update in updates))


def test_its_site_is_the_one_that_a_build_writes(studio, tmp_path):
    site.build(studio.root, ROOT, tmp_path / "site", pictures=False)
    written = {path.relative_to(tmp_path / "site").as_posix(): path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()}
    def marked(raw):  # while it is served, what is made after the pages has a mark for a name
        return re.sub(rb"(assets/(?:search|quotes)/\w+)\.[0-9a-f]{10}\.js", rb"\1.~pending~.js", raw)

    assert {path: studio.get(path) for path in studio.paths()} == {
        marked(path.encode()).decode(): marked(raw) for path, raw in written.items() if path != ".tally"}
    assert studio.get("no/such/page.html") is None


def test_a_change_is_told_by_the_files_that_differ(studio):
    before = {path: studio.get(path) for path in studio.paths()}
    assert changed(studio) == frozenset()
    type_into(studio, "content/stories/euler/fr.md", "- rédigé", "- composé")
    told = changed(studio, "fr/stories/euler/index.html")
    assert "fr/stories/euler/index.html" in told and "fr/about/index.html" not in told
    assert told == {path for path in studio.paths() | before.keys() if studio.get(path) != before.get(path)}
    assert "composé" in studio.get("fr/stories/euler/index.html").decode()


def test_what_an_open_page_loads_is_there_with_it(studio):
    type_into(studio, "data/tables/solids.yaml", "cells: {faces: 6, edges: 12, vertices: 8", "cells: {faces: 7, edges: 13, vertices: 8")
    page = "fr/charts/duals/index.html"
    update = next(studio.refresh([page]))
    assert page in update.changed
    script = studio.get(page).decode().partition('data-script="../../../assets/live/')[2].partition('"')[0]
    assert script and studio.get(f"assets/live/{script}") is not None


def test_the_last_good_site_stays_while_the_input_is_faulty(studio):
    before, checked = {path: studio.get(path) for path in studio.paths()}, studio.checked
    type_into(studio, "data/units.yaml", "factor: 12", "facter: 12")
    with pytest.raises(Faulty):
        list(studio.refresh())
    assert {path: studio.get(path) for path in studio.paths()} == before and studio.checked is checked
    type_into(studio, "data/units.yaml", "facter: 12", "factor: 12")
    assert changed(studio) == frozenset()


def test_the_sites_address_may_be_given(tmp_path):
    studio = Studio(copied(tmp_path, "waves"), ROOT, "https://other.example/radio")
    list(studio.refresh())
    assert b'href="https://other.example/radio/en/charts/bands/"' in studio.get("en/charts/bands/index.html")
