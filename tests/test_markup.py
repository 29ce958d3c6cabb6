"""Markup: what is left of a Markdown text when only its words count."""

from __future__ import annotations

import pytest

from tally import markup


@pytest.mark.parametrize(("text", "words"), [
    ("## A heading {#id}", "A heading"),
    ("- **One**: two\n- _three_ four_five", "One: two three four_five"),
    ("1. first\n2. second", "first second"),
    ("see [the ledger](../claims/index.html), it says so[^note].", "see the ledger, it says so."),
    ("[^note]: What it says.", "What it says."),
    ("| A | B |\n|---|--:|\n| 1 | 2 |", "A B 1 2"),
    ("::chart vacancy", ""),
    ('with <abbr title="x">tags</abbr> and `code`', "with tags and code"),
    ("一段。\n\n「二段」\n\n三段。", "一段。「二段」三段。"),
    ("> quoted\n> twice", "quoted twice"),
    ("−3 − 2 - 1 * 4", "−3 − 2 - 1 4"),
])
def test_only_words_are_left(text, words):
    assert markup.words(text) == words
