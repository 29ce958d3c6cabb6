"""Marking: which ink a cell is drawn in, and what is written at its mark."""

from __future__ import annotations

from collections.abc import Iterator

from tally import theme
from tally.chart import ChartTable, Column, Row
from tally.forms.frame import Frame
from tally.forms.sheet import Cell, Run

_ORDER = ("emphasis", "faint", "plain")
"""Inks of columns that are neither what was nor what is promised, where there are several."""


def cells(table: ChartTable) -> Iterator[Cell]:
    """Every cell that has a point, by rows."""
    for row in table.rows:
        yield from row_cells(table, row)


def row_cells(table: ChartTable, row: Row) -> Iterator[Cell]:
    """The row's cells that have a point."""
    for column, point in zip(table.columns, row.points, strict=True):
        if point is not None:
            yield Cell(row, column, point)


def row_ink(table: ChartTable, row: Row, role: str = "plain") -> str:
    """The ink where colour tells rows apart: those that matter stand out, if any does."""
    if row.emphasis:
        return "emphasis" if role == "plain" else role
    return "faint" if any(other.emphasis for other in table.rows) else role


def column_ink(table: ChartTable, column: Column) -> str:
    """The ink where colour tells columns apart."""
    if column.role != "plain":
        return column.role
    plain = [other.id for other in table.columns if other.role == "plain"]
    return _ORDER[plain.index(column.id) % len(_ORDER)]


def ink(table: ChartTable, cell: Cell) -> str:
    """The cell's ink."""
    return column_ink(table, cell.column) if len(table.columns) > 1 else row_ink(table, cell.row, cell.column.role)


def weight(row: Row) -> int:
    """Type for the row's words."""
    return 600 if row.emphasis else 400


def number(table: ChartTable, frame: Frame, cell: Cell) -> str:
    """`①` where the frame numbers its remarks and one is tied to this cell."""
    if frame.numbered:
        for index, callout in enumerate(table.callouts):
            if (callout.row, callout.column) == (cell.row.id, cell.column.id):
                return digit(index)
    return ""


def digit(index: int) -> str:
    """`①` for 0."""
    return chr(ord("①") + index)


def written(frame: Frame, cell: Cell) -> str:
    """The cell's value as the frame has room for it."""
    return cell.point.short if frame.short else cell.point.label


def tag(table: ChartTable, frame: Frame, cell: Cell, named: bool = False, ink: str = "ink") -> list[Run]:
    """What is written at a mark: the column's name if this is the first, the value, a query, a number."""
    runs = [Run(cell.column.label, theme.lettered(ink), 600)] if named and not frame.apart else []
    runs.append(Run(written(frame, cell), theme.lettered(ink), weight(cell.row)))
    if cell.point.doubtful:
        runs.append(Run("?", "query", 700))
    mark = number(table, frame, cell)
    if mark:
        runs.append(Run(mark, "ink", 400))
    return runs
