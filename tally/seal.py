"""A seal: what a build saw, by which the next knows that it would make the same site again.

It is asked before anything else, so nothing is imported here that loads slowly. `task` is its slow sister: that knows
what has to be made again once something has changed.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from tally.source import Folder, Stamp


def of(folder: Folder, *, destination: Path, options: Iterable[object], fonts: Iterable[tuple[str, Stamp]]) -> str:
    """Forty digits that change with everything that a build reads, where it writes, and how it was asked to."""
    seen = hashlib.blake2b(folder.engine, digest_size=20)
    for told in (os.path.realpath(destination), *options, *fonts, folder.bundle.name):
        seen.update(f"{told}\0".encode("utf-8", "surrogatepass"))
    for files in (folder.files, folder.templates, {"bundle": folder.bundle.script}):
        for path, raw in files.items():
            seen.update(f"{path}\0{len(raw)}\0".encode("utf-8", "surrogatepass"))
            seen.update(raw)
    return seen.hexdigest()
