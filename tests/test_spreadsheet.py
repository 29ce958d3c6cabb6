"""Spreadsheets: what a colleague's program writes is read as its author sees it, or refused with the place."""

from __future__ import annotations

import datetime
import io

import openpyxl
import pytest

from tally import spreadsheet
from tally.problem import Faulty


def texts(sheet):
    return [[entry.text for entry in row] for row in (sheet.heads, *sheet.rows)]


def why(path, raw, encoding=None):
    with pytest.raises(Faulty) as caught:
        spreadsheet.read(path, raw, encoding)
    return str(caught.value)


def workbook(*rows, formats=None):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for place, style in (formats or {}).items():
        book.active[place].number_format = style
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


ROWS = [["id", "名稱"], ["a", "前海"]]


@pytest.mark.parametrize(("path", "raw"), [
    ("a.csv", "id,名稱\na,前海\n".encode()),
    ("a.csv", "\ufeffid,名稱\r\na,前海\r\n".encode()),
    ("a.csv", 'id;"名稱"\n"a"; 前海 '.encode()),
    ("a.tsv", "id\t名稱\na\t前海\n".encode()),
    ("a.txt", "id\t名稱\na\t前海\n".encode("utf-16")),
    ("a.CSV", "\n,\nid,名稱\n\na,前海\n".encode()),
    ("a.xlsx", workbook(*ROWS)),
])
def test_a_sheet_is_read_whatever_program_wrote_it(path, raw):
    assert texts(spreadsheet.read(path, raw)) == ROWS


@pytest.mark.parametrize("encoding", ["big5hkscs", "gb18030"])
def test_another_encoding_is_read_where_it_is_named_and_never_guessed(encoding):
    raw = "id,名稱\na,前海\n".encode(encoding)
    assert texts(spreadsheet.read("a.csv", raw, encoding)) == ROWS
    assert "is not UTF-8; name its encoding, as in --encoding big5hkscs" in why("a.csv", raw)


@pytest.mark.parametrize(("value", "style", "text", "exact"), [
    (8274, "General", "8274", False), (58.6, "General", "58.6", False), (58.6, "0.00", "58.60", True), (16297.6, "#,##0.00", "16297.60", True),
    (0.1 + 0.2, "0.00", "0.30", True), (58.64321, "0.0", "58.64321", False), (1e-7, "General", "0.0000001", False),
    (0.232, "0.0%", "23.2%", True), (datetime.date(2021, 9, 6), "yyyy-mm-dd", "2021-09-06", True), ("1,000", "General", "1,000", True)])
def test_a_number_is_what_the_workbook_shows(value, style, text, exact):
    [[_, entry]] = spreadsheet.read("a.xlsx", workbook(["id", "x"], ["a", value], formats={"B2": style})).rows
    assert (entry.text, entry.exact, entry.row, entry.column) == (text, exact, 2, 2)


@pytest.mark.parametrize(("path", "raw", "said"), [
    ("a.ods", b"", "a.ods:1:1: no sheet of this kind is read here; save it as .csv, .tsv or .xlsx"),
    ("a.csv", b"", "the sheet holds no rows below its headings"),
    ("a.csv", b"id,x\n,\n", "the sheet holds no rows below its headings"),
    ("a.csv", b'id,x\na,"1\n', "look for a quotation mark that is not closed"),
    ("a.csv", b"id,x\na,\xff\n", "a.csv:2:1: byte 0xff is not UTF-8"),
    ("a.xlsx", b"PK no workbook", "a.xlsx:1:1: the workbook cannot be read (BadZipFile); save it again as .xlsx"),
    ("a.xlsx", workbook(["id", "x"], ["a", "=1+1"]), "a.xlsx:2:2: B2: the formula here has no result yet"),
])
def test_what_cannot_be_read_is_refused(path, raw, said):
    assert said in why(path, raw)


def test_an_encoding_that_is_none_is_refused():
    assert "no encoding is called big6" in why("a.csv", b"id,x\na,1\n", "big6")


@pytest.mark.parametrize(("column", "name"), [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA")])
def test_columns_have_the_names_that_spreadsheets_give_them(column, name):
    assert spreadsheet.letters(column) == name
