"""An editor before a served page: from the save of another figure to the new chart on screen.

The server is a process of its own and the page is open in a real Chromium. Each save waits until all that the one
before has changed is made, for editors look at a chart before they type the next figure.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.bench import budgets, builds, madeup, process
from tests.bench.builds import Change
from tests.bench.reading import Reading
from tests.browser import chromium

SAVES = 8
FEWER = 4
"""on a made-up site, where each takes long; even numbers, so that the figure is again what it was"""
PAUSE = 0.5
"""seconds that an editor looks at a page before typing"""
LIMIT = 60.0
"""seconds after which nobody waits for a chart any more"""
REPAINTED = (Path(__file__).parent / "repainted.js").read_text("utf-8")
_MADE = r"[1-9]\d* pages? changed in "

MEASURES = {"story": "save to screen, story", "chart": "save to screen, chart page"}


@dataclass(frozen=True)
class View:
    """What an editor looks at: a page, and a chart in it that shows the figure."""

    path: str
    chart: str


PROJECT = {"story": View("en/stories/floors/", "en/vacancy"), "chart": View("en/charts/vacancy/", "en/vacancy")}
MADE_UP = {"story": View("en/stories/s1/", "en/c2")}


def project(folder: Path) -> Iterator[Reading]:
    """The project's own site."""
    yield from readings("this site", process.ENGINE, folder, builds.FIGURE, PROJECT, SAVES, budgets.SERVED)


def made_up(folder: Path, charts: int) -> Iterator[Reading]:
    """A made-up site of so many charts."""
    madeup.write(folder / "made-up", charts)
    yield from readings(f"{charts:,} charts", folder / "made-up", folder, madeup.CHANGE, MADE_UP, FEWER,
                        budgets.SERVED_MADE_UP)


def readings(subject: str, site: Path, folder: Path, change: Change, views: Mapping[str, View], times: int,
             limits: Mapping[str, budgets.Budget]) -> Iterator[Reading]:
    """The median of each view over several saves, and the most memory that the server took."""
    builds.copy(site, folder / "served")
    rest = dict(views)
    try:
        with process.serving(folder / "served", folder / "cache") as served, chromium() as browser:
            for key, view in views.items():
                took = statistics.median(saves(browser, served, folder / "served", change, view, times))
                del rest[key]
                yield Reading(subject, MEASURES[key], "ms", took, budget=limits[key])
        yield Reading(subject, "memory, server", "MiB", served.memory, budget=limits.get("memory"))
    except process.Overdue as late:
        yield from (Reading(subject, MEASURES[key], "ms", None, budget=limits[key], why=str(late)) for key in rest)


def saves(browser: Browser, served: process.Served, root: Path, change: Change, view: View, times: int) -> Iterator[float]:
    """The ms that each of so many saves took, the figure going to and fro."""
    path, old, new = change
    page = browser.new_page()
    try:
        page.add_init_script(REPAINTED)
        page.goto(f"{served.address}/{view.path}", wait_until="networkidle")
        for at in range(times):
            time.sleep(PAUSE)
            yield save(page, root, (path, new, old) if at % 2 else (path, old, new), view.chart)
            served.heard(_MADE)
    finally:
        page.close()


def save(page: Page, root: Path, change: Change, chart: str) -> float:
    """From just before the file is written until the chart has been painted."""
    page.evaluate("([chart, limit]) => { window.painted = repainted(chart, limit); }", [chart, LIMIT * 1000])
    started = time.time()
    builds.alter(root, change)
    painted: float | None = page.evaluate("painted")
    if painted is None:
        raise process.Overdue(f"stopped after {LIMIT:g} s")
    return painted - started * 1000
