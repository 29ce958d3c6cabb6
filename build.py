#!/usr/bin/env python3
"""Build a site from its data and content.

    python build.py                      build the site
    python build.py check                validate everything, write nothing
    python build.py confirm STORY        record that a person compared a story's translations
    python build.py impact WHAT          what reads a file of data/ or a cell; with CELL=VALUE, what that would change
"""

from __future__ import annotations

import argparse
import io
import sys
from pathlib import Path

from tally import site
from tally.problem import Faulty

HERE = Path(__file__).resolve().parent


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 when all is well, 1 when the input has problems, 2 when the command is misused."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", nargs="?", choices=COMMANDS, default="build")
    parser.add_argument("what", nargs="?", help="the story to confirm, or the file, cell or CELL=VALUE to ask about")
    parser.add_argument("--root", type=Path, default=HERE, metavar="DIR", help="the folder that holds data/ and content/")
    parser.add_argument("--output", type=Path, metavar="DIR", help="where the site goes (default: site/ in the root)")
    parser.add_argument("--strict", action="store_true", help="what is only worth a look stops the build too: words that compare without a condition, translations nobody confirmed")
    given = parser.parse_args(arguments)
    if (given.what is None) == (given.command in ("confirm", "impact")):
        parser.error(f"{given.command} {'needs a name' if given.what is None else 'takes no name'}")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a folder's name may be no text
    try:
        COMMANDS[given.command](given)
        sys.stdout.flush()
    except BrokenPipeError:  # `build.py impact … | head` has seen enough
        sys.stdout = None
    except Faulty as error:
        print(*error.problems, sep="\n", file=sys.stderr)
        count = len(error.problems)
        print(f"{count} problem{'s' if count > 1 else ''}; nothing was written", file=sys.stderr)
        return 1
    return 0


def build(given: argparse.Namespace) -> None:
    """Build the site and say what was made."""
    destination = given.output or given.root / "site"
    made = site.build(given.root, HERE, destination, strict=given.strict)
    report(made.checked)
    print(f"{made.pages} pages, {made.files} files, {made.bytes / 1e6:.1f} MB in {destination}")
    print(f"Plotly.js {made.bundle.version} from {made.bundle.name}, {len(made.bundle.script) / 1e6:.1f} MB")
    print(f"Open {(destination / 'index.html').resolve()}")


def check(given: argparse.Namespace) -> None:
    """Validate everything and write nothing."""
    report(site.check(site.load(given.root, HERE), strict=given.strict))


def confirm(given: argparse.Namespace) -> None:
    """Record that a person looked at a story's translations."""
    print(f"Recorded in {site.confirm(given.root, HERE, given.what)}")


def impact(given: argparse.Namespace) -> None:
    """Say what depends on a figure, or what another value would change."""
    print(*site.impact(given.root, HERE, given.what).lines(), sep="\n")


def report(checked: site.Checked) -> None:
    """What was checked, and what an editor should look at though it stops nothing."""
    if checked.warnings:
        print(*checked.warnings, sep="\n", file=sys.stderr)
        print(f"{len(checked.warnings)} to look at (--strict makes them problems)", file=sys.stderr)
    project = checked.project
    print(f"{len(checked.book.cells)} figures, {len(project.charts)} charts, {len(project.stories)} stories, {len(checked.verdicts)} claims")
    print(checked.coverage)


COMMANDS = {"build": build, "check": check, "confirm": confirm, "impact": impact}

if __name__ == "__main__":
    sys.exit(main())
