"""A cross-check: whether the files of a project fit each other.

Every name that one file uses must be declared by another: units, sources, rows, charts, cells cited in a
sentence, words that a template asks for, the other language's twin. Each check yields problems and goes
on, so that an editor sees all of them at once. What a file may say on its own is `model`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tally import article, formula, name, wording
from tally.document import Path
from tally.model import Chart, Cut, Grid, Localized, Printed, Table
from tally.problem import Problem, nearest
from tally.project import Project, Text
from tally.quantity import Period

NOTATION_WORDS = ("range", "half-1", "half-2", "qualifier-about", "qualifier-over", "qualifier-nearly", "qualifier-under")
REQUIRED_PAGES = ("front", "about")
_WORD = re.compile(r"""\bword\(\s*["']([a-z0-9-]+)["']""")


def check(project: Project, templates: Mapping[str, bytes]) -> list[Problem]:
    """Every problem between the files of `project`."""
    checker = _Checker(project, frozenset(name.declared(project.tables, project.sets)))
    return [problem for part in (checker.site(), checker.words(templates), checker.tables(), checker.sets(),
                                 checker.charts(), checker.claims(), checker.texts()) for problem in part]


@dataclass(frozen=True)
class _Checker:
    project: Project
    names: frozenset[str]

    # ---- finding fault

    def fault(self, path: str, where: Path, message: str, *, at_key: bool = False) -> Problem:
        return self.project.documents[path].problem(where, message, at_key=at_key)

    def known(self, path: str, where: Path, word: str | None, names: Iterable[str], kind: str) -> Iterator[Problem]:
        names = list(names)
        if word is not None and word not in names:
            yield self.fault(path, where, f"no {kind} is called {word}; {nearest(word, names)}")

    def cited(self, word: str) -> str | None:
        """Why `word` is no name of a cell, or None."""
        if name.stem(word, self.names) in self.names:
            return None
        return f"no figure is called {word}; {nearest(word, self.names)}"

    # ---- site, words

    def site(self) -> Iterator[Problem]:
        project = self.project
        yield from self.known("data/site.yaml", ("overview",), project.site.overview, project.charts, "chart")
        yield from self.known("data/paper.yaml", ("source",), project.paper.source, project.sources, "source")
        for group in project.sets.keys() & project.tables.keys():
            yield self.fault(f"data/figures/{group}.yaml", (), f"a table is called {group} too; rename one of the two files")
        for symbol, unit in project.units.items():
            if not re.fullmatch(r"[a-z0-9]+(\*[a-z0-9]+)*(/[a-z0-9]+)*", unit.base):
                yield self.fault("data/units.yaml", ("units", symbol, "base"), f"{unit.base!r} is no base unit; write it as usd or cny/km2")
            if unit.factor <= 0:
                yield self.fault("data/units.yaml", ("units", symbol, "factor"), "a factor is greater than 0")

    def words(self, templates: Mapping[str, bytes]) -> Iterator[Problem]:
        asked = {word for raw in templates.values() for word in _WORD.findall(raw.decode("utf-8", "replace"))}
        for word in sorted(asked | set(NOTATION_WORDS)):
            yield from self.known("content/interface.yaml", ("words",), word, self.project.words, "word")

    # ---- data

    def tables(self) -> Iterator[Problem]:
        for id, table in self.project.tables.items():
            path = f"data/tables/{id}.yaml"
            yield from self.known(path, ("source",), table.source, self.project.sources, "source")
            yield from self.known(path, ("place", "section"), table.place.section, self.project.paper.sections, "section")
            yield from self.localized(path, ("title",), table.title)
            yield from self.localized(path, ("note",), table.note)
            yield from self.localized(path, ("description",), table.description)
            yield from self.columns(path, id, table)
            yield from self.rows(path, table)

    def columns(self, path: str, id: str, table: Table) -> Iterator[Problem]:
        for key, column in table.columns.items():
            where: Path = ("columns", key)
            yield from self.known(path, (*where, "unit"), column.unit, self.project.units, "unit")
            for row in column.derivable or ():
                yield from self.known(path, (*where, "derivable"), row, table.rows, "row")
            if column.formula is not None:
                rows = [row for row in table.rows if name.derives(column, row)]
                yield from self.formula(path, (*where, "formula"), column.formula, [(id, row) for row in rows])

    def rows(self, path: str, table: Table) -> Iterator[Problem]:
        for key, row in table.rows.items():
            where: Path = ("rows", key)
            yield from self.known(path, (*where, "group"), row.group, table.groups, "group")
            yield from self.known(path, (*where, "unit"), row.unit, self.project.units, "unit")
            yield from self.known(path, (*where, "source"), row.source, self.project.sources, "source")
            yield from self.localized(path, (*where, "note"), row.note)
            for column, cell in row.cells.items():
                place = (*where, "cells", column)
                if column not in table.columns:
                    yield self.fault(path, place, f"no column is called {column}; {nearest(column, table.columns)}", at_key=True)
                yield from self.printed(path, place, cell)

    def printed(self, path: str, where: Path, cell: Printed) -> Iterator[Problem]:
        yield from self.known(path, (*where, "unit"), cell.unit, self.project.units, "unit")
        yield from self.localized(path, (*where, "note"), cell.note)

    def sets(self) -> Iterator[Problem]:
        for id, group in self.project.sets.items():
            path = f"data/figures/{id}.yaml"
            yield from self.localized(path, ("title",), group.title)
            yield from self.localized(path, ("description",), group.description)
            for key, single in group.figures.items():
                where: Path = ("figures", key)
                yield from self.printed(path, where, single)
                yield from self.known(path, (*where, "source"), single.source, self.project.sources, "source")
                section = single.place.section if single.place else None
                yield from self.known(path, (*where, "place", "section"), section, self.project.paper.sections, "section")
                if single.formula is not None:
                    yield from self.formula(path, (*where, "formula"), single.formula, [None])

    def formula(self, path: str, where: Path, text: str, contexts: list[tuple[str, str] | None]) -> Iterator[Problem]:
        try:
            read = formula.read(text)
        except formula.Unsound as error:
            yield self.fault(path, where, str(error))
            return
        for unit in read.units:
            yield from self.known(path, where, unit, self.project.units, "unit")
        for word in read.names:
            for context in contexts:
                full = name.expand(word, context)
                missing = (None if name.matching(full, self.names) else f"no figure matches {word}") if "*" in full else self.cited(full)
                if missing:
                    yield self.fault(path, where, missing)
                    break

    # ---- charts

    def charts(self) -> Iterator[Problem]:
        for id, chart in self.project.charts.items():
            path = f"data/charts/{id}.yaml"
            for key in ("title", "subtitle", "note", "alt"):
                yield from self.localized(path, (key,), getattr(chart, key))
            yield from self.known(path, ("section",), chart.section, self.project.site.sections, "section of the gallery")
            yield from self.known(path, ("unit",), chart.unit, self.project.units, "unit")
            shape = list(self.cut(path, chart.cut) if chart.cut else self.grid(path, chart.grid))  # type: ignore[arg-type]
            yield from shape
            if not shape:
                yield from self.spots(path, chart)

    def cut(self, path: str, cut: Cut) -> Iterator[Problem]:
        tables = self.project.tables
        yield from self.known(path, ("cut", "table"), cut.table, tables, "table")
        if cut.table in tables:
            for key in ("rows", "columns"):
                for index, word in enumerate(getattr(cut, key) or ()):
                    yield from self.known(path, ("cut", key, index), word, getattr(tables[cut.table], key), key[:-1])

    def grid(self, path: str, grid: Grid) -> Iterator[Problem]:
        for key, row in grid.rows.items():
            where: Path = ("grid", "rows", key, "cells")
            if len(row.cells) != len(grid.columns):
                yield self.fault(path, where, f"{len(row.cells)} cells stand in a row of {len(grid.columns)} columns; write null for an empty one")
            for index, word in enumerate(row.cells):
                if word is not None and (missing := self.cited(word)):
                    yield self.fault(path, (*where, index), missing)

    def spots(self, path: str, chart: Chart) -> Iterator[Problem]:
        rows, columns = shape(chart, self.project.tables)
        for key in ("emphasis", "doubtful"):
            for index, word in enumerate(getattr(chart, key)):
                yield from self.known(path, (key, index), word, rows, "row of this chart")
        for index, note in enumerate(chart.annotations):
            where: Path = ("annotations", index)
            yield from self.localized(path, (*where, "text"), note.text)
            if note.point:
                yield from self.known(path, (*where, "point", "row"), note.point.row, rows, "row of this chart")
                yield from self.known(path, (*where, "point", "column"), note.point.column, columns, "column of this chart")
            for key, word in (("line", note.line), ("band", note.band and note.band.low), ("band", note.band and note.band.high)):
                if word and (missing := self.cited(word)):
                    yield self.fault(path, (*where, key), missing)
        yield from self.form(path, chart, rows, columns)

    def form(self, path: str, chart: Chart, rows: list[str], columns: list[str]) -> Iterator[Problem]:
        wanted = {"change": (1, None), "pairs": (None, 2), "bars": (None, 1)}.get(chart.form, (None, None))
        for have, want, kind in ((rows, wanted[0], "row"), (columns, wanted[1], "column")):
            if want is not None and len(have) != want:
                yield self.fault(path, ("form",), f"the form {chart.form} shows exactly {want} {kind}(s), and {len(have)} are given")
        bases: dict[str, str] = {}
        for word in points(chart, self.project.tables, self.names):
            content, unit = self.content(word)
            if isinstance(content, dict) or isinstance(content, Period) != (chart.form == "timeline"):
                yield self.fault(path, ("form",), f"{word} is no {'date' if chart.form == 'timeline' else 'number'}, and a chart of the form {chart.form} needs one")
            elif unit and unit in self.project.units:
                bases.setdefault(self.project.units[unit].base, word)
        if chart.unit and chart.unit in self.project.units:
            bases.setdefault(self.project.units[chart.unit].base, f"the axis ({chart.unit})")
        if len(bases) > 1:
            pairs = ", ".join(f"{word} is in {base}" for base, word in bases.items())
            yield self.fault(path, ("form",), f"one axis cannot show unlike units: {pairs}")

    def content(self, word: str) -> tuple[object, str | None]:
        parts = name.stem(word, self.names).split(".")
        if len(parts) == 3:
            table = self.project.tables[parts[0]]
            row, column = table.rows[parts[1]], table.columns[parts[2]]
            cell = row.cells.get(parts[2])
            return (cell.content, cell.unit or row.unit or column.unit) if cell else (None, column.unit or row.unit)
        single = self.project.sets[parts[0]].figures[parts[1]]
        return single.content, single.unit

    # ---- claims

    def claims(self) -> Iterator[Problem]:
        seen: dict[str, str] = {}
        for path, id, claim in self.project.claims():
            where: Path = ("claims", id)
            if id in seen:
                yield self.fault(path, where, f"{seen[id]} has a claim called {id} too; rename one", at_key=True)
            seen[id] = path
            for key in ("printed", "against"):
                word = getattr(claim, key)
                if word and (missing := self.cited(word)):
                    yield self.fault(path, (*where, key), missing)
            for key in ("formula", "condition"):
                if text := getattr(claim, key):
                    yield from self.formula(path, (*where, key), text, [None])
            for key in ("statement", "why", "finding", "reading"):
                yield from self.localized(path, (*where, key), getattr(claim, key))
            yield from self.known(path, (*where, "chart"), claim.chart, self.project.charts, "chart")

    # ---- texts

    def localized(self, path: str, where: Path, texts: Localized | None) -> Iterator[Problem]:
        for language, text in (texts or {}).items():
            for offset, snippet, message in self.misworded(text):
                mark = self.project.documents[path].within((*where, language), snippet, text[:offset])
                yield Problem(path, mark.line, mark.column, ".".join(map(str, (*where, language))), message)

    def misworded(self, text: str) -> Iterator[tuple[int, str, str]]:
        """Offset, snippet and complaint of everything wrong in one text."""
        try:
            parts = wording.parse(text)
        except wording.Misworded as error:
            yield error.offset, text[error.offset:error.offset + 2], str(error)
            return
        for reference in wording.references(parts):
            snippet = text[reference.offset:].partition("}}")[0]
            if missing := self.cited(reference.name):
                yield reference.offset, snippet, missing
            elif reference.unit and reference.unit not in self.project.units:
                yield reference.offset, snippet, f"no unit is called {reference.unit}; {nearest(reference.unit, self.project.units)}"
        for part in parts:
            if isinstance(part, wording.Assertion):
                yield from ((part.offset, "[[", message) for message in self.condition(part.condition))

    def condition(self, text: str) -> Iterator[str]:
        try:
            read = formula.read(text)
        except formula.Unsound as error:
            yield str(error)
            return
        yield from (f"no unit is called {unit}; {nearest(unit, self.project.units)}" for unit in read.units if unit not in self.project.units)
        for word in read.names:
            if "*" not in word and (missing := self.cited(word)):
                yield missing

    def texts(self) -> Iterator[Problem]:
        for page in REQUIRED_PAGES:
            if page not in self.project.pages:
                yield Problem(f"content/pages/{page}/{self.project.languages[0]}.md", 1, 1, "", "this page is missing; every site has one")
        for slug, story in self.project.stories.items():
            yield from self.known(f"content/stories/{slug}/story.yaml", ("lead",), story.meta.lead, self.project.charts, "chart")
            yield from self.twins(f"content/stories/{slug}", story.texts)
        for slug, texts in self.project.pages.items():
            yield from self.twins(f"content/pages/{slug}", texts)

    def twins(self, folder: str, texts: Mapping[str, Text]) -> Iterator[Problem]:
        for language in self.project.languages:
            if language not in texts:
                yield Problem(f"{folder}/{language}.md", 1, 1, "", f"this translation is missing; it is the twin of {', '.join(f'{one}.md' for one in texts) or 'nothing yet'}")
        for text in texts.values():
            yield from self.text(text)
        whole = [texts[language] for language in self.project.languages if language in texts]
        for one in whole[1:]:
            yield from self.alike(whole[0], one)

    def text(self, text: Text) -> Iterator[Problem]:
        for key in ("title", "dek"):
            for _, _, message in self.misworded(getattr(text.meta, key)):
                yield self.fault(text.path, (key,), message)
        for offset, _, message in self.misworded(text.body):
            yield self.at(text, offset, message)
        found = article.outline(text.body)
        for chart in found.charts:
            if chart.id not in self.project.charts:
                yield self.at(text, chart.offset, f"no chart is called {chart.id}; {nearest(chart.id, self.project.charts)}")
        for heading in found.headings:
            if not heading.id:
                yield self.at(text, heading.offset, "this heading has no anchor; end it with one, such as {#vacancy}, the same in every language")
        defined, cited = {note.id for note in found.notes}, {note.id for note in found.cited}
        for note in found.cited:
            if note.id not in defined:
                yield self.at(text, note.offset, f"the note [^{note.id}] has no text; {nearest(note.id, defined)}")
        for note in found.notes:
            if note.id not in cited:
                yield self.at(text, note.offset, f"nothing calls the note [^{note.id}]; {nearest(note.id, cited)}")

    def alike(self, original: Text, twin: Text) -> Iterator[Problem]:
        """Both languages have the same headings, charts and notes in the same order."""
        ours, theirs = article.outline(original.body), article.outline(twin.body)
        for kind in ("headings", "charts", "cited"):
            left, right = ([item.id for item in getattr(side, kind)] for side in (ours, theirs))
            if left != right:
                label = {"headings": "anchors", "charts": "charts", "cited": "notes"}[kind]
                yield self.at(twin, 0, f"its {label} are {', '.join(right) or 'none'}, but {original.path} has {', '.join(left) or 'none'}; both need the same in the same order")

    def at(self, text: Text, offset: int, message: str) -> Problem:
        before = text.body[:offset]
        return Problem(text.path, text.first_line + before.count("\n"), len(before.rpartition("\n")[2]) + 1, "", message)


def shape(chart: Chart, tables: Mapping[str, Table]) -> tuple[list[str], list[str]]:
    """The ids of a chart's rows and columns."""
    if chart.grid:
        return list(chart.grid.rows), list(chart.grid.columns)
    assert chart.cut
    table = tables[chart.cut.table]
    printed = [key for key, column in table.columns.items() if column.formula is None]
    return chart.cut.rows or list(table.rows), chart.cut.columns or printed


def points(chart: Chart, tables: Mapping[str, Table], names: Iterable[str]) -> Iterator[str]:
    """The names of the cells that a chart shows."""
    if chart.grid:
        yield from (word for row in chart.grid.rows.values() for word in row.cells if word)
        return
    assert chart.cut
    rows, columns = shape(chart, tables)
    yield from (word for row in rows for column in columns if (word := f"{chart.cut.table}.{row}.{column}") in names)
