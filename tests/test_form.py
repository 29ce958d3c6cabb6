"""Forms: every sample in both languages on both frames; nothing small, cut, covered, or left to chance."""

from __future__ import annotations

import html
import itertools
import json
import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

import plotly.graph_objects as go
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tally import lettering, theme
from tally.chart import Callout, Column, Point, Row
from tally.forms import FRAMES, NARROW, WIDE, draw
from tally.forms.scale import Scale, linear_ticks, log_ticks, tick_text
from tally.forms.sheet import Box
from tally.forms.slope import spread
from tally.quantity import Period

from .chart_samples import MADE, SAMPLES, table

FRAMED = [pytest.param(name, frame, id=f"{name}-{frame.name}") for name in SAMPLES for frame in FRAMES]


@lru_cache
def plain(name: str, frame) -> dict:
    return json.loads(json.dumps(draw(SAMPLES[name], frame)))


def accepted(figure: dict) -> dict:
    """The figure after Plotly's own classes have checked every attribute of it."""
    checked = json.loads(go.Figure(figure).to_json())
    return {**checked, "layout": {**checked["layout"], "template": {}}}


def canvas(layout: dict) -> Box:
    margin = layout["margin"]
    return Box(margin["l"], margin["t"], layout["width"] - margin["r"], layout["height"] - margin["b"])


def boxes(layout: dict) -> list[tuple[str, Box]]:
    """Every text and where it stands, measured anew."""
    plot, found = canvas(layout), []
    for note in layout["annotations"]:
        lines = html.unescape(note["text"]).split("<br>")
        wide, tall = lettering.extent(lines, note["font"]["size"], note["font"]["weight"])
        x = (
            plot.left
            + note["x"] * (plot.right - plot.left)
            - wide * {"left": 0, "center": 0.5, "right": 1}[note["xanchor"]]
        )
        y = plot.top + (1 - note["y"]) * (plot.bottom - plot.top) - tall / 2
        found.append((note["text"], Box(x, y, x + wide, y + tall)))
    return found


def dot_boxes(figure: dict) -> list[Box]:
    """The boxes of dots on horizontal value axes."""
    layout = figure["layout"]
    plot, axis = canvas(layout), layout["xaxis"]
    scale = Scale("linear", Decimal(str(axis["range"][0])), Decimal(str(axis["range"][1])), plot.left, plot.right)
    found = []
    for trace in figure["data"]:
        if trace.get("mode") == "markers":
            for x, y in zip(trace["x"], trace["y"], strict=True):
                middle = scale.at(Decimal(str(x)).log10() if axis["type"] == "log" else Decimal(str(x)))
                half = trace["marker"]["size"] / 2
                found.append(Box(middle - half, y - half, middle + half, y + half))
    return found


@pytest.mark.parametrize("name, frame", FRAMED)
class TestEverySample:
    def test_no_text_is_small(self, name, frame):
        layout = plain(name, frame)["layout"]
        assert all(note["font"]["size"] >= 13 for note in layout["annotations"])
        assert layout["font"]["size"] >= 13 and layout["hoverlabel"]["font"]["size"] >= 13

    def test_every_text_is_whole_and_on_the_sheet(self, name, frame):
        layout = plain(name, frame)["layout"]
        for text, box in boxes(layout):
            assert box.left >= -0.5 and box.right <= layout["width"] + 0.5, text
            assert box.top >= -0.5 and box.bottom <= layout["height"] + 0.5, text

    def test_no_text_covers_another(self, name, frame):
        for (one, first), (two, second) in itertools.combinations(boxes(plain(name, frame)["layout"]), 2):
            assert not first.grown(-0.5).overlaps(second), f"{one} / {two}"

    def test_no_line_runs_through_a_text(self, name, frame):
        layout = plain(name, frame)["layout"]
        plot = canvas(layout)
        for shape in layout["shapes"]:
            ends = [plot.left + shape[key] * (plot.right - plot.left) for key in ("x0", "x1")]
            ends += [plot.top + (1 - shape[key]) * (plot.bottom - plot.top) for key in ("y0", "y1")]
            if shape["type"] == "line":
                for text, box in boxes(layout):
                    assert not box.grown(-1).crossed(ends[0], ends[2], ends[1], ends[3]), text

    def test_no_text_covers_a_dot(self, name, frame):
        if SAMPLES[name].form not in ("dots", "timeline"):
            return
        figure = plain(name, frame)
        for text, box in boxes(figure["layout"]):
            assert not any(box.grown(-0.5).overlaps(dot) for dot in dot_boxes(figure)), text

    def test_is_the_same_every_time(self, name, frame):
        again = next(make for make in MADE if make.__name__ == name.rpartition("-")[0])(name.rpartition("-")[2])
        assert draw(SAMPLES[name], frame) == draw(again, frame)

    def test_plotly_takes_it_as_it_is(self, name, frame):
        assert accepted(plain(name, frame)) == plain(name, frame)

    def test_nothing_is_left_to_chance(self, name, frame):
        figure = plain(name, frame)
        layout = figure["layout"]
        assert layout["width"] == frame.width and layout["height"] > 0 and layout["autosize"] is False
        assert min(layout["margin"][side] for side in "lrtb") >= 0
        assert "bdata" not in json.dumps(figure)
        for axis in (layout["xaxis"], layout["yaxis"]):
            assert axis["autorange"] is False and axis["automargin"] is False and len(axis["range"]) == 2
            assert len(axis["tickvals"]) == len(axis["ticktext"])
        for item in (*layout["shapes"], *layout["annotations"]):
            assert item["xref"] == item["yref"] == "paper"

    def test_only_light_colours(self, name, frame):
        text = json.dumps(plain(name, frame))
        assert set(re.findall(r"#[0-9a-f]{6}", text)) <= {*theme.PALETTE.values()}
        assert text.count("rgba") == 2

    def test_every_mark_names_its_cell(self, name, frame):
        table = SAMPLES[name]
        wanted = {point.name for row in table.rows for point in row.points if point}
        found = set()
        for trace in plain(name, frame)["data"]:
            if trace["hoverinfo"] == "skip":
                continue
            assert len(trace["customdata"]) == len(trace["hovertext"]) == len(trace["x"]) == len(trace["y"])
            found |= set(trace["customdata"])
            assert trace["meta"] in {column.id for column in table.columns}
        assert found == wanted

    def test_a_label_has_room_beside_any_mark(self, name, frame):
        for text in (text for trace in plain(name, frame)["data"] for text in trace.get("hovertext", [])):
            for line in html.unescape(text.replace(lettering.WITHIN, "<br>")).split("<br>"):
                narrow = lettering.width(line.rstrip(), frame.note) <= frame.width / 2 - 20
                assert narrow or len(lettering.pieces(line)) == 1, line

    def test_every_word_is_there(self, name, frame):
        words = "".join(note["text"] for note in plain(name, frame)["layout"]["annotations"])
        table = SAMPLES[name]
        said = html.unescape(words.replace("<br>", "")).replace(" ", "")
        for remark in (*table.callouts, *table.lines, *table.bands):
            assert remark.text.replace(" ", "") in said
        for point in (point for row in table.rows for point in row.points if point):
            if table.form != "slope":
                assert point.short.replace(" ", "") in said
        assert (words.count("?") > 0) == any(point.doubtful for row in table.rows for point in row.points if point)


BARRED = [param for param in FRAMED if SAMPLES[param.values[0]].form in ("bars", "change", "pairs")]


@pytest.mark.parametrize("name, frame", BARRED)
def test_bars_start_at_zero_and_ranges_are_ranges(name, frame):
    figure = plain(name, frame)
    assert figure["layout"]["xaxis"]["type"] == "linear" and figure["layout"]["xaxis"]["range"][0] <= 0
    spans: dict[str, list[tuple[float, float]]] = {}
    for trace in figure["data"]:
        for cell, base, length in zip(trace["customdata"], trace["base"], trace["x"], strict=True):
            spans.setdefault(cell, []).append((base, base + length))
    for row in SAMPLES[name].rows:
        for point in row.points:
            low, high = float(point.low), float(point.high)
            assert sorted(spans[point.name]) == [(0.0, low)] + ([(low, high)] if point.is_range else [])


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.name)
def test_a_range_is_a_stretched_dot(frame):
    figure = plain("overview-zh", frame)
    at = {cell: [] for trace in figure["data"] for cell in trace.get("customdata", [])}
    for trace in figure["data"]:
        for cell, x in zip(trace.get("customdata", []), trace["x"], strict=False):
            at[cell].append(x)
    strokes = sorted(tuple(trace["x"]) for trace in figure["data"] if trace.get("mode") == "lines")
    ranges = sorted(
        (float(row.points[0].low), float(row.points[0].high))
        for row in SAMPLES["overview-zh"].rows
        if row.points[0].is_range
    )
    assert strokes == ranges
    assert all(
        tuple(at[row.points[0].name]) == tuple(sorted({float(row.points[0].low), float(row.points[0].high)}))
        for row in SAMPLES["overview-zh"].rows
    )


def test_wide_remarks_have_leaders_and_narrow_ones_numbers():
    wide, narrow = (plain("overview-en", frame)["layout"] for frame in (WIDE, NARROW))
    assert not any("①" in note["text"] for note in wide["annotations"])
    assert sum(note["text"] == "①" for note in narrow["annotations"]) == 2
    assert sum(shape["line"]["width"] == 0.75 for shape in wide["shapes"]) == 2


def test_a_wide_remark_without_room_is_numbered():
    table = replace(
        SAMPLES["change-en"],
        callouts=tuple(
            Callout("investment", "2025", "A remark of several words that finds no place " * 3) for _ in range(3)
        ),
    )
    assert any("①" in note["text"] for note in draw(table, WIDE)["layout"]["annotations"])


def test_text_is_made_safe():
    table = SAMPLES["bars-en"]
    rows = (replace(table.rows[0], label="R&D <b>1</b>"), *table.rows[1:])
    figure = draw(replace(table, rows=rows), WIDE)
    assert any(note["text"] == "R&amp;D &lt;b&gt;1&lt;/b&gt;" for note in figure["layout"]["annotations"])
    assert any("&lt;b&gt;" in text for trace in figure["data"] for text in trace["hovertext"])


def test_bars_refuse_a_log_scale():
    with pytest.raises(ValueError, match="starts at zero"):
        draw(replace(SAMPLES["bars-en"], scale="log"), WIDE)


def test_an_unknown_is_shown_as_unknown():
    table = SAMPLES["bars-en"]
    figure = draw(replace(table, rows=(*table.rows, Row("x", "Elsewhere", (None,)))), NARROW)
    assert any(note["text"] == "–" for note in figure["layout"]["annotations"])


values = st.decimals(min_value="0.01", max_value="1000000", places=2)


@given(values, values, st.integers(2, 8))
def test_linear_ticks_are_few_round_and_within(one, two, count):
    low, high = min(one, two), max(one, two)
    ticks = linear_ticks(low, high, count)
    assert 1 <= len(ticks) <= count
    assert all(low <= tick <= high for tick in ticks)
    assert len({after - before for before, after in itertools.pairwise(ticks)}) <= 1


@given(values, values, st.integers(3, 7))
def test_log_ticks_are_few_and_within(one, two, count):
    low, high = min(one, two), max(one, two)
    ticks = log_ticks(low, high, count)
    assert 1 <= len(ticks) <= count
    assert all(low <= tick <= high for tick in ticks) and ticks == sorted(set(ticks))


def test_ticks_that_a_reader_expects():
    assert linear_ticks(Decimal(0), Decimal("28.9"), 4) == [0, 10, 20]
    assert log_ticks(Decimal("0.8"), Decimal(6), 5) == [1, 2, 3, 5]
    assert log_ticks(Decimal(1), Decimal(1000), 5) == [1, 10, 100, 1000]
    assert [tick_text(Decimal(text), "{}%") for text in ("1E+3", "0.50", "-2")] == ["1,000%", "0.5%", "−2%"]


@given(st.lists(st.tuples(st.floats(0, 300), st.floats(5, 40)), min_size=1, max_size=7))
def test_spread_labels_keep_apart_and_in_order(wanted):
    placed = spread(wanted, 0, 300)
    order = sorted(range(len(wanted)), key=lambda index: (wanted[index][0], index))
    for before, after in itertools.pairwise(order):
        assert placed[after] - placed[before] >= (wanted[before][1] + wanted[after][1]) / 2 - 1e-6


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(2005, 2030), st.integers(1, 12)), min_size=1, max_size=12))
def test_timelines_never_overlap(months):
    rows = []
    for number, (year, month) in enumerate(months):
        when = Decimal(year) + round(Decimal(month - 1) / 12, 3)
        rows.append(
            Row(
                f"r{number}",
                "Some event that takes a line or two",
                (Point(f"e.{number}", when, when, f"{year}-{month:02}", "", Period.parse(f"{year}-{month:02}")),),
            )
        )
    sample = table("en", "t", "timeline", [Column("date", "Date", "plain")], rows)
    for frame in FRAMES:
        layout = draw(sample, frame)["layout"]
        placed = boxes(layout)
        for (one, first), (two, second) in itertools.combinations(placed, 2):
            assert not first.grown(-0.5).overlaps(second), f"{one} / {two}"
        assert all(box.left >= -0.5 and box.right <= layout["width"] + 0.5 for _, box in placed)
