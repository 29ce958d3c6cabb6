"""A page: every file of the site, made from the project, the book and the drawings.

The fifth stage. Which pages there are, where they stand and what each template is given; what a template
may ask is `view`'s, what a download holds `download`'s, and nothing is written to disk here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined, TemplateError
from markupsafe import Markup

from tally import article, asset, download, feed, theme, twin
from tally.book import Book, Cell
from tally.figure import Drawing
from tally.output import Artifacts
from tally.problem import Faulty, Problem
from tally.project import Project, Text
from tally.prose import Prose
from tally.source import Folder
from tally.verdict import Verdict, count
from tally.view import View


@dataclass(frozen=True)
class File:
    """One file of the site, and the names of the cells that were read to make it."""

    path: str
    content: str | bytes
    reads: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Rendered:
    """The whole site: its files, and for each the cells that it was made from."""

    artifacts: Artifacts
    reads: Mapping[str, frozenset[str]]


def render(project: Project, book: Book, drawings: Mapping[tuple[str, str], Drawing], voices: Mapping[str, Prose],
           verdicts: Sequence[Verdict], folder: Folder) -> Rendered:
    """Every file of the site; raises `Faulty` where a template cannot be filled."""
    press = Press(project, book, drawings, voices, verdicts, folder)
    artifacts, reads = Artifacts(), {}
    for file in press.files():
        artifacts.add(file.path, file.content)
        reads[file.path] = file.reads
    return Rendered(artifacts, reads)


class Press:
    """Fills templates with what the stages before have made."""

    def __init__(self, project: Project, book: Book, drawings: Mapping[tuple[str, str], Drawing],
                 voices: Mapping[str, Prose], verdicts: Sequence[Verdict], folder: Folder):
        self.project, self.book, self.drawings, self.voices, self.verdicts = project, book, drawings, voices, verdicts
        self.assets = asset.collect(folder, drawings.values())
        texts = {name: raw.decode("utf-8") for name, raw in folder.templates.items() if not name.startswith("assets/")}
        self.environment = Environment(loader=DictLoader(texts), undefined=StrictUndefined, autoescape=True,
                                       trim_blocks=True, lstrip_blocks=True)

    def view(self, path: str, language: str, prefix: str = "") -> View:
        """The surroundings of one page."""
        voice = self.voices[language].recording()
        return View(path, language, self.project, voice, self.drawings, self.verdicts, self.assets, prefix)

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

    def files(self) -> Iterator[File]:
        """Everything, the shared files first."""
        yield from (File(path, raw) for path, raw in self.assets.files.items())
        yield self.page(self.view("index.html", self.project.languages[0]), "root.html")
        yield self.page(self.view("404.html", self.project.languages[0]), "404.html")
        yield File("manifest.webmanifest", self.manifest())
        if self.project.site.base_url:
            yield File("sitemap.xml", self.sitemap())
        yield from self.package()
        for language in self.project.languages:
            yield from self.language(language)
        first, *others = self.project.languages
        for other in others:
            yield from (self.side_by_side(slug, first, other) for slug in self.project.stories)

    def manifest(self) -> str:
        """What a phone is told when a reader keeps the site on the home screen."""
        first = self.project.languages[0]
        site = self.project.site
        return json.dumps({
            "name": site.title[first], "short_name": site.title[first], "lang": site.languages[first].tag, "start_url": "./index.html",
            "display": "browser", "background_color": theme.PALETTE["paper"], "theme_color": theme.PALETTE["paper"],
            "icons": [{"src": self.assets.paths["icon.svg"], "type": "image/svg+xml", "sizes": "any"}]}, ensure_ascii=False, indent=1) + "\n"

    def sitemap(self) -> str:
        """Every page that search engines should know, with its address in each language."""
        pages = ["index.html", "charts/index.html", "data/index.html", *(["claims/index.html"] if self.verdicts else []),
                 *(f"stories/{slug}/index.html" for slug in self.project.stories),
                 *(f"charts/{id}/index.html" for id in self.project.charts),
                 *(f"{slug}/index.html" for slug in self.project.pages if slug != "front")]
        base, languages = self.project.site.base_url, self.project.site.languages
        return feed.sitemap({language.tag: f"{base}/{id}/{page.removesuffix('index.html')}" for id, language in languages.items()}
                            for page in pages)

    def feed(self, language: str) -> File:
        """The stories of one language as an Atom feed."""
        view = self.view(f"{language}/feed.xml", language)
        entries = [feed.Entry(view.plain(story.texts[language].meta.title), view.plain(story.texts[language].meta.dek),
                              view.absolute(f"{language}/stories/{slug}/index.html"), story.meta.published.start.isoformat())
                   for slug, story in self.project.stories.items()]
        return File(view.path, feed.atom(
            view.own(view.site.title), view.own(view.site.tagline), view.own(view.site.publisher), view.tag,
            view.absolute(view.front), view.absolute(view.path), entries), frozenset(view.book.reads or ()))

    def package(self) -> Iterator[File]:
        """The data package: one CSV file for each table and set, and their description."""
        yield File("data/datapackage.json", download.package(self.project, self.book))
        original = self.project.languages[0]
        for id, title, cells in download.groups(self.project, self.book):
            rows = download.records(cells, self.project, self.project.languages)
            head = {"title": title[original], "site": self.project.site.title[original]}
            yield from downloads(f"data/{id}", rows, {"name": id, "title": title}, head, cells)

    # ---- once for each language

    def language(self, language: str) -> Iterator[File]:
        """Everything under `/<language>/`."""
        yield self.front(language)
        yield self.page(self.view(f"{language}/charts/index.html", language), "charts.html")
        for (id, _), drawing in self.drawings.items():
            if drawing.language == language:
                yield from self.chart(id, drawing)
        yield self.page(self.view(f"{language}/data/index.html", language), "data.html",
                        groups=download.groups(self.project, self.book))
        if self.verdicts:
            yield self.page(self.view(f"{language}/claims/index.html", language), "claims.html", outcomes=count(self.verdicts))
        yield from (self.story(slug, language) for slug in self.project.stories)
        if self.project.site.base_url and self.project.stories:
            yield self.feed(language)
        yield from (self.article(slug, language) for slug in self.project.pages if slug != "front")

    def front(self, language: str) -> File:
        """The front page."""
        view = self.view(f"{language}/index.html", language)
        text = self.project.pages["front"][language]
        return self.page(view, "front.html", meta=text.meta, body=self.body(text, view), outcomes=count(self.verdicts),
                         stories=[self.story_link(slug, language) for slug in self.project.stories])

    def article(self, slug: str, language: str) -> File:
        """A page of its own, such as the methods."""
        view = self.view(f"{language}/{slug}/index.html", language)
        text = self.project.pages[slug][language]
        return self.page(view, "page.html", meta=text.meta, body=self.body(text, view))

    def story_link(self, slug: str, language: str) -> dict[str, Any]:
        """What a list of stories shows of one."""
        story = self.project.stories[slug]
        charts = [item.id for item in article.outline(story.texts[language].body).charts]
        return {"slug": slug, "meta": story.texts[language].meta, "lead": story.meta.lead, "charts": charts,
                "published": story.meta.published, "path": f"stories/{slug}"}

    def story(self, slug: str, language: str) -> File:
        """A story's page."""
        view = self.view(f"{language}/stories/{slug}/index.html", language)
        text = self.project.stories[slug].texts[language]
        body = self.body(text, view)
        previous, following = _neighbours(slug, self.project.stories)
        return self.page(
            view, "story.html", story=self.story_link(slug, language), body=body,
            minutes=article.minutes(view.plain(text.body), view.site.languages[language].script),
            headings=article.outline(text.body).headings, reads=sorted(view.book.reads or ()),
            claims=[verdict for verdict in self.verdicts if verdict.printed.name in (view.book.reads or ())],
            previous=self.story_link(previous, language) if previous else None,
            following=self.story_link(following, language) if following else None)

    def body(self, text: Text, view: View) -> Markup:
        """An article's HTML."""
        return Markup("\n").join(self.blocks(text, view))

    def blocks(self, text: Text, view: View) -> list[Markup]:
        """The HTML of each block of an article."""
        def chart(id: str) -> str:
            return self.fill(view, "figure.html", drawing=view.drawing(id), level=None)

        html = article.render(view.voice.typeset(text.body), view.sentence, chart, view.word("note-number"), view.prefix)
        return [Markup(block) for block in html]

    def chart(self, id: str, drawing: Drawing) -> Iterator[File]:
        """A chart's page and its downloads."""
        folder, language = f"{drawing.language}/charts/{id}", drawing.language
        view = self.view(f"{folder}/index.html", language)
        previous, following = _neighbours(id, self.project.charts)
        stories = [self.story_link(slug, language) for slug in self.project.stories]
        yield self.page(
            view, "chart.html", drawing=drawing, stories=[story for story in stories if id in story["charts"]],
            claims=[verdict for verdict in self.verdicts if verdict.claim.chart == id],
            previous=self.drawings[previous, language] if previous else None,
            following=self.drawings[following, language] if following else None)
        head = {"title": view.own(drawing.chart.title), "subtitle": view.own(drawing.chart.subtitle),
                "note": view.own(drawing.chart.note), "source": "; ".join(
                    view.origin(source).citation_full[language] for source in drawing.sources)}
        cells = [self.book[name] for name in drawing.cells]
        yield from downloads(f"{folder}/{id}", download.records(cells, self.project, [language]), head, head, cells)

    # ---- both languages on one page

    def side_by_side(self, slug: str, first: str, other: str) -> File:
        """A story in the original and in another language, block against block, each chart once."""
        path = f"{first}-{other}/stories/{slug}/index.html"
        story = self.project.stories[slug]
        views = [self.view(path, first), self.view(path, other, f"{other}-")]
        pairs = twin.pairs(story.texts[first], story.texts[other])
        blocks = [self.blocks(story.texts[view.language], view) for view in views]
        kinds = [pair.original.kind for pair in pairs if pair.original.kind != "note"]
        content = self.fill(views[0], "side-by-side.html", twin=views[1], story=self.story_link(slug, first),
                            other=self.story_link(slug, other), rows=list(zip(kinds, *blocks, strict=True)))
        return File(path, content, frozenset((views[0].book.reads or set()) | (views[1].book.reads or set())))


def downloads(stem: str, rows: list[download.Record], head: Mapping[str, Any], about: Mapping[str, str],
              cells: Sequence[Cell]) -> Iterator[File]:
    """The same records in the three formats."""
    reads = frozenset(name for cell in cells for name in (cell.name, *cell.uses))
    yield File(f"{stem}.csv", download.as_csv(rows), reads)
    yield File(f"{stem}.json", download.as_json(head, rows), reads)
    yield File(f"{stem}.xlsx", download.as_xlsx(about, rows), reads)


def _neighbours(id: str, ids: Mapping[str, Any]) -> tuple[str | None, str | None]:
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
