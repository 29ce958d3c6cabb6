"""A correction: what has changed since a release, cell by cell, and what editors have said of it.

A figure counts as changed when its value has, in base units; other words, another name or another place do not.
Releases are `release`'s, their pictures `pin`'s; how pages and feeds tell of a change is theirs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tally import name as names
from tally.book import Book
from tally.document import Path
from tally.figure import Drawing
from tally.model import Correction, FrozenChart, Release
from tally.notation import Style
from tally.pin import amount
from tally.problem import Problem, nearest
from tally.project import Project
from tally.prose import Prose
from tally.wording import Reference

PATH = "data/corrections.yaml"


@dataclass(frozen=True)
class Change:
    """One figure of a chart as it was and as it is, in the page's language; None where there was or is none."""

    name: str
    """today's, where it still has one"""
    row: str
    column: str
    was: str | None
    now: str | None
    released: str = ""
    """the name that the release knows it by"""


def changes(release: Release, id: str, language: str, today: Drawing | None, voice: Prose) -> tuple[Change, ...]:
    """What a release's chart shows otherwise than today's figures: changed and removed cells, then new ones."""
    return _Comparison(release, release.charts[id], language, today, voice).changes()


@dataclass(frozen=True)
class _Comparison:
    release: Release
    chart: FrozenChart
    language: str
    today: Drawing | None
    voice: Prose

    def changes(self) -> tuple[Change, ...]:
        now, found, seen = self.placed(), [], set()
        face = self.chart.faces[self.language]
        for row in face.rows:
            for column, point in zip(face.columns, row.points, strict=True):
                if point is None:
                    continue
                own = self.own(point.name) or now.get((row.label, column.label))
                seen.add(own)
                if own is None or not self.same(point.name, own):
                    found.append(Change(own or point.name, row.label, column.label, point.label, self.written(own), point.name))
        new = (Change(own, *place, None, self.written(own)) for place, own in now.items() if own not in seen)
        return (*found, *new)

    def placed(self) -> dict[tuple[str, str], str]:
        """Today's cells by the labels of their row and column, by which one is known that was renamed."""
        if self.today is None:
            return {}
        table = self.today.table
        return {(row.label, column.label): point.name for row in table.rows
                for column, point in zip(table.columns, row.points, strict=True) if point}

    def own(self, word: str) -> str | None:
        return word if names.stem(word, self.voice.book.cells) in self.voice.book.cells else None

    def same(self, word: str, own: str) -> bool:
        was, (cell, _) = self.release.cells[word], self.voice.book.find(own)
        return (was.amount, was.qualifier) == (amount(own, self.voice.book), cell.qualifier)

    def written(self, word: str | None) -> str | None:
        return self.voice.figure(Reference(0, word, Style(dash=True))) if word else None


# ---- what editors have said


def explaining(project: Project, book: Book, release: Release, change: Change) -> Correction | None:
    """The latest correction since the release that names the cell, or one that it is worked out from."""
    own = {names.stem(change.name, book.cells), names.stem(change.released, release.cells)} | behind(book, change.name)
    fitting = [one for one in project.corrections.corrections
               if one.date.text >= release.date.text and own & set(one.cells)]
    return max(fitting, key=lambda one: one.date.text, default=None)


def behind(book: Book, word: str) -> set[str]:
    """The cells that one is worked out from, and those behind them."""
    cell = book.get(names.stem(word, book.cells))
    uses = set(cell.uses) if cell else set()
    return uses.union(*(behind(book, use) for use in uses))


def corrected(project: Project, book: Book, release: Release, found: Iterable[Change]) -> str | None:
    """The day on which the last of the changes was made; None where one is not explained."""
    held = [one for one in found if one.was is not None]
    days = [one.date.text if (one := explaining(project, book, release, change)) else "" for change in held]
    return max(days) if days and all(days) else None


def of_chart(project: Project, book: Book, words: Iterable[str]) -> list[Correction]:
    """The corrections that concern a chart with these cells, the newest first."""
    own = {one for word in words for one in (word, names.stem(word, book.cells), *behind(book, word))}
    found = [one for one in project.corrections.corrections if own & set(one.cells)]
    return sorted(found, key=lambda one: one.date.text, reverse=True)


def check(project: Project, book: Book) -> Iterator[Problem]:
    """What the file of corrections says of cells and charts that never were, or that a page cannot do without."""
    if PATH not in project.documents:
        return
    yield from _strangers(project, book)
    yield from _wanted(project)


def _strangers(project: Project, book: Book) -> Iterator[Problem]:
    document = project.documents[PATH]
    cells = {*book.cells, *(word for release in project.releases.values() for word in release.cells)}
    charts = {*project.charts, *(id for release in project.releases.values() for id in release.charts)}
    for index, one in enumerate(project.corrections.corrections):
        for place, word in enumerate(one.cells):
            if word not in cells:
                said = f"no figure is or was called {word}; {nearest(word, cells)}"
                yield document.problem(("corrections", index, "cells", place), said)
    for id in project.corrections.withdrawn:
        if id not in charts:
            said = f"no chart is or was called {id}; {nearest(id, charts)}"
            yield document.problem(("withdrawn", id), said, at_key=True)


def _wanted(project: Project) -> Iterator[Problem]:
    withdrawn = project.corrections.withdrawn
    if project.site.overview in withdrawn:
        yield _fault(project, "data/site.yaml", ("overview",), project.site.overview)
    for slug, story in project.stories.items():
        if story.meta.lead in withdrawn:
            yield _fault(project, f"content/stories/{slug}/story.yaml", ("lead",), story.meta.lead)


def _fault(project: Project, path: str, where: Path, id: str) -> Problem:
    return project.documents[path].problem(where, f"the chart {id} is withdrawn; choose another")


def unexplained(project: Project, book: Book, voices: Mapping[str, Prose],
                drawings: Mapping[tuple[str, str], Drawing]) -> list[Problem]:
    """Each release that holds other figures than the data do, where no correction says why."""
    language = project.languages[0]
    problems = []
    for release in project.releases.values():
        found: dict[str, Change] = {}
        for id, chart in release.charts.items():
            if id not in project.corrections.withdrawn and language in chart.faces:
                compared = changes(release, id, language, drawings.get((id, language)), voices[language])
                found |= {one.name: one for one in compared if one.was and not explaining(project, book, release, one)}
        if found:
            problems.append(_unsaid(project, book, release, list(found.values())))
    return problems


def _unsaid(project: Project, book: Book, release: Release, found: Sequence[Change]) -> Problem:
    """A problem at the first figure, with the line to add; it need not name what follows from other changes."""
    changed = {one.name for one in found}
    roots = [one.name for one in found if not behind(book, one.name) & changed]
    listed = "; ".join(f"{one.name}: {one.was} → {one.now or 'removed'}" for one in found[:3])
    more = f" and {len(found) - 3} more" if len(found) > 3 else ""
    texts = ", ".join(f"{language}: …" for language in project.languages)
    line = f"- {{date: YYYY-MM-DD, cells: [{', '.join(roots)}], note: {{{texts}}}}}"
    path, where = _place(project, roots[0])
    message = (f"the release {release.name} holds other figures, and nobody has said why ({listed}{more}); "
               f"put them back, or add under corrections: in {PATH} {line}")
    document = project.documents.get(path)
    return document.problem(where, message) if document else Problem(PATH, 1, 1, "", message)


def _place(project: Project, word: str) -> tuple[str, Path]:
    """Where a cell stands, or stood."""
    group, *rest = word.split(".")
    if group in project.tables:
        return f"data/tables/{group}.yaml", ("rows", rest[0], "cells", *rest[1:2])
    return f"data/figures/{group}.yaml", ("figures", rest[0])
