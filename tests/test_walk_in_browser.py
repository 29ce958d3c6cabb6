"""Charts by keyboard and by ear, in a real Chromium: every point is walked to, marked and read out."""

from __future__ import annotations

import json

import pytest

from .browser import enliven, opened

LANGUAGES = ("zh", "en")
CHARTS = (
    "targets-overview",
    "claims-growth",
    "timeline",
    "foreign-capital",
    "capital-threshold",
    "density-slope",
    "vacancy",
)

NOW = """() => {
  const ring = document.querySelector(".chart-ring");
  const said = document.querySelector(".chart-said").innerText;
  return { said, ring: ring.checkVisibility() && ring.getBoundingClientRect().toJSON() };
}"""
OFF = """(title) => { // how far each side of the ring is from the marks of this title in the drawing that is shown
  const ring = document.querySelector(".chart-ring").getBoundingClientRect();
  const marks = [...document.querySelectorAll(".drawing [data-cell]")].filter((mark) => mark.textContent === title)
    .map((mark) => mark.getBoundingClientRect()).filter((box) => box.height);
  const off = (side, around) => Math.abs(ring[side] - around(...marks.map((mark) => mark[side])));
  return Math.max(off("left", Math.min), off("top", Math.min), off("right", Math.max), off("bottom", Math.max));
}"""
FOCUSED = "document.activeElement.className"


def come_to_chart(page, ready=True):
    """Tab by tab to the first chart, until its points can be walked."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED) == "chart-walk":
            break
    if ready:
        page.wait_for_selector(".chart-said", state="attached")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)
    return page.evaluate(NOW)


def address(language, chart="vacancy"):
    return f"/{language}/charts/{chart}/index.html"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chart", CHARTS)
def test_every_point_is_read_out_in_order_and_ringed(browser, published, paper, chart, language, width):
    base, _ = published
    drawing = paper.drawings[chart, language]
    with opened(browser, base, address(language, chart), width=width) as watched:
        page = watched.page
        come_to_chart(page)
        for title, words in drawing.readings:
            now = press(page, "ArrowRight")
            assert now["said"] == words
            assert now["ring"] and page.evaluate(OFF, title) <= 3, title
        assert press(page, "ArrowRight")["said"] == words, "the last point is the end"
        assert watched.errors == []


def test_each_key_goes_where_it_says(browser, published, paper):
    base, _ = published
    said = [words for _, words in paper.drawings["vacancy", "en"].readings]
    with opened(browser, base, address("en")) as watched:
        page = watched.page
        come_to_chart(page)
        for key, at in (
            ("ArrowDown", 0),
            ("ArrowRight", 1),
            ("ArrowDown", 2),
            ("ArrowUp", 1),
            ("ArrowLeft", 0),
            ("ArrowLeft", 0),
            ("End", -1),
            ("Home", 0),
            ("Control+ArrowRight", 0),
            ("Shift+End", 0),
            ("x", 0),
        ):
            assert press(page, key)["said"] == said[at], key
        assert press(page, "Escape", "ArrowUp")["said"] == said[-1], "backwards from nowhere is the last"


def test_arrows_scroll_the_page_only_outside_a_chart(browser, published):
    base, _ = published
    with opened(browser, base, "/en/stories/floors/index.html") as watched:
        page = watched.page
        come_to_chart(page)
        before = page.evaluate("scrollY")
        press(page, "ArrowDown", "ArrowDown", "End", "Home")
        page.wait_for_timeout(300)
        assert page.evaluate("scrollY") == before
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("ArrowDown")
        page.wait_for_function("(before) => scrollY > before", arg=before)


def test_a_chart_taller_than_the_screen_is_followed(browser, published):
    base, _ = published
    with opened(browser, base, address("en", "targets-overview"), width=390) as watched:
        page = watched.page
        page.set_viewport_size({"width": 390, "height": 400})
        come_to_chart(page)
        for key in ("End", "Home"):
            press(page, key)
            page.wait_for_function("""() => {
              const { top, bottom } = document.querySelector(".chart-ring").getBoundingClientRect();
              return top >= 0 && bottom <= innerHeight; }""")


def test_escape_ends_the_walk_and_holds_nobody(browser, published):
    base, _ = published
    with opened(browser, base, address("zh")) as watched:
        page = watched.page
        come_to_chart(page)
        page.evaluate(
            """() => { window.held = []; addEventListener("keydown", (event) => held.push(event.defaultPrevented)); }"""
        )
        assert press(page, "End")["ring"]
        assert press(page, "Escape") == {"said": "", "ring": False}
        assert page.evaluate(FOCUSED) == "chart-walk"
        press(page, "Escape")
        assert page.evaluate("held") == [True, True, False], "a second Escape is the browser's own"
        press(page, "Home")
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED) != "chart-walk"
        assert page.evaluate(NOW) == {"said": "", "ring": False}
        page.keyboard.press("Shift+Tab")
        assert page.evaluate(FOCUSED) == "chart-walk"


def test_the_live_chart_makes_no_difference(browser, published, paper):
    base, _ = published
    said = [words for _, words in paper.drawings["vacancy", "en"].readings]
    with opened(browser, base, address("en")) as watched:
        page = watched.page
        held = []
        page.route("**/plotly.*.js", lambda route: held.append(route))
        come_to_chart(page)
        before = press(page, "Home")
        assert page.locator(".live").count() == 0 and before["said"] == said[0]
        while not held:
            page.wait_for_timeout(10)
        held.pop().continue_()
        page.wait_for_selector(".chart-picture.live .main-svg")
        assert page.evaluate(NOW) == before, "the ring stays where it is when the chart comes to life"
        assert press(page, "ArrowDown")["said"] == said[1]
        mark = page.locator(".chart-live .barlayer .point path").nth(1).bounding_box()
        ring = page.locator(".chart-ring").bounding_box()
        assert all(ring[side] == pytest.approx(mark[side], abs=4) for side in ("x", "y")), (
            "Plotly counts the outline in"
        )
        assert all(ring[side] == pytest.approx(mark[side], abs=7) for side in ("width", "height"))
        assert page.evaluate("""() => {
          const { left, top, width } = document.querySelector(".chart-ring").getBoundingClientRect();
          document.querySelector(".chart-walk").style.pointerEvents = "auto";
          return document.elementFromPoint(left + width / 2, top + 2).closest(".chart-walk") !== null;
        }"""), "the ring lies over the live chart"
        assert watched.errors == []


def test_a_chart_is_walked_when_plotly_cannot_load(browser, published, paper):
    base, _ = published
    with opened(browser, base, address("zh")) as watched:
        page = watched.page
        page.route("**/plotly.*.js", lambda route: route.abort())
        with page.expect_console_message(lambda message: "could not be loaded" in message.text):
            come_to_chart(page)
        assert press(page, "End")["said"] == paper.drawings["vacancy", "zh"].readings[-1][1]


def test_the_ring_follows_when_the_page_is_turned(browser, published, paper):
    base, _ = published
    title, words = paper.drawings["vacancy", "en"].readings[-1]
    with opened(browser, base, address("en")) as watched:
        page = watched.page
        come_to_chart(page)
        wide = press(page, "End")["ring"]
        for most in ("0", ""):  # for a moment there is no room for anything
            page.evaluate("(most) => { document.querySelector('.chart-picture').style.maxWidth = most; }", most)
            page.wait_for_timeout(100)
        page.set_viewport_size({"width": 390, "height": 900})
        page.wait_for_function(
            f"""([title, wide]) => document.querySelector(".chart-ring").getBoundingClientRect().width < wide - 1
              && ({OFF})(title) <= 3""",
            arg=[title, wide["width"]],
        )
        assert page.evaluate(NOW)["said"] == words
        assert watched.errors == []


def test_the_walk_is_loaded_with_the_first_focus_and_not_before(browser, published):
    base, _ = published
    with opened(browser, base, address("en")) as watched:
        page, asked = watched.page, []
        page.on("request", lambda request: asked.append(request.url) if "/walk." in request.url else None)
        enliven(page)
        assert asked == []
        come_to_chart(page)
        assert len(asked) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_label_stays_on_the_picture_and_the_way_to_walk_is_shown_first(browser, published, language):
    base, _ = published
    hint = """() => getComputedStyle(document.querySelector(".chart-walk"), "::after").content"""
    for width in (320, 1280):
        with opened(browser, base, address(language, "targets-overview"), width=width) as watched:
            page = watched.page
            come_to_chart(page)
            assert "Home" in page.evaluate(hint)
            for key in ("Home", "End"):
                press(page, key)
                picture, label, ring = (
                    page.locator(part).bounding_box() for part in (".chart-picture", ".chart-said", ".chart-ring")
                )
                assert (
                    label["x"] >= picture["x"] - 1
                    and label["x"] + label["width"] <= picture["x"] + picture["width"] + 1
                )
                assert any(
                    label[place] > ring[place] + ring[size] or label[place] + label[size] < ring[place]
                    for place, size in (("x", "width"), ("y", "height"))
                )
            assert page.evaluate(hint) == "none"
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


COVERED = """() => { // the words of the drawing that the label lies on
  const said = document.querySelector(".chart-said").getBoundingClientRect();
  return [...document.querySelectorAll(".drawing text")].filter((text) => {
    const box = text.getBoundingClientRect();
    return Math.min(box.right, said.right) - Math.max(box.left, said.left) > 1
      && Math.min(box.bottom, said.bottom) - Math.max(box.top, said.top) > 1;
  }).map((text) => text.textContent);
}"""


@pytest.mark.parametrize("chart, width", [("firms-counts", 1280), ("density-slope", 390), ("targets-overview", 390)])
def test_the_label_covers_no_other_figure(browser, published, paper, chart, width):
    base, _ = published
    with opened(browser, base, address("en", chart), width=width) as watched:
        come_to_chart(watched.page)
        for _ in paper.drawings[chart, "en"].readings:
            said = press(watched.page, "ArrowRight")["said"]
            assert watched.page.evaluate(COVERED) == [], said


# ---- what a screen reader is told


def tree(page):
    """What Chromium tells a screen reader: role, name and description of each thing."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return [
        tuple(node.get(key, {}).get("value", "") for key in ("role", "name", "description"))
        for node in nodes
        if not node["ignored"]
    ]


@pytest.mark.parametrize("java_script", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("path, width", [("charts/vacancy", 1280), ("charts/vacancy", 390), ("stories/floors", 1280)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chart_is_told_once(browser, published, paper, language, path, width, java_script):
    base, _ = published
    drawing = paper.drawings["vacancy", language]
    title = paper.voices[language].plain(drawing.chart.title[language])
    with opened(
        browser, base, f"/{language}/{path}/index.html", width=width, java_script_enabled=java_script
    ) as watched:
        told = tree(watched.page)
    assert told.count(("group", title, drawing.summary)) == 1
    alt = paper.voices[language].plain(drawing.chart.alt[language])
    assert told.count(("image", title, alt)) == 1, "of the two drawings only the one that is shown"
    assert sum(alt in " ".join(one) for one in told if one[0] != "RootWebArea") == 1
    stops = [one for one in told if one[0] == "application"]
    assert bool(stops) == java_script and all("Home" in name for _, name, _ in stops)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chart_has_one_stop_and_one_live_region(browser, published, language):
    base, _ = published
    with opened(browser, base, address(language)) as watched:
        page = watched.page
        enliven(page)
        come_to_chart(page)
        assert page.locator(".chart-frame [tabindex='0'], .chart-frame button, .chart-frame a").count() == 1
        assert page.locator(".chart-frame [role=status], .chart-frame [aria-live]").count() == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_stand_on_the_charts_page_and_with_its_figures(browser, published, paper, language):
    base, folder = published
    drawing = paper.drawings["vacancy", language]
    with opened(browser, base, address(language), java_script_enabled=False) as watched:
        words = watched.page.locator(".in-words")
        assert words.count() == 1 and words.is_visible() and words.inner_text() == drawing.summary
    with opened(browser, base, f"/{language}/stories/floors/index.html", java_script_enabled=False) as watched:
        words = watched.page.locator("#chart-vacancy .in-words")
        assert not words.is_visible()
        watched.page.locator("#chart-vacancy summary").click()
        assert words.is_visible() and words.inner_text() == drawing.summary
    head = json.loads((folder / f"{language}/charts/vacancy/vacancy.json").read_text("utf-8"))
    assert head["summary"] == drawing.summary
