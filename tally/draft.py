"""A draft: a new site while it is made, out of sight beside the one that stands.

Several processes put files into it, each where it was made. A file that stays the same is the same file on the disk
too, and one that no task made again is taken from the old site as it stands. When a draft has the old site's place,
and when it is given up, is `output`'s.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from enum import Enum
from pathlib import Path

from tally.source import Stamp, stamp, stamps, standing

_MODE = 0o666
"""The bits of a file's mode that say who may read and write it."""


class Fate(Enum):
    """What becomes of a file."""

    NEW, SAME, CHANGED, READDRESSED = range(4)


class Draft:
    """The files of a new site in the folder `fresh`; `former` are the names that the old one's hold in place of marks."""

    def __init__(self, fresh: Path, old: Path, former: Mapping[str, str]):
        self.fresh, self.old, self.former = fresh, old, former
        self.before = dict(standing(old))
        self.names: Mapping[str, str] = {}
        fresh.mkdir(parents=True)
        self._mode = fresh.stat().st_mode
        self._folders = {""}
        self._fates = dict[str, Fate]()

    def put(self, path: str, content: bytes) -> None:
        """Write one file; raises `ValueError` for a path that leads out of the site."""
        if path.startswith("/") or ".." in path.split("/"):
            raise ValueError(f"{path} leads out of the site")
        content = exchanged(content, self.names)
        seen = self.before.get(path)
        if not (seen and seen.st_size == len(content) and self._held(path) == content and self._linked(path)):
            self._write(path, content)

    def read(self, path: str) -> bytes:
        """A file that was put."""
        with open(f"{self.fresh}/{path}", "rb") as file:
            return file.read()

    def name(self, names: Mapping[str, str]) -> None:
        """From here on files hold these names in place of marks; those that were put have marks in their paths."""
        self.names = names
        for mark, name in names.items():
            with suppress(FileNotFoundError):
                os.replace(self.fresh / mark, self.fresh / name)

    def intact(self, stamps: Mapping[str, Stamp]) -> set[str]:
        """The files of the old site that still stand as they were written, with these stamps, and may be taken."""
        return {path for path, known in stamps.items()
                if (seen := self.before.get(path)) and stat.S_ISREG(seen.st_mode) and stamp(seen) == known and self._seen_alike(seen)}

    def fill(self, paths: Iterable[str]) -> None:
        """Take those of these files that nobody has put from the old site, where they are `intact`."""
        there = {path for path, _ in standing(self.fresh)}
        renamed = {self.former[mark]: name for mark, name in self.names.items() if self.former.get(mark, name) != name}
        for path in paths:
            if path in there or (not (renamed and path.endswith(".html")) and self._linked(path)):
                continue
            with open(f"{self.old}/{path}", "rb") as file:
                was = file.read()
            now = exchanged(was, renamed)
            if now == was and self._linked(path):
                continue
            self._write(path, now)
            self._fates[path] = Fate.SAME if now == was else Fate.READDRESSED

    def stamps(self) -> dict[str, Stamp]:
        """How big every file of the new site is, and when it was written."""
        return stamps(self.fresh)

    def fate(self, path: str, told: Callable[[bytes], bytes]) -> Fate:
        """What becomes of a file; `told` is what a page says, less the names of what it loads."""
        seen = self.before.get(path)
        if path in self._fates or not seen:
            return self._fates.get(path, Fate.NEW)
        if os.path.samestat(seen, os.lstat(f"{self.fresh}/{path}")):
            return Fate.SAME
        was, now = self._held(path), self.read(path)
        if was is None or was == now:
            return Fate.CHANGED if was is None else Fate.SAME
        return Fate.READDRESSED if path.endswith(".html") and told(was) == told(now) else Fate.CHANGED

    def _held(self, path: str) -> bytes | None:
        """What an old file holds that can be read, and is no link."""
        if not stat.S_ISREG(self.before[path].st_mode):
            return None
        try:
            with open(f"{self.old}/{path}", "rb") as file:
                return file.read()
        except OSError:
            return None

    def _seen_alike(self, seen: os.stat_result) -> bool:
        return not (seen.st_mode ^ self._mode) & _MODE

    def _linked(self, path: str) -> bool:
        """Whether the old file could be given a second name; one that was made for other eyes than the new site’s is not."""
        try:
            if self._seen_alike(self.before[path]):
                os.link(f"{self.old}/{path}", self._roomy(path))
                return True
        except (OSError, NotImplementedError):
            pass
        return False

    def _write(self, path: str, content: bytes) -> None:
        with open(self._roomy(path), "xb") as file:  # what is there already may be the old site’s own file
            file.write(content)

    def _roomy(self, path: str) -> str:
        """Where a file goes, in a folder that is there."""
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            os.makedirs(f"{self.fresh}/{folder}", exist_ok=True)
            self._folders.add(folder)
        return f"{self.fresh}/{path}"


def exchanged(content: bytes, names: Mapping[str, str]) -> bytes:
    """What a file holds, with names in place of others, or of marks."""
    for old, new in names.items():
        content = content.replace(old.encode(), new.encode())
    return content
