"""Wording: figures and asserted phrases in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally import wording
from tally.notation import Style
from tally.wording import Assertion, Misworded, Plain, Reference


def test_a_text_without_marks_is_itself():
    assert wording.parse("just {words} [here]") == ("just {words} [here]",)


def test_a_reference_knows_its_name_and_place():
    assert wording.parse("有 {{ t.a.2022 }} 家") == ("有 ", Reference(2, "t.a.2022", Style()), " 家")


@pytest.mark.parametrize(("form", "reference"), [
    ("number", Reference(0, "a.b", Style(unit=False))),
    ("bare", Reference(0, "a.b", Style(qualifier=False))),
    ("digits 2", Reference(0, "a.b", Style(digits=2))),
    ("in 億元", Reference(0, "a.b", Style(), unit="億元")),
    ("signed", Reference(0, "a.b", Style(signed=True))),
    ("size", Reference(0, "a.b", Style(size=True))),
    ("dash", Reference(0, "a.b", Style(dash=True))),
    ("label", Reference(0, "a.b", Style(), label=True)),
    ("number, digits 0", Reference(0, "a.b", Style(unit=False, digits=0))),
])
def test_a_form_after_the_bar_is_read(form, reference):
    assert wording.parse(f"{{{{ a.b | {form} }}}}") == (reference,)


def test_every_listed_form_is_read():
    for form in wording.FORMS:
        [part] = wording.parse(f"{{{{ a.b | {form.replace('N', '1').replace('UNIT', '%')} }}}}")
        assert part != wording.parse("{{ a.b }}")[0]


def test_a_quoted_number_is_no_figure():
    assert wording.parse('{{ "No. 14" }}') == (Plain(0, "No. 14"),)


def test_a_phrase_has_words_and_a_condition():
    [part] = wording.parse("[[ more than 30% | t.growth > 30% ]]")
    assert part == Assertion(0, ("more than 30%",), "t.growth > 30%")


def test_a_reference_inside_a_phrase_knows_its_place_in_the_text():
    text = "so [[   up {{ a.b }} or {{ a.c | bare }} | a.b > 1 ]]"
    found = list(wording.references(wording.parse(text)))
    assert [text[one.offset:].startswith("{{ " + one.name) for one in found] == [True, True]


@pytest.mark.parametrize(("text", "offset", "why"), [
    ("ab {{ a.b", 3, "“{{” has no partner"),
    ("ab }} c", 3, "“}}” has no partner"),
    ("ab [[ c ]]", 3, "“[[” has no partner"),
    ("a {{ b {{ c.d }}", 2, "“{{” has no partner"),
    ("{{ }}", 0, "names no cell"),
    ("x {{ a.b | bold }}", 2, "“bold” is no form of a figure; forms: number, bare,"),
    ("[[ {{ a.b | bold }} | a.b > 1 ]]", 3, "“bold” is no form"),
])
def test_what_cannot_be_read_is_placed(text, offset, why):
    with pytest.raises(Misworded) as caught:
        wording.parse(text)
    assert caught.value.offset == offset
    assert why in str(caught.value)


TEXTS = st.lists(st.sampled_from(["{{", "}}", "[[", "]]", "|", " a.b ", "\"", "digits 1", "in 家", " > 1", "\n", "x", ",", "前海"]), max_size=12).map("".join)


@given(TEXTS | st.text(max_size=30))
def test_any_text_is_read_or_misworded(text):
    try:
        parts = wording.parse(text)
    except Misworded as error:
        assert 0 <= error.offset <= len(text)
        return
    for part in parts:
        assert isinstance(part, str) or text.startswith(("{{", "[["), part.offset)


@given(st.text("abc前 .", max_size=8), st.text("abc前 .", max_size=8))
def test_what_is_no_mark_comes_back_unchanged(before, after):
    parts = wording.parse(f"{before}{{{{ a.b }}}}{after}")
    assert "".join(part for part in parts if isinstance(part, str)) == before + after
