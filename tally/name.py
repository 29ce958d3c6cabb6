"""A name: what a cell is called, `table.row.column` or `set.figure`.

Which names the data declares, and what a pattern or the words `row` and `column` in a column's formula
stand for. Values belong in `book`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping

from tally.model import Column, FigureSet, Table

ENDS = ("from", "to")


def of(table: str, row: str, column: str) -> str:
    """The name of a table's cell: the same string whenever it is made, for it is kept wherever the cell is shown."""
    return sys.intern(f"{table}.{row}.{column}")


def declared(tables: Mapping[str, Table], sets: Mapping[str, FigureSet]) -> Iterator[str]:
    """Every name, tables first, in the order of the files."""
    for table, content in tables.items():
        for row, column in cells(content):
            yield of(table, row, column)
    for group, figures in sets.items():
        for figure in figures.figures:
            yield f"{group}.{figure}"


def cells(table: Table) -> Iterator[tuple[str, str]]:
    """Row and column of every cell of a table, printed or derived."""
    for key, row in table.rows.items():
        for column, head in table.columns.items():
            if column in row.cells or derives(head, key):
                yield key, column


def derives(column: Column, row: str) -> bool:
    """Whether the column's formula makes a cell in this row."""
    return column.formula is not None and (column.derivable is None or row in column.derivable)


def expand(name: str, context: tuple[str, str] | None) -> str:
    """`row.2022` and `column.2022` in a column's formula in full; `context` is its table and row."""
    head, _, rest = name.partition(".")
    if context and head == "row":
        return f"{context[0]}.{context[1]}.{rest}"
    if context and head == "column":
        return f"{context[0]}.*.{rest}"
    return name


def matching(pattern: str, names: Iterable[str]) -> list[str]:
    """The names that a pattern with `*` for one part stands for."""
    parts = ("[^.]*" if part == "*" else re.escape(part) for part in pattern.split("."))
    fits = re.compile(r"\.".join(parts)).fullmatch
    return [name for name in names if fits(name)]


def stem(name: str, names: Iterable[str]) -> str:
    """The cell that `name` reads: without `.from` or `.to` where that asks for an end of a range."""
    head, _, last = name.rpartition(".")
    return head if name not in names and last in ENDS and head in names else name
