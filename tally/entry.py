"""An entry: what one cell of a colleague's sheet says, by the rules of the model.

A figure, range or date is taken as the file would write it, or refused in the words of `check`. Where in
the table it belongs is `intake`'s.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pydantic import TypeAdapter, ValidationError

from tally.model import Date, Figure, Id
from tally.splice import Value
from tally.spreadsheet import Entry

_RANGE = re.compile(r"(-?[0-9.]+)\s*(?:–|—|-|~|～|至|to)\s*(-?[0-9.]+)")
_RULES: Mapping[str, TypeAdapter[Any]] = {
    "figure": TypeAdapter(Figure), "date": TypeAdapter(Date), "id": TypeAdapter(Id)}


def why(text: str, kind: str) -> str | None:
    """Why a text is no figure, date or id, in the model's words, or None."""
    try:
        _RULES[kind].validate_python(text)
    except ValidationError as error:
        return error.errors(include_url=False)[0]["msg"]
    return None


def content(entry: Entry) -> tuple[Value | None, str | None]:
    """A figure, range or date as the file writes it, or why it is none."""
    match = _RANGE.fullmatch(entry.text)
    if match and not any(why(end, "figure") for end in match.groups()) and Decimal(match[1]) < Decimal(match[2]):
        return {"from": match[1], "to": match[2]}, None
    message = why(entry.text, "figure")
    if message and "-" in entry.text and not why(entry.text, "date"):
        return {"date": entry.text}, None
    return (None, message) if message else (entry.text, None)


def same(entry: Entry, was: Any) -> bool:
    """Whether a cell says what is there; a workbook that keeps no decimals is held to the number alone."""
    typed = f"{was:f}" if isinstance(was, Decimal) else was
    if entry.exact or why(str(typed), "figure") or why(entry.text, "figure"):
        return bool(entry.text == typed)
    return Decimal(entry.text) == Decimal(typed)
