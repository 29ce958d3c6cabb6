"""A cache: what a build keeps for the next, so that only what depends on a change is made again.

What each stage's tasks made, as bytes. When that still holds is `task`'s affair; here only the engine is compared,
for bytes of another engine mean nothing. `source` and `output` know where the bytes lie.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, BinaryIO

from tally.source import Stamp
from tally.task import Memory

if TYPE_CHECKING:
    from typing_extensions import Buffer

    from tally.citation import Citations
    from tally.crosscheck import Findings
    from tally.figure import Drawing
    from tally.page import Pages
    from tally.poster import Posters
    from tally.reading import Readings
    from tally.review import Reviews


@dataclass(frozen=True)
class Known:
    """What a check found out."""

    readings: Readings = field(default_factory=Memory)
    citations: Citations = field(default_factory=Memory)
    findings: Findings = field(default_factory=Memory)
    reviews: Reviews = field(default_factory=Memory)
    drawings: Memory[Drawing] = field(default_factory=Memory)
    pins: Memory[Drawing] = field(default_factory=Memory)


@dataclass(frozen=True)
class Cache:
    """What the tasks of each stage made."""

    known: Known = field(default_factory=Known)
    takeaways: Posters = field(default_factory=Memory)
    cards: Posters = field(default_factory=Memory)
    pages: Pages = field(default_factory=Memory)
    codes: dict[str, bytes] = field(default_factory=dict)
    """compiled templates"""
    names: Mapping[str, str] = field(default_factory=dict)
    """of late assets, by what pages hold in place of them"""
    stamps: Mapping[str, Stamp] = field(default_factory=dict)
    """of every file of the site as it was written"""


def pack(cache: Cache, engine: bytes, file: BinaryIO) -> None:
    """Write the cache as bytes, one part after the other, for what is packed at once is held at once; `engine` is the
    fingerprint of the code that made it."""
    sealed = _Sealed(file)
    sealed.write(engine)
    pickler = pickle.Pickler(sealed, pickle.HIGHEST_PROTOCOL)
    for part in (*_parts(cache.known), *_parts(cache)[1:]):
        pickler.dump(part)
        pickler.clear_memo()
    file.write(sealed.seen.digest())


def opened(raw: bytes, engine: bytes) -> Cache:
    """What was packed, or an empty cache where nothing was, or by another engine, or where it was damaged since."""
    whole = memoryview(raw)
    if not raw.startswith(engine) or whole[-_SEAL:] != _seen(whole[:-_SEAL]).digest():
        return Cache()
    file = io.BytesIO(raw)
    file.seek(len(engine))
    known = Known(*(pickle.load(file) for _ in fields(Known)))  # only what this engine wrote for this user is read
    return Cache(known, *(pickle.load(file) for _ in fields(Cache)[1:]))


def _parts(whole: Known | Cache) -> list[Any]:
    return [getattr(whole, part.name) for part in fields(whole)]


class _Sealed:
    """A file that is written, and a digest of all that was, by which it is known to be whole."""

    def __init__(self, file: BinaryIO):
        self.file, self.seen = file, _seen()

    def write(self, raw: Buffer) -> int:
        self.seen.update(raw)
        return self.file.write(raw)


_SEAL = 20
"""bytes of that digest"""


def _seen(raw: Buffer = b"") -> hashlib.blake2b:
    return hashlib.blake2b(raw, digest_size=_SEAL)
