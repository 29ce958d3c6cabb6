"""Words that compare need a condition near them."""

from __future__ import annotations

import pytest

from tally import document, watch
from tally.model import Watchwords
from tally.passage import Passage

ENGLISH = Watchwords(comparisons=["more than", "(?:high|low)est", "fell"])
CHINESE = Watchwords(comparisons=["逾", "最[高低]"])


def unbound(text, words=ENGLISH, han=False):
    passage = Passage("content/x/en.md", "en", text, document.parse("x", "{}"), (), first_line=5)
    return [(problem.line, problem.column, problem.message.split("”")[0][1:]) for problem in watch.unbound(passage, words, han)]


def test_a_comparison_without_a_condition_is_reported_at_its_place():
    assert unbound("A line.\nIt has more than {{ a.b }}.") == [(6, 8, "more than")]


def test_a_comparison_inside_an_asserted_phrase_is_bound():
    assert unbound("It is [[ the highest | a.b > c.d ]] of all.") == []


def test_a_condition_in_the_same_sentence_covers_the_comparison():
    assert unbound("It fell, and [[ far | a.b > c.d ]].") == []


def test_a_condition_in_the_sentence_before_does_not():
    assert unbound("[[ Far | a.b > 1.5 ]]. It fell.") == [(5, 27, "fell")]


@pytest.mark.parametrize("text", ["Fellow travellers.", "The morethan.", "{{ a.fell }}"])
def test_only_whole_words_outside_marks_count(text):
    assert unbound(text) == []


def test_chinese_needs_no_word_boundary():
    assert unbound("這是最高的，逾 {{ a.b }}。", CHINESE, han=True) == [(5, 3, "最高"), (5, 7, "逾")]


@pytest.mark.parametrize("pattern", ["(?i)more than", "(?P<word>more) than", "(more) than", "more (?:than)\\1", "", "x*", "(", "a)(b"])
def test_a_pattern_that_does_not_go_with_others_is_refused(pattern):
    for field in ("comparisons", "passes", "names", "counted"):
        with pytest.raises(ValueError, match="is no pattern"):
            Watchwords(**{field: ["fell", pattern]})


@pytest.mark.parametrize("worth", ["", "many", "1/0", "-2"])
def test_a_number_word_has_a_worth(worth):
    with pytest.raises(ValueError, match="write a whole number or a fraction"):
        Watchwords(numerals={"half": worth})


def test_an_alternative_stays_within_its_entry():
    assert unbound("It rose. It fell.", Watchwords(comparisons=["xx|rose", "fell"])) == [(5, 4, "rose"), (5, 13, "fell")]
