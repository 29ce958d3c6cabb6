"""The model: what each file of `data/` and `content/` may say, as types.

One class for each thing an editor writes; pydantic checks shape and types, and every description here ends
up in editors' help. Rules that need two files (does this row exist?) are `project`'s; arithmetic is
`book`'s. Figures arrive as the strings that were typed and become `Decimal`, never float.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, Literal

from babel.localedata import locale_identifiers
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from tally.problem import nearest
from tally.quantity import Period, Range


class Strict(BaseModel):
    """The base of all: no unknown keys, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _remember_fields(cls, data: Any, info: ValidationInfo) -> Any:
        # pydantic does not say which keys an object could have had; the reporter needs them to suggest one.
        if info.context is not None and isinstance(data, dict):
            info.context["fields"][id(data)] = [field.alias or name for name, field in cls.model_fields.items()]
        return data


def fault(message: str) -> PydanticCustomError:
    """An error with a message of our own."""
    return PydanticCustomError("tally", "{message}", {"message": message})


MOST_DIGITS = 15
"""Spreadsheets hold numbers in binary and keep no more."""


def _identifier(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", text):
        raise fault(f"{text!r} is no id; use small letters, digits and single hyphens")
    return text


def _decimal(value: Any) -> Decimal:
    text = str(value)
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
        raise fault(f"{text!r} is no figure; write digits and a point only, as in 16297.60")
    if len(re.sub(r"\D", "", text).lstrip("0")) > MOST_DIGITS:
        raise fault(f"{text!r} has more than {MOST_DIGITS} digits, which no spreadsheet keeps; choose a larger unit")
    return Decimal(text)


def _period(value: Any) -> Period:
    try:
        return Period.parse(str(value))
    except ValueError as error:
        raise fault(f"{str(value)!r} is no date: {error}") from None


def _languages(texts: dict[str, Any], info: ValidationInfo) -> dict[str, Any]:
    wanted = (info.context or {}).get("languages", ())
    missing = [language for language in wanted if language not in texts]
    unknown = [language for language in texts if wanted and language not in wanted]
    if missing:
        raise fault(f"the translation {', '.join(missing)} is missing; write one for each of {', '.join(wanted)}")
    if unknown:
        raise fault(f"{', '.join(map(repr, unknown))} is no language of this site; its languages are {', '.join(wanted)}")
    empty = [language for language, text in texts.items() if isinstance(text, str) and not text.strip()]
    if empty:
        raise fault(f"the translation {', '.join(empty)} is empty; write it")
    return texts


Id = Annotated[str, AfterValidator(_identifier)]
Figure = Annotated[Decimal, BeforeValidator(_decimal)]
Date = Annotated[Period, BeforeValidator(_period)]
Localized = Annotated[dict[str, str], AfterValidator(_languages)]
"""One text for each language of the site."""

Qualifier = Literal["exact", "about", "over", "nearly", "under"]
Measure = Literal["level", "yearly", "cumulative", "registered"]
"""What kind of count the paper says it is: as things stand, in one year, all years together, or on a register."""
Role = Literal["base", "target", "plain"]
"""Which ink: what was (`base`), what is promised (`target`), or neither."""


# ---- data/site.yaml, data/paper.yaml, data/sources.yaml, data/units.yaml


class Language(Strict):
    """One of the site's languages; its key is the folder name, as in `/zh/`."""

    tag: str = Field(description="BCP 47 tag for `lang` and `hreflang`", examples=["zh-Hant-HK"])
    locale: str = Field(description="Babel's locale for numbers and dates", examples=["zh_Hant_HK"])
    name: str = Field(description="the language's name in itself", examples=["繁體中文"])
    script: Literal["latin", "han"] = Field(default="latin", description="which measure and spacing the page uses")

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
        if text and not re.match(r"https?://", text):
            raise fault("a base address starts with https://")
        return text.rstrip("/")


class Origin(Strict):
    """A source, in the words that Our World in Data uses for it."""

    class License(Strict):
        """Under which terms it may be used."""

        name: Localized
        url: str | None = None

    producer: Localized = Field(description="who made it")
    title: Localized
    citation_full: Localized
    url_main: str | None = None
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
    show: Annotated[dict[str, Annotated[Pattern, BeforeValidator(_pattern)]], AfterValidator(_languages)]


class Sources(Strict):
    """`data/sources.yaml`."""

    sources: dict[Id, Origin]


class Units(Strict):
    """`data/units.yaml`."""

    units: dict[str, Unit]


# ---- data/tables/*.yaml and data/figures/*.yaml


class Place(Strict):
    """Where the paper prints it. A table's rows fill in `table` and `row` themselves."""

    section: Id
    paragraph: int | None = Field(default=None, ge=1)
    table: str | None = None
    row: str | None = None
    footnote: int | None = Field(default=None, ge=1)


class Printed(Strict):
    """A figure as the paper prints it: one number, a range, a date, or words."""

    value: Figure | None = None
    low: Figure | None = Field(default=None, alias="from")
    high: Figure | None = Field(default=None, alias="to")
    date: Date | None = None
    text: Localized | None = None
    qualifier: Qualifier = "exact"
    measure: Measure | None = Field(default=None, description="what kind of count it is, where the paper says so")
    unit: str | None = None
    note: Localized | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Printed:
        if (self.low is None) != (self.high is None):
            raise fault("a range needs both from and to")
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise fault(f"the range runs backwards: from {self.low} must be less than to {self.high}")
        kinds = [self.value, self.low, self.date, self.text, getattr(self, "formula", None)]
        if sum(kind is not None for kind in kinds) != 1:
            raise fault("write exactly one of value, from and to, date, text" + (", formula" if hasattr(self, "formula") else ""))
        return self

    @property
    def content(self) -> Decimal | Range | Period | dict[str, str] | None:
        """What was printed; None where a formula makes it."""
        if self.low is not None and self.high is not None:
            return Range(self.low, self.high)
        for kind in (self.value, self.date, self.text):
            if kind is not None:
                return kind
        return None


def _cell(value: Any) -> Any:
    return value if isinstance(value, dict) else {"value": value}


Cell = Annotated[Printed, BeforeValidator(_cell)]


class Column(Strict):
    """A column of a table; with a `formula`, one that the site derives for each row."""

    label: Localized
    period: Date | None = None
    role: Role = "plain"
    unit: str | None = Field(default=None, description="the unit of derived values")
    formula: str | None = Field(default=None, examples=["growth(row.2022, row.2025)"])
    digits: int | None = Field(default=None, ge=0, le=9, description="decimals that a derived value is shown with")
    derivable: list[Id] | None = Field(default=None, description="only these rows get the derived value")


class Row(Strict):
    """A row of a table."""

    label: Localized
    number: str | None = Field(default=None, description="how the paper numbers it")
    group: Id | None = None
    unit: str | None = None
    cells: dict[Id, Cell] = Field(default_factory=dict)
    note: Localized | None = None
    source: Id | None = None


class Table(Strict):
    """`data/tables/NAME.yaml`: a table of the paper. Its cells are called `NAME.row.column`."""

    title: Localized
    description: Localized | None = None
    source: Id
    place: Place
    groups: dict[Id, Localized] = Field(default_factory=dict)
    columns: dict[Id, Column] = Field(default_factory=dict)
    rows: dict[Id, Row] = Field(min_length=1)
    note: Localized | None = None


class Single(Printed):
    """A figure in running text or in a footnote, or one derived by `formula`."""

    label: Localized
    period: Date | None = None
    role: Role = "plain"
    place: Place | None = None
    source: Id | None = None
    formula: str | None = Field(default=None, examples=["gdp.city-2023-h1 / areas.city"])
    digits: int | None = Field(default=None, ge=0, le=9)

    @model_validator(mode="after")
    def _provenance(self) -> Single:
        if self.formula is None and (self.place is None or self.source is None):
            raise fault("a printed figure needs its place and its source")
        return self


class FigureSet(Strict):
    """`data/figures/NAME.yaml`: single figures on one matter. They are called `NAME.figure`."""

    title: Localized
    description: Localized | None = None
    figures: dict[Id, Single] = Field(min_length=1)


# ---- data/charts/*.yaml


class Cut(Strict):
    """Rows and columns of one table."""

    table: Id
    rows: list[Id] | None = Field(default=None, description="all, when left out")
    columns: list[Id] | None = Field(default=None, description="all that the paper prints, when left out")


class GridColumn(Strict):
    """A column of a chart's own grid."""

    label: Localized
    role: Role = "plain"


class GridRow(Strict):
    """A row of a chart's own grid: one cell's name for each column, or nothing."""

    label: Localized
    cells: list[str | None] = Field(min_length=1)


class Grid(Strict):
    """A table put together from cells anywhere in the data."""

    columns: dict[Id, GridColumn] = Field(min_length=1)
    rows: dict[Id, GridRow] = Field(min_length=1)


class Spot(Strict):
    """A point of the chart."""

    row: Id
    column: Id | None = None


class Span(Strict):
    """Two values on the value axis."""

    low: str = Field(alias="from")
    high: str = Field(alias="to")


class Annotation(Strict):
    """What the eye should see: a callout at a point, a reference line, or a band."""

    text: Localized
    point: Spot | None = None
    line: str | None = Field(default=None, description="the name of a cell")
    band: Span | None = None

    @model_validator(mode="after")
    def _one_kind(self) -> Annotation:
        if sum(kind is not None for kind in (self.point, self.line, self.band)) != 1:
            raise fault("write exactly one of point, line and band")
        return self


LOGARITHMIC = ("dots", "slope")
"""The forms that may have a log scale."""


class Chart(Strict):
    """`data/charts/NAME.yaml`: a chart, its words and the cells that it shows."""

    form: Literal["bars", "change", "pairs", "dots", "slope", "share", "timeline"]
    order: int = 0
    section: Id | None = Field(default=None, description="under which heading of the gallery it stands")
    title: Localized = Field(description="the finding, as a sentence")
    subtitle: Localized = Field(description="measure, unit and date")
    note: Localized | None = None
    alt: Localized
    cut: Cut | None = None
    grid: Grid | None = None
    unit: str | None = Field(default=None, description="the unit of the value axis; the first cell's when left out")
    scale: Literal["linear", "log"] = "linear"
    sort: Literal["given", "falling", "rising"] = "given"
    emphasis: list[Id] = Field(default_factory=list, description="rows that stand out")
    doubtful: list[str] = Field(default_factory=list, description="rows, or points as row.column, that carry a query mark")
    annotations: list[Annotation] = Field(default_factory=list)

    @model_validator(mode="after")
    def _one_table(self) -> Chart:
        if (self.cut is None) == (self.grid is None):
            raise fault("a chart takes its cells from one of cut and grid")
        return self

    @field_validator("scale")
    @classmethod
    def _starts_at_zero(cls, scale: str, info: ValidationInfo) -> str:
        form = info.data.get("form")
        if scale == "log" and form not in (None, *LOGARITHMIC):
            raise fault(f"a chart of the form {form} starts at zero, which no log scale has; use {' or '.join(LOGARITHMIC)}")
        return scale


# ---- data/claims/*.yaml


class Claim(Strict):
    """A quantitative statement of the paper, in our words. Its verdict is worked out, never typed.

    With a `formula` the printed figure is recomputed; with `against` it is held against another figure that
    the paper prints for the same thing; with a `condition` a statement that prints no figure is tried; with
    none of the three it cannot be checked, and `why` says why not.
    """

    statement: Localized = Field(description="what the paper says, paraphrased, its figures bound")
    printed: str = Field(description="the name of the figure that the paper prints for it")
    formula: str | None = Field(default=None, examples=["targets.hk-firms.2025 - targets.hk-firms.2022"])
    against: str | None = Field(default=None, description="another figure that the paper prints for the same thing")
    condition: str | None = Field(default=None, examples=["targets.global-providers.2025 > targets.global-providers.2022"])
    why: Localized | None = Field(default=None, description="why it cannot be checked")
    finding: Localized | None = Field(default=None, description="what the recomputation shows, in a sentence")
    reading: Localized | None = Field(default=None, description="an innocent reading, where there is one")
    chart: Id | None = Field(default=None, description="the chart that shows it")

    @model_validator(mode="after")
    def _one_test(self) -> Claim:
        tests = [self.formula, self.against, self.condition, self.why]
        if sum(test is not None for test in tests) != 1:
            raise fault("write exactly one of formula, against, condition, why")
        return self


class Claims(Strict):
    """`data/claims/NAME.yaml`: claims, in the order of the paper."""

    claims: dict[Id, Claim] = Field(min_length=1)


# ---- content/


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

