"""Builds against the clock: the naive build and ours in turns, each a new process, in one run on one machine.

A clean build starts from a fresh copy of the site with an empty cache, so that nothing that an earlier build left can
help it.
"""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.bench import budgets, madeup, process
from tests.bench.process import Run
from tests.bench.reading import Reading

SITE = ("data", "content", "templates")
"""What a site is made of."""

MEASURES = {"clean": "clean build", "unchanged": "nothing changed", "changed": "one figure changed", "check": "check, after a build",
            "cold": "check, before any build"}
LONG = ("clean", "changed")
"""What is measured where every build takes long."""

Pair = tuple[Run, Run | None]
"""Our run and the naive build's."""

Change = tuple[str, str, str]
"""A file, a text in it, and what stands there after the change."""

FIGURE: Change = ("data/tables/vacancy.yaml", "{2023-q3: 15.1}", "{2023-q3: 15.0}")
"""A figure of the project's own site that is cited, compared, calculated with and drawn."""


def project(folder: Path, dump: Path, repeat: int) -> Iterator[Reading]:
    """The project's own site, in so many rounds."""
    rounds = [dict(_round(process.ENGINE, FIGURE, dump, folder, tuple(MEASURES))) for _ in range(repeat)]
    yield from readings("this site", rounds, budgets.PROJECT)


def made_up(folder: Path, charts: int) -> Iterator[Reading]:
    """A made-up site of so many charts, once; what takes too long is not measured."""
    subject, rest = f"{charts:,} charts", list(LONG)
    madeup.write(folder / "made-up", charts)
    try:
        dump = process.dumped(folder / "made-up", folder / "dump.json")
        for kind, pair in _round(folder / "made-up", madeup.CHANGE, dump, folder, LONG):
            yield from readings(subject, [{kind: pair}], budgets.MADE_UP)
            rest.remove(kind)
    except process.Overdue as late:
        yield from (Reading(subject, MEASURES[kind], "s", None, budget=budgets.MADE_UP[kind], why=str(late)) for kind in rest)


def _round(site: Path, change: Change, dump: Path, folder: Path, kinds: tuple[str, ...]) -> Iterator[tuple[str, Pair]]:
    """Both builds in turns, once for each kind; the naive one starts anew whatever changed, so its last run stands."""
    root, ours, theirs, cache = folder / "root", folder / "root" / "site", folder / "naive", folder / "cache"
    _clear(root, theirs, cache)
    copy(site, root)
    clean = again = process.naive(dump, theirs)
    yield "clean", (process.tally(root, ours, cache), clean)
    if "unchanged" in kinds:
        again = process.naive(dump, theirs)
        yield "unchanged", (process.tally(root, ours, cache), again)
    if "changed" in kinds:
        alter(root, change)
        yield "changed", (process.tally(root, ours, cache), again)
    if "check" in kinds:
        yield "check", (process.check(root, cache), None)
    if "cold" in kinds:
        _clear(ours, cache)
        yield "cold", (process.check(root, cache), None)


def _clear(*folders: Path) -> None:
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


def copy(site: Path, root: Path) -> None:
    """Only what a site is made of: nothing that a build may keep beside it."""
    for name in SITE:
        if (site / name).is_dir():
            shutil.copytree(site / name, root / name)


def alter(root: Path, change: Change) -> None:
    """Type another figure."""
    name, old, new = change
    path = root / name
    text = path.read_text("utf-8")
    if old not in text:
        raise ValueError(f"{path} does not hold {old}; name another figure to change in {__name__}")
    path.write_text(text.replace(old, new, 1), "utf-8")


def readings(subject: str, rounds: list[dict[str, Pair]], limits: Mapping[str, budgets.Budget]) -> Iterator[Reading]:
    """The median of each kind of build over all rounds, and the most memory that a clean one took."""
    for key in rounds[0]:
        ours = statistics.median(one[key][0].seconds for one in rounds)
        theirs = [run.seconds for one in rounds if (run := one[key][1])]
        yield Reading(subject, MEASURES[key], "s", ours, statistics.median(theirs) if theirs else None, limits.get(key))
    if pairs := [one["clean"] for one in rounds if "clean" in one]:
        yield Reading(subject, "memory, largest process", "MiB", max(ours.memory for ours, _ in pairs),
                      max(run.memory for _, run in pairs if run), limits.get("memory"))
