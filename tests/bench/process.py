"""A command as a new process: how long it took and how much memory it needed, or when it was stopped.

Builds keep things for one another with the user; here each keeps them in a folder that it is given.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ENGINE = Path(__file__).resolve().parents[2]
LIMIT = 600.0
"""seconds after which a process is stopped"""


@dataclass(frozen=True)
class Run:
    """Seconds on the clock, and MiB of the largest process at its peak: the command's own or one that it started."""

    seconds: float
    memory: float


class Overdue(Exception):
    """A process was stopped because it took too long."""


def run(*arguments: str | Path, cache: Path | None = None, limit: float = LIMIT) -> Run:
    """Run Python with these arguments in the checkout; raises `RuntimeError` with what it said if it fails."""
    started = time.perf_counter()
    child = _started(arguments, cache, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert child.stderr
    with child.stderr, _stopped(child, limit) as late:
        said = child.stderr.read()
        memory = _ended(child)
    seconds = time.perf_counter() - started
    if late.is_set():
        raise Overdue(f"stopped after {limit:g} s at {memory:,.0f} MiB")
    if child.returncode:
        raise RuntimeError(f"{' '.join(map(str, arguments))} failed:\n{said}")
    return Run(seconds, memory)


class Served:
    """A process of `build.py serve`: its address, what it says line by line, and what memory it needed once it has ended."""

    def __init__(self, child: subprocess.Popen[str]):
        self._child = child
        self.address, self.memory = "", 0.0

    def end(self) -> None:
        """Stop it."""
        if self._child.returncode is None:
            os.kill(self._child.pid, signal.SIGKILL)
            self.memory = _ended(self._child)

    def heard(self, wanted: str) -> str:
        """The next line that begins with this pattern; raises `RuntimeError` where the server ends without having said it."""
        assert self._child.stdout
        said = []
        with _stopped(self._child, LIMIT) as late:
            for line in self._child.stdout:
                said.append(line)
                if re.match(wanted, line):
                    return line
        self.end()
        if late.is_set():
            raise Overdue(f"stopped after {LIMIT:g} s at {self.memory:,.0f} MiB")
        raise RuntimeError(f"build.py serve ended:\n{''.join(said)}")


@contextlib.contextmanager
def serving(root: Path, cache: Path) -> Iterator[Served]:
    """The site at `root`, served by a process of its own until the end."""
    child = _started(("build.py", "serve", "--root", root, "--port", "0"), cache, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert child.stdout
    served = Served(child)
    try:
        with child.stdout:
            served.address = served.heard("Serving on ").split()[2].rstrip("/")
            yield served
    finally:
        served.end()


def _started(arguments: tuple[str | Path, ...], cache: Path | None, *, stdout: int, stderr: int) -> subprocess.Popen[str]:
    home = {"XDG_CACHE_HOME": str(cache)} if cache else {}
    return subprocess.Popen([sys.executable, *map(str, arguments)], cwd=ENGINE, env={**os.environ, **home},
                            text=True, encoding="utf-8", stdout=stdout, stderr=stderr)


def _ended(child: subprocess.Popen[str]) -> float:
    """MiB of the largest process, once all have ended."""
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss / 1024


@contextlib.contextmanager
def _stopped(child: subprocess.Popen[str], limit: float) -> Iterator[threading.Event]:
    """Kill a process that takes longer than so many seconds; the event is set when it did."""
    late = threading.Event()

    def stop() -> None:
        late.set()
        os.kill(child.pid, signal.SIGKILL)

    timer = threading.Timer(limit, stop)
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()


def tally(root: Path, output: Path, cache: Path, *, pictures: bool = False) -> Run:
    """Tally's build; without PNG pictures, of which the naive build makes none, unless they are asked for."""
    return run("build.py", "--root", root, "--output", output, *([] if pictures else ["--no-pictures"]), cache=cache)


def check(root: Path, cache: Path) -> Run:
    """Tally's check alone."""
    return run("build.py", "check", "--root", root, cache=cache)


def naive(dump: Path, output: Path) -> Run:
    """The naive build of the same pages."""
    return run("-m", "tests.bench.naive", dump, output)


def dumped(root: Path, file: Path) -> Path:
    """What the naive build is given for the site at `root`; made in a process of its own, and timed by nobody."""
    run("-m", "tests.bench.dump", root, file)
    return file
