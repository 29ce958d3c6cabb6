"""An explanation: why a file does not fit its model, in an editor's words and at its place.

pydantic finds what is wrong; its own wording speaks of dictionaries and strings, which editors never see.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from tally.complaint import wide
from tally.document import Document, Path
from tally.problem import Problem, nearest


def explain(found: Document, error: Mapping[str, Any], fields: Mapping[int, list[str]]) -> Problem:
    """A pydantic error as a problem at its place, in words for an editor."""
    where, at_key = _place(found.data, error["loc"])
    kind, key = error["type"], str(error["loc"][-1]) if error["loc"] else ""
    if number := _split(found.data, where):
        said = f"a comma splits the number before this; write digits and a point only, {number} or {number.replace('.', '')}"
        return found.problem(where, said, at_key=True)
    if kind == "missing":
        return found.problem(where, f"the key {key} is missing; add it")
    if kind == "extra_forbidden":
        parent = _at(found.data, where[:-1])
        return found.problem(where, f"unknown key {key}; {nearest(key, fields.get(id(parent), []))}", at_key=True)
    message = _MESSAGES[kind](error) if kind in _MESSAGES else _sentence(error["msg"])
    return found.problem(where, message, at_key=at_key)


def _split(data: Any, where: Path) -> str:
    """The number that a comma has split, as in `{2022: 15,1}`: what stands behind it is taken for a key without a value."""
    parent = _at(data, where[:-1]) if where else None
    if not isinstance(parent, dict) or not re.fullmatch(r"\d+", str(where[-1])) or parent.get(where[-1], "") is not None:
        return ""
    keys = list(parent)
    before = parent[keys[keys.index(where[-1]) - 1]] if keys[0] != where[-1] else None
    return f"{before}.{where[-1]}" if isinstance(before, str) and re.fullmatch(r"\d+", before) else ""


def _given(error: Mapping[str, Any]) -> str:
    value = error.get("input")
    return f"{str(value)!r} was written" if isinstance(value, (str, Decimal)) else "nothing was written" if value is None else (
        "a list was written" if isinstance(value, list) else "keys and values were written" if isinstance(value, dict) else f"{value!r} was written")


def _expected(what: str, example: str = "", verb: str = "is") -> Callable[[Mapping[str, Any]], str]:
    """A message that says what belongs here, as in an example, and what was written instead."""
    shown = f", as in “{example}”" if example else ""

    def message(error: Mapping[str, Any]) -> str:
        value = error.get("input")
        if value is None and any(sign in str(error["loc"][-1]) for sign in "“”„"):
            return "the text ends before this, at a comma; write straight quotation marks (\") around the whole of it"
        if isinstance(value, str) and value[:1] in ("［", "｛"):
            return wide(value[0], "here")
        return f"{what} {verb} expected here{shown}; {_given(error)}"
    return message


def _literal(error: Mapping[str, Any]) -> str:
    expected = error["ctx"]["expected"]
    return f"{error['input']!r} is not one of {expected}; {nearest(str(error['input']), re.findall('’([^’]*)’', expected.replace(chr(39), '’')))}"


def _bound(relation: str, key: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda error: f"{relation} {error['ctx'][key]} is expected here; {_given(error)}"


_PAIRS = _expected("keys and values", "key: value", "are")
_WHOLE = _expected("a whole number")
_MESSAGES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "dict_type": _PAIRS, "model_type": _PAIRS, "model_attributes_type": _PAIRS,
    "list_type": _expected("a list", "[one, two]"),
    "string_type": _expected("a text"),
    "literal_error": _literal,
    "int_parsing": _WHOLE, "int_type": _WHOLE, "int_from_float": _WHOLE, "int_parsing_size": _WHOLE,
    "too_short": lambda error: "nothing stands here; write one at least",
    "string_too_short": lambda error: "this text is empty; write it",
    "greater_than_equal": _bound("a number of at least", "ge"), "less_than_equal": _bound("a number of at most", "le"),
    "greater_than": _bound("a number greater than", "gt"), "less_than": _bound("a number less than", "lt"),
    "string_pattern_mismatch": lambda error: f"{error['input']!r} is no line of this file; have it written by build.py confirm",
}


def _sentence(text: str) -> str:
    return text[:1].lower() + text[1:]


def _place(data: Any, loc: tuple[str | int, ...]) -> tuple[Path, bool]:
    """The path in the file that pydantic's location means; its own steps (a key's check) fall away."""
    where: list[str | int] = []
    at_key = False
    for index, step in enumerate(loc):
        if step == "[key]":
            at_key = True
        elif _holds(data, step):
            data = data[step]
            where.append(step)
        elif index == len(loc) - 1 and isinstance(data, dict):
            where.append(step)
    return tuple(where), at_key


def _holds(data: Any, step: str | int) -> bool:
    return step in data if isinstance(data, dict) else isinstance(data, list) and isinstance(step, int) and step < len(data)


def _at(data: Any, where: Path) -> Any:
    for step in where:
        data = data[step]
    return data
