"""A draft: files go into it from several processes, and what stays the same is taken from the old site."""

from __future__ import annotations

import os

import pytest

from tally import output
from tally.draft import Draft, Fate
from tally.source import stamps

MARK, ONE, TWO = "assets/search/en.~pending~.js", "assets/search/en.0123456789.js", "assets/search/en.abcdef0123.js"
OLD = {"en/index.html": f'<a href="../{ONE}">one</a>', "en/other.html": "other", ONE: "index", "a.csv": "1,2"}


@pytest.fixture
def old(tmp_path):
    for path, text in OLD.items():
        (tmp_path / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / path).write_text(text)
    return tmp_path / "site"


def drafted(old):
    return Draft(old.with_name("new"), old, {MARK: ONE})


def same(draft, path):
    return (draft.fresh / path).samefile(draft.old / path)


@pytest.mark.parametrize("path", ["/etc/passwd", "../a", "a/../../b"])
def test_a_path_stays_in_the_site(old, path):
    with pytest.raises(ValueError, match="leads out of the site"):
        drafted(old).put(path, b"x")
    assert not list(old.with_name("new").iterdir())


def test_a_file_that_says_what_it_said_is_the_same_file(old):
    draft = drafted(old)
    draft.put("a.csv", b"1,2")
    draft.put("en/other.html", b"others")
    assert same(draft, "a.csv") and not same(draft, "en/other.html")
    assert draft.read("en/other.html") == b"others"


def test_what_several_processes_put_is_there(old):
    draft = drafted(old)
    for name in ("b/c/d.html", "b/e.html"):
        if not (process := os.fork()):
            draft.put(name, name.encode())
            os._exit(0)
        os.waitpid(process, 0)
    draft.put("b/c/f.html", b"f")
    assert draft.stamps().keys() == {"b/c/d.html", "b/e.html", "b/c/f.html"}
    assert draft.read("b/c/d.html") == b"b/c/d.html"


def test_marks_become_names_in_paths_and_in_what_is_put_after(old):
    draft = drafted(old)
    draft.put(MARK, b"new index")
    draft.name({MARK: TWO})
    draft.put("en/index.html", f'<a href="../{MARK}">two</a>'.encode())
    assert draft.read(TWO) == b"new index" and draft.read("en/index.html") == f'<a href="../{TWO}">two</a>'.encode()
    assert not (draft.fresh / MARK).exists()


def test_what_nobody_put_is_taken_and_calls_things_by_their_new_names(old):
    draft = drafted(old)
    draft.put(MARK, b"new index")
    draft.name({MARK: TWO})
    draft.fill([*(path for path in OLD if path != ONE), TWO])
    there = draft.stamps()
    assert there == stamps(draft.fresh) and there.keys() == {"en/index.html", "en/other.html", TWO, "a.csv"}
    assert draft.read("en/index.html") == f'<a href="../{TWO}">one</a>'.encode()
    assert {path: draft.fate(path, bytes) for path in there} == {
        "en/index.html": Fate.READDRESSED, "en/other.html": Fate.SAME, TWO: Fate.NEW, "a.csv": Fate.SAME}
    assert same(draft, "en/other.html")


def test_under_the_same_names_all_is_taken_as_it_stands(old):
    draft = drafted(old)
    draft.name({MARK: ONE})
    draft.fill(OLD)
    assert draft.stamps() == stamps(old) and {draft.fate(path, bytes) for path in OLD} == {Fate.SAME}
    assert all(same(draft, path) for path in OLD)


def test_what_became_of_a_file_is_told_by_what_it_says(old):
    draft = drafted(old)
    draft.put("en/index.html", OLD["en/index.html"].replace(ONE, TWO).encode())
    draft.put("en/other.html", b"another")
    draft.put("a.csv", b"1,3")
    draft.put("b.csv", b"1,2")
    fates = {path: draft.fate(path, lambda page: page.replace(ONE.encode(), b"").replace(TWO.encode(), b"")) for path in draft.stamps()}
    assert fates == {"en/index.html": Fate.READDRESSED, "en/other.html": Fate.CHANGED, "a.csv": Fate.CHANGED, "b.csv": Fate.NEW}


@pytest.mark.parametrize("alter", [
    lambda file: file.write_text("3,4,5"), lambda file: os.utime(file, (1, 1)), lambda file: file.chmod(0o600), lambda file: file.unlink(),
    lambda file: (file.unlink(), file.symlink_to("en/index.html")), lambda file: (file.unlink(), os.mkfifo(file))])
def test_a_file_that_somebody_altered_is_not_intact(old, alter):
    known = stamps(old)
    alter(old / "a.csv")
    assert drafted(old).intact(known) == OLD.keys() - {"a.csv"}


def test_nothing_is_left_of_a_draft_that_failed(old):
    with pytest.raises(KeyError), output.drafted(old.with_name("site2")) as draft:
        draft.put("a.html", b"a")
        draft.fill(["b.html"])
    assert sorted(path.name for path in old.parent.iterdir()) == ["site"]
