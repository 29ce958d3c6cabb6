"""A command as a new process: how long it took and how much memory it needed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ENGINE = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Run:
    """Seconds on the clock, and MiB of the largest process at its peak."""

    seconds: float
    memory: float


def run(*arguments: str | Path) -> Run:
    """Run Python with these arguments in the checkout; raises `RuntimeError` with what it said if it fails."""
    started = time.perf_counter()
    child = subprocess.Popen([sys.executable, *map(str, arguments)], cwd=ENGINE, text=True,
                             stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert child.stderr
    said = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise RuntimeError(f"{' '.join(map(str, arguments))} failed:\n{said}")
    return Run(seconds, usage.ru_maxrss / 1024)


def tally(root: Path, output: Path, *, pictures: bool = False) -> Run:
    """Tally's build; without PNG pictures, of which the naive build makes none, unless they are asked for."""
    return run("build.py", "--root", root, "--output", output, *([] if pictures else ["--no-pictures"]))


def check(root: Path) -> Run:
    """Tally's check alone."""
    return run("build.py", "check", "--root", root)


def naive(dump: Path, output: Path) -> Run:
    """The naive build of the same pages."""
    return run("-m", "tests.bench.naive", dump, output)


def dumped(root: Path, file: Path) -> Path:
    """What the naive build is given for the site at `root`; made in a process of its own, and timed by nobody."""
    run("-m", "tests.bench.dump", root, file)
    return file
