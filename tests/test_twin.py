"""The two languages stand block against block and say the same of the same figures."""

from __future__ import annotations

import pytest

from tally import project, twin
from tally.model import PageMeta
from tally.project import Text
from tests.tiny import changed, checked, folder


def text(body, path="zh.md"):
    return Text(path, PageMeta(title="t", dek="d"), body, 5)


def complaints(original, other):
    return [(p.path, p.line, p.message) for p in twin.disagreements(text(original), text(other, "en.md"))]


BODY = "First {{ a.b }}.\n\n## Heading {#one}\n\n::chart vacancy\n\nSecond [[ more | a.b > 3 ]].[^n]\n\n[^n]: A note {{ c.d }}.\n"


def test_texts_with_the_same_blocks_and_figures_agree():
    assert complaints(BODY, BODY.replace("First", "Erstens")) == []


def test_a_missing_block_is_shown_with_its_line():
    [(path, line, message)] = complaints(BODY, BODY.replace("Second [[ more | a.b > 3 ]].[^n]\n\n", ""))
    assert (path, line) == ("en.md", 11)
    assert message.startswith("this note n stands against the paragraph at zh.md:11")


def test_a_block_too_many_is_shown_where_it_stands():
    [(path, line, message)] = complaints(BODY, BODY + "\nOne more.\n")
    assert (path, line) == ("en.md", 15)
    assert "has no twin in zh.md" in message


@pytest.mark.parametrize(("old", "new", "said"), [
    ("{{ a.b }}.", "{{ a.c }}.", "its figures differ from those of its twin at zh.md:5: only here a.c; only there a.b"),
    ("a.b > 3", "a.b > 4", "its conditions differ from those of its twin at zh.md:11: only here a.b > 4; only there a.b > 3"),
    ("{{ c.d }}", "nothing", "its figures differ from those of its twin at zh.md:13: only here nothing; only there c.d"),
])
def test_a_pair_that_cites_other_figures_is_shown_with_both_lines(old, new, said):
    [(_, _, message)] = complaints(BODY, BODY.replace(old, new, 1))
    assert message == said


def test_another_anchor_or_chart_is_another_block():
    assert "stands against the heading one" in complaints(BODY, BODY.replace("{#one}", "{#two}"))[0][2]
    assert "stands against the chart vacancy" in complaints(BODY, BODY.replace("::chart vacancy", "::chart floors"))[0][2]


# ---- what a translation was made from


RECORD = "content/stories/euler/made-from.yaml"
FR, DE = "content/stories/euler/fr.md", "content/stories/euler/de.md"
NOBODY = f"{DE}:1:1: nobody has confirmed that it says what {FR} says; compare them, then run: build.py confirm euler"


def stale(given):
    return [str(problem) for problem in twin.stale(project.validate(given), DE)]


def test_a_record_as_it_was_written_says_nothing():
    assert stale(changed(RECORD, "", twin.as_yaml(checked().project, "euler").encode())) == []
    assert stale(folder()) == []


@pytest.mark.parametrize("raw", [b"languages: {de: []}", b"languages: {}", b"languages: {de: [aaaaaaaaaa bbbbbbbbbb]}", None])
def test_a_record_of_other_blocks_confirms_nothing(raw):
    assert stale(changed(RECORD, "", raw)) == [NOBODY]


def test_marks_that_no_text_has_confirm_no_block():
    texts = checked().project.stories["euler"].texts
    lines = twin.record(texts["fr"], texts["de"])
    given = changed(RECORD, lines[1], "aaaaaaaaaa bbbbbbbbbb")
    assert stale(given) == [f"{DE}:5:1: nobody has confirmed since it changed that this says what {FR}:5 says; "
                            "compare them, then run: build.py confirm euler"]


def test_an_original_that_changed_alone_is_named_at_its_translation():
    assert stale(changed(FR, "Le cube a", "Un cube a")) == [
        f"{DE}:5:1: the original has changed at {FR}:5 and this has not; mend it, or run: build.py confirm euler"]


def test_a_headline_that_changed_alone_is_named_too():
    assert stale(changed(FR, "title: ", "title: Oh ! ")) == [
        f"{DE}:1:1: title: the original has changed at {FR}:1 and this has not; mend it, or run: build.py confirm euler"]
