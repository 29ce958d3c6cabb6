#!/usr/bin/env python3
"""Build a site from its data and content.

    python build.py [build] [--root DIR] [--output DIR]
    python build.py check [--root DIR]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tally import site, source
from tally.problem import Faulty

HERE = Path(__file__).resolve().parent


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 when all is well, 1 when the input has problems."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", nargs="?", choices=["build", "check"], default="build",
                        help="build: write the site (default); check: validate everything, write nothing")
    parser.add_argument("--root", type=Path, default=HERE, metavar="DIR", help="the folder that holds data/ and content/")
    parser.add_argument("--output", type=Path, metavar="DIR", help="where the site goes (default: site/ in the root)")
    parser.add_argument("--strict", action="store_true", help="words that compare need a condition")
    given = parser.parse_args(arguments)
    try:
        return COMMANDS[given.command](given)
    except Faulty as error:
        print(*error.problems, sep="\n", file=sys.stderr)
        count = len(error.problems)
        print(f"{count} problem{'s' if count > 1 else ''}; nothing was written", file=sys.stderr)
        return 1


def build(given: argparse.Namespace) -> int:
    """Build the site and say what was made."""
    destination = given.output or given.root / "site"
    made = site.build(given.root, HERE, destination, strict=given.strict)
    report(made.checked)
    print(f"{made.pages} pages, {made.files} files, {made.bytes / 1e6:.1f} MB in {destination}")
    print(f"Plotly.js {made.bundle.version} from {made.bundle.name}, {len(made.bundle.script) / 1e6:.1f} MB")
    print(f"Open {(destination / 'index.html').resolve()}")
    return 0


def check(given: argparse.Namespace) -> int:
    """Validate everything and write nothing."""
    report(site.check(source.load(given.root, HERE), strict=given.strict))
    return 0


def report(checked: site.Checked) -> None:
    """What was checked, and what an editor should look at though it stops nothing."""
    for warning in checked.warnings:
        print(f"{warning}", file=sys.stderr)
    if checked.warnings:
        print(f"{len(checked.warnings)} words compare without a condition (--strict makes them problems)", file=sys.stderr)
    project = checked.project
    print(f"{len(checked.book.cells)} figures, {len(project.charts)} charts, {len(project.stories)} stories, {len(checked.verdicts)} claims")
    print(checked.coverage)


COMMANDS = {"build": build, "check": check}

if __name__ == "__main__":
    sys.exit(main())
