"""Compression: which files get it, that it gives back what it was made from, and that it is the same every time."""

from __future__ import annotations

import gzip

import brotli

from tally import compression

TEXT = "對數 numbers ".encode() * 200
FILES = {"en/index.html": TEXT, "data/a.csv": TEXT, "assets/a.js": TEXT, "en/charts/a/a.svg": TEXT,
         "en/card.png": TEXT, "data/a.xlsx": TEXT, "en/short.html": b"x" * compression.LEAST}


def compressed():
    return dict(compression.compressed(FILES, FILES.__getitem__))


def test_each_long_text_gets_both_and_nothing_else_does():
    found = compressed()
    assert found.keys() == {f"{path}.{kind}" for path in ("en/index.html", "data/a.csv", "assets/a.js", "en/charts/a/a.svg") for kind in ("br", "gz")}


def test_both_give_back_the_text_and_are_smaller():
    found = compressed()
    assert brotli.decompress(found["en/index.html.br"]) == TEXT == gzip.decompress(found["en/index.html.gz"])
    assert max(map(len, found.values())) < len(TEXT) / 10


def test_no_hour_stands_in_a_compressed_file():
    made = compressed()["data/a.csv.gz"]
    assert made[4:8] == bytes(4)
