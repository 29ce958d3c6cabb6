"""The output: a new site takes the place of the old one, all of it or nothing.

It is drafted beside the old one, so that a failure leaves that as it was, and the next build mends what one that was
killed has left. A folder that holds something else is never replaced. How files get into a draft is `draft`'s.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from tally import lock, swap
from tally.draft import Draft, Fate
from tally.file import Filed
from tally.problem import Faulty, Problem
from tally.progress import UNWATCHED, Progress
from tally.source import RECORD, SEAL, Stamp, beside, cache_folder, stamp

SOURCES = ("data", "content", "templates", "tally")
"""Folders that people write; no site goes into one."""


@dataclass(frozen=True)
class Changes:
    """The files that a build added, changed and removed, by path; `first` where there was no site before."""

    added: Sequence[str]
    changed: Sequence[str]
    removed: Sequence[str]
    first: bool
    readdressed: Sequence[str] = ()
    """those of the changed that say what they said, and only load other assets"""
    stamps: Mapping[str, Stamp] = field(default_factory=dict, repr=False)
    """of every file of the site that stands there now"""

    def lines(self) -> list[str]:
        """How many files, and which pages say something else; nothing of a first build, which changes them all."""
        if self.first:
            return []
        named = {"changed": self.changed, "added": self.added, "removed": self.removed}
        if not any(named.values()):
            return ["No file has changed"]
        lines = [f"{len(self.changed)} file{'' if len(self.changed) == 1 else 's'} changed, {len(self.added)} added, {len(self.removed)} removed"]
        for kind, paths in named.items():
            pages = [path.removesuffix("index.html") or "/" for path in paths if path.endswith(".html") and path not in self.readdressed]
            more = f" and {len(pages) - _NAMED} more" if len(pages) > _NAMED else ""
            lines += [f"  {kind}: {', '.join(pages[:_NAMED])}{more}"] if pages else []
        if self.readdressed:
            one = len(self.readdressed) == 1
            lines.append(f"  {len(self.readdressed)} page{'' if one else 's'} only in the names of what {'it loads' if one else 'they load'}")
        return lines


_NAMED = 6
"""Pages to name, where more have changed."""


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


@contextmanager
def claimed(output: Path, progress: Progress = UNWATCHED) -> Iterator[bool]:
    """Keep other builds from the folder, mend what one that was killed has left there, and say whether one was waited for."""
    with lock.held(output, progress) as waited:
        _mend(output)
        yield waited


@contextmanager
def drafted(output: Path, names: Mapping[str, str] | None = None) -> Iterator[Draft]:
    """A new site for `output`, of which nothing is left unless it is published; raises `Faulty` if the folder is not a
    site of ours. `names` are those that its files hold in place of marks."""
    _refuse_strangers(output)
    fresh, _, _ = beside(output)
    _mend(output)
    with _written(output):
        try:
            yield Draft(fresh, output, names or {})
        finally:
            with suppress(OSError):  # what others own, and the next build names it
                _recover(output)


def publish(draft: Draft, files: Mapping[str, Filed], stamps: Mapping[str, Stamp], pictures: Mapping[str, str],
            cache: Callable[[BinaryIO], object] | None = None, told: Callable[[bytes], bytes] = bytes) -> Changes:
    """Put a new site in the place of the old one, and say what changes.

    `stamps` are those of all that stands in it; `pictures` holds for each PNG the key of what it was made from, which
    the next build reads, and so is what `cache` writes into a file; `told` is what a page says, less the names of what it loads.
    """
    site = _digest(files)
    fates = {path: draft.fate(path, told) for path in stamps}
    draft.put(RECORD, _record(files, pictures, site))
    stamps = {**stamps, RECORD: stamp(os.lstat(draft.fresh / RECORD))}
    with _cached(draft.old, site, cache):
        _replace(draft.old, draft.fresh)
    added, changed, readdressed = (sorted(path for path, fate in fates.items() if fate in among)
                                   for among in ((Fate.NEW,), (Fate.CHANGED, Fate.READDRESSED), (Fate.READDRESSED,)))
    return Changes(added, changed, sorted(draft.before.keys() - stamps.keys()), draft.before.keys() <= {RECORD}, readdressed, stamps)


@contextmanager
def _cached(output: Path, site: str, cache: Callable[[BinaryIO], object] | None) -> Iterator[None]:
    """Lay the cache down before the site that names it, and remove those of sites before; nobody has to have one."""
    folder, name = cache_folder(output), site
    with suppress(OSError):
        if cache:
            with _renewed(folder / name) as file:
                cache(file)
    yield
    with suppress(OSError):
        for old in folder.iterdir():
            if old.name not in (name, SEAL):
                old.unlink()


def seal(output: Path, seal: str, told: Sequence[str], stamps: Mapping[str, Stamp]) -> None:
    """Note what made the site that stands in `output`, and what was said of it; nobody has to have such a note."""
    with suppress(OSError):
        known = {"seal": seal, "told": list(told), "files": stamps}
        _whole(cache_folder(output) / SEAL, json.dumps(known).encode("utf-8", "surrogatepass"))


def _replace(output: Path, fresh: Path) -> None:
    """Put the new site in the place of the old one, which comes to stand where the new one was."""
    _, old, _ = beside(output)
    if not output.exists():
        os.replace(fresh, output)
    elif not swap.exchange(fresh, output):
        os.replace(output, old)
        os.replace(fresh, output)
        os.replace(old, fresh)


def _recover(output: Path) -> None:
    """Put the old site back where a build was stopped before the new one had its place, and remove what is left over."""
    fresh, old, _ = beside(output)
    _remove(fresh)
    if old.is_dir() and not output.exists():
        os.replace(old, output)
    else:
        _remove(old)


def _mend(output: Path) -> None:
    """The same before a build; raises `Faulty` where what is left over cannot be removed."""
    try:
        _recover(output)
    except OSError as error:
        left = error.filename or beside(output)[0]
        raise Faulty([Problem(str(left), 1, 1, "", f"left by a build before, cannot be removed: {error.strerror or error}; remove it")]) from None


def _remove(left: Path) -> None:
    """Remove what lies there, whatever it is, and though somebody has closed its folders."""
    shutil.rmtree(left, ignore_errors=True)
    if left.is_dir() and not left.is_symlink():
        left.chmod(_OPEN)
        for base, names, _ in os.walk(left):  # from above, so that each is open before it is listed
            for name in names:
                if not os.path.islink(f"{base}/{name}"):
                    os.chmod(f"{base}/{name}", _OPEN)
        shutil.rmtree(left)
    elif os.path.lexists(left):
        left.unlink()


_OPEN = 0o700
"""A folder that its owner may list and empty."""


@contextmanager
def _written(path: Path) -> Iterator[None]:
    """What the system refuses is a problem with this path."""
    try:
        yield
    except OSError as error:
        raise Faulty([Problem(str(path), 1, 1, "", f"cannot be written: {error.strerror or error}")]) from None


def _digest(files: Mapping[str, Filed]) -> str:
    """Tells a site from every other."""
    seen = hashlib.blake2b(digest_size=20)
    for path, file in files.items():
        seen.update(f"{path}\0{file.digest}\0".encode())
    return seen.hexdigest()


def _record(files: Mapping[str, Filed], pictures: Mapping[str, str], site: str) -> bytes:
    """What the next build is told of this one; it also says whose folder this is."""
    known = {path: [key, files[path].digest] for path, key in pictures.items()}
    return json.dumps({"note": "This folder is written by build.py; the next build replaces it.", "site": site,
                       "pictures": known}, indent=0).encode()


def write_file(path: Path, content: str | bytes) -> None:
    """Write one file whole, in a folder that may be new; raises `Faulty` where it cannot be written."""
    with _written(path):
        _whole(path, content.encode("utf-8") if isinstance(content, str) else content)  # line ends as they are


def _whole(path: Path, content: bytes) -> None:
    with _renewed(path) as file:
        file.write(content)


@contextmanager
def _renewed(path: Path) -> Iterator[BinaryIO]:
    """A file that has its place once it is whole."""
    fresh = path.with_name(f".{path.name}.new")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with open(fresh, "wb") as file:
            yield file
        os.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)


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
