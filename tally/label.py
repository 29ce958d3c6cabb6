"""A label: names of rows, columns and figures, words of the interface, titles of sections. They say no figures.

A label is shown as it stands and cites nothing, so a quantity typed in one would never follow the data. The
label of a derived figure may say the numbers of its formula (“twice the base”). Titles of sources are the
paper's, names of units are the units' own, and neither is searched; a digit where a unit is shown is refused.
"""

from __future__ import annotations

from collections.abc import Iterator

from tally import phrase, stray
from tally.book import Book
from tally.passage import Passage
from tally.problem import Problem
from tally.project import Project
from tally.prose import Prose

_OWN = ("data/sources.yaml", "data/units.yaml")


def typed(label: Passage, project: Project, voice: Prose) -> Iterator[Problem]:
    """Every quantity typed in a label."""
    if label.path in _OWN or label.where[-2] == "text":
        return
    book = voice.book
    watchwords, formulas = project.watchwords.get(label.language), list(_formulas(label, project, book))
    for one in stray.numerals(label.text, voice, watchwords):
        if not any(phrase.borne_out(one, label.text, formula, book, watchwords) for formula in formulas):
            yield label.problem(one.offset, f"“{one.text}” is a figure in a name or label, which would not follow the data; say it without")


def _formulas(label: Passage, project: Project, book: Book) -> Iterator[str]:
    """The formula behind the figure or column that a label names, and those that it stands on."""
    group = label.path.rpartition("/")[2].removesuffix(".yaml")
    formula = None
    if label.path.startswith("data/figures/") and label.where[0] == "figures":
        formula = project.sets[group].figures[str(label.where[1])].formula
        yield from (below for use in book.cells[f"{group}.{label.where[1]}"].uses if (below := book.cells[use].formula))
    elif label.path.startswith("data/tables/") and label.where[0] == "columns":
        formula = project.tables[group].columns[str(label.where[1])].formula
    if formula:
        yield formula


def shown(project: Project) -> Iterator[Problem]:
    """Every digit that stands where a unit is shown."""
    for symbol, unit in project.units.items():
        for language, pattern in unit.show.items():
            if any(char.isdecimal() for words in (pattern.one, pattern.other) for char in words or ""):
                yield project.documents["data/units.yaml"].problem(("units", symbol, "show", language), (
                    "a digit stands beside the number of every figure in this unit; write {} and words only"))
