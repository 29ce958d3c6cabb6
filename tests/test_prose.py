"""Prose: figures written out in a sentence, plain or with their value and a link."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tally.prose import Prose
from tests.tiny import checked, notation, paper

FR, DE = checked("solids").voices["fr"], checked("solids").voices["de"]
EN = checked("waves").voices["en"]


def cite(part, html):
    """A mark's HTML between braces, as a page would put a link around it."""
    return f"⟨{html}⟩"


def test_a_sentence_reads_in_each_language():
    text = "{{ solids.icosahedron.faces }}, {{ euclid.limit }}, {{ euclid.triangular }}"
    assert FR.plain(text) == "20 faces, moins de 360°, 60\xa0%"
    assert DE.plain(text) == "20 Flächen, weniger als 360°, 60\xa0%"


def test_a_figure_that_was_written_out_before_is_noted_as_read_all_the_same():
    voices = FR.recording(), FR.recording()
    assert [voice.plain("{{ solids.cube.faces }}") for voice in voices] == ["6 faces", "6 faces"]
    assert [voice.book.reads for voice in voices] == [{"solids.cube.faces"}, {"solids.cube.faces"}]


def test_figures_that_differ_only_in_their_noughts_are_written_as_typed():
    numbers = Decimal("1.5"), Decimal("1.50"), Decimal("1.500")
    assert [FR.notation.quantity(number, None) for number in numbers] == ["1,5", "1,50", "1,500"]


def test_a_figure_is_marked_with_its_value_and_handed_to_the_page():
    assert FR.html("a < {{ solids.cube.faces }}", cite) == 'a &lt; ⟨<data value="6">6 faces</data>⟩'


def test_a_range_is_marked_with_both_ends():
    assert '<data value="4/20">de 4 à 20 faces</data>' in FR.html("{{ euclid.span }}", cite)


def test_an_end_of_a_range_is_marked_alone():
    assert FR.html("{{ euclid.span.to }}", cite) == '⟨<data value="20">20 faces</data>⟩'


@pytest.mark.parametrize(("name", "html"), [
    ("conferences.berlin", '<time datetime="1906-11-03">3 November 1906</time>'),
    ("conferences.washington", '<time datetime="1927-11">November 1927</time>'),
    ("conferences.atlantic-city", '<time datetime="1947">1947</time>')])
def test_a_date_is_marked_as_a_time(name, html):
    assert html in EN.html(f"{{{{ {name} }}}}", cite)


def test_words_in_place_of_a_figure_are_given_in_the_language():
    assert (FR.plain("{{ euclid.written }}"), DE.plain("{{ euclid.written }}")) == (
        "vers 300 avant notre ère", "um 300 vor unserer Zeit")


def test_another_unit_is_converted_and_marked_so():
    assert '<data value="30">30 arêtes</data>' in FR.html("{{ solids.icosahedron.edges | in edge }}", cite)


def test_rounding_rounds_the_marked_value_too():
    assert '<data value="0.001">0.001 metres</data>' in EN.html("{{ bands.ehf.wavelength.from | digits 3 }}", cite)


def test_an_asserted_phrase_shows_its_words_only():
    text = "[[ {{ euclid.triangular }} des solides | euclid.triangular > 50% ]]"
    assert FR.plain(text) == "60\xa0% des solides"
    assert FR.html(text, cite) == '⟨⟨<data value="0.6">60\xa0%</data>⟩ des solides⟩'


def test_a_plain_number_is_only_itself():
    assert FR.html('{{ "n° 1 & 2" }}', cite) == "n° 1 &amp; 2"


def test_a_label_stands_for_its_figure():
    assert FR.plain("{{ solids.cube.faces | label }}") == "Cube, Faces"


def test_markup_in_a_text_is_escaped():
    assert FR.html("<script>", cite) == "&lt;script&gt;"


@pytest.mark.parametrize(("reference", "text"), [
    ("targets.foreign-capital.2022 | in 萬美元", "586,400 萬美元"), ("output.city-gdp-2023 | in 萬億元", "1.629760 萬億元"),
    ("targets.air-passengers.2025 | in 萬人次", "1,000 萬人次"), ("people.jobs-text | in 人", "10,000 人"),
    ("people.jobs-growth-text | in %", "70%")])
def test_a_change_of_unit_keeps_the_printed_digits(reference, text):
    assert Prose(paper()[1], notation("zh")).plain(f"{{{{ {reference} }}}}") == text


@pytest.mark.parametrize(("text", "set_apart"), [
    ("有{{ targets.hk-firms.2022 }}企業", "有 8,274 家企業"), ("有 {{ people.insured }}", "有逾 2,000 人"),
    ("佔{{ output.share-2021-text | bare }}，", "佔 6%，")])
def test_han_and_the_digits_of_a_figure_are_set_apart(text, set_apart):
    assert Prose(paper()[1], notation("zh")).plain(text) == set_apart
