"""A change: what the last edit touched, from the figure to the pages.

Which figures are others now, and which sentences, charts, claims and pages follow them or were themselves rewritten.
What would follow from an edit that nobody has made is `impact`'s, which also knows who reads a figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tally import impact
from tally.passage import Passage, passages
from tally.serving import place
from tally.site import Checked


@dataclass(frozen=True)
class Figure:
    """A figure that is another now, empty before it came or after it went."""

    name: str
    place: str
    was: str
    now: str


@dataclass(frozen=True)
class Change:
    """What an edit touched."""

    figures: Sequence[Figure] = ()
    sentences: Sequence[str] = ()
    charts: Sequence[str] = ()
    claims: Sequence[str] = ()
    pages: Sequence[str] = ()


def between(before: Checked, after: Checked, pages: frozenset[str]) -> Change:
    """What differs between two inputs; `pages` are those of the site that did."""
    figures = list(_figures(before, after))
    touched = frozenset(figure.name for figure in figures if figure.name in after.book.cells)
    follow = impact.readers(touched, after.project, after.book, after.voices)
    return Change(figures, list(_sentences(touched, before, after)), sorted({*follow.charts, *_redrawn(before, after)}),
                  list(_claims(before, after, follow.claims)), sorted(pages))


def _figures(before: Checked, after: Checked) -> Iterator[Figure]:
    for name in dict.fromkeys((*after.book.cells, *before.book.cells)):
        if before.book.cells.get(name) != after.book.cells.get(name):
            here = after if name in after.book.cells else before
            yield Figure(name, place.of(name, here.project), _said(name, before), _said(name, after))


def _said(name: str, checked: Checked) -> str:
    voice = next(iter(checked.voices.values()))
    return voice.cell(checked.book.cells[name]) if name in checked.book.cells else ""


def _sentences(touched: frozenset[str], before: Checked, after: Checked) -> Iterator[str]:
    """The sentences that read a figure, and those whose own words are others now."""
    known = {(one.path, one.language, one.where): one.text for one in passages(before.project)}
    for one in passages(after.project):
        old = {sentence for _, sentence in impact.sentences(known.get((one.path, one.language, one.where), ""))}
        for offset, sentence in impact.sentences(one.text):
            if sentence not in old or touched & impact.reads(sentence, after.book):
                yield _told(one, offset, sentence, after)


def _told(passage: Passage, offset: int, sentence: str, checked: Checked) -> str:
    here = passage.problem(offset, "")
    return f"{here.path}:{here.line}: {' '.join(checked.voices[passage.language].plain(sentence).split())}"


def _redrawn(before: Checked, after: Checked) -> Iterator[str]:
    yield from (id for (id, language), drawing in after.drawings.items() if before.drawings.get((id, language)) != drawing)


def _claims(before: Checked, after: Checked, follow: Sequence[str]) -> Iterator[str]:
    """The claims that read a figure, with their verdicts, and those whose verdict is another for any other reason."""
    old, new = _outcomes(before), _outcomes(after)
    for id, outcome in new.items():
        if old.get(id) != outcome:
            yield f"{id}: {old.get(id, 'new')} → {outcome}"
        elif id in follow:
            yield f"{id}: {outcome}"


def _outcomes(checked: Checked) -> dict[str, str]:
    return {id: one.outcome for id, one in checked.verdicts.items()}
