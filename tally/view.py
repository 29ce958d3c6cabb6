"""A view: what a template may ask about the page that it makes.

Addresses relative to the page, words in its language, figures in its texts, its twins in the other
languages. One view serves one page; what the page is about is handed to the template beside it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from markupsafe import Markup, escape

from tally.asset import Assets, live
from tally.book import Book, Cell
from tally.figure import Drawing
from tally.formula import NAME
from tally.model import Localized, Origin, Site, Table
from tally.name import stem
from tally.project import Project
from tally.prose import Prose
from tally.quantity import Period


@dataclass(frozen=True)
class Twin:
    """The same page in another language."""

    language: str
    tag: str
    name: str
    href: str


@dataclass(frozen=True)
class View:
    """One page in one language; `path` is where it stands in the site."""

    path: str
    language: str
    project: Project
    book: Book
    voice: Prose
    drawings: Mapping[tuple[str, str], Drawing]
    assets: Assets

    @property
    def site(self) -> Site:
        """The publication."""
        return self.project.site

    @property
    def tag(self) -> str:
        """The page's `lang`."""
        return self.site.languages[self.language].tag

    def url(self, path: str) -> str:
        """A relative link to a file of the site; `path` may carry a #place."""
        target, hash_, place = path.partition("#")
        return posixpath.relpath(target, posixpath.dirname(self.path) or ".") + hash_ + place

    def at(self, path: str) -> str:
        """A relative link to a page in this language: `charts/vacancy` is its `index.html`."""
        target, hash_, place = path.partition("#")
        return self.url(posixpath.join(self.language, target, "index.html") + hash_ + place)

    def asset(self, name: str) -> str:
        """A relative link to an asset by its plain name."""
        return self.url(self.assets.paths[name])

    def live(self, chart: str) -> str:
        """A relative link to a chart's live figure."""
        return self.asset(live(chart, self.language))

    def word(self, id: str) -> str:
        """An interface word."""
        return self.project.words[id][self.language]

    def own(self, texts: Localized | None) -> str:
        """The text in the page's language with its figures, plain."""
        return self.voice.plain(texts[self.language]) if texts else ""

    def marked(self, texts: Localized | None) -> Markup:
        """The text in the page's language with its figures marked up."""
        return self.sentence(texts[self.language]) if texts else Markup("")

    def sentence(self, text: str) -> Markup:
        """A text that is already in the page's language, with its figures marked up."""
        return Markup(self.voice.html(text, self.link))

    def plain(self, text: str) -> str:
        """A text that is already in the page's language, with its figures and no markup."""
        return self.voice.plain(text)

    def link(self, name: str) -> str:
        """The address of a cell on the data page."""
        return self.at(f"data#{name}")

    def origin(self, id: str) -> Origin:
        """A source by its id."""
        return self.project.sources[id]

    def drawing(self, id: str) -> Drawing:
        """A chart in the page's language."""
        return self.drawings[(id, self.language)]

    def cell(self, cell: Cell) -> str:
        """A cell in full."""
        return self.voice.cell(cell)

    def period(self, cell: Cell) -> str:
        """When the figure holds."""
        return self.date(cell.period)

    def date(self, period: Period | None) -> str:
        """A year, month or day in words."""
        return self.voice.notation.period(period) if period else ""

    def number(self, number: Decimal) -> str:
        """A bare number, with as many decimals as it has."""
        return self.voice.notation.decimal(number, max(0, -int(number.normalize().as_tuple().exponent)))

    def tables(self) -> list[tuple[str, Table]]:
        """The tables in the order of the paper's own numbers."""
        return sorted(self.project.tables.items(), key=lambda item: item[1].place.table or "")

    def row(self, table: str, row: str) -> list[tuple[str, Cell | None]]:
        """A table's row as the data page prints it: each column with its cell, or none."""
        return [(column, self.book.cells.get(f"{table}.{row}.{column}")) for column in self.project.tables[table].columns]

    def formula(self, text: str) -> Markup:
        """A formula whose names lead to their cells; `row.2022` in a column's formula stays as it is."""
        parts = re.split(f"({NAME.pattern})", text)
        return Markup("").join(self._named(part) if index % 2 else escape(part) for index, part in enumerate(parts))

    def _named(self, name: str) -> Markup:
        own = stem(name, self.book.cells)
        if own not in self.book.cells:
            return escape(name)
        return Markup('<a href="{}" title="{}">{}</a>').format(
            self.link(own), f"{self.book[own].label[self.language]}: {self.cell(self.book[own])}", name)

    def tally(self) -> tuple[Decimal, Decimal, Decimal]:
        """How many figures the paper prints, how many follow from them, and both together."""
        derived = sum(cell.formula is not None for cell in self.book.cells.values())
        return Decimal(len(self.book.cells) - derived), Decimal(derived), Decimal(len(self.book.cells))

    def gallery(self) -> Iterator[tuple[str, str, list[Drawing]]]:
        """The charts by section, in order: its id, its heading, its drawings; the rest under no heading."""
        sections = {**{id: self.own(title) for id, title in self.site.sections.items()}, "": ""}
        for section, heading in sections.items():
            charts = [self.drawing(id) for id, chart in self.project.charts.items() if (chart.section or "") == section]
            if charts:
                yield section, heading, charts

    def twins(self) -> Iterator[Twin]:
        """Every language's version of this page, its own among them."""
        own, _, rest = self.path.partition("/")
        for id, language in self.site.languages.items():
            path = f"{id}/{rest}" if own in self.site.languages else f"{id}/index.html"
            yield Twin(id, language.tag, language.name, self.url(path))

    def absolute(self, path: str) -> str:
        """The full address of a file where the site's own is known, else a relative one."""
        clean = path.removesuffix("index.html")
        return f"{self.site.base_url}/{clean}" if self.site.base_url else self.url(path)
