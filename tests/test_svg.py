"""SVG: the drawing's text, what it refuses, and that every published chart is a figure of Plotly's."""

from __future__ import annotations

import copy
import json
import re
from xml.etree import ElementTree

import plotly.graph_objects as go
import pytest

from tally import figure, svg, theme
from tally.forms import NARROW, WIDE, draw
from tally.svg import known

from .chart_samples import SAMPLES

SVG = "{http://www.w3.org/2000/svg}"


def drawn(name="bars-en", frame=WIDE, **given):
    return svg.draw(draw(SAMPLES[name], frame), **{"title": "A & B", "description": "Bars.", "id_prefix": "x", **given})


def tree(text):
    return ElementTree.fromstring(text)


@pytest.fixture(scope="module")
def drawings(paper):
    return figure.draw(paper.project, paper.book, paper.voices)


def test_plotly_takes_every_published_figure_as_it_is(drawings):
    for (id, language), drawing in drawings.items():
        for picture in (drawing.wide, drawing.narrow):
            plain = json.loads(picture.json)
            checked = json.loads(go.Figure(plain).to_json())
            assert {**checked, "layout": {**checked["layout"], "template": {}}} == plain, (id, language)


def test_every_published_drawing_is_small(drawings):
    for (id, language), drawing in drawings.items():
        most = 12_000 if drawing.table.form in ("dots", "timeline") else 5_000
        for picture in (drawing.wide, drawing.narrow):
            assert len(picture.svg.encode()) <= most, (id, language)


def test_every_mark_names_its_cell_and_says_it(drawings):
    for drawing in drawings.values():
        labels = {point.name: point.label for row in drawing.table.rows for point in row.points if point}
        for picture in (drawing.wide, drawing.narrow):
            marks = [part for part in tree(picture.svg).iter() if part.get("data-cell")]
            assert {mark.get("data-cell") for mark in marks} == labels.keys()
            assert all(mark[0].tag == "title" and labels[mark.get("data-cell")] in mark[0].text for mark in marks)


def test_it_is_an_image_with_a_name_and_a_description():
    root = tree(drawn())
    assert root.get("role") == "img" and (root.get("aria-labelledby"), root.get("aria-describedby")) == ("x-title", "x-desc")
    assert [(part.tag, part.get("id"), part.text) for part in root[:2]] == [("title", "x-title", "A & B"), ("desc", "x-desc", "Bars.")]
    assert "x-desc" not in drawn(description="")


def test_a_mark_says_its_label_on_one_line(paper):
    for drawing in paper.drawings.values():
        said = {title for title, _ in drawing.readings}
        for picture in (drawing.wide, drawing.narrow):
            assert {mark[0].text for mark in tree(picture.svg).iter() if mark.get("data-cell")} == said


def test_a_part_of_a_page_has_no_size_face_or_colour_of_its_own():
    text = drawn()
    assert tree(text).get("viewBox").startswith("0 0 720 ")
    assert not {"width", "height", "font-family", "style"} & tree(text).attrib.keys()
    assert not re.search(r"#[0-9a-f]{3,6}\b|xmlns|<style", text)
    names = {name.replace("_", "-") for name in theme.PALETTE}
    assert set(re.findall(r"var\(--([a-z-]+)\)", text)) <= names


def test_alone_it_brings_its_size_face_ground_and_both_themes():
    text = drawn(palette="literal", language="en")
    root = tree(text)
    assert (root.tag, root.get("width"), root.get("{http://www.w3.org/XML/1998/namespace}lang")) == (f"{SVG}svg", "720", "en")
    assert "Helvetica Neue" in root.get("font-family") and "var(" not in text
    assert root.find(f"{SVG}rect").get("fill") == theme.PALETTE["paper"]
    style = root.find(f"{SVG}style").text
    for colour in set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]{6})"', text)):
        name = known.INKS[colour]
        assert f'[fill="{colour}"]{{fill:{theme.DARK[name]}}}' in style


@pytest.mark.parametrize("name", ["bars-en", "overview-zh"])
def test_both_palettes_draw_the_same(name):
    by_name, literal = drawn(name, NARROW), drawn(name, NARROW, palette="literal")
    for colour, ink in known.INKS.items():
        by_name = by_name.replace(f"var(--{ink.replace('_', '-')})", colour)
    assert by_name.partition("</desc>")[2] == re.split(r"</style><rect[^>]*/>", literal)[1]


@pytest.mark.parametrize("name", SAMPLES)
def test_numbers_are_short_and_it_is_the_same_every_time(name):
    assert drawn(name) == drawn(name)
    given = re.findall(r'\s(?:x|y|width|height|cx|cy|r|d|viewBox)="([^"]*)"', drawn(name))
    numbers = [number for text in given for number in re.split(r"[MLHV ]+", text) if number]
    assert numbers and all(re.fullmatch(r"-?(0|[1-9]\d*)(\.\d?[1-9])?", number) for number in numbers)


def test_text_is_text():
    plain = draw(SAMPLES["bars-en"], WIDE)
    plain["layout"]["annotations"][0]["text"] = "R&amp;D &lt;b&gt;<br>“1”"
    words = [("".join(part.itertext()), [line.text for line in part]) for part in tree(
        svg.draw(plain, title="", description="", id_prefix="x")).iter("text")]
    assert ("R&D <b>“1”", ["“1”"]) in words


CHANGES = [
    ("layout.barmode", "stack"), ("layout.xaxis.showgrid", True), ("layout.xaxis.type", "category"), ("layout.showlegend", True),
    ("layout.margin.pad", 4), ("layout.plot_bgcolor", "#fbf7ee"), ("layout.annotations.0.showarrow", True),
    ("layout.annotations.0.align", "right"), ("layout.annotations.0.text", "<b>1</b>"), ("layout.annotations.0.font.color", "#123456"),
    ("layout.annotations.0.textangle", 90), ("layout.shapes.0.line.dash", "dot"), ("layout.shapes.0.type", "circle"),
    ("layout.shapes.0.opacity", 0.5), ("data.0.orientation", "v"), ("data.0.type", "pie"), ("data.0.opacity", 0.5),
    ("data.0.marker.cornerradius", 3), ("data.0.x", 3), ("layout.title", {"text": "Title"}), ("layout.template", {"layout": {}}),
    ("layout.xaxis.side", "top"), ("layout.yaxis.type", "log"), ("layout.xaxis.type", "log"), ("layout.xaxis", None), ("layout.width", "720"),
]


@pytest.mark.parametrize(("path", "value"), CHANGES, ids=[f"{path}={value}" for path, value in CHANGES])
def test_whatever_is_not_known_is_refused_by_name(path, value):
    plain = copy.deepcopy(draw(SAMPLES["bars-en"], WIDE))
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    place = plain
    for step in steps:
        place = place[step]
    place[last] = value
    with pytest.raises(svg.Undrawable, match="^" + re.escape(re.sub(r"\.(\d+)", r"[\1]", path))):
        svg.draw(plain, title="", description="", id_prefix="x")


def attributes(item, path=()):
    for key, value in item.items() if isinstance(item, dict) else enumerate(item) if isinstance(item, list) else ():
        if isinstance(item, dict):
            yield (*path, key)
        yield from attributes(value, (*path, key))


@pytest.mark.parametrize("name", ["bars-en", "overview-zh"])
def test_whatever_is_missing_is_refused(name):
    whole = draw(SAMPLES[name], WIDE)
    for path in list(attributes(whole)):
        if "hoverlabel" not in path:
            plain = copy.deepcopy(whole)
            place = plain
            for step in path[:-1]:
                place = place[step]
            del place[path[-1]]
            with pytest.raises(svg.Undrawable):
                svg.draw(plain, title="", description="", id_prefix="x")
