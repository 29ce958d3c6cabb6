"""An embed: a chart in somebody else's article. How tall its page stands at each width, and what a host pastes.

Everything here is text and sums. The heights follow from the measures below, which `templates/assets/embed.css`
keeps; the snippets go down a ladder, from an address that a host unfolds by itself to a linked picture for hosts
that take no frames. The page in the frame is `templates/embed.html`, where it stands is `page`'s.
"""

from __future__ import annotations

import html
import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from tally import lettering, pin
from tally.asset import EMBED
from tally.card import SIZE
from tally.figure import Drawing
from tally.view import View

NARROWEST, COLUMN = 320, 640
"""The least width that a frame is given, and that of a usual article."""

PICTURED = 720
"""How wide the picture stands at most."""

SIDE = 12
"""Between the frame's edge and what stands in it."""
WIDE_FROM, WIDE_MOST, NARROW_MOST = 584, 720, 400
"""The width from which the wide drawing is shown, and how wide either drawing grows."""
HEADLINE, SUBTITLE, SMALL, TWIN = (18, 23, 700), (15, 21, 400), (14, 20, 400), (15, 21, 700)
"""Type: size, line height and weight; the last for the headline in a second language."""
FIXED = 103
"""Rules, gaps and the row of tools, in px: all that is the same at any width."""
TWINNED = 24
"""The gaps around the words of a second language."""
DATED = 44
"""The line of a pinned embed, of two lines of text: there from the start, so that no frame that was measured before a
correction is too low after it."""
_TYPE = HEADLINE, SUBTITLE, SMALL, SMALL
_STEPS = (0, 344, 368, 392, NARROW_MOST + 2 * SIDE, 480, 544, WIDE_FROM + 2 * SIDE, 640, 680, WIDE_MOST + 2 * SIDE)
"""From which widths on a style sheet counts the lines of text anew."""

_HYPHENS = re.compile(r"(?<=\w[-–—])(?=\w)")


@dataclass(frozen=True, slots=True)
class Content:
    """What the page in the frame shows: its words, plain, and both drawings' sizes as width and height."""

    headline: str
    subtitle: str
    note: str
    source: str
    wide: tuple[float, float]
    narrow: tuple[float, float]
    foot: int = 0
    """how tall the line is that says of which day the figures are, where the page has one"""
    twin: tuple[str, ...] = ()
    """the four texts in a second language, where the address asks for one"""


@dataclass(frozen=True)
class Embed:
    """One chart as others may show it. Addresses are full, or relative to the page that offers the snippets."""

    id: str
    """the chart and the language, as part of a name in a style sheet"""
    content: Content
    frame: str
    page: str
    script: str
    picture: str
    """to be shown instead; empty where none was made"""
    card: str
    """a small picture of a link to the chart; empty where none was made"""
    alt: str
    origin: str
    """who publishes the chart, in the words of the link back"""
    slope: float = 0
    """how tall the picture is for its width"""

    @property
    def words(self) -> tuple[str, ...]:
        """What stands on its picture and beside it."""
        return self.content.headline, self.content.subtitle, self.content.note, self.content.source, self.alt


@dataclass(frozen=True)
class Rung:
    """One way to embed: what the interface calls it, and what is pasted."""

    word: str
    snippet: str


def path(chart: str, language: str, pin: str = "") -> str:
    """Where the page in the frame stands; a `pin` names a state of the figures that it keeps."""
    return "/".join(("embed", chart, language, *([f"@{pin}"] if pin else []), "index.html"))


def picture(chart: str, language: str, pin: str) -> str:
    """Where the picture of a release stands, without its ending."""
    return path(chart, language, pin).replace("index.html", "chart")


def embed(view: View, drawing: Drawing, twin: View | None = None) -> Embed:
    """A chart as the page of `view` offers it, pinned where that shows a release, and with `twin` in two languages."""
    chart, language, own = drawing.chart, drawing.language, view.own
    wide, narrow = ((picture.width, picture.height) for picture in (drawing.wide, drawing.narrow))
    content = Content(*_words(view, drawing), wide, narrow, DATED if view.pin else 0,
                      _words(twin, drawing) if twin else ())
    id = pin.plain(drawing.id)
    folder, asked = f"{language}/charts/{id}", f"?lang={language}-{twin.language}" if twin else ""
    stem = picture(id, language, view.pin) if view.pin else f"{folder}/{id}"
    shown, card = _first(view, f"{stem}.png", f"{stem}.svg"), _first(view, f"{folder}/card.png")
    across, down = view.pictures.get(shown, (1, 0))
    return Embed(
        id="-".join(filter(None, (id, language, view.pin, twin.language if twin else ""))), content=content,
        frame=view.absolute(path(id, language, view.pin)) + asked,
        page=view.absolute(path(id, language, view.pin) if view.pin else f"{folder}/index.html"), script=view.absolute(EMBED),
        picture=shown and view.absolute(shown), slope=down / across,
        card=card and view.absolute(card), alt=own(chart.alt),
        origin=view.word("embed-back").replace("{}", own(view.site.title)))


def _words(view: View, drawing: Drawing) -> tuple[str, str, str, str]:
    """Headline, subtitle, note and source in the language of `view`."""
    chart, own = drawing.chart, view.own
    sources = view.word("source-join").join(map(view.credit, drawing.sources))
    note = f"{view.word('note')} {own(chart.note)}" if chart.note else ""
    return own(chart.title), own(chart.subtitle), note, f"{view.word('source')} {sources}"


def _first(view: View, *paths: str) -> str:
    """The first picture that there is."""
    return next((path for path in paths if path in view.pictures), "")


# ---- heights


def height(content: Content, width: float) -> int:
    """How tall the page stands in a frame of this width."""
    return math.ceil(FIXED + _texts(content, width) + _picture(content, width))


@lru_cache(maxsize=1_000)  # several snippets state the same
def tallest(content: Content) -> int:
    """The height that holds the page at any width, for hosts that can state only one."""
    growing = range(NARROWEST, NARROW_MOST + 2 * SIDE + 1, 8)
    return max(height(content, width) for width in (*growing, *(step for step in _STEPS if step > NARROWEST)))


def _texts(content: Content, width: float) -> int:
    room = min(width - 2 * SIDE, WIDE_MOST)
    texts = content.headline, content.subtitle, content.note, content.source, *content.twin
    blocks = zip(texts, (*_TYPE, TWIN, *_TYPE[1:]), strict=False)  # most have no twin
    return content.foot + (TWINNED if content.twin else 0) + sum(
        lines(text, room, size, weight) * leading for text, (size, leading, weight) in blocks if text)


def _picture(content: Content, width: float) -> float:
    room = width - 2 * SIDE
    (drawn, tall), most = (content.wide, WIDE_MOST) if room >= WIDE_FROM else (content.narrow, NARROW_MOST)
    return min(room, most) * tall / drawn


@lru_cache(maxsize=1_000)
def steps(content: Content) -> tuple[tuple[int, str], ...]:
    """The height as CSS: from each width on, in units of the container around the frame. Between two steps the lines of
    text are counted at the first, and a picture that grows with the frame is followed exactly."""
    found: list[tuple[int, str]] = []
    for width in _STEPS:
        fixed = FIXED + _texts(content, max(width, NARROWEST))
        grows = _picture(content, width + 1) - _picture(content, width)
        inside = f"{math.ceil(fixed + _picture(content, width))}px"
        if grows > 0.001:
            inside = f"calc({math.ceil(fixed - 2 * SIDE * grows)}px + {math.ceil(grows * 1e4) / 100:.2f}cqw)"
        if not found or found[-1][1] != inside:
            found.append((width, inside))
    return tuple(found)


@lru_cache(maxsize=10_000)  # a snippet for two languages has the lines of both
def lines(text: str, room: float, size: float, weight: int) -> int:
    """How many lines a browser sets the text in."""
    parts, whole_line = _measured(text, size, weight)
    if whole_line <= room:
        return 1
    count, taken = 1, 0.0
    for bare, whole in parts:
        if taken and taken + bare > room:
            count, taken = count + 1, 0.0
        taken += whole
    return count


@lru_cache(maxsize=10_000)  # every width that a height is asked for breaks the same words
def _measured(text: str, size: float, weight: int) -> tuple[tuple[tuple[float, float], ...], float]:
    """How wide each part is that a line may end with, without and with the space behind it; and all of them on one line."""
    parts = [part for word in lettering.pieces(text) for part in _HYPHENS.split(word)]
    widths = tuple((lettering.flowing(part.rstrip(), size, weight), lettering.flowing(part, size, weight)) for part in parts)
    return widths, sum(whole for _, whole in widths[:-1]) + widths[-1][0] if widths else 0.0


# ---- the ladder


def ladder(one: Embed, kept: Embed | None = None) -> list[Rung]:
    """Every snippet, the best that hosts allow first; the picture is that which is `kept` where one says the same."""
    address = [Rung("embed-address", one.page)] if "://" in one.page else []
    still = kept if kept and kept.picture and kept.words == one.words else one
    figure = [Rung("embed-figure", pictured(still))] if still.picture else []
    return [*address, Rung("embed-script", scripted(one)), Rung("embed-styles", styled(one)),
            Rung("embed-frame", framed(one)), *figure]


def framed(one: Embed, *marks: str, tall: int | None = None) -> str:
    """A frame and nothing else; `frameborder` because hosts that strip styles keep it."""
    attributes = {"src": one.frame, "title": one.content.headline, "width": "100%",
                  "height": str(tall or tallest(one.content)), "loading": "lazy", "frameborder": "0"}
    return f"<iframe {' '.join([*marks, *_attributes(attributes)])}></iframe>"


def styled(one: Embed, *marks: str) -> str:
    """A frame as high as its width asks for. A browser that can size it by what stands in it does so, from that height
    on, so that the article does not move when the frame has loaded."""
    name = f".tally-{one.id}"
    (_, first), *others = steps(one.content)
    rules = [f"{name}{{container-type:inline-size}}",
             f"{name} iframe{{display:block;width:100%;border:0;--tall:{first};height:var(--tall)}}",
             *(f"@container(min-width:{width}px){{{name} iframe{{--tall:{tall}}}}}" for width, tall in others),
             f"@supports(frame-sizing:content-height)"
             f"{{{name} iframe{{height:auto;min-height:var(--tall);frame-sizing:content-height}}}}"]
    return f'<style>{"".join(rules)}</style><div class="tally-{one.id}">{framed(one, *marks)}</div>'


def scripted(one: Embed) -> str:
    """The same frame, its height kept by a script to what stands in it; where the script is taken out, the rest stays."""
    return f'{styled(one, "data-tally")}<script src="{html.escape(one.script)}" async></script>'


def pictured(one: Embed) -> str:
    """A linked picture with its words, for newsletters and hosts that take no frames."""
    look = {"width": str(PICTURED), "height": str(round(PICTURED * one.slope)), "style": "max-width:100%;height:auto"}
    image = " ".join(_attributes({"src": one.picture, "alt": one.alt, **look}))
    words = one.page, one.content.headline, one.content.source, one.origin
    page, headline, source, origin = map(html.escape, words)
    return (f'<figure><a href="{page}"><img {image}></a><figcaption><strong>{headline}</strong><br>{source} '
            f'<a href="{page}">{origin}</a></figcaption></figure>')


def oembed(one: Embed, provider: str, home: str) -> str:
    """What a host that is given the chart page's address asks for: oEmbed's answer, ready made.

    WordPress loads the script that gives the frame its height only where a quotation stands before it, and shows that
    until the frame has spoken."""
    tall = height(one.content, COLUMN)
    link = f'<blockquote><a href="{html.escape(one.page)}">{html.escape(one.content.headline)}</a></blockquote>'
    answer = {"version": "1.0", "type": "rich", "title": one.content.headline, "provider_name": provider,
              "provider_url": home, "width": COLUMN, "height": tall, "html": link + framed(one, tall=tall)}
    if one.card:
        answer |= {"thumbnail_url": one.card, "thumbnail_width": SIZE[0], "thumbnail_height": SIZE[1]}
    return json.dumps(answer, ensure_ascii=False, indent=1) + "\n"


def _attributes(given: dict[str, str]) -> Iterator[str]:
    return (f'{key}="{html.escape(value)}"' for key, value in given.items())
