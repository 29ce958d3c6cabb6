"""A view: what a template may ask about the page that it makes.

Addresses relative to the page, words in its language, figures in its texts, its twins in the other
languages. One view serves one page; what the page is about is handed to the template beside it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from tally.asset import Assets, live
from tally.book import Book, Cell
from tally.figure import Drawing
from tally.model import Localized, Origin, Site
from tally.project import Project
from tally.prose import Prose


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
        return self.voice.notation.period(cell.period) if cell.period else ""

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
