"""Compression: what a server may send in a file's place, made once instead of at every request.

Beside each text file stands the same in Brotli and in gzip, for servers that look for `NAME.br` and `NAME.gz`.
Pictures and workbooks are compressed in themselves already. Nothing is written to disk here.
"""

from __future__ import annotations

import gzip
import posixpath
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

import brotli

TEXT = frozenset({".html", ".css", ".js", ".json", ".svg", ".xml", ".csv", ".txt", ".webmanifest"})
LEAST = 1000
"""Smaller files fit into one packet as they are."""
_QUALITY = 11
"""The best and the slowest; a file is compressed once and sent many times."""


def compressed(paths: Iterable[str], read: Callable[[str], bytes]) -> Iterator[tuple[str, bytes]]:
    """The compressed files of all the texts, with their paths. The same bytes give the same bytes."""
    texts = [path for path in paths if posixpath.splitext(path)[1] in TEXT]

    def both(path: str) -> list[tuple[str, bytes]]:
        raw = read(path)
        return [(f"{path}.br", _brotli(raw)), (f"{path}.gz", _gzip(raw))] if len(raw) > LEAST else []

    with ThreadPoolExecutor() as pool:  # both libraries let others work meanwhile
        for made in pool.map(both, texts):
            yield from made


def _brotli(raw: bytes) -> bytes:
    return bytes(brotli.compress(raw, mode=brotli.MODE_TEXT, quality=_QUALITY))


def _gzip(raw: bytes) -> bytes:
    return gzip.compress(raw, mtime=0)
