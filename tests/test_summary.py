"""Summaries: a chart told in words, one small table for each rule; then every published chart."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally import summary
from tally.chart import Column, Row
from tally.forms.sheet import Cell
from tests.tiny import changed, complaints, notation

from .chart_samples import LANGUAGES, SAMPLES, doubted, point, table

WORDS = {language: notation(language).words for language in LANGUAGES}
VALUE, BASE, TARGET = Column("v", "Rate", "plain"), Column("2022", "2022", "base"), Column("2025", "2025", "target")
TEXT, TABLE = Column("text", "In the text", "plain"), Column("table", "In the table", "plain")


def row(name, *values):
    """`row("A", "3", "4-6", None)`: exact figures, ranges, gaps."""
    points = [value and point(f"t.{name}.{at}", *value.split("-"), label="{}%") for at, value in enumerate(values)]
    return Row(name.lower(), name, tuple(points))


def told(form, columns, *rows, language="en", **rest):
    return summary.describe(table(language, "t", form, columns, rows, **rest), WORDS[language])


# ---- one column


def test_rows_are_counted_and_the_outermost_named():
    assert told("bars", [VALUE], row("A", "3"), row("B", "9"), row("C", "5")) == (
        "Bar chart, 3 bars: Rate. Largest figure: B, 9%. Smallest figure: A, 3%."
    )


def test_of_two_there_is_no_largest():
    assert told("bars", [VALUE], row("A", "3"), row("B", "9")) == (
        "Bar chart, 2 bars: Rate. Larger figure: B, 9%. Smaller figure: A, 3%."
    )


def test_a_single_row_is_neither_counted_nor_compared():
    assert told("dots", [VALUE], row("A", "3")) == "Dot plot: Rate. A, 3%."


def test_rows_that_share_an_end_are_named_together():
    assert told("dots", [VALUE], row("A", "3"), row("B", "9"), row("C", "9")) == (
        "Dot plot, 3 rows: Rate. Largest figure: B, 9%; C, 9%. Smallest figure: A, 3%."
    )


def test_rows_that_are_all_alike_have_no_extremes():
    assert told("bars", [VALUE], row("A", "3"), row("B", "3")) == "Bar chart, 2 bars: Rate. All equal: A, 3%; B, 3%."


def test_of_ranges_that_overlap_only_the_ends_are_compared():
    assert told("dots", [VALUE], row("A", "4-9"), row("B", "5-8"), row("C", "1-2")) == (
        "Dot plot, 3 rows: Rate. Highest upper end: A, 4–9%. Lowest lower end: C, 1–2%."
    )
    assert told("dots", [VALUE], row("A", "4-9"), row("B", "1-4"), row("C", "2-3")) == (
        "Dot plot, 3 rows: Rate. Highest upper end: A, 4–9%. Lowest lower end: B, 1–4%."
    )
    assert told("dots", [VALUE], row("A", "4-9"), row("B", "5-8"), row("C", "1")) == (
        "Dot plot, 3 rows: Rate. Highest upper end: A, 4–9%. Smallest figure: C, 1%."
    )


def test_two_ranges_that_overlap_are_only_listed():
    assert told("dots", [VALUE], row("A", "4-9"), row("B", "5-8")) == "Dot plot, 2 rows: Rate. A, 4–9%; B, 5–8%."


# ---- change


def test_a_change_goes_from_the_first_figure_to_the_last():
    assert told("change", [BASE, TARGET], row("Firms", "3", "9")) == (
        "Bar chart, 2 bars: Firms, up from 3% (2022) to 9% (2025)."
    )
    assert told("change", [BASE, TARGET], row("Firms", "9", "3-4")) == (
        "Bar chart, 2 bars: Firms, down from 9% (2022) to 3–4% (2025)."
    )
    assert told("change", [BASE, TARGET], row("Firms", "9", "9")) == (
        "Bar chart, 2 bars: Firms, unchanged from 9% (2022) to 9% (2025)."
    )


@pytest.mark.parametrize(("one", "other", "said"), [
    ("{} body", "{} bodies", "up from 3 (2022) to 9 bodies (2025)"), ("{} m", "{} km", "up from 3 m (2022) to 9 km (2025)"),
    ("about {} firms", "{} firms", "up from about 3 firms (2022) to 9 firms (2025)"), ("{}%", "{}%", "up from 3% (2022) to 9% (2025)"),
    ("RMB {}", "RMB {}", "up from RMB 3 (2022) to RMB 9 (2025)")])
def test_a_change_names_its_unit_once_where_it_follows_the_number(one, other, said):
    points = (replace(point("t.a.0", "3", label=one), short="3"), replace(point("t.a.1", "9", label=other), short="9"))
    assert told("change", [BASE, TARGET], Row("a", "A", points)) == f"Bar chart, 2 bars: A, {said}."


@pytest.mark.parametrize("last", ["40-50", "50-60", "40-60"])
def test_a_range_that_touches_where_it_started_is_said_to_go_neither_up_nor_down(last):
    assert f"Providers, from 50% (2022) to {last.replace('-', '–')}% (2025)." in told(
        "change", [BASE, TARGET], row("Providers", "50", last)
    )


def test_a_change_over_three_columns_has_extremes_too():
    assert told("change", [Column("2021", "2021", "plain"), BASE, TARGET], row("Firms", "9", "3", "5")) == (
        "Bar chart, 3 bars: Firms, down from 9% (2021) to 5% (2025). "
        "Largest figure: 2021, 9%. Smallest figure: 2022, 3%."
    )


def test_few_rows_are_told_one_by_one():
    assert told("slope", [TEXT, TABLE], row("A", "3", "9"), row("B", "5", "4")) == (
        "Slope chart, 2 lines. A, up from 3% (In the text) to 9% (In the table). "
        "B, down from 5% (In the text) to 4% (In the table)."
    )


def test_of_many_rows_the_largest_and_smallest_changes_are_told():
    assert told(
        "pairs", [BASE, TARGET], row("A", "3", "9"), row("B", "5", "4"), row("C", "2", "3"), row("D", "1", None)
    ) == (
        "Paired bars, 4 groups: 2022; 2025. Largest figure: A, 2025, 9%. Smallest figure: D, 2022, 1%. "
        "Largest rise: A, from 3% (2022) to 9% (2025). Largest fall: B, from 5% (2022) to 4% (2025). "
        "Smallest change: B, from 5% (2022) to 4% (2025); C, from 2% (2022) to 3% (2025)."
    )


def test_where_nothing_falls_no_fall_is_told():
    text = told("dots", [BASE, TARGET], row("A", "3", "9"), row("B", "5", "7"), row("C", "2", "3"), row("D", "1", "5"))
    assert "Largest rise: A," in text and "Smallest change: C," in text and "fall" not in text


def test_changes_that_ranges_leave_open_are_not_ranked():
    text = told(
        "dots", [BASE, TARGET], row("A", "3", "9-20"), row("B", "5", "7-30"), row("C", "2", "3"), row("D", "1", "5")
    )
    assert "rise" not in text and "Smallest change: C," in text


def test_a_row_with_one_figure_has_no_change():
    assert told("slope", [BASE, TARGET], row("A", "3", "9"), row("B", None, "4")) == (
        "Slope chart, 2 lines. A, up from 3% (2022) to 9% (2025). B, 2025, 4%."
    )


# ---- columns that do not follow each other in time


def test_a_gap_is_no_change():
    assert told("pairs", [TEXT, TABLE], row("A", "30", "33"), row("B", "70", "70"), row("C", "68", "100")) == (
        "Paired bars, 3 groups. A: In the text, 30%; In the table, 33%. B: In the text, 70%; In the table, 70%. "
        "C: In the text, 68%; In the table, 100%. Widest gap: C."
    )


def test_of_many_rows_the_widest_gap_is_told_with_its_figures():
    rows = [row("A", "30", "33"), row("B", "70", "70"), row("C", "68", "100"), row("D", "1", "2")]
    assert told("pairs", [TEXT, TABLE], *rows) == (
        "Paired bars, 4 groups: In the text; In the table. Largest figure: C, In the table, 100%. "
        "Smallest figure: D, In the text, 1%. Widest gap: C. C: In the text, 68%; In the table, 100%."
    )


def test_between_two_rows_no_gap_is_the_widest():
    assert "gap" not in told("pairs", [TEXT, TABLE], row("A", "30", "33"), row("B", "70", "90"))


# ---- shares and timelines


def test_a_share_names_its_parts_and_the_largest():
    parts = [Column(id, id.upper(), "plain") for id in ("a", "b", "c")]
    assert told("share", parts, row("Firms", "20", "50", "30")) == (
        "Share bar, 3 parts: Firms. A, 20%; B, 50%; C, 30%. Largest part: B."
    )
    assert (
        told("share", parts[:2], row("Firms", "20", "80"))
        == "Share bar, 2 parts: Firms. A, 20%; B, 80%. Larger part: B."
    )
    assert told("share", parts[:2], row("Firms", "50", "50")) == "Share bar, 2 parts: Firms. A, 50%; B, 50%."


def test_a_timeline_has_a_first_and_a_last_whatever_the_order_of_its_rows():
    line = SAMPLES["timeline-en"]
    line = replace(line, rows=line.rows[::-1])
    assert summary.describe(line, WORDS["en"]) == (
        "Timeline, 8 events: 2010-08 to 2025. First: State Council approves the Qianhai zone. Last: Target year."
    )
    assert [text.rpartition(": ")[2] for _, text in summary.readings(line, WORDS["en"])] == [
        one.points[0].label for one in sorted(line.rows, key=lambda one: (one.points[0].low, one.points[0].high))
    ]


def test_a_timeline_of_one_event_is_that_event():
    line = SAMPLES["timeline-zh"]
    assert (
        summary.describe(replace(line, rows=line.rows[:1]), WORDS["zh"])
        == "時間線：國務院批覆成立前海合作區，2010-08。"
    )


# ---- doubt


def test_figures_in_doubt_are_named_by_what_tells_them_apart():
    one, two = row("A", "3", "9"), doubted(row("B", "5", "7"))
    assert told("change", [BASE, TARGET], two).endswith("All figures are in doubt: see the note.")
    assert told("slope", [BASE, TARGET], one, two).endswith("In doubt, see the note: B, 2022; B, 2025.")
    assert told("bars", [VALUE], row("A", "3"), doubted(row("B", "5"))).endswith("In doubt, see the note: B.")


# ---- Chinese


def test_chinese_is_set_as_chinese():
    columns = [Column("2022", "2022 年", "base"), Column("2025", "2025 年", "target")]
    firms = Row("f", "企業", (point("t.a", "3", label="每家 {} 人"), point("t.b", "9", label="逾 {} 人")))
    assert (
        told("change", columns, firms, language="zh")
        == "橫條圖，共 2 條：企業，由每家 3 人（2022 年）升至逾 9 人（2025 年）。"
    )
    assert told("slope", columns, row("甲", "3", "9"), row("乙", "5", "4"), language="zh") == (
        "斜線圖，共 2 條線。甲，由 3%（2022 年）升至 9%（2025 年）。乙，由 5%（2022 年）跌至 4%（2025 年）。"
    )


# ---- point by point


def test_points_are_read_by_rows_and_then_by_columns_and_gaps_passed_over():
    made = table("en", "t", "slope", [BASE, TARGET], [row("A", "3", "4-6"), row("B", None, "9")])
    assert summary.readings(made, WORDS["en"]) == (
        ("A · 2022 · 3%", "A, 2022: 3%"),
        ("A · 2025 · 4–6%", "A, 2025: 4–6%"),
        ("B · 2025 · 9%", "B, 2025: 9%"),
    )


def test_a_point_in_doubt_is_read_as_one():
    made = table("zh", "t", "bars", [Column("v", "比率", "plain")], [doubted(row("甲", "3"))])
    assert summary.readings(made, WORDS["zh"]) == (("甲 · 比率 · 3%", "甲，比率：3%（存疑，見註）"),)


# ---- any table


FIGURES = st.one_of(st.none(), st.tuples(st.integers(-20, 20), st.integers(0, 9)))
ROLES = st.sampled_from([("plain", "plain"), ("base", "target")])


@given(st.lists(st.tuples(FIGURES, FIGURES).filter(any), min_size=1, max_size=6), ROLES, st.sampled_from(LANGUAGES))
def test_what_is_said_of_any_figures_is_true(figures, roles, language):
    columns = [Column(f"c{at}", f"C{at}", role) for at, role in enumerate(roles)]
    rows = [
        Row(
            f"r{at}",
            f"R{at}",
            tuple(
                pair and point(f"r{at}.c{place}", str(pair[0]), str(pair[0] + pair[1]) if pair[1] else None)
                for place, pair in enumerate(pairs)
            ),
        )
        for at, pairs in enumerate(figures)
    ]
    text = summary.describe(table(language, "t", "dots", columns, rows), WORDS[language])
    assert "{" not in text and not re.search(r"\b1 (bars|groups|rows|lines)", text)
    largest = re.search(r"(?:Largest figure|數值最高)[:：] ?(?:R(\d)[,，] ?)?C(\d)", text)
    if largest:
        found = rows[int(largest[1] or 0)].points[int(largest[2])]
        assert all(
            (found.high >= other.high and found.low >= other.high) or found.low == other.low == other.high == found.high
            for one in rows
            for other in one.points
            if other and other is not found
        )
    for rise in re.finditer(r"R(\d), up from", text):
        before, after = (one for one in rows[int(rise[1])].points)
        assert after.low > before.high


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_is_told_in_whole_sentences(name):
    made = SAMPLES[name]
    text = summary.describe(made, WORDS[made.language])
    assert text.endswith("。" if made.language == "zh" else ".") and not re.search(
        r"[{}]|\.\.|。。|  |： |，，|, ,", text
    )


def test_every_published_chart_is_told_with_its_own_figures_only(paper):
    for (id, language), drawing in paper.drawings.items():
        labels = [text for row in drawing.table.rows for point in row.points if point for text in (point.label, point.short)]
        names = [row.label for row in drawing.table.rows] + [column.label for column in drawing.table.columns]
        rest = drawing.summary
        for known in sorted([*labels, *names], key=len, reverse=True):
            rest = rest.replace(known, "")
        counts = {len(drawing.table.rows), len(drawing.table.columns)}
        assert {int(number) for number in re.findall(r"\d+", rest)} <= counts, (id, language, drawing.summary)
        assert any(label in drawing.summary for label in labels), (id, language)


def test_every_published_point_is_read_with_the_words_of_its_cell(paper):
    for drawing in paper.drawings.values():
        cells = [
            Cell(row, column, point)
            for row in drawing.table.rows
            for column, point in zip(drawing.table.columns, row.points, strict=True)
            if point
        ]
        assert sorted(title for title, _ in drawing.readings) == sorted(cell.hover for cell in cells)
        said = dict(drawing.readings)
        for cell in cells:
            assert all(word in said[cell.hover] for word in (cell.row.label, cell.column.label, cell.point.label))
            assert ("存疑" in said[cell.hover] or "in doubt" in said[cell.hover]) == cell.point.doubtful


# ---- the words


@pytest.mark.parametrize(
    "new, mend",
    [
        ('summary-value: {en: "{name}"}', "this text must have {name} and {value} in braces, each once"),
        (
            'summary-value: {en: "{name}, {value} {unit}"}',
            "this text must have {name} and {value} in braces, each once",
        ),
    ],
)
def test_a_sentence_without_its_slots_is_a_problem(new, mend):
    given = changed("content/interface.yaml", 'summary-value: {en: "{name}, {value}"}', new, name="waves")
    [found] = complaints(given)
    assert found.startswith("content/interface.yaml:") and found.endswith(mend)


def test_sizes_and_tops():
    assert summary._size((Decimal(-5), Decimal(3))) == (0, 5) and summary._size((Decimal(-5), Decimal(-3))) == (3, 5)
    assert summary._top([(Decimal(1), Decimal(2)), (Decimal(2), Decimal(3))]) == ([1], True)
    assert summary._top([(Decimal(1), Decimal(3)), (Decimal(2), Decimal(3))]) == ([0, 1], False)
