"""A publication: everything that the pages of a site are made from, typed, worked out and drawn.

What the stages before `page` hand over to it, and as what tasks see it. How it came about is `site`'s; what is made
of it `poster`'s and `page`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from tally import article
from tally.book import Book
from tally.figure import Drawing
from tally.memo import latest, remembered
from tally.model import PageMeta, StoryMeta
from tally.pin import Pins
from tally.project import Project, Story
from tally.prose import Prose
from tally.quantity import Period
from tally.reading import Text
from tally.task import Input, Inputs, Watched
from tally.verdict import Verdict

Own = TypeVar("Own", bound="Publication")


@dataclass(frozen=True)
class Link:
    """What a list of stories shows of one, in one language."""

    slug: str
    meta: PageMeta
    lead: str
    charts: list[str]
    published: Period

    @property
    def path(self) -> str:
        """Where it stands below its language."""
        return f"stories/{self.slug}"


@dataclass(frozen=True)
class Publication:
    """The project, its figures, a voice for each language, a verdict for each claim, and every chart as a drawing."""

    project: Project
    book: Book
    voices: Mapping[str, Prose]
    verdicts: Mapping[str, Verdict]
    drawings: Mapping[tuple[str, str], Drawing]
    pins: Pins

    @property
    def shown(self) -> Mapping[tuple[str, str], Drawing]:
        """The drawings less those of withdrawn charts."""
        return {key: drawing for key, drawing in self.drawings.items() if key[0] not in self.project.corrections.withdrawn}

    @cached_property
    def claims_on(self) -> Mapping[str, list[Verdict]]:
        """The verdicts on claims that print a figure, by the figure's name."""
        return _grouped((one.printed.name, one) for one in self.verdicts.values())

    @cached_property
    def claims_in(self) -> Mapping[str, list[Verdict]]:
        """The verdicts on claims that a chart shows, by its id."""
        return _grouped((one.claim.chart, one) for one in self.verdicts.values() if one.claim.chart)

    @cached_property
    def links(self) -> Mapping[tuple[str, str], Link]:
        """Each story by slug and language."""
        return _links(self.project.stories)

    @cached_property
    def showing(self) -> Mapping[tuple[str, str], list[Link]]:
        """The stories that show a chart, by its id and language."""
        return _showing(self.links)

    @property
    def _kinds(self) -> dict[str, Mapping[Any, Any]]:
        own = ("verdicts", "drawings", "pins", "claims_on", "claims_in", "links", "showing")
        return {kind: getattr(self, kind) for kind in own}

    def inputs(self, **more: Mapping[Any, Any]) -> Inputs:
        """What tasks may ask for, by kind, `more` among it, and the ground that they stand on."""
        return Inputs({**self.project.inputs, **self.book.kinds, **self._kinds, **more}, self.project.ground)

    def watched(self: Own, asked: set[Input]) -> Own:
        """The same publication, which notes what is asked of it."""
        own = copy(self)
        vars(own).update({kind: Watched(kind, held, asked) for kind, held in self._kinds.items()})
        vars(own).update(project=self.project.watched(asked), book=self.book.watched(asked),
                         voices={language: voice.watched(asked) for language, voice in self.voices.items()})
        return own


@latest
def _links(stories: Mapping[str, Story]) -> Mapping[tuple[str, str], Link]:
    return {(slug, language): _link(slug, story.meta, text) for slug, story in stories.items() for language, text in story.texts.items()}


@latest
def _showing(links: Mapping[tuple[str, str], Link]) -> Mapping[tuple[str, str], list[Link]]:
    return _grouped(((chart, language), link) for (_, language), link in links.items() for chart in dict.fromkeys(link.charts))


@remembered
def _link(slug: str, story: StoryMeta, text: Text) -> Link:
    return Link(slug, text.meta, story.lead, [item.id for item in article.outline(text.body).charts], story.published)


def _grouped(pairs: Any) -> dict[Any, list[Any]]:
    found: dict[Any, list[Any]] = {}
    for key, one in pairs:
        found.setdefault(key, []).append(one)
    return {key: _listed(*ones) for key, ones in found.items()}


@remembered
def _listed(*ones: Any) -> list[Any]:
    return list(ones)
