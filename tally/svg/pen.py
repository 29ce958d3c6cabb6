"""Pen: how the elements of a drawing are written, shortly and always the same. Nothing here knows about charts."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from tally import theme
from tally.svg.known import INKS


class Ink:
    """Writes a colour of the theme as a page's style sheet calls it, or as it is; remembers which were used."""

    def __init__(self, by_name: bool):
        self.by_name = by_name
        self.used: set[str] = set()

    def __call__(self, colour: str) -> str:
        """The colour as an attribute says it."""
        name = INKS[colour]
        self.used.add(name)
        return f"var(--{name.replace('_', '-')})" if self.by_name else colour


class Alone:
    """What a drawing needs that no page surrounds: its size, its face, its ground, and its colours by lamplight."""

    def __init__(self, layout: Mapping[str, Any], ink: Ink, language: str):
        self.size = {"width": number(layout["width"]), "height": number(layout["height"])}
        self.face = layout["font"]["family"].replace('"', "'")
        self.language = language
        self.ground = element("rect", **self.size, fill=ink(theme.PALETTE["paper"]))
        self.dark = {theme.PALETTE[name]: theme.DARK[name] for name in theme.PALETTE if name in ink.used}

    @property
    def head(self) -> str:
        """The style, which overrules the attributes by their value, and the ground."""
        rules = "".join(f'[{key}="{light}"]{{{key}:{dark}}}' for light, dark in self.dark.items() for key in ("fill", "stroke"))
        return f"<style>@media (prefers-color-scheme:dark){{{rules}}}</style>{self.ground}"


def opening(layout: Mapping[str, Any], own: Mapping[str, str], title: str, description: str, prefix: str,
            alone: Alone | None) -> str:
    """The drawing's first tag, and what it is called and shows."""
    named = {"title": title, "desc": description}
    words = "".join(element(tag, id=f"{prefix}-{tag}", inside=escaped(text)) for tag, text in named.items() if text)
    attributes: dict[str, str | None] = {
        "viewBox": f"0 0 {number(layout['width'])} {number(layout['height'])}", "role": "img",
        "aria-labelledby": f"{prefix}-title" if title else None,
        "aria-describedby": f"{prefix}-desc" if description else None, **own}
    if alone:
        attributes |= {"xmlns": "http://www.w3.org/2000/svg", **alone.size, "font-family": alone.face,
                       "xml:lang": alone.language or None}
    return f"<svg{_attributes(attributes)}>{words}{alone.head if alone else ''}"


def group(look: Mapping[str, str | None], parts: Sequence[str]) -> str:
    """Parts that look alike, their look said once."""
    return element("g", inside="".join(parts), **look) if parts else ""


def element(tag: str, inside: str = "", **attributes: str | None) -> str:
    """An element; attributes that are None are left out, and `data_cell` is `data-cell`."""
    own = "".join([f' {key.replace("_", "-")}="{_quoted(value)}"' for key, value in attributes.items() if value is not None])
    return f"<{tag}{own}>{inside}</{tag}>" if inside else f"<{tag}{own}/>"


@lru_cache(maxsize=10_000)  # rows stand at the same heights in every language, and drawings are made twice
def number(value: float) -> str:
    """A hundredth of a pixel is enough."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def escaped(text: str) -> str:
    """Text between tags."""
    return html.escape(text, quote=False) if _MARKS.search(text) else text


_MARKS = re.compile("[&<>\"']")
"""What an attribute does not say as it is; most say numbers."""


def _quoted(value: str) -> str:
    return html.escape(value) if _MARKS.search(value) else value


def _attributes(given: Mapping[str, str | None]) -> str:
    return "".join([f' {key}="{_quoted(value)}"' for key, value in given.items() if value is not None])
