"""An intake: what a colleague's sheet would change in a table, figure by figure, before anything is written.

A sheet has a row for each row of the table, or is one of the site's own downloads with a record for each
figure. Rows are found by id or by label in any language, columns by id or label. Each figure is held to the
rules of the model; whatever cannot be placed is a problem at its cell, for nothing in a sheet is passed
over. Reading sheets is `spreadsheet`'s, what one cell says `entry`'s, writing YAML `splice`'s.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tally import document, splice
from tally import entry as figures
from tally.document import Path
from tally.download import Record
from tally.model import Table
from tally.problem import Faulty, Problem, nearest
from tally.project import Project
from tally.splice import Change
from tally.spreadsheet import Entry, Sheet

_PROPERTIES = ("number", "group", "unit", "source")
_KEYS = {"value": "figure", "from": "figure", "to": "figure", "date": "date"}


@dataclass(frozen=True)
class Intake:
    """What would change, and the file's text with it."""

    path: str
    changes: Sequence[Change]
    before: str
    text: str

    def lines(self) -> Iterator[str]:
        """The difference, for a person to look at."""
        for change in self.changes:
            where = ".".join(str(step) for step in change.where[1:] if step != "cells")
            now = splice.flow(change.now)
            yield f"{where}: {now} (new)" if change.was is None else f"{where}: {change.was} → {now}"


def draft(sheet: Sheet, name: str, raw: bytes, project: Project, present: Mapping[str, Record]) -> Intake:
    """What the sheet would change in the table called `name`, whose file holds `raw`.

    `present` holds the table's figures as its download does. Raises `Faulty` with all that is wrong.
    """
    path = f"data/tables/{name}.yaml"
    reader = _Reader(sheet, project, name, present)
    changes = list(reader.records() if reader.is_download() else reader.table())
    if reader.problems:
        raise Faulty(reader.problems)
    text = raw.decode("utf-8")  # with its byte-order mark and its line ends
    try:
        after = splice.spliced(text, changes)
        whole = document.parse(path, document.decode(path, after.encode())).data
    except (splice.Unspliceable, Faulty):
        whole = None
    if whole != _expected(reader.document.data, changes):
        said = "this file is written in a way that the sheet’s changes cannot be put into; write them by hand"
        raise Faulty([Problem(path, 1, 1, "", said)])
    return Intake(path, changes, text, after)


def _expected(data: Any, changes: Sequence[Change]) -> Any:
    """The file's data after the changes."""
    data = copy.deepcopy(data)
    for change in changes:
        parent = data
        for step in change.where[:-1]:
            parent = parent[step]
        parent[change.where[-1]] = change.now
    return data


class _Reader:
    """Reads one sheet against one table; keeps the problems that it meets."""

    def __init__(self, sheet: Sheet, project: Project, name: str, present: Mapping[str, Record]):
        self.sheet, self.project, self.name, self.present = sheet, project, name, present
        self.path = f"data/tables/{name}.yaml"
        self.document = project.documents[self.path]
        self.model: Table = project.tables[name]
        self.problems: list[Problem] = []
        self.seen: dict[str, Entry] = {}

    def fault(self, entry: Entry, message: str) -> None:
        self.problems.append(self.sheet.problem(entry, message))

    # ---- a sheet with a row for each row of the table

    def table(self) -> Iterator[Change]:
        """What a sheet of rows and columns changes."""
        heads = {head.column: self.head(head) for head in self.sheet.heads if head.text}
        if not any(kind in ("id", "label", "any") for kind, _ in heads.values()):
            first = self.sheet.heads[0]
            if first.text and heads[1][0] != "?":
                self.fault(first, f"no column says which row is meant; head one with id, or with {self.label_heads()}")
                return
            heads[1] = ("any", "")
            self.problems = [problem for problem in self.problems if problem.column != first.column]
        for row in self.sheet.rows:
            yield from self.row([(entry, *heads.get(entry.column, ("?", ""))) for entry in row if entry.text])

    def label_heads(self) -> str:
        return " and ".join(f"label:{language}" for language in self.project.languages)

    def head(self, head: Entry) -> tuple[str, str]:
        """What stands in a column: the kind, and which column of the table, property or language."""
        text = head.text.casefold()
        if text == "id":
            return "id", ""
        if text in ("label", "row"):
            return "any", ""
        if text in _PROPERTIES:
            return "property", text
        if match := re.fullmatch(r"label[:_ ](.+)", text):
            if match[1] in self.project.languages:
                return "label", match[1]
            self.fault(head, f"{match[1]!r} is no language of this site; {nearest(match[1], self.project.languages)}")
            return "?", ""
        return self.column(head)

    def column(self, head: Entry) -> tuple[str, str]:
        columns = self.model.columns
        labels = {id: {id, *(label.casefold() for label in column.label.values())} for id, column in columns.items()}
        found = [id for id, known in labels.items() if head.text.casefold() in known]
        if head.text in columns:
            found = [head.text]
        if len(found) == 1:
            return ("derived" if columns[found[0]].formula else "column"), found[0]
        if found:
            self.fault(head, f"{' and '.join(found)} are both called so; head the column with the id")
        else:
            self.fault(head, f"no column is called {head.text}; {nearest(head.text, [*columns, 'id', *_PROPERTIES])}")
        return "?", ""

    def row(self, entries: list[tuple[Entry, str, str]]) -> Iterator[Change]:
        for entry, kind, _ in entries:
            if kind == "?" and not any(head.text for head in self.sheet.heads if head.column == entry.column):
                self.fault(entry, "this column has no heading; write one, or empty the column")
        keys = [(entry, kind, language) for entry, kind, language in entries if kind in ("id", "label", "any")]
        if not keys:
            self.fault(entries[0][0], "nothing here says which row is meant; write its id or its label")
            return
        id = self.which(keys)
        if id is None:
            return
        if id in self.seen:
            self.fault(keys[0][0], f"row {self.seen[id].row} of the sheet is {id} too; keep one")
            return
        self.seen[id] = keys[0][0]
        yield from self.known(id, entries) if id in self.model.rows else self.new(id, entries)

    def which(self, keys: list[tuple[Entry, str, str]]) -> str | None:
        """The row's id: one that the table has, or that of a new row."""
        entry, kind, _ = min(keys, key=lambda key: key[1] != "id")
        if kind == "id" or entry.text in self.model.rows:
            return entry.text
        found = [id for id, row in self.model.rows.items() if entry.text in row.label.values()]
        if len(found) == 1:
            return found[0]
        if found:
            self.fault(entry, f"{' and '.join(found)} are both called so; write the id, in a column headed id")
        else:
            known = [label for row in self.model.rows.values() for label in row.label.values()]
            self.fault(entry, f"no row is called {entry.text}; {nearest(entry.text, [*self.model.rows, *known])} "
                              f"(a new row needs columns headed id and {self.label_heads()})")
        return None

    def known(self, id: str, entries: list[tuple[Entry, str, str]]) -> Iterator[Change]:
        """A row that the table has; its first figures go into it together."""
        cells = ("rows", id, "cells")
        changes = list(self.values(id, entries))
        fresh = {} if self.at(cells) else {str(change.where[-1]): change.now for change in changes if change.where[:-1] == cells}
        yield from (change for change in changes if not (fresh and change.where[:-1] == cells))
        if fresh:
            yield Change(cells, None, fresh)

    def values(self, id: str, entries: list[tuple[Entry, str, str]]) -> Iterator[Change]:
        for entry, kind, which in entries:
            if kind == "column":
                yield from self.cell(entry, ("rows", id, "cells", which))
            elif kind == "label":
                yield from self.text(entry, ("rows", id, "label", which))
            elif kind == "property" and self.declared(entry, which):
                yield from self.text(entry, ("rows", id, which))

    def new(self, id: str, entries: list[tuple[Entry, str, str]]) -> Iterator[Change]:
        """A row that the table does not have yet."""
        first = entries[0][0]
        if message := figures.why(id, "id"):
            self.fault(self.seen[id], f"{message}; {nearest(id, self.model.rows)}")
            return
        labels = {which: entry.text for entry, kind, which in entries if kind == "label"}
        if missing := [language for language in self.project.languages if language not in labels]:
            heads = " and ".join(f"label:{language}" for language in missing)
            self.fault(first, f"{id} is a new row ({nearest(id, self.model.rows)}), and its name in {', '.join(missing)} "
                              f"is missing; write it in a column headed {heads}")
            return
        row: dict[str, Any] = {"label": {language: labels[language] for language in self.project.languages}}
        row |= {which: entry.text for entry, kind, which in entries
                if kind == "property" and self.declared(entry, which)}
        cells = {which: content for entry, kind, which in entries
                 if kind == "column" and (content := self.content(entry))}
        yield Change(("rows", id), None, {**row, "cells": cells})

    def declared(self, entry: Entry, which: str) -> bool:
        """Whether a row's unit, group or source is one that the files declare."""
        known = {"unit": self.project.units, "group": self.model.groups, "source": self.project.sources}.get(which)
        if known is None or entry.text in known:
            return True
        self.fault(entry, f"no {which} is called {entry.text}; {nearest(entry.text, known)}")
        return False

    # ---- a download, with a record for each figure

    def is_download(self) -> bool:
        heads = {head.text for head in self.sheet.heads}
        return "name" in heads and bool(heads & _KEYS.keys())

    def records(self) -> Iterator[Change]:
        """What one of the site's own downloads changes."""
        keys = {head.column: head.text for head in self.sheet.heads}
        for row in self.sheet.rows:
            entries = {keys[entry.column]: entry for entry in row if entry.column in keys}
            name = entries["name"]
            if name.text not in self.present:
                self.fault(name, f"no figure of this table is called {name.text}; {nearest(name.text, self.present)}")
            elif name.text in self.seen:
                self.fault(name, f"row {self.seen[name.text].row} of the sheet is {name.text} too; keep one")
            else:
                self.seen[name.text] = name
                yield from self.record(entries, self.present[name.text])

    def record(self, entries: Mapping[str, Entry], present: Record) -> Iterator[Change]:
        _, row, column = str(present["name"]).split(".")
        where: Path = ("rows", row, "cells", column)
        for key, entry in entries.items():
            if not entry.text or (key in present and figures.same(entry, present[key])):
                continue
            if key in _KEYS and not present["formula"] and present[key] is not None:
                yield from self.figure(entry, (*where, key) if isinstance(self.at(where), dict) else where, _KEYS[key])
            else:
                why = "it is worked out by a formula" if present["formula"] else "records bring numbers and dates only"
                self.fault(entry, f"{key} of {present['name']} cannot be changed from here: {why}; "
                                  f"change it in {self.path}")

    # ---- single values

    def at(self, where: Path) -> Any:
        data = self.document.data
        for step in where:
            data = data.get(step) if isinstance(data, dict) else None
        return data

    def text(self, entry: Entry, where: Path) -> Iterator[Change]:
        was = self.at(where)
        if was != entry.text:
            yield Change(where, was, entry.text)

    def cell(self, entry: Entry, where: Path) -> Iterator[Change]:
        """What one figure of a row changes."""
        was = self.at(where)
        if was is None:
            if content := self.content(entry):
                yield Change(where, None, content)
        elif isinstance(was, str):
            yield from self.figure(entry, where, "figure")
        elif "from" in was:
            yield from self.range(entry, where)
        elif kind := next((key for key in ("value", "date") if key in was), None):
            yield from self.figure(entry, (*where, kind), _KEYS[kind])
        elif entry.text not in was["text"].values():
            self.fault(entry, f"the table has words here, in each language; change them in {self.path}")

    def figure(self, entry: Entry, where: Path, kind: str) -> Iterator[Change]:
        was = self.at(where)
        if message := figures.why(entry.text, kind):
            self.fault(entry, message)
        elif not figures.same(entry, was):
            yield Change(where, was, entry.text)

    def range(self, entry: Entry, where: Path) -> Iterator[Change]:
        content = self.content(entry)
        if not isinstance(content, dict) or "from" not in content:
            if content:
                self.fault(entry, f"the table has a range here; write it as 30–50, or change it in {self.path}")
            return
        for key, now in content.items():
            if now != (was := self.at((*where, key))):
                yield Change((*where, key), was, now)

    def content(self, entry: Entry) -> splice.Value | None:
        """A figure, range or date as the file writes it; None where it is none, which is noted."""
        content, message = figures.content(entry)
        if message:
            self.fault(entry, message)
        return content
