"""Skeletons: they build as they stand, make nothing up, and what is left of one is named until it is written."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from tally import desk, schema, site, skeleton, source
from tally.problem import Faulty
from tests.test_output import files as on_disk
from tests.tiny import ROOT, SITES, changed, checked, folder

HOMES = {"project": ROOT, "solids": SITES / "solids", "waves": SITES / "waves"}
DAY = "2026-11-30"


def made(kind, home="solids", name="fresh"):
    given = source.load(HOMES[home], ROOT)
    return given, skeleton.make(kind, name, site.validate(given), given.templates, DAY)


def complaint(kind, name):
    with pytest.raises(Faulty) as caught:
        skeleton.make(kind, name, checked().project, folder().templates, DAY)
    return str(caught.value)


@pytest.mark.parametrize("home", HOMES)
@pytest.mark.parametrize("kind", skeleton.KINDS)
def test_a_skeleton_builds_as_it_stands_and_says_what_is_left_to_write(kind, home):
    given, texts = made(kind, home)
    found = site.check(replace(given, files={**given.files, **{path: text.encode() for path, text in texts.items()}}))
    left = [problem for problem in found.warnings if problem.message.startswith("this still says TODO")]
    assert {problem.path for problem in left} == {path for path in texts if not path.endswith("story.yaml")}
    for problem in left:
        line = texts[problem.path].split("\n")[problem.line - 1]
        assert line[problem.column - 1:].startswith("TODO")
    assert {problem.path for problem in found.warnings} <= set(texts)


def test_a_strict_build_stops_at_a_skeleton():
    given, texts = made("chart")
    with pytest.raises(Faulty, match="this still says TODO"):
        site.check(replace(given, files={**given.files, **{path: text.encode() for path, text in texts.items()}}), strict=True)


def test_a_new_table_holds_no_number_that_somebody_might_take_for_a_figure():
    given, texts = made("table", "project")
    whole = site.validate(replace(given, files={**given.files, **{path: text.encode() for path, text in texts.items()}}))
    assert {type(cell.content) for row in whole.tables["fresh"].rows.values() for cell in row.cells.values()} == {dict}


def test_every_language_has_its_words_and_its_text():
    _, texts = made("story", "project")
    assert sorted(texts) == ["content/stories/fresh/en.md", "content/stories/fresh/story.yaml", "content/stories/fresh/zh.md"]
    assert f"published: {DAY}" in texts["content/stories/fresh/story.yaml"]


@pytest.mark.parametrize("kind", skeleton.KINDS)
def test_a_skeleton_begins_with_the_line_that_leads_to_its_schema(kind):
    _, texts = made(kind)
    path = next(path for path in texts if path.endswith(".yaml"))
    assert texts[path].startswith(schema.first_line(path) + "\n")


def test_comments_of_a_chart_are_its_own_and_can_be_used():
    given, texts = made("chart")
    [text] = texts.values()
    for line in ("sort: falling", "emphasis: ", "annotations: "):
        assert f"# {line}" in text
        text = text.replace(f"# {line}", line)
    site.check(replace(given, files={**given.files, "data/charts/fresh.yaml": text.encode()}))


@pytest.mark.parametrize(("kind", "name", "said"), [
    ("chart", "faces", "data/charts/faces.yaml:1:1: a chart is called faces already; choose another name, or write in this file"),
    ("table", "solids", "data/tables/solids.yaml:1:1: a table is called solids already"),
    ("table", "euclid", "data/figures/euclid.yaml:1:1: single figures are called euclid already"),
    ("story", "euler", "content/stories/euler/story.yaml:1:1: a story is called euler already"),
    ("chart", "My_Chart", "'My_Chart' is no id; use small letters, digits and single hyphens"),
    ("chart", "../away", "'../away' is no id"),
    ("chart", "", "'' is no id"),
])
def test_a_name_that_is_taken_or_none_is_refused(kind, name, said):
    assert said in complaint(kind, name)


def test_a_chart_needs_a_number_to_show():
    only_dates = changed("data/tables/solids.yaml", "", None)
    project = replace(checked().project, tables={})
    with pytest.raises(Faulty, match="no table here holds a number"):
        skeleton.make("chart", "fresh", project, only_dates.templates, DAY)


def test_a_chart_of_ranges_is_one_of_dots():
    assert "form: dots" in made("chart", "waves")[1]["data/charts/fresh.yaml"]


@pytest.fixture
def copy(tmp_path):
    root = tmp_path / "solids"
    shutil.copytree(SITES / "solids", root)
    return root


def test_what_is_written_is_the_skeleton_and_schemas_that_know_its_name(copy):
    before = on_disk(copy)
    written = desk.new(copy, ROOT, "table", "fresh", DAY)
    after = on_disk(copy)
    assert written == [copy / "data/tables/fresh.yaml"]
    assert {path for path in after if path not in before and not path.startswith(".schema/")} == {"data/tables/fresh.yaml"}
    assert "fresh" in after[".schema/charts.json"].decode()
    assert {path: after[path] for path in before} == before


def test_a_name_that_the_build_refuses_writes_nothing(copy):
    before = on_disk(copy)
    for name in ("row", "euclid", "2024"):
        with pytest.raises(Faulty):
            desk.new(copy, ROOT, "table", name, DAY)
    assert on_disk(copy) == before


def test_a_problem_elsewhere_does_not_keep_an_editor_from_beginning(copy):
    story = copy / "content/stories/euler/fr.md"
    story.write_text(story.read_text("utf-8").replace("Le cube a", "Le cube, 1 des solides, a"), "utf-8")
    assert desk.new(copy, ROOT, "chart", "fresh", DAY)


def test_a_todo_in_a_word_or_a_comment_is_none():
    given = changed("data/paper.yaml", "de: die Elemente}", "de: die TODOS}  # TODO")
    assert not [problem for problem in site.check(given).warnings if "TODO" in problem.message]
