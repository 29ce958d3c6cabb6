"""A watch: words that compare, and whether a condition stands near them.

`content/watchwords.yaml` lists each language's words: "more than", "highest", 「逾」「最高」. Inside an
asserted phrase such a word is bound to its condition, and in a sentence with an asserted phrase it is
taken to speak of that; anywhere else it is reported, because nothing would notice when it stops being true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tally.markup import blank
from tally.model import Watchwords
from tally.passage import Passage
from tally.problem import Problem

_SENTENCE = re.compile(r"[^.!?。！？\n]*(?:[.!?。！？]+|\n|$)")


def unbound(passage: Passage, watchwords: Watchwords | None, han: bool) -> Iterator[Problem]:
    """Each word that compares in a sentence without a condition."""
    if not watchwords or not watchwords.comparisons:
        return
    pattern = _pattern(tuple(watchwords.comparisons), han)
    rest = blank(passage.text)
    for sentence in _sentences(passage.text, rest):
        if "[[" in passage.text[sentence.start():sentence.end()]:
            continue
        for match in pattern.finditer(rest, sentence.start(), sentence.end()):
            yield passage.problem(match.start(), (
                f"“{match[0]}” compares, and no condition stands near it; write [[ {match[0]} … | condition ]]"))


def _sentences(text: str, rest: str) -> Iterator[re.Match[str]]:
    """Sentences end where they end on the page; a point inside a mark is none."""
    yield from (match for match in _SENTENCE.finditer(rest) if match[0].strip() or "[[" in text[match.start():match.end()])


@lru_cache
def _pattern(words: tuple[str, ...], han: bool) -> re.Pattern[str]:
    listed = "|".join(f"(?:{word})" for word in sorted(words, key=len, reverse=True))
    return re.compile(listed if han else rf"\b(?:{listed})\b", re.IGNORECASE)
