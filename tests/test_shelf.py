"""A shelf: gives back what was put there, holds none of it in memory, and makes room."""

from __future__ import annotations

import errno
import io

import pytest

from tally import shelf
from tally.file import digest
from tally.problem import Faulty
from tally.shelf import Shelf


class Full(io.BytesIO):
    """A file on a disk without room."""

    def write(self, content):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_what_was_put_is_given_back_also_what_stood_at_the_path_before():
    kept = Shelf()
    for content in (b"one", b"two" * 1000, b""):
        kept.put("a/index.html", content)
    assert [kept.read(digest(content)) for content in (b"one", b"two" * 1000, b"")] == [b"one", b"two" * 1000, b""]
    with pytest.raises(KeyError):
        kept.read(digest(b"three"))


def test_what_is_there_takes_no_room_again():
    kept = Shelf()
    for _ in range(5):
        kept.put("a", b"x" * 100)
        kept.put("b", b"x" * 100)
    assert kept.size == 100


def test_room_is_made_once_much_lies_there_for_nothing(monkeypatch):
    monkeypatch.setattr(shelf, "ROOM", 1000)
    kept = Shelf()
    contents = [f"{number:0100}".encode() for number in range(30)]
    sizes = []
    for content in contents:
        kept.put("a", content)
        kept.keep(iter([digest(content)]))
        sizes.append(kept.size)
        assert kept.read(digest(content)) == content
    assert max(sizes) <= 1400 < 100 * len(contents)
    with pytest.raises(KeyError):
        kept.read(digest(contents[0]))


def test_what_is_there_stays_where_there_is_no_room_to_make_room(monkeypatch):
    monkeypatch.setattr(shelf, "ROOM", 10)
    kept = Shelf()
    for content in (b"x" * 100, b"y" * 100):
        kept.put("a", content)
    monkeypatch.setattr(Shelf, "_opened", staticmethod(Full))
    with pytest.raises(Faulty):
        kept.keep([digest(b"y" * 100)])
    assert [kept.read(digest(content)) for content in (b"x" * 100, b"y" * 100)] == [b"x" * 100, b"y" * 100]


def test_a_content_that_is_wanted_at_two_places_stays_once(monkeypatch):
    monkeypatch.setattr(shelf, "ROOM", 10)
    kept = Shelf()
    kept.put("a", b"x" * 100)
    kept.put("b", b"y" * 100)
    kept.keep([digest(b"x" * 100)] * 2)
    assert kept.size == 100 and kept.read(digest(b"x" * 100)) == b"x" * 100


def test_what_a_disk_took_only_in_part_is_put_whole(monkeypatch):
    class Short(io.BytesIO):
        def write(self, content):
            return super().write(content[:7])

    monkeypatch.setattr(Shelf, "_opened", staticmethod(Short))
    kept = Shelf()
    kept.put("a", b"x" * 30 + b"y")
    kept.put("b", b"z")
    assert kept.read(digest(b"x" * 30 + b"y")) == b"x" * 30 + b"y" and kept.read(digest(b"z")) == b"z"


def test_a_full_disk_is_a_problem(monkeypatch):
    monkeypatch.setattr(Shelf, "_opened", staticmethod(Full))
    with pytest.raises(Faulty, match="No space left on device; free some room, or name another folder in TMPDIR"):
        Shelf().put("a", b"x")
