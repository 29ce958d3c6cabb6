"""A press: what fills templates, and what a page is when it comes out.

The machinery of the fifth stage. Which pages there are is `page`'s, and at a chart's own addresses `plate`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined, TemplateError

from tally import article, asset, download, host, metadata, pin, quote, search
from tally.book import Book, Cell
from tally.figure import Drawing
from tally.poster import Poster
from tally.problem import Faulty, Problem
from tally.project import Project
from tally.prose import Prose
from tally.source import Folder
from tally.verdict import Verdict
from tally.view import View


@dataclass(frozen=True)
class File:
    """One file of the site, and the names of the cells that were read to make it."""

    path: str
    content: str | bytes
    reads: frozenset[str] = frozenset()


class Press:
    """Fills templates with what the stages before have made."""

    def __init__(self, project: Project, book: Book, drawings: Mapping[tuple[str, str], Drawing],
                 voices: Mapping[str, Prose], verdicts: Sequence[Verdict], folder: Folder,
                 posters: Mapping[str, Poster], pictures: Mapping[str, bytes], pins: pin.Pins):
        self.project, self.book, self.drawings, self.voices, self.verdicts = project, book, drawings, voices, verdicts
        self.pictures = {file.path: file for file in _pictures(posters, pictures)}
        self.sizes = {path: (poster.width, poster.height) for path in self.pictures for poster in [posters[path.rpartition(".")[0]]]}
        indexes = {search.name(id): search.script(id, search.records(project, voice, drawings, verdicts)) for id, voice in voices.items()}
        self.pins = pins
        self.hosts = host.read(folder.templates[host.FILE])
        indexes |= {quote.name(id): quote.script(self.offstage(f"assets/{quote.name(id)}", id)) for id in voices}
        self.assets = asset.collect(folder, [*drawings.values(), *pins.values()], indexes)
        texts = {name: raw.decode("utf-8") for name, raw in folder.templates.items() if not name.startswith("assets/")}
        self.environment = Environment(loader=DictLoader(texts), undefined=StrictUndefined, autoescape=True,
                                       trim_blocks=True, lstrip_blocks=True)
        self.environment.globals["metadata"] = metadata

    def offstage(self, path: str, language: str) -> View:
        """The surroundings of a script, which asks for no other."""
        return View(path, language, self.project, self.voices[language], self.drawings, self.verdicts, asset.Assets({}, {}))

    def view(self, path: str, language: str, prefix: str = "", name: str = "") -> View:
        """The surroundings of one page, which shows the release called `name` where one is given."""
        voice = self.voices[language].recording()
        return View(path, language, self.project, voice, self.drawings, self.verdicts, self.assets, self.sizes, prefix, name)

    def fill(self, view: View, template: str, **given: Any) -> str:
        """What a template makes of a view."""
        try:
            return self.environment.get_template(template).render(page=view, **given)
        except TemplateError as error:
            line = getattr(error, "lineno", None) or _line(error)
            raise Faulty([Problem(f"templates/{getattr(error, 'name', None) or template}", line, 1, "", f"{error.message}")]) from None

    def page(self, view: View, template: str, **given: Any) -> File:
        """A page, with what it read."""
        content = self.fill(view, template, **given)
        return File(view.path, content, frozenset(view.book.reads or ()))

    def story_link(self, slug: str, language: str) -> dict[str, Any]:
        """What a list of stories shows of one."""
        story = self.project.stories[slug]
        charts = [item.id for item in article.outline(story.texts[language].body).charts]
        return {"slug": slug, "meta": story.texts[language].meta, "lead": story.meta.lead, "charts": charts,
                "published": story.meta.published, "path": f"stories/{slug}"}


def _pictures(posters: Mapping[str, Poster], pictures: Mapping[str, bytes]) -> Iterator[File]:
    """The posters to take away, each as SVG and, where there is one, as PNG; of a card only the PNG is wanted."""
    for path, poster in posters.items():
        if poster.takeaway:
            yield File(f"{path}.svg", poster.svg, poster.reads)
        if path in pictures:
            yield File(f"{path}.png", pictures[path], poster.reads)


def downloads(stem: str, rows: list[download.Record], head: Mapping[str, Any], about: Mapping[str, str],
              cells: Sequence[Cell]) -> Iterator[File]:
    """The same records in the three formats."""
    reads = frozenset(name for cell in cells for name in (cell.name, *cell.uses))
    yield File(f"{stem}.csv", download.as_csv(rows), reads)
    yield File(f"{stem}.json", download.as_json(head, rows), reads)
    yield File(f"{stem}.xlsx", download.as_xlsx(about, rows), reads)


def neighbours(id: str, ids: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """The ids before and after one."""
    order = list(ids)
    here = order.index(id)
    return order[here - 1] if here else None, order[here + 1] if here + 1 < len(order) else None


def _line(error: BaseException) -> int:
    """The line of the template in which a filling error arose."""
    line, trace = 1, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
