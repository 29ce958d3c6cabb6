"""Intakes: a sheet changes the figures that differ and nothing else, and says where it cannot."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally import document, download, intake, spreadsheet
from tally import project as projects
from tally.problem import Faulty
from tests.tiny import changed, checked, folder
from tests.tiny import paper as the_paper


def present(project, book, table):
    cells = [cell for cell in book.cells.values() if cell.name.startswith(f"{table}.")]
    return {record["name"]: record for record in download.records(cells, project, project.languages)}


def site(name, table):
    if name == "paper":
        project, book = the_paper()
    else:
        found = checked(name)
        project, book = found.project, found.book
    return project, present(project, book, table), project.documents[f"data/tables/{table}.yaml"].text.encode()


def draft(text, name="solids", table="solids", path="a.csv", encoding=None):
    project, records, raw = site(name, table)
    sheet = spreadsheet.read(path, text if isinstance(text, bytes) else text.encode(), encoding)
    return intake.draft(sheet, table, raw, project, records)


def why(text, **keys):
    with pytest.raises(Faulty) as caught:
        draft(text, **keys)
    return [str(problem) for problem in caught.value.problems]


TABLES = [("paper", table) for table in ("targets", "vacancy", "density", "innovations")] + [("solids", "solids"), ("waves", "bands")]


@pytest.mark.parametrize(("name", "table"), [pair for pair in TABLES if pair[1] != "innovations"])  # a table of names only
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_download_brought_back_changes_nothing(name, table, kind):
    _, records, raw = site(name, table)
    rows = list(records.values())
    made = download.as_csv(rows).encode() if kind == "csv" else download.as_xlsx({"title": "a"}, rows)
    found = draft(made, name, table, f"a.{kind}")
    assert (found.changes, found.text) == ([], raw.decode())


def wide(name, table, by, languages=None):
    """The table as a sheet of rows and columns, as a colleague would set it up."""
    project, _, raw = site(name, table)
    model, data = project.tables[table], document.parse("a", raw.decode()).data
    columns = [id for id, column in model.columns.items() if not column.formula]
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["", *columns] if by == "id" else ["", *(model.columns[id].label[by] for id in columns)])
    for id, row in data["rows"].items():
        writer.writerow([id if by == "id" else row["label"][by], *(typed(row["cells"].get(column)) for column in columns)])
    return stream.getvalue()


def typed(cell):
    if isinstance(cell, dict):
        return f"{cell['from']}–{cell['to']}" if "from" in cell else cell.get("value") or cell.get("date") or next(iter(cell["text"].values()))
    return cell


@pytest.mark.parametrize(("name", "table", "by"), [(name, table, by) for name, table in TABLES for by in {
    "paper": ("id", "zh", "en"), "solids": ("id", "fr", "de"), "waves": ("id", "en")}[name]])
def test_a_sheet_of_the_table_itself_changes_nothing(name, table, by):
    assert list(draft(wide(name, table, by), name, table).lines()) == []


@given(st.sampled_from(["tetrahedron", "cube", "octahedron", "dodecahedron", "icosahedron"]),
       st.sampled_from(["faces", "vertices", "sides", "meeting"]), st.integers(-999, 99999))
def test_a_changed_figure_changes_only_its_own_digits(row, column, now):
    _, records, raw = site("solids", "solids")
    was = f"{records[f'solids.{row}.{column}']['value']:f}"
    made = draft(f"id,{column}\n{row},{now}\n")
    assert [*made.lines()] == ([] if str(now) == was else [f"{row}.{column}: {was} → {now}"])
    before, after = raw.decode().split("\n"), made.text.split("\n")
    differing = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert differing in ([], [(old, old.replace(f"{column}: {was}", f"{column}: {now}")) for old, _ in differing])
    assert len(differing) == len(made.changes)


def test_ranges_labels_properties_and_cells_with_more_to_say_change_in_place():
    sheet = "id,label:zh,unit,2022,2025\ncopied-innovations,全國推廣,,12,30–60\nforeign-capital,,億港元,58.65,280-320\n"
    found = draft(sheet, "paper", "targets")
    assert list(found.lines()) == [
        "copied-innovations.label.zh: 全國複製推廣的新增制度創新 → 全國推廣", "copied-innovations.2022: 11 → 12", "copied-innovations.2025.to: 50 → 60",
        "foreign-capital.unit: 億美元 → 億港元", "foreign-capital.2022.value: 58.64 → 58.65"]
    assert "cells: {2022: {value: 58.65, measure: level}, 2025: {from: 280, to: 320, measure: level}}" in found.text
    assert "# The row’s own word is 規模, a scale." in found.text


def test_a_new_row_stands_below_the_others_in_their_manner():
    sheet = "id,label:zh,label:en,unit,2023-q3\nguangzhou,廣州,Guangzhou,%,19.50\n"
    made = draft(sheet, "paper", "vacancy")
    _, _, raw = site("paper", "vacancy")
    assert made.text == raw.decode() + '  guangzhou: {label: {zh: 廣州, en: Guangzhou}, unit: "%", cells: {2023-q3: 19.50}}\n'
    assert list(made.lines()) == ['guangzhou: {label: {zh: 廣州, en: Guangzhou}, unit: "%", cells: {2023-q3: 19.50}} (new)']


def test_digits_that_a_workbook_does_not_keep_are_no_change():
    _, records, _ = site("paper", "targets")
    book = download.as_xlsx({"title": "a"}, list(records.values()))
    assert not draft(book, "paper", "targets", "a.xlsx").changes
    assert list(draft("id,2022\nforeign-capital,58.640\n", "paper", "targets").lines()) == ["foreign-capital.2022.value: 58.64 → 58.640"]


@pytest.mark.parametrize(("sheet", "said"), [
    ('id,faces\ncube,"1,000"\n', "a.csv:2:2: B2: '1,000' is no figure; write digits and a point only, as in 16297.60"),
    ("id,faces\ncube,６\n", "a.csv:2:2: B2: '６' is no figure; write digits and a point only, as in 16297.60"),
    ("id,faces\ncube,6年\n", "a.csv:2:2: B2: '6年' is no figure; write digits and a point only, as in 16297.60"),
    ("id,faces\ncube,6%\n", "a.csv:2:2: B2: '6%' is no figure; write digits and a point only, as in 16297.60"),
    ("id,faces\ncube,06\n", "a.csv:2:2: B2: '06' begins with 0; write 6"),
    ("id,faces\ncube,4–6\n", "a.csv:2:2: B2: '4–6' is no figure; write digits and a point only, as in 16297.60"),
    ("id,facets\ncube,6\n", "a.csv:1:2: B1: no column is called facets; did you mean faces?"),
    ("id,\ncube,6\n", "a.csv:2:2: B2: this column has no heading; write one, or empty the column"),
    ("faces,edges\n6,12\n", "a.csv:1:1: A1: no column says which row is meant; head one with id, or with label:fr and label:de"),
    ("id,label:it\ncube,Cubo\n", "a.csv:1:2: B1: 'it' is no language of this site; known: de, fr"),
    ("id,faces\n,6\n", "a.csv:2:2: B2: nothing here says which row is meant; write its id or its label"),
    ("id,faces\ncube,6\ncube,7\n", "a.csv:3:1: A3: row 2 of the sheet is cube too; keep one"),
    ("solid,faces\nCubes,6\n", "a.csv:2:1: A2: no row is called Cubes; did you mean Cube? (a new row needs columns headed id and label:fr and label:de)"),
    ("id,faces\ncuboid,6\n", "a.csv:2:1: A2: cuboid is a new row (did you mean cube?), and its name in fr, de is missing; "
                             "write it in a column headed label:fr and label:de"),
    ("id,label:fr,label:de\nA b,a,b\n", "a.csv:2:1: A2: 'A b' is no id; use small letters, digits and single hyphens"),
    ("id,unit\ncube,faces\n", "a.csv:2:2: B2: no unit is called faces; did you mean face?"),
    ("id,group\ncube,other\n", "a.csv:2:2: B2: no group is called other; did you mean others?"),
    ("name,value\nsolids.cube.face,6\n", "a.csv:2:1: A2: no figure of this table is called solids.cube.face; did you mean solids.cube.faces?"),
    ("name,value\nsolids.cube.euler,3\n", "a.csv:2:2: B2: value of solids.cube.euler cannot be changed from here: it is worked out by a formula; "
                                          "change it in data/tables/solids.yaml"),
    ("name,value,unit\nsolids.cube.faces,6,edge\n", "a.csv:2:3: C2: unit of solids.cube.faces cannot be changed from here"),
    ("name,value\nsolids.cube.faces,six\n", "a.csv:2:2: B2: 'six' is no figure"),
])
def test_what_cannot_be_taken_over_is_named_with_its_row_and_column(sheet, said):
    [line] = why(sheet)
    assert line.startswith(said)


def test_every_fault_of_a_sheet_is_named_at_once():
    assert len(why('id,faces,edges\ncube,x,y\nprism,1,2\n')) == 3


def test_a_derived_column_in_a_sheet_is_left_alone():
    assert not draft("id,faces,euler\ncube,6,3\n").changes


def test_a_download_with_another_figure_changes_it():
    sheet = "name,value,from,to,date\nsolids.cube.faces,7,,,\n"
    assert list(draft(sheet).lines()) == ["cube.faces: 6 → 7"]
    assert list(draft("name,from,to\nbands.vlf.frequency,3,31\n", "waves", "bands").lines()) == ["vlf.frequency.to: 30 → 31"]


def test_a_file_with_a_mark_and_windows_line_ends_keeps_them():
    project, records, raw = site("solids", "solids")
    odd = b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n")
    made = intake.draft(spreadsheet.read("a.csv", b"id,faces\ncube,7\n"), "solids", odd, project, records)
    assert made.text.encode() == odd.replace(b"{faces: 6,", b"{faces: 7,")
    assert folder().files["data/tables/solids.yaml"] == raw


def test_a_row_without_figures_gets_its_first_ones_together():
    cells = "    cells: {faces: 6, edges: 12, vertices: 8, sides: 4, meeting: 3}\n"
    _, records, raw = site("solids", "solids")
    bare = raw.decode().replace(cells, "")
    project = projects.validate(changed("data/tables/solids.yaml", cells, ""))
    sheet = spreadsheet.read("a.csv", b"id,faces,edges\ncube,6,12\n")
    made = intake.draft(sheet, "solids", bare.encode(), project, records)
    assert made.text == bare.replace("{fr: Cube, de: Würfel}\n", "{fr: Cube, de: Würfel}\n    cells: {faces: 6, edges: 12}\n")


def test_a_value_over_several_lines_is_left_to_its_editor():
    _, records, raw = site("solids", "solids")
    old, new = "label: {fr: Cube, de: Würfel}", "label:\n      fr: >-\n        Cube\n      de: Würfel"
    project = projects.validate(changed("data/tables/solids.yaml", old, new))
    sheet = spreadsheet.read("a.csv", b"id,label:fr\ncube,Le cube\n")
    with pytest.raises(Faulty, match="write them by hand"):
        intake.draft(sheet, "solids", raw.decode().replace(old, new).encode(), project, records)
