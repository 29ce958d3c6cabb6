"""An article: one Markdown text as HTML, with its charts, margin notes and figures in place.

Beyond plain Markdown an editor types `::chart NAME` on a line of its own, `## Heading {#id}`, a note as
`[^id]` with its text in a paragraph `[^id]: …`, and figures as `wording` reads them. What a figure or a
chart looks like is given from outside; pages around the article are `page`'s.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any, Literal

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor

_CHART = re.compile(r"^::chart[ \t]+(\S+)[ \t]*$", re.MULTILINE)
_DIRECTIVE = re.compile(r"^[ \t]*(?::{2,}|[:：]+[ \t]*chart\b).*$", re.MULTILINE)
_HEADING = re.compile(r"^(#{2,4})[ \t]+(.*?)[ \t]*(?:\{#([\w-]+)\})?[ \t]*$", re.MULTILINE)
_NOTE = re.compile(r"^\[\^([\w-]+)\]:[ \t]+((?:.+\n?)(?:[ \t]+.+\n?)*)", re.MULTILINE)
_CITED = re.compile(r"\[\^([\w-]+)\](?!:)")
_CHUNK = re.compile(r"^[^\n]*\S[^\n]*(?:\n(?!\[\^[\w-]+\]:)[^\n]*\S[^\n]*)*", re.MULTILINE)
MARK = r"((?:\[\[.*?\]\])|(?:\{\{.*?\}\}))"


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
    unread: tuple[Item, ...]
    """lines that look like a chart's and are none"""


@lru_cache(maxsize=1_000)  # every list of stories asks for the charts of each
def outline(body: str) -> Outline:
    """The charts, headings and notes of a Markdown text."""
    return Outline(
        charts=tuple(Item(match[1], "", match.start()) for match in _CHART.finditer(body)),
        headings=tuple(Item(match[3] or "", match[2], match.start()) for match in _HEADING.finditer(body)),
        notes=tuple(Item(match[1], match[2].strip(), match.start()) for match in _NOTE.finditer(body)),
        cited=tuple(Item(match[1], "", match.start()) for match in _CITED.finditer(body)),
        unread=tuple(Item("", match[0].strip(), match.start()) for match in _DIRECTIVE.finditer(body) if not _alone(match, body)))


def _alone(match: re.Match[str], body: str) -> bool:
    """Whether a chart is named rightly, and between blank lines, for Markdown reads a chart as a block of its own."""
    above, below = body[:match.start()].split("\n")[-2:-1], body[match.end():].split("\n")[1:2]
    return bool(_CHART.fullmatch(match[0])) and not any(line.strip() for line in (*above, *below))


@dataclass(frozen=True)
class Block:
    """A piece of an article that has its twin in the other language; `name` tells charts, headings and notes apart."""

    kind: Literal["paragraph", "heading", "chart", "list", "table", "quote", "note"]
    name: str
    text: str
    offset: int


def blocks(body: str) -> list[Block]:
    """The blocks of a Markdown text: what blank lines set apart, a list with all its items as one."""
    found: list[Block] = []
    for match in _CHUNK.finditer(body):
        text = match[0].rstrip()
        kind, name = _kind(text)
        if found and found[-1].kind == "list" and (kind == "list" or text.startswith((" ", "\t"))):
            last = found.pop()
            found.append(Block("list", "", body[last.offset:match.end()].rstrip(), last.offset))
        else:
            found.append(Block(kind, name, text, match.start()))
    return found


def _kind(text: str) -> tuple[Any, str]:
    if match := _CHART.match(text):
        return "chart", match[1]
    if match := _HEADING.match(text):
        return "heading", match[3] or ""
    if match := _NOTE.match(text):
        return "note", match[1]
    starts = {"list": r"[-*+] |\d+\. ", "table": r"\|", "quote": r">"}
    return next((kind for kind, start in starts.items() if re.match(start, text)), "paragraph"), ""


def minutes(text: str, script: str) -> int:
    """How long a plain text takes to read, in whole minutes: 400 Han characters or 230 words in one."""
    units = len(re.findall(r"[\u3400-\u9fff]", text)) / 400 if script == "han" else len(text.split()) / 230
    return max(1, round(units))


def render(body: str, figures: Callable[[str], str], chart: Callable[[str], str], note_label: str,
           prefix: str = "") -> list[str]:
    """The HTML of each block but the notes, whose texts stand where they are called.

    `figures` turns a marked-up figure (`{{ … }}` or `[[ … ]]`) into HTML, `chart` a chart's name;
    `note_label` names a note for a screen reader, with {} for its number. `prefix` keeps the ids of two
    articles on one page apart.
    """
    pieces = blocks(body)
    notes = {block.name: " ".join(block.text.partition(":")[2].split()) for block in pieces if block.kind == "note"}
    extension = _Article(figures, chart, notes, note_label, prefix)
    markdown = Markdown(extensions=["tables", "attr_list", extension], output_format="html")
    return [_anchored(markdown.convert(block.text), prefix) for block in pieces if block.kind != "note"]


def _anchored(html: str, prefix: str) -> str:
    return re.sub(r"<h([2-4]) id=\"([^\"]+)\">(.*?)</h\1>", (
        rf'<h\1 id="{prefix}\2"><a class="anchor" href="#{prefix}\2">\3</a></h\1>'), html)


class _Article(Extension):
    def __init__(self, figures: Callable[[str], str], chart: Callable[[str], str], notes: Mapping[str, str],
                 note_label: str, prefix: str):
        super().__init__()
        self.figures, self.chart = figures, chart
        self.notes, self.note_label, self.prefix = notes, note_label, prefix

    def extendMarkdown(self, md: Markdown) -> None:
        md.parser.blockprocessors.register(_ChartBlock(md.parser, self.chart), "tally-chart", 175)
        marks = _FigureMarks(self.figures, md)
        md.preprocessors.register(marks, "tally-figure", 15)
        md.inlinePatterns.register(_NoteMark(self.notes, marks, self.note_label, self.prefix, md), "tally-note", 176)


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


class _FigureMarks(Preprocessor):
    """`{{ … }}` and `[[ … ]]`, put away before anything else reads their bars as a table's."""

    def __init__(self, figures: Callable[[str], str], md: Markdown):
        super().__init__(md)
        self.figures = figures

    def run(self, lines: list[str]) -> list[str]:
        return self.stashed("\n".join(lines)).split("\n")

    def stashed(self, text: str) -> str:
        """The text with each mark's HTML in Markdown's store."""
        return re.sub(MARK, lambda match: str(self.md.htmlStash.store(self.figures(match[1]))), text)


class _NoteMark(InlineProcessor):
    """`[^id]`: a number that opens the note in place; on a wide page the note stands in the margin."""

    def __init__(self, notes: Mapping[str, str], marks: _FigureMarks, label: str, prefix: str, md: Markdown):
        super().__init__(_CITED.pattern, md)
        self.notes, self.marks, self.label, self.prefix, self.count = notes, marks, label, prefix, 0

    def handleMatch(self, match: re.Match[str], data: str) -> tuple[etree.Element, int, int]:  # type: ignore[override]
        self.count += 1
        id, name = f"{self.prefix}note-{match[1]}", escape(self.label.replace("{}", str(self.count)))
        holder = etree.Element("span", {"class": "aside"})
        etree.SubElement(holder, "label", {"for": id, "class": "note-mark"}).text = str(self.count)
        etree.SubElement(holder, "input", {"type": "checkbox", "id": id, "class": "note-toggle", "aria-label": name})
        note = etree.SubElement(holder, "span", {"class": "note"})
        number = etree.SubElement(note, "span", {"class": "note-number", "aria-hidden": "true"})
        number.text, number.tail = str(self.count), self.marks.stashed(self.notes.get(match[1], ""))
        return holder, match.start(0), match.end(0)
