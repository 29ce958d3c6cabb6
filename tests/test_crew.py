"""A crew: it does its work, and nobody of it stays when the process that called it is killed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tally import crew
from tally.problem import Faulty
from tests.tiny import ROOT

WORK = """
import os, sys, time
from tally import crew

def number(_):
    time.sleep(0.2)
    return os.getpid()

if __name__ == "__main__":
    with crew.gathered(2) as pool:
        print(*set(pool.map(number, range(4))), flush=True)
        sys.stdin.read()
"""


def lives(process):
    """Whether it runs, and has not only been left for its parent to look at."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_crew_shares_the_work():
    with crew.gathered(2) as pool:
        assert list(pool.map(abs, [-1, -2, 3])) == [1, 2, 3]


def test_a_crew_ends_with_the_process_that_called_it():
    with subprocess.Popen([sys.executable, "-c", WORK], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        members = [int(number) for number in process.stdout.readline().split()]
        assert members and all(map(lives, members))
        process.kill()
    end = time.monotonic() + 20
    while any(map(lives, members)):
        assert time.monotonic() < end, "they are still there"
        time.sleep(0.05)


def test_a_crew_that_loses_somebody_is_a_problem():
    with pytest.raises(Faulty, match="ended from outside"), crew.gathered(2) as pool:
        list(pool.map(os._exit, [9, 9]))
