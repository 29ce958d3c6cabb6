"""Compression: what a server may send in a file's place, made once instead of at every request.

Beside each text file stands the same in Brotli and in gzip, for servers that look for `NAME.br` and `NAME.gz`.
Pictures and workbooks are compressed in themselves already. Nothing is written to disk here.
"""

from __future__ import annotations

import gzip
import posixpath
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor

import brotli

TEXT = frozenset({".html", ".css", ".js", ".json", ".svg", ".xml", ".csv", ".txt", ".webmanifest"})
LEAST = 1000
"""Smaller files fit into one packet as they are."""
_QUALITY = 11
"""The best and the slowest; a file is compressed once and sent many times."""


def compressed(artifacts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The compressed files of all the texts, by their paths. The same bytes give the same bytes."""
    texts = {path: raw for path, raw in artifacts.items() if len(raw) > LEAST and posixpath.splitext(path)[1] in TEXT}
    found: dict[str, bytes] = {}
    with ThreadPoolExecutor() as pool:  # both libraries let others work meanwhile
        for ending, results in ((".br", pool.map(_brotli, texts.values())), (".gz", pool.map(_gzip, texts.values()))):
            found |= _named(texts, ending, results)
    return found


def _named(paths: Iterable[str], ending: str, contents: Iterable[bytes]) -> dict[str, bytes]:
    return {path + ending: raw for path, raw in zip(paths, contents, strict=True)}


def _brotli(raw: bytes) -> bytes:
    return bytes(brotli.compress(raw, mode=brotli.MODE_TEXT, quality=_QUALITY))


def _gzip(raw: bytes) -> bytes:
    return gzip.compress(raw, mtime=0)
