"""Every page is valid HTML, and what checks that would notice if one were not."""

from __future__ import annotations

import re

import pytest

from . import tiny
from .validity import complaints

GOOD = "<!doctype html><html lang='en'><head><title>A page</title></head><body><main>{}</main></body></html>"

MISTAKES = {
    "<p><div>a block in a paragraph</div></p>": "close-order",
    "<ul><p>a list without items</p></ul>": "element-permitted-content",
    "<p id='twice'>one</p><p id='twice'>two</p>": "no-dup-id",
    "<p class='a' class='b'>one attribute twice</p>": "no-dup-attr",
    "<sction>an element that there is not</sction>": "element-name",
    "<button type='sumbit'>a type that there is not</button>": "attribute-allowed-values",
    "<img src='a.png'>": "wcag/h37",
    "<a href='#'><button type='button'>a button in a link</button></a>": "element-permitted-content",
    "<h1>One</h1><h3>Three</h3>": "heading-level",
    "<center>obsolete</center>": "deprecated",
    "<p>5 &notanentity; 6</p>": "unrecognized-char-ref",
    "<p><b>not closed</p>": "close-order",
    "<input type='text'>": "input-missing-label",
    "<button type='button'></button>": "text-content",
    "<div tabindex='0' aria-hidden='true'>to come to, and not to hear</div>": "hidden-focusable",
}


def test_every_page_of_the_published_site_is_valid(published):
    _, folder = published
    pages = sorted(folder.rglob("*.html"))
    assert len(pages) > 90 and complaints(pages) == []


@pytest.mark.parametrize("name", ["solids", "waves"])
def test_every_page_of_a_tiny_site_is_valid(tmp_path, name):
    pages = []
    for path, raw in tiny.rendered(name).items():
        if path.endswith(".html"):
            pages.append(tmp_path / path.replace("/", "-"))
            pages[-1].write_bytes(raw)
    assert pages and complaints(pages) == []


def test_every_mistake_is_found_with_its_place(tmp_path):
    pages = [tmp_path / f"{number:02}.html" for number in range(len(MISTAKES))]
    for page, body in zip(pages, MISTAKES, strict=True):
        page.write_text(GOOD.format(body), "utf-8")
    found = complaints(pages)
    for page, (body, rule) in zip(pages, MISTAKES.items(), strict=True):
        assert any(re.match(rf"{re.escape(str(page))}:1:\d+: .*\({rule}\)$", line) for line in found), (body, rule)


def test_a_good_page_passes(tmp_path):
    (tmp_path / "good.html").write_text(GOOD.format("<h1>Nothing wrong</h1>"), "utf-8")
    assert complaints([tmp_path / "good.html"]) == []
