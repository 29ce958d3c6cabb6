"""Every page of the published site in a real Chromium."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tally import site

from .browser import opened
from .conftest import ROOT

CHARTS = sorted(path.stem for path in (ROOT / "data/charts").glob("*.yaml"))
LANGUAGES = ("zh", "en")


def pages(folder: Path) -> list[str]:
    return sorted("/" + str(path.relative_to(folder)) for path in folder.rglob("*.html"))


def enliven(page):
    """Point at the first chart, and wait until it is live."""
    page.locator(".chart-frame").first.hover()
    page.wait_for_selector(".chart-picture.live .main-svg")


@pytest.mark.parametrize("part", range(4))
def test_a_page_opens_without_errors_strangers_or_sideways_scroll(browser, published, part):
    base, folder = published
    for path in pages(folder)[part::4]:
        with opened(browser, base, path, width=360) as watched:
            wide = watched.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
            assert (watched.errors, watched.strangers) == ([], []), path
            assert wide[0] <= wide[1], f"{path} scrolls sideways: {wide[0]} > {wide[1]}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_draws_with_plotly_and_answers_a_hover(browser, published, language, chart):
    base, _ = published
    with opened(browser, base, f"/{language}/charts/{chart}/index.html") as watched:
        page = watched.page
        enliven(page)
        marks = page.locator(".chart-picture .barlayer .point path, .chart-picture .scatterlayer .points path")
        marks.first.wait_for(state="attached")
        mark = marks.last
        mark.scroll_into_view_if_needed()
        box = mark.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + box["width"] / 2 - 1, box["y"] + box["height"] / 2)
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, steps=3)
        label = page.locator(".chart-picture .hoverlayer .hovertext")
        label.first.wait_for()
        assert re.search(r"\d", label.first.text_content() or "")
        assert watched.errors == []


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
            {"point": frame.hover, "touch": frame.tap, "focus": frame.focus}[intent]()
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
def test_the_tables_figures_equal_the_yaml(browser, published, paper, language):
    base, _ = published
    voice = paper.voices[language]
    with opened(browser, base, f"/{language}/data/index.html") as watched:
        shown = watched.page.evaluate("""() => Object.fromEntries([...document.querySelectorAll('[id*="."]')].map(
            (place) => [place.id, (place.querySelector('.single-value') || place).innerText]))""")
    printed = {name: cell for name, cell in paper.book.cells.items()}
    assert printed.keys() <= shown.keys()
    for name, cell in printed.items():
        assert voice.cell(cell) in re.sub(r"\s+", " ", shown[name]), name


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


def test_a_source_card_opens_without_scripts(browser, published):
    base, _ = published
    with opened(browser, base, "/en/stories/floors/index.html", java_script_enabled=False) as watched:
        figure = watched.page.locator(".figure", has_text="8,274").first.locator("button")
        figure.focus()
        watched.page.keyboard.press("Enter")
        card = watched.page.locator(f'[id="{figure.get_attribute("popovertarget")}"]')
        assert card.is_visible()
        assert "Table 5" in card.inner_text()
        watched.page.keyboard.press("Escape")
        assert not card.is_visible()


def test_a_phrase_opens_its_card_wherever_it_is_pressed(browser, published):
    base, _ = published
    with opened(browser, base, "/en/stories/floors/index.html") as watched:
        page = watched.page
        phrase = page.locator(".asserted", has_text="almost twice").first
        button = phrase.locator("button.proof")
        card = page.locator(f'[id="{button.get_attribute("popovertarget")}"]')
        assert button.get_attribute("aria-label") == "What makes this true: almost twice Beijing’s"
        phrase.click(position={"x": 8, "y": 10})
        assert card.is_visible()
        phrase.click(position={"x": 8, "y": 10})
        assert not card.is_visible()


def test_cards_wait_for_enter_and_open_under_a_mouse_that_rests(browser, published):
    base, _ = published
    with opened(browser, base, "/en/stories/floors/index.html") as watched:
        page, card = watched.page, watched.page.locator(".card:popover-open")
        button = page.locator(".prose .opener").first
        button.focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Shift+Tab")
        page.wait_for_timeout(900)
        assert card.count() == 0
        page.keyboard.press("Space")
        assert card.count() == 1
        page.keyboard.press("Escape")
        assert card.count() == 0
        button.hover()
        card.wait_for()
        button.click()
        page.mouse.move(0, 0)
        page.wait_for_timeout(500)
        assert card.count() == 1, "a card that was asked for stays"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", ["/zh/stories/floors/index.html", "/en/stories/targets/index.html", "/zh/index.html"])
def test_the_buttons_of_figures_are_24_px_and_apart(browser, published, path, width):
    base, _ = published
    with opened(browser, base, path, width=width) as watched:
        areas = watched.page.evaluate(AREAS)
    assert areas and all(right - left >= 23.5 and bottom - top >= 23.5 for _, left, top, right, bottom in areas)
    over = [(one[0], other[0]) for at, one in enumerate(areas) for other in areas[at + 1:]
            if min(one[3], other[3]) - max(one[1], other[1]) > 1 and min(one[4], other[4]) - max(one[2], other[2]) > 1]
    assert over == []


AREAS = """() => [...document.querySelectorAll("main :is(p, li, .note) button[popovertarget]")].filter((button) =>
  button.checkVisibility() && !button.closest("h1, .h1")).map((button) => {
  let { left, top, right, bottom } = button.getBoundingClientRect();
  if (button.matches(".proof")) {
    const middle = (top + bottom) / 2;
    [top, bottom] = [middle - 12, middle + 12];
    [left, right] = button.matches(".behind") ? [left, left + 24] : [right - 24, right];
  }
  return [button.ariaLabel, left, top, right, bottom];
})"""


def test_the_front_counts_its_verdicts_on_the_first_screen(browser, published):
    base, _ = published
    for path in ("/zh/index.html", "/en/index.html"):
        with opened(browser, base, path, width=1280) as watched:
            box = watched.page.locator(".sum").bounding_box()
            assert box["y"] + box["height"] < 800, path


def test_the_switch_lands_on_the_same_place_in_the_other_language(browser, published):
    base, _ = published
    with opened(browser, base, "/en/stories/floors/index.html#average") as watched:
        watched.page.click("nav.languages a")
        watched.page.wait_for_url("**/zh/stories/floors/index.html#average")
        assert watched.page.evaluate("document.documentElement.lang") == "zh-Hant-HK"


def test_the_first_page_remembers_the_choice(browser, published):
    base, _ = published
    with opened(browser, base, "/index.html") as watched:
        watched.page.click('a[data-language="en"]')
        watched.page.wait_for_url("**/en/index.html")
        watched.page.goto(base + "/index.html")
        watched.page.wait_for_url("**/en/index.html")


def test_the_folder_reads_from_the_disk(browser, published):
    _, folder = published
    with opened(browser, "file://", f"{folder}/zh/stories/floors/index.html") as watched:
        enliven(watched.page)
        watched.page.click("nav.neighbours a")
        assert watched.page.locator("h1").inner_text()
        assert watched.errors == []


def test_the_folder_reads_from_a_subfolder_of_a_host(browser, published, tmp_path):
    from .browser import serving
    (tmp_path / "deep").symlink_to(published[1], target_is_directory=True)
    with serving(tmp_path) as base, opened(browser, base, "/deep/en/charts/vacancy/index.html") as watched:
        enliven(watched.page)
        assert watched.errors == []


def test_claims_can_be_filtered_by_verdict_and_section_without_scripts(browser, published, paper):
    base, _ = published
    with opened(browser, base, "/en/claims/index.html", java_script_enabled=False) as watched:
        claims = watched.page.locator(".claim:visible")
        assert claims.count() == len(paper.verdicts)
        watched.page.locator("label:has(#only-contradicts)").click()
        assert claims.count() == sum(verdict.outcome == "contradicts" for verdict in paper.verdicts)
        watched.page.locator("label:has(#only-all)").click()
        watched.page.locator("label:has(#in-4)").click()
        assert 0 < claims.count() < len(paper.verdicts)


def test_both_languages_stand_side_by_side_with_their_own_lang(browser, published):
    base, _ = published
    with opened(browser, base, "/zh-en/stories/people/index.html", java_script_enabled=False) as watched:
        page = watched.page
        left, right = page.locator(".pair").nth(3).locator("> *").all()
        assert left.bounding_box()["y"] == pytest.approx(right.bounding_box()["y"], abs=1)
        assert right.get_attribute("lang") == "en"
        assert page.locator("figure.chart").count() == 3
        page.set_viewport_size({"width": 390, "height": 900})
        assert left.bounding_box()["y"] < right.bounding_box()["y"]


def test_every_internal_link_and_anchor_resolves(published):
    _, folder = published
    ids: dict[Path, set[str]] = {}
    texts = {path: path.read_text("utf-8") for path in folder.rglob("*.html")}
    for path, text in texts.items():
        found = re.findall(r'\sid="([^"]+)"', text)
        assert len(found) == len(set(found)), f"{path} has an id twice: {sorted(x for x in found if found.count(x) > 1)[:3]}"
        ids[path] = set(found)
    for path, text in texts.items():
        for link in re.findall(r'\s(?:href|src|data-script|data-plotly)="([^"]+)"', text):
            if re.match(r"(?:https?|data|mailto):", link):
                continue
            target, _, place = link.partition("#")
            there = (path.parent / target).resolve() if target else path
            assert there.is_file(), f"{path}: {link}"
            assert not place or place in ids[there], f"{path}: {link}"


def test_the_summary_says_which_plotly_and_how_big(tmp_path, paper):
    built = site.build(ROOT, ROOT, tmp_path / "site")
    assert built.bundle.name in ("plotly.js-basic-dist-min", "plotly 7.1.0")
    assert len(built.bundle.script) > 500_000
