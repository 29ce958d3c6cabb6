"""Scales: from values to pixels, and where the ticks stand. Ticks are exact, in Decimal."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any, Literal

_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_LOG_SETS = ((1,), (1, 3), (1, 2, 5), (1, 2, 3, 5), (1, 2, 3, 4, 5, 6, 7, 8, 9))


@dataclass(frozen=True)
class Scale:
    """Values from `low` to `high`, laid from pixel `start` to pixel `end`."""

    kind: Literal["linear", "log"]
    low: Decimal
    high: Decimal
    start: float
    end: float

    def part(self, value: Decimal) -> float:
        """How far along the axis, 0 to 1."""
        return part(self.kind, self.low, self.high, value)

    def at(self, value: Decimal) -> float:
        """The value's pixel."""
        return self.start + (self.end - self.start) * self.part(value)

    def axis(self, ticks: Sequence[Decimal], texts: Sequence[str]) -> dict[str, Any]:
        """The axis for Plotly, which wants the exponents of a log range."""
        ends = [math.log10(end) if self.kind == "log" else end for end in (self.low, self.high)]
        return {"type": self.kind, "range": ends, "tickvals": list(ticks), "ticktext": list(texts)}


def part(kind: str, low: Decimal, high: Decimal, value: Decimal) -> float:
    """How far `value` lies from `low` to `high`, 0 to 1."""
    if kind == "log":
        return math.log(value / low) / math.log(high / low)
    return float((value - low) / (high - low))


def linear_ticks(low: Decimal, high: Decimal, count: int) -> list[Decimal]:
    """At most `count` round values within the ends, evenly spaced; at least one."""
    if high <= low:
        return [low]
    exponent = ((high - low) / max(count - 1, 1)).adjusted()
    for power in (exponent - 1, exponent, exponent + 1, exponent + 2):
        for step in _STEPS:
            ticks = _multiples(step.scaleb(power), low, high, count)
            if ticks:
                return ticks
    raise AssertionError("no step is long enough")  # pragma: no cover - ten times the span always is


def _multiples(step: Decimal, low: Decimal, high: Decimal, most: int) -> list[Decimal]:
    first = (low / step).to_integral_value(ROUND_CEILING)
    last = (high / step).to_integral_value(ROUND_FLOOR)
    if not 1 <= last - first + 1 <= most:
        return []
    return [(first + number) * step for number in range(int(last - first) + 1)]


def log_ticks(low: Decimal, high: Decimal, count: int) -> list[Decimal]:
    """At most `count` of 1, 2, 3, 5, 10 …: as many as fit, evenly chosen; fewer powers over many decades."""
    choices = [_decades(low, high, digits) for digits in _LOG_SETS]
    if len(choices[0]) > count:
        return choices[0][:: math.ceil(len(choices[0]) / count)]
    best = max((ticks for ticks in choices if len(ticks) <= count), key=len)
    return best if len(best) > 1 else linear_ticks(low, high, count)


def _decades(low: Decimal, high: Decimal, digits: Iterable[int]) -> list[Decimal]:
    powers = range(low.adjusted(), high.adjusted() + 1)
    marks = sorted(Decimal(digit).scaleb(power) for power in powers for digit in digits)
    return [mark for mark in marks if low <= mark <= high]


def tick_text(value: Decimal, pattern: str) -> str:
    """`1,000` in its pattern; the thousands' comma is the same in both languages."""
    number = f"{value:,f}"
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    return pattern.replace("{}", number.replace("-", "−"), 1)
