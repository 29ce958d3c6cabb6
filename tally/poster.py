"""A poster: a chart with its headline, note and source as one picture that stands without a page.

Two kinds: the file that a reader takes away, as tall as its content, and the card that is shown where a page is
shared. Both are SVG, from the same figure and in the same words as the page. Turning them into PNG is `raster`'s;
how a chart itself is drawn is `forms`' and `svg`'s.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from tally import card, figure, forms, headline, lettering
from tally.composition import Parts, Pen, Words, framed, parted
from tally.figure import Drawing, Picture
from tally.project import Project
from tally.prose import Prose
from tally.svg.pen import Ink

_EDGE = 24
_RULE = 2
_TITLE, _SMALL = 25.0, 13.0
_LONG = 420
"""From this height on a chart is a list that a card has to make smaller."""


@dataclass(frozen=True)
class Poster:
    """One composed picture, what it shows, and which cells it read."""

    svg: str
    width: float
    height: float
    takeaway: bool
    """the file that readers take away; else a card"""
    language: str
    script: str
    subject: str
    """the chart's or story's name, or `front`"""
    reads: frozenset[str]

    @property
    def scale(self) -> int:
        """How much larger it is as PNG."""
        return 2 if self.takeaway else 1


def takeaways(project: Project, drawings: Mapping[tuple[str, str], Drawing], voices: Mapping[str, Prose]) -> dict[str, Poster]:
    """Every chart as a file to take away, by its path without the ending."""
    found = {}
    for (id, language), drawing in drawings.items():
        voice = voices[language].recording()
        words = _words(drawing, project, voice)
        text, height = sheet(words, drawing.wide, f"{id}-file")
        found[f"{language}/charts/{id}/{id}"] = Poster(text, drawing.wide.width + 2 * _EDGE, height, True, language, words.script, id, _reads(drawing, voice))
    return found


def cards(project: Project, drawings: Mapping[tuple[str, str], Drawing], voices: Mapping[str, Prose]) -> dict[str, Poster]:
    """A card for every chart, every story and every front page, by its path without the ending."""
    found = {}
    for folder, subject, drawing, title in _occasions(project, drawings):
        voice = voices[drawing.language].recording()
        words = _words(drawing, project, voice)
        shown = replace(words, title=voice.plain(title)) if title else words
        found[f"{folder}/card"] = Poster(card.draw(shown, _pictures(drawing, words)), *card.SIZE, False, drawing.language, words.script, subject, _reads(drawing, voice))
    return found


def _pictures(drawing: Drawing, words: Words) -> tuple[Picture, ...]:
    """What a card may show of a chart: a long list also drawn closer, or its names would be too small to be read."""
    pictures = (drawing.wide, drawing.narrow)
    if drawing.wide.height <= _LONG:
        return pictures
    close = figure.picture(f"{drawing.id}-card", forms.draw(drawing.table, forms.CARD), words.title, words.alt)
    return (*pictures, close)


def _occasions(project: Project, drawings: Mapping[tuple[str, str], Drawing]) -> Iterator[tuple[str, str, Drawing, str]]:
    """Where a card goes, what it stands for, which chart it shows, and its headline where it is not the chart's own."""
    for (id, language), drawing in drawings.items():
        yield f"{language}/charts/{id}", id, drawing, ""
    for language in project.languages:
        yield language, "front", drawings[project.site.overview, language], project.pages["front"][language].meta.title
        for slug, story in project.stories.items():
            yield f"{language}/stories/{slug}", slug, drawings[story.meta.lead, language], story.texts[language].meta.title


def _words(drawing: Drawing, project: Project, voice: Prose) -> Words:
    language, chart = drawing.language, drawing.chart
    said = {id: texts[language] for id, texts in project.words.items()}
    return Words(
        language, project.site.languages[language].tag, project.site.languages[language].script,
        title=voice.plain(chart.title[language]), subtitle=voice.plain(chart.subtitle[language]), alt=voice.plain(chart.alt[language]),
        note=voice.plain(chart.note[language]) if chart.note else "",
        source=said["source-join"].join(project.credit(id, language) for id in drawing.sources),
        labels=(said["note"], said["source"]), site=voice.plain(project.site.title[language]),
        address=project.site.base_url.partition("://")[2], whole=headline.names(project.units, project.site, language))


def _reads(drawing: Drawing, voice: Prose) -> frozenset[str]:
    return drawing.reads | frozenset(voice.book.reads or ())


# ---- the file to take away

def sheet(words: Words, picture: Picture, prefix: str) -> tuple[str, float]:
    """The chart with its words above and below it, and how tall that is."""
    ink, room = Ink(False), float(picture.width)
    pen = Pen(words, ink, _EDGE, _EDGE + _RULE + 12.0)
    pen.rule(room, "ink", _RULE, at=_EDGE)
    pen.write(parted(words).lines(room, _TITLE), _TITLE, "ink", serif=True)
    pen.down(4)
    pen.write(Parts.of(words.subtitle, words).lines(room, 15), 15, "soft")
    pen.down(16)
    pen.show(picture, 1)
    pen.down(14)
    for label, text in zip(words.labels, (words.note, words.source), strict=True):
        if text:
            pen.write(lettering.wrap(f"{label}{'' if words.script == 'han' else ' '}{text}", room, _SMALL), _SMALL, "soft", label=label)
    pen.down(12)
    pen.rule(room, "rule", 1)
    pen.down(9)
    pen.sign(room, 15, _SMALL)
    height = pen.y + _EDGE - 4
    return framed(words, pen, room + 2 * _EDGE, height, prefix), height
