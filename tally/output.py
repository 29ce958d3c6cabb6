"""The output: artifacts go onto the disk here and nowhere else, all of them or none.

The new site is written beside the old one and takes its place at the end, so that a failure leaves the old one as
it was, and the next build mends what one that was killed has left. Files that stay the same are not written again.
A folder that holds something else is never replaced.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from tally import lock, swap
from tally.problem import Faulty, Problem
from tally.progress import UNWATCHED, Progress
from tally.source import RECORD, SEAL, Stamp, cache_folder, stamps, standing

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
        with _written(output):
            _recover(output)
        yield waited


def write(artifacts: Mapping[str, bytes], output: Path, pictures: Mapping[str, str] | None = None,
          progress: Progress = UNWATCHED, cache: bytes = b"", told: Callable[[bytes], bytes] = bytes) -> Changes:
    """Replace the site in `output` by `artifacts`, and say what changes; raises `Faulty` if the folder is not a site of ours.

    `pictures` holds for each PNG the key of what it was made from, which the next build reads, and so is `cache`;
    `told` is what a page says, less the names of what it loads.
    """
    _refuse_strangers(output)
    fresh, _ = _beside(output)
    site = _digest(artifacts)
    files = {**artifacts, RECORD: _record(artifacts, pictures or {}, site)}
    with _written(output):
        _recover(output)
        before = standing(output)
        try:
            _folders(fresh, files)
            mode = fresh.stat().st_mode
            fates = {path: _put(content, f"{fresh}/{path}", f"{output}/{path}", before.get(path), mode, told)
                     for path, content in progress.over("write", files.items(), len(files))}
            seen = stamps(fresh)
            with _cached(output, site, cache):
                _replace(output, fresh)
        finally:
            _recover(output)
    added, changed, readdressed = (sorted(path for path in artifacts if fates[path] in among)
                                   for among in ((_Fate.NEW,), (_Fate.CHANGED, _Fate.READDRESSED), (_Fate.READDRESSED,)))
    return Changes(added, changed, sorted(before.keys() - files.keys()), before.keys() <= {RECORD}, readdressed, seen)


@contextmanager
def _cached(output: Path, site: str, cache: bytes) -> Iterator[None]:
    """Lay the cache down before the site that names it, and remove those of sites before; nobody has to have one."""
    folder, name = cache_folder(output), site
    with suppress(OSError):
        if cache:
            _whole(folder / name, cache)
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


class _Fate(Enum):
    """What becomes of a file."""

    NEW, SAME, CHANGED, READDRESSED = range(4)


def _folders(fresh: Path, files: Iterable[str]) -> None:
    """Every folder that the files stand in."""
    found = {""}
    for path in files:
        while (path := path.rpartition("/")[0]) not in found:
            found.add(path)
    fresh.mkdir(parents=True)
    for folder in sorted(found - {""}):
        os.mkdir(f"{fresh}/{folder}")


def _put(content: bytes, target: str, old: str, seen: os.stat_result | None, mode: int, told: Callable[[bytes], bytes]) -> _Fate:
    """Write one file of the new site; where the old one has the same, it is the same file on the disk too."""
    was = _held(old, seen) if seen else None
    if was == content and seen and _linked(old, target, seen.st_mode ^ mode):
        return _Fate.SAME
    with open(target, "wb") as file:
        file.write(content)
    if was is None or was == content:
        return _Fate.SAME if was == content else _Fate.CHANGED if seen else _Fate.NEW
    return _Fate.READDRESSED if target.endswith(".html") and told(was) == told(content) else _Fate.CHANGED


def _held(file: str, seen: os.stat_result) -> bytes | None:
    """What a file holds that can be read, and is no link."""
    if not stat.S_ISREG(seen.st_mode):
        return None
    try:
        with open(file, "rb") as old:
            return old.read()
    except OSError:
        return None


def _linked(old: str, target: str, modes: int) -> bool:
    """Whether the file could be given its second name; one that was made for other eyes than the new site’s is not."""
    try:
        if modes & 0o666:
            return False
        os.link(old, target)
        return True
    except (OSError, NotImplementedError):
        return False


def _beside(output: Path) -> tuple[Path, Path]:
    """What is being written or removed, and a site that is whole while its place is being taken."""
    return output.with_name(f".{output.name}.new"), output.with_name(f".{output.name}.old")


def _replace(output: Path, fresh: Path) -> None:
    """Put the new site in the place of the old one, which comes to stand where the new one was."""
    _, old = _beside(output)
    if not output.exists():
        os.replace(fresh, output)
    elif not swap.exchange(fresh, output):
        os.replace(output, old)
        os.replace(fresh, output)
        os.replace(old, fresh)


def _recover(output: Path) -> None:
    """Put the old site back where a build was stopped before the new one had its place, and remove what is left over."""
    fresh, old = _beside(output)
    shutil.rmtree(fresh, ignore_errors=True)
    if old.exists():
        os.replace(old, fresh if output.exists() else output)
        shutil.rmtree(fresh, ignore_errors=True)


@contextmanager
def _written(path: Path) -> Iterator[None]:
    """What the system refuses is a problem with this path."""
    try:
        yield
    except OSError as error:
        raise Faulty([Problem(str(path), 1, 1, "", f"cannot be written: {error.strerror or error}")]) from None


def _digest(artifacts: Mapping[str, bytes]) -> str:
    """Tells a site from every other."""
    seen = hashlib.blake2b(digest_size=20)
    for path, content in artifacts.items():
        seen.update(f"{path}\0{len(content)}\0".encode())
        seen.update(content)
    return seen.hexdigest()


def _record(artifacts: Mapping[str, bytes], pictures: Mapping[str, str], site: str) -> bytes:
    """What the next build is told of this one; it also says whose folder this is."""
    known = {path: [key, hashlib.sha256(artifacts[path]).hexdigest()] for path, key in pictures.items()}
    return json.dumps({"note": "This folder is written by build.py; the next build replaces it.", "site": site,
                       "pictures": known}, indent=0).encode()


def write_file(path: Path, content: str | bytes) -> None:
    """Write one file whole, in a folder that may be new; raises `Faulty` where it cannot be written."""
    with _written(path):
        _whole(path, content.encode("utf-8") if isinstance(content, str) else content)  # line ends as they are


def _whole(path: Path, content: bytes) -> None:
    fresh = path.with_name(f".{path.name}.new")
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh.write_bytes(content)
    os.replace(fresh, path)


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
