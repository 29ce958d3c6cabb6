"""A site that is being served while its files change, as an editor does it, for the tests of `tally.serving`."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

from .tiny import ROOT, SITES


class Served:
    """A process of `build.py serve`: its address, and what it says."""

    def __init__(self, root: Path, port: int = 0):
        self.root = root
        self.process = subprocess.Popen(
            [sys.executable, "build.py", "serve", "--root", str(root), "--port", str(port)], cwd=ROOT,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
        self.said: list[str] = []
        self.warned: list[str] = []
        self._ready = threading.Event()
        self._readers = [threading.Thread(target=self._read, args=given, daemon=True)
                         for given in ((self.process.stdout, self.said), (self.process.stderr, self.warned))]
        for reader in self._readers:
            reader.start()
        assert self._ready.wait(120), self.warned
        self.base = next(line.split()[2] for line in self.said if line.startswith("Serving on")).rstrip("/")
        self.port = int(self.base.rpartition(":")[2])

    def _read(self, stream, lines: list[str]) -> None:
        for line in stream:
            lines.append(line.rstrip("\n"))
            if line.startswith("Serving on"):
                self._ready.set()

    def edit(self, path: str, old: str, new: str) -> None:
        """Type something else in one file and save it."""
        file = self.root / path
        text = file.read_text("utf-8")
        assert old in text, f"{path} does not hold {old!r}"
        file.write_text(text.replace(old, new, 1), "utf-8")

    def stop(self, number: int) -> int:
        """Send a signal; the exit code, once all that was said has been read."""
        self.process.send_signal(number)
        code = self.process.wait(20)
        self.close()
        return code

    def close(self) -> None:
        """End the process, and read all that it said."""
        self.process.kill()
        self.process.wait()
        for reader in self._readers:
            reader.join(5)
        for stream in (self.process.stdout, self.process.stderr):
            assert stream
            stream.close()


def copied(folder: Path, name: str = "solids") -> Path:
    """A tiny site of one's own, with the engine's own scripts and style sheets."""
    root = folder / name
    shutil.copytree(SITES / name, root)
    shutil.rmtree(root / "templates" / "assets")
    return root


@contextlib.contextmanager
def served(root: Path) -> Iterator[Served]:
    """The site at `root`, served until the end."""
    found = Served(root)
    try:
        yield found
    finally:
        found.close()
