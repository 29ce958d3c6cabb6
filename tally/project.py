"""A project: the whole input, typed and checked against itself.

`validate` turns the files of a folder into models and reports every problem in all of them at once. What
one file may say is `model`'s; whether one file fits the others (does this row exist? is there a twin in the
other language?) is `crosscheck`'s. Nothing is calculated here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from tally import document
from tally import release as frozen
from tally.document import Document
from tally.explanation import explain
from tally.model import (
    Chart,
    Claim,
    Claims,
    Corrections,
    FigureSet,
    Interface,
    MadeFrom,
    Origin,
    PageMeta,
    Paper,
    Release,
    Site,
    Sources,
    StoryMeta,
    Table,
    Unit,
    Units,
    Watchwords,
    WatchwordsFile,
)
from tally.problem import Faulty, Problem, nearest
from tally.source import Folder

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Text:
    """One Markdown file: its front matter, its body, and the line on which the body starts."""

    path: str
    meta: PageMeta
    body: str
    first_line: int


@dataclass(frozen=True)
class Story:
    """A story: what both languages share, and its text in each."""

    meta: StoryMeta
    texts: Mapping[str, Text]
    made_from: Mapping[str, list[str]]
    """for each translation, the marks of the blocks that it was made from"""


@dataclass(frozen=True)
class Project:
    """Everything that the folder says, by id and in the order of the files."""

    site: Site
    paper: Paper
    sources: Mapping[str, Origin]
    units: Mapping[str, Unit]
    tables: Mapping[str, Table]
    sets: Mapping[str, FigureSet]
    charts: Mapping[str, Chart]
    ledgers: Mapping[str, Claims]
    words: Mapping[str, Mapping[str, str]]
    watchwords: Mapping[str, Watchwords]
    stories: Mapping[str, Story]
    pages: Mapping[str, Mapping[str, Text]]
    releases: Mapping[str, Release]
    """the newest first"""
    corrections: Corrections
    documents: Mapping[str, Document]

    def credit(self, source: str, language: str) -> str:
        """How a chart names a source: by producer and title, unless the source has words of its own."""
        origin = self.sources[source]
        if origin.credit:
            return origin.credit[language]
        pattern = self.words["source-credit"][language]
        return pattern.replace("{title}", origin.title[language]).replace("{producer}", origin.producer[language])

    @property
    def languages(self) -> list[str]:
        """The ids of the languages, the original first."""
        return list(self.site.languages)

    def claims(self) -> Iterator[tuple[str, str, Claim]]:
        """File, id and claim of every claim, in the order of the files."""
        for name, ledger in self.ledgers.items():
            yield from ((f"data/claims/{name}.yaml", id, claim) for id, claim in ledger.claims.items())

    def without(self, paths: set[str]) -> Project:
        """The project less the charts, claims, stories and pages of these files, so that the rest can be looked at."""
        def kept(folder: str, items: Mapping[str, Any]) -> dict[str, Any]:
            return {id: item for id, item in items.items()
                    if f"{folder}/{id}.yaml" not in paths and not any(path.startswith(f"{folder}/{id}/") for path in paths)}

        stories, pages = kept("content/stories", self.stories), kept("content/pages", self.pages)
        gone = {f"content/{kind}/{slug}/" for kind, all_, left in (("stories", self.stories, stories), ("pages", self.pages, pages))
                for slug in all_ if slug not in left}
        documents = {path: found for path, found in self.documents.items() if path not in paths and not path.startswith(tuple(gone))}
        return replace(self, charts=kept("data/charts", self.charts), ledgers=kept("data/claims", self.ledgers),
                       stories=stories, pages=pages, documents=documents)


_SINGLE: dict[str, type[BaseModel]] = {
    "data/site.yaml": Site, "data/paper.yaml": Paper, "data/sources.yaml": Sources, "data/units.yaml": Units,
    "content/interface.yaml": Interface,
}
_ROLES = {
    "data/site.yaml": "the publication’s title, languages and sections",
    "data/paper.yaml": "the name and the sections of the document that is checked",
    "data/sources.yaml": "who published the figures",
    "data/units.yaml": "the units and how each language writes them",
    "content/interface.yaml": "the words of buttons, labels and headings",
}
"""What each file that there must be is for."""
_NAMING = ("data/tables/*.yaml", "data/figures/*.yaml")
"""Files whose names begin the names of figures."""
_MANY: dict[str, type[BaseModel]] = {
    "content/watchwords.yaml": WatchwordsFile, "data/corrections.yaml": Corrections,
    "data/tables/*.yaml": Table, "data/figures/*.yaml": FigureSet, "data/charts/*.yaml": Chart,
    "data/claims/*.yaml": Claims, "content/stories/*/story.yaml": StoryMeta,
    "content/stories/*/made-from.yaml": MadeFrom,
}
KINDS = {**_SINGLE, **_MANY}
"""The model of every YAML file, by the pattern of its path."""
_MARKDOWN = ("content/stories/*/*.md", "content/pages/*/*.md")


def validate(folder: Folder) -> Project:
    """The project in `folder`; raises `Faulty` with every problem of every file."""
    reader = _Reader(folder.files)
    site = reader.model("data/site.yaml", Site)
    if any(problem.key.startswith("languages") for problem in reader.problems):
        raise Faulty(reader.problems)  # every text of every file would be said to lack its translations
    read = {path: reader.model(path, kind) for path, kind in reader.expected()}
    texts = {path: text for path in folder.files if _matches(path, *_MARKDOWN) and (text := reader.text(path))}
    releases = [release for path in folder.files if _matches(path, frozen.PATTERN) and (release := reader.release(path))]
    reader.strangers()
    if reader.problems or site is None:
        raise Faulty(reader.problems)
    return _assemble(site, read, texts, releases, reader.documents)


def _assemble(site: Site, read: Mapping[str, Any], texts: Mapping[str, Text], releases: list[Release],
              documents: Mapping[str, Document]) -> Project:
    def each(folder: str) -> dict[str, Any]:
        return {PurePosixPath(path).stem: model for path, model in read.items() if _matches(path, f"{folder}/*.yaml")}

    slugs = [path.split("/")[2] for path in read if _matches(path, "content/stories/*/story.yaml")]
    stories = {slug: _story(slug, read, texts) for slug in slugs}
    pages = {slug: _twins(texts, f"content/pages/{slug}")
             for slug in dict.fromkeys(path.split("/")[2] for path in texts if path.startswith("content/pages/"))}
    charts = each("data/charts")
    return Project(
        site=site, paper=read["data/paper.yaml"], sources=read["data/sources.yaml"].sources,
        units=read["data/units.yaml"].units, tables=each("data/tables"), sets=each("data/figures"),
        charts=dict(sorted(charts.items(), key=lambda item: (item[1].order, item[0]))),
        ledgers=each("data/claims"), words=read["content/interface.yaml"].words,
        watchwords=read["content/watchwords.yaml"].languages if "content/watchwords.yaml" in read else {},
        stories=dict(sorted(stories.items(), key=lambda item: (item[1].meta.order, item[0]))),
        pages=pages, releases={one.name: one for one in sorted(releases, key=lambda one: (one.date.text, one.name), reverse=True)},
        corrections=read.get("data/corrections.yaml") or Corrections(), documents=documents)


def _story(slug: str, read: Mapping[str, Any], texts: Mapping[str, Text]) -> Story:
    folder = f"content/stories/{slug}"
    made_from = read.get(f"{folder}/made-from.yaml")
    return Story(read[f"{folder}/story.yaml"], _twins(texts, folder), made_from.languages if made_from else {})


def _twins(texts: Mapping[str, Text], folder: str) -> dict[str, Text]:
    return {PurePosixPath(path).stem: text for path, text in texts.items() if path.startswith(f"{folder}/")}


def _own_name(path: str) -> str:
    """What a file is called by: a story's or page's folder, else its own name."""
    return path.split("/")[2] if path.count("/") > 2 else PurePosixPath(path).stem


def pattern_of(path: str) -> str | None:
    """The pattern among `KINDS` that this path fits, or None."""
    return next((pattern for pattern in KINDS if _matches(path, pattern)), None)


def _matches(path: str, *patterns: str) -> bool:
    return any(fnmatchcase(path, pattern) and path.count("/") == pattern.count("/") for pattern in patterns)


@dataclass
class _Reader:
    """Reads files into models, and keeps the problems and the documents that it meets."""

    files: Mapping[str, bytes]
    languages: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)
    documents: dict[str, Document] = field(default_factory=dict)

    def expected(self) -> Iterator[tuple[str, type[BaseModel]]]:
        """Each YAML file that there must be or may be, with its model."""
        yield from ((path, kind) for path, kind in _SINGLE.items() if kind is not Site)
        for path in self.files:
            yield from ((path, kind) for pattern, kind in _MANY.items() if _matches(path, pattern))

    def strangers(self) -> None:
        """Files that nothing reads are named, for a typing error in a file's name is silent otherwise."""
        patterns = [*_SINGLE, *_MANY, *_MARKDOWN, frozen.PATTERN]
        for path in self.files:
            name, folder = _own_name(path).removesuffix(".json"), path.rpartition("/")[0]
            if not _matches(path, *patterns):
                offer = nearest(path, [*_SINGLE, *(pattern.replace("*", "NAME") for pattern in (*_MANY, *_MARKDOWN))])
                self._fault(path, f"nothing reads this file; {offer}")
            elif path.endswith(".md") and self.languages and PurePosixPath(path).stem not in self.languages:
                self._fault(path, f"{PurePosixPath(path).stem!r} is no language of this site; {nearest(PurePosixPath(path).stem, self.languages)}")
            elif not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
                self._fault(path, f"{name!r} is no id; name it with small letters, digits and single hyphens")
            elif _matches(path, *_NAMING) and (name in ("row", "column") or name[0].isdigit()):
                self._fault(path, f"formulas cannot name a figure by {name!r}; call the file otherwise, beginning with a letter")
            elif _matches(path, "content/stories/*/*.md") and f"{folder}/story.yaml" not in self.files:
                self._fault(f"{folder}/story.yaml", "this file is missing; it holds the story's order and lead")

    def _fault(self, path: str, message: str) -> None:
        self.problems.append(Problem(path, 1, 1, "", message))

    def model(self, path: str, kind: type[Model]) -> Model | None:
        """The file as a model, or None with the reasons noted."""
        if path not in self.files:
            self._fault(path, f"this file is missing; it holds {_ROLES[path]}")
            return None
        try:
            found = document.parse(path, document.decode(path, self.files[path]))
        except Faulty as error:
            self.problems += error.problems
            return None
        self.documents[path] = found
        if kind is Site and isinstance(found.data, dict) and isinstance(found.data.get("languages"), dict):
            self.languages = tuple(found.data["languages"])
        return self._typed(found, kind)

    def release(self, path: str) -> Release | None:
        """A release, or None with the reasons noted."""
        try:
            return frozen.unpack(path, self.files[path])
        except Faulty as error:
            self.problems += error.problems
            return None

    def _typed(self, found: Document, kind: type[Model]) -> Model | None:
        context: dict[str, Any] = {"languages": self.languages, "fields": {}}
        try:
            return kind.model_validate(found.data, context=context)
        except ValidationError as error:
            self.problems += [explain(found, item, context["fields"]) for item in error.errors(include_url=False)]
            return None

    def text(self, path: str) -> Text | None:
        """A Markdown file with its front matter."""
        try:
            whole = document.decode(path, self.files[path])
            match = re.match(r"---\n(.*?\n)---[ \t]*(?:\n|\Z)", whole, re.DOTALL)
            if not match:
                self._fault(path, "the file must begin with a block between --- lines that holds title and dek")
                return None
            found = document.parse(path, match[1], first_line=2)
        except Faulty as error:
            self.problems += error.problems
            return None
        self.documents[path] = found
        meta = self._typed(found, PageMeta)
        first = whole[: match.end()].count("\n") + 1
        self.problems += document.unwritable(path, whole[match.end():], first)
        return Text(path, meta, whole[match.end():], first) if meta else None
