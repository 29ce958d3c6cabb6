"""Documents: YAML as typed, with the place of everything."""

from __future__ import annotations

import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally import document
from tally.document import Mark
from tally.problem import Faulty

KEYS = st.text("abcdefgh", min_size=1, max_size=6)
SCALARS = st.text("0123456789.-前海 é'\"x:", min_size=1, max_size=12)
DATA = st.dictionaries(KEYS, st.recursive(SCALARS, lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(KEYS, inner, min_size=1, max_size=3), max_leaves=8), min_size=1, max_size=4)


def complaint(text):
    with pytest.raises(Faulty) as caught:
        document.parse("a.yaml", text)
    return [str(problem) for problem in caught.value.problems]


def test_figures_stay_as_typed():
    assert document.parse("a.yaml", "a: 16297.60\nb: 007\nc: 1_000\nd: yes\n").data == {
        "a": "16297.60", "b": "007", "c": "1_000", "d": "yes"}


@pytest.mark.parametrize("text", ["a:", "a: ~", "a: null", "{a: }"])
def test_nothing_is_none(text):
    assert document.parse("a.yaml", text).data == {"a": None}


@pytest.mark.parametrize("text", ["a: ''", 'a: "null"', "a: '~'"])
def test_a_quoted_nothing_is_a_text(text):
    assert isinstance(document.parse("a.yaml", text).data["a"], str)


@given(DATA)
def test_every_mark_points_at_the_value(data):
    text = json.dumps(data, ensure_ascii=False, indent=1)
    found = document.parse("a.yaml", text)
    lines = text.split("\n")
    assert sum(1 for _ in found.places()) == _count(data)
    for where in found.places():
        mark, value = found.mark(where), data
        for step in where:
            value = value[step]
        assert lines[mark.line - 1][mark.column - 1:].startswith(
            json.dumps(value, ensure_ascii=False) if isinstance(value, str) else json.dumps(value)[0])


def _count(data):
    items = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return 1 + sum(map(_count, items))


@given(DATA)
def test_a_document_that_was_put_away_knows_its_marks(data):
    found = document.parse("a.md", json.dumps(data, ensure_ascii=False, indent=1), first_line=2)
    again = pickle.loads(pickle.dumps(found))
    assert again == found
    for where in found.places():
        assert (again.mark(where), again.key_mark(where)) == (found.mark(where), found.key_mark(where))


@given(DATA)
def test_data_comes_back_as_written(data):
    assert document.parse("a.yaml", json.dumps(data, ensure_ascii=False)).data == data


def test_a_missing_value_is_placed_at_its_parent():
    found = document.parse("a.yaml", "a:\n  b: 1\n")
    assert found.mark(("a", "c", "d")) == Mark(2, 3)


def test_a_key_has_a_mark_of_its_own():
    found = document.parse("a.yaml", "a:\n  b: 1\n")
    assert (found.key_mark(("a", "b")), found.mark(("a", "b"))) == (Mark(2, 3), Mark(2, 6))


def test_a_snippet_is_found_inside_a_folded_text():
    found = document.parse("a.yaml", "note: >-\n  one\n  two {{ x }}\n")
    assert found.within(("note",), "{{ x }}", "one two ") == Mark(3, 7)


def test_the_second_of_two_like_snippets_is_found():
    found = document.parse("a.yaml", "note: a x, b x\n")
    assert found.within(("note",), "x", "a x, b ") == Mark(1, 14)


def test_front_matter_counts_lines_from_the_top_of_its_file():
    assert document.parse("a.md", "title: a\n", first_line=2).mark(("title",)) == Mark(2, 8)


@pytest.mark.parametrize(("text", "line"), [
    ("a: 1\na: 2\n", "a.yaml:2:1: a: the key a stands here twice, first on line 1; remove or rename one"),
    ("a: &x 1\n", "a.yaml:1:4: a: &x is not read here; write plain values"),
    ("a: !!int 1\n", "a.yaml:1:4: a: !!int is not read here; write plain values"),
    ("? [a]\n: 1\n", "a.yaml:1:3: a key must be a plain word"),
    ("a: 1\n---\nb: 2\n", "a.yaml:2:1: a second document starts here; keep one document in a file"),
    ("", "a.yaml:1:1: the file is empty; see README for what belongs in it"),
    ("a:\n\tb: 1\n", "a.yaml:2:1: a tab stands here; YAML takes spaces only: indent with two spaces"),
    ("前海: 深圳\n乙: a\x07\n", "a.yaml:2:5: the character U+0007 is not allowed in YAML; remove it"),
    ("標題：前海\nb: 1\n", "a.yaml:1:3: a full-width colon stands here; write “: ” (colon and space) between key and value"),
])
def test_what_is_not_read_is_named_with_its_place(text, line):
    assert complaint(text) == [line]


def test_two_faults_in_one_text_are_both_named():
    assert len(complaint("a: 1\na: 2\nb: *x\n")) == 2


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_with_a_place(text):
    try:
        found = document.parse("a.yaml", text)
    except Faulty as error:
        assert all(problem.line >= 1 and problem.column >= 1 for problem in error.problems)
    else:
        assert found.data is not None


def test_a_bomb_is_refused_without_being_unfolded():
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    assert all("not read here" in line for line in complaint(bomb))


@pytest.mark.parametrize(("raw", "text"), [
    (b"\xef\xbb\xbfa: 1\n", "a: 1\n"), (b"a: 1\r\nb: 2\r\n", "a: 1\nb: 2\n"), (b"a: 1\rb: 2\r", "a: 1\nb: 2\n")])
def test_marks_and_line_ends_of_other_systems_are_read(raw, text):
    assert document.decode("a.yaml", raw) == text


def test_the_first_byte_that_is_no_utf_8_is_placed():
    with pytest.raises(Faulty) as caught:
        document.decode("a.yaml", "a: 1\n前: ".encode() + b"\xff\n")
    assert str(caught.value) == "a.yaml:2:4: byte 0xff is not UTF-8; save the file with the encoding UTF-8"
