"""Markup: what of a Markdown text no reader sees, blanked with as many spaces so that offsets stay.

Only what Markdown really swallows goes: marks, addresses, tags, anchors, the numbers of list items. Code,
titles of links and the words in alt attributes are shown, and stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_HELD = "\ue000"
_TOKEN = re.compile(r"\{\{.*?\}\}|\[\[.*?\]\]", re.DOTALL)
_ATTRIBUTE = r"""[\w:-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?"""
_TAG = re.compile(rf"</?[A-Za-z][\w-]*(?:\s+{_ATTRIBUTE})*\s*/?>")
_SHOWN = re.compile(r"""\b(?:alt|title|label|aria-label|placeholder|value|content)\s*=\s*("[^"]*"|'[^']*'|[^\s"'=<>`]+)""")
_UNSEEN = re.compile(
    r"(?<=\]\()[^()\s]*(?=[\s)])|^[ ]{0,3}\[[^\]^\n]+\]:[ \t]*\S+|<!--.*?-->|^::chart[ \t]+\S+[ \t]*$|\[\^[\w-]+\]:?|https?://\S+"
    r"|(?<=[ \t])\{#[\w-]+\}(?=[ \t]*$)", re.MULTILINE | re.DOTALL)
_HIDDEN = re.compile(r"\]\([^()\n]*\)|^[ ]{0,3}\[[^\]^\n]+\]:[ \t]*.*$|</?[A-Za-z][^<>]*>|\{[#.:][^{}\n]*\}", re.MULTILINE)
"""Where a mark would come out as markup inside markup: targets of links, tags, anchors."""
_NEARLY = re.compile(r"[{｛]+[ \t]*[a-z0-9-]+(?:\.[a-z0-9-]+)+[^{}｛｝\n]*[}｝]+")
"""What somebody meant for a figure: one brace, or full-width ones."""
_CHUNK = re.compile(r"^[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*", re.MULTILINE)
_SYNTAX = re.compile(r"^[ \t]*(?:#{2,4}|[-*+>]|\d+\.)[ \t]+|^[ \t]*\|?[ \t:|-]*-[ \t:|-]*$|\*\*?|`|(?<!\w)_|_(?!\w)", re.MULTILINE)
"""What makes a heading, an item, the rule of a table, emphasis."""
_ITEM = re.compile(r"^[ \t]*(\d+)\.(?=[ \t])", re.MULTILINE)


@lru_cache(maxsize=1_000)  # asked for typed figures and for words that compare
def blank(text: str) -> str:
    """The text with marks and markup replaced by as many spaces."""
    for pattern in (_TOKEN, _UNSEEN):
        text = pattern.sub(_spaces, text)
    return _CHUNK.sub(_Lists(), _TAG.sub(_tag, text))


def words(text: str) -> str:
    """What a reader sees of a text whose figures are written out, on one line."""
    bare = re.sub(r"\[([^\]]*)\]\([^()]*\)", r"\1", _TAG.sub("", _UNSEEN.sub("", text)))
    line = " ".join(_SYNTAX.sub("", bare).replace("|", " ").split())
    return re.sub(r"(?<=[。，；：！？」』）]) ", "", line)  # full-width punctuation brings its own space


def misplaced(text: str) -> Iterator[tuple[int, str]]:
    """Offset and complaint of each mark that Markdown cannot keep whole."""
    held = _TOKEN.sub(lambda match: re.sub(r"[^\n]", _HELD, match[0]), text)
    for match in _TOKEN.finditer(text):
        if re.search(r"\n[ \t]*\n", match[0]):
            yield match.start(), "a blank line stands inside this mark, and the paragraph ends there; write the mark in one paragraph"
    for match in _HIDDEN.finditer(held):
        if _HELD in match[0]:
            yield match.start() + match[0].index(_HELD), "a mark inside an address, a tag or an anchor is no text; write the figure in the sentence"
    for match in _NEARLY.finditer(held):
        yield match.start(), f"{match[0]} is read as plain words; a figure is written {{{{ name }}}}"
    yield from _unclosed(held)


def _unclosed(held: str) -> Iterator[tuple[int, str]]:
    """Signs that open emphasis, code or a link in a paragraph and do not close it there."""
    for chunk in _CHUNK.finditer(held):
        for sign in ("**", "`"):
            if chunk[0].count(sign) % 2:
                yield chunk.start() + chunk[0].rindex(sign), f"“{sign}” has no partner in this paragraph; close it, or remove it"
        if link := re.search(r"\]\((?=[^()]*\Z)", chunk[0]):
            yield chunk.start() + link.start(), "the address of this link is never closed; end it with )"


def _spaces(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _tag(match: re.Match[str]) -> str:
    """A tag without anything but the words that a reader sees or hears."""
    shown = {place for found in _SHOWN.finditer(match[0]) for place in range(*found.span(1))}
    return "".join(char if place in shown or char == "\n" else " " for place, char in enumerate(match[0]))


class _Lists:
    """Blanks the numbers of list items: a list begins with 1 after a blank line, and counts its own items."""

    def __init__(self) -> None:
        self.last = 0

    def __call__(self, chunk: re.Match[str]) -> str:
        first = _ITEM.match(chunk[0])
        if not first or int(first[1]) != self.last + 1:
            if not re.match(r"[ \t]", chunk[0]):
                self.last = 0
            if not (first and first[1] == "1"):
                return chunk[0]
        self.last += len(_ITEM.findall(chunk[0]))
        return _ITEM.sub(_spaces, chunk[0])
