"""The benchmark's words: readings as lines of a table for people, and as JSON for machines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from tests.bench.budgets import Budget
from tests.bench.reading import Reading

_ROW = "{:<36}{:>14}{:>14}{:>9}  {:<17}{}"


def head() -> str:
    """Above the table."""
    return _ROW.format("", "naive", "Tally", "ratio", "budget", "").rstrip()


def line(reading: Reading) -> str:
    """One row of the table."""
    ratio = f"{reading.ratio:.2f}" if reading.ratio is not None else ""
    most = limit(reading.budget, reading.unit) if reading.budget else ""
    return _ROW.format("  " + reading.measure, amount(reading.naive, reading.unit), amount(reading.ours, reading.unit),
                       ratio, most, "  ".join(filter(None, [outcome(reading), reading.why]))).rstrip()


def amount(number: float | None, unit: str) -> str:
    """A number with its unit, as exact as it is worth."""
    if number is None:
        return "–"
    digits = {"s": 2, "KB": 1}.get(unit, 0) if unit or number == int(number) else 4
    return f"{number:,.{digits}f} {unit}".rstrip()


def limit(budget: Budget, unit: str) -> str:
    """The most that is allowed."""
    return f"≤ {budget.most:.2f} × naive" if budget.of_naive else f"≤ {budget.most:g} {unit}".rstrip()


def outcome(reading: Reading) -> str:
    """What became of a budget or goal."""
    if reading.holds is None or reading.budget is None:
        return ""
    kept, broken = ("ok", "OVER") if reading.budget.binds else ("goal, met", "goal, not met")
    return kept if reading.holds else broken


def failures(readings: Iterable[Reading]) -> list[str]:
    """Each budget that is broken, in a sentence."""
    return [f"{one.subject}: {one.measure} is {one.why or amount(one.ours, one.unit)}, "
            f"and the budget is {limit(one.budget, one.unit)}" for one in readings if one.broken and one.budget]


def as_json(readings: Iterable[Reading]) -> list[dict[str, Any]]:
    """Everything that the table says."""
    return [{**asdict(one), "ratio": one.ratio, "holds": one.holds} for one in readings]
