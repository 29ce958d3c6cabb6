"""A cross-check: whether the files of a project fit each other.

Every name that one data file uses must be declared by another: units, sources, rows, charts, cells in a formula,
and the words that a template asks for. Each check yields problems and goes on, so that an editor sees all of them
at once. What a file may say on its own is `model`'s, what texts cite `citation`'s.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from tally import formula, host, name, notation, summary, task
from tally.citation import Register
from tally.document import Path
from tally.model import Annotation, Chart, Cut, Grid, Printed, Table
from tally.problem import Problem, nearest
from tally.project import Project
from tally.quantity import Dimension, Period, name_dimension
from tally.slot import slots

SLOTS = {**summary.SLOTS, "quote-chart": ("title", "subtitle", "figures"), "quote-figure": ("label", "value"), "quote-target": ("when",),
         "quote-span": ("first", "last"),
         "quote-dated": ("label", "value", "when"), "quote-claim": ("paper", "statement", "verdict"),
         "quote-recomputed": ("paper", "statement", "verdict", "name", "value"), "quote-citation": ("site", "publisher", "sources"),
         "source-credit": ("producer", "title")}
"""The words with named slots, and the slots of each."""
OWN_WORDS = (*notation.WORDS, "label-join", "note-number", "proof", "stories", "claims", "data", "data-dek", "release-called", "pin-since", "pin-gone", "change-new",
             "change-removed", "feed-corrected", "feed-withdrawn", "feed-removed", "history", "note", "source", "source-join", "list-comma", "embed-back",
             "other-figure", "withdrawn", *SLOTS,
             *(f"embed-{rung}{what}" for rung in ("address", "script", "styles", "frame", "figure", "pinned") for what in ("", "-how", "-when")))
"""Words that the engine asks for, besides those in templates."""
REQUIRED_PAGES = ("front", "about")
RESERVED_PAGES = ("charts", "claims", "data", "embedding", "stories")
"""What the engine calls its own folders."""
_WORD = re.compile(r"""\bword\(\s*["']([a-z0-9-]+)["']\s*\)""")


Findings = task.Memory[tuple[Problem, ...]]
"""What is wrong between the files, by the path of a file, or by what is looked at in several."""


def check(project: Project, templates: Mapping[str, bytes], files: Mapping[str, bytes], before: Findings | None = None) -> Findings:
    """Every problem between the data files of `project`, and between them and its templates."""
    register = Register.of(project)

    def watched(asked: set[task.Input]) -> _Checker:
        return _Checker(project.watched(asked), register.watched(asked), task.Watched("templates", templates, asked),
                        task.Watched("files", files, asked))

    work = _work(tuple(project.tables), tuple(project.sets), tuple(project.charts))
    kinds = {**project.inputs, **register.kinds, "templates": templates, "files": files}
    return task.run(work, watched, task.Inputs(kinds, project.ground), before, worth=task.MANY)


@lru_cache(maxsize=1)
def _work(tables: tuple[str, ...], sets: tuple[str, ...], charts: tuple[str, ...]) -> Mapping[str, Callable[[_Checker], tuple[Problem, ...]]]:
    found = {"site": _all(_Checker.site), "words": _all(_Checker.words), "claims": _all(_Checker.claims), "pages": _all(_Checker.pages)}
    for folder, items, check in (("data/tables", tables, _Checker.table), ("data/figures", sets, _Checker.set), ("data/charts", charts, _Checker.chart)):
        found |= {path: _all(check, path, id) for id in items for path in [f"{folder}/{id}.yaml"]}
    return found


def _all(check: Callable[..., Iterator[Problem]], *given: str) -> Callable[[_Checker], tuple[Problem, ...]]:
    """Everything that one check finds."""
    return lambda checker: tuple(check(checker, *given))


@dataclass(frozen=True)
class _Checker:
    project: Project
    register: Register
    templates: Mapping[str, bytes]
    files: Mapping[str, bytes]

    # ---- finding fault

    def fault(self, path: str, where: Path, message: str, *, at_key: bool = False) -> Problem:
        self.files[path]  # where it stands depends on all that is written before it
        return self.project.documents[path].problem(where, message, at_key=at_key)

    def known(self, path: str, where: Path, word: str | None, names: Collection[str], kind: str) -> Iterator[Problem]:
        if word is not None and word not in names:
            yield self.fault(path, where, f"no {kind} is called {word}; {nearest(word, names)}")

    # ---- site, words

    def site(self) -> Iterator[Problem]:
        project = self.project
        yield from self.known("data/site.yaml", ("overview",), project.site.overview, project.charts, "chart")
        yield from self.known("data/paper.yaml", ("source",), project.paper.source, project.sources, "source")
        for group in project.sets.keys() & project.tables.keys():
            yield self.fault(f"data/figures/{group}.yaml", (), f"a table is called {group} too; rename one of the two files")
        for group in ("datapackage",):
            if group in project.tables or group in project.sets:
                folder = "tables" if group in project.tables else "figures"
                yield self.fault(f"data/{folder}/{group}.yaml", (), f"{group} is the name of a file that the site makes; rename this one")
        for symbol, unit in project.units.items():
            if not re.fullmatch(r"[a-z0-9]+(\*[a-z0-9]+)*(/[a-z0-9]+(\*[a-z0-9]+)*)?", unit.base):
                yield self.fault("data/units.yaml", ("units", symbol, "base"), f"{unit.base!r} is no base unit; write it as usd or cny/km2")
            if unit.factor <= 0:
                yield self.fault("data/units.yaml", ("units", symbol, "factor"), "a factor is greater than 0")

    def words(self) -> Iterator[Problem]:
        asked = {word for raw in self.templates.values() for word in _WORD.findall(raw.decode("utf-8", "replace"))}
        tried = {f"tried-{id}" for id in host.read(self.templates[host.FILE])}
        for word in sorted(asked | tried | set(OWN_WORDS)):
            yield from self.known("content/interface.yaml", ("words",), word, self.project.words, "word")
        for word in SLOTS.keys() & self.project.words.keys():
            yield from self.slots(word)

    def slots(self, word: str) -> Iterator[Problem]:
        """A sentence about charts, or to quote, has each of its slots once, and no other."""
        wanted = sorted(SLOTS[word])
        for language, text in self.project.words[word].items():
            if slots(text) != wanted:
                listed = " and ".join(f"{{{slot}}}" for slot in wanted) or "nothing"
                yield self.fault("content/interface.yaml", ("words", word, language), f"this text must have {listed} in braces, each once")

    # ---- data

    def table(self, path: str, id: str) -> Iterator[Problem]:
        self.files[path]  # what tasks see of a table is all but its figures, and they have units
        table = self.project.tables[id]
        yield from self.known(path, ("source",), table.source, self.project.sources, "source")
        yield from self.known(path, ("place", "section"), table.place.section, self.project.paper.sections, "section")
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
            for column, cell in row.cells.items():
                place = (*where, "cells", column)
                if column not in table.columns:
                    yield self.fault(path, place, f"no column is called {column}; {nearest(column, table.columns)}", at_key=True)
                yield from self.printed(path, place, cell)

    def printed(self, path: str, where: Path, cell: Printed) -> Iterator[Problem]:
        yield from self.known(path, (*where, "unit"), cell.unit, self.project.units, "unit")

    def set(self, path: str, id: str) -> Iterator[Problem]:
        numbers = [table.place.table for table in self.project.tables.values() if table.place.table]
        for key, single in self.project.sets[id].figures.items():
            where: Path = ("figures", key)
            yield from self.printed(path, where, single)
            yield from self.known(path, (*where, "source"), single.source, self.project.sources, "source")
            section = single.place.section if single.place else None
            yield from self.known(path, (*where, "place", "section"), section, self.project.paper.sections, "section")
            table = single.place.table if single.place else None
            yield from self.known(path, (*where, "place", "table"), table, numbers, "table of the paper in data/tables")
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
                missing = self.register.unmatched(full)
                if missing:
                    yield self.fault(path, where, missing)
                    break

    # ---- charts

    def chart(self, path: str, id: str) -> Iterator[Problem]:
        chart = self.project.charts[id]
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
                yield self.fault(path, where, f"cells: {len(row.cells)}, columns: {len(grid.columns)}; write null for an empty cell")
            for index, word in enumerate(row.cells):
                if word is not None and (missing := self.register.missing(word)):
                    yield self.fault(path, (*where, index), missing)

    def spots(self, path: str, chart: Chart) -> Iterator[Problem]:
        rows, columns = shape(chart, self.project.tables)
        shown = list(points(chart, self.project.tables, self.register.names))
        if not shown:
            yield self.fault(path, ("cut" if chart.cut else "grid",), "this chart shows no figure; name rows and columns that have one")
        marks = {"emphasis": rows, "doubtful": [*rows, *(f"{row}.{column}" for row in rows for column in columns)]}
        for key, names in marks.items():
            for index, word in enumerate(getattr(chart, key)):
                yield from self.known(path, (key, index), word, names, "row of this chart")
        for index, note in enumerate(chart.annotations):
            where: Path = ("annotations", index)
            if note.point:
                yield from self.known(path, (*where, "point", "row"), note.point.row, rows, "row of this chart")
                yield from self.known(path, (*where, "point", "column"), note.point.column, columns, "column of this chart")
                at = (note.point.row, note.point.column or next(iter(columns), ""))
                if at[0] in rows and at[1] in columns and not stands(chart, *at, shown):
                    yield self.fault(path, (*where, "point"), f"no figure stands at {at[0]}, {at[1]}; point at one that does")
            for place, word in references(note):
                if missing := self.register.missing(word):
                    yield self.fault(path, (*where, *place), missing)
        if shown:
            yield from self.form(path, chart, rows, columns)
            yield from self.axis(path, chart, shown)

    def form(self, path: str, chart: Chart, rows: list[str], columns: list[str]) -> Iterator[Problem]:
        wanted = {"change": (1, None), "pairs": (None, 2), "bars": (None, 1)}.get(chart.form, (None, None))
        for have, want, kind in ((rows, wanted[0], "row"), (columns, wanted[1], "column")):
            if want is not None and len(have) != want:
                yield self.fault(path, ("form",), f"the form {chart.form} shows exactly {want} {kind}(s), and {len(have)} are given")
        if chart.form == "slope" and len(columns) < 2:
            yield self.fault(path, ("form",), "the form slope leads from one column to another, and one is given")

    def axis(self, path: str, chart: Chart, shown: list[str]) -> Iterator[Problem]:
        """One axis shows one kind of quantity, its reference lines and bands too."""
        dated = chart.form == "timeline"
        kinds: dict[Dimension, str] = {}
        lines: list[tuple[Path, str]] = [(("annotations", index, *key), word) for index, note in enumerate(chart.annotations)
                                         for key, word in references(note)]
        for where, word in [*((("form",), word) for word in shown), *lines]:
            if self.register.missing(word):
                continue
            content, unit = self.register.content(word)
            if isinstance(content, dict) or isinstance(content, Period) != dated:
                yield self.fault(path, where, f"{word} is no {'date' if dated else 'number'}, and a chart of the form {chart.form} needs one")
            elif not dated and (kind := self.register.kind(unit)) is not None:
                kinds.setdefault(kind, word)
        if chart.unit and (kind := self.register.kind(chart.unit)) is not None:
            kinds.setdefault(kind, f"the axis ({chart.unit})")
        if len(kinds) > 1:
            listed = ", ".join(f"{word} is in {name_dimension(kind)}" for kind, word in kinds.items())
            yield self.fault(path, ("form",), f"one axis cannot show unlike units: {listed}")

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
                if word and (missing := self.register.missing(word)):
                    yield self.fault(path, (*where, key), missing)
            for key in ("formula", "condition"):
                if text := getattr(claim, key):
                    yield from self.formula(path, (*where, key), text, [None])
            yield from self.known(path, (*where, "chart"), claim.chart, self.project.charts, "chart")

    # ---- pages and stories

    def pages(self) -> Iterator[Problem]:
        first = self.project.languages[0]
        for page in REQUIRED_PAGES:
            if page not in self.project.pages:
                yield Problem(f"content/pages/{page}/{first}.md", 1, 1, "", "this page is missing; every site has one")
        for page, texts in self.project.pages.items():
            if page in RESERVED_PAGES:
                yield from (Problem(text.path, 1, 1, "", f"{page} is a folder of the engine's own; rename this page") for text in texts.values())
        for slug, story in self.project.stories.items():
            yield from self.known(f"content/stories/{slug}/story.yaml", ("lead",), story.meta.lead, self.project.charts, "chart")


def stands(chart: Chart, row: str, column: str, shown: list[str]) -> bool:
    """Whether a chart shows a figure at this row and column."""
    if chart.cut:
        return f"{chart.cut.table}.{row}.{column}" in shown
    assert chart.grid
    return chart.grid.rows[row].cells[list(chart.grid.columns).index(column)] is not None


def references(note: Annotation) -> Iterator[tuple[Path, str]]:
    """The figures by which an annotation is placed on the axis, each with its key."""
    if note.line:
        yield ("line",), note.line
    if note.band:
        yield ("band", "from"), note.band.low
        yield ("band", "to"), note.band.high


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
    yield from (word for row in rows for column in columns if (word := name.of(chart.cut.table, row, column)) in names)
