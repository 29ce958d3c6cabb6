"""Golden sites: a folder in, a folder out, byte for byte; and the model behind it, so that model and template bugs separate.

`make golden` accepts what the tests find; what differs is kept beside as `tests/golden/NAME-changed/`.
"""

from __future__ import annotations

import io
import os
import re
import shutil
from pathlib import Path

import openpyxl
import pytest

from tally.prose import value
from tests.tiny import NAMES, checked, drawings, rendered

GOLDEN = Path(__file__).parent / "golden"
ACCEPT = "TALLY_ACCEPT_GOLDEN" in os.environ
_PLOTLY = re.compile(rb"plotly\.[0-9a-f]{10}\.js")


def compared(name):
    """The files of a site as they are compared: without Plotly, and workbooks as their cells."""
    found = {}
    for path, raw in rendered(name).items():
        if path.endswith(".xlsx"):
            found[f"{path}.txt"] = cells(raw)
        elif not _PLOTLY.search(path.encode()):
            found[path] = _PLOTLY.sub(b"plotly.js", raw)
    return found


def cells(raw):
    """A workbook's content, a line for each row: its bytes depend on the machine's zlib."""
    book = openpyxl.load_workbook(io.BytesIO(raw))
    lines = [f"# {sheet.title}\n" + "".join("\t".join(f"{cell.value}" for cell in line) + "\n" for line in sheet.iter_rows()) for sheet in book]
    return "".join(lines).encode()


def model(name):
    """The book and the charts' tables, compactly."""
    return {"book.txt": "".join(map(figure, checked(name).book.cells.values())).encode(),
            **{f"{chart}.{language}.txt": table(drawing.table).encode() for (chart, language), drawing in drawings(name).items()}}


def figure(cell):
    written = value(cell.shown) if cell.shown is not None else cell.content.text if hasattr(cell.content, "text") else dict(cell.content)
    origin = f"= {cell.formula}" if cell.formula else f"{cell.source} {place(cell.place)}"
    return f"{cell.name} = {written} {cell.unit or '-'} {cell.qualifier} {cell.period.text if cell.period else '-'} {cell.role}; {origin}\n"


def place(found):
    return " ".join(f"{key} {item}" for key, item in found.model_dump().items() if item is not None)


def table(found):
    heads = [f"{found.form} {found.scale} {found.unit} {found.tick}", *(f"column {one.id} {one.role}: {one.label}" for one in found.columns)]
    rows = [f"row {row.id}{' *' if row.emphasis else ''}: {row.label} | " + " | ".join(
        f"{point.low:f}/{point.high:f} {point.label}" if point else "-" for point in row.points) for row in found.rows]
    notes = [f"callout {one.row} {one.column}: {one.text}" for one in found.callouts]
    notes += [f"line {one.value:f}: {one.text}" for one in found.lines] + [f"band {one.low:f}/{one.high:f}: {one.text}" for one in found.bands]
    return "\n".join([*heads, *rows, *notes]) + "\n"


def differences(found, folder):
    """The paths that differ from the golden folder, which is rewritten if that is asked for."""
    golden = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    changed = folder.with_name(f"{folder.name}-changed")
    shutil.rmtree(changed, ignore_errors=True)
    wrong = sorted(path for path in golden.keys() | found.keys() if golden.get(path) != found.get(path))
    if ACCEPT:
        shutil.rmtree(folder, ignore_errors=True)
    for path in found if ACCEPT else wrong:
        target = (folder if ACCEPT else changed) / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(found.get(path, b"this file is no longer made\n"))
    return [] if ACCEPT else wrong


def advice(folder):
    return f"differs from {folder}; compare it with {folder.name}-changed/, and run `make golden` if the change is meant"


@pytest.mark.parametrize("name", NAMES)
def test_a_site_is_built_as_it_was(name):
    assert differences(compared(name), GOLDEN / name) == [], advice(GOLDEN / name)


@pytest.mark.parametrize("name", NAMES)
def test_the_model_behind_a_site_is_as_it_was(name):
    assert differences(model(name), GOLDEN / f"{name}-model") == [], advice(GOLDEN / f"{name}-model")
