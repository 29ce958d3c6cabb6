"""A release: the file that keeps what all charts showed on a day, from bytes to values and back.

JSON in Brotli under its own digest, so that damage and later changes by hand are found. What goes into one and how
its charts are shown again is `pin`'s; what has changed since is `correction`'s.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

import brotli
from pydantic import ValidationError

from tally.model import Release
from tally.problem import Faulty, Problem

PATTERN = "data/releases/*.json.br"
FORMAT = 1
"""The form of what is kept; another number is another form."""
MAX_BYTES = 50_000_000
"""Unpacked."""
_AGAIN = "bring back the file as it was made: git checkout -- {}"


def path(name: str) -> str:
    """Where a release of this name is kept."""
    return PATTERN.replace("*", name)


def pack(release: Release) -> bytes:
    """The file of a release; the same bytes for the same release."""
    content = {**release.model_dump(exclude={"date"}, exclude_defaults=True), "date": release.date.text}
    whole = {"format": FORMAT, "digest": digest(content), "release": content}
    return brotli.compress(_canonical(whole), quality=11, lgwin=24)  # type: ignore[no-any-return]


def digest(content: Mapping[str, Any]) -> str:
    """What changes when anything in a release does."""
    return hashlib.sha256(_canonical(content)).hexdigest()


def unpack(path: str, raw: bytes) -> Release:
    """The release in a file; raises `Faulty` where that is not as it was made."""
    whole = _read(path, raw)
    if whole.get("format") != FORMAT:
        raise _fault(path, f"this release has the form {whole.get('format')!r}, and {FORMAT} is read here; "
                           "use the builder that made it, or a later one")
    content = whole.get("release")
    if not isinstance(content, dict) or digest(content) != whole.get("digest"):
        raise _fault(path, "this release is not what it was when it was made: its digest does not fit; "
                           f"{_AGAIN.format(path)}")
    try:
        release = Release.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        said = f"this release lacks what is read here ({place}: {first['msg']}); {_AGAIN.format(path)}"
        raise _fault(path, said) from None
    if path != (own := PATTERN.replace("*", release.name)):
        raise _fault(path, f"this is the release {release.name}; a release keeps its name, "
                           f"so call the file {PurePosixPath(own).name}")
    return release


def _read(path: str, raw: bytes) -> dict[str, Any]:
    try:
        unpacker = brotli.Decompressor()
        text = unpacker.process(raw, output_buffer_limit=MAX_BYTES)
        if not unpacker.is_finished():
            raise ValueError("it ends too early")
        whole = json.loads(text)
    except (brotli.error, ValueError, RecursionError):
        raise _fault(path, f"this release is damaged and cannot be unpacked; {_AGAIN.format(path)}") from None
    return whole if isinstance(whole, dict) else {}


def _canonical(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _fault(path: str, message: str) -> Faulty:
    return Faulty([Problem(path, 1, 1, "", message)])
