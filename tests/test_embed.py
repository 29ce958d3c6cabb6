"""Embeds: heights that follow from their words, and snippets that a host can paste as they are."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally import embed, poster
from tests.tiny import checked, drawings, rendered, view

CONTENT = embed.Content("A headline", "a measure", "Note: a note", "Source: a source", (720, 180), (328, 328))
ONE = embed.Embed("faces-fr", CONTENT, "https://site.example/embed/faces/fr/", "https://site.example/fr/charts/faces/",
                  "https://site.example/embed.js", "https://site.example/faces.png", "https://site.example/card.png",
                  "Bars: 4 & 6", "From: Solids", 0.5)


class Tags(HTMLParser):
    """The tags of a snippet with their attributes, and what each style sheet in it says."""

    def __init__(self, text: str):
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def __getitem__(self, tag: str) -> dict[str, str | None]:
        return next(attributes for name, attributes in self.found if name == tag)


# ---- heights


def test_height_is_the_fixed_part_the_lines_and_the_picture():
    lines = 23 + 21 + 20 + 20
    assert embed.height(CONTENT, 744) == embed.FIXED + lines + 180  # the wide drawing at its own size
    assert embed.height(CONTENT, 352) == embed.FIXED + lines + 328  # the narrow one


@pytest.mark.parametrize(("width", "picture"), [(320, 296), (352, 328), (424, 400), (607, 400), (608, 146), (744, 180), (1200, 180)])
def test_a_picture_grows_with_its_frame_up_to_a_point(width, picture):
    assert embed.height(CONTENT, width) - embed.FIXED - 84 == picture


def test_what_is_not_said_takes_no_line():
    assert embed.height(CONTENT, 744) - embed.height(replace(CONTENT, note=""), 744) == 20


@given(st.text(alphabet="ab 前海，-–8", max_size=120), st.integers(200, 700), st.integers(1, 300))
def test_more_room_never_takes_more_lines(text, room, more):
    assert embed.lines(text, room, 14, 400) >= embed.lines(text, room + more, 14, 400) >= 1


def test_a_line_may_break_behind_a_hyphen():
    word = "Kong-funded"
    room = embed.lettering.width("Kong-fund", 14)
    assert embed.lines(word, room, 14, 400) == 2


@given(st.integers(embed.NARROWEST, 1200))
def test_no_width_asks_for_more_than_the_tallest(width):
    assert embed.height(CONTENT, width) <= embed.tallest(CONTENT)


@given(st.text(alphabet="headline ", min_size=1, max_size=150), st.integers(embed.NARROWEST, 1200))
def test_the_style_sheets_height_holds_the_page_at_every_width(words, width):
    content = replace(CONTENT, headline=words, note=words * 2)
    stated = [tall for start, tall in embed.steps(content) if start <= width][-1]
    numbers = re.fullmatch(r"calc\((-?\d+)px \+ ([\d.]+)cqw\)|(\d+)px", stated)
    assert numbers, stated
    tall = float(numbers[3]) if numbers[3] else float(numbers[1]) + float(numbers[2]) * width / 100
    assert embed.height(content, width) - 1 <= tall


def test_steps_that_say_the_same_are_said_once():
    talls = [tall for _, tall in embed.steps(CONTENT)]
    assert all(one != other for one, other in pairwise(talls))


# ---- the ladder


def test_the_ladder_goes_from_an_address_down_to_a_picture():
    assert [rung.word for rung in embed.ladder(ONE)] == ["embed-address", "embed-script", "embed-styles", "embed-frame", "embed-figure"]


def test_what_cannot_be_offered_is_left_out():
    words = [rung.word for rung in embed.ladder(replace(ONE, page="../../index.html", picture=""))]
    assert words == ["embed-script", "embed-styles", "embed-frame"]  # no oEmbed without an address, no figure without a picture


def test_a_frame_has_a_title_and_the_height_that_holds_it_at_any_width():
    frame = Tags(embed.framed(ONE))["iframe"]
    assert frame == {"src": ONE.frame, "title": "A headline", "width": "100%", "height": str(embed.tallest(CONTENT)),
                     "loading": "lazy", "frameborder": "0"}


def test_a_host_that_strips_the_script_is_left_with_the_frame_and_its_styles():
    snippet = embed.scripted(ONE)
    tags = Tags(snippet)
    assert tags["script"] == {"src": ONE.script, "async": None}
    assert "data-tally" in tags["iframe"]
    assert re.sub("<script.*</script>", "", snippet).replace(" data-tally", "") == embed.styled(ONE)
    assert tags["iframe"]["height"] == str(embed.tallest(CONTENT))  # where the styles go too


def test_styles_reach_only_their_own_frame():
    snippet = embed.styled(ONE)
    sheet = re.search("<style>(.*)</style>", snippet)[1]
    selectors = re.findall(r"(?:^|[{}])(?:@[^{]*\{)?([^{}@]+)\{", sheet)
    assert selectors and all(one.startswith(".tally-faces-fr") for one in selectors)
    assert "frame-sizing:content-height" in sheet
    assert Tags(snippet)["div"] == {"class": "tally-faces-fr"}


def test_a_figure_has_its_alt_text_its_source_and_a_link():
    snippet = embed.pictured(ONE)
    tags = Tags(snippet)
    assert tags["img"]["alt"] == "Bars: 4 & 6"
    assert (tags["img"]["width"], tags["img"]["height"]) == ("720", "360")
    assert tags["a"]["href"] == ONE.page
    assert "<figcaption><strong>A headline</strong><br>Source: a source" in snippet


def _answer(one):
    return json.loads(embed.oembed(one, "", ""))["html"]


@pytest.mark.parametrize("snippet", [embed.framed, embed.styled, embed.scripted, embed.pictured, _answer])
def test_words_cannot_break_out_of_a_snippet(snippet):
    words = '"><script>alert(1)</script>'
    one = replace(ONE, content=replace(CONTENT, headline=words, source=words), alt=words, origin=words)
    assert sum(tag == "script" for tag, _ in Tags(snippet(one)).found) == (snippet is embed.scripted)


def test_oembed_is_sized_and_carries_the_frame_alone():
    answer = json.loads(embed.oembed(ONE, "Solids", "https://site.example/fr/"))
    assert (answer["version"], answer["type"], answer["title"]) == ("1.0", "rich", "A headline")
    assert (answer["width"], answer["height"]) == (640, embed.height(CONTENT, 640))
    assert answer["thumbnail_url"] == ONE.card
    assert Tags(answer["html"])["a"] == {"href": ONE.page}
    # WordPress takes link and frame out of an answer by this, and its script comes only where it finds both
    assert re.fullmatch(r"(<blockquote>.*?</blockquote>)(<iframe.*?></iframe>)", answer["html"])


def test_oembed_without_a_picture_names_none():
    assert not [key for key in json.loads(embed.oembed(replace(ONE, card=""), "", "")) if "thumbnail" in key]


def test_the_picture_is_as_tall_as_the_file_that_is_taken_away():
    found = checked()
    [tall] = {round(720 * one.height / one.width) for path, one in poster.takeaways(found).items()
              if path == "fr/charts/faces/faces"}
    page = Tags(unescape(rendered()["fr/charts/faces/index.html"].decode()))
    assert next(one for tag, one in page.found if tag == "img" and one.get("width") == "720")["height"] == str(tall)


def test_two_languages_have_a_snippet_with_heights_of_their_own():
    own, other = view("fr/charts/faces/index.html", "fr"), view("fr/charts/faces/index.html", "de")
    alone, both = (embed.embed(own, drawings()["faces", "fr"], twin) for twin in (None, other))
    assert both.frame == f"{alone.frame}?lang=fr-de" and both.id != alone.id
    told = embed.embed(other, drawings()["faces", "de"]).content
    assert both.content.twin == (told.headline, told.subtitle, told.note, told.source)
    assert embed.height(both.content, 640) >= embed.height(alone.content, 640) + embed.TWINNED + 21 + 21 + 20
    assert embed.scripted(both) in unescape(rendered()["fr/charts/faces/index.html"].decode())


def test_an_embed_holds_both_languages_labels():
    page = rendered()["embed/faces/fr/index.html"].decode()
    for one, two in zip(drawings()["faces", "fr"].table.rows, drawings()["faces", "de"].table.rows, strict=True):
        label = f'{one.label}<span class="twin in-de" lang="de">{two.label}</span>' if one.label != two.label else one.label
        assert f'<th scope="row">{label}</th>' in page
    assert 'class="twin' not in rendered()["fr/charts/faces/index.html"].decode()


def test_a_pinned_embed_stands_below_the_living_one():
    assert embed.path("faces", "fr") == "embed/faces/fr/index.html"
    assert embed.path("faces", "fr", "v1") == "embed/faces/fr/@v1/index.html"


# ---- on the tiny sites


def test_every_chart_has_an_embed_in_every_language_and_search_engines_pass_it_by():
    for chart, language in drawings():
        page = rendered()[f"embed/{chart}/{language}/index.html"].decode()
        tags = Tags(page)
        assert '<meta name="robots" content="noindex">' in page
        assert next(one for tag, one in tags.found if one.get("rel") == "canonical")["href"] == f"../../../{language}/charts/{chart}/index.html"
        assert f'lang="{view("x", language).tag}"' in page.partition("<head>")[0]


def test_links_in_an_embed_leave_the_frame():
    page = Tags(rendered()["embed/faces/fr/index.html"].decode())
    assert page["base"] == {"target": "_blank"}
    assert not [one for tag, one in page.found if tag == "a" and "target" in one]


def test_oembed_is_found_where_the_sites_address_is_known():
    page = rendered("waves")["en/charts/bands/index.html"].decode()
    link = next(one for tag, one in Tags(page).found if one.get("type") == "application/json+oembed")
    assert link["href"] == "https://waves.example/en/charts/bands/oembed.json"
    answer = json.loads(rendered("waves")["en/charts/bands/oembed.json"])
    assert Tags(answer["html"])["iframe"]["src"] == "https://waves.example/embed/bands/en/"
    assert not [path for path in rendered("solids") if path.endswith("oembed.json")]


def test_a_chart_shows_its_words_and_sources_as_the_embed_counts_them():
    content = embed.embed(view("fr/charts/faces/index.html", "fr"), drawings()["faces", "fr"]).content
    page = rendered()["embed/faces/fr/index.html"].decode()
    plain = re.sub(r"\s+", " ", re.sub("<[^>]+>", "", page))
    for words in (content.headline, content.subtitle, content.note, content.source):
        assert words in plain
