"""Pages on a cheap telephone: slow 4G and a slowed processor, in a real Chromium, before and after a reader's touch.

The same for both builds. A time is the median of several visits, each with an empty cache in a browser context of
its own; bytes are those of bodies in Brotli.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import brotli
from playwright.sync_api import Browser, BrowserContext, Page

from tests.bench import budgets
from tests.bench.reading import Reading
from tests.bench.server import serving
from tests.browser import chromium

TELEPHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
SLOW_4G = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
SLOWER = 4
"""times slower than this machine's processor"""
_PROBE = (Path(__file__).parent / "probe.js").read_text("utf-8")
_INLINE = re.compile(rb"<script(?: type=\"(?:module|text/javascript)\")?>(.*?)</script>", re.DOTALL)


@dataclass(frozen=True)
class Kind:
    """One build's pages: where a chart stands in them, and what its drawing is."""

    frame: str
    drawn: str
    live: bool
    """whether charts come alive only when a reader wants it"""


OURS = Kind(".chart-frame", ".chart-picture svg", live=True)
NAIVE = Kind(".plotly-graph-div", ".main-svg .cartesianlayer > *", live=False)


PAGES = {
    "story, zh": ("zh/stories/floors", budgets.PAGE),
    "story, en": ("en/stories/floors", budgets.PAGE),
    "front, zh": ("zh", budgets.PAGE),
    "chart, en": ("en/charts/vacancy", budgets.PAGE),
    "chart in a frame, en": ("embed/vacancy/en", budgets.EMBED),
}
"""Folders, with what their pages are held to; in the naive build under the same name, or not at all."""

MEASURES = {
    "bytes": ("before interaction, all", "KB"),
    "requests": ("before interaction, requests", ""),
    "html": ("HTML", "KB"),
    "script": ("JavaScript before intent", "KB"),
    "style": ("CSS", "KB"),
    "paint": ("first contentful paint", "ms"),
    "chart": ("first chart painted", "ms"),
    "lag": ("… after first contentful paint", "ms"),
    "blocking": ("total blocking time before intent", "ms"),
    "shift": ("layout shift, take-over included", ""),
    "arrival": ("from intent to the bundle's arrival", "ms"),
    "work": ("from there to a live chart", "ms"),
    "evaluation": ("… of it the bundle's evaluation", "ms"),
}


def readings(ours: Path, naive: Path, repeat: int) -> Iterator[Reading]:
    """Every measure of every page of two built sites."""
    with chromium() as browser, serving(ours) as our_base, serving(naive) as naive_base:
        for name, (folder, limits) in PAGES.items():
            path = f"/{folder}/index.html"
            mine = medians(browser, our_base + path, OURS, repeat)
            fewer = (repeat + 4) // 5  # it is slow, and nothing hangs on it
            theirs = medians(browser, naive_base + path, NAIVE, fewer) if (naive / folder).is_dir() else {}
            for key, (measure, unit) in MEASURES.items():
                yield Reading(name, measure, unit, mine[key], theirs.get(key), limits.get(key))


def medians(browser: Browser, address: str, kind: Kind, repeat: int) -> dict[str, float]:
    """The median of each measure over several visits; one before them is not counted."""
    rehearse(browser, address, kind)
    visits = [visit(browser, address, kind) for _ in range(repeat)]
    return {key: statistics.median(one[key] for one in visits) for key in visits[0]}


def visit(browser: Browser, address: str, kind: Kind) -> dict[str, float]:
    """Open a page, wait until it is quiet, and where charts wait for a reader touch the first of them."""
    context = browser.new_context(**TELEPHONE)  # type: ignore[arg-type]
    try:
        page = slowed(context, kind)
        page.goto(address, wait_until="load", timeout=120_000)
        page.evaluate("settled()")
        found = {**_bytes(page), **_times(page)}
        if kind.live:
            found |= touch(page, kind)
        return {**found, "shift": round(page.evaluate("probe.shift"), 4)}
    finally:
        context.close()


def slowed(context: BrowserContext, kind: Kind) -> Page:
    """A page on a cheap telephone, with the probe in it."""
    page = context.new_page()
    client = context.new_cdp_session(page)
    client.send("Network.enable")
    client.send("Network.setCacheDisabled", {"cacheDisabled": True})
    client.send("Network.emulateNetworkConditions", SLOW_4G)
    client.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(f"const FRAME = {kind.frame!r}, DRAWN = {kind.drawn!r};\n{_PROBE}")
    return page


def _bytes(page: Page) -> dict[str, float]:
    """Requests and bytes, without the icon that the browser's own tab may ask for at any time: it is called other."""
    sizes: list[tuple[str, int]] = page.evaluate("""() => performance.getEntries()
        .filter(({ entryType }) => ["navigation", "resource"].includes(entryType))
        .filter(({ initiatorType }) => initiatorType !== "other")
        .map(({ initiatorType, encodedBodySize, name }) => [initiatorType === "navigation" ? "html"
            : name.split("?")[0].split(".").pop(), encodedBodySize])""")
    inline = b"".join(_INLINE.findall(page.content().encode()))
    def total(*kinds: str) -> float:
        return sum(size for kind, size in sizes if kind in kinds or not kinds) / 1000

    return {"requests": len(sizes), "bytes": total(), "html": total("html"), "style": total("css"),
            "script": total("js") + (len(brotli.compress(inline)) / 1000 if inline else 0)}


def _times(page: Page) -> dict[str, float]:
    probe = page.evaluate("probe")
    paint = probe["paint"]
    chart = paint if probe["drawn"]["frame"] <= 1 else max(paint, probe["drawn"]["time"])
    blocking = sum(max(0.0, start + long - max(start, paint) - 50) for start, long in probe["tasks"])
    return {"paint": paint, "chart": chart, "lag": chart - paint, "blocking": blocking}


def touch(page: Page, kind: Kind) -> dict[str, float]:
    """Touch the first chart, and wait until it is alive and answers."""
    page.evaluate("() => { window.waited = alive(); }")
    page.locator(kind.frame).first.tap()
    page.evaluate("waited")
    probe = page.evaluate("probe")
    arrival = page.evaluate("""performance.getEntriesByType("resource")
        .find(({ name }) => name.includes("/plotly")).responseEnd""")
    return {"arrival": arrival - probe["intent"], "work": probe["live"] - arrival,
            "evaluation": probe["evaluated"] - arrival}


def rehearse(browser: Browser, address: str, kind: Kind) -> None:
    """A visit that is not timed; raises `AssertionError` where it does not show what the others would measure."""
    context = browser.new_context(**TELEPHONE, java_script_enabled=not kind.live)  # type: ignore[arg-type]
    try:
        page = context.new_page()
        page.goto(address, wait_until="networkidle", timeout=120_000)
        frame = page.locator(kind.frame).first
        hidden = f"{kind.frame} * {{ visibility: hidden !important }}"
        assert frame.screenshot() != frame.screenshot(style=hidden), f"{address}: the chart is not drawn"
    finally:
        context.close()
    if kind.live:
        answer(browser, address, kind)


def answer(browser: Browser, address: str, kind: Kind) -> None:
    """A live chart says something at a mark that is pointed at."""
    page = browser.new_page()
    try:
        page.goto(address)
        page.locator(kind.frame).first.hover()
        page.wait_for_selector(".chart-picture:is(.answering, .live)", timeout=120_000)
        mark = page.locator(f"{kind.frame} [data-cell]:visible").first.bounding_box()
        assert mark
        page.mouse.move(mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2)
        page.wait_for_selector(".hovertext", state="attached")
    finally:
        page.close()
