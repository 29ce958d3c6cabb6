"""The caret: it stands under the place, whatever stands before it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tally import caret
from tally.problem import Problem


def shown(line, column):
    return caret.under(Problem("data/a.yaml", 1, column, "", "is wrong"), line).split("\n")


def test_a_problem_is_followed_by_its_line_and_a_caret():
    assert shown("value: 1,000", 8) == ["data/a.yaml:1:8: is wrong", "    value: 1,000", "           ^"]


def test_a_han_character_is_two_columns_wide():
    assert shown("前海：8274 年", 4)[1:] == ["    前海：8274 年", "          ^"]


def test_a_tab_is_one_column_wide():
    assert shown("a\tb: c", 3)[1:] == ["    a b: c", "      ^"]


def test_a_line_that_is_not_there_has_no_caret():
    problem = Problem("data/a.yaml", 7, 1, "", "is wrong")
    for text in (None, "a: b\n", "\n" * 9):
        assert caret.under(problem, text) == str(problem)


def test_a_place_after_the_end_of_a_line_is_marked_there():
    assert shown("key:", 9)[1:] == ["    key:", "        ^"]


def test_a_control_character_does_not_reach_the_terminal():
    assert "\x1b" not in "".join(shown("a: \x1b[31mred", 4))


@given(st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"]), max_size=400), st.integers(1, 420))
def test_the_caret_stands_under_its_character_in_a_line_of_bounded_width(line, column):
    _, *rest = shown(line, column)
    if not line.strip():
        assert not rest
        return
    text, mark = rest
    assert caret.width(text) <= caret.WIDTH + 4
    before = caret.width(mark) - 1
    at = next((index for index in range(len(text) + 1) if caret.width(text[:index]) == before), None)
    assert at is not None
    if column <= len(line) and line[column - 1].isprintable() and not line[column - 1].isspace():
        assert line[column - 1] in text[at:at + 8]
