"""Schemas: they accept what the build accepts, refuse what can be seen in one file, and offer what the site declares."""

from __future__ import annotations

import json
import re

import jsonschema
import pytest
import yaml

from tally import schema, source
from tests.tiny import ROOT, SITES, changed, folder

HOMES = {"project": ROOT, "solids": SITES / "solids", "waves": SITES / "waves"}


class Core(yaml.CSafeLoader):
    """YAML as editors read it: numbers are numbers, dates are texts."""


Core.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith((":timestamp", ":bool", ":value"))]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()}


def read(text):
    return _named(yaml.load(text, Core))


def _named(data):
    """Keys as texts, which is how editors hold them against a schema."""
    if isinstance(data, dict):
        return {str(key): _named(value) for key, value in data.items()}
    return [_named(item) for item in data] if isinstance(data, list) else data


def faults(path, text, files):
    made = schema.schemas(files)
    return list(jsonschema.Draft7Validator(json.loads(made[schema.first_line(path).rpartition("../")[2]])).iter_errors(read(text)))


@pytest.mark.parametrize("home", HOMES)
def test_every_file_fits_its_schema(home):
    files = source.load(HOMES[home], ROOT).files
    made = {path: json.loads(text) for path, text in schema.schemas(files).items()}
    seen = 0
    for path, raw in files.items():
        if path.endswith(".yaml"):
            jsonschema.Draft7Validator(made[schema.first_line(path).rpartition("../")[2]]).validate(read(raw))
            seen += 1
    assert seen > 8


MISTAKES = [
    ("data/charts/faces.yaml", "sort: falling", "srot: falling"),
    ("data/charts/faces.yaml", "sort: falling", "sort: fallign"),
    ("data/charts/faces.yaml", "table: solids", "table: solid"),
    ("data/charts/faces.yaml", "columns: [faces]", "columns: [face]"),
    ("data/charts/faces.yaml", "columns: [faces]", "columns: faces"),
    ("data/charts/faces.yaml", "section: shape", "section: shapes"),
    ("data/charts/faces.yaml", "title:\n  fr:", "title:\n  it:"),
    ("data/charts/angles.yaml", "line: euclid.limit", "line: euclid.limits"),
    ("data/tables/solids.yaml", "unit: face, role", "unit: fase, role"),
    ("data/tables/solids.yaml", "{value: 2.5, unit: dozen}", "{value: 2.5, unit: dozens}"),
    ("data/tables/solids.yaml", "{value: 2.5, unit", "{vlaue: 2.5, unit"),
    ("data/tables/solids.yaml", "{faces: 4,", '{faces: "4,000",'),
    ("data/tables/solids.yaml", "{section: 13}", "{section: 12}"),
    ("data/tables/solids.yaml", "  cube:\n", "  Cube:\n"),
    ("data/figures/euclid.yaml", "date: 1482", "date: [1482]"),
    ("data/figures/euclid.yaml", "source: ratdolt", "source: ratdold"),
    ("data/figures/euclid.yaml", ", de: Regelmäßige Körper", ""),
    ("data/figures/euclid.yaml", "paragraph: 21", "paragraph: many"),
    ("data/claims/book.yaml", "printed: euclid.limit", "printed: euclid.limt"),
    ("data/units.yaml", "factor: 12", "facter: 12"),
    ("data/units.yaml", ', de: "{} Körper"}', "}"),
    ("data/site.yaml", "overview: faces", "overview: facets"),
    ("data/site.yaml", "package: solids\n", ""),
    ("content/stories/euler/story.yaml", "lead: duals", "lead: dual"),
]


@pytest.mark.parametrize(("path", "old", "new"), MISTAKES)
def test_a_mistake_that_one_file_shows_is_seen_while_typing(path, old, new):
    files = folder().files
    text = files[path].decode()
    assert old in text and not faults(path, text, files)
    assert faults(path, text.replace(old, new, 1), files)


def test_an_end_of_a_range_and_rows_of_another_table_are_told_apart():
    path, files = "data/charts/angles.yaml", folder().files
    text = files[path].decode()
    assert not faults(path, text.replace("line: euclid.limit", "line: euclid.span.from"), files)
    assert faults(path, text.replace("columns: [angles]", "rows: [octopus], columns: [angles]"), files)


def test_a_cell_that_no_row_has_is_not_offered():
    waves = schema.gather(folder("waves").files).names["cell"]
    assert "bands.vlf.width" in waves and "bands.lf.width" not in waves


def test_what_cannot_be_read_lends_no_names_and_refuses_none():
    broken = changed("data/units.yaml", "", b"units: [\n").files
    path = "data/tables/solids.yaml"
    assert schema.gather(broken).names["unit"] == []
    assert not faults(path, broken[path].decode(), broken)


@pytest.mark.parametrize("path", schema.schemas({}))
def test_every_key_has_a_description(path):
    whole = json.loads(schema.schemas({})[path])
    for shape in (whole, *whole.get("$defs", {}).values()):
        bare = [key for key, part in shape.get("properties", {}).items() if "description" not in part]
        assert not bare, f"{path}: {bare}"


def test_a_schema_shows_examples():
    text = schema.schemas({})[".schema/tables.json"]
    assert json.loads(text)["$defs"]["Printed"]["properties"]["value"]["examples"] == ["16297.60"]


def test_every_file_that_an_editor_writes_names_its_schema_first():
    files = source.load(ROOT, ROOT).files
    written = [path for path in files if path.endswith(".yaml") and not path.endswith("made-from.yaml")]
    assert len(written) > 40
    for path in written:
        assert files[path].decode("utf-8-sig").splitlines()[0] == schema.first_line(path), path


def test_a_first_line_leads_to_the_folder_in_the_root():
    line = schema.first_line("content/stories/euler/story.yaml")
    assert line == "# yaml-language-server: $schema=../../../.schema/story.json"
    assert re.fullmatch(r"# yaml-language-server: \$schema=(\.\./)+\.schema/[a-z-]+\.json", line)
