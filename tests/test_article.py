"""Articles: Markdown with charts, margin notes and figures in place."""

from __future__ import annotations

import pytest

from tally import article


def html(body, prefix=""):
    return "\n".join(article.render(body, lambda mark: f"<b>{mark}</b>", lambda id: f"<figure>{id}</figure>", "Note {}", prefix))


def test_a_figure_is_put_where_it_is_cited():
    assert html("a {{ t.a }} b") == "<p>a <b>{{ t.a }}</b> b</p>"


def test_a_phrase_may_hold_figures_and_stars():
    assert html("x [[ {{ t.a }} up | max(t.*.b) > 1 and t.*.c ]] *y*") == (
        "<p>x <b>[[ {{ t.a }} up | max(t.*.b) > 1 and t.*.c ]]</b> <em>y</em></p>")


def test_a_chart_stands_in_no_paragraph():
    assert html("a\n\n::chart vacancy\n\nb") == "<p>a</p>\n<figure>vacancy</figure>\n<p>b</p>"


def test_a_heading_can_be_linked():
    assert html("## Floors {#floors}") == '<h2 id="floors"><a class="anchor" href="#floors">Floors</a></h2>'


def test_a_note_stands_where_it_is_called_and_opens_without_script():
    found = html("a[^one]\n\n[^one]: Text *here* with {{ t.a }}.")
    assert '<label class="note-mark" for="note-one">1</label>' in found
    assert 'aria-label="Note 1"' in found and 'type="checkbox"' in found
    assert "Text <em>here</em> with <b>{{ t.a }}</b>." in found
    assert "[^one]" not in found


def test_notes_are_numbered_in_the_order_of_their_marks():
    found = html("a[^b] c[^a]\n\n[^a]: A.\n\n[^b]: B.")
    assert found.index(">1</label>") < found.index("B.") < found.index(">2</label>") < found.index("A.")


def test_two_articles_on_one_page_keep_their_ids_apart():
    found = html("## H {#h}\n\na[^n]\n\n[^n]: N.", prefix="en-")
    assert 'id="en-h"' in found and 'href="#en-h"' in found and 'id="en-note-n"' in found


def test_the_outline_lists_what_stands_where():
    body = "::chart one\n\n## Two {#two}\n\n### Three\n\ntext[^n]\n\n[^n]: note\n"
    found = article.outline(body)
    assert [item.id for item in found.charts] == ["one"]
    assert [(item.id, item.text) for item in found.headings] == [("two", "Two"), ("", "Three")]
    assert [item.text for item in found.notes] == ["note"]
    assert [body[item.offset:item.offset + 4] for item in (*found.charts, *found.cited)] == ["::ch", "[^n]"]


@pytest.mark.parametrize(("body", "kinds"), [
    ("a\nb\n\nc", ["paragraph", "paragraph"]), ("- a\n- b\n\n- c\n\nd", ["list", "paragraph"]), ("1. a\n2. b", ["list"]),
    ("## A {#a}\n\n::chart b\n\n[^n]: c", ["heading", "chart", "note"]), ("| a |\n|---|\n| b |", ["table"]), ("> a", ["quote"])])
def test_blank_lines_set_blocks_apart(body, kinds):
    assert [block.kind for block in article.blocks(body)] == kinds


def test_a_block_knows_where_it_stands():
    body = "a\n\n## H {#h}\n\nb\n"
    assert [(body[block.offset], block.name) for block in article.blocks(body)] == [("a", ""), ("#", "h"), ("b", "")]


@pytest.mark.parametrize("body", ["::chart x extra", "::chart", "::charts x", "  ::chart x", "text\n::chart x", "::chart x\ntext", "::chart x\n::chart y"])
def test_a_line_that_only_looks_like_a_chart_is_unread(body):
    assert article.outline(body).unread


@pytest.mark.parametrize("body", ["::chart x", "a\n\n::chart x\n\nb", "::chart x  "])
def test_a_chart_between_blank_lines_is_read(body):
    assert not article.outline(body).unread
