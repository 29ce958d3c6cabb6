"""A splice: single values of a YAML text changed or added in place, so that every other character stays as it is.

Comments, order, quotation marks, line ends and spaces survive because nothing is written anew: the places of
the values are looked up, and only these are cut out and replaced. What to change is `intake`'s.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from tally.document import Path

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Value = str | Mapping[str, Any]
"""A text, or keys with values."""


class Unspliceable(ValueError):
    """The value cannot be changed without touching more than itself."""


@dataclass(frozen=True)
class Change:
    """Under `where` stands `now` from now on; `was` is None where nothing stood."""

    where: Path
    was: str | None
    now: Value


def spliced(text: str, changes: Iterable[Change]) -> str:
    """The text with all changes; raises `Unspliceable` where one would touch more than its own value."""
    if text.startswith("\ufeff"):  # the reader does not count it, and places would be one off
        return "\ufeff" + spliced(text[1:], changes)
    root = yaml.compose(text, Loader=_Loader)
    edits = [(_added if change.was is None else _replaced)(text, root, change) for change in changes]
    # From the end, so that places further up stay right; at one place, the first of several additions comes first.
    for start, end, new in sorted(reversed(edits), key=lambda edit: edit[:2], reverse=True):
        text = text[:start] + new + text[end:]
    return text


def _node(root: Any, where: Path) -> Any:
    """The node at `where`, or None."""
    for step in where:
        if isinstance(root, yaml.SequenceNode) and isinstance(step, int):
            root = root.value[step] if step < len(root.value) else None
            continue
        pairs = root.value if isinstance(root, yaml.MappingNode) else []
        root = next((value for key, value in pairs if key.value == str(step)), None)
    return root


def _replaced(text: str, root: Any, change: Change) -> tuple[int, int, str]:
    node = _node(root, change.where)
    if not isinstance(node, yaml.ScalarNode) or node.style in (">", "|") or not isinstance(change.now, str):
        raise Unspliceable("the value is written over several lines")
    return node.start_mark.index, node.end_mark.index, written(change.now, node.style or "")


def _added(text: str, root: Any, change: Change) -> tuple[int, int, str]:
    parent, key = _node(root, change.where[:-1]), str(change.where[-1])
    if not isinstance(parent, yaml.MappingNode) or not parent.value:
        raise Unspliceable("there are no keys that the new one could follow")
    last = parent.value[-1][1]
    if parent.flow_style:
        at = last.end_mark.index
        return at, at, f", {key}: {flow(change.now)}"
    at = _end_of_line(text, last)
    break_ = "\r\n" if "\r\n" in text else "\n"
    lines = _block(key, change.now, parent.value[0][0].start_mark.column, in_line=_in_line(last))
    return at, at, "".join(f"{break_}{line}" for line in lines)


def _in_line(sibling: Any) -> bool:
    """Whether the sibling of a new key is written in one line, so that the new one is too."""
    return not isinstance(sibling, yaml.CollectionNode) or bool(sibling.flow_style)


def _end_of_line(text: str, node: Any) -> int:
    """Where the line ends on which the last value in `node` ends; comments after it belong to it."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    end = node.end_mark.index
    if isinstance(node, yaml.ScalarNode) and node.style in (">", "|"):
        end = len(text[:end].rstrip())
    found = next((index for index in range(end, len(text)) if text[index] in "\r\n"), None)
    return len(text) if found is None else found


def _block(key: str, value: Value, indent: int, *, in_line: bool) -> list[str]:
    if isinstance(value, str) or in_line:
        return [f"{' ' * indent}{key}: {flow(value)}"]
    return [f"{' ' * indent}{key}:", *(f"{' ' * (indent + 2)}{name}: {flow(part)}" for name, part in value.items())]


def flow(value: Value) -> str:
    """A value in one line."""
    if isinstance(value, str):
        return written(value)
    return "{" + ", ".join(f"{written(key)}: {flow(part)}" for key, part in value.items()) + "}"


def written(text: str, style: str = "") -> str:
    """A text as YAML: in its own quotation marks, or in none where it needs none."""
    if style == "'" and text.isprintable():
        return "'" + text.replace("'", "''") + "'"
    return text if style == "" and _plain(text) else json.dumps(text, ensure_ascii=False)


def _plain(text: str) -> bool:
    """Whether a text is read as itself between braces without quotation marks."""
    if text in ("", "~", "null") or not text.isprintable():
        return False
    try:
        node: Any = yaml.compose(f"{{a: {text}, b: c}}", Loader=_Loader)
    except yaml.YAMLError:
        return False
    values = [(key.value, value.value) for key, value in node.value]
    return values == [("a", text), ("b", "c")] and not node.value[0][1].style
