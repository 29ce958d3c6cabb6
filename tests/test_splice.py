"""Splices: a changed value changes its own line and nothing else."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally import document, splice
from tally.splice import Change
from tests.tiny import ROOT

TARGETS = (ROOT / "data/tables/targets.yaml").read_text("utf-8")
TEXT = """# What it is
title: {a: b}
rows:
  one:   # the first
    label: {a: 一, b: 'it''s'}
    cells: {x: 1, y: {value: 2.50 , measure: level}}   # two

  two:
    label: {a: 二, b: "two"}
    cells:
      x: 3

# the end
"""


def data(text):
    return document.parse("a.yaml", text).data


@pytest.mark.parametrize(("change", "old", "new"), [
    (Change(("rows", "one", "cells", "x"), "1", "10"), "{x: 1,", "{x: 10,"),
    (Change(("rows", "one", "cells", "y", "value"), "2.50", "2.5"), "value: 2.50 ,", "value: 2.5 ,"),
    (Change(("rows", "one", "label", "b"), "it's", "that's"), "'it''s'", "'that''s'"),
    (Change(("rows", "two", "label", "b"), "two", 'the "second"'), '"two"', '"the \\"second\\""'),
    (Change(("rows", "one", "label", "a"), "一", "甲, 乙"), "{a: 一,", '{a: "甲, 乙",'),
    (Change(("rows", "two", "cells", "x"), "3", "-3"), "x: 3\n", "x: -3\n"),
    (Change(("rows", "one", "cells", "z"), None, "7"), "level}}", "level}, z: 7}"),
    (Change(("rows", "two", "cells", "z"), None, {"from": "1", "to": "2"}), "x: 3\n", "x: 3\n      z: {from: 1, to: 2}\n"),
    (Change(("rows", "three"), None, {"label": {"a": "三"}, "cells": {"x": "4"}}), "x: 3\n",
     "x: 3\n  three:\n    label: {a: 三}\n    cells: {x: 4}\n"),
])
def test_nothing_but_the_value_changes(change, old, new):
    assert TEXT.count(old) == 1
    assert splice.spliced(TEXT, [change]) == TEXT.replace(old, new)


def test_new_rows_stand_in_the_order_in_which_they_are_given_below_other_changes():
    rows = [Change(("rows", name), None, {"cells": {"x": "4"}}) for name in ("c", "b")]
    changed = data(splice.spliced(TEXT, [*rows, Change(("rows", "two", "cells", "x"), "3", "30")]))
    assert list(changed["rows"]) == ["one", "two", "c", "b"]
    assert changed["rows"]["two"]["cells"] == {"x": "30"}


def test_a_row_beside_rows_in_one_line_is_in_one_line():
    text = "rows:\n  a: {cells: {x: 1}}\n  b: {cells: {x: 2}}  # b"
    assert splice.spliced(text, [Change(("rows", "c"), None, {"cells": {"x": "3"}})]) == f"{text}\n  c: {{cells: {{x: 3}}}}"


def test_line_ends_and_a_byte_order_mark_stay():
    text = "\ufeff" + TEXT.replace("\n", "\r\n")
    changed = splice.spliced(text, [Change(("rows", "two", "cells", "z"), None, "7"), Change(("rows", "one", "cells", "x"), "1", "9")])
    assert changed == text.replace("x: 3\r\n", "x: 3\r\n      z: 7\r\n").replace("{x: 1,", "{x: 9,")


@pytest.mark.parametrize("text", ["a: >-\n  b\n  c\n", "a: |\n  b\n"])
def test_a_value_over_several_lines_is_left_to_its_editor(text):
    with pytest.raises(splice.Unspliceable):
        splice.spliced(text, [Change(("a",), "b", "d")])


def test_a_row_goes_below_a_note_over_several_lines():
    text = "rows:\n  a:\n    note: >-\n      b\n      c\n\n# the end\n"
    assert splice.spliced(text, [Change(("rows", "d"), None, {"cells": {"x": "1"}})]) == (
        "rows:\n  a:\n    note: >-\n      b\n      c\n  d:\n    cells: {x: 1}\n\n# the end\n")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff\u2028\u2029\x85"), min_size=1))
def test_any_text_is_read_back_as_it_was_given(text):
    for style in ("", "'", '"'):
        assert data(f"a: {{b: {splice.written(text, style)}, c: d}}") == {"a": {"b": text, "c": "d"}}


CELLS = [("rows", row, "cells", column) for row, content in data(TARGETS)["rows"].items()
         for column, value in content["cells"].items() if isinstance(value, str)]


@given(st.dictionaries(st.sampled_from(CELLS), st.decimals(0, 99999, places=2).map("{:f}".format), min_size=1, max_size=5))
def test_a_changed_cell_changes_only_its_line(values):
    def at(where):
        found = data(TARGETS)
        for step in where:
            found = found[step]
        return found
    changed = splice.spliced(TARGETS, [Change(where, at(where), now) for where, now in values.items()])
    before, after = TARGETS.split("\n"), changed.split("\n")
    assert len(before) == len(after)
    marks = document.parse("a.yaml", TARGETS)
    differing = {number for number, (old, new) in enumerate(zip(before, after, strict=True), start=1) if old != new}
    assert differing <= {marks.mark(where).line for where in values}
    expected = json.loads(json.dumps(data(TARGETS)))
    for where, now in values.items():
        expected["rows"][where[1]]["cells"][where[3]] = now
    assert data(changed) == expected
