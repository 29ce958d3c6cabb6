"""A quantity: an exact number or range with its unit, and the periods that figures speak of.

Everything is `Decimal`: a figure keeps the digits that were printed, and arithmetic on figures keeps their
dimension (yuan, people, yuan per square kilometre), so that unlike things cannot be added or compared.
How a quantity is written in a language is `notation`'s business.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache

Dimension = tuple[tuple[str, int], ...]
"""Base units and their powers, sorted: `(("cny", 1), ("km2", -1))`; a plain ratio is `()`."""

PLAIN: Dimension = ()
YEARS: Dimension = (("years", 1),)
"""What dates count in."""


@lru_cache(maxsize=1_000)  # a site has a few units, and asks for their dimensions with every figure
def dimension(base: str) -> Dimension:
    """The dimension that a base unit such as `cny`, `cny/km2` or `ratio` names."""
    powers: dict[str, int] = {}
    over, _, under = base.partition("/")
    for names, power in ((over, 1), (under, -1)):
        for name in filter(None, names.split("*")):
            powers[name] = powers.get(name, 0) + power
    return _tidy({name: power for name, power in powers.items() if name not in ("ratio", "1")})


def _tidy(powers: Mapping[str, int]) -> Dimension:
    return tuple(sorted((name, power) for name, power in powers.items() if power))


def name_dimension(dimension: Dimension) -> str:
    """`cny/km2` for a message."""
    over = "*".join(name for name, power in dimension for _ in range(power)) or "1"
    under = "*".join(name for name, power in dimension for _ in range(-power))
    return "a plain ratio" if not dimension else f"{over}/{under}" if under else over


@dataclass(frozen=True, slots=True)
class Range:
    """A figure printed as a span, `low` below `high`, both in the same unit."""

    low: Decimal
    high: Decimal

    def each(self, change: Callable[[Decimal], Decimal]) -> Range:
        """The range with both ends changed; `change` must be rising."""
        return Range(change(self.low), change(self.high))


Number = Decimal | Range


def ends(number: Number) -> tuple[Decimal, Decimal]:
    """Low and high; the same number twice where it is no range."""
    return (number.low, number.high) if isinstance(number, Range) else (number, number)


def span(low: Decimal, high: Decimal) -> Number:
    """A range, or the number itself where both ends agree."""
    return low if low == high else Range(low, high)


def rounded(number: Decimal, digits: int) -> Decimal:
    """Half up, as newspapers round, to `digits` decimals (negative digits round to tens, hundreds, …)."""
    with localcontext() as context:
        context.prec = max(context.prec, number.adjusted() + digits + 2)
        result = number.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    return result if result else result.copy_abs()


def legible(number: Number, printed: Number) -> Number:
    """A result beside a printed figure: to three significant digits at least and a decimal more than is printed, without
    noughts at the end of its decimals."""
    decimals = max(0, -int(ends(printed)[0].as_tuple().exponent))
    return span(*(_legible(one, decimals + 1 if decimals < 2 else decimals) for one in ends(number)))


def _legible(number: Decimal, decimals: int) -> Decimal:
    result = rounded(number, max(decimals, 2 - number.adjusted())).normalize()
    return result if int(result.as_tuple().exponent) < 0 else rounded(result, 0)


class Mismatch(ValueError):
    """Two amounts of different dimension were added or compared."""


@dataclass(frozen=True, slots=True)
class Amount:
    """An interval in base units: what formulas calculate with. Exact numbers have `low == high`."""

    low: Decimal
    high: Decimal
    dimension: Dimension = PLAIN

    @classmethod
    def of(cls, number: Number, factor: Decimal = Decimal(1), dimension: Dimension = PLAIN) -> Amount:
        """`number` times `factor`, the unit's factor to its base."""
        low, high = ends(number)
        return cls(low * factor, high * factor, dimension)

    def number(self, factor: Decimal = Decimal(1)) -> Number:
        """The number in a unit of this `factor`."""
        return span(self.low / factor, self.high / factor)

    def _like(self, other: Amount, doing: str) -> None:
        if self.dimension != other.dimension:
            raise Mismatch(f"{name_dimension(self.dimension)} and {name_dimension(other.dimension)} cannot be {doing}")

    def _cross(self, other: Amount, work: Callable[[Decimal, Decimal], Decimal], power: int) -> Amount:
        corners = [work(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        powers = dict(self.dimension)
        for name, size in other.dimension:
            powers[name] = powers.get(name, 0) + power * size
        return Amount(min(corners), max(corners), _tidy(powers))

    def __add__(self, other: Amount) -> Amount:
        self._like(other, "added")
        return Amount(self.low + other.low, self.high + other.high, self.dimension)

    def __sub__(self, other: Amount) -> Amount:
        self._like(other, "subtracted")
        return Amount(self.low - other.high, self.high - other.low, self.dimension)

    def __neg__(self) -> Amount:
        return Amount(-self.high, -self.low, self.dimension)

    def __mul__(self, other: Amount) -> Amount:
        return self._cross(other, lambda a, b: a * b, 1)

    def __truediv__(self, other: Amount) -> Amount:
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError("division by zero")
        return self._cross(other, lambda a, b: a / b, -1)

    def __lt__(self, other: Amount) -> bool:
        self._like(other, "compared")
        return self.high < other.low

    def __le__(self, other: Amount) -> bool:
        self._like(other, "compared")
        return self.high <= other.low

    def __gt__(self, other: Amount) -> bool:
        self._like(other, "compared")
        return self.low > other.high

    def __ge__(self, other: Amount) -> bool:
        self._like(other, "compared")
        return self.low >= other.high

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Amount):
            return NotImplemented
        self._like(other, "compared")
        return (self.low, self.high) == (other.low, other.high)

    def __abs__(self) -> Amount:
        if self.low >= 0:
            return self
        return -self if self.high <= 0 else Amount(Decimal(0), max(-self.low, self.high), self.dimension)

    def __bool__(self) -> bool:
        raise TypeError("a figure is neither true nor false; compare it with something")

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """A year, half, quarter, month or day: `2022`, `2021-H1`, `2023-Q3`, `2010-08`, `2021-09-06`."""

    start: date
    end: date
    text: str

    @property
    def grain(self) -> str:
        """year, half, quarter, month or day."""
        rest = self.text[5:]
        if not rest:
            return "year"
        return {"H": "half", "Q": "quarter"}.get(rest[0], "day" if len(rest) > 2 else "month")

    @classmethod
    def parse(cls, text: str) -> Period:
        """Raises `ValueError` for anything but the five forms above."""
        match = re.fullmatch(r"(\d{4})(?:-(?:H([12])|Q([1-4])|(\d\d)(?:-(\d\d))?))?", text, re.ASCII)
        if not match:
            raise ValueError("expected a year 2022, half 2021-H1, quarter 2023-Q3, month 2010-08 or day 2021-09-06")
        year, half, quarter, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        if day is not None:
            start = end = date(year, month or 0, day)
        else:
            length = 6 if half else 3 if quarter else 1 if month is not None else 12
            first = month if month is not None else (half or quarter or 1) * length - length + 1
            start, last = date(year, first, 1), first + length - 1
            end = date(year, last, calendar.monthrange(year, last)[1])
        return cls(start, end, text)
