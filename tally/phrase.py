"""A phrase: whether an asserted phrase says no number that its condition does not, and whether that can fail.

`[[ more than 30% | x > 30% ]]` is true while x is above 30%; typed as `[[ more than 40% | x > 30% ]]` it would
still pass every audit. So each number in the words must stand in the condition: as a literal or what two of
them make, as a cell's value, as the number of cells that a function takes, or in the formula of a cell. A part
or a multiple may be said of the growth (逾一倍: > 2), a part of the rest (相差不到 1%: > 99%), and a rounded number
may lie between two literals close by. Whether the condition holds is `audit`'s.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from tally import formula, name, stray
from tally.book import Book, magnitude
from tally.model import Watchwords
from tally.numeral import Numeral
from tally.prose import Prose
from tally.quantity import ends
from tally.wording import Assertion

_LITERAL = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)\s*(?:\[([^\]]+)\]|(%))?")
_NEAR = Decimal("1e-9")
_CLOSE = Decimal("0.1")
"""How far apart, for their size, two literals may be to bear out a rounded number between them."""


def faults(assertion: Assertion, voice: Prose, watchwords: Watchwords | None) -> Iterator[str]:
    """What is wrong between a phrase and its condition; for conditions that can be read."""
    if why := hollow(assertion.condition):
        yield f"the condition {assertion.condition} {why}; compare a figure with something else"
        return
    words = "".join(part if isinstance(part, str) else " " * 4 for part in assertion.phrase)
    for one in stray.numerals(words, voice, watchwords):
        if not borne_out(one, words, assertion.condition, voice.book, watchwords):
            yield (f"“{voice.phrase(assertion)}” is not true to its condition {assertion.condition}, which does not say "
                   f"“{one.text}”; write the number there too, or cite the figure")


@lru_cache(maxsize=10_000)  # each language asserts the same conditions
def hollow(condition: str) -> str | None:
    """Why a condition says nothing of any figure, or None."""
    tree = _tree(condition)
    for node in ast.walk(tree):
        sides = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
        if len(sides) > 1 and not any(_cells(side) for side in sides):
            return "compares no figure"
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Sub, ast.Div)) and _cells(node):
            sides = [node.left, node.right]
        if len({ast.dump(side) for side in sides}) < len(sides):
            return "compares a figure with itself"
    return None if _cells(tree) else "names no figure"


def borne_out(one: Numeral, words: str, condition: str, book: Book, watchwords: Watchwords | None) -> bool:
    """Whether a number of the words stands in the condition."""
    if one.value is None:
        return False
    value, literals, shares = one.value, _literals(condition, book), _shares(condition)
    if _among(value, numbers(condition, book)):
        return True
    for low, high in pairwise(sorted(literals)):
        if low < value < high and high - low <= _CLOSE * value:
            return True
    if value < 1:
        return _among(1 + value, literals) or _among(1 - value, shares)
    before = words[max(0, one.offset - 6):one.offset]
    if words[one.offset + len(one.text):].startswith("倍") and re.search("[增升多高加]", before):
        return _among(value + 1, numbers(condition, book))
    return _multiple(one.text, watchwords) and _among(value - 1, shares)


def _among(value: Decimal, numbers: Iterable[Decimal]) -> bool:
    margin = _NEAR * max(abs(value), Decimal(1))
    return any(abs(value - number) <= margin for number in numbers)


def _multiple(text: str, watchwords: Watchwords | None) -> bool:
    """Whether a number word is the site's own (twice, double) or a -fold, which may be said of the growth too."""
    return text.lower() in stray.worths(watchwords or Watchwords()) or text.lower().endswith("fold")


def numbers(condition: str, book: Book) -> set[Decimal]:
    """Every number that a condition says: its literals and factors, sizes of lists, its cells' values and their formulas."""
    cells = [book.cells[own] for word in formula.read(condition).names if (own := name.stem(word, book.cells)) in book.cells]
    found = {number for text in (condition, *(cell.formula for cell in cells if cell.formula)) for number in _said(text, book)}
    for cell in cells:
        if cell.number is not None and cell.shown is not None:
            factor, _ = magnitude(book.units.get(cell.unit or ""))
            shown = [*ends(cell.number), *ends(cell.shown)]
            found |= {*shown, *(number * factor for number in shown)}
    return found


def _said(text: str, book: Book) -> Iterator[Decimal]:
    yield from _literals(text, book)
    tree = _tree(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and len(node.args) > 1 and node.func.id in ("min", "max", "sum") and all(map(_cells, node.args)):  # type: ignore[attr-defined]
            yield Decimal(len(node.args))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div) and isinstance(node.right, ast.Constant):
            yield (_constant(node.left) or Decimal(1)) / _constant(node.right)  # type: ignore[operator]
        if isinstance(node, ast.Compare):
            yield from _proportions(node)
    for match in re.finditer(r"\brank\([^()]*\)\s*=\s*(\d+)", text):
        yield Decimal(match[1]) - 1  # the tenth in rank has nine above it


def _proportions(node: ast.Compare) -> Iterator[Decimal]:
    """`x * 3 = y * 5` says that x is five thirds of y, and two thirds more; `x * 6 = y` that it is a sixth."""
    one, other = (_factor(side) for side in (node.left, node.comparators[0]))
    if one != other:
        yield from (other / one, one / other, abs(other / one - 1) if one != 1 and other != 1 else other / one)


def _factor(side: ast.AST) -> Decimal:
    sides = [_constant(one) for one in (side.left, side.right)] if isinstance(side, ast.BinOp) and isinstance(side.op, ast.Mult) else []
    return next(filter(None, sides), Decimal(1))


def _constant(node: ast.AST) -> Decimal | None:
    return Decimal(str(node.value)) if isinstance(node, ast.Constant) and node.value else None


def _literals(text: str, book: Book) -> set[Decimal]:
    """The numbers of a formula, as typed and in base units."""
    found = set()
    for number, unit, percent in _LITERAL.findall(formula.NAME.sub(" ", text)):
        factor, _ = magnitude(book.units.get(unit))
        found |= {Decimal(number) / 100} if percent else {Decimal(number), Decimal(number) * factor}
    return found


def _shares(text: str) -> set[Decimal]:
    """The literals in per cent."""
    return {Decimal(number) / 100 for number, _, percent in _LITERAL.findall(formula.NAME.sub(" ", text)) if percent}


@lru_cache(maxsize=10_000)
def _tree(text: str) -> ast.AST:
    """A formula's shape: names of cells as names, units and percent signs left out."""
    keys: dict[str, str] = {}
    code = formula.NAME.sub(lambda match: keys.setdefault(match[0], f"cell_{len(keys)}"), re.sub(r"\[[^\]]*\]|%", "", text.strip()))
    with suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.parse(re.sub(r"(?<![<>=!])=(?!=)", "==", code), mode="eval")
    return ast.Module([], [])


def _cells(tree: ast.AST) -> bool:
    return any(isinstance(node, ast.Name) and node.id.startswith("cell_") for node in ast.walk(tree))
