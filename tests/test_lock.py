"""A lock: one build at a time for one folder, and none that outlives its process."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import contextmanager

import pytest

from tally import lock, site, source
from tally.problem import Faulty
from tally.progress import Progress
from tests.tiny import ROOT, SITES

HOLD = """
import sys, pathlib
from tally import lock
with lock.held(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


class Listener(Progress):
    """Keeps what was said."""

    def __init__(self):
        self.lines = []

    def say(self, line):
        self.lines.append(line)


class Ending(Listener):
    """Ends another build as soon as something is said of it."""

    def __init__(self, process):
        super().__init__()
        self.process = process

    def say(self, line):
        super().say(line)
        self.process.stdin.close()


@contextmanager
def holder(output):
    """Another process that holds the folder until its input ends."""
    with subprocess.Popen([sys.executable, "-c", HOLD, output], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        yield process


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_is_free_again_when_the_build_is_done(tmp_path):
    for _ in range(2):
        with lock.held(tmp_path / "site") as waited:
            assert names(tmp_path) == [".site.lock"] and not waited
        assert names(tmp_path) == []


def test_a_second_build_says_who_is_at_work_and_gives_up(tmp_path):
    listener = Listener()
    with holder(tmp_path / "site") as process:
        with pytest.raises(Faulty) as given_up, lock.held(tmp_path / "site", listener, patience=0.2):
            pytest.fail("two builds at once")
        process.stdin.close()
    assert listener.lines == [f"Another build (process {process.pid}) is at work on {tmp_path / 'site'}; waiting 0.2 seconds for it at most"]
    assert [problem.message for problem in given_up.value.problems] == [
        f"another build (process {process.pid}) has been at work on this folder for more than 0.2 seconds; wait for it or stop it"]


def test_a_second_build_goes_on_when_the_first_is_done(tmp_path):
    with holder(tmp_path / "site") as process, lock.held(tmp_path / "site", listener := Ending(process)) as waited:
        assert names(tmp_path) == [".site.lock"] and waited
    assert len(listener.lines) == 1 and names(tmp_path) == []


def test_a_build_that_waited_reads_its_folder_again(tmp_path):
    folder, given = source.load(SITES / "waves", ROOT), (SITES / "waves", ROOT, tmp_path / "site")
    assert site.build(*given, pictures=False, folder=folder).folder is folder
    with holder(tmp_path / "site") as process:
        made = site.build(*given, pictures=False, folder=folder, progress=Ending(process))
    assert made.folder is not folder and made.folder.files == folder.files


def test_a_build_that_is_killed_holds_nothing(tmp_path):
    listener = Listener()
    with holder(tmp_path / "site") as process:
        process.kill()
    assert names(tmp_path) == [".site.lock"]
    with lock.held(tmp_path / "site", listener, patience=0):
        pass
    assert (listener.lines, names(tmp_path)) == ([], [])


def test_two_folders_are_built_at_once(tmp_path):
    listener = Listener()
    with holder(tmp_path / "one") as process, lock.held(tmp_path / "other", listener):
        process.stdin.close()
    assert listener.lines == []


def test_many_at_once_take_turns(tmp_path):
    count = tmp_path / "count"
    count.write_text("0")
    work = f"""
import pathlib, time
from tally import lock
count = pathlib.Path({str(count)!r})
for _ in range(5):
    with lock.held(pathlib.Path({str(tmp_path / "site")!r})):
        number = int(count.read_text())
        time.sleep(0.005)
        count.write_text(str(number + 1))
"""
    started = [subprocess.Popen([sys.executable, "-c", work], cwd=ROOT) for _ in range(4)]
    assert [process.wait() for process in started] == [0] * 4
    assert (count.read_text(), names(tmp_path)) == ("20", ["count"])


def test_folders_that_were_made_for_nothing_go(tmp_path):
    with pytest.raises(KeyboardInterrupt), lock.held(tmp_path / "new/deep/site"):
        raise KeyboardInterrupt
    assert names(tmp_path) == []


def test_the_command_line_waits_its_turn(tmp_path):
    (tmp_path / "site").mkdir()
    build = [sys.executable, "build.py", "--root", SITES / "waves", "--output", tmp_path / "site", "--no-pictures"]
    with holder(tmp_path / "site") as process, subprocess.Popen(build, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as second:
        assert f"Another build (process {process.pid}) is at work" in second.stderr.readline()
        time.sleep(0.2)
        assert names(tmp_path / "site") == [] and second.poll() is None
        process.stdin.close()
        assert "13 pages" in second.stdout.read()
    assert second.returncode == 0 and (tmp_path / "site/index.html").is_file()
