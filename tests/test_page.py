"""Pages: every file of a site, its links whole, its ids once."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from tally.crosscheck import RESERVED_PAGES
from tally.problem import Faulty
from tests.tiny import changed, checked, folder, made, render, rendered

PAGES = [(name, path) for name in ("solids", "waves") for path in rendered(name) if path.endswith(".html")]
VOID = {"base", "meta", "link", "input", "br", "hr", "img", "wbr", "source", "col"}


class Reader(HTMLParser):
    """The ids, links and open elements of a page."""

    def __init__(self, html):
        super().__init__()
        self.ids, self.links, self.open, self.wrong = [], [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.ids += [found["id"]] if "id" in found else []
        self.links += [] if tag == "base" else [found[key] for key in ("href", "src", "data-script", "data-plotly") if key in found]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def read(name, path):
    return Reader(rendered(name)[path].decode())


@pytest.mark.parametrize(("name", "path"), PAGES)
def test_every_element_is_closed_and_every_id_stands_once(name, path):
    found = read(name, path)
    assert (found.wrong, found.open) == ([], [])
    assert len(found.ids) == len(set(found.ids))


@pytest.mark.parametrize(("name", "path"), PAGES)
def test_every_link_leads_to_a_file_and_a_place_of_the_site(name, path):
    for link in read(name, path).links:
        if re.match(r"(https?|mailto|data):", link):
            continue
        target, _, place = link.partition("#")
        file = posixpath.normpath(posixpath.join(posixpath.dirname(path), target.partition("?")[0])) if target else path
        assert file in rendered(name), link
        assert not place or place in read(name, file).ids, link


@pytest.mark.parametrize("path", [path for path in rendered() if path.endswith(".html")])
def test_no_inline_script_waits_for_a_style_sheet(path):
    """Behind one it would hold up the reading of the page, and the first paint would come without its charts."""
    _, sheet, below = rendered()[path].decode().partition('<link rel="stylesheet"')
    assert sheet and "<script>" not in below


def test_each_language_has_the_same_pages():
    paths = {language: {path.partition("/")[2] for path in rendered() if path.startswith(f"{language}/")} for language in ("fr", "de")}
    assert paths["fr"] == paths["de"]


@pytest.mark.parametrize("path", [
    "index.html", "fr/index.html", "de/about/index.html", "fr/stories/euler/index.html", "fr/charts/index.html",
    "de/charts/faces/index.html", "de/charts/faces/faces.csv", "fr/charts/duals/duals.xlsx", "fr/charts/angles/angles.json",
    "fr/data/index.html", "data/datapackage.json", "data/solids.csv", "data/euclid.json", "data/euclid.xlsx"])
def test_a_site_has_this_file(path):
    assert path in rendered()


def test_the_engines_own_folders_are_no_names_for_pages():
    own = {path.split("/")[1] for path in rendered() if path.startswith("fr/") and path.count("/") > 1}
    assert own - set(checked().project.pages) == set(RESERVED_PAGES)


def test_a_pages_text_cites_its_figures():
    html = rendered()["fr/stories/euler/index.html"].decode()
    assert '<data value="6">6 faces</data>' in html
    assert "{{" not in html and "[[" not in html


@pytest.mark.parametrize(("text", "said"), [
    ("page.nothing", "nothing"), ("1 / 0", "ZeroDivisionError"), ("page.word('x')", "no word is called x"), ("none + 1", "TypeError"),
    ("page.drawing('x')", "KeyError")])
def test_a_template_that_cannot_be_filled_is_named_with_its_line(text, said):
    templates = {**folder().templates, "charts.html": f"{{% if true %}}\n{{{{ {text} }}}}\n{{% endif %}}".encode()}
    with pytest.raises(Faulty) as caught:
        render(given=replace(folder(), templates=templates))
    assert said in str(caught.value)
    assert str(caught.value).startswith("templates/charts.html:2:1: ") or said.startswith("no word")


def test_a_claim_that_is_held_against_another_figure_shows_that_figure_once():
    against = changed("data/claims/book.yaml", "formula: count(solids.*.faces)", "against: euclid.limit")
    against = changed("data/claims/book.yaml", "printed: euclid.count", "printed: euclid.limit", base=against)
    page = made(against)["fr/claims/index.html"].decode()
    claim = re.search(r'<article class="claim [^"]*" id="five">.*?</dl>', page, re.DOTALL)[0]
    reckoning = re.sub("<[^>]+>", "", claim.partition('<dl class="reckoning">')[2])
    assert reckoning.count("360°") == 2, "as printed, and as held against"
