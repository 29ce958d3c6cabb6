"""An article: one Markdown text as HTML, with its charts, margin notes and figures in place.

Beyond plain Markdown an editor types `::chart NAME` on a line of its own, `## Heading {#id}`, a note as
`[^id]` with its text in a paragraph `[^id]: …`, and figures as `wording` reads them. What a figure or a
chart looks like is given from outside; pages around the article are `page`'s.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor

_CHART = re.compile(r"^::chart[ \t]+(\S+)[ \t]*$", re.MULTILINE)
_HEADING = re.compile(r"^(#{2,4})[ \t]+(.*?)[ \t]*(?:\{#([\w-]+)\})?[ \t]*$", re.MULTILINE)
_NOTE = re.compile(r"^\[\^([\w-]+)\]:[ \t]+((?:.+\n?)(?:[ \t]+.+\n?)*)", re.MULTILINE)
_CITED = re.compile(r"\[\^([\w-]+)\](?!:)")
MARK = r"(\{\{.*?\}\}|\[\[.*?\]\])"


@dataclass(frozen=True)
class Item:
    """A chart, heading or note of an article: its id, its words, and the offset where it stands."""

    id: str
    text: str
    offset: int


@dataclass(frozen=True)
class Outline:
    """What stands in an article, in order."""

    charts: tuple[Item, ...]
    headings: tuple[Item, ...]
    notes: tuple[Item, ...]
    """where notes are defined"""
    cited: tuple[Item, ...]
    """where notes are called"""


def outline(body: str) -> Outline:
    """The charts, headings and notes of a Markdown text."""
    return Outline(
        charts=tuple(Item(match[1], "", match.start()) for match in _CHART.finditer(body)),
        headings=tuple(Item(match[3] or "", match[2], match.start()) for match in _HEADING.finditer(body)),
        notes=tuple(Item(match[1], match[2].strip(), match.start()) for match in _NOTE.finditer(body)),
        cited=tuple(Item(match[1], "", match.start()) for match in _CITED.finditer(body)))


def render(body: str, figures: Callable[[str], str], chart: Callable[[str], str], note_label: str) -> str:
    """The article as HTML.

    `figures` turns a marked-up figure (`{{ … }}` or `[[ … ]]`) into HTML, `chart` a chart's name;
    `note_label` names a note for a screen reader, with {} for its number.
    """
    extension = _Article(figures, chart, note_label)
    html = Markdown(extensions=["tables", "attr_list", extension], output_format="html").convert(body)
    return re.sub(r"<h([2-4]) id=\"([^\"]+)\">(.*?)</h\1>", (
        r'<h\1 id="\2"><a class="anchor" href="#\2">\3</a></h\1>'), html)


class _Article(Extension):
    def __init__(self, figures: Callable[[str], str], chart: Callable[[str], str], note_label: str):
        super().__init__()
        self.figures, self.chart, self.note_label = figures, chart, note_label
        self.notes: dict[str, str] = {}

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Markdown's own name
        md.preprocessors.register(_NoteTexts(md, self.notes), "tally-notes", 15)
        md.parser.blockprocessors.register(_ChartBlock(md.parser, self.chart), "tally-chart", 175)
        md.inlinePatterns.register(_FigureMark(self.figures, md), "tally-figure", 189)
        md.inlinePatterns.register(_NoteMark(self.notes, self.note_label, md), "tally-note", 176)


class _NoteTexts(Preprocessor):
    """Takes the notes' texts out of the flow and keeps them for their marks."""

    def __init__(self, md: Markdown, notes: dict[str, str]):
        super().__init__(md)
        self.notes = notes

    def run(self, lines: list[str]) -> list[str]:
        def keep(match: re.Match[str]) -> str:
            self.notes[match[1]] = " ".join(match[2].split())
            return "\n"
        return _NOTE.sub(keep, "\n".join(lines)).split("\n")


class _ChartBlock(BlockProcessor):
    """`::chart NAME` on a line of its own."""

    def __init__(self, parser: object, chart: Callable[[str], str]):
        super().__init__(parser)  # type: ignore[arg-type]
        self.chart = chart

    def test(self, parent: etree.Element, block: str) -> bool:
        return bool(_CHART.match(block.strip()))

    def run(self, parent: etree.Element, blocks: list[str]) -> None:
        match = _CHART.match(blocks.pop(0).strip())
        assert match
        etree.SubElement(parent, "p").text = self.parser.md.htmlStash.store(self.chart(match[1]))


class _FigureMark(InlineProcessor):
    """`{{ … }}` and `[[ … ]]`."""

    def __init__(self, figures: Callable[[str], str], md: Markdown):
        super().__init__(MARK, md)
        self.figures = figures

    def handleMatch(self, match: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802
        return self.md.htmlStash.store(self.figures(match[1])), match.start(0), match.end(0)


class _NoteMark(InlineProcessor):
    """`[^id]`: a number that opens the note in place; on a wide page the note stands in the margin."""

    def __init__(self, notes: dict[str, str], label: str, md: Markdown):
        super().__init__(_CITED.pattern, md)
        self.notes, self.label, self.count = notes, label, 0

    def handleMatch(self, match: re.Match[str], data: str) -> tuple[etree.Element, int, int]:  # type: ignore[override]  # noqa: N802
        self.count += 1
        id, name = f"note-{match[1]}", escape(self.label.replace("{}", str(self.count)))
        holder = etree.Element("span", {"class": "aside"})
        etree.SubElement(holder, "label", {"for": id, "class": "note-mark"}).text = str(self.count)
        etree.SubElement(holder, "input", {"type": "checkbox", "id": id, "class": "note-toggle", "aria-label": name})
        note = etree.SubElement(holder, "span", {"class": "note"})
        number = etree.SubElement(note, "span", {"class": "note-number", "aria-hidden": "true"})
        number.text, number.tail = str(self.count), self.notes.get(match[1], "")
        return holder, match.start(0), match.end(0)
