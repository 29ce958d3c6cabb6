"""The model: what one file may say, typed and exact."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from tally.model import MOST_DIGITS, Annotation, Chart, Language, Pattern, Place, Printed, Single, Site, Unit
from tally.quantity import Period, Range

FIGURE = {"label": {"en": "a"}, "value": "1", "place": {"section": "1"}, "source": "s"}
CHART = {"form": "dots", "title": {"en": "a"}, "subtitle": {"en": "a"}, "alt": {"en": "a"}, "cut": {"table": "t"}}


def why(kind, data):
    with pytest.raises(ValidationError) as caught:
        kind.model_validate(data)
    return caught.value.errors()[0]["msg"]


@given(st.from_regex(r"-?(0|[1-9][0-9]{0,9})(\.[0-9]{1,4})?", fullmatch=True))
def test_a_figure_keeps_its_digits_as_typed(text):
    assert f"{Printed.model_validate({'value': text}).value:f}" == text


@pytest.mark.parametrize("text", ["", "1,000", "1e3", "1.", ".5", "+1", "NaN", "Infinity", "１２", "1 000", "0x10", "1_0", "9" * (MOST_DIGITS + 1)])
def test_what_is_no_figure_is_refused(text):
    assert "is no figure" in why(Printed, {"value": text}) or "more than 15 digits" in why(Printed, {"value": text})


@pytest.mark.parametrize(("given", "content"), [
    ({"value": "58.60"}, Decimal("58.60")), ({"from": "30", "to": "50"}, Range(Decimal(30), Decimal(50))),
    ({"date": "2021-H1"}, Period.parse("2021-H1")), ({"text": {"en": "late"}}, {"en": "late"})])
def test_a_figure_is_a_number_a_range_a_date_or_words(given, content):
    assert Printed.model_validate(given).content == content


def test_a_derived_figure_has_no_content_yet():
    assert Single.model_validate({"label": {"en": "a"}, "formula": "1 + 1"}).content is None


@pytest.mark.parametrize(("kind", "data", "message"), [
    (Printed, {"value": "1", "date": "2022"}, "write exactly one of value, from and to, date, text"),
    (Printed, {}, "write exactly one of value"),
    (Printed, {"from": "1"}, "a range needs both from and to"),
    (Printed, {"from": "2", "to": "2"}, "the range runs backwards"),
    (Single, {**FIGURE, "source": None}, "a printed figure needs its place and its source"),
    (Pattern, {"other": "{} of {}"}, "needs one {} where the number goes"),
    (Annotation, {"text": {"en": "a"}, "line": "a.b", "point": {"row": "a"}}, "write exactly one of point, line and band"),
    (Chart, {**CHART, "cut": None}, "one of cut and grid"),
    (Chart, {**CHART, "form": "bars", "scale": "log"}, "bars starts at zero, which no log scale has"),
    (Language, {"tag": "en", "locale": "english", "name": "English"}, "'english' is no locale"),
])
def test_what_does_not_go_together_is_refused(kind, data, message):
    assert message in why(kind, data)


def test_an_unknown_key_is_refused():
    assert why(Place, {"section": "1", "page": "3"}) == "Extra inputs are not permitted"


def test_nothing_changes_after_reading():
    with pytest.raises(ValidationError, match="frozen"):
        Place.model_validate({"section": "1"}).section = "2"


def test_a_pattern_may_be_a_text_alone():
    unit = Unit.model_validate({"base": "usd", "name": {"en": "a"}, "show": {"en": "US${}"}})
    assert (unit.show["en"].other, unit.show["en"].number, unit.factor) == ("US${}", "unit", 1)


def test_a_base_address_ends_without_a_stroke():
    site = {"languages": {"en": {"tag": "en", "locale": "en", "name": "English"}}, "title": {"en": "a"}, "tagline": {"en": "a"},
            "publisher": {"en": "a"}, "base_url": "https://a.example/", "overview": "a", "package": "a"}
    assert Site.model_validate(site).base_url == "https://a.example"
