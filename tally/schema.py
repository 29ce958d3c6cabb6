"""A schema: for each kind of YAML file, what an editor may type there, for VS Code and others to complete and check.

The schemas follow from the model and from what the site's own files declare: its languages as required
keys, its units, sources, charts and cells as lists to choose from. A file that cannot be read yet lends no
names, and its kind of name is then any text, for help is wanted most while something is broken. What the
build refuses is the model's and `crosscheck`'s; a schema accepts all that they accept and sees less.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from tally import document
from tally.problem import Faulty
from tally.project import KINDS, pattern_of

FOLDER = ".schema"

_TEXT = ["string", "number", "boolean"]
"""What YAML may take a text for; the build reads every scalar as it is typed."""


@dataclass(frozen=True)
class Known:
    """The names that the site declares, by kind, and the rows and columns of its tables."""

    names: Mapping[str, list[str]]
    shapes: Mapping[str, tuple[list[str], list[str]]]


def schemas(files: Mapping[str, bytes]) -> dict[str, str]:
    """Every schema by its path in the site's root."""
    known = gather(files)
    return {_path(pattern): json.dumps({
        "$schema": "http://json-schema.org/draft-07/schema#", **_whole(kind.model_json_schema(), known)},
        ensure_ascii=False, indent=1) + "\n" for pattern, kind in KINDS.items()}


def first_line(path: str) -> str:
    """The comment that leads an editor from the file at `path` to its schema."""
    pattern = pattern_of(path)
    assert pattern, path
    return f"# yaml-language-server: $schema={'../' * path.count('/')}{_path(pattern)}"


def _path(pattern: str) -> str:
    folder, _, name = pattern.removesuffix(".yaml").rpartition("/")
    return f"{FOLDER}/{folder.rpartition('/')[2] if name == '*' else name}.json"


# ---- what the site declares


def gather(files: Mapping[str, bytes]) -> Known:
    """What the files that can be read declare."""
    read = {path: data for path in files if path.endswith(".yaml") and (data := _data(path, files[path]))}
    tables, figures = _folder(read, "data/tables/"), _folder(read, "data/figures/")
    names = {
        "language": list(_map(read, "data/site.yaml", "languages")),
        "heading": list(_map(read, "data/site.yaml", "sections")),
        "unit": list(_map(read, "data/units.yaml", "units")),
        "source": list(_map(read, "data/sources.yaml", "sources")),
        "section": list(_map(read, "data/paper.yaml", "sections")),
        "chart": list(_folder(read, "data/charts/")),
        "table": list(tables),
        "cell": [*(name for id in tables for name in _cells(tables, id)),
                 *(f"{id}.{figure}" for id in figures for figure in _map(figures, id, "figures"))]}
    return Known(names, {id: (list(_map(tables, id, "rows")), list(_map(tables, id, "columns"))) for id in tables})


def _data(path: str, raw: bytes) -> Any:
    with suppress(Faulty):
        return document.parse(path, document.decode(path, raw)).data
    return None


def _folder(read: Mapping[str, Any], folder: str) -> dict[str, Any]:
    return {path.removeprefix(folder).removesuffix(".yaml"): data
            for path, data in read.items() if path.startswith(folder)}


def _map(data: Any, *keys: str) -> dict[str, Any]:
    """The keys and values under `keys`; none where something else is written."""
    for key in keys:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data if isinstance(data, dict) else {}


def _cells(tables: Mapping[str, Any], id: str) -> Iterator[str]:
    for row in _map(tables, id, "rows"):
        for column, head in _map(tables, id, "columns").items():
            derived = isinstance(head, dict) and "formula" in head and row in (head.get("derivable") or [row])
            if derived or column in _map(tables, id, "rows", row, "cells"):
                yield f"{id}.{row}.{column}"


# ---- the model's schema with these names


def _whole(schema: dict[str, Any], known: Known) -> dict[str, Any]:
    fitted: dict[str, Any] = _fitted(schema, known)
    if "Cut" in fitted.get("$defs", {}):
        fitted["$defs"]["Cut"]["allOf"] = [_cut(table, *shape) for table, shape in known.shapes.items()]
    return fitted


def _cut(table: str, rows: list[str], columns: list[str]) -> dict[str, Any]:
    """That a chart's rows and columns are those of the table it names."""
    return {"if": {"properties": {"table": {"const": table}}, "required": ["table"]},
            "then": {"properties": {"rows": {"items": _choice(rows)}, "columns": {"items": _choice(columns)}}}}


def _fitted(node: Any, known: Known) -> Any:
    if isinstance(node, list):
        return [_fitted(item, known) for item in node]
    if not isinstance(node, dict):
        return node
    if (kind := node.get("x-known")) is not None:
        kept = {key: value for key, value in node.items() if key not in ("type", "title", "x-known")}
        return kept | _one_of(kind, known)
    fitted = {key: _fitted_part(key, value, known) for key, value in node.items()
              if key not in ("title", "x-each") and not (key == "default" and value is None)}
    if "x-each" in node and (languages := known.names[node["x-each"]]):
        each = fitted.pop("additionalProperties")
        fitted |= {"properties": dict.fromkeys(languages, each), "required": languages, "additionalProperties": False}
    if "patternProperties" in node:
        fitted["additionalProperties"] = False
    if fitted.get("type") == "string" and "enum" not in fitted and "const" not in fitted:
        fitted["type"] = _TEXT
    return fitted


def _fitted_part(key: str, value: Any, known: Known) -> Any:
    """What stands under one key of a schema; under some, keys are names and no keywords."""
    if key in ("properties", "patternProperties", "$defs"):
        return {name: _fitted(part, known) for name, part in value.items()}
    return value if key in ("examples", "default", "enum") else _fitted(value, known)


def _one_of(kind: str, known: Known) -> dict[str, Any]:
    choice = _choice(known.names[kind])
    if kind == "cell" and choice.get("enum"):
        return {"anyOf": [choice, {"type": "string", "pattern": r"\.(from|to)$"}]}  # an end of a range
    return choice


def _choice(names: list[str]) -> dict[str, Any]:
    """One of the names, as a number too where YAML would read one; any text where none is known."""
    if not names:
        return {"type": _TEXT}
    return {"enum": [*names, *(int(name) for name in names if re.fullmatch(r"0|[1-9][0-9]{0,14}", name))]}
