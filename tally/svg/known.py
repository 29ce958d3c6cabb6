"""Known: every attribute of a figure that the drawing understands, and which values of it.

A drawing that quietly passed over an attribute would differ from the live chart. So each part of a figure must
have exactly the attributes listed here: one that is missing would mean a default of Plotly's, one too many
something that is not drawn. What has one value only is listed because another would look different.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from typing import Any

from tally import theme


class Undrawable(ValueError):
    """The figure has an attribute, or a value of one, that is not drawn."""


NUMBER = (int, float)
TEXT = str
LIST = list
ANY = object
"""Concerns the live chart alone."""

ABSENT: Any = ()
"""May be there only if it is empty."""

INKS = {colour: name for name, colour in theme.PALETTE.items()}
INK = frozenset(INKS)

_PAPER = frozenset({"paper"})

_HOVER = {"name": TEXT, "meta": ANY, "customdata": LIST, "hovertext": LIST, "hoverinfo": {"text"}}
_ALONG = {"x": LIST, "y": LIST}

TRACES: Mapping[str, Any] = {
    "bar": {
        "type": {"bar"}, "orientation": {"h"}, **_ALONG, "base": LIST, "width": LIST, **_HOVER,
        "marker": {"color": INK, "line": {"color": INK, "width": NUMBER}},
    },
    "markers": {
        "type": {"scatter"}, "mode": {"markers"}, **_ALONG, "cliponaxis": {False}, **_HOVER,
        "marker": {"size": NUMBER, "color": INK, "symbol": {"circle"}, "opacity": {1}, "line": {"width": {0}, "color": INK}},
    },
    "lines": {
        "type": {"scatter"}, "mode": {"lines"}, **_ALONG, "cliponaxis": {False}, "name": TEXT, "hoverinfo": {"skip"},
        "line": {"color": INK, "width": NUMBER, "shape": {"linear"}},
    },
}
_BETWEEN = {"x0": NUMBER, "x1": NUMBER, "y0": NUMBER, "y1": NUMBER, "xref": _PAPER, "yref": _PAPER}
SHAPES: Mapping[str, Any] = {
    "line": {**_BETWEEN, "type": {"line"}, "layer": {"below", "above"},
             "line": {"color": INK, "width": NUMBER, "dash": {"solid"}}},
    "rect": {**_BETWEEN, "type": {"rect"}, "layer": {"below"}, "fillcolor": INK, "line": {"width": {0}}},
}
ANNOTATION: Mapping[str, Any] = {
    "text": TEXT, "x": NUMBER, "y": NUMBER, "xref": _PAPER, "yref": _PAPER, "yanchor": {"middle"},
    "xanchor": {"left", "center", "right"}, "align": {"left", "center", "right"},
    "font": {"size": NUMBER, "color": INK, "weight": {400, 600, 700}},
    "showarrow": {False}, "borderpad": {0}, "borderwidth": {0},
}
AXIS: Mapping[str, Any] = {
    "type": {"linear", "log"}, "range": LIST, "autorange": {False}, "automargin": {False}, "fixedrange": ANY,
    "tickmode": {"array"}, "tickvals": LIST, "ticktext": LIST, "showticklabels": {False}, "ticks": {""},
    "showline": {False}, "zeroline": {False}, "showgrid": {False},
}
FONT: Mapping[str, Any] = {"family": TEXT, "size": NUMBER, "color": INK}
LAYOUT: Mapping[str, Any] = {
    "width": NUMBER, "height": NUMBER, "autosize": {False}, "showlegend": {False}, "template": ABSENT, "font": FONT,
    "margin": {"l": NUMBER, "r": NUMBER, "t": NUMBER, "b": NUMBER, "pad": {0}, "autoexpand": {False}},
    "paper_bgcolor": {theme.CLEAR}, "plot_bgcolor": {theme.CLEAR}, "barmode": {"overlay"}, "bargap": ANY,
    "hovermode": ANY, "dragmode": ANY, "hoverlabel": ANY, "xaxis": AXIS, "yaxis": AXIS, "shapes": LIST, "annotations": LIST,
}


def check(figure: Mapping[str, Any]) -> None:
    """Raises `Undrawable`, with the attribute's name, where the figure is not drawn as Plotly would."""
    _check(figure, {"data": LIST, "layout": LAYOUT})
    for index, trace in enumerate(figure["data"]):
        kind = trace.get("mode", trace.get("type"))
        _check(trace, _one(TRACES, kind, f"data[{index}].{'mode' if 'mode' in trace else 'type'}"), f"data[{index}]")
        for axis in ("xaxis", "yaxis") if kind == "bar" else ():
            kind_of_axis = figure["layout"][axis]["type"]
            _expect(kind_of_axis == "linear", kind_of_axis, f"layout.{axis}.type", "bars are drawn on linear axes only")
    for index, shape in enumerate(figure["layout"]["shapes"]):
        path = f"layout.shapes[{index}]"
        _check(shape, _one(SHAPES, shape.get("type"), f"{path}.type"), path)
    for index, text in enumerate(figure["layout"]["annotations"]):
        path = f"layout.annotations[{index}]"
        _check(text, ANNOTATION, path)
        _plain(text, path)


def lines_of(text: str) -> list[str]:
    """The lines of an annotation's text, which is HTML with no tag but `<br>`."""
    return [html.unescape(line) for line in text.split("<br>")]


def _one(kinds: Mapping[str, Any], kind: Any, path: str) -> Any:
    if kind not in kinds:
        raise Undrawable(f"{path} is {kind!r}; what can be drawn is {', '.join(kinds)}")
    return kinds[kind]


def _check(value: Any, known: Any, *path: str) -> None:
    """Raises `Undrawable`; the path and the reason are put into words only then, for nearly everything is as it should be."""
    if isinstance(known, dict):
        if not isinstance(value, Mapping):
            raise Undrawable(f"{_join(path)} is {value!r}; it must have attributes of its own")
        if value.keys() != known.keys():
            key = min(value.keys() ^ known.keys())
            raise Undrawable(f"{_join((*path, key))} {'is not drawn' if key in value else 'must be given'}")
        for key, inner in known.items():
            _check(value[key], inner, *path, key)
    elif known is ABSENT:
        _expect(not value, value, _join(path), "only empty is drawn")
    elif isinstance(known, (set, frozenset)):
        if value not in known:
            raise Undrawable(f"{_join(path)} is {value!r}; what can be drawn is {', '.join(sorted(map(repr, known)))}")
    elif known is not ANY and not isinstance(value, known):
        raise Undrawable(f"{_join(path)} is {value!r}; which is of another kind than can be drawn")


def _expect(right: bool, value: Any, path: str, why: str) -> None:
    if not right:
        raise Undrawable(f"{path} is {value!r}; {why}")


def _plain(text: Mapping[str, Any], path: str) -> None:
    _expect(text["align"] == text["xanchor"], text["align"], f"{path}.align", "only what equals xanchor is drawn")
    tag: Callable[[str], Any] = re.compile(r"<(?!br>)").search
    _expect(not tag(text["text"]), text["text"], f"{path}.text", "no tag but <br> is drawn")


def _join(path: tuple[str, ...]) -> str:
    return ".".join(path)
