"""Every page by day and by lamp: axe finds nothing wrong, no word is pale, no level of headings is left out.

As the pages come, and again with a chart gone live, a card, a table and a note opened.
"""

from __future__ import annotations

from itertools import pairwise

import pytest

from .accessibility import COLOUR, faults, pale, ready, violations
from .browser import enliven, opened, pages

LANGUAGES = ("zh", "en")
SCHEMES = ("light", "dark")
PARTS = 6
WIDE, NARROW = ({"width": width, "height": 900} for width in (1280, 390))


LEVELS = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter((heading) =>
  heading.checkVisibility()).map((heading) => Number(heading.localName[1]))"""


@pytest.mark.parametrize("part", range(PARTS))
def test_nothing_is_wrong_with_any_page_in_either_theme(browser, published, part):
    base, folder = published
    with opened(browser, base, "/index.html") as watched:
        page = watched.page
        ready(page)
        for path in pages(folder)[part::PARTS]:
            page.set_viewport_size(WIDE)
            page.goto(base + path)
            assert (page.url, faults(page)) == (base + path, {})
            levels = page.evaluate(LEVELS)
            assert levels[0] == 1 and (levels.count(1) == 1 or path == "/404.html"), path
            assert all(below <= above + 1 for above, below in pairwise(levels)), f"{path}: {levels}"
            page.set_viewport_size(NARROW)
            assert pale(page) == [], path


def forms(paper):
    """One chart of each form."""
    return {chart.form: id for id, chart in paper.project.charts.items()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wrong_with_a_live_chart_of_any_form(browser, published, paper, language):
    base, _ = published
    with opened(browser, base, "/index.html") as watched:
        ready(watched.page)
        for form, id in forms(paper).items():
            watched.page.emulate_media(color_scheme="light")
            watched.page.goto(f"{base}/{language}/charts/{id}/index.html")
            enliven(watched.page)
            assert faults(watched.page) == {}, form
        assert len(forms(paper)) >= 7 and watched.errors == []


def alive(page):
    """Every chart on the page, live."""
    frames = page.locator(".chart-frame")
    for frame in frames.all():
        frame.hover()
    page.wait_for_function(f"document.querySelectorAll('.chart-picture.live:has(.main-svg)').length === {frames.count()}")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("path", [
    "/zh/index.html", "/en/stories/targets/index.html", "/zh-en/stories/floors/index.html", "/embed/vacancy/zh/index.html", "/embed/vacancy/en/index.html"])
def test_nothing_is_wrong_with_any_kind_of_page_whose_charts_went_live(browser, published, path, scheme):
    base, _ = published
    with opened(browser, base, path, color_scheme=scheme) as watched:
        alive(watched.page)
        assert violations(watched.page) + pale(watched.page) == [] == watched.errors


def card(page):
    page.locator(".prose .figure .opener").first.click()
    page.locator(".card:popover-open").wait_for()


def table(page):
    page.locator(".chart-table summary").first.click()
    page.locator(".chart-table .table-frame").first.wait_for()


def note(page):
    page.set_viewport_size(NARROW)
    page.locator(".note-mark").first.click()
    page.locator(".note").first.wait_for()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wrong_with_what_a_reader_opens(browser, published, language):
    base, _ = published
    with opened(browser, base, "/index.html") as watched:
        ready(watched.page)
        for step in (card, table, note):
            watched.page.goto(f"{base}/{language}/stories/floors/index.html")
            step(watched.page)
            assert faults(watched.page) == {}, step.__name__


@pytest.mark.parametrize("level", [1, 3])
def test_a_heading_is_called_by_its_words_and_not_by_its_buttons(browser, published, level):
    base, _ = published
    path = {1: "/en/stories/floors/index.html", 3: "/en/claims/index.html"}[level]
    with opened(browser, base, path) as watched:
        heading = watched.page.locator(f"h{level}", has=watched.page.locator("button")).first
        words = heading.evaluate("heading => heading.textContent.replaceAll('\u2060', '').replaceAll('\u00a0', ' ')")
        tree = heading.aria_snapshot()
        assert f'heading "{words}"' in tree and 'button "' in tree


SAMPLE = """<body style="background: #fff"><p style="color: #999">too pale</p><p style="color: #666">well enough</p>
<p style="color: #666; opacity: .7">faded</p><div style="background: #333"><b style="color: #666">on a dark ground</b></div>
<p hidden style="color: #999">not shown</p>
<svg width="300" height="60"><rect width="150" height="40" fill="#357"/><text x="5" y="20" fill="#fff">on a bar</text>
<text x="160" y="20" fill="#fff">beside a bar</text><text x="100" y="20" fill="#fff">half beside the bar</text>
<path d="M0 50H150" stroke="#357" stroke-width="16"/><text x="5" y="54" fill="#357">on a stroke</text>
<text x="5" y="32" fill="#222">under a bar's shade</text><rect width="150" height="40" fill="none"/></svg>"""


def test_a_pale_word_is_found_and_only_that(browser):
    page = browser.new_page()
    page.set_content(SAMPLE)
    found = [words.rpartition(": ")[0] for words in pale(page)]
    page.close()
    assert found == ["beside a bar", "faded", "half beside the bar", "on a dark ground", "on a stroke", "too pale", "under a bar's shade"]


def test_axe_would_find_something(browser):
    page = browser.new_page()
    page.set_content("<html lang=en><title>A</title><main><h1>A</h1><img src='data:,'><p style='color: #aaa'>Grey</p></main>")
    assert [line.partition(":")[0] for line in violations(page)] == ["color-contrast", "image-alt"]
    assert [line.partition(":")[0] for line in violations(page, COLOUR)] == ["color-contrast"]
    page.close()


NIGHT = """<html lang=en><title>A</title><style>@media (prefers-color-scheme: dark) {{ {} }}</style><main><h1>A</h1><p>Words</p></main>"""


def test_what_is_wrong_by_lamp_alone_is_found(browser):
    page = browser.new_page()
    page.set_content(NIGHT.format("p { color: #bbb }"))
    assert {scheme: [line.partition(":")[0] for line in wrong] for scheme, wrong in faults(page).items()} == {"dark": ["color-contrast", "Words"]}
    page.set_content(NIGHT.format("p { display: none }"))
    with pytest.raises(AssertionError, match="only colours"):
        faults(page)
    page.close()
