"""A poster: a chart with its headline, note and source as one picture that stands without a page.

Two kinds: the file that a reader takes away, as tall as its content, and the card that is shown where a page is
shared. A file stays at its address, since others have linked it under words of their own: each release has one, its
last stands for a chart that is gone, and in all places of one that was withdrawn, that it was. Both are SVG, from the same figure and in the same words as the page. Turning them into PNG is `raster`'s;
how a chart itself is drawn is `forms`' and `svg`'s.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from typing import Any

from tally import card, embed, figure, forms, headline, lettering, pin, task
from tally.composition import Parts, Pen, Words, framed, parted
from tally.figure import Drawing, Picture
from tally.model import Release, Withdrawal
from tally.packing import packed, unpacked
from tally.project import Project
from tally.prose import Prose
from tally.publication import Publication
from tally.svg.pen import Ink

_EDGE = 24
_RULE = 2
_TITLE, _SIGN, _SMALL = 25.0, 15.0, 13.0
_FOOT = 12 + 9 + 1.4 * _SIGN + _EDGE - 4
"""How tall a sheet stands below its words."""
_LONG = 420
"""From this height on a chart is a list that a card has to make smaller."""


@dataclass(frozen=True)
class Poster:
    """One composed picture and what it shows, packed, for there are many."""

    _svg: bytes
    width: float
    height: float
    takeaway: bool
    """the file that readers take away; else a card"""
    language: str
    script: str
    subject: str
    """the chart's or story's name, or `front`"""

    @classmethod
    def of(cls, svg: str, *about: Any) -> Poster:
        """A poster of an SVG, and the rest in its order."""
        return cls(packed(svg), *about)

    @property
    def svg(self) -> str:
        """The picture."""
        return unpacked(self._svg)

    @cached_property
    def size(self) -> tuple[float, float]:
        """Its width and height."""
        return self.width, self.height

    @property
    def scale(self) -> int:
        """How much larger it is as PNG."""
        return 2 if self.takeaway else 1


Posters = task.Memory[Poster]
"""By the path without the ending."""


def takeaways(publication: Publication, before: Posters | None = None) -> Posters:
    """Every chart as a file to take away, today's and each release's."""
    work = _work(tuple(publication.project.charts), tuple(publication.voices), tuple(publication.pins))
    return task.run(work, publication.watched, publication.inputs(), before)


@lru_cache(maxsize=1)
def _work(charts: tuple[str, ...], languages: tuple[str, ...], pins: tuple[tuple[str, str, str], ...]) -> Mapping[str, Callable[[Publication], Poster]]:
    work: dict[str, Callable[[Publication], Poster]] = {
        f"{language}/charts/{id}/{id}": partial(_own, id, language) for id in charts for language in languages}
    for name, id, language in pins:
        work[embed.picture(id, language, name)] = partial(_takeaway, id, language, name)
        work.setdefault(f"{language}/charts/{id}/{id}", partial(_own, id, language))
    return work


def _own(id: str, language: str, publication: Publication) -> Poster:
    """What stands at a chart's own address: the chart as it is, or of one that is gone its last release."""
    living = id in publication.project.charts
    return _takeaway(id, language, "" if living else pin.holding(publication.pins, id, language)[0], publication)


def _takeaway(id: str, language: str, name: str, publication: Publication) -> Poster:
    """A chart as it is or, where a `name` is given, as that release has it."""
    project, voice = publication.project, publication.voices[language]
    drawing = publication.pins[name, id, language] if name else publication.drawings[id, language]
    words = _words(drawing, project, voice, project.releases[name] if name else None)
    text, height = sheet(words, drawing.wide, f"{id}-file")
    if withdrawal := project.corrections.withdrawn.get(id):
        text, height = notice(_withdrawn(words, withdrawal, project, voice), drawing.wide.width, height, f"{id}-file")
    return Poster.of(text, drawing.wide.width + 2 * _EDGE, height, True, language, words.script, id)


def cards(publication: Publication, before: Posters | None = None) -> Posters:
    """A card for every chart, every story and every front page."""
    work = {f"{language}/charts/{id}/card": partial(_card, id, language, id, None) for id, language in publication.shown}
    overview = publication.project.site.overview
    for language in publication.project.languages:
        work[f"{language}/card"] = partial(_card, "front", language, overview, ("pages", "front"))
        for slug, story in publication.project.stories.items():
            work[f"{language}/stories/{slug}/card"] = partial(_card, slug, language, story.meta.lead, ("stories", slug))
    return task.run(work, publication.watched, publication.inputs(), before)


def _card(subject: str, language: str, chart: str, headed: tuple[str, str] | None, publication: Publication) -> Poster:
    """The card that stands for a subject and shows a chart, under the title of a text where it is not the chart's own."""
    drawing, voice = publication.drawings[chart, language], publication.voices[language]
    words = _words(drawing, publication.project, voice)
    shown = replace(words, title=voice.plain(_title(publication, headed, language))) if headed else words
    return Poster.of(card.draw(shown, _pictures(drawing, words)), *card.SIZE, False, language, words.script, subject)


def _title(publication: Publication, headed: tuple[str, str], language: str) -> str:
    kind, slug = headed
    return publication.links[slug, language].meta.title if kind == "stories" else publication.project.pages[slug][language].meta.title


def _pictures(drawing: Drawing, words: Words) -> tuple[Picture, ...]:
    """What a card may show of a chart: a long list also drawn closer, or its names would be too small to be read."""
    pictures = (drawing.wide, drawing.narrow)
    if drawing.wide.height <= _LONG:
        return pictures
    close = figure.picture(f"{drawing.id}-card", forms.draw(drawing.table, forms.CARD), words.title, words.alt)
    return (*pictures, close)


def _words(drawing: Drawing, project: Project, voice: Prose, release: Release | None = None) -> Words:
    """What is written with a chart; its sources are called as in the release that the drawing is of."""
    language, chart = drawing.language, drawing.chart

    def word(id: str) -> str:
        return project.words[id][language]

    return Words(
        language, project.site.languages[language].tag, project.site.languages[language].script,
        title=voice.plain(chart.title[language]), subtitle=voice.plain(chart.subtitle[language]), alt=voice.plain(chart.alt[language]),
        note=voice.plain(chart.note[language]) if chart.note else "",
        source=word("source-join").join(
            release.sources[id][language] if release else project.credit(id, language) for id in drawing.sources),
        labels=(word("note"), word("source")), site=voice.plain(project.site.title[language]),
        address=project.site.base_url.partition("://")[2], whole=headline.names(project.units, project.site, language))


def _withdrawn(words: Words, withdrawal: Withdrawal, project: Project, voice: Prose) -> Words:
    """What is written in the place of a chart: that it was withdrawn, why, and which one it was."""
    told = project.words["withdrawn"][words.language].replace("{}", voice.notation.period(withdrawal.date))
    return replace(words, title=told, subtitle=voice.plain(withdrawal.reason[words.language]), alt=words.title)


# ---- the file to take away

def sheet(words: Words, picture: Picture, prefix: str) -> tuple[str, float]:
    """The chart with its words above and below it, and how tall that is."""
    room = float(picture.width)
    pen = _headed(words, room)
    pen.write(Parts.of(words.subtitle, words).lines(room, 15), 15, "soft")
    pen.down(16)
    pen.show(picture, 1)
    pen.down(14)
    for label, text in zip(words.labels, (words.note, words.source), strict=True):
        if text:
            pen.write(lettering.wrap(f"{label}{'' if words.script == 'han' else ' '}{text}", room, _SMALL), _SMALL, "soft", label=label)
    return _signed(words, pen, room, prefix)


def notice(words: Words, room: float, least: float, prefix: str) -> tuple[str, float]:
    """What is said in the place of a chart, on a sheet of at `least` this height, and how tall that is."""
    pen = _headed(words, room)
    pen.write(Parts.of(words.subtitle, words).lines(room, 15), 15, "ink")
    pen.down(16)
    pen.write(Parts.of(words.alt, words).lines(room, 15), 15, "soft")
    pen.y = max(pen.y, least - _FOOT)
    return _signed(words, pen, room, prefix)


def _headed(words: Words, room: float) -> Pen:
    """A pen that has written the headline below its rule."""
    pen = Pen(words, Ink(False), _EDGE, _EDGE + _RULE + 12.0)
    pen.rule(room, "ink", _RULE, at=_EDGE)
    pen.write(parted(words).lines(room, _TITLE), _TITLE, "ink", serif=True)
    pen.down(4)
    return pen


def _signed(words: Words, pen: Pen, room: float, prefix: str) -> tuple[str, float]:
    """The sheet with the site's name at its foot, and how tall it is."""
    pen.down(12)
    pen.rule(room, "rule", 1)
    pen.down(9)
    pen.sign(room, _SIGN, _SMALL)
    height = pen.y + _EDGE - 4
    return framed(words, pen, room + 2 * _EDGE, height, prefix), height
