"""The content: words of the interface, stories, pages and what their translations were made from."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import Field, field_validator

from tally.model.base import Date, Id, Localized, Strict, fault


class Interface(Strict):
    """`content/interface.yaml`: the words of buttons, labels and headings, in each language."""

    words: dict[Id, Localized]


class Watchwords(Strict):
    """One language's words that the search for unbound figures and comparisons needs."""

    names: list[str] = Field(default_factory=list, description="words whose number is a name: Table 5, 表五")
    passes: list[str] = Field(default_factory=list, description="phrases with a number word that are no figure, as regular expressions")
    numerals: list[str] = Field(default_factory=list, description="number words beyond the language's cardinals: half, dozen")
    comparisons: list[str] = Field(default_factory=list, description="words that compare, as regular expressions")

    @field_validator("comparisons", "passes")
    @classmethod
    def _patterns(cls, words: list[str]) -> list[str]:
        for word in words:
            try:
                re.compile(word)
            except re.error as error:
                raise fault(f"{word!r} is no pattern: {error}") from None
        return words


class WatchwordsFile(Strict):
    """`content/watchwords.yaml`: what to look out for in each language. The file may be left out."""

    languages: dict[Id, Watchwords]


class StoryMeta(Strict):
    """`content/stories/NAME/story.yaml`: what both languages of a story share."""

    order: int
    published: Date = Field(description="the day on which the site first carried it", examples=["2026-11-22"])
    lead: Id = Field(description="the chart that stands for the story")


class MadeFrom(Strict):
    """`content/stories/NAME/made-from.yaml`: what each translation was made from; `build.py confirm` writes it."""

    languages: dict[Id, list[Annotated[str, Field(pattern=r"^[0-9a-f]{10} [0-9a-f]{10}$")]]]


class PageMeta(Strict):
    """The block between `---` lines at the top of a Markdown file."""

    title: str = Field(min_length=1)
    dek: str = Field(min_length=1, description="the sentence or two below the headline")
