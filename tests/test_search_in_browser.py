"""Search as a reader meets it: asked for, by keyboard, in both languages, from a disk, not at all without scripts."""

from __future__ import annotations

import contextlib
import functools
import http.server
import re
import threading
from pathlib import Path

import pytest

from tally import site

from .accessibility import pale, violations
from .browser import opened
from .conftest import ROOT

STORY = "/{}/stories/floors/index.html"


@contextlib.contextmanager
def searching(browser, base, path, query=None, **context):
    """A page with its search open, and what it says of `query`."""
    with opened(browser, base, path, **context) as watched:
        watched.page.click(".search-open")
        if query is not None:
            watched.page.keyboard.insert_text(query)
            watched.page.wait_for_function("document.querySelector('#search [role=status]').textContent")
        yield watched
        assert (watched.errors, watched.strangers) == ([], [])


def titles(page):
    return [title.lower() for title in page.locator(".hits:visible .hit-title").all_inner_texts()]


def test_nothing_of_it_is_loaded_before_it_is_opened(browser, published):
    base, _ = published
    asked = []
    with opened(browser, base, STORY.format("zh")) as watched:
        watched.page.on("request", lambda request: asked.append(name) if (name := request.url.rpartition("/assets/")[2]).startswith("search") else None)
        watched.page.locator(".search-open").hover()
        watched.page.wait_for_timeout(300)
        assert asked == []
        watched.page.click(".search-open")
        watched.page.keyboard.type("空置率")
        watched.page.locator(".hits:visible a").first.wait_for()
        assert [name.split(".")[0] for name in asked] == ["search", "search/zh"]


@pytest.mark.parametrize(("language", "query"), [
    ("zh", "空置率"), ("en", "vacancy"), ("en", "VACAN"), ("en", "Ｖａｃａｎｃｙ"), ("en", "vácancy"), ("zh", "空置率 上海"), ("en", "shanghai vacancy")])
def test_a_word_is_found_and_marked(browser, published, language, query):
    base, _ = published
    with searching(browser, base, STORY.format(language), query) as watched:
        page = watched.page
        count = page.locator(".hits:visible a").count()
        assert count > 3 and str(count) in page.locator("#search [role=status]").inner_text()
        assert page.locator(".hits:visible").get_attribute("lang").startswith(language)
        marked = {text.lower() for text in page.locator(".hits:visible mark").all_inner_texts()}
        assert marked & {"空置率", "vacancy", "vacan"}


@pytest.mark.parametrize(("query", "found"), [("8274", "8,274"), ("8,274", "8,274"), ("28.9", "28.9")])
def test_a_figure_is_found_with_or_without_its_separators(browser, published, query, found):
    base, _ = published
    with searching(browser, base, STORY.format("zh"), query) as watched:
        assert found in watched.page.locator(".hits:visible mark").all_inner_texts()


def test_a_latin_word_matches_from_its_beginning_and_a_han_one_anywhere(browser, published):
    base, _ = published
    with searching(browser, base, STORY.format("en"), "acancy") as watched:
        assert watched.page.locator(".hits:visible").count() == 0
    with searching(browser, base, STORY.format("zh"), "置率") as watched:
        assert watched.page.locator(".hits:visible a").count() > 3


def test_titles_come_before_headings_and_these_before_texts(browser, published):
    base, _ = published
    with searching(browser, base, STORY.format("en"), "average") as watched:
        page = watched.page
        page.locator(".hits:visible a").first.wait_for()
        ranks = page.evaluate("""() => [...document.querySelectorAll(".hits:not([hidden]) a")].map((link) => {
          const kind = link.querySelector(".hit-kind").textContent;
          const titled = link.querySelector(".hit-title mark");
          return kind === "Figure" ? 0 : titled ? (kind.includes(" · ") ? 2 : 3) 
            : kind === "Claim" || kind.includes(" · ") ? 1 : null;
        }).filter((rank) => rank !== null)""")
        assert ranks == sorted(ranks, reverse=True) and set(ranks) == {0, 1, 2, 3}


@pytest.mark.parametrize(("language", "query", "chart"), [("en", "vacancy", "Office vacancy rate"), ("zh", "空置率", "空置率最高")])
def test_the_chart_of_what_is_asked_for_comes_early_and_figures_last(browser, published, language, query, chart):
    base, _ = published
    with searching(browser, base, STORY.format(language), query) as watched:
        page = watched.page
        page.locator(".hits:visible a").first.wait_for()
        texts = page.locator(".hits:visible a").all_inner_texts()
        kinds = [text.split(" ·")[0].split("\n")[0] for text in page.locator(".hits:visible .hit-kind").all_inner_texts()]
        figures = [kind in ("Figure", "數字") for kind in kinds]
        assert any(chart in text for text in texts[:5])
        assert figures == sorted(figures) and {False, True} == set(figures)


def test_a_figure_keeps_its_value_and_a_text_is_not_cut_inside_one(browser, published):
    base, _ = published
    with searching(browser, base, STORY.format("zh"), "空置率") as watched:
        page = watched.page
        page.locator(".hits:visible a").first.wait_for()
        texts = page.locator(".hits:visible .hit-text").all_inner_texts()
        kinds = page.locator(".hits:visible .hit-kind").all_inner_texts()
    figures = [text for text, kind in zip(texts, kinds, strict=True) if kind == "數字"]
    assert figures and not any("…" in text for text in figures)
    cut = [text for text in texts if "…" in text]
    assert cut and not any(re.match("…[%家人年月億萬. ]", text) or re.search("[0-9] ?…$", text) for text in cut)


def test_a_word_finds_another_with_its_beginning_where_there_is_none_of_its_own(browser, published):
    base, _ = published
    with searching(browser, base, STORY.format("en"), "vacant") as watched:
        page = watched.page
        page.locator(".hits:visible a").first.wait_for()
        assert {"vacan"} == {text.lower() for text in page.locator(".hits:visible mark").all_inner_texts()}


@pytest.mark.parametrize(("query", "said"), [("vacancy", r"\d\d results"), ("28.9", r"\d+ results?")])
def test_how_many_there_are_reads_as_english(browser, published, query, said):
    base, _ = published
    with searching(browser, base, STORY.format("en"), query) as watched:
        assert re.match(said, watched.page.locator("#search [role=status]").inner_text())


@pytest.mark.parametrize(("here", "there", "query"), [("zh", "en", "vacancy"), ("en", "zh", "空置率")])
def test_what_this_language_lacks_is_found_in_the_other(browser, published, here, there, query):
    base, _ = published
    with searching(browser, base, STORY.format(here), query) as watched:
        page = watched.page
        group = page.locator(".hits:visible")
        assert group.count() == 1 and group.get_attribute("lang").startswith(there)
        assert group.locator("h2").is_visible() and query in page.locator("#search [role=status]").inner_text()
        group.locator("a").first.click()
        page.wait_for_url(f"**/{there}/**")


@pytest.mark.parametrize(("language", "said"), [("zh", "找不到「qqqq」"), ("en", "Nothing found for “qqqq”")])
def test_an_empty_result_says_so(browser, published, language, said):
    base, _ = published
    with searching(browser, base, STORY.format(language), "qqqq") as watched:
        watched.page.get_by_text(said).wait_for()
        assert watched.page.locator(".hits:visible").count() == 0


@pytest.mark.parametrize("language", ["zh", "en"])
def test_by_keyboard_alone(browser, published, language):
    base, _ = published
    with opened(browser, base, STORY.format(language)) as watched:
        page, keyboard = watched.page, watched.page.keyboard
        for _ in range(12):
            keyboard.press("Tab")
            if page.evaluate("document.activeElement.className") == "search-open":
                break
        keyboard.press("Enter")
        keyboard.type("2023")
        page.locator(".hits:visible a").nth(2).wait_for()
        focused = "document.activeElement.tagName + [...document.querySelectorAll('.hits a')].indexOf(document.activeElement)"
        for key, place in [("ArrowDown", "A0"), ("ArrowDown", "A1"), ("ArrowUp", "A0"), ("ArrowUp", "INPUT-1"), ("Enter", "A0"), ("Tab", "A1")]:
            keyboard.press(key)
            page.wait_for_function(f"{focused} === '{place}'")
        keyboard.press("Escape")
        assert not page.locator("#search").is_visible()
        assert page.evaluate("document.activeElement.className") == "search-open"
        keyboard.press("Enter")
        keyboard.press("ArrowDown")
        address = page.wait_for_function("document.activeElement.href").json_value()
        keyboard.press("Enter")
        page.wait_for_url(address)
        assert watched.errors == []


def test_a_reader_who_is_faster_than_the_search_keeps_the_place(browser, published):
    base, _ = published
    with searching(browser, base, STORY.format("en"), "20") as watched:
        page, keyboard = watched.page, watched.page.keyboard
        page.locator(".hits:visible a").first.wait_for()
        keyboard.type("23")
        keyboard.press("ArrowDown")
        page.wait_for_function("document.activeElement.tagName === 'A'")
        chosen = page.evaluate("document.activeElement.href")
        page.wait_for_timeout(400)
        assert page.evaluate("document.activeElement.href") == chosen == page.evaluate("document.querySelector('.hits a').href")


def test_the_arrows_choose_characters_while_they_are_composed(browser, published):
    base, _ = published
    with searching(browser, base, STORY.format("zh"), "前海") as watched:
        watched.page.locator(".hits:visible a").first.wait_for()
        watched.page.evaluate("""document.activeElement.dispatchEvent(new KeyboardEvent("keydown",
          { key: "ArrowDown", isComposing: true, bubbles: true }))""")
        assert watched.page.evaluate("document.activeElement.tagName") == "INPUT"


def test_a_hit_on_the_same_page_closes_the_search_and_shows_the_place(browser, published):
    base, _ = published
    with searching(browser, base, STORY.format("zh"), "門後有沒有人") as watched:
        watched.page.locator(".hits:visible a").first.click()
        watched.page.wait_for_url("**#doors")
        assert not watched.page.locator("#search").is_visible()
        watched.page.wait_for_function("document.getElementById('doors').getBoundingClientRect().top < innerHeight")


@pytest.mark.parametrize(("language", "query"), [("zh", "空置率"), ("en", "vacancy"), ("zh", "vacancy")])
def test_it_reads_from_the_disk(browser, published, language, query):
    _, folder = published
    with searching(browser, "file://", f"{folder}/{language}/charts/vacancy/index.html", query) as watched:
        hit = watched.page.locator(".hits:visible a").first
        address = hit.evaluate("link => link.href")
        hit.click()
        watched.page.wait_for_url(lambda url: url == address)
        assert watched.page.locator("h1").inner_text()


class Host(http.server.SimpleHTTPRequestHandler):
    """A host that keeps a site in /deep/ and answers with its 404.html where it has no page."""

    def log_message(self, *_):
        pass

    def send_error(self, code, message=None, explain=None):
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(Path(self.directory, "deep/404.html").read_bytes())


@pytest.fixture(scope="module")
def host(tmp_path_factory):
    folder = tmp_path_factory.mktemp("host")
    site.build(ROOT, ROOT, folder / "deep", base_url="https://tally.example/deep", pictures=False)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Host, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("asked", "query", "there"), [
    ("/deep/zh/no/such/page", "空置率", "zh"), ("/deep/en/stories/gone/index.html", "vacancy", "en"), ("/deep/nowhere", "門後有沒有人", "zh")])
def test_it_works_from_an_address_where_there_is_no_page(browser, host, asked, query, there):
    with opened(browser, host, "/deep/zh/index.html") as watched:
        page = watched.page
        assert page.goto(host + asked).status == 404
        page.click(".search-open")
        page.keyboard.insert_text(query)
        hit = page.locator(".hits:visible a").first
        hit.wait_for()
        assert page.locator(".hits:visible").get_attribute("lang").startswith(there)
        with page.expect_navigation() as found:
            hit.click()
        assert found.value.ok and page.url.startswith(f"{host}/deep/{there}/") and page.locator("h1").inner_text()
        assert watched.strangers == []


def test_every_hit_leads_to_a_page_that_is_there(browser, published):
    base, folder = published
    with searching(browser, base, "/zh-en/stories/people/index.html", "2025") as watched:
        addresses = watched.page.eval_on_selector_all(".hits a", "links => links.map(link => link.href)")
    assert addresses
    for address in addresses:
        path, _, place = address.removeprefix(base).partition("#")
        assert not place or f'id="{place}"' in (folder / path.lstrip("/")).read_text("utf-8"), address


def test_a_failure_is_told_and_the_next_try_may_do_better(browser, published):
    base, _ = published
    with opened(browser, base, STORY.format("en")) as watched:
        page = watched.page
        page.route("**/assets/search.*.js", lambda route: route.abort())
        page.click(".search-open")
        page.get_by_text("could not be loaded").wait_for()
        page.keyboard.press("Escape")
        page.unroute("**/assets/search.*.js")
        page.click(".search-open")
        page.keyboard.type("vacancy")
        page.locator(".hits:visible a").first.wait_for()


def test_without_scripts_there_is_no_search(browser, published):
    base, _ = published
    with opened(browser, base, STORY.format("zh"), java_script_enabled=False) as watched:
        assert not watched.page.locator(".search-open").is_visible()
        assert not watched.page.locator("#search").is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("language", "query"), [("zh", "vacancy"), ("en", "vacancy")])
def test_nothing_is_wrong_with_it_when_it_is_open(browser, published, language, query, scheme):
    base, _ = published
    with searching(browser, base, STORY.format(language), query, color_scheme=scheme) as watched:
        watched.page.locator(".hits:visible a").first.wait_for()
        assert violations(watched.page) + pale(watched.page) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_it_fits_the_screen_and_fingers(browser, published, width):
    base, _ = published
    with searching(browser, base, STORY.format("en"), "vacancy", width=width) as watched:
        page = watched.page
        page.locator(".hits:visible a").first.wait_for()
        wide = page.evaluate("[document.querySelector('#search').scrollWidth - document.querySelector('#search').clientWidth, document.documentElement.scrollWidth - innerWidth]")
        assert max(wide) <= 0
        for one in page.locator(".search-close, .search input, .hits:visible a").all():
            assert one.bounding_box()["height"] >= 44
    with opened(browser, base, STORY.format("en"), width=width) as watched:
        box = watched.page.locator(".search-open").bounding_box()
        assert min(box["width"], box["height"]) >= 44
