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
    python build.py serve [--port N] [--open]     serve the site on this machine, and show every change at once
    python build.py schema               write what editors complete and check YAML files with, into .schema/
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tally.problem import Faulty, Problem, nearest
from tally.progress import Clock

if TYPE_CHECKING:
    from tally.quantity import Period
    from tally.site import Checked
    from tally.source import Folder

# What a command needs it imports itself: a build that finds nothing to do is done before most of it would be loaded.

HERE = Path(__file__).resolve().parent


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 when all is well, 1 when the input has problems, 2 when the command is misused."""
    given = parser().parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a folder's name may be no text
    try:
        code = given.run(given)
        sys.stdout.flush()
    except BrokenPipeError:  # `build.py impact … | head` has seen enough
        sys.stdout, code = None, 0
    except KeyboardInterrupt:
        print("Stopped", file=sys.stderr)
        return 130
    except Faulty as error:
        explain(error.problems, given.root)
        count = len(error.problems)
        print(f"{count} problem{'s' if count > 1 else ''}; nothing was written", file=sys.stderr)
        return 1
    return code or 0


def parser() -> argparse.ArgumentParser:
    """The command line: every command with its own arguments, and those of `build` where none is named."""
    found = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, argument_default=argparse.SUPPRESS)
    found.set_defaults(run=build, **DEFAULTS)
    build_arguments(found)
    commands = found.add_subparsers(metavar="COMMAND", help=", ".join(COMMANDS))
    for name, (run, add_arguments) in COMMANDS.items():
        command = commands.add_parser(name, description=run.__doc__, argument_default=argparse.SUPPRESS)
        command.set_defaults(run=run)
        add_arguments(command)
    return found


DEFAULTS: Mapping[str, object] = {
    "root": HERE, "output": None, "base_url": "", "pictures": True, "compress": False, "strict": False, "verbose": False,
    "encoding": None, "yes": False, "date": None}
"""What options are where they are left out: told once, for some may stand on either side of the command."""


def root_argument(command: argparse.ArgumentParser) -> None:
    command.add_argument("--root", type=Path, metavar="DIR", help="the folder that holds data/ and content/")


def check_arguments(command: argparse.ArgumentParser) -> None:
    root_argument(command)
    command.add_argument("--strict", action="store_true", help="what is only worth a look stops the build too: words that compare without a condition, translations nobody confirmed")
    command.add_argument("--verbose", action="store_true", help="say how long each stage takes")


def build_arguments(command: argparse.ArgumentParser) -> None:
    check_arguments(command)
    command.add_argument("--output", type=Path, metavar="DIR", help="where the site goes (default: site/ in the root)")
    command.add_argument("--base-url", type=base_url, metavar="URL", help="where the site will live; stands before that of data/site.yaml")
    command.add_argument("--no-pictures", dest="pictures", action="store_false", help="a quick build without PNG files")
    command.add_argument("--compress", action="store_true", help="the texts in Brotli and gzip too, beside each, for servers that send them as they are")


def build(given: argparse.Namespace) -> None:
    """Build the site and say what was made."""
    from tally import seal, source

    destination = given.output or given.root / "site"
    with Clock(sys.stderr, given.verbose) as clock:
        clock.at("load")
        folder = source.load(given.root, HERE)
        own = seal.of(folder, **asked(given, destination))
        found = source.sealed(Path(os.path.realpath(destination)), own)
        told = made_anew(given, destination, folder, own, clock) if found is None else [*found, "Nothing has changed since the last build"]
    print(*told, f"Open {(destination / 'index.html').resolve()}", sep="\n")


def asked(given: argparse.Namespace, destination: Path) -> dict[str, Any]:
    """What a build depends on besides its folder."""
    from tally import source

    options = given.strict, given.base_url, given.pictures, given.compress
    return {"destination": destination, "options": options, "fonts": source.font_stamps() if given.pictures else []}


def made_anew(given: argparse.Namespace, destination: Path, folder: Folder, own: str, clock: Clock) -> list[str]:
    """Build what was read, whose seal is `own`, and say what was made."""
    clock.at("start")
    from tally import output, seal, site

    made = site.build(given.root, HERE, destination, strict=given.strict, base_url=given.base_url,
                      pictures=given.pictures, compress=given.compress, progress=clock, folder=folder)
    warn(made.checked, given.root)
    bundle = made.folder.bundle
    told = [*counted(made.checked), f"{made.pages} pages, {made.files} files, {made.bytes / 1e6:.1f} MB in {destination}",
            f"Plotly.js {bundle.version} from {bundle.name}, {len(bundle.script) / 1e6:.1f} MB", f"{made.pictures} PNG pictures", *made.wanting]
    if not made.checked.warnings:  # or else nobody would hear them again
        own = own if made.folder is folder else seal.of(made.folder, **asked(given, destination))
        output.seal(destination.resolve(), own, told, made.changes.stamps)
    return [*told, *made.changes.lines()]


def base_url(text: str) -> str:
    """An address that the site can live at; none where nothing is said."""
    if not text:
        return text
    from tally.model.site import base_address

    try:
        return base_address(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def check(given: argparse.Namespace) -> None:
    """Validate everything and write nothing; what the last build into `site/` kept saves time."""
    from tally import source

    with Clock(sys.stderr, given.verbose) as clock:
        clock.at("load")
        folder = source.load(given.root, HERE)
        clock.at("start")
        from tally import cache, site

        past = cache.opened(source.cached(Path(os.path.realpath(given.root / "site"))), folder.engine)
        checked = site.check(folder, strict=given.strict, progress=clock, past=past.known)
    warn(checked, given.root)
    print(*counted(checked), sep="\n")


def confirm_arguments(command: argparse.ArgumentParser) -> None:
    root_argument(command)
    command.add_argument("what", metavar="STORY", help="the story whose translations somebody compared")


def confirm(given: argparse.Namespace) -> None:
    """Record that a person looked at a story's translations."""
    from tally import site

    print(f"Recorded in {site.confirm(given.root, HERE, given.what)}")


def impact_arguments(command: argparse.ArgumentParser) -> None:
    root_argument(command)
    command.add_argument("what", metavar="WHAT", help="a file of data/, a cell, or CELL=VALUE")


def impact(given: argparse.Namespace) -> None:
    """Say what depends on a figure, or what another value would change."""
    from tally import site

    print(*site.impact(given.root, HERE, given.what).lines(), sep="\n")


def import_arguments(command: argparse.ArgumentParser) -> None:
    root_argument(command)
    command.add_argument("what", metavar="FILE", help="the sheet: CSV, TSV or XLSX")
    command.add_argument("--table", required=True, metavar="NAME", help="the table that it is imported into")
    command.add_argument("--yes", action="store_true", help="without asking")
    encoding_argument(command)


def encoding_argument(command: argparse.ArgumentParser) -> None:
    command.add_argument("--encoding", help="its encoding, such as big5hkscs; UTF-8 when left out")


def import_(given: argparse.Namespace) -> None:
    """Show what a colleague's sheet would change in a table, and write it once somebody has agreed."""
    from tally import desk

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


def new_arguments(command: argparse.ArgumentParser) -> None:
    root_argument(command)
    command.add_argument("what", metavar="chart|table|story", help="what to write")
    command.add_argument("name", metavar="NAME", help="what it is called")


def new(given: argparse.Namespace) -> None:
    """Write the first version of a chart, a table or a story."""
    from datetime import date

    from tally import desk, skeleton

    if given.what not in skeleton.KINDS:
        said = f"one of {', '.join(skeleton.KINDS)} is made new; {nearest(given.what, skeleton.KINDS)}"
        raise Faulty([Problem(given.what, 1, 1, "", said)])
    print(*(f"Wrote {path}" for path in desk.new(given.root, HERE, given.what, given.name, date.today().isoformat())), sep="\n")


def release_arguments(command: argparse.ArgumentParser) -> None:
    root_argument(command)
    command.add_argument("what", metavar="NAME", help="what the release is called")
    command.add_argument("--date", type=day, metavar="YYYY-MM-DD", help="its day; today when left out")


def release(given: argparse.Namespace) -> None:
    """Freeze what the charts show. The day is recorded, so that builds need no clock."""
    from datetime import date

    from tally import desk

    path, size = desk.release(given.root, HERE, given.what, given.date or day(date.today().isoformat()))
    print(f"Wrote {path}, {size / 1e3:.1f} kB; keep it with the rest of data/ and never change it")


def day(text: str) -> Period:
    """A day of the calendar."""
    from tally.quantity import Period

    try:
        found = Period.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    if found.grain != "day":
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as in 2026-11-22")
    return found


def schema(given: argparse.Namespace) -> None:
    """Write the schemas that editors complete and check YAML files with."""
    from tally import desk
    from tally import schema as schemas

    print(f"Wrote {len(desk.schemas(given.root, HERE))} schemas in {given.root / schemas.FOLDER}")


def serve_arguments(command: argparse.ArgumentParser) -> None:
    root_argument(command)
    command.add_argument("--port", type=port, default=8000, help="where it is served on this machine; 0 for any that is free")
    command.add_argument("--open", action="store_true", default=False, help="open it in the browser")
    command.add_argument("--base-url", type=base_url, metavar="URL", help="where the site will live; stands before that of data/site.yaml")


def serve(given: argparse.Namespace) -> int:
    """Serve the site on this machine, and show every change at once."""
    import functools
    import webbrowser

    from tally.serving import server

    gc.enable()

    opened = webbrowser.open if given.open else None
    return server.serve(given.root, HERE, functools.partial(print, flush=True), functools.partial(print, file=sys.stderr, flush=True),
                        port=given.port, base_url=given.base_url, opened=opened)


def port(text: str) -> int:
    """A port that a machine has."""
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port; name one from 1 to 65535")
    return int(text)


def verify_arguments(command: argparse.ArgumentParser) -> None:
    root_argument(command)
    command.add_argument("what", metavar="FILE", help="the article: HTML or plain text")
    encoding_argument(command)


def verify(given: argparse.Namespace) -> int:
    """Say of each quotation in an article whether it still holds; 1 where one does not."""
    from tally import site

    found = site.verify(given.root, HERE, Path(given.what), given.encoding)
    print(*(f"{given.what}:{one.line}: {one.message}" for one in found), sep="\n")
    return int(not all(one.holds for one in found))


def warn(checked: Checked, root: Path) -> None:
    """What an editor should look at though it stops nothing."""
    if checked.warnings:
        explain(checked.warnings, root)
        print(f"{len(checked.warnings)} to look at (--strict makes them problems)", file=sys.stderr)


def counted(checked: Checked) -> list[str]:
    """What was checked."""
    project = checked.project
    return [f"{len(checked.book.cells)} figures, {len(project.charts)} charts, {len(project.stories)} stories, {len(checked.verdicts)} claims",
            str(checked.coverage)]


def explain(problems: Iterable[Problem], root: Path) -> None:
    """Each problem, with the line of the file that it is about and a caret under the place."""
    from tally import caret, source

    texts = {path: source.text(root, path) for path in {problem.path for problem in problems}}
    print(*(caret.under(problem, texts[problem.path]) for problem in problems), sep="\n", file=sys.stderr)


COMMANDS: Mapping[str, tuple[Callable[[argparse.Namespace], int | None], Callable[[argparse.ArgumentParser], None]]] = {
    "build": (build, build_arguments),
    "check": (check, check_arguments),
    "confirm": (confirm, confirm_arguments),
    "impact": (impact, impact_arguments),
    "import": (import_, import_arguments),
    "new": (new, new_arguments),
    "release": (release, release_arguments),
    "schema": (schema, root_argument),
    "serve": (serve, serve_arguments),
    "verify": (verify, verify_arguments),
}
"""Each command: what it does, and the arguments that it adds."""

if __name__ == "__main__":
    gc.disable()  # a build is over before its rubbish matters, and looking for it takes a fifth of the time
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # there are none, and to find that out takes long
    status = main()
    for stream in filter(None, (sys.stdout, sys.stderr)):
        stream.flush()
    os._exit(status)  # everything is written; to clear away in good order takes longer than to write it
