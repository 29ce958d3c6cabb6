"""A file: one of the site's, from the moment that it is made.

Nobody holds what is in thousands of them: it is put away where it was made, at once, and what is kept of a file is
its place and a digest. Where it is put is `output`'s and `shelf`'s, which files there are `page`'s and `plate`'s.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

Put = Callable[[str, bytes], object]
"""Puts content away for a path; raises `ValueError` for one that leads out of the site."""


@dataclass(frozen=True, slots=True)
class File:
    """A path in the site, and what stands there."""

    path: str
    content: bytes

    @classmethod
    def of(cls, path: str, text: str) -> File:
        """A file of text."""
        return cls(path, text.encode("utf-8"))


@dataclass(frozen=True, slots=True)
class Filed:
    """A file that was put away; `digest` is of what it held, in hexadecimal digits."""

    path: str
    digest: str


def filed(file: File, put: Put) -> Filed:
    """Put a file away."""
    put(file.path, file.content)
    return Filed(file.path, digest(file.content))


def digest(content: bytes) -> str:
    """What stands for some content."""
    return hashlib.sha256(content).hexdigest()


def listed(files: Iterable[Filed]) -> dict[str, Filed]:
    """All files of a site by path, in order; raises `ValueError` for a path that is given twice."""
    found: dict[str, Filed] = {}
    for file in files:
        if found.setdefault(file.path, file) is not file:
            raise ValueError(f"{file.path} is written twice")
    return dict(sorted(found.items()))
