"""The content: words of the interface, stories, pages and what their translations were made from."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field, field_validator

from tally.model.base import ChartId, Date, Id, LanguageId, Localized, Strict, fault


class Interface(Strict):
    """`content/interface.yaml`: the words of buttons, labels and headings, in each language."""

    words: dict[Id, Localized] = Field(description="each word that the pages ask for")


class Watchwords(Strict):
    """One language's words that the search for unbound figures and comparisons needs."""

    names: list[str] = Field(default_factory=list, description="words whose number is a name: Table 5, 表五; as regular expressions")
    passes: list[str] = Field(default_factory=list, description="phrases with a number word that are no figure, as regular expressions")
    numerals: dict[str, str] = Field(default_factory=dict, description="number words beyond the language's cardinals, with their worth", examples=[{"half": "1/2", "dozen": "12"}])
    counted: list[str] = Field(default_factory=list, description="nouns before which a year or a name's number is a quantity: 2000 people; as regular expressions")
    comparisons: list[str] = Field(default_factory=list, description="words that compare, as regular expressions")

    @field_validator("names", "passes", "counted", "comparisons")
    @classmethod
    def _patterns(cls, words: list[str]) -> list[str]:
        for word in words:
            if why := _unjoinable(word):
                raise fault(f"{word!r} is no pattern: {why}")
        return words

    @field_validator("numerals")
    @classmethod
    def _worths(cls, words: dict[str, str]) -> dict[str, str]:
        for word, worth in words.items():
            if not word.strip() or not re.fullmatch(r"[1-9]\d*(/[1-9]\d*)?", worth):
                raise fault(f"{word!r} is worth {worth!r}; write a whole number or a fraction, as in 12 or 1/2")
        return words


def _unjoinable(pattern: str) -> str | None:
    """Why a pattern cannot stand beside others in one, or None: all of a list are tried at once."""
    if re.search(r"(?<!\\)(?:\\\\)*\((?:\?[aiLmsux]+\)|\?P[<=]|\?\(|(?!\?))", pattern) or re.search(r"\\[1-9]", pattern):
        return "flags, groups that keep what they match and references to them do not go with the other patterns; write (?:…)"
    try:
        empty = re.compile(f"(?:{pattern})").search("")
    except (re.error, OverflowError, RecursionError) as error:
        return str(error)
    return "it matches nothing at all, and so every place of a text" if empty or not pattern.strip() else None


class WatchwordsFile(Strict):
    """`content/watchwords.yaml`: what to look out for in each language. The file may be left out."""

    languages: dict[LanguageId, Watchwords] = Field(description="what to look out for, by language")


class StoryMeta(Strict):
    """`content/stories/NAME/story.yaml`: what both languages of a story share."""

    order: int = Field(description="its place among the stories; lower comes first")
    published: Date = Field(description="the day on which the site first carried it", examples=["2026-11-22"])
    lead: ChartId = Field(description="the chart that stands for the story")


class MadeFrom(Strict):
    """`content/stories/NAME/made-from.yaml`: what each translation was made from; `build.py confirm` writes it."""

    languages: dict[LanguageId, list[Annotated[str, Field(pattern=r"^[0-9a-f]{10} [0-9a-f]{10}$")]]] = Field(
        description="a line for each block: the original’s mark and the translation’s")


class PageMeta(Strict):
    """The block between `---` lines at the top of a Markdown file."""

    title: str = Field(min_length=1, description="the headline")
    dek: str = Field(min_length=1, description="the sentence or two below the headline")
