"""A served site in a real Chromium: pages follow their files, and what is wrong lies over them until it is mended."""

from __future__ import annotations

import contextlib
import re
import signal
import time

import pytest

from .browser import opened
from .served import Served, copied, served

TABLE = "data/tables/solids.yaml"
CUBE = "cells: {faces: 6, edges: 12, vertices: 8, sides: 4, meeting: 3}"
OTHER = "cells: {faces: 7, edges: 13, vertices: 8, sides: 4, meeting: 3}"
STORY, CHART, LEDGER, EMBED = "/fr/stories/euler/", "/fr/charts/duals/", "/fr/claims/", "/embed/duals/fr/"


@pytest.fixture
def site(tmp_path):
    with served(copied(tmp_path)) as found:
        yield found


@contextlib.contextmanager
def looking(browser, site, path, **context):
    """A page that has connected and bears a mark, which a reload would lose."""
    with opened(browser, site.base, path, **context) as watched:
        watched.page.wait_for_function("document.querySelector('tally-serve')?.shadowRoot.querySelector('.badge').hidden === false")
        watched.page.evaluate("window.marker = true")
        yield watched
        assert watched.strangers == [] and watched.errors == []


def stayed(page):
    return page.evaluate("window.marker === true")


def said(site, line):
    """Wait until the server has said a line: it comes another way than what it tells its pages."""
    for _ in range(200):
        if line in site.warned:
            return
        time.sleep(0.05)
    raise AssertionError(f"not said: {line}; but {site.warned}")


def overlay(page):
    return page.locator("tally-serve .problems")


def test_sentence_chart_ledger_and_embed_follow_a_figure_without_a_reload(browser, site):
    with (looking(browser, site, STORY) as story, looking(browser, site, CHART) as chart,
          looking(browser, site, "/fr/data/") as data, looking(browser, site, EMBED) as embed):
        drawings = {one: one.page.locator(".chart-frame .drawing.wide svg").inner_html() for one in (story, chart, embed)}
        site.edit(TABLE, CUBE, OTHER)
        story.page.get_by_text("Le cube a 7 faces, 8 sommets et 13 arêtes").wait_for()
        data.page.locator("td[id='solids.cube.faces']", has_text="7 faces").wait_for()
        for one, before in drawings.items():
            one.page.wait_for_function("(before) => document.querySelector('.chart-frame .drawing.wide svg').innerHTML !== before", arg=before)
            assert "7 faces" in one.page.locator(".chart-frame .drawing.wide svg").inner_html() or ">7<" in one.page.locator(".chart-frame .drawing.wide svg").inner_html()
        assert all(stayed(one.page) for one in (story, chart, data, embed))


def test_the_ledger_follows(browser, site):
    with looking(browser, site, LEDGER) as ledger:
        site.edit("data/figures/euclid.yaml", "value: 360", "value: 400")
        ledger.page.get_by_text("moins de 400°").first.wait_for()
        assert stayed(ledger.page)


def test_place_open_tables_and_focus_are_kept(browser, site):
    with looking(browser, site, STORY) as watched:
        page = watched.page
        page.locator("details.chart-table summary").click()
        link = page.locator(".colophon a").last
        link.focus()
        page.evaluate("scrollTo(0, 700)")
        place = page.evaluate("scrollY")
        assert place > 300
        site.edit(TABLE, CUBE, OTHER)
        page.get_by_text("Le cube a 7 faces").wait_for()
        assert page.evaluate("scrollY") == place
        assert page.locator("details.chart-table").get_attribute("open") is not None
        assert link.evaluate("(link) => link === document.activeElement")
        assert page.locator("details.chart-table td", has_text="7").count() >= 1


@pytest.mark.parametrize("path", [STORY, EMBED])
def test_a_live_chart_that_changes_is_live_again_and_another_stays_as_it_is(browser, site, path):
    with looking(browser, site, path) as watched:
        page = watched.page
        page.locator(".chart-frame").first.hover()
        page.wait_for_selector(".chart-picture.live .main-svg")
        page.evaluate("window.canvas = document.querySelector('.chart-live')")
        site.edit("data/figures/euclid.yaml", "label: {fr: Rédaction", "label: {fr: Composition")
        page.locator("body").evaluate("() => new Promise((done) => setTimeout(done, 100))")
        site.edit("content/stories/euler/fr.md", "## Les arêtes", "## Des arêtes")
        if path == STORY:
            page.get_by_text("Des arêtes").first.wait_for()
        assert page.evaluate("window.canvas.isConnected")
        values = "() => JSON.stringify(document.querySelector('.chart-live')?.data?.map(({ customdata, x }) => [customdata, x]) ?? null)"
        before = page.evaluate(values)
        site.edit(TABLE, CUBE, OTHER)
        page.wait_for_function(f"(before) => {{ const now = ({values})(); return now !== 'null' && now !== before && document.querySelector('.chart-picture.live .main-svg'); }}", arg=before)
        assert not page.evaluate("window.canvas.isConnected") and page.locator(".chart-live").count() == 1
        assert stayed(page)


def test_a_chart_that_was_not_alive_comes_alive_after_it_has_changed(browser, site):
    with looking(browser, site, STORY) as watched:
        site.edit(TABLE, CUBE, OTHER)
        watched.page.get_by_text("Le cube a 7 faces").wait_for()
        assert watched.page.locator(".chart-live").count() == 0
        watched.page.locator(".chart-frame").first.hover()
        watched.page.wait_for_selector(".chart-picture.live .main-svg")
        assert stayed(watched.page)


def test_paragraphs_come_and_go_and_cards_still_open(browser, site):
    with looking(browser, site, STORY) as watched:
        page = watched.page
        for language, words in (("fr", "Un de plus : {{ euclid.count }}."), ("de", "Einer mehr: {{ euclid.count }}.")):
            site.edit(f"content/stories/euler/{language}.md", "\n::chart duals", f"\n{words}\n\n::chart duals")
        page.get_by_text("Un de plus").wait_for()
        page.locator("p", has_text="Un de plus").locator(".opener").click()
        page.locator("[id='card-euclid.count']:popover-open").wait_for()
        for language, words in (("fr", "Un de plus : {{ euclid.count }}."), ("de", "Einer mehr: {{ euclid.count }}.")):
            site.edit(f"content/stories/euler/{language}.md", f"\n{words}\n\n", "\n")
        page.get_by_text("Un de plus").wait_for(state="detached")
        assert stayed(page)


def test_a_readers_colours_are_kept(browser, site):
    with looking(browser, site, STORY) as watched:
        page = watched.page
        page.evaluate("localStorage.setItem('tally-theme', 'dark'); tally.theme('dark')")
        site.edit(TABLE, CUBE, OTHER)
        page.get_by_text("Le cube a 7 faces").wait_for()
        assert page.evaluate("[document.documentElement.dataset.theme, document.querySelector('[name=color-scheme]').content]") == ["dark", "dark"]
        assert page.evaluate("[...document.querySelectorAll('[name=theme-color]')].map(({ media }) => media)") == ["not all", "all"]


def test_what_is_wrong_lies_over_the_page_with_its_lines_until_it_is_mended(browser, site):
    with looking(browser, site, STORY) as watched:
        page = watched.page
        site.edit("data/figures/euclid.yaml", "value: 360", "value: many")
        site.edit("data/units.yaml", "factor: 12", "facter: 12")
        overlay(page).get_by_text("2 problems").wait_for()
        first, second = overlay(page).locator("li").all()
        text = (site.root / "data/figures/euclid.yaml").read_text("utf-8").split("\n")
        line = next(number for number, one in enumerate(text, 1) if "many" in one)
        assert first.locator(".where").inner_text().startswith(f"data/figures/euclid.yaml:{line}:12")
        assert "'many' is no figure" in first.locator(".wrong").inner_text()
        assert first.locator(".mend").inner_text() == "write digits and a point only, as in 16297.60"
        assert first.locator("mark").inner_text().split() == [str(line), "value:", "many"]
        shown = [one.text_content() for one in first.locator(".line").all()]
        assert shown == [f"{number:>5}  {text[number - 1]}" for number in range(line - 3, line + 4)]
        caret, mark = first.locator(".caret b").bounding_box(), first.locator("mark").bounding_box()
        assert abs(caret["y"] - mark["y"] - mark["height"]) < 4
        assert caret["x"] == pytest.approx(mark["x"] + caret["width"] * len(f"{line:>5}      value: "), abs=2)
        assert second.locator(".mend").inner_text() == "did you mean factor?"
        assert "Le cube a 6 faces" in page.locator("main").inner_text()
        said(site, "2 problems; the last good site stays")
        site.edit("data/units.yaml", "facter: 12", "factor: 12")
        overlay(page).get_by_text("One problem").wait_for()
        site.edit("data/figures/euclid.yaml", "value: many", "value: 360")
        overlay(page).wait_for(state="hidden")
        assert stayed(page)


def test_the_overlay_may_be_put_away_and_a_page_opened_meanwhile_has_it_too(browser, site):
    with looking(browser, site, STORY) as watched:
        site.edit("data/units.yaml", "factor: 12", "facter: 12")
        overlay(watched.page).wait_for()
        watched.page.keyboard.press("Escape")
        overlay(watched.page).wait_for(state="hidden")
        with looking(browser, site, "/de/") as other:
            overlay(other.page).wait_for()
            site.edit("data/units.yaml", "facter: 12", "factor: 12")
            overlay(other.page).wait_for(state="hidden")


def test_markup_in_a_message_is_text(browser, site):
    with looking(browser, site, STORY) as watched:
        site.edit("data/figures/euclid.yaml", "value: 360", "value: <img src=x onerror=alert(1)>")
        overlay(watched.page).wait_for()
        assert overlay(watched.page).locator("img").count() == 0
        assert "<img src=x" in overlay(watched.page).locator("mark").inner_text()


@pytest.mark.parametrize("path, figure, wanted", [
    (STORY, "p .figure:has-text('6 faces')", ("data/tables/solids.yaml", "cells: {faces: 6,")),
    (STORY, "li .figure:has-text('1482')", ("data/figures/euclid.yaml", "printed:")),
    ("/fr-de/stories/euler/", "[lang=de] p .figure:has-text('6 Flächen')", ("data/tables/solids.yaml", "cells: {faces: 6,")),
    ("/fr/data/", "td[id='solids.cube.euler']", ("data/tables/solids.yaml", "formula: row.faces")),
    (CHART, "td a.figure", ("data/tables/solids.yaml", "cells: {faces: 6,"))])
def test_a_figure_that_is_pointed_at_tells_its_file_and_line(browser, site, path, figure, wanted):
    with looking(browser, site, path) as watched:
        page = watched.page
        page.locator(figure).first.hover()
        label = page.locator("tally-serve .place")
        label.wait_for()
        file, _, line = label.inner_text().rpartition(":")
        assert file == wanted[0]
        assert (site.root / file).read_text("utf-8").splitlines()[int(line) - 1].strip().startswith(wanted[1])
        page.mouse.move(5, 5)
        label.wait_for(state="hidden")


def test_the_badge_leads_to_what_the_last_change_touched(browser, site):
    with looking(browser, site, STORY) as watched:
        page = watched.page
        badge = page.locator("tally-serve .badge")
        assert badge.inner_text() == "Changes"
        site.edit(TABLE, CUBE, OTHER)
        page.wait_for_function("() => /^\\d+ pages changed$/.test(document.querySelector('tally-serve').shadowRoot.querySelector('.badge').textContent)")
        with looking(browser, site, badge.get_attribute("href")) as changes:
            row = changes.page.locator("tr", has_text="solids.cube.faces")
            assert re.search(r"6 faces\s+7 faces\s+data/tables/solids.yaml:\d+", row.inner_text())
            site.edit(TABLE, OTHER, CUBE)
            changes.page.wait_for_function("() => /7 faces\\s+6 faces/.test(document.body.innerText)")
            assert stayed(changes.page)


def test_style_sheets_follow_in_place_and_scripts_with_a_reload(browser, site):
    with looking(browser, site, STORY) as watched:
        page = watched.page
        own = site.root / "templates" / "assets"
        own.mkdir()
        (own / "style.css").write_text("body { border-top: 7px solid; }", "utf-8")
        page.wait_for_function("getComputedStyle(document.body).borderTopWidth === '7px'")
        assert stayed(page)
        (own / "tally.js").write_text("window.another = true;", "utf-8")
        page.wait_for_function("window.another")


def test_a_page_that_goes_and_comes_is_followed(browser, site):
    with looking(browser, site, "/fr/charts/angles/") as watched:
        page, file = watched.page, site.root / "data/charts/angles.yaml"
        text, claims = file.read_text("utf-8"), (site.root / "data/claims/book.yaml").read_text("utf-8")
        (site.root / "data/claims/book.yaml").write_text(claims.replace("    chart: angles\n", ""), "utf-8")
        file.unlink()
        page.wait_for_function("!document.querySelector('.chart-frame')")
        file.write_text(text, "utf-8")
        page.locator(".chart-frame").wait_for()
        watched.errors[:] = [error for error in watched.errors if not re.search("404|MIME type", error)]  # of the page that was not there


def test_a_page_that_was_opened_before_there_was_a_site_follows_by_itself(browser, tmp_path):
    root = copied(tmp_path)
    units = root / "data/units.yaml"
    text = units.read_text("utf-8")
    units.write_text(text.replace("factor: 12", "facter: 12"), "utf-8")
    with served(root) as site, opened(browser, site.base, STORY) as watched:
        overlay(watched.page).get_by_text("did you mean factor?").wait_for()
        units.write_text(text, "utf-8")
        watched.page.get_by_text("Le cube a 6 faces").wait_for()
        watched.page.locator(".chart-frame").first.hover()
        watched.page.wait_for_selector(".chart-picture.live .main-svg")


def test_a_server_that_stops_and_comes_again_is_found_by_its_pages(browser, site):
    with looking(browser, site, STORY) as watched:
        assert site.stop(signal.SIGINT) == 0
        watched.page.wait_for_function("document.querySelector('tally-serve').shadowRoot.querySelector('.badge').textContent === 'Not connected'")
        site.edit(TABLE, CUBE, OTHER)
        again = Served(site.root, site.port)
        try:
            watched.page.get_by_text("Le cube a 7 faces").wait_for()
            assert stayed(watched.page)
        finally:
            again.close()
        watched.errors.clear()  # it was asked for in vain


def test_a_browser_that_goes_away_and_many_that_come_hold_up_nobody(browser, site):
    with contextlib.ExitStack() as stack:
        pages = [stack.enter_context(looking(browser, site, STORY)) for _ in range(9)]
        with looking(browser, site, STORY) as gone:
            gone.page.close()
        context = pages[0].page.context  # all of one browser, beyond the six connections that a host is given
        more = [context.new_page() for _ in range(8)]
        for page in more:
            page.goto(site.base + STORY)
        site.edit(TABLE, CUBE, OTHER)
        for page in [*(one.page for one in pages), *more]:
            page.get_by_text("Le cube a 7 faces").wait_for()
    assert site.warned == []
