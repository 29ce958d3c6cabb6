"""Files: what is kept of one that was put away, and that each path is given once."""

from __future__ import annotations

import hashlib

import pytest

from tally.file import File, Filed, filed, listed


def test_a_file_is_put_away_and_known_by_a_digest():
    put = {}
    assert filed(File.of("a/b.html", "數"), put.__setitem__) == Filed("a/b.html", hashlib.sha256("數".encode()).hexdigest())
    assert put == {"a/b.html": "數".encode()}


def test_a_path_is_given_once():
    with pytest.raises(ValueError, match=r"a/b\.html is written twice"):
        listed([Filed("a/b.html", "1"), Filed("c", "2"), Filed("a/b.html", "1")])


def test_paths_are_listed_in_order():
    files = listed(Filed(path, path.upper()) for path in ("b", "a", "c"))
    assert (list(files), len(files), files["b"]) == (["a", "b", "c"], 3, Filed("b", "B"))
