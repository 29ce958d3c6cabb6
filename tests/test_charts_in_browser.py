"""Charts in a real Chromium: read without scripts, alive on intent, with nothing that jumps."""

from __future__ import annotations

import re

import pytest

from .browser import enliven, opened
from .conftest import ROOT

CHARTS = sorted(path.stem for path in (ROOT / "data/charts").glob("*.yaml"))
LANGUAGES = ("zh", "en")
PARTS = 4


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", range(PARTS))
def test_every_chart_draws_with_plotly_and_answers_a_hover(browser, published, language, part):
    base, _ = published
    with opened(browser, base, f"/{language}/index.html") as watched:
        page = watched.page
        for chart in CHARTS[part::PARTS]:
            page.mouse.move(0, 0)
            page.goto(f"{base}/{language}/charts/{chart}/index.html")
            assert page.locator(".live").count() == 0
            enliven(page)
            marks = page.locator(".chart-picture .barlayer .point path, .chart-picture .scatterlayer .points path")
            marks.first.wait_for(state="attached")
            mark = marks.last
            mark.scroll_into_view_if_needed()
            box = mark.bounding_box()
            assert box is not None, chart
            page.mouse.move(box["x"] + box["width"] / 2 - 1, box["y"] + box["height"] / 2)
            page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)
            label = page.locator(".chart-picture .hoverlayer .hovertext")
            label.first.wait_for()
            assert re.search(r"\d", label.first.text_content() or ""), chart
            assert watched.errors == [], chart


OVER = """async () => { // by how much each label of the live chart leaves the picture
  const live = document.querySelector(".chart-live");
  const picture = live.querySelector(".main-svg").getBoundingClientRect();
  const over = [];
  live.querySelector(".nsewdrag").dispatchEvent(new MouseEvent("mousemove", { bubbles: true })); // tells it its scale
  await new Promise((done) => setTimeout(done, 60));
  for (const [curveNumber, trace] of live.data.entries()) {
    for (const pointNumber of (trace.customdata || []).keys()) {
      Plotly.Fx.hover(live, [{ curveNumber, pointNumber }]);
      await new Promise((done) => setTimeout(done, 60));
      const label = live.querySelector(".hoverlayer .hovertext").getBoundingClientRect();
      over.push(Math.max(picture.left - label.left, label.right - picture.right, picture.top - label.top, label.bottom - picture.bottom));
    }
  }
  return over; }"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chart", ["gov-services", "targets-overview", "port-containers", "timeline"])
def test_no_label_leaves_the_picture_on_a_phone(browser, published, language, chart):
    base, _ = published
    with opened(browser, base, f"/{language}/charts/{chart}/index.html", width=390) as watched:
        enliven(watched.page)
        over = watched.page.evaluate(OVER)
        assert over and max(over) < 1.5  # its border


@pytest.mark.parametrize("width", [360, 1280])
def test_every_chart_can_be_seen_without_scripts(browser, published, width):
    base, _ = published
    with opened(browser, base, "/en/stories/floors/index.html", width=width, java_script_enabled=False) as watched:
        frames = watched.page.locator(".chart-frame")
        assert frames.count() == 4
        for frame in frames.all():
            shown = [drawing for drawing in frame.locator("svg").all() if drawing.is_visible()]
            assert len(shown) == 1 and shown[0].get_attribute("viewBox").startswith("0 0 720 " if width > 720 else "0 0 328 ")


@pytest.mark.parametrize("intent", ["point", "touch", "focus"])
def test_plotly_is_asked_for_once_and_only_on_intent(browser, published, intent):
    base, _ = published
    with opened(browser, base, "/en/stories/floors/index.html", has_touch=True) as watched:
        page, asked = watched.page, []
        page.on("request", lambda request: asked.append(request.url) if request.resource_type == "script" else None)
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.wait_for_timeout(300)
        assert asked == []
        for frame in page.locator(".chart-frame").all()[:2]:
            frame.scroll_into_view_if_needed()
            {"point": frame.hover, "touch": frame.tap, "focus": frame.locator(".chart-walk").focus}[intent]()
            frame.locator(".live .main-svg").first.wait_for()
        assert sum("plotly" in url for url in asked) == 1
        assert sum("/live/" in url for url in asked) == 2


def test_nothing_jumps_when_a_chart_comes_to_life_or_is_turned(browser, published):
    base, _ = published
    with opened(browser, base, "/en/charts/vacancy/index.html") as watched:
        page = watched.page
        page.evaluate("""() => { window.shift = 0; new PerformanceObserver((list) => list.getEntries().forEach(
            (entry) => { window.shift += entry.value; })).observe({ type: "layout-shift", buffered: true }); }""")
        before = page.evaluate(PLACES, "svg text")
        enliven(page)
        page.wait_for_timeout(200)
        assert near(before, page.evaluate(PLACES, ".annotation-text")) and page.evaluate("shift") == 0
        page.set_viewport_size({"width": 390, "height": 900})
        page.wait_for_selector(".chart-picture.live .main-svg[width='328']")
        assert near(page.evaluate(PLACES, ".narrow text"), page.evaluate(PLACES, ".annotation-text"))
        assert watched.errors == []


PLACES = """(parts) => [...document.querySelectorAll(parts)].filter((part) => part.checkVisibility()).map((part) => {
  const { left, top } = part.getBoundingClientRect();
  return [part.textContent, left, top + scrollY];
}).sort()"""


def near(ones, others):
    assert [text for text, *_ in ones] == [text for text, *_ in others]
    return all(abs(a - b) <= 3 for one, other in zip(ones, others, strict=True) for a, b in zip(one[1:], other[1:], strict=True))


def test_a_chart_stays_as_it_is_when_plotly_cannot_load(browser, published):
    base, _ = published
    with opened(browser, base, "/en/charts/vacancy/index.html") as watched:
        page = watched.page
        page.route("**/plotly.*.js", lambda route: route.abort())
        drawing, text = page.locator(".wide.drawing svg"), page.locator("main").inner_text()
        with page.expect_console_message(lambda message: "could not be loaded" in message.text):
            page.locator(".chart-frame").hover()
        assert drawing.is_visible() and page.locator("main").inner_text() == text
        assert page.locator(".live, .chart-live").count() == 0
        page.unroute("**/plotly.*.js")
        page.mouse.move(0, 0)
        enliven(page)


def test_no_word_in_a_chart_is_under_12_px_on_a_small_telephone(browser, published):
    base, _ = published
    for path in ("/en/index.html", "/zh/stories/targets/index.html", "/zh/charts/index.html"):
        with opened(browser, base, path, width=320) as watched:
            sizes = watched.page.evaluate("""() => [...document.querySelectorAll(".drawing text")].filter((text) =>
                text.checkVisibility()).map((text) => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a)""")
            assert sizes and min(sizes) >= 12, path


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_beside_a_chart_shows_what_the_picture_shows(browser, published, paper, language):
    base, _ = published
    with opened(browser, base, f"/{language}/charts/vacancy/index.html", java_script_enabled=False) as watched:
        text = watched.page.locator(".chart-figures table").inner_text()
    for name in ("vacancy.qianhai.2023-q3", "vacancy.beijing.2023-q3"):
        assert paper.voices[language].cell(paper.book[name]) in text


def test_every_table_can_be_read_without_scripts(browser, published):
    base, _ = published
    with opened(browser, base, "/en/stories/floors/index.html", java_script_enabled=False) as watched:
        tables = watched.page.locator("figure.chart table")
        assert tables.count() == 4
        for place, summary in enumerate(watched.page.locator("details.chart-table summary").all()):
            assert not tables.nth(place).is_visible()
            summary.click()
            assert tables.nth(place).is_visible()
