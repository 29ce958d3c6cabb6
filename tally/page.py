"""A page: every file of the site, made from the project, the book and the drawings.

The fifth stage. Which pages there are, where they stand and what each template is given; what a template
may ask is `view`'s, what a download holds `download`'s, and nothing is written to disk here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined, TemplateError
from markupsafe import Markup

from tally import article, asset, download
from tally.book import Book
from tally.figure import Drawing
from tally.output import Artifacts
from tally.problem import Faulty, Problem
from tally.project import Project, Text
from tally.prose import Prose
from tally.source import Folder
from tally.view import View

File = tuple[str, str | bytes]


def render(project: Project, book: Book, drawings: Mapping[tuple[str, str], Drawing], voices: Mapping[str, Prose],
           folder: Folder) -> Artifacts:
    """Every file of the site; raises `Faulty` where a template cannot be filled."""
    press = Press(project, book, drawings, voices, folder)
    artifacts = Artifacts()
    for path, content in chain(press.assets.files.items(), press.root(), press.package(),
                               *(press.language(language) for language in project.languages)):
        artifacts.add(path, content)
    return artifacts


class Press:
    """Fills templates with what the stages before have made."""

    def __init__(self, project: Project, book: Book, drawings: Mapping[tuple[str, str], Drawing],
                 voices: Mapping[str, Prose], folder: Folder):
        self.project, self.book, self.drawings, self.voices = project, book, drawings, voices
        self.assets = asset.collect(folder, drawings.values())
        texts = {name: raw.decode("utf-8") for name, raw in folder.templates.items() if not name.startswith("assets/")}
        self.environment = Environment(loader=DictLoader(texts), undefined=StrictUndefined, autoescape=True,
                                       trim_blocks=True, lstrip_blocks=True)

    def fill(self, path: str, language: str, template: str, **given: Any) -> File:
        """One page from one template."""
        view = self.view(path, language)
        try:
            return path, self.environment.get_template(template).render(page=view, **given)
        except TemplateError as error:
            line = getattr(error, "lineno", None) or _line(error)
            raise Faulty([Problem(f"templates/{getattr(error, 'name', None) or template}", line, 1, "", f"{error.message}")]) from None

    def view(self, path: str, language: str) -> View:
        """The surroundings of one page."""
        return View(path, language, self.project, self.book, self.voices[language], self.drawings, self.assets)

    # ---- once for the site

    def root(self) -> Iterator[File]:
        """The page that offers the languages."""
        yield self.fill("index.html", self.project.languages[0], "root.html")

    def package(self) -> Iterator[File]:
        """The data package: one CSV file for each table and set, and their description."""
        yield "data/datapackage.json", download.package(self.project, self.book)
        for id, title, cells in download.groups(self.project, self.book):
            rows = download.records(cells, self.project, self.project.languages)
            original = self.project.languages[0]
            head = {"title": title[original], "site": self.project.site.title[original]}
            yield f"data/{id}.csv", download.as_csv(rows)
            yield f"data/{id}.json", download.as_json({"name": id, "title": title}, rows)
            yield f"data/{id}.xlsx", download.as_xlsx(head, rows)

    # ---- once for each language

    def language(self, language: str) -> Iterator[File]:
        """Everything under `/<language>/`."""
        yield self.page("front", language, f"{language}/index.html", "front.html",
                        stories=[self.story_link(slug, language) for slug in self.project.stories])
        yield self.fill(f"{language}/charts/index.html", language, "charts.html")
        for (id, _), drawing in self.drawings.items():
            if drawing.language == language:
                yield from self.chart(id, drawing)
        yield self.fill(f"{language}/data/index.html", language, "data.html", groups=download.groups(self.project, self.book))
        for slug in self.project.stories:
            yield self.story(slug, language)
        for slug in self.project.pages:
            if slug != "front":
                yield self.page(slug, language, f"{language}/{slug}/index.html", "page.html")

    def story_link(self, slug: str, language: str) -> dict[str, Any]:
        """What a list of stories shows of one."""
        story = self.project.stories[slug]
        charts = [item.id for item in article.outline(story.texts[language].body).charts]
        return {"slug": slug, "meta": story.texts[language].meta, "lead": story.meta.lead, "charts": charts,
                "path": f"stories/{slug}"}

    def story(self, slug: str, language: str) -> File:
        """A story's page."""
        slugs = list(self.project.stories)
        here = slugs.index(slug)
        path = f"{language}/stories/{slug}/index.html"
        text = self.project.stories[slug].texts[language]
        return self.fill(
            path, language, "story.html", story=self.story_link(slug, language), body=self.body(text, path, language),
            headings=article.outline(text.body).headings,
            previous=self.story_link(slugs[here - 1], language) if here else None,
            following=self.story_link(slugs[here + 1], language) if here + 1 < len(slugs) else None)

    def page(self, slug: str, language: str, path: str, template: str, **given: Any) -> File:
        """A page of its own, such as the methods."""
        text = self.project.pages[slug][language]
        return self.fill(path, language, template, meta=text.meta, body=self.body(text, path, language), **given)

    def body(self, text: Text, path: str, language: str) -> Markup:
        """An article's HTML."""
        view = self.view(path, language)

        def chart(id: str) -> str:
            return self.fill(path, language, "figure.html", drawing=view.drawing(id), level=None)[1]  # type: ignore[return-value]

        return Markup("\n".join(article.render(view.voice.typeset(text.body), view.sentence, chart, view.word("note-number"))))

    def chart(self, id: str, drawing: Drawing) -> Iterator[File]:
        """A chart's page and its downloads."""
        folder = f"{drawing.language}/charts/{id}"
        stories = [self.story_link(slug, drawing.language) for slug in self.project.stories]
        ids = list(self.project.charts)
        here = ids.index(id)
        yield self.fill(
            f"{folder}/index.html", drawing.language, "chart.html", drawing=drawing,
            stories=[story for story in stories if id in story["charts"]],
            previous=self.drawings[ids[here - 1], drawing.language] if here else None,
            following=self.drawings[ids[here + 1], drawing.language] if here + 1 < len(ids) else None)
        view = self.view(f"{folder}/index.html", drawing.language)
        rows = download.records((self.book[name] for name in drawing.cells), self.project, [drawing.language])
        head = {"title": view.own(drawing.chart.title), "subtitle": view.own(drawing.chart.subtitle),
                "note": view.own(drawing.chart.note), "source": "; ".join(
                    view.origin(source).citation_full[drawing.language] for source in drawing.sources)}
        yield f"{folder}/{id}.csv", download.as_csv(rows)
        yield f"{folder}/{id}.json", download.as_json(head, rows)
        yield f"{folder}/{id}.xlsx", download.as_xlsx(head, rows)


def _line(error: BaseException) -> int:
    """The line of the template in which a filling error arose."""
    line, trace = 1, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
