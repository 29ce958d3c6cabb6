"""The promise: whichever figure changes, every sentence, chart, table and download that shows it follows, or the
build stops at the sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import pytest

from tally import audit, book, download, figure, impact, name, site
from tally.passage import passages
from tally.problem import Faulty
from tally.prose import Prose
from tally.quantity import Range
from tally.twin import cites

from .conftest import ROOT


@dataclass
class World:
    """A project with its figures, voices and whatever shows them."""

    project: object
    book: book.Book
    voices: dict[str, Prose]
    texts: dict[tuple, str]

    def sentence(self, place):
        return self.voices[place[-1]].plain(self.texts[place])

    def chart(self, id, language):
        return figure.resolve(id, self.project.charts[id], self.project, self.book, self.voices[language])

    def record(self, cell):
        [group] = [cells for _, _, cells in download.groups(self.project, self.book) if cell in {one.name for one in cells}]
        [found] = [one for one in download.records(group, self.project, self.project.languages) if one["name"] == cell]
        return found


def world(folder):
    project = site.validate(folder)
    derived = book.derive(project)
    texts = {(one.path, one.where, one.language): one.text for one in passages(project)}
    return World(project, derived, site.speak(project, derived), texts)


@cache
def before():
    return world(site.load(ROOT, ROOT))


@cache
def readers():
    """Which passages and charts show each cell, and through which names."""
    start = before()
    citing: dict[str, list] = {}
    for one in passages(start.project):
        for cited in cites(one.text):
            citing.setdefault(name.stem(cited, start.book.cells), []).append((one.path, one.where, one.language))
    drawing: dict[str, list[str]] = {}
    for id in start.project.charts:
        for shown in impact.shown(id, start.project, start.book):
            drawing.setdefault(name.stem(shown, start.book.cells), []).append(id)
    return citing, drawing


def printed():
    """Every figure that an editor types, an end of a range at a time."""
    project = before().project
    for cell in before().book.cells.values():
        if cell.formula is None and not isinstance(cell.content, dict):
            for one in ([f"{cell.name}.from", f"{cell.name}.to"] if isinstance(cell.content, Range) else [cell.name]):
                document, where = impact.typed_at(one, project)
                yield one, str(document.at(where))


FIGURES = list(printed())


def others(text):
    """The same figure with its last digit moved, then by a tenth and to its double; a date in another year."""
    if re.match(r"\d{4}(-|$)", text) and "." not in text and (len(text) > 4 or 1900 < int(text) < 2100):
        yield str(int(text[:4]) - 1) + text[4:]
    digits = text.replace(".", "")
    places = len(text.partition(".")[2])
    for number in (int(digits) + 1, int(digits) - 1, int(digits) * 11 // 10 + 2, int(digits) * 2):
        if number > 0:
            yield f"{number / 10 ** places:.{places}f}" if places else str(number)


def follows(target, text):
    """Whether the figure, typed as `text`, is followed everywhere ("altered") or stops the build ("stopped")."""
    start = before()
    folder = impact.retyped(site.load(ROOT, ROOT), target, text, start.project)
    try:
        after = world(folder)
    except Faulty as error:
        assert all(re.match(r".+:\d+:\d+: ", str(problem)) for problem in error.problems)
        return "stopped"
    cell = name.stem(target, start.book.cells)
    if broken := audit.audit(after.project, after.book, after.voices):
        assert all(problem.line > 0 and "is not true" in problem.message for problem in broken)
        return "stopped"
    citing, drawing = readers()
    assert after.record(cell) != start.record(cell)
    changed = {one for one in after.book.cells if any(
        voice.cell(after.book[one]) != start.voices[language].cell(start.book[one]) for language, voice in after.voices.items())}
    if cell not in changed:
        return "hidden"
    shown = {place for one in changed for place in citing.get(one, [])}
    silent = {place for place in shown if after.sentence(place) == start.sentence(place)}
    if silent:
        return f"silent: {sorted(silent)[:3]}"
    for id in {id for one in changed for id in drawing.get(one, [])}:
        for language in start.voices:
            if after.chart(id, language) == start.chart(id, language):
                return f"chart {id} in {language} stays"
    return "altered"


@pytest.mark.parametrize("part", range(8))
def test_each_figure_is_followed_or_stops_the_build(part, record_property):
    outcomes: dict[str, str] = {}
    for target, text in FIGURES[part::8]:
        found = ""
        for other in others(text):
            found = follows(target, other)
            if found in ("altered", "stopped"):
                break
        outcomes[target] = found
    failed = {target: found for target, found in outcomes.items() if found not in ("altered", "stopped")}
    for kind in ("altered", "stopped"):
        record_property(f"figures {kind}", sum(found == kind for found in outcomes.values()))
    record_property("figures failed", len(failed))
    assert failed == {}


def test_all_printed_figures_are_tried():
    typed = [cell for cell in before().book.cells.values() if cell.formula is None and not isinstance(cell.content, dict)]
    assert len({name.stem(target, before().book.cells) for target, _ in FIGURES}) == len(typed) > 100
