"""What every model is made of: the strict base, and the field types that several files share.

Figures arrive as the strings that were typed and become `Decimal`, never float. What one file may say is
its own module's.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from tally.complaint import FULL_WIDTH, wide
from tally.quantity import Period


class Strict(BaseModel):
    """The base of all: no unknown keys, nothing changes after reading."""

    # a model that only others hold is built with them, not a second time by itself
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)

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


_ID = "[a-z0-9]+(-[a-z0-9]+)*"


def is_id(text: str) -> bool:
    """Whether a file, a chart or a release may be called so: small letters and digits, with single hyphens between."""
    return bool(re.fullmatch(_ID, text))


def _identifier(text: str) -> str:
    if sign := next((one for one in text if one in FULL_WIDTH), None):
        raise fault(wide(sign, f"in {text!r}"))
    if not is_id(text):
        raise fault(f"{text!r} is no id; use small letters, digits and single hyphens")
    return text


def _typed(value: Any, kind: str) -> str:
    """What was typed where one figure or date belongs."""
    if isinstance(value, (list, dict)):
        raise fault(f"{kind} is expected here; {'a list was' if isinstance(value, list) else 'keys and values were'} written")
    return str(value)


def _decimal(value: Any) -> Decimal:
    text = _typed(value, "a figure")
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
        raise fault(f"{text!r} is no figure; write digits and a point only, as in 16297.60")
    if re.match(r"-?0[0-9]", text):
        plain = re.sub(r"^(-?)0+(?=[0-9])", r"\1", text)
        raise fault(f"{text!r} begins with 0; write {plain}")
    if len(re.sub(r"\D", "", text).lstrip("0")) > MOST_DIGITS:
        raise fault(f"{text!r} has more than {MOST_DIGITS} digits, which no spreadsheet keeps; choose a larger unit")
    return Decimal(text)


def _period(value: Any) -> Period:
    text = _typed(value, "a date")
    try:
        return Period.parse(text)
    except ValueError as error:
        raise fault(f"{text!r} is no date: {error}") from None


def _address(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+(/\S*)?", text):
        raise fault(f"{text!r} is no address; write it whole, as in https://example.org/report")
    return text


def each_language(texts: dict[str, Any], info: ValidationInfo) -> dict[str, Any]:
    """Texts in each language of the site: none missing, none empty, none too many."""
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


def _known(kind: str) -> WithJsonSchema:
    """For editors' help: this text names something that another file declares; `schema` puts the names in."""
    return WithJsonSchema({"type": "string", "x-known": kind})


Id = Annotated[str, AfterValidator(_identifier), WithJsonSchema({"type": "string", "pattern": f"^{_ID}$"})]
Figure = Annotated[Decimal, BeforeValidator(_decimal), WithJsonSchema({"type": ["number", "string"], "pattern": r"^-?[0-9]+(\.[0-9]+)?$"})]
Date = Annotated[Period, BeforeValidator(_period), WithJsonSchema({"type": ["integer", "string"], "pattern": "^[0-9]{4}(-[0-9HQ-]+)?$"})]
Address = Annotated[str, AfterValidator(_address), WithJsonSchema({"type": "string", "pattern": "^https?://"})]
Localized = Annotated[dict[str, str], AfterValidator(each_language), WithJsonSchema({
    "type": "object", "additionalProperties": {"type": "string"}, "x-each": "language"})]
"""One text for each language of the site."""
UnitId = Annotated[str, _known("unit")]
SourceId = Annotated[Id, _known("source")]
SectionId = Annotated[Id, _known("section")]
TableId = Annotated[Id, _known("table")]
ChartId = Annotated[Id, _known("chart")]
HeadingId = Annotated[Id, _known("heading")]
LanguageId = Annotated[Id, _known("language")]
CellName = Annotated[str, _known("cell")]
"""A figure's name, `table.row.column` or `set.figure`, or an end of a range with `.from` or `.to`."""

Qualifier = Literal["exact", "about", "over", "nearly", "under"]
Measure = Literal["level", "yearly", "cumulative", "registered"]
"""What kind of count the paper says it is: as things stand, in one year, all years together, or on a register."""
Role = Literal["base", "target", "plain"]
"""Which ink: what was (`base`), what is promised (`target`), or neither."""
