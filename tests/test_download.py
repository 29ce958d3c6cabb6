"""Downloads: CSV, JSON and XLSX hold the same figures with the same digits."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import openpyxl
import simplejson
from hypothesis import given
from hypothesis import strategies as st

from tally import download
from tests.tiny import checked

NUMBERS = st.decimals(min_value=Decimal("-99999999999"), max_value=Decimal("99999999999"), places=4) | st.integers(-10**14, 10**14).map(Decimal)


def rows(name="solids"):
    found = checked(name)
    return download.records(found.book.cells.values(), found.project, found.project.languages)


def read_csv(text):
    return list(csv.DictReader(io.StringIO(text)))


def read_xlsx(raw):
    sheet = openpyxl.load_workbook(io.BytesIO(raw))["data"]
    heads, *lines = sheet.iter_rows()
    return [{head.value: cell for head, cell in zip(heads, line, strict=True)} for line in lines]


def shown(cell):
    """A spreadsheet's cell as a reader sees it."""
    if not isinstance(cell.value, int | float):
        return cell.value
    return f"{cell.value:.{len(cell.number_format.partition('.')[2])}f}"


def test_a_record_says_all_that_is_known_of_a_figure():
    [record] = [row for row in rows() if row["name"] == "euclid.limit"]
    assert record == {
        "name": "euclid.limit", "label_fr": "Angles autour d’un sommet", "label_de": "Winkel um eine Ecke",
        "value": Decimal(360), "from": None, "to": None, "date": None, "text_fr": None, "text_de": None, "unit": "°",
        "unit_fr": "degrés", "unit_de": "Grad", "qualifier": "under", "period": None, "section": "11", "paragraph": "21",
        "table": None, "row": None, "footnote": None, "source": "euclid", "formula": None}


@given(NUMBERS)
def test_a_number_comes_back_from_csv_with_its_digits(number):
    [record] = read_csv(download.as_csv([{"name": "a", "value": number}]))
    assert record["value"] == f"{number:f}"


@given(NUMBERS)
def test_a_number_comes_back_from_json_with_its_digits(number):
    text = download.as_json({}, [{"name": "a", "value": number}])
    [record] = simplejson.loads(text, use_decimal=True)["records"]
    assert f"{Decimal(record['value']):f}" == f"{number:f}"


def test_numbers_in_json_are_numbers():
    assert '"value": 16297.60' in download.as_json({}, [{"value": Decimal("16297.60")}])


def test_the_three_formats_hold_the_same():
    found = rows()
    plain = read_csv(download.as_csv(found))
    from_json = simplejson.loads(download.as_json({}, found), use_decimal=True)["records"]
    from_xlsx = read_xlsx(download.as_xlsx({"title": "a"}, found))
    assert [{key: str(value) for key, value in row.items()} for row in from_json] == [
        {key: value for key, value in row.items() if value} for row in plain]
    assert [{key: shown(cell) or "" for key, cell in row.items()} for row in from_xlsx] == plain


def test_a_spreadsheet_shows_the_printed_decimals():
    [row] = read_xlsx(download.as_xlsx({}, [{"value": Decimal("16297.60")}]))
    assert (row["value"].value, shown(row["value"])) == (16297.6, "16297.60")


def test_a_text_that_looks_like_a_formula_stays_a_text():
    [row] = read_xlsx(download.as_xlsx({}, [{"label": "=1+1"}]))
    assert (row["label"].value, row["label"].data_type) == ("=1+1", "s")


def test_a_spreadsheet_is_the_same_bytes_every_time():
    assert download.as_xlsx({"title": "a"}, rows()) == download.as_xlsx({"title": "a"}, rows())


def test_a_spreadsheet_says_where_it_is_from():
    about = openpyxl.load_workbook(io.BytesIO(download.as_xlsx({"title": "Körper", "note": ""}, rows())))["about"]
    assert [cell.value for cell in next(about.iter_rows())] == ["title", "Körper"]


def test_the_package_lists_every_table_and_set_with_its_fields():
    found = checked("solids")
    package = json.loads(download.package(found.project, found.book))
    assert [resource["path"] for resource in package["resources"]] == ["solids.csv", "euclid.csv"]
    assert [field["name"] for field in package["resources"][0]["schema"]["fields"]] == list(rows()[0])
    assert package["resources"][1]["sources"] == [{"title": "Éléments"}, {"title": "Première édition imprimée des Éléments"}]
