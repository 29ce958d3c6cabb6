"""A project: the whole input, typed and checked against itself.

`validate` turns the files of a folder into models and reports every problem in all of them at once. What
one file may say is `model`'s; whether one file fits the others (does this row exist? is there a twin in the
other language?) is `crosscheck`'s. Nothing is calculated here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any, TypeVar

from pydantic import BaseModel

from tally import document, notation, reading
from tally import release as frozen
from tally.document import Document
from tally.memo import latest, remembered
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
    is_id,
)
from tally.problem import Faulty, Problem, nearest
from tally.reading import Readings, Text
from tally.source import Folder
from tally.task import Input, Watched

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Story:
    """A story: what both languages share, and its text in each."""

    meta: StoryMeta
    texts: Mapping[str, Text]
    made_from: Mapping[str, list[str]]
    """for each translation, the marks of the blocks that it was made from"""

    @property
    def order(self) -> int:
        """Its place among the stories."""
        return self.meta.order


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

    @property
    def kinds(self) -> dict[str, Mapping[str, Any]]:
        """What tasks may ask for, by kind."""
        return {kind: getattr(self, kind) for kind in _KINDS}

    @property
    def inputs(self) -> dict[str, Mapping[str, object]]:
        """The same as far as tasks read it: of a table all but its figures, which they take from the book."""
        return {**self.kinds, "tables": _frames(self.tables)}

    @property
    def ground(self) -> tuple[object, ...]:
        """What every task stands on."""
        return self.site, self.paper, self.units, self.corrections, _own(self.words)

    def watched(self, asked: set[Input]) -> Project:
        """The same project, which notes what is asked of it; its documents serve problems only."""
        kinds: dict[str, Any] = {kind: Watched(kind, held, asked) for kind, held in self.kinds.items()}
        return replace(self, **kinds)

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

    def text(self, path: str) -> Text:
        """The text of a Markdown file."""
        _, kind, slug, name = path.split("/")
        texts = self.stories[slug].texts if kind == "stories" else self.pages[slug]
        return texts[name.removesuffix(".md")]

    def claims(self) -> Iterator[tuple[str, str, Claim]]:
        """File, id and claim of every claim, in the order of the files."""
        for name, ledger in self.ledgers.items():
            yield from ((f"data/claims/{name}.yaml", id, claim) for id, claim in ledger.claims.items())

    def without(self, paths: set[str]) -> Project:
        """The project less the charts, claims, stories and pages of these files, so that the rest can be looked at."""
        if not paths:
            return self

        def kept(folder: str, items: Mapping[str, Any]) -> dict[str, Any]:
            return {id: item for id, item in items.items()
                    if f"{folder}/{id}.yaml" not in paths and not any(path.startswith(f"{folder}/{id}/") for path in paths)}

        stories, pages = kept("content/stories", self.stories), kept("content/pages", self.pages)
        gone = {f"content/{kind}/{slug}/" for kind, all_, left in (("stories", self.stories, stories), ("pages", self.pages, pages))
                for slug in all_ if slug not in left}
        documents = {path: found for path, found in self.documents.items() if path not in paths and not path.startswith(tuple(gone))}
        return replace(self, charts=kept("data/charts", self.charts), ledgers=kept("data/claims", self.ledgers),
                       stories=stories, pages=pages, documents=documents)


@latest
def _own(words: Mapping[str, Mapping[str, str]]) -> dict[str, Mapping[str, str] | None]:
    return {id: words.get(id) for id in notation.WORDS}


@latest
def _frames(tables: Mapping[str, Table]) -> dict[str, object]:
    return {id: _frame(table) for id, table in tables.items()}


@remembered
def _frame(table: Table) -> object:
    rows = {key: row.model_copy(update={"cells": tuple(row.cells)}) for key, row in table.rows.items()}
    return table.model_copy(update={"rows": rows})


_KINDS = ("sources", "tables", "sets", "charts", "ledgers", "words", "stories", "pages", "releases")
_SITE = "data/site.yaml"
_SINGLE: dict[str, type[BaseModel]] = {
    _SITE: Site, "data/paper.yaml": Paper, "data/sources.yaml": Sources, "data/units.yaml": Units,
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
_READ: dict[str, type[BaseModel]] = {**KINDS, "content/stories/*/*.md": PageMeta, "content/pages/*/*.md": PageMeta, frozen.PATTERN: Release}
"""Every file that anything reads; of a Markdown file its front matter has a model."""


def read(folder: Folder, before: Readings | None = None) -> Readings:
    """Each file by itself."""
    return reading.read(folder.files, _models(tuple(folder.files)), _languages(folder), before)


@lru_cache(maxsize=1)
def _models(paths: tuple[str, ...]) -> dict[str, type[BaseModel]]:
    return {path: model for path in paths for pattern, model in _READ.items() if _matches(path, pattern)}


def _languages(folder: Folder) -> tuple[str, ...]:
    """Those of the site, whatever else may be wrong with it."""
    return _declared(folder.files.get(_SITE, b""))


@lru_cache(maxsize=1)
def _declared(site: bytes) -> tuple[str, ...]:
    try:
        found = document.parse(_SITE, document.decode(_SITE, site)).data
    except Faulty:
        return ()
    declared = found.get("languages") if isinstance(found, dict) else None
    return tuple(declared) if isinstance(declared, dict) else ()


def validate(folder: Folder, readings: Readings | None = None) -> Project:
    """The project in `folder`; raises `Faulty` with every problem of every file."""
    readings = readings or read(folder)
    missing = [Problem(path, 1, 1, "", f"this file is missing; it holds {_ROLES[path]}") for path in _SINGLE if path not in folder.files]
    problems = [*missing, *(problem for one in readings.values() for problem in one.problems)]
    own = [problem for problem in problems if problem.path == _SITE]
    if any(problem.key.startswith("languages") for problem in own):
        raise Faulty(own)  # every text of every file would be said to lack its translations
    problems += _strangers(tuple(folder.files), _languages(folder))
    if problems:
        raise Faulty(problems)
    values = {path: one.value for path, one in readings.items()}
    return _assemble(values, {path: one.document for path, one in readings.items() if one.document})


_NAMED = ("data/tables", "data/figures", "data/charts", "data/claims", "data/releases", "content/stories", "content/pages")
"""Folders of things that are called by their file or folder."""
_NO_CORRECTIONS = Corrections.model_construct()


def _assemble(read: Mapping[str, Any], documents: Mapping[str, Document]) -> Project:
    folders = _folders(tuple(read))

    def each(folder: str, made: Callable[..., Any] = read.__getitem__) -> dict[str, Any]:
        return _named(folders[folder], *(made(*paths) for paths in folders[folder].values()))

    def texts(*paths: str) -> dict[str, Text]:
        return _twins(*(read[path] for path in paths if path.endswith(".md")))

    def story(*paths: str) -> Story:
        folder = paths[0].rpartition("/")[0]
        return _told(read[f"{folder}/story.yaml"], read.get(f"{folder}/made-from.yaml"), texts(*paths))

    return Project(
        site=read[_SITE], paper=read["data/paper.yaml"], sources=read["data/sources.yaml"].sources,
        units=read["data/units.yaml"].units, tables=each("data/tables"), sets=each("data/figures"),
        charts=_in_order(each("data/charts")),
        ledgers=each("data/claims"), words=read["content/interface.yaml"].words,
        watchwords=read["content/watchwords.yaml"].languages if "content/watchwords.yaml" in read else {},
        stories=_in_order(each("content/stories", story)), pages=each("content/pages", texts), releases=_newest_first(each("data/releases")),
        corrections=read.get("data/corrections.yaml") or _NO_CORRECTIONS, documents=documents)


@lru_cache(maxsize=1)
def _folders(paths: tuple[str, ...]) -> Mapping[str, Mapping[str, list[str]]]:
    """The files of each folder by what they are called by; where there is no story.yaml, there is no story."""
    found: dict[str, dict[str, list[str]]] = {folder: {} for folder in _NAMED}
    for path in paths:
        folder = "/".join(path.split("/")[:2])
        if folder in found:
            found[folder].setdefault(_own_name(path), []).append(path)
    told = {slug: own for slug, own in found["content/stories"].items() if f"content/stories/{slug}/story.yaml" in own}
    return {**found, "content/stories": told}


@latest
def _named(names: Iterable[str], *made: Any) -> dict[str, Any]:
    return dict(zip(names, made, strict=True))


@latest
def _in_order(items: Mapping[str, Any]) -> dict[str, Any]:
    return dict(sorted(items.items(), key=lambda item: (item[1].order, item[0])))


@latest
def _newest_first(releases: Mapping[str, Release]) -> dict[str, Release]:
    return {one.name: one for one in sorted(releases.values(), key=lambda one: (one.date.text, one.name), reverse=True)}


@remembered
def _told(meta: StoryMeta, made_from: MadeFrom | None, texts: Mapping[str, Text]) -> Story:
    return Story(meta, texts, made_from.languages if made_from else {})


@remembered
def _twins(*texts: Text) -> dict[str, Text]:
    return {PurePosixPath(text.path).stem: text for text in texts}


def _own_name(path: str) -> str:
    """What a file is called by: a story's or page's folder, else its own name."""
    return path.split("/")[2] if path.count("/") > 2 else PurePosixPath(path).stem


def pattern_of(path: str) -> str | None:
    """The pattern among `KINDS` that this path fits, or None."""
    return next((pattern for pattern in KINDS if _matches(path, pattern)), None)


def _matches(path: str, *patterns: str) -> bool:
    return any(path.count("/") == pattern.count("/") and fnmatchcase(path, pattern) for pattern in patterns)


@lru_cache(maxsize=1)
def _strangers(paths: tuple[str, ...], languages: tuple[str, ...]) -> list[Problem]:
    """Files that nothing reads are named, for a typing error in a file's name is silent otherwise."""
    return list(_strange(paths, set(paths), languages))


def _strange(paths: tuple[str, ...], files: set[str], languages: tuple[str, ...]) -> Iterator[Problem]:
    for path in paths:
        name, folder = _own_name(path).removesuffix(".json"), path.rpartition("/")[0]
        if not _matches(path, *_READ):
            offer = nearest(path, [*_SINGLE, *(pattern.replace("*", "NAME") for pattern in _READ if "*" in pattern and pattern != frozen.PATTERN)])
            yield Problem(path, 1, 1, "", f"nothing reads this file; {offer}")
        elif path.endswith(".md") and languages and PurePosixPath(path).stem not in languages:
            yield Problem(path, 1, 1, "", f"{PurePosixPath(path).stem!r} is no language of this site; {nearest(PurePosixPath(path).stem, languages)}")
        elif not is_id(name):
            yield Problem(path, 1, 1, "", f"{name!r} is no id; name it with small letters, digits and single hyphens")
        elif _matches(path, *_NAMING) and (name in ("row", "column") or name[0].isdigit()):
            yield Problem(path, 1, 1, "", f"formulas cannot name a figure by {name!r}; call the file otherwise, beginning with a letter")
        elif _matches(path, "content/stories/*/*.md") and f"{folder}/story.yaml" not in files:
            yield Problem(f"{folder}/story.yaml", 1, 1, "", "this file is missing; it holds the story's order and lead")
