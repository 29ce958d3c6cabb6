"""Packing: long texts of which there are thousands, kept small until somebody reads them.

Two lines, and one home for how it is done; who keeps such texts is `figure`'s and `poster`'s.
"""

from __future__ import annotations

import zlib


def packed(text: str) -> bytes:
    """A text as few bytes; the same text is always the same bytes."""
    return zlib.compress(text.encode("utf-8"), 1)


def unpacked(raw: bytes) -> str:
    """The text again."""
    return zlib.decompress(raw).decode("utf-8")
