"""A page: every file of the site, made from the project, the book and the drawings.

The fifth stage. Which pages there are, where they stand and what each template is given. What stands at a chart's
own addresses is `plate`'s, what a template may ask `view`'s, and nothing is written to disk here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from tally import article, download, feed, pin, plate, quote, theme, twin
from tally.book import Book
from tally.figure import Drawing
from tally.output import Artifacts
from tally.poster import Poster
from tally.press import File, Press, downloads, neighbours
from tally.project import Project, Text
from tally.prose import Prose
from tally.source import Folder
from tally.verdict import Verdict, count
from tally.view import View


@dataclass(frozen=True)
class Rendered:
    """The whole site: its files, and for each the cells that it was made from."""

    artifacts: Artifacts
    reads: Mapping[str, frozenset[str]]


def render(project: Project, book: Book, drawings: Mapping[tuple[str, str], Drawing], voices: Mapping[str, Prose],
           verdicts: Sequence[Verdict], folder: Folder, posters: Mapping[str, Poster], pictures: Mapping[str, bytes], pins: pin.Pins) -> Rendered:
    """Every file of the site; raises `Faulty` where a template cannot be filled. `pictures` are those posters that are PNG."""
    press = Press(project, book, drawings, voices, verdicts, folder, posters, pictures, pins)
    artifacts, reads = Artifacts(), {}
    for file in files(press):
        artifacts.add(file.path, file.content)
        reads[file.path] = file.reads
    return Rendered(artifacts, reads)


def files(press: Press) -> Iterator[File]:
    """Everything, the shared files first."""
    yield from (File(path, raw) for path, raw in press.assets.files.items())
    yield press.page(press.view("index.html", press.project.languages[0]), "root.html")
    yield press.page(press.view("404.html", press.project.languages[0]), "404.html")
    yield File("manifest.webmanifest", manifest(press))
    if press.project.site.base_url:
        yield File("sitemap.xml", sitemap(press))
    yield from package(press)
    yield from press.pictures.values()
    for language in press.project.languages:
        yield from folder_of(press, language)
    first, *others = press.project.languages
    for other in others:
        yield from (side_by_side(press, slug, first, other) for slug in press.project.stories)


def manifest(press: Press) -> str:
    """What a phone is told when a reader keeps the site on the home screen."""
    first = press.project.languages[0]
    site = press.project.site
    return json.dumps({
        "name": site.title[first], "short_name": site.title[first], "lang": site.languages[first].tag, "start_url": "./index.html",
        "display": "browser", "background_color": theme.PALETTE["paper"], "theme_color": theme.PALETTE["paper"],
        "icons": [{"src": press.assets.paths["icon.svg"], "type": "image/svg+xml", "sizes": "any"}]}, ensure_ascii=False, indent=1) + "\n"


def sitemap(press: Press) -> str:
    """Every page that search engines should know, with its address in each language."""
    pages = ["index.html", "charts/index.html", "data/index.html", "embedding/index.html", *(["claims/index.html"] if press.verdicts else []),
             *(f"stories/{slug}/index.html" for slug in press.project.stories),
             *(f"charts/{id}/index.html" for id in press.project.charts),
             *(f"{slug}/index.html" for slug in press.project.pages if slug != "front")]
    base, languages = press.project.site.base_url, press.project.site.languages
    return feed.sitemap({language.tag: f"{base}/{id}/{page.removesuffix('index.html')}" for id, language in languages.items()}
                        for page in pages)


def news(press: Press, language: str) -> File:
    """The stories of one language as an Atom feed."""
    view = press.view(f"{language}/feed.xml", language)
    entries = [feed.Entry(view.plain(story.texts[language].meta.title), view.plain(story.texts[language].meta.dek),
                          view.absolute(f"{language}/stories/{slug}/index.html"), story.meta.published.start.isoformat(),
                          feed.urn(view.site.package, f"{language}/stories/{slug}"))
               for slug, story in press.project.stories.items()]
    return File(view.path, feed.atom(
        feed.urn(view.site.package, view.path), view.own(view.site.title), view.own(view.site.tagline), view.own(view.site.publisher), view.tag,
        view.absolute(view.front), view.absolute(view.path), entries), frozenset(view.book.reads or ()))


def package(press: Press) -> Iterator[File]:
    """The data package: one CSV file for each table and set, and their description."""
    yield File("data/datapackage.json", download.package(press.project, press.book))
    original = press.project.languages[0]
    for id, title, cells in download.groups(press.project, press.book):
        rows = download.records(cells, press.project, press.project.languages)
        head = {"title": title[original], "site": press.project.site.title[original]}
        yield from downloads(f"data/{id}", rows, {"name": id, "title": title}, head, cells)


# ---- once for each language

def folder_of(press: Press, language: str) -> Iterator[File]:
    """Everything under `/<language>/`."""
    yield front(press, language)
    yield press.page(press.view(f"{language}/charts/index.html", language), "charts.html")
    for (id, _), drawing in press.drawings.items():
        if drawing.language == language:
            yield from plate.chart(press, id, drawing)
    for id in dict.fromkeys((*press.project.charts, *(id for _, id, own in press.pins if own == language))):
        yield from plate.kept(press, id, language)
    yield press.page(press.view(f"{language}/data/index.html", language), "data.html",
                    groups=download.groups(press.project, press.book))
    if press.verdicts:
        view = press.view(f"{language}/claims/index.html", language)
        yield press.page(view, "claims.html", outcomes=count(press.verdicts), quotes={one.id: quote.claim(view, one) for one in press.verdicts})
    yield from (story(press, slug, language) for slug in press.project.stories)
    yield plate.embedding(press, language)
    if press.project.site.base_url and press.project.stories:
        yield news(press, language)
    yield from (text_page(press, slug, language) for slug in press.project.pages if slug != "front")


def front(press: Press, language: str) -> File:
    """The front page."""
    view = press.view(f"{language}/index.html", language)
    text = press.project.pages["front"][language]
    return press.page(view, "front.html", meta=text.meta, body=body(press, text, view), outcomes=count(press.verdicts),
                     stories=[press.story_link(slug, language) for slug in press.project.stories])


def text_page(press: Press, slug: str, language: str) -> File:
    """A page of its own, such as the methods."""
    view = press.view(f"{language}/{slug}/index.html", language)
    text = press.project.pages[slug][language]
    return press.page(view, "page.html", meta=text.meta, body=body(press, text, view))


def story(press: Press, slug: str, language: str) -> File:
    """A story's page."""
    view = press.view(f"{language}/stories/{slug}/index.html", language)
    text = press.project.stories[slug].texts[language]
    html = body(press, text, view)
    previous, following = neighbours(slug, press.project.stories)
    return press.page(
        view, "story.html", story=press.story_link(slug, language), body=html,
        minutes=article.minutes(view.plain(text.body), view.site.languages[language].script),
        headings=article.outline(text.body).headings, reads=sorted(view.book.reads or ()),
        claims=[verdict for verdict in press.verdicts if verdict.printed.name in (view.book.reads or ())],
        previous=press.story_link(previous, language) if previous else None,
        following=press.story_link(following, language) if following else None)


def body(press: Press, text: Text, view: View) -> Markup:
    """An article's HTML."""
    return Markup("\n").join(blocks(press, text, view))


def blocks(press: Press, text: Text, view: View) -> list[Markup]:
    """The HTML of each block of an article."""
    def chart(id: str) -> str:
        return press.fill(view, "figure.html", drawing=view.drawing(id), level=None)

    html = article.render(view.voice.typeset(text.body), view.sentence, chart, view.word("note-number"), view.prefix)
    return [Markup(block) for block in html]


# ---- both languages on one page

def side_by_side(press: Press, slug: str, first: str, other: str) -> File:
    """A story in the original and in another language, block against block, each chart once."""
    path = f"{first}-{other}/stories/{slug}/index.html"
    story = press.project.stories[slug]
    views = [press.view(path, first), press.view(path, other, f"{other}-")]
    pairs = twin.pairs(story.texts[first], story.texts[other])
    columns = [blocks(press, story.texts[view.language], view) for view in views]
    kinds = [pair.original.kind for pair in pairs if pair.original.kind != "note"]
    content = press.fill(views[0], "side-by-side.html", twin=views[1], story=press.story_link(slug, first),
                        other=press.story_link(slug, other), rows=list(zip(kinds, *columns, strict=True)))
    return File(path, content, frozenset((views[0].book.reads or set()) | (views[1].book.reads or set())))
