"""Quoting as a reader does it: the box opens, copies, says so, and what is copied can be verified."""

from __future__ import annotations

import pytest

from tally import clipping, site, verification
from tests.browser import opened

ALLOWED = {"permissions": ["clipboard-read", "clipboard-write"]}
PLACES = {
    "chart": ("/{}/charts/vacancy/index.html", ".quoted > summary", ".quoted"),
    "embed": ("/embed/vacancy/{}/index.html", ".quoted > summary", ".quoted"),
    "claim": ("/{}/claims/index.html", "#added-firms .quote", "#added-firms .quotation"),
    "single": ("/{}/data/index.html", "[id='firms.foreign'] .quote", "[id='firms.foreign'] .quotation"),
    "cell": ("/{}/data/index.html#targets.hk-firms.2025", "td .quote", ".remark .quotation"),
    "card": ("/{}/stories/targets/index.html", ".card:popover-open .quote", ".card:popover-open .quotation"),
}


@pytest.fixture(scope="module")
def known(paper):
    return verification.known(site.views(paper))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("place", PLACES)
def test_what_is_copied_by_keyboard_is_announced_and_can_be_verified(browser, published, known, place, language):
    base, _ = published
    path, opener, box = PLACES[place]
    with opened(browser, base, path.format(language), **ALLOWED) as watched:
        page = watched.page
        if place == "card":
            page.locator(".opener").nth(2).press("Enter")
        page.locator(opener).press("Enter")
        rungs = page.locator(f"{box} .rung")
        rungs.first.locator("button").wait_for()
        for kind in (0, 1):
            rungs.nth(kind).locator("button").press("Enter")
            rungs.nth(kind).locator("[role=status]", has_text={"zh": "已複製", "en": "Copied"}[language]).wait_for()
            pasted = page.evaluate("navigator.clipboard.readText()")
            assert pasted == rungs.nth(kind).locator("textarea").input_value()
            assert f"{base}/" in pasted  # the site has no address of its own, and the browser knows this one
            [found] = verification.judge(clipping.read(pasted), known)
            assert found.holds and f"({language})" in found.message, found
            assert clipping.read(pasted)[0].checksum == page.locator(f"{box} code").inner_text()
        assert watched.errors == [] and watched.strangers == []


def test_a_second_press_closes_the_box(browser, published):
    base, _ = published
    with opened(browser, base, "/en/claims/index.html") as watched:
        quote = watched.page.locator("#added-firms .quote")
        quote.click()
        watched.page.locator("#added-firms textarea").first.wait_for()
        quote.click()
        assert watched.page.locator(".claim textarea").count() == 0


def test_nothing_is_asked_for_before_somebody_quotes(browser, published):
    base, _ = published
    with opened(browser, base, "/en/stories/targets/index.html") as watched:
        asked = []
        watched.page.on("request", lambda request: asked.append(request.url))
        watched.page.locator(".opener").nth(2).click()
        watched.page.locator(".card:popover-open .quote").wait_for()
        assert not [url for url in asked if "quot" in url]
        watched.page.locator(".card:popover-open .quote").click()
        watched.page.locator(".card:popover-open textarea").first.wait_for()
        assert len([url for url in asked if "quot" in url]) == 2


def test_without_script_a_claim_still_has_its_address_and_no_button_is_dead(browser, published):
    base, _ = published
    with opened(browser, base, "/en/claims/index.html", java_script_enabled=False) as watched:
        assert "?quote=" in watched.page.locator("#added-firms .quote").get_attribute("href")
    with opened(browser, base, "/en/data/index.html", java_script_enabled=False) as watched:
        assert not watched.page.locator(".single .quote").first.is_visible()
