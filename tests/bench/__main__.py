"""Run the benchmark and print its table: `python -m tests.bench`; 1 where a budget is broken.

    --repeat N     visits to each of our pages (5); rounds of builds are half as many
    --charts N     charts of the made-up site (1000); --large adds one of 10,000
    --only PART    pages, builds or saves
    --json FILE    write what the table says
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench import builds, editor, pages, process, report
from tests.bench.reading import Reading


def main() -> int:
    """Measure, print, and say which budgets are broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--charts", type=int, default=1000)
    parser.add_argument("--large", action="store_true")
    parser.add_argument("--only", choices=["pages", "builds", "saves"])
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} (below 0.5, or the times are not the pages’ own)")
    print(report.head())
    found: list[Reading] = []
    for reading in measured(given):
        if not found or found[-1].subject != reading.subject:
            print(reading.subject)
        print(report.line(reading), flush=True)
        found.append(reading)
    if given.json:
        given.json.write_text(json.dumps(report.as_json(found), ensure_ascii=False, indent=1) + "\n", "utf-8")
    failures = report.failures(found)
    print(*failures, sep="\n", file=sys.stderr)
    return 1 if failures else 0


def measured(given: argparse.Namespace) -> Iterator[Reading]:
    """Everything that was asked for, as it is found out."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sizes = [given.charts] + [10_000] * given.large
        if given.only != "saves":
            yield from beside_naive(given, folder, sizes)
        if given.only in (None, "saves"):
            yield from editor.project(folder / "editor")
            for charts in sizes:
                yield from editor.made_up(folder / f"editor-{charts}", charts)


def beside_naive(given: argparse.Namespace, folder: Path, sizes: list[int]) -> Iterator[Reading]:
    """Pages and builds."""
    dump = process.dumped(process.ENGINE, folder / "dump.json")
    if given.only != "builds":
        process.naive(dump, folder / "naive")
        process.tally(process.ENGINE, folder / "tally", folder / "cache", pictures=True)
        yield from pages.readings(folder / "tally", folder / "naive", given.repeat)
    if given.only != "pages":
        yield from builds.project(folder / "project", dump, (given.repeat + 1) // 2)
        for charts in sizes:
            yield from builds.made_up(folder / f"{charts}", charts)


if __name__ == "__main__":
    sys.exit(main())
