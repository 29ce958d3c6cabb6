"""SVG: a chart's figure drawn as text, with no script and no browser.

`draw(figure, …)` draws the part of Plotly that `forms` use, as Plotly itself would to within two pixels. In a
page the drawing takes its colours and its face from the style sheet, and so follows a change of theme; a
drawing that stands alone carries its own, by day and by lamp. What is known of Plotly is in `known`, and how
elements are written in `pen`; what a chart looks like is not decided here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from tally import lettering
from tally.svg.known import Undrawable, check, lines_of
from tally.svg.pen import Alone, Ink, element, escaped, group, number, opening

__all__ = ["Palette", "Undrawable", "draw"]

Palette = Literal["css", "literal"]

BASELINE = 0.3465
"""From the middle of a line's box down to its baseline, in ems: Plotly centres the box that the browser measures,
0.905 em above and 0.212 em below the baseline in Arial and its likes, whatever script is written on it."""

_ANCHORS = {"left": None, "center": "middle", "right": "end"}


def draw(figure: Mapping[str, Any], *, title: str, description: str, palette: Palette = "css", id_prefix: str,
         language: str = "") -> str:
    """The figure as SVG; raises `Undrawable` for whatever cannot be drawn.

    With `css` it is a part of a page, which says how large and in which face it stands; with `literal` a file.
    """
    check(figure)
    layout = figure["layout"]
    ink, plot = Ink(palette == "css"), _Plot.of(layout)
    below, above = (_shapes(layout["shapes"], layer, plot, ink) for layer in ("below", "above"))
    traces = sorted(figure["data"], key=lambda trace: trace["type"] != "bar")  # Plotly draws bars under all others
    body = "".join([*below, *(_trace(trace, plot, ink) for trace in traces), *above, *_texts(layout, plot, ink)])
    own = {"font-size": number(layout["font"]["size"]), "fill": ink(layout["font"]["color"])}
    alone = None if palette == "css" else Alone(layout, ink, language)
    return opening(layout, own, title, description, id_prefix, alone) + body + "</svg>"


@dataclass(frozen=True)
class _Plot:
    """Where values and parts of the plot stand, in pixels from the top left."""

    left: float
    top: float
    wide: float
    tall: float
    axes: Mapping[str, Mapping[str, Any]]

    @classmethod
    def of(cls, layout: Mapping[str, Any]) -> _Plot:
        """The plot within its margins."""
        margin = layout["margin"]
        return cls(margin["l"], margin["t"], layout["width"] - margin["l"] - margin["r"],
                   layout["height"] - margin["t"] - margin["b"], {"x": layout["xaxis"], "y": layout["yaxis"]})

    def paper(self, x: float, y: float) -> tuple[float, float]:
        """From parts of the plot, counted from its bottom left."""
        return self.left + x * self.wide, self.top + (1 - y) * self.tall

    def at(self, x: float, y: float) -> tuple[float, float]:
        """From values."""
        return self.paper(self._part("x", x), self._part("y", y))

    def _part(self, name: str, value: float) -> float:
        axis = self.axes[name]
        low, high = axis["range"]
        if axis["type"] == "log" and value <= 0:
            raise Undrawable(f"layout.{name}axis.type is 'log', where {value} has no place")
        place = math.log10(value) if axis["type"] == "log" else value
        return (place - low) / (high - low)  # type: ignore[no-any-return]


_Ends = tuple[tuple[float, float], tuple[float, float]]
_Look = tuple[str, float]


def _shapes(shapes: Sequence[Mapping[str, Any]], layer: str, plot: _Plot, ink: Ink) -> Iterator[str]:
    """Fields, then lines; lines of one look are one path. Fields come first in every figure."""
    groups: list[tuple[_Look, list[_Ends]]] = []
    for shape in (shape for shape in shapes if shape["layer"] == layer):
        ends = plot.paper(shape["x0"], shape["y0"]), plot.paper(shape["x1"], shape["y1"])
        if shape["type"] == "line":
            _gather(groups, (shape["line"]["color"], shape["line"]["width"]), ends)
        elif not groups:
            yield _field(*ends, fill=ink(shape["fillcolor"]))
        else:
            raise Undrawable("layout.shapes has a rect after a line; only the other way round is drawn")
    for (colour, width), lines in groups:
        yield element("path", d="".join(map(_stroke, lines)), stroke=ink(colour),
                      stroke_width=None if width == 1 else number(width))


def _gather(groups: list[tuple[_Look, list[_Ends]]], look: _Look, ends: _Ends) -> None:
    """Puts the line with others of its look, unless it would change places with one that it meets."""
    for other, lines in reversed(groups):
        if other == look:
            lines.append(ends)
            return
        if any(_meet(ends, line) for line in lines):
            break
    groups.append((look, [ends]))


def _meet(one: _Ends, other: _Ends) -> bool:
    """Whether the boxes of two lines come as near to each other as lines are wide."""
    return all(max(min(a), min(b)) <= min(max(a), max(b)) + 3
               for a, b in zip(zip(*one, strict=True), zip(*other, strict=True), strict=True))


def _field(one: tuple[float, float], other: tuple[float, float], **attributes: str) -> str:
    (x0, x1), (y0, y1) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    return element("rect", x=number(x0), y=number(y0), width=number(x1 - x0), height=number(y1 - y0), **attributes)


def _stroke(points: Sequence[tuple[float, float]]) -> str:
    """A path through points, with the short words for level and upright stretches."""
    path, before = "", ("", "")
    for point in points:
        x, y = number(point[0]), number(point[1])
        if not path:
            path = f"M{x} {y}"
        elif y == before[1]:
            path += f"H{x}"
        else:
            path += f"V{y}" if x == before[0] else f"L{x} {y}"
        before = x, y
    return path


def _trace(trace: Mapping[str, Any], plot: _Plot, ink: Ink) -> str:
    if trace.get("mode") == "lines":
        points = [plot.at(x, y) for x, y in zip(trace["x"], trace["y"], strict=True)]
        line = trace["line"]
        return element("path", d=_stroke(points), fill="none", stroke=ink(line["color"]), stroke_width=number(line["width"]))
    marker = trace["marker"]
    if trace["type"] == "bar":
        look = {"fill": ink(marker["color"]), "stroke": ink(marker["line"]["color"]), "stroke_width": number(marker["line"]["width"])}
        return group(look, list(_bars(trace, plot)))
    return group({"fill": ink(marker["color"])}, list(_dots(trace, plot)))


def _bars(trace: Mapping[str, Any], plot: _Plot) -> Iterator[str]:
    for cell, text, length, y, base, thick in zip(
            *(trace[key] for key in ("customdata", "hovertext", "x", "y", "base", "width")), strict=True):
        ends = plot.at(base, y - thick / 2), plot.at(base + length, y + thick / 2)
        yield _field(*ends, data_cell=cell, inside=_tip(text))


def _dots(trace: Mapping[str, Any], plot: _Plot) -> Iterator[str]:
    radius = number(trace["marker"]["size"] / 2)
    for cell, text, x, y in zip(*(trace[key] for key in ("customdata", "hovertext", "x", "y")), strict=True):
        across, down = plot.at(x, y)
        yield element("circle", cx=number(across), cy=number(down), r=radius, data_cell=cell, inside=_tip(text))


def _tip(text: str) -> str:
    """What a mark says when pointed at, by mouse or, read from here, by keyboard."""
    return f"<title>{escaped(' · '.join(lines_of(text.replace(lettering.WITHIN, ''))))}</title>"


def _texts(layout: Mapping[str, Any], plot: _Plot, ink: Ink) -> Iterator[str]:
    """The texts, those of one look together."""
    usual = layout["font"]
    looks: dict[tuple[Any, ...], list[str]] = {}
    for text in layout["annotations"]:
        font = text["font"]
        look = (font["size"], font["color"], font["weight"], text["xanchor"])
        looks.setdefault(look, []).append(_text(text, plot))
    for (size, colour, weight, anchor), texts in looks.items():
        yield group({"font_size": None if size == usual["size"] else number(size),
                     "fill": None if colour == usual["color"] else ink(colour),
                     "font_weight": None if weight == 400 else str(weight), "text_anchor": _ANCHORS[anchor]}, texts)


def _text(text: Mapping[str, Any], plot: _Plot) -> str:
    first, *others = lines_of(text["text"])
    x, middle = plot.paper(text["x"], text["y"])
    y = middle + text["font"]["size"] * (BASELINE - len(others) * lettering.LEADING / 2)
    rest = "".join(element("tspan", x=number(x), dy=f"{lettering.LEADING}em", inside=escaped(line)) for line in others)
    return element("text", x=number(x), y=number(y), inside=escaped(first) + rest)
