"""A view: what a template may ask about the page that it makes.

Addresses relative to the page, words in its language, figures in its texts, its twins in the other
languages. One view serves one page; what the page is about is handed to the template beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from markupsafe import Markup, escape

from tally import audit, bibliography, headline, live, pin, reckoning, search, theme
from tally.asset import Assets
from tally.book import Book, Cell
from tally.figure import Drawing
from tally.model import Localized, Origin, Site, Table, Withdrawal
from tally.name import matching, stem
from tally.notation import PLAIN
from tally.problem import Faulty, nearest
from tally.project import Project
from tally.prose import Prose
from tally.publication import Publication
from tally.quantity import Period, legible
from tally.verdict import OUTCOMES, Verdict
from tally.wording import Assertion, Reference


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
    publication: Publication
    voice: Prose
    """records what the page reads"""
    assets: Assets
    pictures: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """the pictures to take away by path, as width and height"""
    prefix: str = ""
    """keeps the ids of two views on one page apart"""
    pin: str = ""
    """the release whose figures and words the page shows; today's where none is named"""
    cards: dict[str, Reference | Assertion] = field(default_factory=dict)
    """what the page cites, by the id of its card; filled while the template is"""
    said: dict[str, str] = field(default_factory=dict, repr=False)
    """texts whose figures it has read already, as it says them"""

    @property
    def project(self) -> Project:
        """Everything that the site's files say."""
        return self.publication.project

    @property
    def drawings(self) -> Mapping[tuple[str, str], Drawing]:
        """Every chart by id and language."""
        return self.publication.drawings

    @property
    def verdicts(self) -> Mapping[str, Verdict]:
        """The verdict on every claim."""
        return self.publication.verdicts

    @property
    def book(self) -> Book:
        """Every figure by name."""
        return self.voice.book

    @property
    def site(self) -> Site:
        """The publication."""
        return self.project.site

    @property
    def tag(self) -> str:
        """The page's `lang`."""
        return self.site.languages[self.language].tag

    @property
    def apart(self) -> str:
        """What stands between two sentences."""
        return "" if self.site.languages[self.language].script == "han" else " "

    def url(self, path: str) -> str:
        """A relative link to a file of the site; `path` may carry a #place."""
        target, hash_, place = path.partition("#")
        return _relative(target, self.path) + hash_ + place

    def at(self, path: str) -> str:
        """A relative link to a page in this language: `charts/vacancy` is its `index.html`."""
        target, hash_, place = path.partition("#")
        return self.url("/".join(filter(None, (self.language, target, "index.html"))) + hash_ + place)

    def asset(self, name: str) -> str:
        """A relative link to an asset by its plain name."""
        return self.url(self.assets.paths[name])

    def live(self, chart: str) -> str:
        """A relative link to a chart's live figure."""
        return self.asset(live.name(chart, self.language))

    def indexes(self) -> Iterator[tuple[str, dict[str, str]]]:
        """Each language with the name and address of its search index, the page's own first."""
        for id in sorted(self.project.languages, key=lambda id: id != self.language):
            yield id, {"name": search.name(id), "address": self.asset(search.name(id))}

    @property
    def grounds(self) -> dict[str, str]:
        """The page's own colour by scheme."""
        return {"light": theme.PALETTE["paper"], "dark": theme.DARK["paper"]}

    def has(self, picture: str) -> bool:
        """Whether the site holds a picture at this path: a PNG is left out where its letters are wanting."""
        return picture in self.pictures

    def word(self, id: str) -> str:
        """An interface word; raises `Faulty` where the site has none of this id."""
        try:
            return self.voice.notation.words[id]
        except KeyError:
            raise Faulty([self.project.documents["content/interface.yaml"].problem(
                ("words",), f"no word is called {id}, and a template asks for it; {nearest(id, self.project.words)}")]) from None

    def own(self, texts: Localized | None) -> str:
        """The text in the page's language with its figures, plain."""
        if not texts:
            return ""
        text = texts[self.language]
        found = self.said.get(text)
        if found is None:
            found = self.said[text] = self.voice.plain(text)
        return found

    def marked(self, texts: Localized | None) -> Markup:
        """The text in the page's language with its figures marked up."""
        return self.sentence(texts[self.language]) if texts else Markup("")

    def sentence(self, text: str) -> Markup:
        """A text that is already in the page's language, with its figures marked up."""
        return Markup(self.voice.html(text, self.cite))

    def headline(self, words: str) -> Markup:
        """A text or its HTML as a headline: its lines break between phrases and not in a name."""
        return Markup(headline.broken(escape(words), self.site.languages[self.language].script, self._names))

    @cached_property
    def _names(self) -> frozenset[str]:
        return headline.names(self.project.units, self.site, self.language)

    def cite(self, part: Reference | Assertion, inside: str) -> str:
        """A figure or an asserted phrase with the button that opens its card."""
        if isinstance(part, Assertion):
            id = f"{self.prefix}proof-{sum(isinstance(card, Assertion) for card in self.cards.values()) + 1}"
            id = next((known for known, card in self.cards.items() if isinstance(card, Assertion) and card == part), id)
            self.cards[id] = part
            label = self.spelt(self.word("proof"), self.voice.phrase(part))
            kind = "proof behind" if inside.endswith("</span>") else "proof"
            return f'<span class="asserted">{inside}{_opener(kind, id, label)}</span>'
        cell, _ = self.book.find(part.name)
        id = f"{self.prefix}card-{cell.name}"
        self.cards.setdefault(id, part)
        verdict = self.verdict(cell.name) if self.gives_value(part) else None
        marks = ["figure", *([cell.role] if cell.role != "plain" else []), *(["checked", verdict.outcome] if verdict else [])]
        label = cell.label[self.language]
        if verdict:
            label = self.spelt(label, self.word(f"verdict-{verdict.outcome}"))
        return f'<span class="{" ".join(marks)}">{inside}{_opener("opener", id, label)}</span>'

    def gives_value(self, part: Reference) -> bool:
        """Whether a reference prints its cell's value, which a verdict is about, and not its date or name."""
        return part.name == self.book.find(part.name)[0].name and not part.label and not part.scale

    def spelt(self, head: str, text: str) -> str:
        """Two texts with the colon of the page's script between them."""
        return f"{head}：{text}" if self.site.languages[self.language].script == "han" else f"{head}: {text}"

    def read_by(self, formula: str) -> list[Cell]:
        """The cells that a formula or condition reads, in its order."""
        names = dict.fromkeys(stem(name, self.book.cells) for name in audit.names(formula, self.book))
        return [self.book[name] for name in names]

    def operands(self, cell: Cell) -> list[Cell]:
        """The cells that a derived figure is worked out from."""
        return [self.book[name] for name in cell.uses]

    def sections(self) -> Iterator[tuple[str, str, list[Verdict]]]:
        """The claims by the paper's sections: each with its id, its title, its claims."""
        for id, section in self.project.paper.sections.items():
            claims = [verdict for verdict in self.verdicts.values() if (verdict.printed.place and verdict.printed.place.section) == id]
            if claims:
                yield id, self.own(section.title), claims

    def readings(self) -> Iterator[tuple[str, str]]:
        """Addresses of this story beside its original, with the other language's name."""
        first, *others = self.project.languages
        _, _, rest = self.path.partition("/")
        for other in others:
            if self.language in (first, other):
                yield self.url(f"{first}-{other}/{rest}"), self.site.languages[other].name

    def citations(self, key: str, title: str, published: Period) -> list[tuple[str, str]]:
        """How to cite this page, by style."""
        address = self.absolute(self.path) if self.site.base_url else ""
        work = bibliography.Work(key, title, self.own(self.site.title), self.own(self.site.publisher), published, address)
        return list(bibliography.styles(work, self.site.languages[self.language].script))

    @property
    def front(self) -> str:
        """The path of this language's front page."""
        return f"{self.language}/index.html"

    def recomputed(self, verdict: Verdict) -> str:
        """What the data give for a claim: the other figure as it is printed, or what its formula gives; nothing where
        only dates or a condition are tried."""
        if verdict.recomputed is None or verdict.printed.number is None:
            return ""
        if verdict.claim.against:
            return self.voice.figure(Reference(0, verdict.claim.against, PLAIN))
        return self.voice.notation.quantity(legible(verdict.recomputed, verdict.printed.number), verdict.printed.unit)

    def verdict(self, name: str) -> Verdict | None:
        """The gravest verdict on a claim that prints the figure called `name`; dates carry none."""
        found = [one for one in self.publication.claims_on.get(name, []) if one.printed.number is not None]
        checked = [one for one in found if one.outcome != "unchecked"]
        return max(checked or found, key=lambda one: OUTCOMES.index(one.outcome), default=None)

    def plain(self, text: str) -> str:
        """A text that is already in the page's language, with its figures and no markup."""
        return self.voice.plain(text)

    def link(self, name: str) -> str:
        """The address of a cell on the data page."""
        return self.at(f"data#{name}")

    def origin(self, id: str) -> Origin:
        """A source by its id."""
        return self.project.sources[id]

    def credit(self, source: str) -> str:
        """How a chart names a source: as it did in the release that the page shows."""
        if self.pin:
            return self.project.releases[self.pin].sources[source][self.language]
        return self.project.credit(source, self.language)

    def withdrawal(self, chart: str) -> Withdrawal | None:
        """Since when and why a chart is not shown; None where it is."""
        return self.project.corrections.withdrawn.get(pin.plain(chart))

    def drawing(self, id: str) -> Drawing:
        """A chart in the page's language."""
        return self.drawings[(id, self.language)]

    def picture(self, drawing: Drawing, frame: str) -> Markup:
        """A chart's picture, wide or narrow; with it the page has read the figures in its words."""
        for words in (drawing.chart.title, drawing.chart.alt):
            self.own(words)
        return Markup({"wide": drawing.wide, "narrow": drawing.narrow}[frame].svg)

    def told(self, drawing: Drawing) -> str:
        """A chart for those who see no picture and no table: its alt text and its summary."""
        apart = "" if drawing.table.script == "han" else " "
        return apart.join((self.own(drawing.chart.alt), drawing.summary))

    def cell(self, cell: Cell) -> str:
        """A cell in full."""
        return self.voice.cell(cell)

    def period(self, cell: Cell) -> str:
        """When the figure holds."""
        return self.date(cell.period)

    def date(self, period: Period | None) -> str:
        """A year, month or day in words."""
        return self.voice.notation.period(period) if period else ""

    def number(self, number: Decimal | int) -> str:
        """A bare number, with as many decimals as it has."""
        number = Decimal(number)
        return self.voice.notation.decimal(number, max(0, -int(number.normalize().as_tuple().exponent)))

    def tables(self) -> list[tuple[str, Table]]:
        """The tables in the order of the paper's own numbers."""
        return sorted(self.project.tables.items(), key=lambda item: item[1].place.table or "")

    def row(self, table: str, row: str) -> list[tuple[str, Cell | None]]:
        """A table's row as the data page prints it: each column with its cell, or none."""
        return [(column, self.book.get(f"{table}.{row}.{column}")) for column in self.project.tables[table].columns]

    def formula(self, text: str) -> Markup:
        """A formula whose names lead to their cells; `row.2022` in a column's formula stays as it is."""
        return reckoning.named(text, self._named)

    def _named(self, name: str) -> Markup:
        own = stem(name, self.book.cells)
        if own not in self.book.cells:
            return reckoning.broken(name)
        return Markup('<a href="{}" title="{}">{}</a>').format(
            self.link(own), f"{self.book[own].label[self.language]}: {self.cell(self.book[own])}", reckoning.broken(name))

    def code(self, text: str) -> Markup:
        """A formula as it is typed."""
        return reckoning.code(text)

    def figured(self, text: str) -> Markup:
        """A formula with each figure that it reads, by its label and its value."""
        return reckoning.figured(text, self.word("summary-join"), lambda name: Markup(self.word("list-comma")).join(
            self._figure(one) for one in matching(name, self.book.cells) or [name]))

    def _figure(self, name: str) -> Markup:
        cell, _ = self.book.find(name)
        return Markup('<a href="{}">{} <b>{}</b></a>').format(
            self.link(cell.name), cell.label[self.language], self.voice.figure(Reference(0, name, PLAIN)))

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
            path = f"{id}/{rest}" if own.partition("-")[0] in self.site.languages else f"{id}/index.html"
            yield Twin(id, language.tag, language.name, self.url(path))

    @property
    def canonical(self) -> str:
        """The address that search engines are told; two languages side by side are a reading of the original."""
        own, _, rest = self.path.partition("/")
        return self.absolute(self.path if own in self.site.languages or not rest else f"{self.language}/{rest}")

    def absolute(self, path: str) -> str:
        """The full address of a file where the site's own is known, else a relative one."""
        clean = path.removesuffix("index.html")
        return f"{self.site.base_url}/{clean}" if self.site.base_url else self.url(path)


def _relative(target: str, path: str) -> str:
    """The address of a file from a page, both counted from the site's root."""
    here, there = path.split("/")[:-1], target.rstrip("/").split("/") if target else []
    shared = 0
    for one, other in zip(here, there, strict=False):
        if one != other:
            break
        shared += 1
    return "/".join([*[".."] * (len(here) - shared), *there[shared:]]) or "."


def _opener(kind: str, id: str, label: str) -> str:
    """The empty button that opens a card. The style sheet lays it over the words, which stay plain text: browsers
    break a line on either side of a button, even between it and a comma."""
    return (f'<button type="button" class="{kind}" popovertarget="{id}" '
            f'aria-label="{escape(label)}"></button>')
