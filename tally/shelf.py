"""A shelf: where a server keeps the files of its site, on the disk and not in memory.

It is one file without a name, which is gone with the process however that ends. What a build makes lies in its own
folder instead, which is `output`'s.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Iterable
from typing import IO

from tally.file import digest
from tally.problem import Faulty, Problem

ROOM = 64_000_000
"""bytes that may lie there for nothing"""


class Shelf:
    """Contents by their digests, for the threads of one process."""

    def __init__(self) -> None:
        self._places: dict[str, tuple[int, int]] = {}
        self._lock = threading.Lock()
        self._file, self._end, self._most = self._opened(), 0, ROOM

    @staticmethod
    def _opened() -> IO[bytes]:
        return tempfile.TemporaryFile(buffering=0)

    @property
    def size(self) -> int:
        """How much lies there."""
        return self._end

    def put(self, path: str, content: bytes) -> None:
        """Keep what stands at a path, beside what has stood there; raises `Faulty` where there is no room."""
        name = digest(content)
        with self._lock:
            if name not in self._places:
                self._append(name, content)

    def read(self, name: str) -> bytes:
        """The content of this digest; raises `KeyError` where there is none."""
        with self._lock:
            return self._read(name)

    def keep(self, names: Iterable[str]) -> None:
        """Forget all but these, once that makes much room."""
        if self._end <= self._most:
            return
        fresh = Shelf()
        with self._lock:
            for name in dict.fromkeys(names):
                fresh._append(name, self._read(name))
            self._file, self._places, self._end = fresh._file, fresh._places, fresh._end
            self._most = 2 * self._end + ROOM

    def _read(self, name: str) -> bytes:
        start, size = self._places[name]
        self._file.seek(start)
        return self._file.read(size)

    def _append(self, name: str, content: bytes) -> None:
        self._file.seek(self._end)
        rest = memoryview(content)
        try:
            while rest:  # a disk that is nearly full takes a part, and says so only of the next
                rest = rest[self._file.write(rest):]
        except OSError as error:
            said = f"the site cannot be kept here: {error.strerror}; free some room, or name another folder in TMPDIR"
            raise Faulty([Problem(tempfile.gettempdir(), 1, 1, "", said)]) from None
        self._places[name] = self._end, len(content)
        self._end += len(content)
