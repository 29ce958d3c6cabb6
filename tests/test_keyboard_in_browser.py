"""Every interactive thing by keyboard alone, on a wide page and a narrow one: it is reached, it shows, it answers."""

from __future__ import annotations

import pytest

from .browser import opened

LANGUAGES = ("zh", "en")

HELPERS = """
window.stops = () => {
  const kinds = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  return [...document.querySelectorAll(kinds)].filter((stop) => stop.tabIndex >= 0 && !stop.disabled
    && stop.checkVisibility({ checkVisibilityCSS: true })
    && !(stop.type === "radio" && !stop.checked && document.querySelector(`[name="${stop.name}"]:checked`)));
};
// The ring of what has focus, by its own outline or by that of what stands for it; where it is, and how it stands out.
window.ring = () => {
  const parsed = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const luminance = (colour) => parsed(colour).slice(0, 3).map((part) => part / 255).map(
    (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)).reduce(
    (sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if ((parsed(colour)[3] ?? 1) > 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  const own = document.activeElement;
  const shown = [own, own.closest("label"), own.parentElement.querySelector(".note-mark")].find((one) => {
    const look = one && getComputedStyle(one);
    return look && look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2;
  });
  if (!shown) return null;
  const [dark, light] = [getComputedStyle(shown).outlineColor, ground(shown.parentElement)].map(luminance)
    .sort((a, b) => a - b);
  const { left, top, right, bottom } = shown.getBoundingClientRect();
  const inView = right > 0 && left < innerWidth && bottom > 0 && top < innerHeight;
  return { contrast: (light + 0.05) / (dark + 0.05), inView, box: [left, top, right, bottom] };
};
// At each stop: whether it was the next, and whether its ring can be seen.
window.observe = () => {
  const [expected, wrong] = [stops(), []];
  let place = 0;
  addEventListener("keyup", () => {
    const seen = ring();
    if (document.activeElement !== expected[place] || !seen || seen.contrast < 3 || !seen.inView) {
      wrong.push(`${place}: ${document.activeElement.outerHTML.slice(0, 150)} ${JSON.stringify(seen)}`);
    }
    place += 1;
  });
  window.observed = { wrong, stops: expected.length };
  return expected.length;
};
"""

PATHS = ("index.html", "stories/floors/index.html", "charts/index.html", "charts/vacancy/index.html", "claims/index.html",
         "data/index.html", "about/index.html")


def told(page):
    """What has the focus, for a message."""
    return page.evaluate("document.activeElement.outerHTML.slice(0, 120)")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize(("language", "path"), [("zh", "stories/floors/index.html"), *(("en", path) for path in PATHS)])
def test_tab_comes_to_everything_in_its_order_with_a_ring_that_can_be_seen(browser, published, language, path, width):
    base, _ = published
    scheme = "dark" if language == "zh" else "light"
    with opened(browser, base, f"/{language}/{path}", width=width, color_scheme=scheme, reduced_motion="reduce") as watched:
        page = watched.page
        page.add_script_tag(content=HELPERS)
        expected = page.evaluate("observe()")
        for _ in range(expected):
            page.keyboard.press("Tab")
        assert expected > 10 and page.evaluate("observed.wrong") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_stop_skips_to_the_text(browser, published, language):
    base, _ = published
    with opened(browser, base, f"/{language}/stories/floors/index.html") as watched:
        page = watched.page
        page.keyboard.press("Tab")
        skip = page.locator(".skip")
        assert skip.evaluate("skip => skip === document.activeElement") and skip.bounding_box()["y"] >= 0
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_table_opens_and_closes(browser, published, key):
    base, _ = published
    with opened(browser, base, "/zh/stories/floors/index.html") as watched:
        summary, table = watched.page.locator(".chart-table summary").first, watched.page.locator(".chart-table table").first
        summary.focus()
        watched.page.keyboard.press(key)
        assert table.is_visible()
        watched.page.keyboard.press(key)
        assert not table.is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_cards_links_come_next_and_escape_leads_back(browser, published, language):
    base, _ = published
    with opened(browser, base, f"/{language}/stories/floors/index.html") as watched:
        page, card = watched.page, watched.page.locator(".card:popover-open")
        button = page.locator(".prose .opener").first
        button.focus()
        page.keyboard.press("Enter")
        card.wait_for()
        page.keyboard.press("Tab")
        assert card.evaluate("card => card.contains(document.activeElement)"), told(page)
        page.keyboard.press("Escape")
        assert card.count() == 0
        assert button.evaluate("button => button === document.activeElement"), told(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_note_opens_in_its_place_on_a_phone(browser, published, language):
    base, _ = published
    with opened(browser, base, f"/{language}/stories/floors/index.html", width=390) as watched:
        page = watched.page
        toggle, note = page.locator(".note-toggle").first, page.locator(".note").first
        toggle.focus()
        page.keyboard.press("Space")
        assert note.is_visible()
        page.keyboard.press("Space")
        assert not note.is_visible()


def test_claims_are_filtered_with_the_arrows(browser, published, paper):
    base, _ = published
    with opened(browser, base, "/zh/claims/index.html") as watched:
        page, claims = watched.page, watched.page.locator(".claim:visible")
        page.locator("#only-all").focus()
        page.keyboard.press("ArrowRight")
        chosen = page.evaluate("document.activeElement.id.replace('only-', '')")
        assert claims.count() == sum(verdict.outcome == chosen for verdict in paper.verdicts.values()) > 0
        page.keyboard.press("ArrowLeft")
        assert claims.count() == len(paper.verdicts)


def test_the_language_is_changed_with_enter(browser, published):
    base, _ = published
    with opened(browser, base, "/zh/stories/floors/index.html") as watched:
        watched.page.locator("nav.languages a").focus()
        watched.page.keyboard.press("Enter")
        watched.page.wait_for_url("**/en/stories/floors/index.html")


def test_a_chart_is_one_stop_before_and_after_it_is_live(browser, published):
    base, _ = published
    with opened(browser, base, "/en/stories/floors/index.html") as watched:
        page = watched.page
        page.add_script_tag(content=HELPERS)
        inside = "stops().filter((stop) => stop.closest('.chart-frame') === document.querySelector('.chart-frame')).length"
        assert page.evaluate(inside) == 1
        page.evaluate("stops().find((stop) => stop.closest('.chart-frame')).focus()")
        page.locator(".chart-frame .live .main-svg").first.wait_for()
        assert page.evaluate(inside) == 1
        page.keyboard.press("Tab")
        assert not page.evaluate("document.activeElement.closest('.chart-frame')")
        page.keyboard.press("Shift+Tab")
        assert page.evaluate("document.activeElement.closest('.chart-frame') === document.querySelector('.chart-frame')")
