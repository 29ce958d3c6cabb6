"""The publication, the paper, its sources and its units: `data/*.yaml`."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, Literal

from babel.localedata import locale_identifiers
from pydantic import AfterValidator, BeforeValidator, Field, field_validator

from tally.model.base import Address, Date, Figure, Id, Localized, Strict, each_language, fault
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
    title: Localized
    tagline: Localized
    publisher: Localized
    base_url: str = Field(default="", description="where the site will live, for canonical links; relative when empty")
    overview: Id = Field(description="the chart that the front page opens with")
    sections: dict[Id, Localized] = Field(default_factory=dict, description="the headings of the gallery of charts, in order")
    package: Id = Field(description="the name of the data package")

    @field_validator("base_url")
    @classmethod
    def _absolute(cls, text: str) -> str:
        if text and not re.fullmatch(r"https?://[^\s/]+(/\S*)?", text):
            raise fault("a base address starts with https://")
        return text.rstrip("/")


class Origin(Strict):
    """A source, in the words that Our World in Data uses for it."""

    class License(Strict):
        """Under which terms it may be used."""

        name: Localized
        url: Address | None = None

    producer: Localized = Field(description="who made it")
    title: Localized
    citation_full: Localized
    url_main: Address | None = None
    links: dict[str, Address] = Field(default_factory=dict, description="other addresses that the paper gives with it, by their words",
                                      examples=[{"Jane Doe": "https://example.org/authors/jane-doe"}])
    date_published: Date | None = None
    license: License


class Section(Strict):
    """A section of the paper."""

    title: Localized


class Paper(Strict):
    """`data/paper.yaml`: the document whose figures the site holds."""

    source: Id
    name: Localized = Field(description="what the site calls it", examples=[{"zh": "該文", "en": "the paper"}])
    sections: dict[Id, Section]


class Pattern(Strict):
    """How a unit is written in one language: patterns by plural form, and which number goes in."""

    number: Literal["unit", "base", "compact", "percent"] = Field(
        default="unit", description="the number as typed; in base units; in base units with million, billion; as a percentage")
    factor: Figure = Field(default=Decimal(1), gt=0, description="for base: how many base units to count in, such as a million")
    one: str | None = None
    other: str

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

    base: str = Field(examples=["usd", "cny/km2", "ratio"])
    factor: Figure = Decimal(1)
    name: Localized
    show: Annotated[dict[str, Annotated[Pattern, BeforeValidator(_pattern)]], AfterValidator(each_language)]


class Sources(Strict):
    """`data/sources.yaml`."""

    sources: dict[Id, Origin]


class Units(Strict):
    """`data/units.yaml`."""

    units: dict[str, Unit]
