"""Search: what a reader can look up, as one index for each language.

An index is a script, not JSON, because a page read from a disk may load scripts only; it hands its records to
`templates/assets/search.js`, which folds, matches and ranks. Pagefind would need a server and WebAssembly, finds
pages where this finds single figures and claims, and its output is not ours to keep the same byte for byte.
Nothing here knows how a page is laid out; addresses are those that `page` gives its files.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass

from tally import article, markup
from tally.figure import Drawing
from tally.project import Project
from tally.prose import Prose
from tally.reading import Text
from tally.verdict import Verdict

KINDS = ("story", "page", "chart", "claim", "figure")
"""What a hit can be; those that match equally well stand in this order."""


@dataclass(frozen=True)
class Record:
    """Something that can be found: a page's first part has no heading, a later part has its own."""

    kind: str
    address: str
    """from the site's root, with #place"""
    title: str
    heading: str
    text: str
    lead: int = 0
    """how many characters the text begins with that weigh as much as the title: a dek, or what a chart measures"""


def script(language: str, records: Iterable[Record]) -> bytes:
    """The index of a language as the script that hands it over."""
    rows = json.dumps([astuple(record) for record in records], ensure_ascii=False, separators=(",", ":"))
    return f'tally.receive("{name(language)}",{rows});\n'.encode()


def name(language: str) -> str:
    """The plain name of a language's index, among assets and where it is received."""
    return f"search/{language}.js"


def records(project: Project, voice: Prose, drawings: Mapping[tuple[str, str], Drawing],
            verdicts: Collection[Verdict]) -> list[Record]:
    """All that can be found in one language, by kind in the order of `KINDS`."""
    finder = _Finder(project, voice)
    charts = [drawing for (_, language), drawing in drawings.items() if language == voice.language]
    return [*finder.stories(), *finder.pages(listed=bool(verdicts)), *finder.charts(charts), *finder.claims(verdicts),
            *finder.figures()]


@dataclass(frozen=True)
class _Finder:
    project: Project
    voice: Prose

    def at(self, path: str) -> str:
        """The address of a page of this language: `data#units` is on `data/index.html`."""
        target, hash_, place = path.partition("#")
        return "/".join([self.voice.language, *([target] if target else []), f"index.html{hash_}{place}"])

    def own(self, texts: Mapping[str, str] | None) -> str:
        """A text of the project in this language, its figures written out."""
        return self.voice.plain(texts[self.voice.language]) if texts else ""

    def word(self, id: str) -> str:
        """A word of the interface."""
        return self.project.words[id][self.voice.language]

    def stories(self) -> Iterator[Record]:
        """Each section of each story."""
        for slug, story in self.project.stories.items():
            yield from self.parts("story", f"stories/{slug}", story.texts[self.voice.language])

    def pages(self, *, listed: bool) -> Iterator[Record]:
        """Each section of each page of its own, and what the pages that list things say of themselves."""
        for slug, texts in self.project.pages.items():
            yield from self.parts("page", "" if slug == "front" else slug, texts[self.voice.language])
        for path, title in (("charts", "charts"), *([("claims", "claims-title")] if listed else []), ("data", "data")):
            yield Record("page", self.at(path), self.word(title), "", self.word(f"{path}-dek"))

    def parts(self, kind: str, path: str, text: Text) -> Iterator[Record]:
        """A text by its headings; the dek is the beginning of the first part."""
        title = self.plain(text.meta.title)
        for place, heading, words in _sections(text):
            told = words if place else f"{text.meta.dek}\n\n{words}"
            lead = 0 if place else len(self.plain(text.meta.dek))
            yield Record(kind, self.at(f"{path}#{place}" if place else path), title, self.plain(heading), self.plain(told), lead)

    def plain(self, text: str) -> str:
        """The words of a Markdown text, its figures written out."""
        return markup.words(self.voice.plain(text))

    def charts(self, drawings: Iterable[Drawing]) -> Iterator[Record]:
        """Each chart: its words, and the names of what it shows."""
        for drawing in drawings:
            chart, table = drawing.chart, drawing.table
            names = [self.own(chart.subtitle), *(column.label for column in table.columns)]
            words = [self.own(chart.note), *(row.label for row in table.rows), *(callout.text for callout in table.callouts)]
            told = _joined([*names, *words])
            yield Record("chart", self.at(f"charts/{drawing.id}"), self.own(chart.title), "", told, len(_joined(names)))

    def claims(self, verdicts: Iterable[Verdict]) -> Iterator[Record]:
        """Each claim with its verdict."""
        for verdict in verdicts:
            claim = verdict.claim
            words = [self.word(f"verdict-{verdict.outcome}"), *map(self.own, (claim.finding, claim.why, claim.reading))]
            yield Record("claim", self.at(f"claims#{verdict.id}"), self.own(claim.statement), "", _joined(words))

    def figures(self) -> Iterator[Record]:
        """Each figure of the data page: its value, when it holds, and what it stands among."""
        groups = {id: self.own(table.title) for id, table in self.project.tables.items()}
        groups |= {id: self.own(group.title) for id, group in self.project.sets.items()}
        for cell in self.voice.book.cells.values():
            period = self.voice.notation.period(cell.period) if cell.period else ""
            words = [self.voice.cell(cell), period, groups[cell.name.partition(".")[0]], self.own(cell.note)]
            yield Record("figure", self.at(f"data#{cell.name}"), cell.label[self.voice.language], "", _joined(words))


def _sections(text: Text) -> Iterator[tuple[str, str, str]]:
    """Anchor, heading and Markdown of what stands before the first heading and below each; notes where they are called."""
    blocks = article.blocks(text.body)
    notes = {block.name: block.text for block in blocks if block.kind == "note"}
    words: list[str] = []
    place = heading = ""
    for block in blocks:
        if block.kind == "heading":
            yield place, heading, "\n\n".join(words)
            place, heading, words = block.name, block.text, []
        elif block.kind != "note":
            words += [block.text, *(notes[note.id] for note in article.outline(block.text).cited if note.id in notes)]
    yield place, heading, "\n\n".join(words)


def _joined(words: Iterable[str]) -> str:
    """What is said of one thing, each once; a dot reads the same in every language."""
    return " · ".join(dict.fromkeys(filter(None, words)))
