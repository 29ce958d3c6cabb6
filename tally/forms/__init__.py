"""Forms: what a table looks like, one small pure function for each form.

`draw(table, frame)` is all that the rest of the site needs. A figure uses a small part of Plotly, so that it
can be drawn without it: horizontal bars with explicit base and width, dots and lines, straight lines and
rectangles, texts without arrows; two explicit axes, whose only trace on the page is a faint grid. `svg` knows that part, attribute by attribute.
"""

from __future__ import annotations

from collections.abc import Callable

from tally.chart import ChartTable
from tally.forms.bars import bars, change, pairs
from tally.forms.dots import dots
from tally.forms.frame import CARD, FRAMES, NARROW, WIDE, Frame, NoRoom
from tally.forms.share import share
from tally.forms.sheet import Figure
from tally.forms.slope import slope
from tally.forms.timeline import timeline

__all__ = ["CARD", "FORMS", "FRAMES", "LOGARITHMIC", "NARROW", "WIDE", "Figure", "Frame", "draw"]

FORMS: dict[str, Callable[[ChartTable, Frame], Figure]] = {
    "bars": bars, "change": change, "pairs": pairs, "dots": dots, "slope": slope, "share": share,
    "timeline": timeline,
}
LOGARITHMIC = frozenset({"dots", "slope"})
"""The forms that may have a log scale; the others' lengths start at zero."""


def draw(table: ChartTable, frame: Frame) -> Figure:
    """The table as a picture on this frame."""
    if table.scale == "log" and table.form not in LOGARITHMIC:
        raise ValueError(f"{table.form} starts at zero, which no log scale has")
    while True:  # each remedy is asked for once at most
        try:
            return FORMS[table.form](table, frame)
        except NoRoom as trouble:
            frame = trouble.remedied(frame)
