"""Output: all files or none, each path once, and nobody else's folder is touched."""

from __future__ import annotations

import os

import pytest

from tally import output, source
from tally.output import Artifacts
from tally.problem import Faulty


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_path_is_given_once():
    artifacts = Artifacts()
    artifacts.add("a/b.html", "x")
    with pytest.raises(ValueError, match=r"a/b\.html is written twice"):
        artifacts.add("a/b.html", "y")


@pytest.mark.parametrize("path", ["/etc/passwd", "../a", "a/../../b"])
def test_a_path_stays_in_the_site(path):
    with pytest.raises(ValueError, match="leads out of the site"):
        Artifacts().add(path, "x")


def test_paths_are_listed_in_order():
    artifacts = Artifacts()
    for path in ("b", "a", "c"):
        artifacts.add(path, path)
    assert (list(artifacts), len(artifacts), artifacts["b"]) == (["a", "b", "c"], 3, b"b")


def test_a_new_site_replaces_the_old_one_whole(tmp_path):
    output.write({"a.html": b"1", "b/c.html": b"2"}, tmp_path / "site")
    output.write({"a.html": b"3"}, tmp_path / "site")
    assert files(tmp_path / "site").keys() - {source.RECORD} == {"a.html"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_an_empty_folder_is_taken(tmp_path):
    output.write({"a": b"1"}, tmp_path)
    assert (tmp_path / "a").read_bytes() == b"1"


def test_a_folder_with_something_else_is_refused(tmp_path):
    (tmp_path / "thesis.doc").write_text("years of work")
    with pytest.raises(Faulty, match="holds files that no build wrote; name an empty folder with --output"):
        output.write({"a": b"1"}, tmp_path)
    assert files(tmp_path) == {"thesis.doc": b"years of work"}


def test_a_file_is_refused(tmp_path):
    (tmp_path / "site").write_text("x")
    with pytest.raises(Faulty, match="this is a file"):
        output.write({"a": b"1"}, tmp_path / "site")


def test_a_failure_leaves_the_old_site_and_no_litter(tmp_path):
    output.write({"a": b"old"}, tmp_path / "site")
    with pytest.raises(Faulty, match="cannot be written"):
        output.write({"a": b"new", "a/b": b"a is a file, not a folder"}, tmp_path / "site")
    assert (tmp_path / "site/a").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_an_interruption_between_the_two_moves_leaves_the_old_site(tmp_path, monkeypatch):
    output.write({"a": b"old"}, tmp_path / "site")
    move = os.replace

    def interrupted(source, target):
        if str(source).endswith(".new"):
            raise KeyboardInterrupt
        move(source, target)

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        output.write({"a": b"new"}, tmp_path / "site")
    assert (tmp_path / "site/a").read_bytes() == b"old"


def test_a_place_that_cannot_be_is_a_problem(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(Faulty, match="cannot be written"):
        output.write({"a": b"1"}, tmp_path / "file" / "site")


def test_a_site_never_goes_among_its_own_sources(tmp_path):
    for name in ("data", "data/site", "content/stories/new", "templates/x"):
        with pytest.raises(Faulty, match=f"{name.partition('/')[0]}/ holds what sites are built from; name a folder outside it"):
            output.settled(tmp_path / name, tmp_path, tmp_path / "engine")
    with pytest.raises(Faulty, match="tally/ holds what sites are built from"):
        output.settled(tmp_path / "engine/tally", tmp_path, tmp_path / "engine")


def test_a_site_never_replaces_the_folder_that_it_is_built_from(tmp_path):
    for base in (tmp_path, tmp_path / "root"):
        with pytest.raises(Faulty, match="this folder holds what the site is built from"):
            output.settled(base, tmp_path / "root", tmp_path / "engine")


def test_a_folder_beside_the_sources_is_taken(tmp_path):
    assert output.settled(tmp_path / "root/../root/site", tmp_path / "root", tmp_path / "engine") == tmp_path / "root/site"


def test_a_link_that_leads_back_to_itself_is_a_problem(tmp_path):
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").symlink_to(tmp_path / "a")
    with pytest.raises(Faulty, match="cannot be written"):
        output.settled(tmp_path / "a", tmp_path / "root", tmp_path / "engine")


def test_a_folder_that_may_not_be_read_is_a_problem(tmp_path, monkeypatch):
    def forbidden(folder):
        raise PermissionError(13, "Permission denied")
    monkeypatch.setattr(type(tmp_path), "iterdir", forbidden)
    with pytest.raises(Faulty, match="cannot be read: Permission denied"):
        output.write({"a": b"1"}, tmp_path)


def test_a_picture_is_known_by_its_key_until_somebody_alters_it(tmp_path):
    output.write({"a.png": b"picture", "b.png": b"other"}, tmp_path / "site", {"a.png": "one", "b.png": "two"})
    assert source.pictures(tmp_path / "site") == {"one": b"picture", "two": b"other"}
    (tmp_path / "site" / "b.png").write_bytes(b"altered")
    assert source.pictures(tmp_path / "site") == {"one": b"picture"}


@pytest.mark.parametrize("record", [b"", b"{", b"[]", b'{"pictures": 1}', b'{"pictures": {"a.png": "one"}}', b"\xff"])
def test_a_damaged_record_is_as_if_there_were_none(tmp_path, record):
    (tmp_path / source.RECORD).write_bytes(record)
    (tmp_path / "a.png").write_bytes(b"picture")
    assert source.pictures(tmp_path) == {}
