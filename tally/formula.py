"""A formula: a calculation or a condition on cells, written by an editor and evaluated exactly.

The language is arithmetic, comparison, `and`, `or`, `not` and the functions below, over names of cells
(`targets.hk-firms.2025`, an end of a range with `.from` or `.to`, a column with `vacancy.*.2023-q3`) and
literals (`3`, `30%`, `3000[人]`). A minus between names wants spaces, because ids have hyphens. simpleeval
walks the expression and lets nothing else through; all numbers are `Amount`s, so unlike things do not mix.
Which cell a name means is `book`'s to say.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from functools import lru_cache
from typing import Any

import simpleeval

from tally.quantity import PLAIN, YEARS, Amount, Dimension, Mismatch

NAME = re.compile(r"(?<![\w.])(?<!\w-)[a-z][a-z0-9]*(?:-[a-z0-9]+)*(?:\.(?:[a-z0-9]+(?:-[a-z0-9]+)*|\*))+")
_LITERAL = re.compile(r"(?<![\w.\]])(?<!\w-)(\d+(?:\.\d+)?)\s*(?:\[([^\]]+)\]|(%))")
_DIGITS = 28

Result = Amount | bool | list[Amount]


class Unsound(ValueError):
    """A formula that cannot be evaluated; the message says why in an editor's words."""


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula taken apart: its text and the names and units that it mentions, in order."""

    text: str
    names: tuple[str, ...]
    units: tuple[str, ...]


@lru_cache(maxsize=10_000)
def read(text: str) -> Formula:
    """Take `text` apart; raises `Unsound` where it is no expression of the language."""
    code = _code(text)
    for node in ast.walk(code.tree):
        if isinstance(node, ast.Name) and node.id not in {*code.names, *code.literals, *FUNCTIONS}:
            raise Unsound(f"“{node.id}” is neither a cell's name nor a function; functions: {', '.join(sorted(FUNCTIONS))}")
    return Formula(text, tuple(code.names.values()), tuple(unit for _, unit in code.literals.values() if unit))


def _quoted(text: str) -> str:
    return f"“{text if len(text) <= 80 else text[:79] + '…'}”"


@lru_cache(maxsize=10_000)  # a condition is read by the checks, evaluated in each language and shown on many pages
def _code(text: str) -> _Code:
    try:
        return _Code(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise Unsound(f"{_quoted(text)} is no formula: {getattr(error, 'msg', error)}") from None


class _Code:
    """A formula as Python, parsed: each cell's name and each literal with a unit stands behind a plain name."""

    def __init__(self, text: str):
        self.names: dict[str, str] = {}
        self.literals: dict[str, tuple[Decimal, str | None]] = {}
        self._keys: dict[str, str] = {}
        code = NAME.sub(self._name, _LITERAL.sub(self._literal, text.strip()))
        self.python = re.sub(r"(?<![<>=!])=(?!=)", "==", code)
        self.tree = ast.parse(self.python, mode="eval")

    def _literal(self, match: re.Match[str]) -> str:
        number, unit, percent = match.groups()
        key = f"_u{len(self.literals)}"
        self.literals[key] = (Decimal(number) / 100 if percent else Decimal(number), unit)
        return key

    def _name(self, match: re.Match[str]) -> str:
        key = self._keys.setdefault(match.group(), f"_n{len(self._keys)}")
        self.names[key] = match.group()
        return key


def evaluate(text: str, cell: Callable[[str], Amount | list[Amount]],
             unit: Callable[[str], tuple[Decimal, Dimension]]) -> Result:
    """The value of a formula: an `Amount`, or a truth for a condition.

    `cell` gives the amount (or, for a name with `*`, the amounts) that a name stands for; `unit` gives the
    factor and dimension of a unit. Raises `Unsound` for anything that cannot be worked out.
    """
    code = _code(text)
    names: dict[str, Any] = {key: Amount.of(number, *unit(symbol)) if symbol else Amount.of(number)
                             for key, (number, symbol) in code.literals.items()}
    names |= {key: cell(name) for key, name in code.names.items()}
    with localcontext() as context:
        context.prec = _DIGITS
        try:
            return _Evaluator(names).eval(code.python, code.tree.body)  # type: ignore[no-any-return]
        except Mismatch as error:
            raise Unsound(f"{_quoted(text)}: {error}") from None
        except ZeroDivisionError:
            raise Unsound(f"{_quoted(text)} divides by zero") from None
        except RecursionError:
            raise Unsound(f"{_quoted(text)} is nested too deeply; take it apart") from None
        except (ArithmeticError, TypeError, AttributeError, ValueError, MemoryError, simpleeval.InvalidExpression, SyntaxError) as error:
            raise Unsound(f"{_quoted(text)} cannot be worked out: {error}") from None


class _Evaluator(simpleeval.SimpleEval):  # type: ignore[misc]
    """simpleeval over amounts: exact constants, and only the operators that make sense for figures."""

    nodes: dict[type[ast.AST], Callable[..., Any]]

    def __init__(self, names: Mapping[str, Any]):
        super().__init__(operators=_OPERATORS, functions=FUNCTIONS, names=dict(names))
        self.nodes = {kind: handler for kind, handler in self.nodes.items() if kind in _NODES}
        self.nodes[ast.Constant] = self._constant

    def _constant(self, node: ast.Constant) -> Any:
        # The digits as typed, for node.value is a float already.
        typed = ast.get_source_segment(self.expr, node) or ""
        if not re.fullmatch(r"[0-9]+(\.[0-9]+)?", typed):
            raise simpleeval.InvalidExpression(f"{typed} is no number; write digits and a point only")
        return Amount.of(Decimal(typed))


_NODES = {ast.Expr, ast.Expression, ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.Call, ast.Name, ast.Constant}


def _surely(test: Callable[[Any, Any], bool], opposite: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """A comparison that is refused, not false, where a range reaches to both sides: `not` would make that true."""
    def compare(one: Any, other: Any) -> bool:
        if not (isinstance(one, Amount) and isinstance(other, Amount)):
            raise simpleeval.InvalidExpression("only figures can be compared, one with one")
        if test(one, other) or opposite(one, other):
            return test(one, other)
        raise simpleeval.InvalidExpression("a range reaches to both sides of what it is compared with; use .from or .to")
    return compare


def _apart(one: Amount, other: Amount) -> bool:
    return one < other or one > other


_OPERATORS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
              ast.USub: operator.neg, ast.Not: operator.not_,
              ast.Eq: _surely(operator.eq, _apart), ast.NotEq: _surely(_apart, operator.eq),
              ast.Gt: _surely(operator.gt, operator.le), ast.Lt: _surely(operator.lt, operator.ge),
              ast.GtE: _surely(operator.ge, operator.lt), ast.LtE: _surely(operator.le, operator.gt)}


def _exactly(number: Amount) -> Decimal:
    if number.low != number.high or number.dimension != PLAIN:
        raise simpleeval.InvalidExpression("a plain number is needed here")
    return number.low


def change(before: Amount, after: Amount) -> Amount:
    """`after - before`, in their unit."""
    return after - before


def growth(before: Amount, after: Amount) -> Amount:
    """`after / before - 1`, a ratio."""
    return after / before - Amount.of(Decimal(1))


def cagr(before: Amount, after: Amount, years: Amount) -> Amount:
    """The compound yearly growth that leads from `before` to `after`, a ratio; `years` is a number or a time."""
    times, exponent = after / before, Decimal(1) / _exactly(replace(years, dimension=PLAIN) if years.dimension == YEARS else years)
    if times.dimension != PLAIN:
        raise Mismatch("unlike things cannot be compared")
    return Amount(times.low ** exponent - 1, times.high ** exponent - 1)


def ratio(part: Amount, whole: Amount) -> Amount:
    """`part / whole`; shares and ratios are the same arithmetic."""
    return part / whole


def gap(one: Amount, other: Amount) -> Amount:
    """`one - other` of two ratios; shown in percentage points."""
    if one.dimension != PLAIN:
        raise Mismatch("a gap in percentage points is between two ratios")
    return one - other


def rank(one: Amount, of: Sequence[Amount]) -> Amount:
    """1 for the largest: one more than the number of amounts that are surely greater."""
    return Amount.of(Decimal(1 + sum(other > one for other in of)))


def _largest(*numbers: Any) -> Amount:
    return _extreme(numbers, max)


def _smallest(*numbers: Any) -> Amount:
    return _extreme(numbers, min)


def _extreme(numbers: Sequence[Any], choose: Callable[..., Decimal]) -> Amount:
    amounts = _flat(numbers)
    for one in amounts:
        amounts[0]._like(one, "compared")
    return Amount(choose(one.low for one in amounts), choose(one.high for one in amounts), amounts[0].dimension)


def _sum(*numbers: Any) -> Amount:
    amounts = _flat(numbers)
    total = amounts[0]
    for one in amounts[1:]:
        total = total + one
    return total


def _flat(numbers: Sequence[Any]) -> list[Amount]:
    amounts = [one for item in numbers for one in (item if isinstance(item, list) else [item])]
    if not amounts:
        raise simpleeval.InvalidExpression("there is nothing to compare")
    return amounts


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "change": change, "growth": growth, "cagr": cagr, "share": ratio, "ratio": ratio, "gap": gap, "rank": rank,
    "max": _largest, "min": _smallest, "sum": _sum, "abs": abs,
    "count": lambda items: Amount.of(Decimal(len(items))),
}
"""What formulas may call."""
