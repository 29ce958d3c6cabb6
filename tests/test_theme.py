"""Theme: every ink can be read and told apart, by day and by lamp, in colour, in grey and by the colour-blind."""

from __future__ import annotations

import itertools
import re

import pytest

from tally import theme

SCHEMES = pytest.mark.parametrize("scheme", [theme.PALETTE, theme.DARK], ids=["light", "dark"])
WORDS = ("ink", "soft", "base", "target", "plain", "emphasis", "query")
MARKS = (*WORDS, "faint")
GROUNDS = ("paper", "band")


def linear(colour: str) -> list[float]:
    parts = [int(colour[at:at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    dark, light = sorted((luminance(one), luminance(two)))
    return (light + 0.05) / (dark + 0.05)


# Viénot, Brettel and Mollon 1999, on linear RGB: what is left of red and green.
BLINDNESS = {
    "protan": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    "deutan": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
}


def seen(colour: str, kind: str) -> list[float]:
    parts = linear(colour)
    return [sum(weight * part for weight, part in zip(row, parts, strict=True)) for row in BLINDNESS[kind]]


def test_both_schemes_name_the_same_colours():
    assert theme.PALETTE.keys() == theme.DARK.keys()


@SCHEMES
def test_every_colour_has_one_name(scheme):
    assert len(set(scheme.values())) == len(scheme)
    assert all(re.fullmatch(r"#[0-9a-f]{6}", colour) for colour in scheme.values())


def test_no_colour_is_both_light_and_dark():
    assert not set(theme.PALETTE.values()) & set(theme.DARK.values())


@SCHEMES
@pytest.mark.parametrize("ground", GROUNDS)
def test_words_can_be_read(scheme, ground):
    for name in WORDS:
        assert contrast(scheme[name], scheme[ground]) >= 4.5, name


@SCHEMES
def test_marks_can_be_seen(scheme):
    for name in MARKS:
        assert contrast(scheme[name], scheme["paper"]) >= 3, name


@SCHEMES
def test_words_within_marks_can_be_read(scheme):
    for name in ("base", "target", "plain", "emphasis", "faint"):
        assert contrast(scheme[theme.lettered_on(name)], scheme[name]) >= 4.5, name
        assert contrast(scheme[theme.lettered(name)], scheme["paper"]) >= 4.5, name


@SCHEMES
def test_a_range_is_paler_than_its_ink(scheme):
    for name in ("base", "target", "plain", "emphasis", "faint"):
        assert contrast(scheme[theme.wash(name)], scheme[name]) >= 2, name


@SCHEMES
@pytest.mark.parametrize("pair", [("base", "target"), ("emphasis", "faint"), ("faint", "plain")], ids="-".join)
def test_inks_keep_apart_in_grey(scheme, pair):
    assert contrast(*(scheme[name] for name in pair)) >= 1.3


@SCHEMES
@pytest.mark.parametrize("kind", BLINDNESS)
def test_inks_keep_apart_for_the_colour_blind(scheme, kind):
    for one, two in itertools.combinations(("base", "target", "emphasis"), 2):
        apart = sum((a - b) ** 2 for a, b in zip(seen(scheme[one], kind), seen(scheme[two], kind), strict=True)) ** 0.5
        assert apart > 0.06, (one, two)


def test_hong_kong_forms_come_first():
    faces = theme.SANS["han"]
    assert "system-ui" not in faces
    assert faces.index("PingFang HK") < faces.index("Noto Sans HK") < faces.index("Microsoft JhengHei")
