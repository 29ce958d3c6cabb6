"""The desk: a sheet is shown before it is written, and written only when somebody agreed."""

from __future__ import annotations

import os
import pty
import shutil
import subprocess
import sys

import pytest

from tally import desk, schema
from tally.problem import Faulty
from tests.test_build import files, run
from tests.tiny import ROOT, SITES

TABLE = "data/tables/solids.yaml"


@pytest.fixture
def copy(tmp_path):
    root = tmp_path / "solids"
    shutil.copytree(SITES / "solids", root)
    sheet = tmp_path / "from-a-colleague.csv"
    sheet.write_text("id,sides\ncube,5\n", "utf-8")
    return root, sheet


def test_an_import_shows_the_difference_and_writes_it_where_it_may(copy):
    root, sheet = copy
    before = files(root)
    made = run("import", sheet, "--table", "solids", "--root", root, "--yes")
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.splitlines() == ["cube.sides: 4 → 5", f"Wrote {TABLE}; now see whether every phrase still holds: build.py check"]
    after = files(root)
    assert after.pop(TABLE) == before.pop(TABLE).replace(b"vertices: 8, sides: 4", b"vertices: 8, sides: 5")
    assert {path: raw for path, raw in after.items() if not path.startswith(".schema/")} == before


def test_a_file_that_was_saved_while_somebody_was_asked_is_not_overwritten(copy):
    root, sheet = copy
    made = desk.draft(root, ROOT, sheet, "solids", None)
    with (root / TABLE).open("a", encoding="utf-8") as file:
        file.write("# more\n")
    before = files(root)
    with pytest.raises(Faulty, match="has changed since"):
        desk.accept(root, ROOT, made)
    assert files(root) == before


def test_without_a_terminal_and_without_yes_nothing_is_written(copy):
    root, sheet = copy
    before = files(root)
    made = run("import", sheet, "--table", "solids", "--root", root)
    assert made.stdout.splitlines() == ["cube.sides: 4 → 5", "Nothing was written; --yes writes where nobody can be asked"]
    assert files(root) == before


@pytest.mark.parametrize(("answer", "written"), [("y", True), ("n", False), ("", False)])
def test_at_a_terminal_a_person_is_asked(copy, answer, written):
    root, sheet = copy
    before = files(root)
    mine, theirs = pty.openpty()
    os.write(mine, f"{answer}\n".encode())
    made = subprocess.run([sys.executable, "build.py", "import", sheet, "--table", "solids", "--root", root], cwd=ROOT, stdin=theirs,
                          capture_output=True, text=True, check=False)
    os.close(mine)
    os.close(theirs)
    assert f"Write 1 to {TABLE}? [y/N]" in made.stdout
    assert (files(root) != before) == written


@pytest.mark.parametrize(("text", "table", "said"), [
    ("id,sides\ncube,1,000\n", "solids", "this column has no heading"), ("id,sides\ncube,4 sides\n", "solids", "B2: '4 sides' is no figure"),
    ("id,sides\ncube,5\n", "solid", "no table is called solid; did you mean solids?"), ("", "solids", "the sheet holds no rows")])
def test_a_problem_in_the_sheet_is_named_and_nothing_written(copy, text, table, said):
    root, sheet = copy
    sheet.write_text(text, "utf-8")
    before = files(root)
    made = run("import", sheet, "--table", table, "--root", root, "--yes")
    assert (made.returncode, said in made.stderr, "Traceback" in made.stderr) == (1, True, False)
    assert files(root) == before


def test_a_sheet_that_is_not_there_is_named(copy):
    root, _ = copy
    made = run("import", "none.csv", "--table", "solids", "--root", root, "--yes")
    assert (made.returncode, "none.csv:1:1: cannot be read: No such file" in made.stderr) == (1, True)


def test_a_sheet_that_says_the_same_writes_nothing(copy):
    root, sheet = copy
    sheet.write_text("id,sides\ncube,4\n", "utf-8")
    made = run("import", sheet, "--table", "solids", "--root", root, "--yes")
    assert made.stdout == f"The sheet says what {TABLE} says; nothing to write\n"


@pytest.mark.parametrize("arguments", [("import", "a.csv"), ("import",), ("check", "--table", "a"), ("new", "chart"), ("new",), ("check", "a")])
def test_a_command_that_is_not_whole_is_misuse(arguments):
    assert run(*arguments).returncode == 2


def test_new_says_what_it_wrote_and_names_the_kind_that_was_meant(copy):
    root, _ = copy
    assert run("new", "story", "fresh", "--root", root).stdout.splitlines() == [
        f"Wrote {root / 'content/stories/fresh' / name}" for name in ("story.yaml", "fr.md", "de.md")]
    assert "did you mean chart?" in run("new", "charts", "fresh", "--root", root).stderr


def test_schemas_go_into_a_folder_of_their_own(copy):
    root, _ = copy
    before = files(root)
    assert f"Wrote {len(schema.schemas({}))} schemas" in run("schema", "--root", root).stdout
    assert {path.partition("/")[0] for path in files(root).keys() - before.keys()} == {".schema"}
