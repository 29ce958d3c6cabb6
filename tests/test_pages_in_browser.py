"""Every page of the published site in a real Chromium, from the disk, from a host, in either language."""

from __future__ import annotations

import re

import pytest

from .browser import enliven, opened, pages, serving

LANGUAGES = ("zh", "en")
WIDTHS = (360, 768, 1440)
WIDE = "(width) => innerWidth === width && document.documentElement.scrollWidth"


@pytest.mark.parametrize("part", range(4))
def test_a_page_opens_without_errors_strangers_or_sideways_scroll(browser, published, part):
    base, folder = published
    with opened(browser, base, "/404.html") as watched:
        page = watched.page
        for path in pages(folder)[part::4]:
            page.set_viewport_size({"width": WIDTHS[0], "height": 900})
            page.goto(base + path)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 900})
                wide = page.wait_for_function(WIDE, arg=width).json_value()
                assert wide <= width, f"{path} scrolls sideways: {wide} > {width}"
            assert (watched.errors, watched.strangers, page.url) == ([], [], base + path), path


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


def test_the_front_counts_its_verdicts_on_the_first_screen(browser, published):
    base, _ = published
    for path in ("/zh/index.html", "/en/index.html"):
        with opened(browser, base, path, width=1280) as watched:
            box = watched.page.locator(".sum").bounding_box()
            assert box["y"] + box["height"] < 800, path
            words = watched.page.locator(".sum .verdict").all_inner_texts()
            assert len(words) > 1 and all(re.fullmatch(r"\D+\d+", text) for text in words), "each sign has its word"


@pytest.mark.parametrize("width", [390, 1280])
def test_a_story_shows_its_contents_beside_or_before_its_text(browser, published, width):
    base, _ = published
    with opened(browser, base, "/en/stories/density/index.html", width=width) as watched:
        contents, first = (watched.page.locator(part).first.bounding_box() for part in (".contents", ".prose > p"))
        assert contents["x"] >= first["x"] + first["width"] if width > 1000 else contents["y"] + contents["height"] <= first["y"]
        watched.page.locator(".contents a").last.click()
        assert watched.page.evaluate("document.querySelector(location.hash).tagName") == "H2"


@pytest.mark.parametrize("width", [360, 720, 768, 864, 1024])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_other_language_and_the_search_stand_beside_the_sites_name(browser, published, language, width):
    base, _ = published
    with opened(browser, base, f"/{language}/claims/index.html", width=width) as watched:
        name, search, other = (watched.page.locator(part).bounding_box() for part in (".wordmark", ".masthead .search-open", ".languages a"))
        assert all(abs(box["y"] + box["height"] / 2 - name["y"] - name["height"] / 2) < 2 for box in (search, other))
        assert name["x"] + name["width"] <= search["x"] + 1 and other["x"] + other["width"] <= width


@pytest.mark.parametrize("path", ["/zh/stories/people/index.html", "/en/stories/people/index.html", "/zh-en/stories/people/index.html"])
def test_the_frame_around_a_notes_number_is_not_broken_between_lines(browser, published, path):
    base, _ = published
    with opened(browser, base, path, width=390) as watched:
        for width in range(340, 440, 5):
            watched.page.set_viewport_size({"width": width, "height": 900})
            parts = watched.page.eval_on_selector_all(".note-mark", "marks => marks.map((mark) => mark.getClientRects().length)")
            assert len(parts) > 3 and set(parts) == {1}, width


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wide_table_fits_on_paper(browser, published, language):
    base, _ = published
    with opened(browser, base, f"/{language}/data/index.html", width=673) as watched:  # A4 between its margins
        watched.page.emulate_media(media="print")
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= 673


def test_on_paper_a_story_says_where_it_stands_and_how_to_cite_it(browser, published):
    base, _ = published
    with opened(browser, base, "/en/stories/floors/index.html") as watched:
        page = watched.page
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        assert page.locator(".address").inner_text() == page.url
        assert page.locator(".cite dd").first.is_visible()
        assert not page.locator(".byline a, .colophon a, .appearance").locator("visible=true").count()
        after = "(link) => getComputedStyle(link, '::after').content"
        link = page.locator(".chart-source a[data-address]").first
        assert link.get_attribute("data-address") in link.evaluate(after)


def test_previews_wider_than_the_column_are_not_shown(browser, published):
    base, _ = published
    for width, shown in ((390, [320]), (1280, [320, 480, 720])):
        with opened(browser, base, "/en/charts/vacancy/index.html", width=width) as watched:
            watched.page.locator(".embed-box > summary").click()
            watched.page.locator(".preview-widths iframe").first.wait_for()
            frames = watched.page.locator(".preview-widths iframe:visible")
            assert [int(frame.get_attribute("width")) for frame in frames.all()] == shown


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
        assert claims.count() == sum(verdict.outcome == "contradicts" for verdict in paper.verdicts.values())
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
