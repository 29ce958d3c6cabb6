"""How a page is cited."""

from __future__ import annotations

from dataclasses import replace

from tally import bibliography
from tally.quantity import Period

WORK = bibliography.Work("floors", "Do they tally?", "The Ledger", "Tally", Period.parse("2026-11-22"), "https://x.example/floors/")


def test_the_styles_give_author_day_title_and_address():
    assert bibliography.apa(WORK) == "Tally. (2026, November 22). Do they tally? The Ledger. https://x.example/floors/"
    assert bibliography.chicago(WORK) == "Tally. “Do they tally?” The Ledger, November 22, 2026. https://x.example/floors/"
    assert bibliography.gbt(WORK) == "Tally. Do they tally?[EB/OL]. (2026-11-22). https://x.example/floors/"
    assert "url = {https://x.example/floors/}" in bibliography.bibtex(WORK)


def test_a_chinese_page_offers_the_chinese_style_first():
    assert [style for style, _ in bibliography.styles(WORK, "han")] == ["GB/T 7714", "APA", "Chicago", "BibTeX"]
    assert [style for style, _ in bibliography.styles(WORK, "latin")] == ["APA", "Chicago", "GB/T 7714", "BibTeX"]


def test_a_site_without_an_address_is_cited_without_one():
    unknown = replace(WORK, address="")
    assert bibliography.apa(unknown).endswith("The Ledger.")
    assert "url" not in bibliography.bibtex(unknown)
