"""The output: artifacts go onto the disk here and nowhere else, all of them or none.

The new site is written beside the old one and takes its place at the end, so that a failure leaves the
old one as it was. A folder that holds something else is never replaced.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from tally.problem import Faulty, Problem
from tally.source import RECORD

SOURCES = ("data", "content", "templates", "tally")
"""Folders that people write; no site goes into one."""


class Artifacts(Mapping[str, bytes]):
    """Every file of the site by its path; a path can be given only once."""

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}

    def add(self, path: str, content: bytes | str) -> None:
        """Raises `ValueError` for a path that is taken, absolute, or leads out of the site."""
        if path in self._files:
            raise ValueError(f"{path} is written twice")
        if path.startswith("/") or ".." in path.split("/"):
            raise ValueError(f"{path} leads out of the site")
        self._files[path] = content.encode("utf-8") if isinstance(content, str) else content

    def __getitem__(self, path: str) -> bytes:
        return self._files[path]

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._files))

    def __len__(self) -> int:
        return len(self._files)


def settled(output: Path, root: Path, engine: Path) -> Path:
    """The folder in full; raises `Faulty` where the site's own sources lie in it, or it lies among them."""
    try:
        output, root, engine = (path.resolve() for path in (output, root, engine))
        loop = output.is_symlink()
    except (OSError, RuntimeError, ValueError) as error:
        raise Faulty([Problem(str(output), 1, 1, "", f"cannot be written: {error}")]) from None
    if loop:
        raise Faulty([Problem(str(output), 1, 1, "", "cannot be written: this link leads back to itself")])
    sources = [base / name for base in (root, engine) for name in SOURCES]
    for folder in sources:
        if folder == output or folder in output.parents:
            raise Faulty([Problem(str(output), 1, 1, "", f"{folder.name}/ holds what sites are built from; name a folder outside it with --output")])
    if any(output == base or output in base.parents for base in (root, engine)):
        raise Faulty([Problem(str(output), 1, 1, "", "this folder holds what the site is built from; name another, or an empty one inside it, with --output")])
    return output


def write(artifacts: Mapping[str, bytes], output: Path, pictures: Mapping[str, str] | None = None) -> None:
    """Replace the site in `output` by `artifacts`; raises `Faulty` if the folder is not a site of ours.

    `pictures` holds for each PNG the key of what it was made from, which the next build reads.
    """
    _refuse_strangers(output)
    fresh, old = output.with_name(f".{output.name}.new"), output.with_name(f".{output.name}.old")
    for leftover in (fresh, old):
        shutil.rmtree(leftover, ignore_errors=True)
    try:
        for path, content in {**artifacts, RECORD: _record(artifacts, pictures or {})}.items():
            target = fresh / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        if output.exists():
            os.replace(output, old)
        os.replace(fresh, output)
    except OSError as error:
        raise Faulty([Problem(str(output), 1, 1, "", f"cannot be written: {error.strerror or error}")]) from None
    finally:
        if old.exists() and not output.exists():
            os.replace(old, output)
        for leftover in (fresh, old):
            shutil.rmtree(leftover, ignore_errors=True)


def _record(artifacts: Mapping[str, bytes], pictures: Mapping[str, str]) -> bytes:
    """What the next build is told of this one; it also says whose folder this is."""
    known = {path: [key, hashlib.sha256(artifacts[path]).hexdigest()] for path, key in pictures.items()}
    return json.dumps({"note": "This folder is written by build.py; the next build replaces it.", "pictures": known}, indent=0).encode()


def write_file(path: Path, content: str | bytes) -> None:
    """Write one file whole, in a folder that may be new; raises `Faulty` where it cannot be written."""
    fresh = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)  # line ends as they are
        os.replace(fresh, path)
    except OSError as error:
        raise Faulty([Problem(str(path), 1, 1, "", f"cannot be written: {error.strerror or error}")]) from None


def _refuse_strangers(output: Path) -> None:
    try:
        exists, folder = output.exists(), output.is_dir()
        strange = folder and any(output.iterdir()) and not (output / RECORD).exists()
    except OSError as error:
        raise Faulty([Problem(str(output), 1, 1, "", f"cannot be read: {error.strerror or error}")]) from None
    if strange:
        raise Faulty([Problem(str(output), 1, 1, "", (
            "this folder holds files that no build wrote; name an empty folder with --output"))])
    if exists and not folder:
        raise Faulty([Problem(str(output), 1, 1, "", "this is a file; --output wants a folder")])
