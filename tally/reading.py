"""A reading: one file of the input as a model, or what is wrong with it.

Each file is read by itself, so that an editor who has changed one need not wait for the others. What there must be,
and whether one file fits the others, is `project`'s and `crosscheck`'s.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from pydantic import BaseModel, ValidationError

from tally import document, release, task
from tally.document import Document
from tally.explanation import explain
from tally.memo import latest
from tally.model import PageMeta, Release
from tally.problem import Faulty, Problem


@dataclass(frozen=True, slots=True)
class Text:
    """One Markdown file: its front matter, its body, and the line on which the body starts."""

    path: str
    meta: PageMeta
    body: str
    first_line: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says: a model, a text or a release, or None where there are problems; a release is no document."""

    value: Any
    problems: tuple[Problem, ...]
    document: Document | None = None


Readings = task.Memory[Reading]
"""By path."""


def read(files: Mapping[str, bytes], kinds: Mapping[str, type[BaseModel]], languages: tuple[str, ...], before: Readings | None = None) -> Readings:
    """Every file whose model is known; a Markdown file goes by that of its front matter."""
    work, ground = _work(kinds, languages)
    return task.run(work, lambda asked: task.Watched("files", files, asked), task.Inputs({"files": files}, ground), before, worth=task.MANY)


@latest
def _work(kinds: Mapping[str, type[BaseModel]], languages: tuple[str, ...]) -> tuple[Mapping[str, Callable[[Mapping[str, bytes]], Reading]], object]:
    """What there is to read, and what all of it stands on."""
    work = {path: partial(_read, path, kind, languages) for path, kind in kinds.items()}
    return work, (languages, {path: kind.__name__ for path, kind in kinds.items()})


def _read(path: str, kind: type[BaseModel], languages: tuple[str, ...], files: Mapping[str, bytes]) -> Reading:
    try:
        if kind is Release:
            return Reading(release.unpack(path, files[path]), ())
        if path.endswith(".md"):
            return _text(path, document.decode(path, files[path]), languages)
        return _typed(document.parse(path, document.decode(path, files[path])), kind, languages)
    except Faulty as error:
        return Reading(None, tuple(error.problems))


def _typed(found: Document, kind: type[BaseModel], languages: tuple[str, ...]) -> Reading:
    context: dict[str, Any] = {"languages": languages, "fields": {}}
    try:
        return Reading(kind.model_validate(found.data, context=context), (), found)
    except ValidationError as error:
        return Reading(None, tuple(explain(found, item, context["fields"]) for item in error.errors(include_url=False)), found)


def _text(path: str, whole: str, languages: tuple[str, ...]) -> Reading:
    match = re.match(r"---\n(.*?\n)---[ \t]*(?:\n|\Z)", whole, re.DOTALL)
    if not match:
        return Reading(None, (Problem(path, 1, 1, "", "the file must begin with a block between --- lines that holds title and dek"),))
    found = _typed(document.parse(path, match[1], first_line=2), PageMeta, languages)
    first, body = whole[: match.end()].count("\n") + 1, whole[match.end():]
    problems = (*found.problems, *document.unwritable(path, body, first))
    return Reading(Text(path, found.value, body, first) if found.value else None, problems, found.document)
