"""A history: what pages and feeds tell of a chart's releases, corrections and withdrawal, in one language.

What has changed is worked out by `correction`, and put into words here; how a feed is written is `feed`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tally import correction, embed
from tally.correction import Change
from tally.feed import Entry, atom, urn
from tally.model import Correction, Release
from tally.quantity import Period
from tally.view import View


@dataclass(frozen=True)
class Edition:
    """A chart in a release, and what has changed since."""

    name: str
    date: Period
    path: str
    """of its pinned embed"""
    changes: tuple[Change, ...]
    corrected: Period | None
    """when the figures were put right; None where nothing changed or nobody said why"""


@dataclass(frozen=True)
class Past:
    """All that is told of a chart's past, each the newest first; `feed` is empty where nothing is."""

    editions: list[Edition]
    corrections: list[Correction]
    feed: str
    kept: bool
    """whether it is still among the charts"""

    def edition(self, name: str) -> Edition | None:
        """The release of this name."""
        return next((one for one in self.editions if one.name == name), None)

    @property
    def current(self) -> Edition | None:
        """The newest release, where its figures are still today's."""
        return next((one for one in self.editions[:1] if not one.changes), None)


def past(view: View, chart: str) -> Past:
    """What pages tell of a chart's past."""
    found = editions(view, chart), corrections(view, chart)
    told = any(found) or view.withdrawal(chart)
    return Past(*found, address(view, chart) if told else "", chart in view.project.charts)


def editions(view: View, chart: str) -> list[Edition]:
    """The releases that hold a chart in the view's language, the newest first."""
    return [_edition(view, chart, release) for release in view.project.releases.values()
            if chart in release.charts and view.language in release.charts[chart].faces]


def _edition(view: View, chart: str, release: Release) -> Edition:
    found = correction.changes(release, chart, view.language, view.drawings.get((chart, view.language)), view.voice)
    day = correction.corrected(view.project, view.book, release, found)
    path = embed.path(chart, view.language, release.name)
    return Edition(release.name, release.date, path, found, Period.parse(day) if day else None)


def corrections(view: View, chart: str) -> list[Correction]:
    """What was put right in a chart, as far as editors said so, the newest first."""
    today = view.drawings.get((chart, view.language))
    frozen = [release.charts[chart] for release in view.project.releases.values() if chart in release.charts]
    rows = [row for kept in frozen for face in kept.faces.values() for row in face.rows]
    held = [point.name for row in rows for point in row.points if point]
    return correction.of_chart(view.project, view.book, [*(today.cells if today else ()), *held])


def address(view: View, chart: str) -> str:
    """Where a chart's feed stands."""
    return f"{view.language}/charts/{chart}/feed.xml"


def feed(view: View, chart: str, title: str, past: Past) -> str:
    """A chart's feed; the view is that of its page."""
    own = address(view, chart)
    return atom(urn(view.site.package, own), title, view.word("history"), view.own(view.site.publisher), view.tag,
                view.absolute(view.path), view.absolute(own), entries(view, chart, past))


def entries(view: View, chart: str, past: Past) -> list[Entry]:
    """A chart's withdrawal or removal, corrections and releases, as its feed tells of them."""
    return [*_withdrawn(view, chart), *_removed(view, chart, past), *_corrected(view, chart, past), *_released(view, chart, past)]


def _withdrawn(view: View, chart: str) -> Iterator[Entry]:
    if found := view.withdrawal(chart):
        yield _entry(view, chart, "withdrawn", view.word("feed-withdrawn"), view.own(found.reason), found.date)


def _removed(view: View, chart: str, past: Past) -> Iterator[Entry]:
    """Dated like the first release that goes without the chart or, before there is one, like its last."""
    found = past.editions
    if found and not past.kept and not view.withdrawal(chart):
        later = [one.date for one in view.project.releases.values() if one.date.start > found[0].date.start]
        day = min(later, key=lambda date: date.start, default=found[0].date)
        yield _entry(view, chart, "removed", view.word("feed-removed"), view.word("pin-gone"), day)


def _corrected(view: View, chart: str, past: Past) -> Iterator[Entry]:
    for one in past.corrections:
        told = [view.own(one.note), *_told(view, one, past)]
        key = "/".join(("corrected", one.date.text, *one.cells))
        yield _entry(view, chart, key, view.word("feed-corrected"), "\n".join(told), one.date)


def _told(view: View, one: Correction, past: Past) -> Iterator[str]:
    """The changes that a correction explains, since the last release before it."""
    before = (edition for edition in past.editions if edition.date.text <= one.date.text)
    if edition := next(before, None):
        release = view.project.releases[edition.name]
        for change in edition.changes:
            if correction.explaining(view.project, view.book, release, change) == one:
                yield written(view, change)


def written(view: View, change: Change) -> str:
    """A change on a line."""
    place = view.word("label-join").join((change.row, change.column))
    return view.spelt(place, f"{change.was or view.word('change-new')} → {change.now or view.word('change-removed')}")


def _released(view: View, chart: str, past: Past) -> Iterator[Entry]:
    for edition in past.editions:
        title = view.word("release-called").replace("{}", edition.name)
        told = view.word("pin-since").replace("{}", view.date(edition.date))
        yield _entry(view, chart, f"released/{edition.name}", title, told, edition.date, edition.path)


def _entry(view: View, chart: str, key: str, title: str, told: str, date: Period, path: str = "") -> Entry:
    own = f"{view.language}/charts/{chart}"
    id = urn(view.site.package, f"{own}/{key}")
    return Entry(title, told, view.absolute(path or f"{own}/index.html"), date.text, id)
