"""The sheet: what a form draws on, and the one place where a drawing becomes a Plotly figure.

Forms speak in pixels from the top left, and in values only along a value axis. Text, rules and grounds are
kept as annotations and shapes on paper coordinates, marks as traces, so nothing is left for Plotly to lay
out. Every text and mark also leaves its box here, for whoever looks for a free place afterwards.

A figure is what Plotly calls one, as the plain lists and dictionaries that its JSON holds. Plotly's own classes
would check every attribute at every build, which took most of its time; the tests have them check every chart.
"""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from tally import lettering, theme
from tally.chart import ChartTable, Column, Point, Row
from tally.forms.frame import Frame

DIGITS = 6
"""Significant digits of every coordinate: finer than a hundredth of a pixel, and the same everywhere."""

Figure = dict[str, Any]
"""`data` and `layout`, of plain numbers and strings: what `plotly.graph_objects.Figure` makes its figures from."""

_BESIDE = 24
"""What Plotly puts around a label: its arrow, padding and border. A label that has room in one half of the sheet has it
beside any mark."""

_CLEAR = 3
"""What a line that yields leaves free around a word."""

_HALF = {"left": 0.0, "center": 0.5, "right": 1.0}


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def grown(self, by: float) -> Box:
        """Larger by `by` on every side."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def joined(self, other: Box) -> Box:
        """The smallest box around both."""
        return Box(min(self.left, other.left), min(self.top, other.top),
                   max(self.right, other.right), max(self.bottom, other.bottom))

    def overlaps(self, other: Box) -> bool:
        """Whether they share more than an edge."""
        return (self.left < other.right and other.left < self.right
                and self.top < other.bottom and other.top < self.bottom)

    def crossed(self, x0: float, y0: float, x1: float, y1: float) -> bool:
        """Whether the line from `x0, y0` to `x1, y1` runs through it."""
        if max(x0, x1) <= self.left or min(x0, x1) >= self.right or max(y0, y1) <= self.top or min(y0, y1) >= self.bottom:
            return False  # most lines pass at a distance, which is quickly told
        enter, leave = 0.0, 1.0
        for start, step, near, far in ((x0, x1 - x0, self.left, self.right), (y0, y1 - y0, self.top, self.bottom)):
            if not step:
                if not near < start < far:
                    return False
                continue
            one, two = (near - start) / step, (far - start) / step
            enter, leave = max(enter, min(one, two)), min(leave, max(one, two))
        return enter < leave


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one ink."""

    text: str
    ink: str = "ink"
    weight: int = 400


@dataclass
class Sheet:
    """Collects what is drawn; `figure` ends it."""

    table: ChartTable
    frame: Frame
    texts: list[dict[str, Any]] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)
    traces: dict[tuple[Any, ...], dict[str, Any]] = field(default_factory=dict)
    boxes: list[Box] = field(default_factory=list)
    words: list[Box] = field(default_factory=list)
    leaders: list[tuple[float, float, float, float]] = field(default_factory=list)

    # -- texts

    def text(self, x: float, y: float, text: str, size: int, ink: str = "ink", anchor: str = "left",
             weight: int = 400) -> Box:
        """A text whose block has its middle at `y`, and its left, centre or right at `x`; kept on the sheet."""
        wide, tall = lettering.extent(text.split("\n"), size, weight)
        left = min(max(x - wide * _HALF[anchor], 0), max(self.frame.width - wide, 0))
        self.texts.append({
            "x": left + wide * _HALF[anchor], "y": y, "text": text, "xanchor": anchor, "align": anchor,
            "font": {"size": size, "color": theme.PALETTE[ink], "weight": weight},
        })
        box = Box(left, y - tall / 2, left + wide, y + tall / 2)
        self.boxes.append(box)
        self.words.append(box)
        return box

    def block(self, x: float, top: float, text: str, size: int, ink: str = "ink", anchor: str = "left",
              weight: int = 400) -> Box:
        """A text by its top."""
        _, tall = lettering.extent(text.split("\n"), size, weight)
        return self.text(x, top + tall / 2, text, size, ink, anchor, weight)

    def runs(self, x: float, y: float, runs: Sequence[Run], size: int, anchor: str = "left") -> Box:
        """Stretches of text one after another on one line, which begins or, with `right`, ends at `x`."""
        whole: Box | None = None
        for run in runs if anchor == "left" else reversed(runs):
            box = self.text(x, y, run.text, size, run.ink, anchor, run.weight)
            whole = whole.joined(box) if whole else box
            x = box.right + space(size) if anchor == "left" else box.left - space(size)
        assert whole is not None
        return whole

    # -- grounds and rules

    def rule(self, x0: float, y0: float, x1: float, y1: float, ink: str = "rule", width: float = 1,
             layer: str = "below", yields: bool = False) -> None:
        """A straight line; an upright or level one is put in the middle of its pixels, so that it stays fine.

        The grid, and any line that `yields`, in the end stops short of every word.
        """
        if x0 == x1:
            x0 = x1 = math.floor(x0) + 0.5
        if y0 == y1:
            y0 = y1 = math.floor(y0) + 0.5
        self.shapes.append({"type": "line", "x0": x0, "y0": y0, "x1": x1, "y1": y1, "layer": layer,
                            "yields": yields or ink == "rule",
                            "line": {"color": theme.PALETTE[ink], "width": width, "dash": "solid"}})

    def ground(self, box: Box, ink: str) -> None:
        """A flat field of colour behind everything."""
        self.shapes.insert(0, {"type": "rect", "x0": box.left, "y0": box.top, "x1": box.right, "y1": box.bottom,
                               "layer": "below", "fillcolor": theme.PALETTE[ink], "line": {"width": 0}})

    def mark(self, box: Box) -> Box:
        """Remember that something stands here."""
        self.boxes.append(box)
        return box

    # -- marks

    def bar(self, start: Decimal, end: Decimal, y: float, thick: float, cell: Cell, fill: str, outline: str) -> None:
        """A horizontal bar between two values."""
        trace = self._trace(("bar", cell.column.id, fill, outline), cell.column, {
            "type": "bar", "orientation": "h", "x": [], "y": [], "base": [], "width": [],
            "marker": {"color": theme.PALETTE[fill], "line": {"color": theme.PALETTE[outline], "width": 1.5}}})
        for name, value in (("x", end - start), ("base", start), ("y", y), ("width", thick)):
            trace[name].append(value)
        self._hover(trace, cell)

    def dot(self, x: Decimal | float, y: Decimal | float, size: float, cell: Cell, ink: str) -> None:
        """A round mark; along a value axis by value, along the other by pixel."""
        trace = self._trace(("dot", cell.column.id, size, ink), cell.column, {
            "type": "scatter", "mode": "markers", "x": [], "y": [], "cliponaxis": False,
            "marker": {"size": size, "color": theme.PALETTE[ink], "symbol": "circle", "opacity": 1,
                       "line": {"width": 0, "color": theme.PALETTE[ink]}}})
        trace["x"].append(x)
        trace["y"].append(y)
        self._hover(trace, cell)

    def stroke(self, xs: Sequence[Decimal | float], ys: Sequence[Decimal | float], width: float, ink: str) -> None:
        """A line through points, without a reading of its own."""
        self.traces[("stroke", len(self.traces))] = {
            "type": "scatter", "mode": "lines", "x": list(xs), "y": list(ys), "cliponaxis": False,
            "hoverinfo": "skip", "name": "", "line": {"color": theme.PALETTE[ink], "width": width, "shape": "linear"}}

    def _trace(self, key: tuple[Any, ...], column: Column, fresh: dict[str, Any]) -> dict[str, Any]:
        return self.traces.setdefault(key, {
            **fresh, "name": html.escape(column.label, quote=False), "meta": column.id, "customdata": [],
            "hovertext": [], "hoverinfo": "text"})

    def _hover(self, trace: dict[str, Any], cell: Cell) -> None:
        trace["customdata"].append(cell.point.name)
        trace["hovertext"].append(cell.label(self.frame.width / 2 - _BESIDE, self.frame.note))

    # -- the end

    def figure(self, plot: Box, height: float, x: dict[str, Any] | None = None,
               y: dict[str, Any] | None = None) -> Figure:
        """The figure: `plot` is where the axes meet the marks; an axis that is not given counts pixels."""
        height = float(math.ceil(height))
        words = [box.grown(_CLEAR) for box in self.words]
        layout = {
            **_fixed(self.frame, self.table.script, plot, height),
            "xaxis": {**_quiet(), **_tidy(x or {"type": "linear", "range": [plot.left, plot.right]})},
            "yaxis": {**_quiet(), **_tidy(y or {"type": "linear", "range": [plot.bottom, plot.top]})},
            "shapes": [_on_paper(part, plot) for shape in self.shapes for part in _broken(shape, words)],
            "annotations": [_lettered(_on_paper(text, plot)) for text in self.texts],
        }
        return {"data": _tidy(list(self.traces.values())), "layout": layout}


@dataclass(frozen=True, slots=True)
class Cell:
    """A point with the row and the column that it stands in."""

    row: Row
    column: Column
    point: Point

    @property
    def hover(self) -> str:
        """What its mark says when pointed at, on one line."""
        return " · ".join(self._parts)

    def label(self, room: float, size: int) -> str:
        """The same as HTML with a line for each part, and more for a part that has no room on one."""
        return "<br>".join(lettering.WITHIN.join(html.escape(line, quote=False) for line in lettering.fill(part, room, size))
                           for part in self._parts)

    @property
    def _parts(self) -> list[str]:
        return list(filter(None, (self.row.label, self.column.label, self.point.label)))


def _broken(shape: dict[str, Any], words: Sequence[Box]) -> list[dict[str, Any]]:
    """A line that yields, without the stretches that would run through words; any other as it is."""
    if not shape.pop("yields", False):
        return [shape]
    if shape["y0"] == shape["y1"]:
        names, start, end, at = ("x0", "x1"), shape["x0"], shape["x1"], shape["y0"]
        spans = [(box.left, box.right) for box in words if box.top < at < box.bottom]
    else:
        names, start, end, at = ("y0", "y1"), shape["y0"], shape["y1"], shape["x0"]
        spans = [(box.top, box.bottom) for box in words if box.left < at < box.right]
    free = gaps(start, end, spans)
    return [shape] if free == [(start, end)] else [{**shape, **dict(zip(names, span, strict=True))} for span in free]


def gaps(start: float, end: float, taken: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """What is left of `start` to `end` without the stretches taken; crumbs are swept away."""
    if not taken:
        return [(start, end)] if end - start > 3 else []
    free, edge = [], start
    for low, high in sorted(taken):
        free.append((edge, min(low, end)))
        edge = max(edge, high)
    return [(low, high) for low, high in [*free, (edge, end)] if high - low > 3]


def space(size: float) -> float:
    """Between two runs."""
    return size * 0.35


def runs_width(runs: Sequence[Run], size: float) -> float:
    """How wide runs stand on one line."""
    widths = [lettering.width(run.text, size, run.weight) for run in runs]
    return sum(widths) + space(size) * max(len(widths) - 1, 0)


def _fixed(frame: Frame, script: str, plot: Box, height: float) -> dict[str, Any]:
    return {
        "width": frame.width, "height": height, "autosize": False, "showlegend": False,
        "margin": {**_tidy({"l": plot.left, "r": frame.width - plot.right, "t": plot.top, "b": height - plot.bottom}),
                   "pad": 0, "autoexpand": False},
        "paper_bgcolor": theme.CLEAR, "plot_bgcolor": theme.CLEAR, "barmode": "overlay",
        "bargap": 0.1,  # each bar has a width of its own; at 0 Plotly would move them to whole pixels
        "hovermode": "closest", "dragmode": False, "template": {},
        "font": {"family": theme.SANS[script], "size": frame.label, "color": theme.PALETTE["ink"]},
        "hoverlabel": {"bgcolor": theme.PALETTE["paper"], "bordercolor": theme.PALETTE["ink"], "align": "left",
                       "font": {"family": theme.SANS[script], "size": frame.note, "color": theme.PALETTE["ink"]}},
    }


def _quiet() -> dict[str, Any]:
    """An axis that shows nothing of its own: its labels are texts and its grid rules, like any other."""
    return {
        "autorange": False, "fixedrange": True, "automargin": False, "tickmode": "array", "tickvals": [],
        "ticktext": [], "showticklabels": False, "ticks": "", "showline": False, "zeroline": False,
        "showgrid": False,
    }


def _on_paper(item: dict[str, Any], plot: Box) -> dict[str, Any]:
    wide, tall = plot.right - plot.left, plot.bottom - plot.top
    found = {**item, "xref": "paper", "yref": "paper"}
    for across, upward in (("x", "y"),) if "x" in item else (("x0", "y0"), ("x1", "y1")):
        found[across] = _rounded((item[across] - plot.left) / wide)
        found[upward] = _rounded(1 - (item[upward] - plot.top) / tall)
    return found


def _lettered(text: dict[str, Any]) -> dict[str, Any]:
    return {**text, "text": html.escape(text["text"], quote=False).replace("\n", "<br>"),
            "yanchor": "middle", "showarrow": False, "borderpad": 0, "borderwidth": 0}


def _tidy(item: Any) -> Any:
    """Plain numbers, rounded."""
    if isinstance(item, dict):
        return {key: value if isinstance(value, str) else _tidy(value) for key, value in item.items()}
    if isinstance(item, (list, tuple)):
        return [value if isinstance(value, str) else _tidy(value) for value in item]
    if isinstance(item, (Decimal, float)):
        return _rounded(item)
    return item


@lru_cache(maxsize=10_000)  # rows and grid have places in common, and so have languages
def _rounded(number: Decimal | float) -> float:
    return float(f"{float(number):.{DIGITS}g}") + 0.0

