"""Posters: what stands on them, in which order, within their edges; and where headlines break."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from tally import card, composition, lettering, poster, theme
from tests.tiny import checked, drawings

SVG = "{http://www.w3.org/2000/svg}"
WORDS = composition.Words("en", "en", "latin", "A finding", "A measure, %", "What it shows", "Take care.", "A source", ("Note:", "Source:"),
                     "The site", "example.org", frozenset())


def picture(name="angles", language="fr"):
    return drawings()[name, language].wide


def texts(svg):
    """Every line that is written, from the top."""
    found = []
    for node in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        found += ["".join(node.itertext())]
    return found


def lines(title, script, room, size=40):
    return composition.parted(replace(WORDS, title=title, script=script)).lines(room, size)


@pytest.fixture(scope="module")
def published(paper):
    return poster.takeaways(paper), poster.cards(paper)


# ---- the file to take away

def test_a_takeaway_says_everything_in_the_order_of_the_page():
    written = texts(poster.sheet(WORDS, picture(), "x")[0])
    assert [text for text in written if text in ("A finding", "A measure, %", "Note: Take care.", "Source: A source", "The site", "example.org")] == [
        "A finding", "A measure, %", "Note: Take care.", "Source: A source", "The site", "example.org"]
    assert any(point.label in written for row in drawings()["angles", "fr"].table.rows for point in row.points if point)


def test_without_a_note_or_an_address_there_is_no_line_for_them():
    with_both, _ = poster.sheet(WORDS, picture(), "x")
    without, _ = poster.sheet(replace(WORDS, note="", address=""), picture(), "x")
    assert len(texts(without)) == len(texts(with_both)) - 2


def test_a_takeaway_is_named_and_described_and_follows_the_scheme():
    root = ElementTree.fromstring(poster.sheet(WORDS, picture(), "x")[0])
    assert [node.text for node in root[:2]] == ["A finding", "What it shows"]
    assert f'[fill="{theme.PALETTE["ink"]}"]{{fill:{theme.DARK["ink"]}}}' in root.find(f"{SVG}style").text


def test_a_label_is_bold_and_its_text_is_not():
    svg, _ = poster.sheet(WORDS, picture(), "x")
    assert '<tspan font-weight="700">Note:</tspan> Take care.' in svg


def test_the_height_grows_with_the_note():
    long = replace(WORDS, note="A long remark. " * 40)
    assert poster.sheet(long, picture(), "x")[1] > poster.sheet(WORDS, picture(), "x")[1] + 80


# ---- all of a site

def test_every_chart_has_a_takeaway_and_every_page_that_is_shared_a_card(published, paper):
    takeaways, cards = published
    project = paper.project
    assert takeaways.keys() == {f"{language}/charts/{id}/{id}" for language in project.languages for id in project.charts}
    assert cards.keys() == {f"{language}/{place}card" for language in project.languages for place in (
        "", *(f"charts/{id}/" for id in project.charts), *(f"stories/{slug}/" for slug in project.stories))}


def test_no_line_leaves_its_poster(published):
    for path, one in {**published[0], **published[1]}.items():
        inner = re.sub(r"<g transform=.*?</svg></g>", "", one.svg)
        for found in re.finditer(r'<text x="([\d.]+)" y="([\d.]+)" font-size="([\d.]+)"([^>]*)>(.*?)</text>', inner):
            x, y, size = map(float, found.groups()[:3])
            text = re.sub(r"<[^>]+>", "", found[5])
            wide = lettering.width(text, size, 700 if "700" in found[4] else 400)
            left = x - wide if "end" in found[4] else x
            assert left >= 0 and left + wide <= one.width and size <= y <= one.height, (path, text)


def test_a_story_s_card_has_the_story_s_headline_and_its_leading_chart():
    found = checked()
    made = poster.cards(found)["fr/stories/euler/card"]
    story = found.project.stories["euler"]
    title = found.voices["fr"].plain(story.texts["fr"].meta.title)
    assert ElementTree.fromstring(made.svg)[0].text == title and title.split()[0] in texts(made.svg)[0]
    assert ("drawings", (story.meta.lead, "fr")) in poster.cards(found).kept["fr/stories/euler/card"].asked


def test_a_card_is_of_the_size_that_is_asked_for(published):
    for one in published[1].values():
        root = ElementTree.fromstring(one.svg)
        assert (root.get("width"), root.get("height")) == ("1200", "630")


def test_even_a_headline_that_fits_nowhere_gets_a_card():
    endless = replace(WORDS, title="endless " * 200)
    assert "endless" in card.draw(endless, (picture(),))


# ---- headlines

def test_a_latin_headline_breaks_between_words_into_even_lines():
    broken = lines("one two three four five six", "latin", 320)
    assert " ".join(broken) == "one two three four five six" and len(broken) == 2
    assert min(map(len, broken)) > 9


def test_a_han_headline_breaks_between_phrases_and_no_line_begins_with_a_mark():
    broken = lines("四地之中，前海辦公樓空置率最高", "han", 360)
    assert "".join(broken) == "四地之中，前海辦公樓空置率最高" and len(broken) > 1
    assert not any(line[0] in "，。」、" for line in broken)
    assert any("辦公樓" in line for line in broken)


def filled(parts, room):
    found, used = [""], 0.0
    for part, ems in zip(parts.parts, parts.ems, strict=True):
        if used and used + ems > room:
            found, used = [*found, ""], 0.0
        found[-1] += part
        used += ems
    return [line.strip() for line in found]


@pytest.mark.parametrize("script", ["latin", "han"])
def test_lines_are_as_even_as_any_room_a_quarter_em_narrower_makes_them(script):
    title = {"latin": "Tests of every regular solid by its faces, its edges and its corners", "han": "四地之中，前海辦公樓空置率最高，落後於滬、京、渝"}[script]
    parts = composition.parted(replace(WORDS, title=title, script=script))
    for room in range(120, 700, 20):
        ems = room / 40
        found = tighter = filled(parts, ems)
        while len(tighter) == len(found) and ems > parts.widest:
            found, ems = tighter, ems - 0.25
            tighter = filled(parts, ems)
        assert lines(title, script, room) == found


def test_a_figure_stays_with_what_it_counts_and_names_in_a_row_stay_together():
    for room in range(200, 700, 20):
        broken = lines("談不上近 6 個，落後於滬、京、渝", "han", room)
        assert not any(re.search(r"\d\s*$", line) for line in broken) and not any(line.endswith("、") for line in broken)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_names_in_a_long_list_can_be_read_on_a_card(paper, language):
    cards = poster.cards(paper)
    for id in ("targets-overview", "targets-yearly"):
        root = ElementTree.fromstring(cards[f"{language}/charts/{id}/card"].svg)
        [chart] = [group for group in root.iter(f"{SVG}g") if "scale(" in group.get("transform", "")]
        scale = float(re.search(r"scale\(([0-9.]+)\)", chart.get("transform"))[1])
        names = {row.label for row in paper.drawings[id, language].table.rows}
        own = float(chart.find(".//*[@font-size]").get("font-size"))
        sizes = [float(text.get("font-size", group.get("font-size", own))) for group in chart.iter(f"{SVG}g")
                 for text in group.findall(f"{SVG}text") if "".join(text.itertext()) in names]
        assert sizes and min(sizes) * scale >= 14.5, id
