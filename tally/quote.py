"""A quote: the sentence that says a chart, a figure or a claim in somebody else's article, so that it can be checked.

Its address carries a checksum of what it said, by which `verification` later tells whether the sentence still holds
or was altered. Two texts that differ only in what content systems change have the same checksum: composed or
decomposed letters, kinds of space and of quotation marks, spaces beside Han, the stop at the end. How an article is
searched for quotations is `clipping`'s.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tally import embed, history, pin, summary
from tally.book import Cell
from tally.chart import ChartTable
from tally.figure import Drawing, origins
from tally.history import Past
from tally.model import FrozenClaim, Release
from tally.slot import filled
from tally.verdict import Verdict
from tally.view import View

Kind = Literal["chart", "figure", "claim"]

PARAMETER = "quote"
"""The part of an address that holds the checksum."""
HTML = '<blockquote cite="{address}"><p>{sentence}</p><footer><a href="{address}">{citation}</a></footer></blockquote>'
TEXT = "{sentence}\n{citation} {address}"
"""What is pasted; the script that makes snippets of its own is given both."""

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_DOUBLE, _SINGLE = re.compile("[“”„‟«»「」『』〝〞＂]"), re.compile("[‘’‚‛]")
_HYPHENS = re.compile("[\u2010\u2011]")
WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
"""Han and full-width marks, as a class of a pattern."""
_BESIDE_WIDE = re.compile(rf" (?=[{WIDE}])|(?<=[{WIDE}]) ")


@dataclass(frozen=True)
class Quote:
    """What can be quoted, in one language."""

    kind: Kind
    id: str
    language: str
    sentence: str
    citation: str
    address: str
    """full, or relative to the page that offers the quote"""
    checksum: str

    def snippet(self, kind: Literal["html", "text"]) -> str:
        """What is pasted."""
        given = {"sentence": self.sentence, "citation": self.citation, "address": self.address}
        if kind == "text":
            return filled(TEXT, given)
        return filled(HTML, {slot: html.escape(text, quote=False) for slot, text in given.items()})


def normalised(sentence: str) -> str:
    """A sentence as it is compared."""
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", sentence))
    text = _HYPHENS.sub("-", _SINGLE.sub("'", _DOUBLE.sub('"', text)))
    text = _BESIDE_WIDE.sub("", " ".join(text.split()))
    return unicodedata.normalize("NFC", text.strip().rstrip(" .。"))


def checksum(kind: str, id: str, language: str, sentence: str) -> str:
    """Eight hexadecimal digits: the beginning of SHA-256 over the four, a line each."""
    said = "\n".join((kind, id, language, normalised(sentence)))
    return hashlib.sha256(said.encode()).hexdigest()[:8]


# ---- one quote


def chart(view: View, drawing: Drawing, past: Past) -> Quote:
    """A chart's finding, pinned to the newest release where that shows the same."""
    id = pin.plain(drawing.id)
    titles = [view.credit(source) for source in drawing.sources]
    page = embed.path(id, view.language, view.pin) if view.pin else f"{view.language}/charts/{id}/index.html"
    sentence = _finding(view, view.own(drawing.chart.title), view.own(drawing.chart.subtitle), drawing.table)
    if not view.pin and (edition := past.current):
        release = view.project.releases[edition.name]
        if normalised(frozen(view, release, id)) == normalised(sentence):
            page = edition.path
    return _quote(view, "chart", id, sentence, titles, page)


def frozen(view: View, release: Release, id: str) -> str:
    """What a chart said in a release."""
    kept = release.charts[id]
    return _finding(view, kept.title[view.language], kept.subtitle[view.language], pin.table(id, kept, view.language))


def _finding(view: View, title: str, subtitle: str, table: ChartTable) -> str:
    """A finding and the figures that it stands on, so that other figures make another sentence."""
    figures = summary.decisive(table, view.voice.notation.words)
    return filled(view.word("quote-chart"), {"title": title, "subtitle": subtitle, "figures": figures})


def pinned(view: View) -> dict[str, str]:
    """For each figure that stands in a release as it does today, the newest pinned embed that shows it."""
    found: dict[str, str] = {}
    for name, release in view.project.releases.items():
        same = {word for word, kept in release.cells.items() if word in view.book.cells and pin.frozen(word, view.book) == kept}
        for id, chart in release.charts.items():
            if view.language in chart.faces and not view.withdrawal(id):
                for point in pin.points(pin.table(id, chart, view.language)):
                    if point.name in same:
                        found.setdefault(point.name, embed.path(id, view.language, name))
    return found


def figure(view: View, cell: Cell, pinned: Mapping[str, str]) -> Quote:
    """A figure with its name and when it holds; a target says that it is one."""
    label, (period, target) = cell.label[view.language], _held(view, cell)
    when = "" if period in label else period
    if target:
        when = filled(view.word("quote-target"), {"when": when}).strip()
    given = {"label": label, "value": view.cell(cell), "when": when}
    sentence = filled(view.word("quote-dated" if when else "quote-figure"), given)
    titles = [view.credit(source) for source in origins(view.book, (cell.name,))]
    return _quote(view, "figure", cell.name, sentence, titles, pinned.get(cell.name, f"{view.language}/data/index.html"))


def _held(view: View, cell: Cell) -> tuple[str, bool]:
    """When a figure holds and whether it is a target; what a column's formula gives, as what it is worked out from does."""
    behind = [view.book[use] for use in cell.uses] if cell.column_label and not cell.period else [cell]
    target = any(one.role == "target" for one in (cell, *behind))
    periods = [one.period for one in behind if one.period]
    if not periods:
        return "", target
    first, last = min(periods, key=lambda one: one.start), max(periods, key=lambda one: one.end)
    if first == last:
        return view.date(first), target
    return filled(view.word("quote-span"), {"first": view.date(first), "last": view.date(last)}), target


def claim(view: View, verdict: Verdict) -> Quote:
    """A statement of the paper, its verdict, and what the data give; pinned to the newest release that says the same."""
    paper = view.own(view.origin(view.project.paper.source).title)
    given = {"paper": paper, "statement": view.own(verdict.claim.statement), "verdict": view.word(f"verdict-{verdict.outcome}"),
             "name": view.word("other-figure" if verdict.claim.against else "recomputed"),
             "value": view.recomputed(verdict)}
    sentence = filled(view.word("quote-recomputed" if given["value"] else "quote-claim"), given)
    pages = (ledger(view.language, name) for name, release in view.project.releases.items()
             if normalised(judged(view, release, verdict.id)) == normalised(sentence))
    return _quote(view, "claim", verdict.id, sentence, [paper], next(pages, ledger(view.language)))


def judged(view: View, release: Release, id: str) -> str:
    """What a release says of a claim; empty where it does not have it."""
    return release.claims[id].sentence.get(view.language, "") if id in release.claims else ""


def ledger(language: str, pin: str = "") -> str:
    """Where the claims stand, today's or those of a release."""
    return "/".join((language, "claims", *([f"@{pin}"] if pin else []), "index.html"))


def freeze(views: Sequence[View]) -> dict[str, FrozenClaim]:
    """Every claim as it is judged in the languages of the views, for a release."""
    return {verdict.id: FrozenClaim(
        outcome=verdict.outcome,
        verdict={view.language: view.word(f"verdict-{verdict.outcome}") for view in views},
        sentence={view.language: claim(view, verdict).sentence for view in views}) for verdict in views[0].verdicts.values()}


def _quote(view: View, kind: Kind, id: str, sentence: str, titles: Iterable[str], page: str) -> Quote:
    sum = checksum(kind, id, view.language, sentence)
    given = {"site": view.own(view.site.title), "publisher": view.own(view.site.publisher),
             "sources": view.word("source-join").join(titles)}
    place = "" if kind == "chart" else f"#{id}"
    return Quote(kind, id, view.language, sentence, filled(view.word("quote-citation"), given),
                 f"{view.absolute(page)}?{PARAMETER}={sum}{place}", sum)


# ---- all of them


def quotes(view: View) -> Iterator[Quote]:
    """All that can be quoted in the view's language today."""
    for (id, language), drawing in view.drawings.items():
        if language == view.language and not view.withdrawal(id):
            yield chart(view, drawing, history.past(view, id))
    kept = pinned(view)
    yield from (figure(view, cell, kept) for cell in view.book.cells.values())
    yield from (claim(view, verdict) for verdict in view.verdicts.values())


def name(language: str) -> str:
    """The plain name of the script with a language's figures and claims to quote."""
    return f"quotes/{language}.js"


def script(view: View) -> bytes:
    """Figures and claims to quote, for the page's own script; `view` stands where this does, for its addresses."""
    kept = pinned(view)
    found = [figure(view, cell, kept) for cell in view.book.cells.values()]
    found += [claim(view, verdict) for verdict in view.verdicts.values()]
    citations, pages = dict[str, int](), dict[str, int]()
    told: dict[str, dict[str, list[str | int]]] = {"figure": {}, "claim": {}}
    for one in found:
        citation = citations.setdefault(one.citation, len(citations))
        page = pages.setdefault(one.address.partition("?")[0], len(pages))
        told[one.kind][one.id] = [one.sentence, citation, one.checksum, page]
    given = {"html": HTML, "text": TEXT, "citations": list(citations), "pages": list(pages), **told}
    content = json.dumps(given, ensure_ascii=False, separators=(",", ":"))
    return f'tally.receive("{name(view.language).removesuffix(".js")}",{content});\n'.encode()
