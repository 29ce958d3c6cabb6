"""A cache: what a build keeps for the next, so that only what depends on a change is made again.

What each stage's tasks made, as bytes. When that still holds is `task`'s affair; here only the engine is compared,
for bytes of another engine mean nothing. `source` and `output` know where the bytes lie.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tally.source import Stamp
from tally.task import Memory

if TYPE_CHECKING:
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


def packed(cache: Cache, engine: bytes) -> bytes:
    """The cache as bytes; `engine` is the fingerprint of the code that made it."""
    packed = io.BytesIO(engine)
    packed.seek(len(engine))
    pickle.dump(cache, packed, pickle.HIGHEST_PROTOCOL)
    return packed.getvalue()


def opened(raw: bytes, engine: bytes) -> Cache:
    """What was packed, or an empty cache where nothing was, or by another engine."""
    if not raw.startswith(engine):
        return Cache()
    found = pickle.loads(memoryview(raw)[len(engine):])  # only what this engine wrote for this user is read
    return found if isinstance(found, Cache) else Cache()
