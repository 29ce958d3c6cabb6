"""A verification: whether an article still says what it quoted, and whether that is still so.

A quotation stands where its sentence is found near its address; what counts as the same sentence is `quote`'s, and
where an article says it `clipping`'s. Words for the terminal only.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from tally import history
from tally.clipping import BLOCK, EDGE, Quotation, windows
from tally.model import Release
from tally.problem import nearest
from tally.quote import WIDE, Quote, checksum, frozen, judged, normalised, quotes
from tally.view import View

_ALIKE, _MEANT = 0.6, 0.8
"""How like a sentence a text must be to be shown beside it, and to be what stands in its place: the title of a source
is like what is said of that."""
_TOLD = 3
"""Up to so many changed figures are named."""


@dataclass(frozen=True)
class Known:
    """What the site says and said; by kind, id and language."""

    today: Mapping[tuple[str, str, str], Quote]
    released: Mapping[tuple[str, str, str], tuple[str, ...]]
    """sentences of charts and claims in releases"""
    moved: Mapping[tuple[str, str, str], str]
    """by chart, language and release, how the figures behind it are others today"""
    withdrawn: Mapping[tuple[str, str], str]
    """by chart and language, since when and why"""
    languages: Sequence[str]


@dataclass(frozen=True)
class Finding:
    """What was found out about one quotation."""

    line: int
    holds: bool
    message: str


def known(views: Iterable[View]) -> Known:
    """What the site says in each view's language, and what it said."""
    views = list(views)
    project = views[0].project
    released: dict[tuple[str, str, str], tuple[str, ...]] = {}
    for view, release in product(views, project.releases.values()):
        for key, text in _sentences(view, release):
            released[key] = (*released.get(key, ()), text)
    return Known(
        {(one.kind, one.id, one.language): one for view in views for one in quotes(view)}, released,
        {(id, view.language, edition.name): _moved(view, edition) for view in views for kind, id, own in released
         if (kind, own) == ("chart", view.language) for edition in history.editions(view, id) if edition.changes},
        {(id, view.language): view.spelt(view.date(one.date), view.own(one.reason))
         for view in views for id, one in project.corrections.withdrawn.items()},
        [view.language for view in views])


def _sentences(view: View, release: Release) -> Iterator[tuple[tuple[str, str, str], str]]:
    """What a release says of each chart and claim."""
    for id, chart in release.charts.items():
        if view.language in chart.faces:
            yield ("chart", id, view.language), frozen(view, release, id)
    yield from ((("claim", id, view.language), text) for id in release.claims if (text := judged(view, release, id)))


def _moved(view: View, edition: history.Edition) -> str:
    told = "; ".join(history.written(view, change) for change in edition.changes[:_TOLD])
    more = f"; and {len(edition.changes) - _TOLD} more" if len(edition.changes) > _TOLD else ""
    when = f"corrected on {view.date(edition.corrected)}" if edition.corrected else f"changed after {view.date(edition.date)}"
    return f"figures behind it were {when}: {told}{more}"


def judge(found: Iterable[Quotation], known: Known) -> list[Finding]:
    """A finding for each quotation, in their order."""
    return [_finding(one, known) for one in found]


def _finding(one: Quotation, known: Known) -> Finding:
    key = _key(one, known)
    if key is None:
        return Finding(one.line, False, _unknown(one, known))
    kind, id, language = key
    head = f"{kind} {id} ({language})"
    if kind == "chart" and (id, language) in known.withdrawn:
        return Finding(one.line, False, f"{head}: withdrawn: {known.withdrawn[id, language]}")
    holds, said = _compared(one, key, known)
    return Finding(one.line, holds, f"{head}: {said}")


def _key(one: Quotation, known: Known) -> tuple[str, str, str] | None:
    """What an address means; where its #place is gone, the checksum says it."""
    same = [key for key, quote in known.today.items() if (quote.checksum, key[2]) == (one.checksum, one.language)]
    if one.kind and not one.id:
        return next((key for key in same if key[0] == one.kind), None)
    if one.kind == "chart" and one.pin and same:  # a chart's or that of a figure in it
        return same[0]
    key = (one.kind or "", one.id, one.language)
    return key if key in known.today or key[1:] in known.withdrawn else None


def _unknown(one: Quotation, known: Known) -> str:
    if one.kind is None:
        return f"unknown: no chart, figure or claim of this site has the address {one.id}"
    if one.language not in known.languages:
        return f"unknown: the site has no language {one.language}; {nearest(one.language, known.languages)}"
    if not one.id:
        return (f"unknown: the address no longer says which {one.kind} it means (its part after # is gone), "
                "and today none has this checksum")
    if said := _released(one, (one.kind, one.id, one.language), known):
        return f"no longer on the site, where {one.kind} {one.id} ({one.language}) said “{said}”"
    names = [id for kind, id, language in known.today if (kind, language) == (one.kind, one.language)]
    return f"unknown: the site has no {one.kind} {one.id} (any more); {nearest(one.id, names)}"


def _compared(one: Quotation, key: tuple[str, str, str], known: Known) -> tuple[bool, str]:
    """Whether a quotation holds, and what is to be said of it."""
    today = known.today[key].sentence
    if _said(one, today) or (not _near(one, today) and stands(today, one.whole)):
        moved = known.moved.get((*key[1:], one.pin)) if key[0] == "chart" else None
        return not moved, f"the sentence still holds, but {moved}" if moved else "still true"
    if known.today[key].checksum == one.checksum:
        if not _near(one, today):
            return False, f"not found near its link, nor elsewhere: the quotation was “{today}”"
        return False, f"altered: {_says(one, today)}, the quotation was “{today}”"
    released = _released(one, key, known)
    was = released if released and _said(one, released) else _intact(one, key)
    if was:
        return False, f"out of date: was “{was}”, is “{today}”"
    before = f"the quotation was “{released}”" if released else "the quotation was another"
    return False, f"altered: {_says(one, released or today)}, {before}; and out of date: is “{today}”"


def _released(one: Quotation, key: tuple[str, str, str], known: Known) -> str | None:
    """The sentence of a release that was quoted."""
    return next((text for text in known.released.get(key, ()) if checksum(*key, text) == one.checksum), None)


def _said(one: Quotation, sentence: str) -> bool:
    """Whether the article says the sentence: beside the address, or nearby where something else stands beside it."""
    return stands(sentence, one.own) or (stands(sentence, one.near) and not _likest(one.own, sentence, _MEANT))


def stands(sentence: str, text: str) -> bool:
    """Whether a text says the sentence, with nothing more at its ends that would make another figure of it."""
    wanted = normalised(sentence)
    # a comma may follow a figure, but not a comma and digits
    end = r"(?![\w%]|[.,]\w)" if wanted[-1:].isalnum() else ""
    # a Han character ends whatever word stands before it
    start = "" if re.match(f"[{WIDE}]", wanted) else "(?<![0-9A-Za-z.,$+−-])"
    pattern = rf"{start}{re.escape(wanted)}{end}"
    return any(re.search(pattern, normalised(block)) for block in text.replace(EDGE, "").split(BLOCK))


def _intact(one: Quotation, key: tuple[str, str, str]) -> str | None:
    """The sentence near the address that its checksum is of."""
    return next((_tidy(text) for text in windows(one.near) if checksum(*key, text) == one.checksum), None)


def _says(one: Quotation, sentence: str) -> str:
    """What the article says in the sentence's place."""
    found = _near(one, sentence)
    return f"the article says “{found}”" if found else "the article does not say it"


def _near(one: Quotation, sentence: str) -> str | None:
    """What stands near the address and is like the sentence."""
    return _likest(one.own, sentence) or _likest(one.near, sentence)


def _likest(text: str, sentence: str, least: float = _ALIKE) -> str | None:
    """The stretch of a text that is most like the sentence, if any is."""
    parts = {normalised(part): _tidy(part) for part in windows(text)}
    near = difflib.get_close_matches(normalised(sentence), parts, n=1, cutoff=least)
    return parts[near[0]] if near else None


def _tidy(text: str) -> str:
    return " ".join(text.split())
