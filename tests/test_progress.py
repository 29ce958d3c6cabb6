"""Progress: a bar on a terminal and nowhere else, and each stage with its time."""

from __future__ import annotations

import io
import re

import pytest

from tally import progress
from tally.progress import Clock


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def time(monkeypatch):
    """A clock that goes on by the seconds that it is given."""
    class Time:
        now = 100.0
    monkeypatch.setattr(progress.time, "monotonic", lambda: Time.now)
    return Time


@pytest.fixture(autouse=True)
def terminal(monkeypatch):
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")


def build(screen, time, seconds, verbose=False):
    with Clock(screen, verbose) as clock:
        clock.at("load")
        time.now += seconds
        for _ in clock.over("pictures", range(4), 4):
            time.now += seconds
        clock.at("write")
    return screen.getvalue()


def screened(text):
    """What stands on a terminal's last line at the end."""
    line = ""
    for part in text.rpartition("\n")[2].split("\r"):
        line = part + line[len(part):]
    return line.rstrip()


def test_a_build_that_takes_long_draws_a_bar_and_wipes_it(time):
    said = build(Terminal(), time, 2)
    assert "[#################-------] pictures 1 of 4" in said
    assert "[#####################---] write" in said
    assert screened(said) == "" and "\n" not in said


def test_a_quick_build_draws_none(time):
    assert build(Terminal(), time, 0.1) == ""


def test_a_pipe_gets_none(time):
    assert build(io.StringIO(), time, 2) == ""


def test_a_terminal_that_cannot_go_back_gets_none(time, monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    assert build(Terminal(), time, 2) == ""


def test_a_bar_keeps_to_a_narrow_terminal(time, monkeypatch):
    monkeypatch.setenv("COLUMNS", "20")
    assert max(map(len, re.split(r"[\r\n]", build(Terminal(), time, 2)))) == 19


def test_what_is_said_stands_on_its_own_line(time):
    screen = Terminal()
    with Clock(screen) as clock:
        time.now += 2
        clock.at("render", 3)
        assert screened(screen.getvalue()) == "[###################-----] render 3"
        clock.say("Another build is at work")
        assert screen.getvalue().split("\r")[-1] == "Another build is at work\n"


def test_a_verbose_build_times_each_stage(time):
    assert build(io.StringIO(), time, 1, verbose=True).splitlines() == [
        "load       1.00 s", "pictures   4.00 s", "write      0.00 s", "all        5.00 s"]


def test_times_are_told_of_a_build_that_fails(time):
    screen = io.StringIO()
    with pytest.raises(ValueError), Clock(screen, True) as clock:
        clock.at("check")
        time.now += 3
        raise ValueError
    assert screen.getvalue().splitlines() == ["check      3.00 s", "all        3.00 s"]
