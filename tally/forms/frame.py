"""Frames: the sheets that a chart is drawn for, and the sizes of type on each.

Narrow is not wide made small: names stand above their marks, ticks are fewer, and remarks are numbered and
listed below. No type is under 13 pixels, so that none is under 12 on the smallest telephone, where the narrow
sheet is scaled to 0.93 of its size.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Frame:
    """A sheet of this width in pixels; its height follows from what is drawn."""

    name: str
    width: int
    label: int
    """type for the names of rows"""
    value: int
    """type for direct labels"""
    note: int
    """type for remarks, reference lines and bands"""
    tick: int
    """type for the axis"""
    ticks: int
    """about how many ticks"""
    names_above: bool
    """names stand above their marks, not left of them"""
    numbered: bool
    """remarks are numbered and listed below, not led to"""
    apart: bool = False
    """columns are named on lines of their own, where labels would leave the marks too little room"""
    short: bool = False
    """labels go without their units, for the same reason"""
    names: float = 0.36
    """the most of the width that names take beside their marks"""
    between: int = 9
    """what stands between the rows of a list"""


class NoRoom(Exception):
    """The drawing does not fit; `remedy` says with which properties of the frame to try again."""

    def __init__(self, **remedy: Any):
        self.remedy = remedy
        super().__init__(f"try {remedy}")

    def remedied(self, frame: Frame) -> Frame:
        """The frame to try again with."""
        return replace(frame, **self.remedy)


WIDE = Frame("wide", 720, label=15, value=14, note=13, tick=13, ticks=5, names_above=False, numbered=False)
NARROW = Frame("narrow", 328, label=14, value=14, note=13, tick=13, ticks=4, names_above=True, numbered=True)
FRAMES = (WIDE, NARROW)
CARD = Frame("card", 560, label=16, value=16, note=14, tick=14, ticks=4, names_above=False, numbered=False, names=0.5, between=3)
"""The sheet of a long list for a card, which has no room in height and is mostly seen small."""
