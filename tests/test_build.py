"""The command line: what it says, what it returns, and that the site built before stays as it was."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest

from tests.tiny import ROOT, SITES


def run(*arguments):
    return subprocess.run([sys.executable, "build.py", *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, check=False)


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """A tiny site of one's own, built once."""
    root = tmp_path_factory.mktemp("copy") / "solids"
    shutil.copytree(SITES / "solids", root)
    return root, run("--root", root)


def test_a_build_says_what_was_made_and_where(copy):
    root, made = copy
    assert made.returncode == 0 and made.stderr == ""
    assert f"MB in {root / 'site'}" in made.stdout
    assert f"Open {root / 'site' / 'index.html'}" in made.stdout


def test_a_site_goes_into_its_root_where_no_output_is_named(copy):
    root, _ = copy
    assert (root / "site" / "fr" / "index.html").is_file()


def test_the_sites_address_may_be_given_on_the_command_line(tmp_path):
    made = run("--root", SITES / "waves", "--output", tmp_path / "site", "--no-pictures", "--base-url", "https://other.example/radio/")
    assert made.returncode == 0
    page = (tmp_path / "site/en/charts/bands/index.html").read_text("utf-8")
    assert 'href="https://other.example/radio/en/charts/bands/"' in page and "waves.example" not in page


def test_an_address_that_is_none_is_refused(tmp_path):
    refused = run("--root", SITES / "waves", "--output", tmp_path / "site", "--base-url", "other.example")
    assert refused.returncode == 2
    assert "a base address starts with https://" in refused.stderr
    assert not (tmp_path / "site").exists()


def test_a_check_writes_nothing(tmp_path):
    shutil.copytree(SITES / "waves", tmp_path / "waves")
    before = files(tmp_path)
    found = run("check", "--root", tmp_path / "waves")
    assert (found.returncode, found.stderr) == (0, "")
    assert "23 figures, 2 charts" in found.stdout
    assert files(tmp_path) == before


def test_two_broken_files_give_two_lines_and_leave_the_old_site_alone(copy):
    root, _ = copy
    before = files(root / "site")
    for path, old, new in (("data/figures/euclid.yaml", "value: 360", "value: many"), ("data/units.yaml", "factor: 12", "facter: 12")):
        file = root / path
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    failed = run("--root", root)
    assert failed.returncode == 1
    assert failed.stderr.splitlines() == [
        "data/figures/euclid.yaml:12:12: figures.limit.value: 'many' is no figure; write digits and a point only, as in 16297.60",
        "        value: many",
        "               ^",
        "data/units.yaml:28:5: units.dozen.facter: unknown key facter; did you mean factor?",
        "        facter: 12",
        "        ^",
        "2 problems; nothing was written"]
    assert failed.stdout == ""
    assert files(root / "site") == before
    assert sorted(path.name for path in root.iterdir()) == ["content", "data", "site", "templates"]


def test_a_folder_that_is_no_site_is_refused(tmp_path):
    failed = run("--root", tmp_path)
    assert failed.returncode == 1
    assert "no folder data/ here" in failed.stderr and "Traceback" not in failed.stderr


def test_an_unknown_command_is_misuse():
    assert run("biuld").returncode == 2


def test_a_command_that_needs_a_name_says_so():
    failed = run("confirm")
    assert (failed.returncode, "confirm needs a name" in failed.stderr) == (2, True)


def test_an_output_among_the_sources_is_refused():
    failed = run("--root", SITES / "solids", "--output", SITES / "solids" / "data" / "site")
    assert (failed.returncode, "data/ holds what sites are built from" in failed.stderr) == (1, True)
    assert not (SITES / "solids" / "data" / "site").exists()


def test_a_folder_whose_name_is_no_text_is_written(tmp_path):
    made = run("--root", SITES / "waves", "--output", f"{tmp_path}/\udcff")
    assert (made.returncode, made.stderr) == (0, "")
