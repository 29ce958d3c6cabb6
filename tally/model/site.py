"""The publication, the paper, its sources and its units: `data/*.yaml`."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, Literal

from babel.localedata import locale_identifiers
from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator

from tally.model.base import (
    Address,
    ChartId,
    Date,
    Figure,
    Id,
    LanguageId,
    Localized,
    SourceId,
    Strict,
    each_language,
    fault,
)
from tally.problem import nearest

_TAG = re.compile(r"""(?ix) [a-z]{2,3} (-[a-z]{3}){0,3} (-[a-z]{4})? (-([a-z]{2}|[0-9]{3}))? (-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*
                          (-[0-9a-wy-z](-[a-z0-9]{2,8})+)* (-x(-[a-z0-9]{1,8})+)?""", re.ASCII)
"""A BCP 47 tag: language, script, region, variants, extensions."""


class Language(Strict):
    """One of the site's languages; its key is the folder name, as in `/zh/`."""

    tag: str = Field(description="BCP 47 tag for `lang` and `hreflang`", examples=["zh-Hant-HK"])
    locale: str = Field(description="Babel's locale for numbers and dates", examples=["zh_Hant_HK"])
    name: str = Field(description="the language's name in itself", examples=["繁體中文"])
    script: Literal["latin", "han"] = Field(default="latin", description="which measure and spacing the page uses")

    @field_validator("tag")
    @classmethod
    def _well_formed(cls, text: str) -> str:
        if not _TAG.fullmatch(text):
            raise fault(f"{text!r} is no language tag; write language, script and region, as in zh-Hant-HK")
        return text

    @field_validator("locale")
    @classmethod
    def _known_to_babel(cls, text: str) -> str:
        if text not in (known := locale_identifiers()):
            raise fault(f"{text!r} is no locale; {nearest(text, known)}")
        return text


class Site(Strict):
    """`data/site.yaml`: the publication."""

    languages: dict[Id, Language] = Field(min_length=1, description="the first is the original language")
    title: Localized = Field(description="the publication’s name")
    tagline: Localized = Field(description="what it does, in a line")
    publisher: Localized = Field(description="who publishes it")
    base_url: str = Field(default="", description="where the site will live, for canonical links; relative when empty")
    overview: ChartId = Field(description="the chart that the front page opens with")
    sections: dict[Id, Localized] = Field(default_factory=dict, description="the headings of the gallery of charts, in order")
    package: Id = Field(description="the name of the data package")
    keep: dict[LanguageId, list[str]] = Field(default_factory=dict, description="words in which no headline breaks, in each language that needs them", examples=[{"en": ["Hong Kong"]}])

    @field_validator("base_url")
    @classmethod
    def _absolute(cls, text: str) -> str:
        return base_address(text)

    @field_validator("keep")
    @classmethod
    def _in_a_language_of_the_site(cls, kept: dict[str, list[str]], info: ValidationInfo) -> dict[str, list[str]]:
        for language in kept:
            if language not in (known := info.data.get("languages", kept)):
                raise fault(f"{language!r} is no language of this site; {nearest(language, known)}")
        if any(not word.strip() for words in kept.values() for word in words):
            raise fault("an empty word keeps nothing together; write the word, or leave it out")
        return kept


def base_address(text: str) -> str:
    """Where a site lives, without a stroke at the end; nothing where that is not known."""
    if text and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", text):
        raise fault("a base address starts with https://")
    return text.rstrip("/")


class Origin(Strict):
    """A source, in the words that Our World in Data uses for it."""

    class License(Strict):
        """Under which terms it may be used."""

        name: Localized = Field(description="the licence’s name, or that none is stated")
        url: Address | None = Field(default=None, description="where the licence can be read")

    producer: Localized = Field(description="who made it")
    title: Localized = Field(description="the name of the document or data set")
    credit: Localized | None = Field(default=None, description="how a chart names it, where that is not its producer and its title")
    citation_full: Localized = Field(description="the whole citation")
    url_main: Address | None = Field(default=None, description="where it can be read")
    links: dict[str, Address] = Field(default_factory=dict, description="other addresses that the paper gives with it, by their words",
                                      examples=[{"Jane Doe": "https://example.org/authors/jane-doe"}])
    date_published: Date | None = Field(default=None, description="when it was published", examples=["2023-12-29"])
    license: License = Field(description="under which terms it may be used")


class Section(Strict):
    """A section of the paper."""

    title: Localized = Field(description="its heading")


class Paper(Strict):
    """`data/paper.yaml`: the document whose figures the site holds."""

    source: SourceId = Field(description="the paper itself, as a source")
    name: Localized = Field(description="what the site calls it", examples=[{"zh": "該文", "en": "the paper"}])
    sections: dict[Id, Section] = Field(description="its sections by their ids, in order")


class Pattern(Strict):
    """How a unit is written in one language: patterns by plural form, and which number goes in."""

    number: Literal["unit", "base", "compact", "percent"] = Field(
        default="unit", description="the number as typed; in base units; in base units with million, billion; as a percentage")
    factor: Figure = Field(default=Decimal(1), gt=0, description="for base: how many base units to count in, such as a million")
    one: str | None = Field(default=None, description="the pattern for one, where the language has a singular", examples=["{} firm"])
    other: str = Field(description="the pattern for any other number, with {} for it", examples=["{} firms"])

    @field_validator("one", "other")
    @classmethod
    def _has_place(cls, text: str | None) -> str | None:
        if text is not None and text.count("{}") != 1:
            raise fault(f"{text!r} needs one {{}} where the number goes")
        return text


def _pattern(value: Any) -> Any:
    return {"other": value} if isinstance(value, str) else value


class Unit(Strict):
    """A unit as the paper prints it; `factor` turns it into its base unit."""

    base: str = Field(description="what it is counted in; only figures with the same base are added or compared", examples=["usd", "cny/km2", "ratio"])
    factor: Figure = Field(default=Decimal(1), description="how many of its base one of it is")
    name: Localized = Field(description="its name, in each language")
    show: Annotated[dict[str, Annotated[Pattern, BeforeValidator(_pattern, json_schema_input_type=str | Pattern)]], AfterValidator(each_language)] = Field(
        description="how each language writes a figure in it, with {} for the number", json_schema_extra={"x-each": "language"})


class Sources(Strict):
    """`data/sources.yaml`."""

    sources: dict[Id, Origin] = Field(description="sources by their ids")


class Units(Strict):
    """`data/units.yaml`."""

    units: dict[str, Unit] = Field(description="units by the words that are printed")
