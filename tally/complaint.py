"""A complaint: what the YAML reader could not read, in words that an editor can act on, at the place to mend.

The reader stops where it no longer understands; what is wrong often stands before that: a quotation mark
left open, a full-width sign, a space that only looks like one. What is wrong with data that can be read is
`document`'s and the model's.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import yaml

from tally.problem import Problem

ODD_SPACE = re.compile(r"[^\S\n\t ]")
"""A no-break, ideographic or other space that YAML does not take for one."""

_Finding = tuple[int, int, str]
"""Line and column from 0, and what is wrong there."""


def named(sign: str) -> str:
    """A character by its Unicode name, for a message."""
    name = unicodedata.name(sign, "strange character").lower()
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name} (U+{ord(sign):04X})"


def of(path: str, text: str, error: yaml.MarkedYAMLError, first_line: int) -> Problem:
    """The YAML reader's complaint about `text` as a problem."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = [*text.split("\n"), ""]
    finders: tuple[Callable[[list[str], int, int, yaml.MarkedYAMLError], _Finding | None], ...] = (
        _tab, _odd_space, _full_width_colon, _open_quote, _quote_too_long, _full_width_sign)
    found = next((found for find in finders if (found := find(lines, line, column, error))), None) or (
        line, column, f"{_COMPLAINTS.get(error.problem or '', error.problem)}; "
                      "check indentation, quotes and “: ” here and on the line above")
    return Problem(path, found[0] + first_line, found[1] + 1, "", found[2])


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _near(lines: list[str], line: int) -> list[int]:
    """The line of the complaint and the one above it, where what is wrong often stands."""
    return [line, line - 1] if line else [line]


def _tab(lines: list[str], line: int, column: int, error: yaml.MarkedYAMLError) -> _Finding | None:
    content = lines[line]
    if "\t" in _indent(content) or content[column:column + 1] == "\t":
        return line, content.index("\t"), "a tab stands here; YAML takes spaces only: indent with two spaces"
    return None


def _odd_space(lines: list[str], line: int, column: int, error: yaml.MarkedYAMLError) -> _Finding | None:
    for number in _near(lines, line):
        if odd := ODD_SPACE.search(_indent(lines[number])):
            return number, odd.start(), f"{named(odd[0])} stands here; indent with plain spaces"
    for number in _near(lines, line):
        if odd := re.search(r"(?<=:)[^\S\n\t ]", lines[number]):
            return number, odd.start(), f"{named(odd[0])} stands after the colon; write a plain space"
    return None


def _full_width_colon(lines: list[str], line: int, column: int, error: yaml.MarkedYAMLError) -> _Finding | None:
    for number in _near(lines, line):
        if "：" in lines[number] and ": " not in f"{lines[number]} ":
            return number, lines[number].index("："), "a full-width colon stands here; write “: ” (colon and space) between key and value"
    return None


def _open_quote(lines: list[str], line: int, column: int, error: yaml.MarkedYAMLError) -> _Finding | None:
    if "quoted scalar" in str(error.context) and error.context_mark:
        start = _last_long(lines, line) or (error.context_mark.line, error.context_mark.column)
        return (*start, "the quotation mark that opens here is never closed; close it")
    return None


def _quote_too_long(lines: list[str], line: int, column: int, error: yaml.MarkedYAMLError) -> _Finding | None:
    """A quotation mark left open is closed by the next one, lines below, and the reader stumbles only there."""
    if start := _last_long(lines, line):
        return (*start, f"the quotation mark that opens here is closed only on line {line + 1}; close it where the text ends")
    return None


def _last_long(lines: list[str], line: int) -> tuple[int, int] | None:
    """Where the quoted text began that runs over several lines and ends on this one."""
    found = None
    try:
        for token in yaml.scan("\n".join(lines), Loader=yaml.SafeLoader):
            if isinstance(token, yaml.ScalarToken) and token.style in ("'", '"') and token.start_mark.line < token.end_mark.line == line:
                found = found or (token.start_mark.line, token.start_mark.column)
    except yaml.YAMLError:
        pass
    return found


def _full_width_sign(lines: list[str], line: int, column: int, error: yaml.MarkedYAMLError) -> _Finding | None:
    first = error.context_mark.line if error.context_mark and "flow" in str(error.context) else max(line - 1, 0)
    for pattern in _MISPLACED:
        for number in range(line, first - 1, -1):
            if match := re.search(pattern, lines[number]):
                at = match.end() - 1
                return number, at, wide(lines[number][at], "here")
    return None


def wide(sign: str, where: str) -> str:
    """That a full-width sign stands where YAML wants the sign on the right."""
    return f"a full-width {sign} stands {where}; write “{FULL_WIDTH[sign]}”"


FULL_WIDTH = {"，": ",", "：": ":", "｛": "{", "｝": "}", "［": "[", "］": "]"}
"""What a Chinese keyboard types where YAML wants the sign on the right."""

_END = r"(?=\s*[,，}｝\]］]*\s*$)"
_MISPLACED = (r"，(?=\s*[\w-]+\s*[:：])", r"(?<=[:,，：\[{])\s*[｛［]", r"^\s*[｛［]", rf"｝{_END}", rf"］{_END}")
"""A comma before a key, a bracket at the beginning or the end of a value: in a text these signs stand elsewhere."""

_COMPLAINTS = {
    "could not find expected ':'": "a “: ” is missing after a key",
    "mapping values are not allowed in this context": "a second “: ” stands in one line",
    "found character that cannot start any token": "a text that begins with this sign wants quotation marks",
    "did not find expected key": "a key is expected",
    "did not find expected '-' indicator": "the next “- ” of this list or a key of its last item is expected",
    "did not find expected node content": "a value is expected",
    "did not find expected ',' or '}'": "a comma or } is expected; a text with “, ” or “: ” inside { } wants quotation marks",
    "did not find expected ',' or ']'": "a comma or ] is expected; a text with “, ” or “: ” inside [ ] wants quotation marks",
}
"""YAML's commonest complaints in an editor's words."""
