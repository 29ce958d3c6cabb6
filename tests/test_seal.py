"""A seal: a build that would make the same site again makes nothing, and any other does."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from tests.tiny import ROOT, SITES

SAME = "Nothing has changed since the last build"


@pytest.fixture
def home(tmp_path):
    """A copy of a tiny site that was built once, with a cache of its own."""
    shutil.copytree(SITES / "waves", tmp_path / "waves")
    said(tmp_path)
    return tmp_path


def built(home, *arguments):
    ran = subprocess.run([sys.executable, "build.py", "--root", home / "waves", "--no-pictures", *arguments], cwd=ROOT, text=True,
                         capture_output=True, env={**os.environ, "XDG_CACHE_HOME": str(home / "cache")}, check=False)
    assert ran.returncode == 0, ran.stderr
    return ran


def said(home, *arguments):
    return built(home, *arguments).stdout


def files(home):
    site = home / "waves" / "site"
    return {path.relative_to(site): (path.read_bytes(), path.stat().st_mtime_ns) for path in site.rglob("*") if path.is_file()}


def test_a_second_build_finds_nothing_to_do_and_says_what_there_is(home):
    before = files(home)
    assert SAME in said(home) and files(home) == before
    lines = said(home).splitlines()
    shutil.rmtree(home / "waves" / "site")
    assert [line for line in lines if line != SAME] == said(home).splitlines()


def appended(path, text):
    path.write_bytes(path.read_bytes() + text)


@pytest.mark.parametrize("change", [
    lambda home: appended(home / "waves/data/tables/bands.yaml", b"# noted\n"),
    lambda home: appended(home / "waves/content/pages/front/en.md", b"\nMore.\n"),
    lambda home: appended(home / "waves/templates/assets/style.css", b"p {}\n"),
    lambda home: appended(home / "waves/site/en/index.html", b"x"),
    lambda home: (home / "waves/site/en/index.html").unlink(),
    lambda home: (home / "waves/site/stranger.html").write_text("x"),
    lambda home: shutil.rmtree(home / "cache"),
])
def test_whatever_has_changed_there_is_a_new_build(home, change):
    clean = files(home)
    change(home)
    assert SAME not in said(home)
    assert SAME in said(home)
    now = files(home)
    assert {path for path in now if path.suffix == ".html"} == {path for path in clean if path.suffix == ".html"}
    assert not any(raw.endswith(b"x") for raw, _ in now.values())


def test_asked_otherwise_there_is_a_new_build(home):
    assert SAME not in said(home, "--base-url", "https://elsewhere.example")
    assert SAME not in said(home)


def test_what_was_warned_of_is_said_again(tmp_path):
    shutil.copytree(SITES / "solids", tmp_path / "waves")
    appended(tmp_path / "waves/content/stories/euler/fr.md", b"\nEncore.\n")
    appended(tmp_path / "waves/content/stories/euler/de.md", b"\nNoch etwas.\n")
    for _ in range(2):
        ran = built(tmp_path)
        assert "1 to look at" in ran.stderr and SAME not in ran.stdout
