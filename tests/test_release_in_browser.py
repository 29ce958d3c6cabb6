"""A pinned embed in a real Chromium: the line that says that figures were corrected, and what changed behind it."""

from __future__ import annotations

import shutil

import pytest

from tally import desk, embed, site
from tally.quantity import Period

from . import accessibility, validity
from .browser import enliven, opened, serving
from .test_embed_in_browser import Street
from .tiny import ROOT

CHART, CELL = "vacancy", "vacancy.shenzhen.2023-q3"
CORRECTIONS = f"""
corrections:
- date: 2026-12-01
  cells: [{CELL}]
  note: {{zh: 抄錄時看錯了一行。, en: A line was misread when the table was copied.}}
withdrawn:
  timeline: {{date: 2026-12-02, reason: {{zh: 圖的日期有誤。, en: Its dates are wrong.}}}}
"""
LINES = {"zh": ("數字已於 2026 年 12 月 1 日更正。看看改了甚麼", ["深圳，辦公樓空置率", "23.2%", "23.4%"]),
         "en": ("Figures corrected on 1 December 2026. See what changed", ["Shenzhen, Office vacancy rate", "23.2%", "23.4%"])}
DAY = Period.parse("2026-11-22")


@pytest.fixture(scope="module")
def corrected(tmp_path_factory):
    """The published site with a release and a correction since: its address, its folder, and what was checked."""
    root = tmp_path_factory.mktemp("corrected")
    for name in ("data", "content"):
        shutil.copytree(ROOT / name, root / name)
    desk.release(root, ROOT, "first", DAY)
    table = root / "data/tables/vacancy.yaml"
    text = table.read_text("utf-8")
    assert text.count("2023-q3: 23.2}") == 1
    table.write_text(text.replace("2023-q3: 23.2}", "2023-q3: 23.4}"), "utf-8")
    (root / "data/corrections.yaml").write_text(CORRECTIONS, "utf-8")
    made = site.build(root, ROOT, root / "site", strict=True, pictures=False)
    with serving(root / "site") as base:
        yield base, root / "site", made.checked


def pinned(language, chart=CHART):
    return f"/embed/{chart}/{language}/@first/index.html"


@pytest.mark.parametrize("language", LINES)
def test_the_line_opens_what_changed_by_keyboard(browser, corrected, language):
    base, *_ = corrected
    said, cells = LINES[language]
    with opened(browser, base, pinned(language), 640) as watched:
        page = watched.page
        summary = page.locator("details.since > summary")
        assert " ".join(summary.inner_text().split()) == said
        assert not page.locator("table.changes").is_visible()
        for _ in range(5):
            page.keyboard.press("Tab")
            if summary.evaluate("summary => summary === document.activeElement"):
                break
        page.keyboard.press("Enter")
        assert page.locator("table.changes").is_visible()
        assert page.locator("table.changes tbody :is(th, td)").all_inner_texts() == cells
        assert "23.2%" in page.locator(".drawing.wide").inner_text() and "23.4%" not in page.locator(".drawing.wide").inner_text()
        assert (watched.errors, watched.strangers) == ([], [])


@pytest.mark.parametrize("width", [320, 360, 480, 640, 744])
@pytest.mark.parametrize("language", LINES)
def test_a_correction_makes_no_pinned_embed_taller_than_its_frame(browser, corrected, language, width):
    base, _, checked = corrected
    for chart, changed in ((CHART, True), ("hk-firms", False)):
        drawing = checked.pins["first", chart, language]
        content = embed.Content(*_words(checked, drawing), *((one.width, one.height) for one in (drawing.wide, drawing.narrow)), foot=embed.DATED)
        with opened(browser, base, pinned(language, chart), width) as watched:
            tall = watched.page.evaluate("document.documentElement.getBoundingClientRect().height")
            assert (watched.page.locator("details.since").count() == 1) == changed
        assert -1 <= embed.height(content, width) - tall <= 24


def _words(checked, drawing):
    """Headline, subtitle, note and source as the embed shows them."""
    voice, words, language = checked.voices[drawing.language], checked.project.words, drawing.language
    title, subtitle = drawing.chart.title[language], drawing.chart.subtitle[language]
    note = f"{words['note'][language]} {drawing.chart.note[language]}" if drawing.chart.note else ""
    titles = (checked.project.releases["first"].sources[id][language] for id in drawing.sources)
    source = f"{words['source'][language]} {words['source-join'][language].join(titles)}"
    return tuple(map(voice.plain, (title, subtitle, note, source)))


def test_a_pinned_chart_comes_alive_with_its_own_figures(browser, corrected):
    base, *_ = corrected
    with opened(browser, base, pinned("en"), 744) as watched:
        enliven(watched.page)
        texts = watched.page.locator(".chart-live .annotation-text").all_text_contents()
        assert "23.2%" in texts and "23.4%" not in texts
        assert watched.errors == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", [pinned("zh"), pinned("en"), "/embed/timeline/zh/index.html", f"/en/charts/{CHART}/index.html", "/zh/charts/timeline/index.html"])
def test_axe_finds_nothing(browser, corrected, path, scheme):
    base, *_ = corrected
    with opened(browser, base, path, color_scheme=scheme) as watched:
        for details in watched.page.locator("details.since").all():
            details.locator("summary").click()
        assert accessibility.violations(watched.page) == []
        assert accessibility.pale(watched.page) == []


def test_the_pages_are_valid(corrected):
    _, folder, _ = corrected
    paths = [pinned("zh"), "/embed/timeline/en/index.html", "/embed/timeline/en/@first/index.html", f"/en/charts/{CHART}/index.html", "/zh/charts/timeline/index.html", "/zh/charts/index.html"]
    assert validity.complaints(folder / path.lstrip("/") for path in paths) == []


@pytest.fixture(scope="module")
def street(browser, corrected, tmp_path_factory):
    """Other people's pages, on a port of their own."""
    folder = tmp_path_factory.mktemp("articles")
    with serving(folder) as base:
        yield Street(browser, corrected[0], base, folder)


RUNGS = ("embed-script", "embed-styles", "embed-frame", "embed-figure", "embed-both", "embed-pinned")


@pytest.mark.parametrize("rung", RUNGS)
@pytest.mark.parametrize("language", LINES)
def test_each_snippet_of_a_chart_shows_it_whole_in_somebody_elses_page(street, language, rung):
    snippets = street.rungs("hk-firms", language)
    assert set(snippets) - {""} == set(RUNGS)  # the quotation’s have no name
    with street.host("plain", snippets[rung], width=760) as host:
        if rung == "embed-figure":
            host.page.wait_for_function("document.querySelector('img').naturalWidth > 0")
            look = host.page.locator("img").bounding_box()
            natural = host.page.evaluate("(({ naturalWidth, naturalHeight }) => naturalHeight / naturalWidth)(document.querySelector('img'))")
            assert look["width"] > 600 and abs(look["height"] - look["width"] * natural) <= 1
            assert "/@first/" in host.page.locator("img").get_attribute("src")
            caption = host.page.locator("figcaption strong").inner_text()
            host.page.locator("figcaption a").click()
            host.page.wait_for_url("**/@first/**")
            assert host.page.locator("h1").inner_text() == caption
        else:
            host.settled((0, 400) if rung == "embed-frame" else (0, 24 + embed.DATED))
            assert host.page.frames[1].locator(".drawing.wide").is_visible()
            assert ("@first" in host.page.frames[1].url) == (rung == "embed-pinned")


def test_with_other_figures_the_picture_is_todays(street):
    assert "/@first/" not in street.rungs(CHART, "en")["embed-figure"]
