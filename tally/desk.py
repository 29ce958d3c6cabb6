"""A desk: what editors have written for them into the site's own folder: schemas, skeletons, sheets, releases.

Each function reads the folder, has a pure module make the texts, tries them with the whole input, and only
then writes them. Building the site is `site`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from tally import book, download, intake, output, pin, quote, schema, site, skeleton, source, spreadsheet
from tally import release as releases
from tally.model import is_id
from tally.problem import Faulty, Problem, nearest
from tally.quantity import Period
from tally.source import Folder, load


def schemas(root: Path, engine: Path) -> list[Path]:
    """Write the schema of every kind of YAML file; where they went."""
    return _write(root, schema.schemas(load(root, engine).files))


def new(root: Path, engine: Path, kind: str, name: str, day: str) -> list[Path]:
    """Write the skeleton of a chart, a table or a story, and renew the schemas, which know its name; where it went."""
    folder = load(root, engine)
    made = skeleton.make(kind, name, site.validate(folder), folder.templates, day)
    changed = _with(folder, made)
    _tried(changed, made)
    _write(root, schema.schemas(changed.files))
    return _write(root, made)


def draft(root: Path, engine: Path, sheet: Path, name: str, encoding: str | None) -> intake.Intake:
    """What a colleague's sheet would change in the table called `name`."""
    folder = load(root, engine)
    project = site.validate(folder)
    if name not in project.tables:
        offer = nearest(name, project.tables)
        raise Faulty([Problem(f"data/tables/{name}.yaml", 1, 1, "", f"no table is called {name}; {offer}")])
    cells = [cell for cell in book.derive(project).cells.values() if cell.name.startswith(f"{name}.")]
    present = {str(record["name"]): record for record in download.records(cells, project, project.languages)}
    read = spreadsheet.read(str(sheet), source.read(sheet), encoding)
    made = intake.draft(read, name, folder.files[f"data/tables/{name}.yaml"], project, present)
    site.validate(_with(folder, {made.path: made.text}))
    return made


def accept(root: Path, engine: Path, made: intake.Intake) -> None:
    """Write what was drafted and renew the schemas, which know the rows; raises `Faulty` if the file was saved since."""
    if source.read(root / made.path).decode("utf-8", "replace") != made.before:
        said = "this file has changed since the sheet was held against it; import the sheet again"
        raise Faulty([Problem(made.path, 1, 1, "", said)])
    _write(root, {made.path: made.text})
    schemas(root, engine)


def release(root: Path, engine: Path, name: str, day: Period) -> tuple[Path, int]:
    """Freeze what the charts show into a release of this name, once everything passes the strict check; where it went,
    and how many bytes that took."""
    path = releases.path(name)
    if not is_id(name):
        said = f"{name!r} is no name for a release; use small letters, digits and single hyphens, as in 2026-11"
        raise Faulty([Problem(path, 1, 1, "", said)])
    folder = load(root, engine)
    if path in folder.files:
        said = f"there is a release {name} already, and a release never changes; choose another name"
        raise Faulty([Problem(path, 1, 1, "", said)])
    checked = site.check(folder, strict=True)
    claims = quote.freeze(site.views(checked))
    raw = releases.pack(pin.freeze(name, day, checked.project, checked.book, checked.voices, checked.drawings, claims))
    output.write_file(root / path, raw)
    return root / path, len(raw)


def _with(folder: Folder, texts: Mapping[str, str]) -> Folder:
    files = {**folder.files, **{path: text.encode() for path, text in texts.items()}}
    return replace(folder, files=dict(sorted(files.items())))


def _tried(folder: Folder, paths: Mapping[str, str]) -> None:
    """Raises `Faulty` where the folder would have a problem in one of these files; others are not theirs."""
    try:
        site.check(folder)
    except Faulty as error:
        if own := [problem for problem in error.problems if problem.path in paths]:
            raise Faulty(own) from None


def _write(root: Path, texts: Mapping[str, str]) -> list[Path]:
    for path, text in texts.items():
        output.write_file(root / path, text)
    return [root / path for path in texts]
