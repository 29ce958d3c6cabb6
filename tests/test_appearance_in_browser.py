"""Light, dark or the system's: chosen in the footer, remembered, on before the first paint; and sharing a page."""

from __future__ import annotations

import pytest

from tally import theme

from .browser import opened

STORY = "/{}/stories/floors/index.html"
LIGHT, DARK = theme.PALETTE["paper"], theme.DARK["paper"]


def rgb(colour):
    return f"rgb({int(colour[1:3], 16)}, {int(colour[3:5], 16)}, {int(colour[5:], 16)})"


def ground(page):
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


def told(page):
    """The colour that the browser's own frame is told to take."""
    return page.evaluate("""[...document.querySelectorAll("[name=theme-color]")].filter((one) => matchMedia(one.media).matches).map((one) => one.content)""")


@pytest.mark.parametrize("system", ["light", "dark"])
@pytest.mark.parametrize(("choice", "colour"), [("light", LIGHT), ("dark", DARK)])
def test_a_choice_holds_on_every_page_whatever_the_system_says(browser, published, system, choice, colour):
    base, _ = published
    with opened(browser, base, STORY.format("zh"), color_scheme=system) as watched:
        page = watched.page
        assert ground(page) == rgb({"light": LIGHT, "dark": DARK}[system])
        page.check(f"[name=theme][value={choice}]", force=True)
        for path in (None, "/en/charts/vacancy/index.html", "/zh-en/stories/floors/index.html", "/404.html", "/index.html"):
            if path:
                page.goto(base + path)
            assert (ground(page), told(page)) == (rgb(colour), [colour]), path
            assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == choice
            if "index.html" in (path or "") and path != "/index.html":
                assert page.locator("[name=theme]:checked").get_attribute("value") == choice


def test_auto_follows_the_system_again(browser, published):
    base, _ = published
    with opened(browser, base, STORY.format("en"), color_scheme="light") as watched:
        page = watched.page
        page.check("[name=theme][value=dark]", force=True)
        page.check("[name=theme][value='']", force=True)
        assert (ground(page), told(page)) == (rgb(LIGHT), [LIGHT])
        page.emulate_media(color_scheme="dark")
        assert (ground(page), told(page)) == (rgb(DARK), [DARK])


def test_the_choice_is_on_before_anything_is_painted(browser, published):
    """What stands in the head has run when the body's first element arrives."""
    base, _ = published
    with opened(browser, base, STORY.format("en")) as watched:
        page = watched.page
        page.check("[name=theme][value=dark]", force=True)
        page.add_init_script("""new MutationObserver((_, observer) => {
          if (document.body) { window.found = document.documentElement.dataset.theme; observer.disconnect(); }
        }).observe(document, { childList: true, subtree: true })""")
        page.route("**/tally.*.js", lambda route: route.abort())
        page.reload()
        assert page.evaluate("window.found") == "dark"


@pytest.mark.parametrize(("language", "name", "dark"), [("zh", "外觀", "深色"), ("en", "Appearance", "Dark")])
def test_the_switch_is_named_and_works_by_keyboard(browser, published, language, name, dark):
    base, _ = published
    with opened(browser, base, STORY.format(language), width=320) as watched:
        page = watched.page
        group = page.get_by_role("group", name=name)
        group.get_by_role("radio").first.focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        assert group.get_by_role("radio", name=dark).is_checked()
        assert ground(page) == rgb(DARK)
        for label in group.locator("label").all():
            box = label.bounding_box()
            assert min(box["width"], box["height"]) >= 44


def test_drawings_and_live_charts_follow(browser, published):
    base, _ = published
    with opened(browser, base, "/en/charts/vacancy/index.html", color_scheme="light") as watched:
        page = watched.page
        inks = """(root) => [...new Set([...document.querySelectorAll(`${root} *`)].flatMap((one) => {
          const style = getComputedStyle(one); return [style.fill, style.stroke]; }))]"""
        page.locator(".chart-frame").first.hover()
        page.wait_for_selector(".chart-picture.live .main-svg")
        page.check("[name=theme][value=dark]", force=True)
        for root in (".wide.drawing", ".chart-live .barlayer"):
            shown = page.evaluate(inks, root)
            assert rgb(theme.DARK["emphasis"]) in shown and rgb(theme.PALETTE["emphasis"]) not in shown, root


@pytest.mark.parametrize("path", [STORY.format("zh"), "/en/index.html"])
def test_without_scripts_there_is_no_switch_and_the_system_decides(browser, published, path):
    base, _ = published
    with opened(browser, base, path, java_script_enabled=False, color_scheme="dark") as watched:
        assert not watched.page.locator(".appearance").is_visible()
        assert not any(one.is_visible() for one in watched.page.locator(".share").all())


def test_without_storage_the_choice_holds_for_the_page(browser, published):
    base, _ = published
    with opened(browser, base, STORY.format("en")) as watched:
        page = watched.page
        page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })")
        page.reload()
        page.check("[name=theme][value=dark]", force=True)
        assert ground(page) == rgb(DARK)
        assert watched.errors == []


@pytest.mark.parametrize(("path", "said"), [(STORY.format("zh") + "#doors", "已複製連結"), ("/en/charts/vacancy/index.html", "Link copied")])
def test_a_page_is_shared_by_its_address(browser, published, path, said):
    base, _ = published
    with opened(browser, base, path, permissions=["clipboard-read", "clipboard-write"]) as watched:
        page = watched.page
        page.evaluate("delete Navigator.prototype.share")
        page.locator(".share").first.focus()
        page.keyboard.press("Enter")
        page.get_by_role("status").filter(has_text=said).wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == base + path


def test_sharing_goes_to_the_system_where_it_can(browser, published):
    base, _ = published
    with opened(browser, base, STORY.format("en")) as watched:
        page = watched.page
        page.evaluate("navigator.share = async (what) => { window.given = what }")
        page.click(".share")
        page.wait_for_function("window.given")
        assert page.evaluate("window.given") == {"title": page.title(), "url": base + STORY.format("en")}
        assert page.locator(".share-said").inner_text() == ""


def test_where_nothing_can_be_copied_the_address_is_shown(browser, published):
    base, _ = published
    with opened(browser, base, STORY.format("en")) as watched:
        page = watched.page
        page.evaluate("delete Navigator.prototype.share; Object.defineProperty(navigator, 'clipboard', { value: undefined })")
        page.click(".share")
        page.get_by_role("status").filter(has_text=base + STORY.format("en")).wait_for()


@pytest.mark.parametrize("path", [STORY.format("zh"), "/en/index.html"])
def test_headings_and_figures_link_to_themselves(browser, published, path):
    base, _ = published
    with opened(browser, base, path) as watched:
        page = watched.page
        found = page.eval_on_selector_all(".anchor, .self", """links => links.map((link) =>
          [link.hash.slice(1), link.closest("[id]").id, link.closest("section, figure")?.id])""")
        assert found and all(own in places for own, *places in found)
        assert page.locator("figure.chart .self").count() == page.locator("figure.chart").count()
        page.locator(".self").first.click()
        assert page.evaluate("location.hash") == f"#{found[0][0]}" or page.evaluate("location.hash")[1:].startswith("chart-")


def test_the_sign_of_a_headings_link_is_seen_on_hover_and_focus(browser, published):
    base, _ = published
    with opened(browser, base, STORY.format("en")) as watched:
        anchor = watched.page.locator(".prose .anchor").first
        sign = "link => getComputedStyle(link, '::after').content"
        assert anchor.evaluate(sign) == "none"
        anchor.hover()
        assert "#" in anchor.evaluate(sign)
        watched.page.mouse.move(0, 0)
        anchor.focus()
        watched.page.keyboard.press("Shift+Tab")
        watched.page.keyboard.press("Tab")
        assert "#" in anchor.evaluate(sign)


def test_a_chinese_headline_breaks_between_phrases(browser, published):
    base, _ = published
    with opened(browser, base, "/zh/index.html", width=390) as watched:
        tops = """(word) => { const walker = document.createTreeWalker(document.querySelector("h1"), NodeFilter.SHOW_TEXT);
          const places = []; let text = "";
          for (let node; (node = walker.nextNode());) [...node.data].forEach((char, at) => { places.push([node, at]); text += char; });
          const start = text.indexOf(word);
          return [...word].map((_, at) => { const [node, offset] = places[start + at]; const range = document.createRange();
            range.setStart(node, offset); range.setEnd(node, offset + 1); return Math.round(range.getBoundingClientRect().top); }); }"""
        for word in ("數字", "前海", "十四項目標", "各說各話"):
            assert len(set(watched.page.evaluate(tops, word))) == 1, word
