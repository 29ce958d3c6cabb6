"""A press: what fills templates, and what a page is when it comes out.

The machinery of the fifth stage. Which pages there are is `page`'s, and at a chart's own addresses `plate`'s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

from jinja2 import BytecodeCache, DictLoader, Environment, StrictUndefined, TemplateError
from jinja2.bccache import Bucket

from tally import asset, download, host, metadata, quote, search
from tally.asset import Assets
from tally.book import Book
from tally.figure import Drawing
from tally.file import File
from tally.pin import Pins
from tally.poster import Poster
from tally.problem import Faulty, Problem
from tally.project import Project
from tally.publication import Publication
from tally.source import Folder
from tally.task import Input, Inputs, Watched
from tally.verdict import Verdict
from tally.view import View

_USED = re.compile(r"""\{%-?\s*(?:extends|include|import|from)\s+(?:"([^"]+)"|'([^']+)'|(\S+))""")


class Compiled(BytecodeCache):
    """Templates as Python's code, by a key of Jinja's own that changes with its version."""

    def __init__(self, codes: dict[str, bytes]):
        self._codes = codes

    def load_bytecode(self, bucket: Bucket) -> None:
        code = self._codes.get(bucket.key + bucket.checksum)
        if code:
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._codes[bucket.key + bucket.checksum] = bucket.bytecode_to_string()


@dataclass(frozen=True)
class Press:
    """Fills templates with what the stages before have made."""

    publication: Publication
    assets: Assets
    posters: Mapping[str, Poster]
    sizes: Mapping[str, tuple[float, float]]
    """the widths and heights of the pictures to take away, by path"""
    templates: Mapping[str, bytes]
    environment: Environment = field(repr=False)
    beside: Mapping[str, tuple[str | None, str | None]]
    """the charts before and after each"""
    groups: Mapping[str, tuple[str, ...]]
    """the names of the cells of each table and set"""
    behind: dict[str, frozenset[Input]] = field(default_factory=dict, repr=False)
    """the templates that each uses, its own among them, as far as it was filled"""
    asked: set[Input] | None = None

    @classmethod
    def of(cls, publication: Publication, folder: Folder, posters: Mapping[str, Poster], rasters: Mapping[str, bytes],
           codes: dict[str, bytes] | None = None) -> Press:
        """A press with the folder's templates; `rasters` are those posters that are PNG too, and `codes` are given back
        with every template in them that was compiled."""
        codes = {} if codes is None else codes
        drawn = {f"{path}.svg": poster.size for path, poster in posters.items() if poster.takeaway}
        sizes = drawn | {f"{path}.png": posters[path].size for path in rasters}
        late = [name(language) for language in publication.voices for name in (search.name, quote.name)]
        assets = asset.collect(folder, [*publication.drawings.values(), *publication.pins.values()], late)
        texts = {name: raw.decode("utf-8") for name, raw in folder.templates.items() if not name.startswith("assets/")}
        environment = Environment(loader=DictLoader(texts), undefined=StrictUndefined, autoescape=True,
                                  trim_blocks=True, lstrip_blocks=True, bytecode_cache=Compiled(codes), auto_reload=False)
        environment.globals["metadata"] = metadata
        return cls(publication, assets, posters, sizes, folder.templates, environment, neighbours(tuple(publication.project.charts)), download.grouped(tuple(publication.book.cells)))

    @cached_property
    def inputs(self) -> Inputs:
        """What tasks may ask for."""
        return self.publication.inputs(assets=self.assets.paths, posters=self.posters, pictures=self.sizes, templates=self.templates, beside=self.beside, groups=self.groups)

    def watched(self, asked: set[Input]) -> Press:
        """The same press, which notes what is asked of it."""
        return replace(
            self, publication=self.publication.watched(asked), posters=Watched("posters", self.posters, asked),
            sizes=Watched("pictures", self.sizes, asked), asked=asked, beside=Watched("beside", self.beside, asked), groups=Watched("groups", self.groups, asked),
            assets=replace(self.assets, paths=Watched("assets", self.assets.paths, asked)))

    @property
    def project(self) -> Project:
        """The project."""
        return self.publication.project

    @property
    def book(self) -> Book:
        """Every figure by name."""
        return self.publication.book

    @property
    def drawings(self) -> Mapping[tuple[str, str], Drawing]:
        """Every chart by id and language."""
        return self.publication.drawings

    @property
    def verdicts(self) -> Mapping[str, Verdict]:
        """The verdict on every claim."""
        return self.publication.verdicts

    @property
    def pins(self) -> Pins:
        """The charts of every release."""
        return self.publication.pins

    @property
    def hosts(self) -> Mapping[str, host.Host]:
        """Where embeds were tried."""
        if self.asked is not None:
            self.asked.add(("templates", host.FILE))
        return host.read(self.templates[host.FILE])

    def view(self, path: str, language: str, prefix: str = "", name: str = "") -> View:
        """The surroundings of one page, which shows the release called `name` where one is given."""
        voice = self.publication.voices[language].recording()
        return View(path, language, self.publication, voice, self.assets, self.sizes, prefix, name)

    def fill(self, view: View, template: str, **given: Any) -> str:
        """What a template makes of a view."""
        if self.asked is not None:
            if template not in self.behind:
                self.behind[template] = frozenset(("templates", name) for name in self._behind(template))
            self.asked.update(self.behind[template])
        try:
            return self.environment.get_template(template).render(page=view, **given)
        except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            line = getattr(error, "lineno", None) or _line(error)
            said = error.message if isinstance(error, TemplateError) else f"{type(error).__name__}: {error}"
            raise Faulty([Problem(f"templates/{getattr(error, 'name', None) or template}", line, 1, "", f"{said}")]) from None

    def _behind(self, template: str) -> set[str]:
        """A template and those that it uses; all of them where a name is worked out."""
        found, waiting = set(), [template]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                used = _USED.findall(self.templates.get(name, b"").decode("utf-8", "replace"))
                if any(worked for _, _, worked in used):
                    return set(self.templates)
                waiting += [one or other for one, other, _ in used]
        return found

    def compile(self) -> None:
        """Compile every template now, before several processes would each do so."""
        for name in self.templates:
            if name.endswith(".html") and "/" not in name:
                with suppress(TemplateError):  # said where it is filled
                    self.environment.get_template(name)

    def page(self, view: View, template: str, **given: Any) -> File:
        """A page."""
        return File.of(view.path, self.fill(view, template, **given))


def downloads(stem: str, rows: list[download.Record], head: Mapping[str, Any], about: Mapping[str, str]) -> Iterator[File]:
    """The same records in the three formats."""
    yield File.of(f"{stem}.csv", download.as_csv(rows))
    yield File.of(f"{stem}.json", download.as_json(head, rows))
    yield File(f"{stem}.xlsx", download.as_xlsx(about, rows))


@lru_cache(maxsize=4)
def neighbours(ids: tuple[str, ...]) -> Mapping[str, tuple[str | None, str | None]]:
    """The ids before and after each."""
    return {id: (before, after) for id, before, after in zip(ids, (None, *ids[:-1]), (*ids[1:], None), strict=False)}


def _line(error: BaseException) -> int:
    """The line of the template in which a filling error arose."""
    line, trace = 1, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
