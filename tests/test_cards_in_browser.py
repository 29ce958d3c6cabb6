"""The cards at figures and phrases in a real Chromium: how they open, and how large their buttons are."""

from __future__ import annotations

import pytest

from .browser import opened


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
