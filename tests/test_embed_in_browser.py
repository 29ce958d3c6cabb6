"""Charts in other people's pages, in a real Chromium: host and site on different ports, so of different origins.

Each page of `tests/hosts` is a host. After each test the frame is as high as what stands in it, nothing in it
scrolls, and the console is empty; what was measured stands in `templates/hosts.json`, which readers are shown.
"""

from __future__ import annotations

import contextlib
import gzip
import inspect
import io
import json
import math
import os
import re
import shutil
import string
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape, unescape
from itertools import count, product
from pathlib import Path
from time import monotonic

import brotli
import pytest
from PIL import Image
from playwright.sync_api import Browser, Frame, Page, Request

from tally import asset, embed
from tally.host import FILE, read
from tally.view import View

from .browser import FLAGS, serving
from .validity import MODULES

pytestmark = pytest.mark.xdist_group("hosts")

HOSTS = Path(__file__).parent / "hosts"
KEPT = HOSTS.parent.parent / "templates" / FILE
CHART, LANGUAGE = "vacancy", "zh"
EXACT = (0, 2)
"""By how much a frame may be higher than what stands in it, in px, where it hears how high that is."""
STATED = (0, 24)
"""The same where the build has worked the height out."""
WIDTHS = (320, 360, 480, 600, 720, 1000, 1200)

BLOCKED = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('blocked', 'SecurityError') } })"

INSIDE = """() => {
  const root = document.documentElement;
  return { wide: innerWidth, tall: root.getBoundingClientRect().height, scrolls: root.scrollHeight > root.clientHeight || root.scrollWidth > root.clientWidth };
}"""
"""Not `innerHeight`: to a page that a browser sizes its frame by, that is no more than a frame's usual height."""


ROOM = """(frame) => {
  const { paddingTop, paddingBottom, paddingLeft, paddingRight } = getComputedStyle(frame);
  const tall = frame.getBoundingClientRect().height - (frame.offsetHeight - frame.clientHeight) - parseFloat(paddingTop) - parseFloat(paddingBottom);
  return { tall, wide: Math.round(frame.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight)) };
}"""
"""How tall and wide a frame is within what its host has put around it."""

PATIENCE = 15
"""For how many seconds a busy machine may keep a frame from its height; an embed itself looks at it until it is 9 s old."""

HELD_UP = 50
"""For how many ms of its own work, all told, a host may be kept by ten frames: no task of it can then be a long one."""
WORK = ("ScriptDuration", "RecalcStyleDuration", "LayoutDuration")


@dataclass
class Host:
    """Somebody else's page, open at one width; what its console says and its frames ask for is noted."""

    page: Page
    own: tuple[str, ...]
    """how addresses begin that are the host's or the site's"""
    errors: list[str] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)
    many: int = 0
    files: int = 0
    """what one frame has asked for when it had settled, and no reader had pointed at it"""
    strangers: int = 0
    scrolling: int = 0
    late: bool = False
    asked: dict[Frame, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.page.on("console", lambda message: self.errors.append(message.text) if message.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", self._ask)

    def _ask(self, request: Request) -> None:
        if not request.url.startswith(("data:", "blob:")):
            self.asked.setdefault(request.frame, []).append(request.url)
            self.strangers += not request.url.startswith(self.own)

    def frames(self) -> list[tuple[float, float, bool]]:
        """Each frame's height, that of what stands in it, and whether that scrolls. Late is a frame that has not yet heard how wide it is."""
        found, self.late = [], self.page.evaluate("innerWidth") != self.page.viewport_size["width"]
        for handle in self.page.query_selector_all("iframe"):
            content = handle.content_frame()
            content.wait_for_load_state("load")  # to ask earlier would lay the page out without its styles
            inside, room = content.evaluate(INSIDE), handle.evaluate(ROOM)
            found.append((room["tall"], inside["tall"], inside["scrolls"]))
            self.late = self.late or inside["wide"] != room["wide"]
        return found

    def settled(self, bounds: tuple[int, int] = EXACT) -> list[float]:
        """How much higher than its content each frame is, once all are within the bounds; fails if they never are."""
        self.page.wait_for_load_state("load")
        until = monotonic() + PATIENCE
        while monotonic() < until:
            frames = self.frames()
            gaps = [round(frame - tall, 2) for frame, tall, _ in frames]
            if gaps and not self.late and all(bounds[0] <= gap <= bounds[1] for gap in gaps) and not any(scrolls for *_, scrolls in frames):
                self._note(frames, gaps)
                return gaps
            self.page.wait_for_timeout(25)
        raise AssertionError(f"not within {bounds}: {frames}")

    def _note(self, frames: list[tuple[float, float, bool]], gaps: list[float]) -> None:
        self.gaps += gaps
        self.widths.append(self.page.evaluate("innerWidth"))
        self.many = max(self.many, len(frames))
        self.scrolling += sum(scrolls for *_, scrolls in frames)
        self.files = self.files or max(len(urls) for frame, urls in self.asked.items() if frame != self.page.main_frame)


class Street:
    """A server with other people's pages, on a port of its own."""

    def __init__(self, browser: Browser, site: str, base: str, folder: Path):
        self.browser, self.site, self.base, self.folder = browser, site, base, folder
        self.reader = browser.new_page()
        """a tab in which a chart's page is read"""
        self._rungs: dict[tuple[str, str], dict[str, str]] = {}

    def rungs(self, chart: str = CHART, language: str = LANGUAGE) -> dict[str, str]:
        """The snippets of a chart as a reader's browser completes them, by rung."""
        if (chart, language) not in self._rungs:
            self.reader.goto(f"{self.site}/{language}/charts/{chart}/index.html", wait_until="domcontentloaded")
            self.reader.evaluate("document.querySelector('.embed-box').open = true")
            self.reader.wait_for_selector(".rung:last-of-type .copying:visible")
            self._rungs[chart, language] = self.reader.evaluate(
                "Object.fromEntries([...document.querySelectorAll('.rung textarea')].map((text) => [text.id, text.value]))")
        return self._rungs[chart, language]

    def frame(self, chart: str = CHART, language: str = LANGUAGE, query: str = "") -> str:
        """The address of an embed."""
        return f"{self.site}/embed/{chart}/{language}/index.html{query}"

    def paste(self, name: str, snippet: str, values: dict[str, str] | None = None) -> None:
        """A snippet into a page of `tests/hosts`."""
        text = string.Template((HOSTS / f"{name}.html").read_text("utf-8")).substitute(
            {"site": self.site, "snippet": snippet, "frame": self.frame(), **(values or {})})
        (self.folder / f"{name}.html").write_text(text, "utf-8")

    @contextlib.contextmanager
    def host(self, name: str, snippet: str = "", *, width: int = 640, blocked: bool = False, browser: Browser | None = None,
             values: dict[str, str] | None = None, **context: object) -> Iterator[Host]:
        """A page of `tests/hosts` with a snippet pasted into it."""
        self.paste(name, snippet, values)
        surroundings = (browser or self.browser).new_context(viewport={"width": width, "height": 900}, **context)  # type: ignore[arg-type]
        if blocked:
            surroundings.add_init_script(BLOCKED)
        host = Host(surroundings.new_page(), (f"{self.site}/", f"{self.base}/"))
        try:
            host.page.goto(f"{self.base}/{name}.html")
            yield host
            assert host.errors == []
        finally:
            surroundings.close()


@pytest.fixture(scope="module")
def unaware(browser) -> Iterator[Browser]:
    """A Chromium that leaves frames the heights that they were given."""
    with launched(browser, able=False) as other:
        yield other


@pytest.fixture(scope="module")
def tab(browser) -> Iterator[Page]:
    """A page for tests that only look at what an address shows: no pointer is moved in it and nothing is kept."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture(scope="module")
def street(browser, published, tmp_path_factory) -> Iterator[Street]:
    """Other people's pages."""
    folder = tmp_path_factory.mktemp("hosts")
    with serving(folder) as base:
        yield Street(browser, published[0], base, folder)


def summed(pasted: str, sizing: str, hosts: list[Host]) -> dict[str, object]:
    """What a test has measured, without what differs between one run and the next, or one machine's fonts and another's:
    a frame's height is held to its bound, and where it has none the room below the chart is given in fifties."""
    bound = STATED[1] if sizing in ("stated", "frame-sizing") else 1
    worst = max(math.ceil(gap) for one in hosts for gap in one.gaps)
    return {
        "pasted": pasted, "sizing": sizing, "frames": max(one.many for one in hosts),
        "widths": [edge(width for one in hosts for width in one.widths) for edge in (min, max)],
        "over": bound if worst <= bound else math.ceil(worst / 50) * 50, "scrolling": sum(one.scrolling for one in hosts),
        "files": max(one.files for one in hosts), "strangers": sum(one.strangers for one in hosts),
        "errors": sum(len(one.errors) for one in hosts)}


@pytest.fixture
def note(request):
    """Notes what a host's test has pasted and who sets the height. When the test has ended, what its hosts have measured
    must be what readers are told; TALLY_ACCEPT_HOSTS tells them."""
    tried: list[tuple[str, str, Host]] = []
    yield lambda *one: tried.append(one)
    if not tried:
        return  # the test says itself why
    pasted, sizing, _ = tried[0]
    name, found = called(request.node.originalname), summed(pasted, sizing, [one for *_, one in tried])
    kept = json.loads(KEPT.read_text("utf-8"))
    if os.environ.get("TALLY_ACCEPT_HOSTS"):
        kept = {id: {**kept, name: found}[id] for id in known() if id in (*kept, name)}
        KEPT.write_text("{\n" + ",\n".join(f' "{id}": {json.dumps(one)}' for id, one in kept.items()) + "\n}\n", "utf-8")
    assert kept.get(name) == found, "TALLY_ACCEPT_HOSTS=1 keeps what was measured"


def called(test: str) -> str:
    """What readers' page calls the host of a test."""
    return test.removeprefix("test_").replace("_", "-")


def known() -> list[str]:
    """Every host with a test that notes what it measures, in the order of this file."""
    return [called(name) for name, test in globals().items() if name.startswith("test_") and "note" in inspect.signature(test).parameters]


def test_readers_are_told_of_the_hosts_that_are_tested_and_of_no_other():
    assert list(read(KEPT.read_bytes())) == known()


# ---- the heights that the build states


@pytest.fixture(scope="module")
def contents(paper, published) -> dict[tuple[str, str, str], embed.Content]:
    """What each embed shows, by chart, language and the language beside it."""
    def view(language: str) -> View:
        return View("index.html", language, paper, paper.voices[language], asset.Assets({}, {}))
    return {(*key, other): embed.embed(view(key[1]), drawing, view(other) if other else None).content
            for key, drawing in paper.drawings.items() for other in {"zh": ("", "en"), "en": ("", "zh")}[key[1]]}


TALL = """async ([addresses, widths]) => {
  const frames = addresses.map((src) => Object.assign(document.createElement("iframe"), { src, height: 300, style: "border: 0" }));
  const loaded = frames.map((frame) => new Promise((done) => { frame.onload = done; }));
  document.body.replaceChildren(...frames);
  await Promise.all(loaded);
  const at = (frame, width) => {
    frame.width = width;
    const root = frame.contentDocument.documentElement;
    return [frame.contentWindow.innerWidth, root.getBoundingClientRect().height];
  };
  return frames.map((frame) => widths.map((width) => at(frame, width)));
}"""
"""How wide each page is in a frame of each width, and how tall."""


@pytest.mark.parametrize(("language", "other"), [("zh", ""), ("en", ""), ("zh", "en"), ("en", "zh")])
def test_every_chart_stands_as_high_as_the_build_says_at_every_width(tab, published, contents, language, other):
    shown = {chart: content for (chart, *key), content in contents.items() if key == [language, other]}
    tab.goto(f"{published[0]}/embed/{CHART}/{language}/index.html")
    query = f"?lang={language}-{other}" if other else ""
    found = tab.evaluate(TALL, [[f"{published[0]}/embed/{chart}/{language}/index.html{query}" for chart in shown], WIDTHS])
    sizes = {(chart, width): size for chart, each in zip(shown, found, strict=True) for width, size in zip(WIDTHS, each, strict=True)}
    assert len(sizes) == len(shown) * len(WIDTHS) > 0 and all(wide == width for (_, width), (wide, _) in sizes.items())
    stated = {key: embed.height(shown[key[0]], key[1]) for key in sizes}
    assert {key: (stated[key], tall) for key, (_, tall) in sizes.items() if not STATED[0] <= stated[key] - tall <= STATED[1]} == {}


# ---- hosts


def test_plain_page(street, note):
    """No script, no styles: the one height holds the chart at its tallest, and nowhere is anything cut off."""
    gaps = []
    with street.host("plain", street.rungs()["embed-frame"], width=320) as host:
        for width in (320, 440, 640, 1200):
            host.page.set_viewport_size({"width": width, "height": 900})
            gaps += host.settled((0, 400))
        note("embed-frame", "stated", host)
    assert min(gaps) <= STATED[1]


def test_styles_alone(street, note, unaware):
    with street.host("plain", street.rungs()["embed-styles"], browser=unaware) as host:
        for width in WIDTHS:
            host.page.set_viewport_size({"width": width, "height": 900})
            host.settled(STATED)
        note("embed-styles", "stated", host)


def test_no_javascript(street, note, unaware):
    with street.host("plain", street.rungs()["embed-styles"], browser=unaware, java_script_enabled=False) as host:
        host.settled(STATED)
        note("embed-styles", "stated", host)
        inside = host.page.frames[1]
        inside.locator("summary").first.click()
        assert inside.locator("table").is_visible()


def test_strict_content_policy(street, note):
    with street.host("strict", street.rungs()["embed-script"]) as host:
        host.settled()
        note("embed-script", "embed.js", host)
        # Chromium itself says that the policy did what it was asked to: the styles are not applied
        host.errors[:] = [error for error in host.errors if "style" not in error or "Content Security Policy" not in error]


@pytest.mark.parametrize("rung", ["embed-script", "embed-both"])
def test_script_that_is_stripped_cuts_nothing_off(street, unaware, rung):
    stripped = re.sub("<script.*", "", street.rungs("targets-overview")[rung])
    with street.host("plain", stripped, width=320, browser=unaware) as host:
        for width in (320, 640):
            host.page.set_viewport_size({"width": width, "height": 900})
            host.settled(STATED)


def test_frame_far_down_is_sized_before_it_is_seen(street):
    """A frame of another origin that is off screen is not drawn; its height is there when a reader comes to it."""
    frame = re.sub("<style>.*</style>", "", street.rungs()["embed-script"]).replace('loading="lazy"', "")
    with street.host("plain", f'<div style="height:9000px"></div>{frame}') as host:
        # nothing is asked of the frame, for that would wake it
        host.page.wait_for_function("document.querySelector('iframe').style.height !== ''", timeout=5000)
        before = host.page.evaluate("document.querySelector('iframe').offsetHeight")
        host.settled()
        assert host.page.evaluate("document.querySelector('iframe').offsetHeight") == before


HELD = '<style id="held">html { display: none }</style>'
"""A page that has its width and no height, as one is for a moment where a busy browser has run its scripts before it lays anything out."""


@pytest.mark.parametrize("above", [0, 9000])
def test_frame_that_is_laid_out_late_says_its_height_then_and_none_before(street, above):
    """On screen or off, where nothing but time tells it so."""
    script = street.rungs()["embed-script"].split("</iframe>")[1]
    with street.host("plain", f'<div style="height:{above}px"></div>{script}') as host:
        host.page.route("**/embed/*/*/index.html", lambda route: route.fulfill(
            body=route.fetch().text().replace("<head>", f"<head>{HELD}"), content_type="text/html"))
        host.page.evaluate("""(src) => new Promise((onload) => {
          window.said = [];
          addEventListener("message", ({ data }) => said.push(data.height));
          const frame = Object.assign(document.createElement("iframe"), { src, width: 640, height: 500, onload });
          frame.dataset.tally = "";
          document.body.append(frame);
        })""", street.frame())
        inside = host.page.frames[1]
        assert inside.evaluate("[document.documentElement.clientWidth, document.documentElement.getBoundingClientRect().height]") == [640, 0]
        host.page.wait_for_timeout(150)  # it looks again, and there is nothing yet
        assert host.page.evaluate("[said, document.querySelector('iframe').clientHeight]") == [[], 500]
        inside.evaluate("document.querySelector('#held').remove()")
        host.page.wait_for_function("said.length", timeout=1000 * PATIENCE)
        assert 0 <= host.page.evaluate("said[0]") - inside.evaluate(INSIDE)["tall"] < 1
        host.settled()


def test_height_of_no_chart_cuts_nothing_off(street):
    """As embeds of an earlier edition may say before they are laid out."""
    with street.host("plain", street.rungs()["embed-script"]) as host:
        host.settled()
        before = host.frames()[0][0]
        host.page.evaluate("addEventListener('message', ({ data }) => { window.heard = data.height; })")
        for height in (0, 59):
            host.page.frames[1].evaluate("height => parent.postMessage({ sentinel: 'amp', type: 'embed-size', height }, '*')", height)
            host.page.wait_for_function("height => window.heard === height", arg=height)
            assert host.frames()[0][0] == before


def test_host_within_a_sandbox(street):
    """A page without an origin of its own: all its frames are without one too."""
    inner = re.sub("<style>.*</style>", "", street.rungs()["embed-script"])
    outer = f'<iframe srcdoc="{escape(inner)}" sandbox="allow-scripts" width="640" height="2000"></iframe>'
    with street.host("plain", outer) as host:
        host.page.wait_for_load_state("load")
        middle = host.page.frames[1]
        middle.wait_for_function("document.querySelector('iframe').style.height !== ''", timeout=5000)
        inside = middle.child_frames[0].evaluate(INSIDE)
        assert 0 <= middle.evaluate("document.querySelector('iframe').clientHeight") - inside["tall"] <= EXACT[1]


@pytest.mark.parametrize("sizing", ["border-box", "content-box"])
def test_host_that_pads_its_frames(street, sizing):
    look = f"<style>iframe[data-tally] {{ box-sizing: {sizing}; padding: 11px 3px 7px; border: 3px solid }}</style>"
    with street.host("plain", street.rungs()["embed-script"] + look) as host:
        host.settled()


def test_sandbox_with_scripts(street, note):
    """The page has an origin of its own that is none, and storage that throws; it comes to life all the same."""
    snippet = street.rungs()["embed-script"].replace("<iframe", '<iframe sandbox="allow-scripts"')
    with street.host("plain", snippet) as host:
        host.settled()
        note("embed-script", "embed.js", host)
        inside = host.page.frames[1]
        assert inside.evaluate("origin") == "null"
        inside.locator(".chart-frame").hover()
        inside.wait_for_selector(".chart-picture.live .main-svg")
        host.settled()


def test_frame_in_a_sandbox_is_heard_though_its_origin_is_none(street):
    """Nothing but the script gives this one its height; a stranger's frame in a sandbox is not taken for it."""
    snippet = re.sub("<style>.*</style>", "", street.rungs()["embed-script"]).replace("<iframe", '<iframe sandbox="allow-scripts"')
    with street.host("plain", snippet) as host:
        host.page.wait_for_function("document.querySelector('iframe').style.height !== ''", timeout=5000)
        host.settled()
        assert host.page.frames[1].evaluate("origin") == "null"


def test_frame_outside_a_sandbox_is_not_heard_without_its_origin(street):
    """What stands in it was led away into a page that says `null`, as any data address does."""
    with street.host("plain", street.rungs()["embed-script"]) as host:
        host.settled()
        before = host.frames()[0][0]
        host.page.evaluate("""() => new Promise((done) => {
          addEventListener("message", ({ origin, data }) => origin === "null" && data.height === 3210 && setTimeout(done, 100));
          const says = "parent.postMessage({ sentinel: 'amp', type: 'embed-size', height: 3210 }, '*')";
          document.querySelector("iframe").contentWindow.location = `data:text/html,<script>${says}</script>`;
        })""")
        assert host.page.evaluate("document.querySelector('iframe').clientHeight") == before


def test_sandbox_without_scripts(street, note, unaware):
    snippet = street.rungs()["embed-styles"].replace("<iframe", "<iframe sandbox")
    with street.host("plain", snippet, browser=unaware) as host:
        host.settled(STATED)
        note("embed-styles", "stated", host)
        # Chromium itself says that the sandbox did what it was asked to
        host.errors[:] = [error for error in host.errors if not error.startswith("Blocked script execution")]


def test_storage_blocked(street, note):
    with street.host("plain", street.rungs()["embed-script"], blocked=True) as host:
        host.settled()
        note("embed-script", "embed.js", host)


TEN = ("vacancy", "hk-firms", "hk-jobs", "filings", "timeline", "density-slope", "firms-counts", "targets-overview", "gdp-growth", "intl-bodies")


def several(street: Street, rung: str) -> str:
    """Ten charts in an article, none of which waits for a reader to come near."""
    return "<p>text</p>".join(street.rungs(chart)[rung].replace('loading="lazy"', "") for chart in TEN)


@pytest.mark.parametrize("able", [True, False])
@pytest.mark.parametrize("rung", ["embed-frame", "embed-styles", "embed-script"])
def test_ten_frames_never_hold_their_host_up(street, browser, unaware, rung, able):
    """The frames are of another site, as in life: what they do, they do elsewhere."""
    snippets = several(street, rung).replace("127.0.0.1", "localhost")
    with street.host("plain", browser=browser if able else unaware) as host:
        host.own = (*host.own, street.site.replace("127.0.0.1", "localhost"))
        work = worked(host.page)
        street.paste("plain", snippets)
        host.page.goto(f"{host.page.url}?ten")  # until all have loaded; another address, for the page that stood there may be kept
        if rung == "embed-script":
            host.page.wait_for_function(SIZED, timeout=1000 * PATIENCE, polling=100)
        host.page.evaluate(DRAWN)
        assert 0 < next(work) <= HELD_UP
        assert len(host.page.frames) == 1 + len(TEN)
        if rung == "embed-script":
            host.settled()
        busy, before = 0.0, next(work)
        for _ in range(PATIENCE):
            host.page.evaluate("() => new Promise((done) => setTimeout(() => { for (const end = performance.now() + 100; performance.now() < end;); done(); }))")
            busy = next(work) - before
            if busy > HELD_UP:
                break
        assert busy > HELD_UP, "what is measured would be seen"


SIZED = "[...document.querySelectorAll('iframe')].every(({ style }) => style.height !== '')"
DRAWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"


def worked(page: Page) -> Iterator[float]:
    """Asked again and again, what the page's own thread has done so far, in ms of its scripts, styles and layouts. Its time is the processor's,
    so that other work on the machine does not count."""
    tools = page.context.new_cdp_session(page)
    tools.send("Performance.enable", {"timeDomain": "threadTicks"})
    return (1000 * sum(metric["value"] for metric in tools.send("Performance.getMetrics")["metrics"] if metric["name"] in WORK)
            for _ in count())


def test_many_embeds_on_one_page(street, note):
    """Nothing is drawn live until a reader points at one, and then that one alone."""
    asked: list[str] = []
    with street.host("plain", several(street, "embed-script")) as host:
        host.page.on("request", lambda request: asked.append(request.url))
        host.settled()
        note("embed-script", "embed.js", host)
        assert not [url for url in asked if "plotly" in url]
        inside = host.page.frames[1]
        for _ in range(2):
            inside.locator(".chart-frame").hover()
            inside.wait_for_selector(".chart-picture.live .main-svg")
            host.page.mouse.move(0, 0)
        assert len([url for url in asked if "plotly" in url]) == 1
        host.settled()


def test_host_that_resizes(street, note):
    with street.host("plain", street.rungs("targets-overview", "en")["embed-script"], width=320) as host:
        for width in (*WIDTHS, 320):
            host.page.set_viewport_size({"width": width, "height": 900})
            host.settled()
        note("embed-script", "embed.js", host)


def test_host_in_dark_mode(street, note):
    with street.host("dark", street.rungs()["embed-script"], color_scheme="dark") as host:
        host.settled()
        note("embed-script", "embed.js", host)
        assert host.page.frames[1].evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(25, 23, 20)"


def test_pym_parent(street, note):
    """The real Pym.js, which builds the frame, hands it an id in the address and tells it of new widths."""
    shutil.copy(MODULES / "pym.js/dist/pym.v1.min.js", street.folder)
    with street.host("pym", width=700) as host:
        host.settled()
        host.page.set_viewport_size({"width": 340, "height": 900})
        host.settled()
        note("address", "Pym.js", host)


def test_amp_parent(street, note):
    with street.host("amp", width=700) as host:
        host.settled()
        before = host.frames()[0][0]
        host.page.frames[1].locator("summary").first.click()
        host.page.frames[1].locator("table").wait_for()
        host.settled()
        assert host.frames()[0][0] > before
        note("address", "amp-iframe", host)


def test_wordpress(street, note, contents):
    """Its sandbox, its secret and its 1,000 px: never cut off, never a scroll bar, with the table open too."""
    for (chart, width), late in product([("vacancy", 640), ("targets-overview", 320), ("targets-yearly", 360)], ["false", "true"]):
        values = {"answer": answered(street, contents, chart), "late": late, "scripts": "true"}
        with street.host("wordpress", width=width, values=values) as host:
            assert host.page.evaluate("enqueued")
            host.page.wait_for_function("document.querySelector('blockquote').style.display === 'none'")
            host.settled()
            inside = host.page.frames[1]
            inside.locator("summary").first.click()
            inside.locator("table").wait_for()
            host.settled()
            inside.locator(".back").click()
            host.page.wait_for_function("followed.length === 1")
            assert host.page.evaluate("followed") == [f"{street.site}/en/charts/{chart}/index.html"]
            note("embed-address", "wp-embed.js", host)


def answered(street: Street, contents: dict[tuple[str, str, str], embed.Content], chart: str) -> str:
    """What a chart answers to oEmbed."""
    page = f"{street.site}/en/charts/{chart}/"
    return embed.oembed(embed.Embed(chart, contents[chart, "en", ""], street.frame(chart, "en"), page, "", "", "", "", ""), "Tally", street.site)


def test_wordpress_without_its_script_leaves_the_linked_headline(street, contents):
    values = {"answer": answered(street, contents, CHART), "late": "false", "scripts": "false"}
    with street.host("wordpress", values=values) as host:
        link = host.page.locator("blockquote a")
        assert link.is_visible() and link.inner_text() == contents[CHART, "en", ""].headline
        assert link.get_attribute("href") == f"{street.site}/en/charts/{CHART}/"
        assert not host.page.locator("iframe").is_visible()


def test_frames_that_come_late_and_go(street, note):
    frame, script = street.rungs()["embed-script"].split("</iframe>")
    with street.host("plain", script) as host:
        assert host.frames() == []
        host.page.evaluate("html => document.body.insertAdjacentHTML('beforeend', html.repeat(2))", f"{frame}</iframe>")
        host.settled()
        host.page.evaluate("document.querySelector('iframe').remove()")
        host.page.evaluate("document.body.prepend(document.querySelector('iframe'))")  # which loads it anew
        host.settled()
        host.page.evaluate("document.querySelector('iframe').remove()")
        assert host.frames() == []
        note("embed-script", "embed.js", host)


def test_host_with_its_own_copy_of_the_module(street, note):
    shutil.copy(next(HOSTS.parent.parent.glob("templates/assets/embed.js")), street.folder / "embed.js")
    frame, _ = street.rungs()["embed-script"].split("<script")
    with street.host("plain", f'{frame}<script type="module">import "./embed.js"</script>') as host:
        host.settled()
        note("embed-script", "embed.js", host)


def test_snippet_pasted_twice_runs_once(street):
    with street.host("plain", street.rungs()["embed-script"] * 2) as host:
        host.settled()
        assert host.page.evaluate("tallyEmbed")


def test_browser_that_sizes_frames_itself(street, note, browser, unaware):
    """`frame-sizing`, in Chromium from 154 on or behind a flag: the table opens, the frame grows, and no host has a script.
    Where the browser knows nothing of it, the height that the build has stated stays."""
    with launched(browser, able=True) as other, street.host("plain", street.rungs()["embed-styles"], browser=other) as host:
        before = opened_table(host, able=True)
        host.settled(STATED)
        assert host.frames()[0][0] > before
        note("embed-styles", "frame-sizing", host)
    with street.host("plain", street.rungs()["embed-styles"], browser=unaware) as host:
        before = opened_table(host, able=False)
        host.page.wait_for_timeout(150)
        assert host.frames()[0][0] == before


def opened_table(host: Host, able: bool) -> float:
    """Opens the table in a settled frame; how high the frame was."""
    assert host.page.evaluate("CSS.supports('frame-sizing', 'content-height')") == able
    host.settled(STATED)
    before, *_ = host.frames()[0]
    host.page.frames[1].locator("summary").first.click()
    host.page.frames[1].locator("table").wait_for()
    return before


@contextlib.contextmanager
def launched(browser: Browser, able: bool) -> Iterator[Browser]:
    """Another Chromium, which can size frames by what stands in them, or cannot."""
    flag = f"--{'enable' if able else 'disable'}-blink-features=ResponsiveIframes"
    other = browser.browser_type.launch(executable_path=_path(browser), args=[*FLAGS, flag])
    try:
        yield other
    finally:
        other.close()


def _path(browser: Browser) -> str:
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome") or browser.browser_type.executable_path


# ---- those who mean ill


def test_hostile_parent(street, note):
    """Whatever it sends, the chart says its height and does nothing else."""
    with street.host("hostile", street.rungs()["embed-script"]) as host:
        host.settled()
        before = host.page.frames[1].evaluate("document.body.innerHTML")
        host.page.evaluate("forge()")
        host.page.wait_for_timeout(200)
        assert host.page.frames[1].evaluate("document.body.innerHTML") == before
        host.settled()
        note("embed-script", "embed.js", host)


def test_hostile_frame(street, note):
    """A frame that is not the site's is not heard on another's behalf, and what it says of itself has a limit."""
    shutil.copy(HOSTS / "huge.html", street.folder)
    own = street.rungs()["embed-script"]
    with street.host("plain", f'{own}<iframe src="huge.html" id="stranger" height="77"></iframe>'
                              f'<iframe data-tally src="huge.html" id="impostor" height="77"></iframe>') as host:
        host.page.wait_for_function("[...document.querySelectorAll('iframe')].length === 3")
        for frame in host.page.frames[2:]:
            frame.wait_for_function("document.title === 'said'")
        host.page.wait_for_function("document.querySelector('#impostor').clientHeight > 77")
        host.page.wait_for_timeout(100)
        heights = host.page.evaluate("[...document.querySelectorAll('iframe')].map((frame) => frame.clientHeight)")
        assert heights[1] == 77 and heights[2] == 4000
        host.page.evaluate("document.querySelectorAll('#stranger, #impostor').forEach((frame) => frame.remove())")
        host.settled()
        note("embed-script", "embed.js", host)


def test_message_from_another_origin_in_the_frame_is_not_heard(street):
    """A frame that was led away to another site has that one's origin, not the one it was given."""
    shutil.copy(HOSTS / "huge.html", street.folder)
    with street.host("plain", street.rungs()["embed-script"]) as host:
        host.settled()
        before = host.frames()[0][0]
        host.page.frames[1].evaluate("address => { location.href = address }", f"{street.base}/huge.html")
        host.page.wait_for_function("true")
        host.page.frames[1].wait_for_function("document.title === 'said'")
        host.page.wait_for_timeout(200)
        assert host.page.evaluate("document.querySelector('iframe').clientHeight") == before


# ---- what the address may ask for


HOSTILE = ["<img src=x onerror=alert(1)>", "javascript:alert(1)", "//other.example/x.css", "constructor", "__proto__", "dark'\"><script>alert(1)</script>", "%", "%3Cscript%3E"]


PARAMETERS = ("theme", "plain", "static", "transparent", "lang", "childId", "src", "css")

LOADED = """async (addresses) => {
  const frames = addresses.map((src) => Object.assign(document.createElement("iframe"), { src }));
  const loaded = frames.map((frame) => new Promise((done) => { frame.onload = done; }));
  document.body.append(...frames);
  await Promise.all(loaded);
  return frames.map((frame) => [frame.contentWindow.location.search, frame.contentDocument.documentElement.outerHTML]);
}"""
"""What each address brings into a frame of the same origin."""


def test_no_parameter_brings_anything_in(browser, street):
    page = browser.new_page()
    errors, asked = [], []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("dialog", lambda dialog: (errors.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(street.frame())
    queries = ["", "?theme=dark", *(f"?{name}={value}" for name, value in product(PARAMETERS, HOSTILE))]
    (_, before), (_, dark), *found = page.evaluate(LOADED, [street.frame(query=query) for query in queries])
    page.close()
    assert dark != before, "what a parameter brings in would be seen"
    assert len(found) == len(PARAMETERS) * len(HOSTILE) and all(query.startswith("?") for query, _ in found)
    assert [query for query, text in found if text != before] == []
    assert errors == []
    assert len(asked) > len(found) and all(url.startswith(street.site) for url in asked)


@pytest.mark.parametrize(("query", "ground"), [("theme=dark", "rgb(25, 23, 20)"), ("theme=light", "rgb(251, 247, 238)"),
                                               ("theme=auto", "rgb(251, 247, 238)"), ("transparent", "rgba(0, 0, 0, 0)")])
def test_theme_and_ground(tab, street, query, ground):
    tab.goto(street.frame(query=f"?{query}"))
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == ground


GROUND = (0, 120, 200)


@pytest.mark.parametrize(("declared", "styled", "queries"), [
    ("normal", "", ("transparent", "transparent&theme=light", "transparent&theme=dark")),
    ("dark", "color-scheme: light", ("transparent", "transparent&theme=light", "transparent&theme=dark")),
    ("light dark", "color-scheme: light", ("transparent", "transparent&theme=light", "transparent&theme=dark")),
    ("light dark", "", ("transparent&theme=auto",))])
def test_the_page_shows_through(street, declared, styled, queries):
    """As the page on embedding says: seen, for browsers put an opaque ground behind frames of another colour scheme.
    The last frame is one that nothing shows through."""
    look = f"<style>html {{ color-scheme: {declared} }} body {{ background: rgb{GROUND} }} iframe {{ display: block; height: 200px }}</style>"
    frames = "".join(f'<iframe src="{street.frame(query=f"?{query}")}" width="100%" frameborder="0" style="{styled}"></iframe>'
                     for query in (*queries, "theme=dark"))
    through = [True] * len(queries) + [False]
    with street.host("plain", look + frames) as host:
        for system in ("light", "dark"):
            host.page.emulate_media(color_scheme=system)
            host.page.reload()
            assert shown_through(host.page, through) == through, system


def shown_through(page: Page, through: list[bool]) -> list[bool]:
    """Through which of the frames, one below the other, the page's ground is seen: as expected, or after all one's patience."""
    until = monotonic() + PATIENCE
    while True:
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        seen = [picture.getpixel((4, 200 * at + 100)) == GROUND for at in range(len(through))]
        if seen == through or monotonic() > until:
            return seen


def test_without_a_ground_words_are_dark_until_a_theme_is_asked_for(browser, street):
    page = browser.new_page(color_scheme="dark")
    inks = []
    for query in ("transparent", "transparent&theme=dark", "transparent&theme=auto"):
        page.goto(street.frame(query=f"?{query}"))
        inks.append(page.evaluate("getComputedStyle(document.body).color"))
    page.close()
    assert inks[0] == "rgb(33, 29, 24)" and inks[1] == inks[2] == "rgb(240, 233, 220)"


def test_plain_is_chart_and_source_only(tab, street):
    tab.goto(street.frame(query="?plain"))
    shown = tab.evaluate("['h1', '.subtitle', '.note', 'details', '.chart-picture', '.source', '.back'].filter((part) => "
                          "document.querySelector(part).checkVisibility())")
    assert shown == [".chart-picture", ".source", ".back"]


def test_static_is_never_live(browser, street):
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(street.frame(query="?static"))
    page.locator(".chart-frame").hover()
    page.wait_for_timeout(300)
    assert not [url for url in asked if "plotly" in url]
    page.close()


@pytest.mark.parametrize(("language", "asked", "shown"), [("zh", "zh-en", True), ("zh", "en-zh", True), ("en", "zh-en", True), ("zh", "zh-fr", False), ("zh", "en", False)])
def test_both_languages(tab, street, language, asked, shown):
    tab.goto(street.frame(language=language, query=f"?lang={asked}"))
    tab.locator("details").first.evaluate("details => { details.open = true }")
    twins, labels = tab.locator(".twin"), tab.locator("th .twin")
    assert labels.count() >= 2 and twins.count() == labels.count() + 2
    assert set(twins.evaluate_all("twins => twins.map((twin) => twin.checkVisibility())")) == {shown}


# ---- the page in the frame


def test_budgets(published):
    """In Brotli: the page, its style sheet and its script before intent; in gzip: the script of the host."""
    _, folder = published
    [script], [sheet] = (list(folder.glob(f"assets/{name}")) for name in ("embed-page.*.js", "embed.*.css"))
    shared = sum(len(brotli.compress(path.read_bytes())) for path in (script, sheet))
    pages = sorted(folder.glob("embed/*/*/index.html"), key=lambda path: path.stat().st_size)
    assert shared + max(len(brotli.compress(path.read_bytes())) for path in pages[-6:]) <= 15_000
    assert len(gzip.compress((folder / "embed.js").read_bytes())) <= 1_500


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("chart", ["vacancy", "targets-overview", "timeline"])
def test_an_embed_asks_for_three_files_and_shifts_nothing(street, chart, language):
    with street.host("plain", f'<iframe src="{street.frame(chart, language)}" width="600" height="1200" title="chart"></iframe>') as host:
        inside = host.page.frames[1]
        inside.wait_for_load_state("load")
        files = inside.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
        assert len(files) == 2 and all(name.startswith(street.site) for name in files)
        inside.locator(".chart-frame").hover()
        inside.wait_for_selector(".chart-picture.live .main-svg")
        assert inside.evaluate("""() => new Promise((done) => {
          const shifts = [];
          const told = ({ value, sources }) => [value, ...sources.map(({ node }) => node?.outerHTML?.slice(0, 100))];
          new PerformanceObserver((list) => shifts.push(...list.getEntries().map(told))).observe({ type: "layout-shift", buffered: true });
          setTimeout(() => done(shifts), 200);
        })""") == []


# ---- the box on the chart's page


def test_a_frame_keeps_nothing_in_the_browser(street):
    """No cookie, no storage of any kind, before and after the chart has come to life."""
    with street.host("plain", street.rungs()["embed-script"]) as host:
        host.settled()
        inside = host.page.frames[1]
        inside.locator(".chart-frame").hover()
        inside.wait_for_selector(".chart-picture.live .main-svg")
        kept = inside.evaluate("""async () => [document.cookie.length, localStorage.length, sessionStorage.length,
          (await indexedDB.databases()).length, (await caches.keys()).length]""")
        assert kept == [0, 0, 0, 0, 0] and host.page.context.cookies() == []
        assert host.strangers == 0


def test_the_box_asks_for_nothing_until_it_is_opened(browser, street):
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{street.site}/en/charts/{CHART}/index.html")
    page.wait_for_timeout(200)
    assert not [url for url in asked if "embed" in url]
    page.locator(".embed-box > summary").click()
    page.locator(".preview-widths iframe").first.wait_for()
    page.locator(".preview-widths").scroll_into_view_if_needed()
    page.wait_for_function("document.querySelectorAll('.preview-widths iframe').length === 3")
    frames = page.evaluate("[...document.querySelectorAll('.preview-widths iframe')].map((frame) => frame.clientWidth)")
    assert frames == [320, 480, 720]
    assert all(url.startswith(street.site) for url in asked)
    page.close()


STILL = """() => new Promise((done) => {
  let [last, since] = [scrollY, performance.now()];
  const look = () => {
    if (scrollY !== last) [last, since] = [scrollY, performance.now()];
    performance.now() - since > 150 ? done() : requestAnimationFrame(look);
  };
  look();
})"""
"""When nothing has scrolled for a while."""


@pytest.mark.parametrize("language", ["zh", "en"])
def test_who_is_led_to_the_box_finds_it_open(browser, street, language):
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(f"{street.site}/{language}/embedding/index.html")
    page.locator("#take + ol a").click()
    page.wait_for_selector(".embed-box[open] .copying:visible")
    page.locator("#embed").wait_for()
    page.wait_for_function("() => { const { top } = document.querySelector('.embed-box > summary').getBoundingClientRect(); return top >= 0 && top < 100; }")
    page.evaluate(STILL)  # the page glides there
    assert 0 <= page.locator(".embed-box > summary").bounding_box()["y"] < 100
    page.close()


def test_a_snippet_is_copied_by_keyboard_and_announced(browser, street):
    surroundings = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = surroundings.new_page()
    page.goto(f"{street.site}/en/charts/{CHART}/index.html")
    page.locator(".embed-box > summary").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".copying:visible")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    first = page.locator(".rung").first
    first.locator("[role=status]", has_text="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == first.locator("textarea").input_value() != ""
    surroundings.close()


def test_a_copy_that_is_refused_is_left_selected(browser, street):
    page = browser.new_page()
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto(f"{street.site}/en/charts/{CHART}/index.html")
    page.locator(".embed-box > summary").click()
    page.locator(".copying button").first.click()
    page.locator(".rung [role=status]", has_text="Not copied").wait_for()
    chosen = page.evaluate("[document.activeElement.selectionStart, document.activeElement.selectionEnd, document.activeElement.value.length]")
    assert chosen[0] == 0 and chosen[1] == chosen[2] > 0
    page.close()


def test_without_script_the_snippets_can_be_read(published):
    _, folder = published
    text = (folder / f"en/charts/{CHART}/index.html").read_text("utf-8")
    snippets = [unescape(found) for found in re.findall(r"<textarea[^>]*>(.*?)</textarea>", text, re.DOTALL)]
    assert any('src="../../../embed/vacancy/en/index.html"' in snippet for snippet in snippets)
