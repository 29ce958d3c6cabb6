"""The command line: what it says, what it returns, and that the site built before stays as it was."""

from __future__ import annotations

import os
import re
import select
import shutil
import signal
import subprocess
import sys
import time

import pytest

import build
from tally import site
from tally.progress import STAGES
from tests.tiny import ROOT, SITES
from tests.tiny import written as files


def run(*arguments):
    return subprocess.run([sys.executable, "build.py", *map(str, arguments)], cwd=ROOT, capture_output=True, text=True, check=False)


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


def test_a_build_says_what_has_changed_since_the_one_before(tmp_path):
    shutil.copytree(SITES / "waves", tmp_path / "waves")
    build = ("--root", tmp_path / "waves", "--no-pictures")
    assert "changed" not in run(*build).stdout
    assert "\nNothing has changed since the last build\n" in run(*build).stdout
    file = tmp_path / "waves/content/pages/about/en.md"
    file.write_text(file.read_text("utf-8") + "\nMore.\n", "utf-8")
    said = run(*build).stdout
    assert re.search(r"\n\d+ files? changed, \d+ added, \d+ removed\n  changed: .*en/about/", said), said


def test_pages_that_only_load_other_assets_are_not_named_among_the_changed(tmp_path):
    shutil.copytree(SITES / "waves", tmp_path / "waves")
    build = ("--root", tmp_path / "waves", "--no-pictures")
    run(*build)
    before = files(tmp_path / "waves/site")
    file = tmp_path / "waves/content/pages/about/en.md"
    file.write_text(file.read_text("utf-8") + "\nMore.\n", "utf-8")  # which the search finds, so that every page loads another index
    said, now = run(*build).stdout, files(tmp_path / "waves/site")
    touched = {path for path in now if path.endswith(".html") and now[path] != before.get(path)}
    assert {"en/about/index.html", "en/index.html"} < touched
    assert f"\n  changed: en/about/\n  {len(touched) - 1} pages only in the names of what they load\n" in said, said


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_verbose_command_times_each_stage(tmp_path, command):
    where = ["--output", tmp_path / "site", "--no-pictures"] if command == "build" else []
    made = run(command, "--verbose", "--root", SITES / "waves", *where)
    stages = [line.split()[0] for line in made.stderr.splitlines() if re.fullmatch(r"[a-z]+ +\d+\.\d\d s", line)]
    assert made.returncode == 0
    assert stages == [*(STAGES if command == "build" else STAGES[:6]), "all"]


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


@pytest.mark.parametrize("said, arguments", [
    ("the following arguments are required: STORY", ["confirm"]), ("the following arguments are required: NAME", ["new", "chart"]),
    ("the following arguments are required: --table", ["import", "sheet.csv"]), ("invalid choice: 'biuld'", ["biuld"]),
    ("unrecognized arguments: more", ["check", "more"]), ("unrecognized arguments: --table x", ["check", "--table", "x"]),
    ("unrecognized arguments: --date 2026-11-22", ["new", "chart", "x", "--date", "2026-11-22"]),
    ("'2026-11' is no day; write it as in 2026-11-22", ["release", "x", "--date", "2026-11"])])
def test_a_command_that_is_misused_says_how(capsys, said, arguments):
    with pytest.raises(SystemExit) as ended:
        build.main(arguments)
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["check", "--strict", "--root", "x"], ["--strict", "--root", "x", "check"],
                                       ["--root", "x", "check", "--strict"], ["--root", "y", "check", "--root", "x", "--strict"]])
def test_options_stand_before_or_after_the_command(arguments):
    given = build.parser().parse_args(arguments)
    assert (given.run, str(given.root), given.strict, given.verbose) == (build.check, "x", True, False)


def test_without_a_command_a_site_is_built():
    bare, named = (vars(build.parser().parse_args(arguments)) for arguments in ([], ["build"]))
    assert bare == named and bare["run"] is build.build


def test_every_command_is_in_the_help():
    assert {"build", *re.findall(r"build\.py ([a-z]+)", build.__doc__)} == set(build.COMMANDS)


def test_a_command_that_is_stopped_says_so_in_a_line(monkeypatch, capsys):
    def stopped(*given, **more):
        raise KeyboardInterrupt
    monkeypatch.setattr(site, "build", stopped)
    assert build.main(["--root", str(SITES / "waves")]) == 130
    assert capsys.readouterr().err == "Stopped\n"


def test_an_output_that_leads_back_to_itself_is_refused_in_one_line(tmp_path):
    (tmp_path / "site").symlink_to(tmp_path / "site")
    refused = run("--root", SITES / "waves", "--output", tmp_path / "site", "--no-pictures")
    assert refused.returncode == 1 and "Traceback" not in refused.stderr
    assert refused.stderr.startswith(f"{tmp_path / 'site'}:1:1: cannot be written: ")


def test_an_output_among_the_sources_is_refused():
    failed = run("--root", SITES / "solids", "--output", SITES / "solids" / "data" / "site")
    assert (failed.returncode, "data/ holds what sites are built from" in failed.stderr) == (1, True)
    assert not (SITES / "solids" / "data" / "site").exists()


def test_a_folder_whose_name_is_no_text_is_written(tmp_path):
    made = run("--root", SITES / "waves", "--output", f"{tmp_path}/\udcff")
    assert (made.returncode, made.stderr) == (0, "")


def test_a_terminal_shows_how_far_a_build_has_come(tmp_path):
    ours, theirs = os.openpty()
    with subprocess.Popen([sys.executable, "build.py", "--root", SITES / "solids", "--output", tmp_path / "site"], cwd=ROOT,
                          stdout=subprocess.DEVNULL, stderr=theirs, env={**os.environ, "TERM": "xterm"}) as process:
        said = b""
        while process.poll() is None or select.select([ours], [], [], 0)[0]:
            said += os.read(ours, 4096) if select.select([ours], [], [], 0.1)[0] else b""
    os.close(ours)
    os.close(theirs)
    assert process.returncode == 0
    assert re.search(rb"\[#+-*\] [a-z]+", said), "it takes longer than a second"
    assert b"\n" not in said and said.endswith(b"\r")


def test_a_build_that_is_killed_leaves_the_site_and_nothing_that_the_next_cannot_mend(tmp_path):
    shutil.copytree(SITES / "waves", tmp_path / "waves")
    build = ["--root", tmp_path / "waves", "--no-pictures"]
    assert run(*build).returncode == 0
    before = files(tmp_path / "waves/site")
    for after in (0.3, 0.6, 0.9, 1.2):
        process = subprocess.Popen([sys.executable, "build.py", *map(str, build)], cwd=ROOT, stdout=subprocess.DEVNULL)
        time.sleep(after)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert files(tmp_path / "waves/site") == before
    made = run(*build)
    assert (made.returncode, made.stderr) == (0, "") and "Nothing has changed since the last build" in made.stdout
    assert sorted(path.name for path in (tmp_path / "waves").iterdir()) == ["content", "data", "site", "templates"]
