"""A plate: every file at a chart's own addresses.

Its page, its downloads, its feed, the page that stands in other people's frames and those of its releases. The
snippets that lead there are `embed`'s, the differences between releases `correction`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tally import download, embed, history, live, pin, quote
from tally.figure import Drawing
from tally.file import File
from tally.press import Press, downloads
from tally.view import View


def chart(press: Press, id: str, language: str) -> Iterator[File]:
    """A chart's page and its downloads."""
    folder, drawing = f"{language}/charts/{id}", press.drawings[id, language]
    view = press.view(f"{folder}/index.html", language)
    past = history.past(view, id)
    previous, following = press.beside[id]
    yield press.page(
        view, "chart.html", drawing=drawing, ladder=ladder(press, view, drawing, past), frame=embed.path(id, language), quote=quote.chart(view, drawing, past),
        past=past, stories=press.publication.showing.get((id, language), []),
        claims=press.publication.claims_in.get(id, []),
        previous=press.drawings[previous, language] if previous else None,
        following=press.drawings[following, language] if following else None)
    head = {"title": view.own(drawing.chart.title), "subtitle": view.own(drawing.chart.subtitle),
            "note": view.own(drawing.chart.note), "summary": drawing.summary, "source": "; ".join(
                view.origin(source).citation_full[language] for source in drawing.sources)}
    cells = [press.book[name] for name in drawing.cells]
    yield from downloads(f"{folder}/{id}", download.records(cells, press.project, [language]), head, head)
    if view.site.base_url and not view.withdrawal(id):
        yield File.of(f"{folder}/oembed.json", embed.oembed(embed.embed(view, drawing), view.own(view.site.title), view.absolute(view.front)))
    yield embedded(press, id, language)


def beside(press: Press, id: str, language: str) -> Iterator[File]:
    """What is loaded or linked besides a chart's page: its live figure, its picture, its feed and all that its releases
    keep; of one that is no longer among the charts, what stands at its addresses."""
    names, living = pin.holding(press.pins, id, language), id in press.project.charts
    for name in names:
        yield embedded(press, id, language, name)
        yield _lively(press, press.pins[name, id, language])
        yield from _drawn(press, embed.picture(id, language, name))
    if living:
        yield _lively(press, press.drawings[id, language])
    yield from _drawn(press, f"{language}/charts/{id}/{id}")
    view = press.view(f"{language}/charts/{id}/index.html", language, name="" if living else names[0])
    drawing, past = press.pins[view.pin, id, language] if view.pin else press.drawings[id, language], history.past(view, id)
    if view.pin:
        yield embedded(press, id, language)
        yield press.page(view, "kept.html", drawing=drawing, past=past)
    if past.feed:
        yield File.of(past.feed, history.feed(view, id, view.own(drawing.chart.title), past))


def _lively(press: Press, drawing: Drawing) -> File:
    return File.of(press.assets.paths[live.name(drawing.id, drawing.language)], drawing.script)


def _drawn(press: Press, path: str) -> Iterator[File]:
    if path in press.posters:
        yield File.of(f"{path}.svg", press.posters[path].svg)


def ladder(press: Press, view: View, drawing: Drawing, past: history.Past) -> list[embed.Rung]:
    """All snippets of a chart; its picture is that of the newest release as long as that shows the same, so that what
    was pasted never has another picture above its words."""
    kept = _kept(press, view, drawing, past.current.name) if past.current else None
    return [*embed.ladder(embed.embed(view, drawing), kept), *both(press, view, drawing), *pinned(press, view, drawing, past)]


def _kept(press: Press, view: View, drawing: Drawing, name: str) -> embed.Embed:
    """The chart as a release has it."""
    return embed.embed(replace(view, pin=name), press.pins[name, drawing.id, view.language])


def both(press: Press, view: View, drawing: Drawing) -> Iterator[embed.Rung]:
    """The snippet that shows a second language too, where the site has one."""
    for other in [id for id in press.project.languages if id != view.language][:1]:
        yield embed.Rung("embed-both", embed.scripted(embed.embed(view, drawing, press.view(view.path, other))))


def pinned(press: Press, view: View, drawing: Drawing, past: history.Past) -> Iterator[embed.Rung]:
    """The snippet that keeps to the newest release, where there is one."""
    for edition in past.editions[:1]:
        yield embed.Rung("embed-pinned", embed.scripted(_kept(press, view, drawing, edition.name)))


def embedded(press: Press, id: str, language: str, name: str = "") -> File:
    """The page that stands in other people's frames: today's chart or, called by `name`, a release's."""
    path = embed.path(id, language, name)
    shown = name or ("" if id in press.project.charts else pin.holding(press.pins, id, language)[0])
    drawing = press.pins[shown, id, language] if shown else press.drawings[id, language]
    others = (other for other in press.project.languages if other != language and other in drawing.chart.title)
    views = [press.view(path, one, name=shown) for one in (language, *others)]
    pairs = {f"{a}-{b}": view.language for view in views[1:] for a, b in ((language, view.language), (view.language, language))}
    tables = {view.language: (press.pins[shown, id, view.language] if shown else press.drawings[id, view.language]).table for view in views[1:]}
    past = history.past(views[0], id)
    content = press.fill(views[0], "embed.html", tables=tables, chart=id, drawing=drawing, past=past, quote=quote.chart(views[0], drawing, past), twins=views[1:], languages=pairs)
    return File.of(path, content)


def embedding(press: Press, language: str) -> File:
    """How to embed a chart, shown with the site's first, and where that was tried."""
    view = press.view(f"{language}/embedding/index.html", language)
    drawing = view.drawing(view.site.overview)
    rungs = ladder(press, view, drawing, history.past(view, drawing.id))
    return press.page(view, "embedding.html", drawing=drawing, ladder=rungs, frame=embed.path(drawing.id, language), hosts=press.hosts)
