"""A source folder: everything that a build reads, as bytes, and the only module that reads the disk.

Nothing is interpreted here. Output folders, caches and editors' leftovers are passed over; a template in
the site's own `templates/` stands before the engine's of the same name.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import stat
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import BinaryIO, NamedTuple

from tally.problem import Faulty, Problem

MAX_BYTES = 5_000_000
RECORD = ".tally"
"""In a folder that a build wrote: what it tells the next."""
SEAL = "seal.json"
"""In the cache: what the last build saw, and left."""
Stamp = tuple[int, int]
"""Bytes, and when a file was written, in nanoseconds."""
_BASIC = Path("node_modules/plotly.js-basic-dist-min")


@dataclass(frozen=True)
class Bundle:
    """The Plotly.js that pages load: which one it is and its bytes."""

    name: str
    version: str
    script: bytes


@dataclass(frozen=True)
class FontFile:
    """A font on this machine; nothing of it is read before it is asked for."""

    path: Path

    def open(self) -> BinaryIO:
        """Its bytes, to be read in part: some fonts have twenty million of them."""
        return self.path.open("rb")

    def read(self) -> bytes:
        """All its bytes."""
        return self.path.read_bytes()

    @cached_property
    def stamp(self) -> str:
        """Changes with its content: a font begins with the checksums of its tables."""
        with self.open() as raw:
            return f"{self.path.stat().st_size} {hashlib.sha256(raw.read(1 << 16)).hexdigest()}"


@dataclass(frozen=True)
class Folder:
    """What is on the disk: `files` under data/ and content/ by path, `templates` by name, the bundle."""

    files: Mapping[str, bytes]
    templates: Mapping[str, bytes]
    bundle: Bundle
    engine: bytes = b""
    """the fingerprint of the code that makes the site, libraries included"""
    held: Mapping[str, Held] = field(default_factory=dict, repr=False, compare=False)
    """every file as it was read, by its path on the disk"""


def load(root: Path, engine: Path, modules: Path | None = None, before: Folder | None = None) -> Folder:
    """Read the site at `root` with the templates of `engine`; raises `Faulty` where there is no site.

    `modules` is the folder whose `node_modules` may hold the basic Plotly bundle; `engine` when left out. What was read
    `before` is not read again unless it was touched since.
    """
    if not (root / "data").is_dir():
        raise Faulty([Problem(str(root), 1, 1, "", "no folder data/ here; --root names the folder that holds data/ and content/")])
    reader = _Reader(before.held if before else {})
    files = {**reader.tree(root, "data"), **reader.tree(root, "content")}
    templates = {name.removeprefix("templates/"): raw
                 for base in (engine, root) for name, raw in reader.tree(base, "templates").items()}
    return Folder(files, templates, _bundle(modules or engine, reader), _engine(), reader.held)


class Held(NamedTuple):
    """A file as it was read."""

    stamp: tuple[int, ...]
    settled: bool
    """whether it had been left alone for so long that another change would give it another stamp"""
    raw: bytes


_SETTLED = 3_000_000_000
"""nanoseconds; the coarsest clock of a disk has steps of two seconds"""


class _Reader:
    """Reads files, but only those that were touched since they were read `before`."""

    def __init__(self, before: Mapping[str, Held]):
        self.before = before
        self.held: dict[str, Held] = {}

    def tree(self, root: Path, name: str) -> dict[str, bytes]:
        """Every file of a folder by its path from the root, in order."""
        found, problems = {}, []
        for path, seen in sorted(_entries(root, name), key=lambda one: one[0].split("/")):
            if stat.S_ISDIR(seen.st_mode):
                if path.endswith((".yaml", ".md")):
                    problems.append(Problem(path, 1, 1, "", "a folder stands here, and a file is wanted; move what it holds"))
                continue
            try:
                _refuse_huge(seen)
                found[path] = self.read(f"{root}/{path}", seen)
            except OSError as error:
                problems.append(Problem(path, 1, 1, "", f"cannot be read: {error.strerror or error}"))
        if problems:
            raise Faulty(problems)
        return found

    def read(self, path: str, seen: os.stat_result) -> bytes:
        """One file."""
        stamp = seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino
        old, now = self.before.get(path), time.time_ns()
        if old and old.settled and old.stamp == stamp:
            self.held[path] = old
            return old.raw
        with open(path, "rb") as file:
            raw = file.read()
        if old and old.raw == raw:
            raw = old.raw  # what is made of it need not be compared either
        self.held[path] = Held(stamp, now - max(seen.st_mtime_ns, seen.st_ctime_ns) > _SETTLED, raw)
        return raw


def _refuse_huge(seen: os.stat_result) -> None:
    if seen.st_size > MAX_BYTES:
        raise OSError(f"larger than {MAX_BYTES // 1_000_000} MB")


def _entries(root: Path, name: str) -> Iterator[tuple[str, os.stat_result]]:
    """Every file and folder below one, links to files followed; caches and editors' leftovers are passed over."""
    waiting = [name]
    while waiting:
        folder = waiting.pop()
        try:
            entries = list(os.scandir(root / folder))
        except FileNotFoundError:
            continue
        except OSError as error:
            raise Faulty([Problem(folder, 1, 1, "", f"cannot be read: {error.strerror or error}")]) from None
        for entry in entries:
            path = f"{folder}/{entry.name}"
            with suppress(OSError):  # a link that leads nowhere
                if not entry.name.startswith(".") and not entry.name.endswith("~") and (entry.is_dir() or entry.is_file()):
                    yield path, entry.stat()
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(path)




@cache
def _engine() -> bytes:
    """Changes with the code of this package, the libraries that are installed, and the Python that runs them."""
    own = Path(__file__).parent
    seen = hashlib.blake2b(sys.version.encode(), digest_size=16)
    for path in sorted(own.rglob("*.py")):
        seen.update(path.relative_to(own).as_posix().encode() + path.read_bytes())
    for folder in sys.path:
        if Path(folder).is_dir():
            seen.update("\n".join(sorted(name for name in os.listdir(folder or ".") if name.endswith(".dist-info"))).encode())
    return seen.digest()


def standing(site: Path) -> Iterator[tuple[str, os.stat_result]]:
    """The path of every file of a folder there, and what the system knows of it, links not followed."""
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        with suppress(OSError), os.scandir(f"{site}/{folder}") as entries:
            for entry in entries:
                path = folder + entry.name
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{path}/")
                else:
                    yield path, os.lstat(entry.path)


def stamps(site: Path) -> dict[str, Stamp]:
    """Every file of a folder with its size and when it was written."""
    return {path: stamp(seen) for path, seen in standing(site)}


def stamp(seen: os.stat_result) -> Stamp:
    """A file's size and when it was written."""
    return seen.st_size, seen.st_mtime_ns


def sealed(site: Path, seal: str) -> list[str] | None:
    """What was said of the build that left this seal, where its site still stands as it was written."""
    try:
        known = json.loads((cache_folder(site) / SEAL).read_bytes())
        whole = known["seal"] == seal and {path: tuple(stamp) for path, stamp in known["files"].items()} == stamps(site)
        return [str(line) for line in known["told"]] if whole and not any(map(os.path.lexists, beside(site))) else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def beside(site: Path) -> tuple[Path, Path, Path]:
    """Where a build leaves things while it runs: what is being written or removed, a site that is whole while its place
    is being taken, and the lock. What stands there otherwise was left by one that was killed."""
    new, old, lock = (site.with_name(f".{site.name}.{end}") for end in ("new", "old", "lock"))
    return new, old, lock


def font_stamps() -> list[tuple[str, Stamp]]:
    """Every font on this machine, by which pictures are drawn."""
    return [(str(font.path), (seen.st_size, seen.st_mtime_ns)) for font in fonts() for seen in [font.path.stat()]]


def cached(site: Path) -> bytes:
    """What the last build into this folder kept for the next, as its record names it; nothing where there is none."""
    try:
        name = json.loads((site / RECORD).read_bytes())["site"]
        if not _NAME.fullmatch(name):
            return b""  # a site from elsewhere may name anything
        raw: bytes = (cache_folder(site) / name).read_bytes()
        return raw
    except (OSError, ValueError, KeyError, TypeError):
        return b""


_NAME = re.compile(r"[0-9a-f]{40}")
"""What a cache is called."""


def cache_folder(site: Path) -> Path:
    """Where builds into a folder keep things for one another: with the user, who alone may be trusted with them."""
    from platformdirs import user_cache_path

    return user_cache_path("tally") / hashlib.sha256(str(site).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def pictures(site: Path) -> dict[str, bytes]:
    """The PNG pictures of the site that was built before, by the key of what each was made from.

    A record that cannot be read, and a picture that has been altered since, are as if there were none.
    """
    try:
        record = json.loads((site / RECORD).read_bytes())["pictures"]
        found = {key: ((site / path).read_bytes(), digest) for path, (key, digest) in record.items() if (site / path).is_file()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    return {key: raw for key, (raw, digest) in found.items() if hashlib.sha256(raw).hexdigest() == digest}


def read(path: Path) -> bytes:
    """A file that an editor names; raises `Faulty` where it cannot be read."""
    try:
        _refuse_huge(path.stat())
        return path.read_bytes()
    except (OSError, ValueError) as error:
        said = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        raise Faulty([Problem(str(path), 1, 1, "", said)]) from None


def text(root: Path, path: str) -> str | None:
    """A file of the site as text, to quote from; None for one that cannot be read, is packed, or is none of its own."""
    if not path.startswith(("data/", "content/", "templates/")) or path.endswith(".br"):
        return None
    try:
        raw = (root / path).read_bytes()
    except (OSError, ValueError):
        return None
    if b"\0" in raw or path.startswith("data/releases/"):  # nothing that anybody typed
        return None
    return raw.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")


FONT_FOLDERS = (
    "/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts",
    "/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts",
    "${WINDIR}/Fonts", "${LOCALAPPDATA}/Microsoft/Windows/Fonts",
)
"""Where Linux, macOS and Windows keep fonts."""


def fonts(folders: Iterable[str] = FONT_FOLDERS) -> list[FontFile]:
    """The fonts on this machine, unread, in the order of their folders and names."""
    found = []
    for folder in folders:
        for base, _, names in sorted(os.walk(os.path.expandvars(os.path.expanduser(folder)))):
            found += [FontFile(Path(base, name)) for name in sorted(names) if name.lower().endswith((".ttf", ".otf", ".ttc"))]
    return found


def _bundle(modules: Path, reader: _Reader) -> Bundle:
    """The basic bundle from npm at the version that plotly carries, else the full one inside plotly."""
    package, version = _full(), plotly_version()
    basic = modules / _BASIC
    script = basic / "plotly-basic.min.js"
    if script.is_file() and f'"version": "{version}"' in (basic / "package.json").read_text("utf-8"):
        return Bundle("plotly.js-basic-dist-min", version, reader.read(str(script), script.stat()))
    return Bundle(f"plotly {_release()}", version, reader.read(str(package), package.stat()))


def _release() -> str:
    """Of the plotly package, from the name of the folder that pip keeps beside it: what else could tell loads slowly."""
    found = next(_full().parents[2].glob("plotly-*.dist-info"), None)
    return found.stem.removeprefix("plotly-") if found else "unknown"


def _full() -> Path:
    spec = importlib.util.find_spec("plotly")  # only its folder is wanted, and to import it takes time
    assert spec and spec.origin
    return Path(spec.origin).parent / "package_data" / "plotly.min.js"


def plotly_version() -> str:
    """The version of the Plotly.js inside the plotly package, as its first comment says."""
    with _full().open(encoding="utf-8") as lines:
        match = re.search(r"plotly\.js v([\d.]+)", lines.read(400))
    return match.group(1) if match else "unknown"
