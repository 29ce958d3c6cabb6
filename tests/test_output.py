"""Output: all files or none, each path once, and nobody else's folder is touched."""

from __future__ import annotations

import errno
import os
import random
import signal
import sys
import time

import pytest

from tally import output, source, swap
from tally.file import File, filed, listed
from tally.problem import Faulty
from tests.tiny import written as files


def write(contents, site, pictures=None, told=bytes):
    """A site of these files, made and published as a build does it."""
    with output.drafted(site) as draft:
        made = listed([filed(File(path, raw), draft.put) for path, raw in contents.items()])
        return output.publish(draft, made, draft.stamps(), pictures or {}, told=told)


def test_a_new_site_replaces_the_old_one_whole(tmp_path):
    write({"a.html": b"1", "b/c.html": b"2"}, tmp_path / "site")
    write({"a.html": b"3"}, tmp_path / "site")
    assert files(tmp_path / "site").keys() - {source.RECORD} == {"a.html"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_an_empty_folder_is_taken(tmp_path):
    write({"a": b"1"}, tmp_path)
    assert (tmp_path / "a").read_bytes() == b"1"


def test_a_folder_with_something_else_is_refused(tmp_path):
    (tmp_path / "thesis.doc").write_text("years of work")
    with pytest.raises(Faulty, match="holds files that no build wrote; name an empty folder with --output"):
        write({"a": b"1"}, tmp_path)
    assert files(tmp_path) == {"thesis.doc": b"years of work"}


def test_a_file_is_refused(tmp_path):
    (tmp_path / "site").write_text("x")
    with pytest.raises(Faulty, match="this is a file"):
        write({"a": b"1"}, tmp_path / "site")


def test_a_failure_leaves_the_old_site_and_no_litter(tmp_path):
    write({"a": b"old"}, tmp_path / "site")
    with pytest.raises(Faulty, match="cannot be written"):
        write({"a": b"new", "a/b": b"a is a file, not a folder"}, tmp_path / "site")
    assert (tmp_path / "site/a").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_an_interruption_between_the_two_moves_leaves_the_old_site(tmp_path, monkeypatch):
    write({"a": b"old"}, tmp_path / "site")
    monkeypatch.setattr(swap, "exchange", lambda one, other: False)
    move = os.replace

    def interrupted(source, target):
        if str(source).endswith(".new"):
            raise KeyboardInterrupt
        move(source, target)

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        write({"a": b"new"}, tmp_path / "site")
    assert (tmp_path / "site/a").read_bytes() == b"old"


OLD = {"index.html": b"old", "kept.css": b"same", "en/index.html": b"old too", "en/gone.html": b"gone"}
NEW = {"index.html": b"new", "kept.css": b"same", "en/index.html": b"new too", "zh/come.html": b"come"}
STEPS = ("open", "os.mkdir", "os.link", "os.rename", "os.rmdir", "os.remove", "os.scandir", "os.listdir")
"""What Python tells of before it asks the system for it."""


def child(work):
    """The status of a process that does `work` and goes."""
    if not (process := os.fork()):
        try:
            work()
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitpid(process, 0)[1]


def dying(site, artifacts, step):
    """Write, and be killed at the step of this number."""
    left = iter(range(step))

    def tell(event, _):
        if event in STEPS and next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    def work():
        sys.addaudithook(tell)
        write(artifacts, site)

    return child(work)


def shown(site):
    """What readers get: every file but the record; nothing where there is no site."""
    return {path: raw for path, raw in files(site).items() if path != source.RECORD} if site.exists() else None


@pytest.mark.parametrize("before", [OLD, None])
@pytest.mark.parametrize("at_once", [True, False])
def test_a_kill_at_any_step_leaves_one_of_the_two_sites_whole(tmp_path, monkeypatch, before, at_once):
    if not at_once:
        monkeypatch.setattr(swap, "exchange", lambda one, other: False)
    site, seen, step = tmp_path / "site", [], 0
    while True:
        if before:
            write(before, site)
        status = dying(site, NEW, step)
        if at_once:
            assert shown(site) in (before, NEW), step
        with output.claimed(site):
            seen.append(shown(site))
            assert seen[-1] in (before, NEW), step
            assert {path.name for path in tmp_path.iterdir()} <= {"site", ".site.lock"}, step
        write(NEW, site)
        assert shown(site) == NEW and [path.name for path in tmp_path.iterdir()] == ["site"], step
        if status == 0:
            break
        assert os.WTERMSIG(status) == signal.SIGKILL
        for path in sorted(site.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        site.rmdir()
        step += 1
    assert step > len(NEW) and seen[0] == before and seen[-1] == NEW
    assert seen == sorted(seen, key=lambda one: one == NEW), "from one step on it is the new one"


def test_a_kill_at_any_time_leaves_one_of_the_two_sites_whole(tmp_path):
    site, chance = tmp_path / "site", random.Random(1)
    write(OLD, site)
    for _ in range(30):
        if not (process := os.fork()):
            while True:
                for version in (NEW, OLD):
                    with output.claimed(site):
                        write(version, site)
        time.sleep(chance.uniform(0.001, 0.03))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        assert shown(site) in (OLD, NEW)
        with output.claimed(site):
            assert write(OLD, site).removed in ([], ["zh/come.html"])
        assert shown(site) == OLD and [path.name for path in tmp_path.iterdir()] == ["site"]


def test_what_changed_is_told(tmp_path):
    assert write(OLD, tmp_path / "site").lines() == []
    changes = write(NEW, tmp_path / "site")
    assert (changes.added, changes.changed, changes.removed) == (["zh/come.html"], ["en/index.html", "index.html"], ["en/gone.html"])
    assert changes.lines() == ["2 files changed, 1 added, 1 removed", "  changed: en/, /", "  added: zh/come.html", "  removed: en/gone.html"]
    assert write(NEW, tmp_path / "site").lines() == ["No file has changed"]


def test_pages_that_only_load_other_assets_are_counted_and_not_named(tmp_path):
    def version(said, digest):
        return {"a/index.html": f"{said} {digest}".encode(), "b/index.html": digest.encode(), "c.txt": digest.encode()}

    def told(page):
        return page.translate(None, b"0123456789")

    site = tmp_path / "site"
    write(version("one", "1"), site, told=told)
    changes = write(version("two", "2"), site, told=told)
    assert (changes.changed, changes.readdressed) == (["a/index.html", "b/index.html", "c.txt"], ["b/index.html"])
    assert changes.lines() == ["3 files changed, 0 added, 0 removed", "  changed: a/", "  1 page only in the names of what it loads"]
    assert write(version("two", "3"), site, told=told).lines()[1:] == ["  2 pages only in the names of what they load"]
    assert shown(site) == version("two", "3")


def test_what_is_told_of_the_files_is_how_they_stand(tmp_path):
    for version in (OLD, NEW):
        assert write(version, tmp_path / "site").stamps == source.stamps(tmp_path / "site")


def test_only_the_first_pages_that_changed_are_named(tmp_path):
    pages = {f"{number}/index.html": b"1" for number in range(8)}
    write({"a": b"1"}, tmp_path / "site")
    assert write({"a": b"2", **pages}, tmp_path / "site").lines() == [
        "1 file changed, 8 added, 0 removed", "  added: 0/, 1/, 2/, 3/, 4/, 5/ and 2 more"]


def test_files_that_stay_the_same_are_not_written_again(tmp_path):
    write(OLD, tmp_path / "site")
    before = {path: (tmp_path / "site" / path).stat().st_ino for path in OLD}
    os.utime(tmp_path / "site/kept.css", (1, 1))
    write(NEW, tmp_path / "site")
    now = {path: (tmp_path / "site" / path).stat() for path in NEW}
    assert (now["kept.css"].st_ino, now["kept.css"].st_mtime) == (before["kept.css"], 1)
    assert now["index.html"].st_ino != before["index.html"]
    assert {found.st_nlink for found in now.values()} == {1}


@pytest.mark.parametrize("alter", [lambda file: file.write_bytes(b"SAME"), lambda file: file.chmod(0o600), lambda file: file.unlink(),
                                   lambda file: (file.unlink(), file.symlink_to("index.html")), lambda file: (file.unlink(), os.mkfifo(file))])
def test_a_file_that_somebody_altered_is_written_again(tmp_path, alter):
    write(OLD, tmp_path / "site")
    mode = (tmp_path / "site/kept.css").stat().st_mode
    alter(tmp_path / "site/kept.css")
    write(NEW, tmp_path / "site")
    found = (tmp_path / "site/kept.css").lstat()
    assert shown(tmp_path / "site") == NEW and found.st_mode == mode


def test_files_are_written_where_links_cannot_be(tmp_path, monkeypatch):
    def refused(*paths):
        raise PermissionError(1, "Operation not permitted")
    monkeypatch.setattr(os, "link", refused)
    write(OLD, tmp_path / "site")
    assert write(OLD, tmp_path / "site").lines() == ["No file has changed"]
    assert shown(tmp_path / "site") == OLD


def test_a_place_that_cannot_be_is_a_problem(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(Faulty, match="cannot be written"):
        write({"a": b"1"}, tmp_path / "file" / "site")


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
        write({"a": b"1"}, tmp_path)


def test_a_picture_is_known_by_its_key_until_somebody_alters_it(tmp_path):
    write({"a.png": b"picture", "b.png": b"other"}, tmp_path / "site", {"a.png": "one", "b.png": "two"})
    assert source.pictures(tmp_path / "site") == {"one": b"picture", "two": b"other"}
    (tmp_path / "site" / "b.png").write_bytes(b"altered")
    assert source.pictures(tmp_path / "site") == {"one": b"picture"}


@pytest.mark.parametrize("record", [b"", b"{", b"[]", b'{"pictures": 1}', b'{"pictures": {"a.png": "one"}}', b"\xff"])
def test_a_damaged_record_is_as_if_there_were_none(tmp_path, record):
    (tmp_path / source.RECORD).write_bytes(record)
    (tmp_path / "a.png").write_bytes(b"picture")
    assert source.pictures(tmp_path) == {}


@pytest.mark.parametrize("leave", [
    lambda left: left.write_text("x"),
    lambda left: left.symlink_to("nowhere"),
    lambda left: left.mkdir(),
])
@pytest.mark.parametrize("end", ["new", "old"])
def test_whatever_a_build_finds_in_its_place_is_removed(tmp_path, leave, end):
    site = tmp_path / "site"
    write({"a.html": b"one"}, site)
    leave(tmp_path / f".site.{end}")
    write({"a.html": b"two"}, site)
    assert (site / "a.html").read_bytes() == b"two" and os.listdir(tmp_path) == ["site"]


def test_a_file_that_could_not_be_written_leaves_nothing(tmp_path, monkeypatch):
    def full(*paths):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(Faulty, match="No space left"):
        output.write_file(tmp_path / "made-from.yaml", "x")
    assert not os.listdir(tmp_path)
