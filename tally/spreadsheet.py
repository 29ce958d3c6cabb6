"""A spreadsheet: a colleague's CSV, TSV or XLSX as rows of texts, each with its row and column.

Read are UTF-8 with or without a byte-order mark, UTF-16 with one, and any encoding that is named; none is
guessed, because Big5 and GB 18030 cannot be told apart. Numbers of a workbook become the digits that it
shows. What the rows mean is `intake`'s.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from tally.problem import Faulty, Problem

DELIMITERS = ",;\t"


@dataclass(frozen=True)
class Entry:
    """One cell; `exact` unless a workbook keeps the number without saying how many decimals it has."""

    text: str
    row: int
    column: int
    exact: bool = True


@dataclass(frozen=True)
class Sheet:
    """A sheet: the entries of its heading row, and of every row below that holds something."""

    path: str
    heads: list[Entry]
    rows: list[list[Entry]]

    def problem(self, entry: Entry, message: str) -> Problem:
        """A problem at a cell, under the name that spreadsheets give it."""
        return Problem(self.path, entry.row, entry.column, f"{letters(entry.column)}{entry.row}", message)


def letters(column: int) -> str:
    """A column's name: A, B, … Z, AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def read(path: str, raw: bytes, encoding: str | None = None) -> Sheet:
    """The first sheet of a file; raises `Faulty` where it cannot be read."""
    kind = PurePath(path).suffix.lower()
    if kind not in (".csv", ".tsv", ".txt", ".xlsx"):
        raise _unread(path, "no sheet of this kind is read here; save it as .csv, .tsv or .xlsx")
    lines = list(_workbook(path, raw) if kind == ".xlsx" else _texts(path, decoded(path, raw, encoding)))
    filled = [line for line in lines if any(entry.text for entry in line)]
    if len(filled) < 2:
        raise _unread(path, "the sheet holds no rows below its headings")
    return Sheet(path, filled[0], filled[1:])


def _unread(path: str, message: str, line: int = 1) -> Faulty:
    return Faulty([Problem(path, line, 1, "", message)])


# ---- texts


def decoded(path: str, raw: bytes, encoding: str | None) -> str:
    """A file as text; raises `Faulty` where it is not in the encoding that it is said to have."""
    named = encoding or ("utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    try:
        return raw.decode(named)
    except LookupError:
        raise _unread(path, f"no encoding is called {named}; write big5hkscs, gb18030 or the like") from None
    except UnicodeDecodeError as error:
        way = "name its encoding, as in --encoding big5hkscs or --encoding gb18030, or save it as UTF-8"
        said = f"byte 0x{raw[error.start]:02x} is not {named.removesuffix('-sig').upper()}; {way}"
        raise _unread(path, said, raw.count(b"\n", 0, error.start) + 1) from None


def _texts(path: str, text: str) -> Iterator[list[Entry]]:
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=first.count), strict=True)
    try:
        for row, line in enumerate(reader, start=1):
            yield [Entry(value.strip(), row, column) for column, value in enumerate(line, start=1)]
    except csv.Error as error:
        said = f"the row cannot be read: {error}; look for a quotation mark that is not closed"
        raise _unread(path, said, reader.line_num) from None


# ---- workbooks


def _workbook(path: str, raw: bytes) -> Iterator[list[Entry]]:
    import openpyxl  # here, because no other command needs it and it takes a while to load

    try:
        typed, worked = (openpyxl.load_workbook(io.BytesIO(raw), data_only=results).worksheets[0]
                         for results in (False, True))
        lines = list(zip(typed.iter_rows(), worked.iter_rows(), strict=True))
    except Exception as error:  # a file from elsewhere may be broken in any way
        raise _unread(path, f"the workbook cannot be read ({type(error).__name__}); save it again as .xlsx") from None
    for own, results in lines:
        yield [_entry(path, cell, result) for cell, result in zip(own, results, strict=True)]


def _entry(path: str, cell: Any, result: Any) -> Entry:
    if cell.data_type == "f" and result.value is None:
        said = "the formula here has no result yet; open the workbook, save it, and try again"
        raise Faulty([Problem(path, cell.row, cell.column, cell.coordinate, said)])
    text, exact = _shown(result.value, str(cell.number_format))
    return Entry(text.strip(), cell.row, cell.column, exact)


def _shown(value: Any, style: str) -> tuple[str, bool]:
    """What the workbook shows, and whether it says how many decimals there are."""
    if value is None:
        return "", True
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _number(value, style)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(), True
    return value.isoformat() if isinstance(value, datetime.date) else str(value), True


def _number(value: float, style: str) -> tuple[str, bool]:
    plain = f"{Decimal(f'{value:.15g}'):f}"  # a spreadsheet keeps no more digits
    if "%" in style:
        return f"{(Decimal(plain) * 100).normalize():f}%", True
    decimals = re.search(r"0(?:\.(0+))?", style)
    if not decimals:
        return plain, False
    shown = f"{Decimal(plain):.{len(decimals[1] or '')}f}"
    return (shown, True) if Decimal(shown) == Decimal(plain) else (plain, False)
