"""Clippings: quotations are found by their addresses, whatever an editing system did to the article."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally.clipping import read, windows

ADDRESS = "https://site.example/en/data/?quote=0123abcd#firms.foreign"


def one(text):
    [found] = read(text)
    return found


@pytest.mark.parametrize("address", [
    ADDRESS, "https://site.example/en/data/index.html?quote=0123abcd#firms.foreign",
    "../../en/data/index.html?quote=0123abcd#firms.foreign",
    "https://site.example/en/data/?utm_source=mail&amp;quote=0123abcd&amp;utm_medium=x#firms.foreign",
    "https://site.example/en/data/?utm_source=mail&quote=0123abcd&utm_medium=x#firms.foreign",
    "https://site.example/en/data/?quote=0123abcd#firms.foreign?utm_source=mail",
    "https://site.example/en/data/?quote=0123ABCD#firms.foreign:~:text=so",
    "https://mail.example/?url=https%3A%2F%2Fsite.example%2Fen%2Fdata%2F%3Fquote%3D0123abcd%23firms.foreign",
    "https://site.example/en/data/?quote=0123abcd&ref=https%3A%2F%2Felsewhere.example%2F#firms.foreign",
    "https://site.example/en/data/?quote=0123abcd&#35;firms.foreign",
])
def test_an_address_is_understood_however_it_was_rewritten(address):
    for text in (f'<p><a href="{address}">read more</a></p>', f"<iframe src='{address}'></iframe>"):
        found = one(text)
        assert (found.kind, found.id, found.language, found.checksum) == ("figure", "firms.foreign", "en", "0123abcd")


@pytest.mark.parametrize(("path", "kind", "id", "language"), [
    ("embed/vacancy/zh/@2026-11/", "chart", "vacancy", "zh"), ("embed/vacancy/zh/%402026-11/index.html", "chart", "vacancy", "zh"),
    ("embed/vacancy/en/", "chart", "vacancy", "en"), ("en/charts/vacancy/", "chart", "vacancy", "en"),
    ("deep/below/en/claims/", "claim", "", "en"), ("en/data", "figure", "", "en"), ("en/elsewhere/", None, "/en/elsewhere/", "")])
def test_the_page_says_what_is_quoted(path, kind, id, language):
    found = one(f"See https://site.example/{path}?quote=0123abcd.")
    assert (found.kind, found.id, found.language, found.checksum) == (kind, id, language, "0123abcd")


@pytest.mark.parametrize("text", [
    "", "no address", "<p>quote=0123abcd</p>", "https://share.example/?quote=what%20he%20said", "https://[bad/en/data/?quote=0123abcd",
    '<a href="https://site.example/en/data/?unquote=0123abcd#a">x</a>'])
def test_other_addresses_are_none(text):
    assert read(text) == []


def test_an_address_in_plain_text_ends_where_its_sentence_does():
    for text in (f"見（{ADDRESS}）。", f"See {ADDRESS}.", f"“{ADDRESS}”", f"看{ADDRESS}，再看", f"<p>{ADDRESS}</p>"):
        assert one(text).id == "firms.foreign"


def test_lines_are_those_of_the_file():
    assert [found.line for found in read(f"a\n\nb {ADDRESS}\n<p>\n<a\n href='{ADDRESS}'>c</a>\n")] == [3, 5]


def test_a_link_whose_text_is_its_address_is_one_quotation_and_so_is_a_snippet():
    assert len(read(f"<p><a href='{ADDRESS}'>{ADDRESS}</a></p>")) == 1
    assert len(read(f"<blockquote cite='{ADDRESS}'><p>x</p><footer><a href='{ADDRESS}'>y</a></footer></blockquote>")) == 1
    assert len(read(f"<blockquote cite='{ADDRESS}'><p>x</p></blockquote>")) == 1  # a system took the link out


def test_text_is_looked_for_around_the_address_but_not_beyond_another_for_the_same():
    first, second = read(f"<p>one</p><p><a href='{ADDRESS}'>a</a></p><p>two</p><p><a href='{ADDRESS}'>b</a></p><p>three</p>")
    assert "one" in first.near and "three" not in first.near
    assert "two" in second.near and "three" in second.near and "one" not in second.near
    assert "a" not in second.own


def test_scripts_and_styles_are_no_text():
    assert "hidden" not in one(f"<style>hidden</style><p><script>hidden('{ADDRESS}')</script><a href='{ADDRESS}'>x</a>").near


@pytest.mark.parametrize("text", [
    "He said “the sum” and left.", "<p>Before. the sum. After", "<q>the sum</q>", "Tally: the sum", "a (the sum) b", "甲「the sum」乙",
    "<p>x<br>the <b>sum</b><br>y"])
def test_windows_hold_what_stands_between_marks_sentences_and_tags(text):
    assert "the sum" in {window.strip(" .") for window in windows(one(f"{text} <a href='{ADDRESS}'>z</a>").near)}


def test_pictures_inside_an_article_take_no_time():
    picture = f'<img src="data:image/png;base64,{"A" * 2_000_000}">'
    started = perf_counter()
    assert one(f"<p>{picture}x <a href='{ADDRESS}'>y</a></p>{picture}").id == "firms.foreign"
    assert perf_counter() - started < 10


@given(st.text(alphabet="<>&!-[]/\"'= aquote?#;\n\x00" + ADDRESS[:8], max_size=60))
def test_no_text_is_too_broken_to_read(text):
    read(f"{text}<p>{ADDRESS}</p>{text}")
