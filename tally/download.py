"""A download: figures as CSV, JSON and XLSX, and the data package that describes them.

Every file holds the same records, one for each cell, so that the three formats and the page agree. Numbers
are written as the paper prints them, in the unit named beside them; derived ones as the site shows them.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

import simplejson

from tally.book import Book, Cell
from tally.project import Project
from tally.quantity import Period, Range

Record = dict[str, Decimal | str | None]

_EPOCH = datetime(2000, 1, 1)


def records(cells: Iterable[Cell], project: Project, languages: Iterable[str]) -> list[Record]:
    """One record for each cell, its words in each of `languages`."""
    return [_record(cell, project, list(languages)) for cell in cells]


def _record(cell: Cell, project: Project, languages: list[str]) -> Record:
    shown, words = cell.shown, cell.content if isinstance(cell.content, dict) else {}
    place = cell.place
    record: Record = {"name": cell.name}
    record |= {f"label_{language}": cell.label[language] for language in languages}
    record["value"] = shown if isinstance(shown, Decimal) else None
    record["from"], record["to"] = (shown.low, shown.high) if isinstance(shown, Range) else (None, None)
    record["date"] = cell.content.text if isinstance(cell.content, Period) else None
    record |= {f"text_{language}": words.get(language) for language in languages}
    record["unit"] = cell.unit
    record |= {f"unit_{language}": project.units[cell.unit].name[language] if cell.unit else None for language in languages}
    record["qualifier"] = cell.qualifier if cell.formula is None else None
    record["period"] = cell.period.text if cell.period else None
    for key in ("section", "paragraph", "table", "row", "footnote"):
        found = getattr(place, key) if place else None
        record[key] = None if found is None else str(found)
    record["source"], record["formula"] = cell.source, cell.formula
    return record


def as_csv(rows: list[Record]) -> str:
    """The records as CSV with a heading line."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _plain(value) for key, value in row.items()} for row in rows)
    return stream.getvalue()


def _plain(value: Decimal | str | None) -> str | None:
    return f"{value:f}" if isinstance(value, Decimal) else value


def as_json(head: Mapping[str, Any], rows: list[Record]) -> str:
    """`head` and the records as JSON; numbers keep their printed digits."""
    body = [{key: value for key, value in row.items() if value is not None} for row in rows]
    return str(simplejson.dumps({**head, "records": body}, ensure_ascii=False, indent=1, use_decimal=True)) + "\n"


def as_xlsx(head: Mapping[str, str], rows: list[Record]) -> bytes:
    """A workbook with the records on one sheet and `head` on another; the same bytes for the same input."""
    import xlsxwriter  # here, because it loads slowly, and a change of words has no need of it

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    book.set_properties({"created": _EPOCH, "title": next(iter(head.values()), "")})
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet("data")
    sheet.freeze_panes(1, 1)
    sheet.write_row(0, 0, list(rows[0]), bold)
    formats: dict[int, Any] = {}
    for line, row in enumerate(rows, start=1):
        for place, value in enumerate(row.values()):
            _write(book, sheet, formats, line, place, value)
    about = book.add_worksheet("about")
    for line, (key, text) in enumerate(head.items()):
        about.write_string(line, 0, key, bold)
        about.write_string(line, 1, text)
    book.close()
    return stream.getvalue()


def _write(book: Any, sheet: Any, formats: dict[int, Any], line: int, place: int, value: Decimal | str | None) -> None:
    if isinstance(value, Decimal):
        decimals = max(0, -int(value.as_tuple().exponent))
        if decimals not in formats:
            formats[decimals] = book.add_format({"num_format": "0." + "0" * decimals if decimals else "0"})
        sheet.write_number(line, place, float(value), formats[decimals])
    elif value is not None:
        sheet.write_string(line, place, value)


def package(project: Project, book: Book) -> str:
    """`datapackage.json`: every table and set of figures as a resource with its schema."""
    original = project.languages[0]
    resources = []
    for id, title, cells in groups(project, book):
        rows = records(cells, project, project.languages)
        resources.append({
            "name": id, "path": f"{id}.csv", "title": title[original], "profile": "tabular-data-resource",
            "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
            "sources": [_source(project, source) for source in dict.fromkeys(cell.source for cell in cells) if source],
            "schema": {"primaryKey": "name", "fields": [_field(key) for key in rows[0]]}})
    return json.dumps({"name": project.site.package, "title": project.site.title[original], "profile": "tabular-data-package",
                       "resources": resources}, ensure_ascii=False, indent=1) + "\n"


def _source(project: Project, id: str) -> dict[str, str]:
    origin = project.sources[id]
    source = {"title": origin.title[project.languages[0]]}
    return source | {"path": origin.url_main} if origin.url_main else source


def _field(key: str) -> dict[str, Any]:
    kind = "number" if key in ("value", "from", "to") else "string"
    return {"name": key, "type": kind, **({"constraints": {"required": True, "unique": True}} if key == "name" else {})}


def groups(project: Project, book: Book) -> list[tuple[str, Mapping[str, str], list[Cell]]]:
    """Each table and set that has cells: its id, its title, its cells."""
    return [(id, title(project, id), [book.cells[name] for name in names]) for id, names in grouped(tuple(book.cells)).items()]


@lru_cache(maxsize=4)
def grouped(names: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """The names of the cells of each table and set that has any."""
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(name.partition(".")[0], []).append(name)
    return {id: tuple(own) for id, own in found.items()}


def title(project: Project, id: str) -> Mapping[str, str]:
    """What a table or set is called."""
    return project.tables[id].title if id in project.tables else project.sets[id].title
