"""Lettering: lines break where a reader of either script would break them."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tally.lettering import CLOSING, OPENING, balance, extent, fill, flowing, pieces, width, wrap

WORDS = st.text(alphabet="前海深港合作區。，、（）「」《》 abcWQ0129.%–-", max_size=60)


def test_a_han_character_is_an_em_and_a_capital_w_wider_than_an_i():
    assert width("前海", 10) == pytest.approx(20, rel=0.05)
    assert width("W", 10) > 3 * width("i", 10)
    assert width("Qianhai", 10, 700) > width("Qianhai", 10)


def test_a_block_is_as_wide_as_its_widest_line():
    assert extent(["a", "abc"], 10) == (width("abc", 10), pytest.approx(26))


@given(WORDS)
def test_pieces_are_the_text(text):
    assert "".join(pieces(text)) == text


@given(WORDS, st.integers(30, 300))
def test_filled_lines_are_the_text_and_without_their_last_spaces_the_wrapped_ones(text, room):
    lines = fill(text, room, 13)
    assert "".join(lines) == text
    assert [line.rstrip() for line in lines] == wrap(text, room, 13)


@given(WORDS, st.integers(30, 300), st.sampled_from([wrap, balance]))
def test_lines_fit_and_lose_nothing(text, room, break_up):
    lines = break_up(text, room, 13)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    for line in lines:
        assert width(line, 13) <= room or len(pieces(line)) == 1


@given(WORDS, st.integers(60, 300))
def test_no_line_starts_with_a_closing_mark_or_ends_with_an_opening_one(text, room):
    assume(text.strip(CLOSING + OPENING + " "))
    lines = wrap(text, room, 13)
    assert not any(line[0] in CLOSING for line in lines[1:] if line)
    assert not any(line[-1] in OPENING for line in lines[:-1] if line)


@given(WORDS, st.integers(60, 300))
def test_balanced_lines_are_no_more(text, room):
    assert len(balance(text, room, 13)) == len(wrap(text, room, 13))


@given(WORDS, st.integers(30, 300))
def test_balanced_lines_are_the_narrowest_that_are_no_more(text, room):
    lines, width_of_all = wrap(text, room, 13), room
    while len(lines) > 1 and width_of_all > 13:
        width_of_all -= 13 / 2
        tighter = wrap(text, width_of_all, 13)
        if len(tighter) > len(lines) or extent(tighter, 13)[0] > width_of_all:
            break
        lines = tighter
    assert balance(text, room, 13) == lines


def test_chinese_breaks_by_character_and_latin_by_word():
    assert wrap("前海合作區，香港", 53, 10) == ["前海合作", "區，香港"]
    assert wrap("Hong Kong firms", 60, 10) == ["Hong Kong", "firms"]
    assert wrap("截至2022年底", 45, 10)[0] == "截至"


def test_no_single_character_is_left_over():
    assert balance("前海深港現代服務業合作", 105, 10) == ["前海深港現代", "服務業合作"]


def test_nothing_is_one_empty_line():
    assert wrap("", 100, 13) == [""] and balance("", 100, 13) == [""]


def test_running_text_has_han_on_its_em_and_bold_letter_by_letter():
    assert flowing("前海", 10) == flowing("前海", 10, 700) == 20
    assert flowing("2022", 10, 700) == flowing("2022", 10)
    assert flowing("figure", 10, 700) > flowing("figure", 10)
