#!/usr/bin/env python3
"""Build a site from its data and content.

    python build.py                      build the site
    python build.py check                validate everything, write nothing
    python build.py confirm STORY        record that a person compared a story's translations
    python build.py impact WHAT          what reads a file of data/ or a cell; with CELL=VALUE, what that would change
    python build.py import FILE --table NAME     take a table's figures from a CSV, TSV or XLSX; shows what changes, asks, writes
    python build.py new chart|table|story NAME   write a first version that builds, in every language
    python build.py release NAME [--date YYYY-MM-DD]  freeze what the charts show, for embeds that never change
    python build.py verify FILE          whether what an article quotes still holds, and is still what it says
    python build.py schema               write what editors complete and check YAML files with, into .schema/
"""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

from tally import caret, desk, site, skeleton, source
from tally import schema as schemas
from tally.model.site import base_address
from tally.problem import Faulty, Problem, nearest
from tally.quantity import Period

HERE = Path(__file__).resolve().parent


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 when all is well, 1 when the input has problems, 2 when the command is misused."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", nargs="?", choices=COMMANDS, default="build")
    parser.add_argument("what", nargs="?", help="the story to confirm; the file, cell or CELL=VALUE to ask about; the sheet to import; chart, table or story; the release to make; the article to verify")
    parser.add_argument("name", nargs="?", help="what a new chart, table or story is called")
    parser.add_argument("--date", type=day, metavar="YYYY-MM-DD", help="the day of a release; today when left out")
    parser.add_argument("--table", metavar="NAME", help="the table that a sheet is imported into")
    parser.add_argument("--encoding", help="a sheet's or an article's encoding, such as big5hkscs; UTF-8 when left out")
    parser.add_argument("--yes", action="store_true", help="import without asking")
    parser.add_argument("--root", type=Path, default=HERE, metavar="DIR", help="the folder that holds data/ and content/")
    parser.add_argument("--output", type=Path, metavar="DIR", help="where the site goes (default: site/ in the root)")
    parser.add_argument("--base-url", type=base_url, default="", metavar="URL", help="where the site will live; stands before that of data/site.yaml")
    parser.add_argument("--strict", action="store_true", help="what is only worth a look stops the build too: words that compare without a condition, translations nobody confirmed")
    parser.add_argument("--no-pictures", dest="pictures", action="store_false", help="a quick build without PNG files")
    parser.add_argument("--compress", action="store_true", help="the texts in Brotli and gzip too, beside each, for servers that send them as they are")
    given = parser.parse_args(arguments)
    if (given.what is None) == (given.command in ("confirm", "impact", "import", "new", "release", "verify")):
        parser.error(f"{given.command} {'needs a name' if given.what is None else 'takes no name'}")
    if (given.name is None) == (given.command == "new"):
        parser.error("write new chart|table|story NAME" if given.command == "new" else f"{given.command} takes one name")
    if (given.table is None) == (given.command == "import"):
        parser.error("write import FILE --table NAME" if given.command == "import" else f"{given.command} takes no --table")
    if given.date and given.command != "release":
        parser.error(f"{given.command} takes no --date")
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a folder's name may be no text
    try:
        code = COMMANDS[given.command](given)
        sys.stdout.flush()
    except BrokenPipeError:  # `build.py impact … | head` has seen enough
        sys.stdout, code = None, 0
    except Faulty as error:
        explain(error.problems, given.root)
        count = len(error.problems)
        print(f"{count} problem{'s' if count > 1 else ''}; nothing was written", file=sys.stderr)
        return 1
    return code or 0


def build(given: argparse.Namespace) -> None:
    """Build the site and say what was made."""
    destination = given.output or given.root / "site"
    made = site.build(given.root, HERE, destination, strict=given.strict, base_url=given.base_url,
                      pictures=given.pictures, compress=given.compress)
    report(made.checked, given.root)
    print(f"{made.pages} pages, {made.files} files, {made.bytes / 1e6:.1f} MB in {destination}")
    print(f"Plotly.js {made.bundle.version} from {made.bundle.name}, {len(made.bundle.script) / 1e6:.1f} MB")
    print(f"{made.pictures} PNG pictures", *made.wanting, sep="\n")
    print(f"Open {(destination / 'index.html').resolve()}")


def base_url(text: str) -> str:
    """An address that the site can live at."""
    try:
        return base_address(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def check(given: argparse.Namespace) -> None:
    """Validate everything and write nothing."""
    report(site.check(site.load(given.root, HERE), strict=given.strict), given.root)


def confirm(given: argparse.Namespace) -> None:
    """Record that a person looked at a story's translations."""
    print(f"Recorded in {site.confirm(given.root, HERE, given.what)}")


def impact(given: argparse.Namespace) -> None:
    """Say what depends on a figure, or what another value would change."""
    print(*site.impact(given.root, HERE, given.what).lines(), sep="\n")


def import_(given: argparse.Namespace) -> None:
    """Show what a colleague's sheet would change in a table, and write it once somebody has agreed."""
    made = desk.draft(given.root, HERE, Path(given.what), given.table, given.encoding)
    print(*made.lines(), sep="\n", end="\n" if made.changes else "")
    if not made.changes:
        print(f"The sheet says what {made.path} says; nothing to write")
    elif given.yes or agreed(f"Write {len(made.changes)} to {made.path}? [y/N] "):
        desk.accept(given.root, HERE, made)
        print(f"Wrote {made.path}; now see whether every phrase still holds: build.py check")
    else:
        print("Nothing was written" + ("" if sys.stdin.isatty() else "; --yes writes where nobody can be asked"))


def agreed(question: str) -> bool:
    """Whether a person at the terminal says yes."""
    try:
        return sys.stdin.isatty() and input(question).strip().lower() in ("y", "yes")
    except EOFError:
        return False


def new(given: argparse.Namespace) -> None:
    """Write the first version of a chart, a table or a story."""
    if given.what not in skeleton.KINDS:
        said = f"one of {', '.join(skeleton.KINDS)} is made new; {nearest(given.what, skeleton.KINDS)}"
        raise Faulty([Problem(given.what, 1, 1, "", said)])
    print(*(f"Wrote {path}" for path in desk.new(given.root, HERE, given.what, given.name, date.today().isoformat())), sep="\n")


def release(given: argparse.Namespace) -> None:
    """Freeze what the charts show. The day is recorded, so that builds need no clock."""
    path, size = desk.release(given.root, HERE, given.what, given.date or day(date.today().isoformat()))
    print(f"Wrote {path}, {size / 1e3:.1f} kB; keep it with the rest of data/ and never change it")


def day(text: str) -> Period:
    """A day of the calendar."""
    try:
        found = Period.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    if found.grain != "day":
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as in 2026-11-22")
    return found


def schema(given: argparse.Namespace) -> None:
    """Write the schemas that editors complete and check YAML files with."""
    print(f"Wrote {len(desk.schemas(given.root, HERE))} schemas in {given.root / schemas.FOLDER}")


def verify(given: argparse.Namespace) -> int:
    """Say of each quotation in an article whether it still holds; 1 where one does not."""
    found = site.verify(given.root, HERE, Path(given.what), given.encoding)
    print(*(f"{given.what}:{one.line}: {one.message}" for one in found), sep="\n")
    return int(not all(one.holds for one in found))


def report(checked: site.Checked, root: Path) -> None:
    """What was checked, and what an editor should look at though it stops nothing."""
    if checked.warnings:
        explain(checked.warnings, root)
        print(f"{len(checked.warnings)} to look at (--strict makes them problems)", file=sys.stderr)
    project = checked.project
    print(f"{len(checked.book.cells)} figures, {len(project.charts)} charts, {len(project.stories)} stories, {len(checked.verdicts)} claims")
    print(checked.coverage)


def explain(problems: Iterable[Problem], root: Path) -> None:
    """Each problem, with the line of the file that it is about and a caret under the place."""
    texts = {path: source.text(root, path) for path in {problem.path for problem in problems}}
    print(*(caret.under(problem, texts[problem.path]) for problem in problems), sep="\n", file=sys.stderr)


COMMANDS: Mapping[str, Callable[[argparse.Namespace], int | None]] = {
    "build": build, "check": check, "confirm": confirm, "impact": impact, "import": import_, "new": new,
    "release": release, "schema": schema, "verify": verify}

if __name__ == "__main__":
    sys.exit(main())
