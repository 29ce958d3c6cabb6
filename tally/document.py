"""A document: one YAML text as plain data, with the place of every key and value.

Scalars stay strings, exactly as typed, because `16297.60` must keep its last digit; giving them types is
the model's work. Only the safe core of YAML is taken: no tags, no anchors and aliases (so no bombs), one
document a file, no duplicate keys, bounded nesting. What the data means does not belong here.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import yaml

from tally import complaint
from tally.problem import Faulty, Problem, in_text

MAX_DEPTH = 40
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that no text has a use for; tabs and line ends are none of them."""
_FULL_WIDTH = re.compile(f"[{''.join(complaint.FULL_WIDTH)}]")

_MERGE = re.compile(r"^(?:<{7}|>{7})(?: .*)?$", re.MULTILINE)
"""What git leaves where two people have changed the same lines."""

Path = tuple[str | int, ...]


class Mark(NamedTuple):
    """A place in a file, line and column counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Document:
    """The data of a file (dict, list, str and None), and its text, in which the mark of a key or value is looked up."""

    path: str
    data: Any
    text: str

    def places(self) -> Iterator[Path]:
        """The path of each value, in the order of the file."""
        return _places(self.data, ())

    def at(self, where: Path) -> Any:
        """The value at `where`."""
        data = self.data
        for step in where:
            data = data[step]
        return data

    def mark(self, where: Path) -> Mark:
        """The mark of the value at `where`, or of the nearest parent that is written in the file."""
        for end in range(len(where), -1, -1):
            if found := _marks(self.text).values.get(where[:end]):
                return found
        return Mark(1, 1)

    def key_mark(self, where: Path) -> Mark:
        """The mark of the key at `where`; list items and missing keys fall back to the value's."""
        return _marks(self.text).keys.get(where) or self.mark(where)

    def within(self, where: Path, snippet: str, before: str = "") -> Mark:
        """The mark of `snippet` inside the value at `where`; `before` is the value's text up to it.

        Quoted, folded and literal values are all found by looking for the snippet as it is typed.
        """
        start = self.mark(where)
        index = _index(self.text, start)
        for _ in range(before.count(snippet) + 1):
            index = self.text.find(snippet, index) + 1
            if index == 0:
                return start
        above = self.text[: index - 1]
        return Mark(above.count("\n") + 1, index - 1 - above.rfind("\n"))

    def problem(self, where: Path, message: str, *, at_key: bool = False) -> Problem:
        """A problem with the value (or the key) at `where`."""
        mark = self.key_mark(where) if at_key else self.mark(where)
        return Problem(self.path, mark.line, mark.column, ".".join(map(str, where)), message)


def _places(data: Any, where: Path) -> Iterator[Path]:
    yield where
    steps = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in steps:
        yield from _places(value, (*where, step))


def _index(text: str, mark: Mark) -> int:
    lines = text.split("\n", mark.line)[: mark.line - 1]
    return sum(len(line) + 1 for line in lines) + mark.column - 1


def decode(path: str, raw: bytes) -> str:
    """The text of a file; raises `Faulty` with the place of the first byte that is not UTF-8."""
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        raise Faulty([Problem(path, line, column, "", (
            f"byte 0x{raw[error.start]:02x} is not UTF-8; save the file with the encoding UTF-8"))]) from None
    if left := _MERGE.search(text):
        raise Faulty([in_text(path, text, left.start(), "a merge left this mark here; keep one of the two versions, and remove the marks")])
    return text


def parse(path: str, text: str, first_line: int = 1) -> Document:
    """Read YAML `text`; raises `Faulty` with every problem found. `first_line` is where the text starts."""
    reader = _Reader(path, first_line)
    try:
        data = reader.read(text)
    except yaml.MarkedYAMLError as error:
        last = complaint.of(path, text, error, first_line)
        raise Faulty([*reader.problems, *([] if any(last.line == problem.line for problem in reader.problems) else [last])]) from None
    except yaml.reader.ReaderError as error:
        raise Faulty([_unprintable(path, text, error, first_line)]) from None
    if reader.problems:
        raise Faulty(reader.problems)
    return Document(path, data, "\n" * (first_line - 1) + text)


class _Marks(NamedTuple):
    values: dict[Path, Mark]
    keys: dict[Path, Mark]


@lru_cache(maxsize=1_000)  # they are many, and of most files nobody wants them: only where there is a problem, or where a figure is typed
def _marks(text: str) -> _Marks:
    """The marks of a text that was read before, by the paths of its values and keys."""
    reader = _Reader("", 1)
    reader.read(text)
    return _Marks(reader.values, reader.keys)


def unwritable(path: str, text: str, first_line: int = 1) -> list[Problem]:
    """A problem for the first control character of a text that is not YAML."""
    if not (match := _CONTROL.search(text)):
        return []
    message = f"the character U+{ord(match[0]):04X} is not allowed in a text; remove it"
    return [in_text(path, text, match.start(), message, first_line)]


class _Reader:
    """Builds plain data from YAML events; one instance reads one text."""

    def __init__(self, path: str, first_line: int):
        self.path, self.offset = path, first_line
        self.values: dict[Path, Mark] = {}
        self.keys: dict[Path, Mark] = {}
        self.problems: list[Problem] = []

    def read(self, text: str) -> Any:
        self.events = iter(yaml.parse(text, Loader=_Loader))
        documents = []
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                start = event
                documents.append(self._value(next(self.events), ()))
                if len(documents) == 2:
                    self._fault(start, "", "a second document starts here; keep one document in a file")
        if not documents or documents[0] is None:
            self.problems.append(Problem(self.path, self.offset, 1, "", "the file is empty; see README for what belongs in it"))
            return None
        return documents[0]

    def _value(self, event: Any, where: Path) -> Any:
        self.values.setdefault(where, self._mark(event))
        if isinstance(event, yaml.AliasEvent):
            self._fault(event, where, f"*{event.anchor} repeats another value; aliases are not read here, write the value out")
            return None
        if event.anchor or (event.tag and event.tag != "!"):
            sign = f"&{event.anchor}" if event.anchor else str(event.tag).replace("tag:yaml.org,2002:", "!!")
            self._fault(event, where, f"{sign} is not read here; write plain values")
        if isinstance(event, yaml.ScalarEvent):
            self._writable(event, where)
            plain = not event.style
            return None if plain and event.value in ("", "~", "null") else event.value
        if len(where) >= MAX_DEPTH:
            mark = self._mark(event)
            raise Faulty([*self.problems, Problem(self.path, mark.line, mark.column, "",
                                                  f"nested more than {MAX_DEPTH} deep; flatten it")])
        return self._list(where) if isinstance(event, yaml.SequenceStartEvent) else self._map(where)

    def _list(self, where: Path) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*where, len(items))))
        return items

    def _map(self, where: Path) -> dict[str, Any]:
        pairs: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = sys.intern(event.value) if isinstance(event, yaml.ScalarEvent) else None  # thousands of files have the same
            here = (*where, key or "?")
            if key:
                self._writable(event, where)
            if not key:
                braces = isinstance(event, yaml.MappingStartEvent) and event.flow_style
                self._fault(event, where, "a text that begins with {{ wants quotation marks" if braces else "a key must be a plain word")
                self._value(event, here)
            elif key in pairs:
                first = self.keys[here]
                self._fault(event, here, f"the key {key} stands here twice, first on line {first.line}; remove or rename one")
            elif sign := _FULL_WIDTH.search(key):
                self._fault(event, where, complaint.wide(sign[0], "in this key"))
            elif odd := complaint.ODD_SPACE.match(key):
                self._fault(event, where, f"{complaint.named(odd[0])} stands before this key; indent with plain spaces")
            self.keys.setdefault(here, self._mark(event))
            value = self._value(next(self.events), here)
            if key is not None:
                pairs.setdefault(key, value)
        return pairs

    def _writable(self, event: Any, where: Path) -> None:
        if match := _CONTROL.search(event.value):
            self._fault(event, where, f"the character U+{ord(match[0]):04X} is not allowed in a text; remove it")

    def _mark(self, event: Any) -> Mark:
        return Mark(event.start_mark.line + self.offset, event.start_mark.column + 1)

    def _fault(self, event: yaml.Event, where: Path | str, message: str) -> None:
        mark = self._mark(event)
        self.problems.append(Problem(self.path, mark.line, mark.column, ".".join(map(str, where)), message))


def _unprintable(path: str, text: str, error: yaml.reader.ReaderError, first_line: int) -> Problem:
    # libyaml counts the bytes before the character, the reader written in Python the characters.
    counted = text.encode() if _Loader is not yaml.SafeLoader else text
    before = counted[: error.position]
    offset = len(before if isinstance(before, str) else before.decode())
    return in_text(path, text, offset, f"the character U+{ord(text[offset]):04X} is not allowed in YAML; remove it", first_line)
