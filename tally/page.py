"""A page: every file of the site, made from the project, the book and the drawings.

The fifth stage. Which pages there are, where they stand and what each template is given. What stands at a chart's
own addresses is `plate`'s, what a template may ask `view`'s, and nothing is written to disk here.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from typing import NamedTuple

from markupsafe import Markup

from tally import article, asset, download, feed, live, plate, quote, search, task, theme, twin
from tally.file import File, Filed, Put, filed
from tally.press import Press, downloads, neighbours
from tally.progress import UNWATCHED, Progress
from tally.reading import Text
from tally.verdict import Verdict, count
from tally.view import View

Pages = task.Memory[tuple[Filed, ...]]
"""The files of each task."""


def render(press: Press, put: Put, before: Pages | None = None, done: Pages | None = None, worth: float = task.FEW,
           progress: Progress = UNWATCHED, only: Collection[str] | None = None) -> Pages:
    """Every file that a task makes, or `only` some tasks do, put away; raises `Faulty` where a template cannot be filled."""
    whole = work(press)
    part = whole if only is None else {name: whole[name] for name in only if name in whole}
    return task.run(part, press.watched, press.inputs, before, worth, done, partial(progress.at, "render"), _putting(put))


def names(late: Pages) -> dict[str, str]:
    """Where late assets stand, by what pages hold in place of it."""
    return asset.settled({name: file.digest for name, made in late.items() for file in made})


def lively(press: Press, there: Collection[str]) -> list[str]:
    """The tasks that make those live figures which are not among these files."""
    return [_beside(id, language) for id, language in press.publication.drawings
            if press.assets.paths[live.name(id, language)] not in there]


def _putting(put: Put) -> Callable[[tuple[File, ...]], tuple[Filed, ...]]:
    return lambda files: tuple([filed(file, put) for file in files])


def made(pages: Pages) -> Iterator[Filed]:
    """The files of all tasks."""
    return (file for files in pages.values() for file in files)


def loose(press: Press, rasters: Mapping[str, bytes]) -> Iterator[File]:
    """The files that no task makes: scripts, style sheets and pictures."""
    yield from (File(path, raw) for path, raw in press.assets.files.items())
    yield from (File(f"{path}.png", raw) for path, raw in rasters.items())


Task = Callable[[Press], tuple[File, ...]]


class _Names(NamedTuple):
    """All that decides which tasks there are."""

    languages: tuple[str, ...]
    charts: tuple[str, ...]
    pinned: tuple[tuple[str, str], ...]
    """chart and language"""
    stories: tuple[str, ...]
    pages: tuple[str, ...]
    groups: tuple[str, ...]
    releases: tuple[str, ...]
    """those that keep claims"""
    ledger: bool
    addressed: bool
    """whether it is known where the site will live"""


def work(press: Press) -> Mapping[str, Task]:
    """What there is to do, by the address of the page that comes of it or the first file."""
    project = press.project
    return _work(_Names(
        tuple(project.languages), tuple(project.charts), tuple(dict.fromkeys((id, language) for _, id, language in press.pins)),
        tuple(project.stories), tuple(project.pages), tuple(press.groups),
        tuple(name for name, release in project.releases.items() if release.claims), bool(press.verdicts), bool(project.site.base_url)))


@lru_cache(maxsize=1)
def _work(names: _Names) -> Mapping[str, Task]:
    first, *rest = names.languages
    found = {"index.html": _one(bare, "index.html", "root.html"), "404.html": _one(bare, "404.html", "404.html"),
             "manifest.webmanifest": _one(manifest), "data/datapackage.json": _one(package)}
    if names.addressed:
        found["sitemap.xml"] = _one(sitemap)
    found |= {f"data/{id}.csv": _many(group, id) for id in names.groups}
    for language in names.languages:
        found |= _folder(names, language)
    return found | {f"{first}-{other}/stories/{slug}/index.html": _one(side_by_side, slug, first, other)
                    for other in rest for slug in names.stories}


def _folder(names: _Names, language: str) -> Iterator[tuple[str, Task]]:
    """What there is to do for one language."""
    yield search.name(language), _one(index, language)
    yield quote.name(language), _one(quotes, language)
    yield f"{language}/index.html", _one(front, language)
    yield f"{language}/charts/index.html", _one(gallery, language)
    for id in names.charts:
        yield f"{language}/charts/{id}/index.html", _many(plate.chart, id, language)
    for id in dict.fromkeys((*names.charts, *(id for id, own in names.pinned if own == language))):
        yield _beside(id, language), _many(plate.beside, id, language)
    yield f"{language}/data/index.html", _one(data, language)
    if names.ledger:
        yield quote.ledger(language), _one(ledger, language)
    for name in names.releases:
        yield quote.ledger(language, name), _one(released, name, language)
    for slug in names.stories:
        yield f"{language}/stories/{slug}/index.html", _one(story, slug, language)
    yield f"{language}/embedding/index.html", _one(plate.embedding, language)
    if names.addressed and names.stories:
        yield f"{language}/feed.xml", _one(news, language)
    for slug in names.pages:
        if slug != "front":
            yield f"{language}/{slug}/index.html", _one(text_page, slug, language)


def _beside(id: str, language: str) -> str:
    return f"{language}/charts/{id}/feed.xml"


def _many(make: Callable[..., Iterable[File]], *given: str) -> Task:
    return lambda press: tuple(make(press, *given))


def _one(make: Callable[..., File], *given: str) -> Task:
    return lambda press: (make(press, *given),)


# ---- once

def bare(press: Press, path: str, template: str) -> File:
    """A page in no language, or in all."""
    return press.page(press.view(path, press.project.languages[0]), template)


def manifest(press: Press) -> File:
    """What a phone is told when a reader keeps the site on the home screen."""
    first = press.project.languages[0]
    site = press.project.site
    return File.of("manifest.webmanifest", json.dumps({
        "name": site.title[first], "short_name": site.title[first], "lang": site.languages[first].tag, "start_url": "./index.html",
        "display": "browser", "background_color": theme.PALETTE["paper"], "theme_color": theme.PALETTE["paper"],
        "icons": [{"src": press.assets.paths["icon.svg"], "type": "image/svg+xml", "sizes": "any"}]}, ensure_ascii=False, indent=1) + "\n")


def sitemap(press: Press) -> File:
    """Every page that search engines should know, with its address in each language."""
    pages = ["index.html", "charts/index.html", "data/index.html", "embedding/index.html", *(["claims/index.html"] if press.verdicts else []),
             *(f"stories/{slug}/index.html" for slug in press.project.stories),
             *(f"charts/{id}/index.html" for id in press.project.charts),
             *(f"{slug}/index.html" for slug in press.project.pages if slug != "front")]
    base, languages = press.project.site.base_url, press.project.site.languages
    addresses = ({language.tag: f"{base}/{id}/{page.removesuffix('index.html')}" for id, language in languages.items()} for page in pages)
    return File.of("sitemap.xml", feed.sitemap(addresses))


def news(press: Press, language: str) -> File:
    """The stories of one language as an Atom feed."""
    view = press.view(f"{language}/feed.xml", language)
    entries = [feed.Entry(view.plain(story.texts[language].meta.title), view.plain(story.texts[language].meta.dek),
                          view.absolute(f"{language}/stories/{slug}/index.html"), story.meta.published.start.isoformat(),
                          feed.urn(view.site.package, f"{language}/stories/{slug}"))
               for slug, story in press.project.stories.items()]
    return File.of(view.path, feed.atom(
        feed.urn(view.site.package, view.path), view.own(view.site.title), view.own(view.site.tagline), view.own(view.site.publisher), view.tag,
        view.absolute(view.front), view.absolute(view.path), entries))


def package(press: Press) -> File:
    """The description of the data package."""
    return File.of("data/datapackage.json", download.package(press.project, press.book))


def group(press: Press, id: str) -> Iterator[File]:
    """A table or set in the three formats."""
    original = press.project.languages[0]
    title, cells = download.title(press.project, id), [press.book.cells[word] for word in press.groups[id]]
    rows = download.records(cells, press.project, press.project.languages)
    head = {"title": title[original], "site": press.project.site.title[original]}
    yield from downloads(f"data/{id}", rows, {"name": id, "title": title}, head)


# ---- once for each language

def index(press: Press, language: str) -> File:
    """What the search reads."""
    found = search.records(press.project, press.publication.voices[language], press.drawings, press.verdicts.values())
    return File(press.assets.paths[search.name(language)], search.script(language, found))


def quotes(press: Press, language: str) -> File:
    """What figures and claims are quoted with; it stands among the assets, and its addresses start from there."""
    path = press.assets.paths[quote.name(language)]
    return File(path, quote.script(press.view(path, language)))


def gallery(press: Press, language: str) -> File:
    """Every chart as a small picture."""
    return press.page(press.view(f"{language}/charts/index.html", language), "charts.html")


def data(press: Press, language: str) -> File:
    """Every figure with its source."""
    view = press.view(f"{language}/data/index.html", language)
    return press.page(view, "data.html", groups=download.groups(press.project, press.book))


def ledger(press: Press, language: str) -> File:
    """Every claim with its verdict."""
    view, verdicts = press.view(f"{language}/claims/index.html", language), press.verdicts.values()
    return press.page(view, "claims.html", outcomes=count(verdicts), quotes={one.id: quote.claim(view, one) for one in verdicts})


def released(press: Press, name: str, language: str) -> File:
    """The claims as a release has them."""
    view, release = press.view(quote.ledger(language, name), language, name=name), press.project.releases[name]
    held = [(id, kept, kept.sentence[language]) for id, kept in release.claims.items() if language in kept.sentence]
    claims = [(id, kept, said, quote.claim(view, press.verdicts[id]).sentence if id in press.verdicts else None) for id, kept, said in held]
    return press.page(view, "ledger.html", release=release, claims=claims)


def front(press: Press, language: str) -> File:
    """The front page."""
    view = press.view(f"{language}/index.html", language)
    text = press.project.pages["front"][language]
    return press.page(view, "front.html", meta=text.meta, body=body(press, text, view), outcomes=count(press.verdicts.values()),
                      stories=[press.publication.links[slug, language] for slug in press.project.stories])


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
    links = press.publication.links
    previous, following = neighbours(tuple(press.project.stories))[slug]
    return press.page(
        view, "story.html", story=links[slug, language], body=html,
        minutes=article.minutes(view.plain(text.body), view.site.languages[language].script),
        headings=article.outline(text.body).headings, reads=sorted(view.book.reads or ()),
        claims=_claims(press, view.book.reads or ()),
        previous=links[previous, language] if previous else None, following=links[following, language] if following else None)


def _claims(press: Press, reads: Iterable[str]) -> list[Verdict]:
    """The verdicts on claims that print one of these figures, in the ledger's order."""
    order = {id: place for place, id in enumerate(press.verdicts)}
    found = [one for name in reads for one in press.publication.claims_on.get(name, ())]
    return sorted(found, key=lambda one: order[one.id])


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
    content = press.fill(views[0], "side-by-side.html", twin=views[1], story=press.publication.links[slug, first],
                        other=press.publication.links[slug, other], rows=list(zip(kinds, *columns, strict=True)))
    return File.of(path, content)
