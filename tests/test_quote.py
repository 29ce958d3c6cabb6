"""Quotes: a sentence for everything that can be quoted, and a checksum that only its words decide."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally import quote, site, summary
from tests.test_links import lost
from tests.test_release import corrected, everywhere, moved, released
from tests.tiny import changed, checked, complaints, folder, made, rendered

WITHDRAWN = "withdrawn: {angles: {date: 2026-03-04, reason: {fr: Faux calcul., de: Falsch gerechnet.}}}"


def quotes(found):
    """All that can be quoted, by kind, id and language."""
    return {(one.kind, one.id, one.language): one for view in site.views(found) for one in quote.quotes(view)}


# ---- the sentences


def test_everything_can_be_quoted_in_each_language_under_a_checksum_of_its_own(paper):
    found = quotes(paper)
    wanted = len(paper.project.charts) + len(paper.book.cells) + len(paper.verdicts)
    assert len(found) == wanted * len(paper.project.languages)
    assert len({one.checksum for one in found.values()}) == len(found)


def test_a_sentence_is_short_has_no_open_slot_and_ends(paper):
    for one in quotes(paper).values():
        assert "{" not in one.sentence + one.citation and "  " not in one.sentence, one
        assert one.sentence.endswith("。" if one.language == "zh" else "."), one.sentence
        assert len(one.sentence) < (150 if one.language == "zh" else 330), one.sentence


@pytest.mark.parametrize(("key", "sentence"), [
    (("figure", "targets.hk-firms.2022", "en"), "Hong Kong-funded firms, 2022: 8,274 firms."),
    (("figure", "targets.hk-firms.2025", "en"), "Hong Kong-funded firms, 2025: 11,000 firms (target)."),
    (("figure", "firms.foreign", "zh"), "前海外資企業：逾 1 萬家（2022 年）。"),
    (("chart", "vacancy", "en"), "Qianhai’s offices were the emptiest of the four (chart: Office vacancy rate, 3rd quarter 2023, %; Qianhai, 28.9%)."),
    (("figure", "targets.hk-firms.growth", "en"), "Hong Kong-funded firms, Growth: 32.9% (2022–2025 target)."),
    (("figure", "targets.hk-firms.growth", "zh"), "港資企業，增幅：32.9%（2022 年至 2025 年目標）。"),
    (("figure", "vacancy.qianhai.rank", "zh"), "前海，空置率由高至低名次：第 1（2023 年第 3 季）。"),
])
def test_a_sentence_says_label_value_unit_qualifier_and_date(paper, key, sentence):
    assert quotes(paper)[key].sentence == sentence


def test_a_claim_names_the_paper_that_makes_it(paper):
    title = paper.project.sources["paper"].title
    found = {language: quotes(paper)["claim", "added-firms", language].sentence for language in title}
    assert found["zh"] == f"{title['zh']}稱：目標比 2022 年底增加約 2,800 間。對帳結果：相近。重算得出：2,726 間。"
    assert found["en"].startswith(f"{title['en']} says: The target is about 2,800 firms")


def test_a_figure_that_is_worked_out_cites_what_lies_behind_it(paper):
    one = quotes(paper)["figure", "targets.hk-firms.growth", "en"]
    assert "Overall development plan" in one.citation and "“Do Qianhai’s numbers tally?”" in one.citation


def test_a_pattern_without_its_slots_stops_the_build():
    found = complaints(changed("content/interface.yaml", "{label} : {value} ({when}).", "{label} : {valeur} ({when})."))
    assert found and "quote-dated.fr: this text must have {label} and {value} and {when} in braces, each once" in found[0]


# ---- addresses


def test_an_address_leads_to_where_the_thing_stands_and_carries_the_checksum():
    base = folder("waves")
    files = {path: raw for path, raw in base.files.items() if not path.startswith("data/releases/")}
    found = quotes(site.check(replace(base, files=files)))
    for (kind, id, language), one in found.items():
        page = {"chart": f"{language}/charts/{id}", "figure": f"{language}/data", "claim": f"{language}/claims"}[kind]
        place = "" if kind == "chart" else f"#{id}"
        assert one.address == f"https://waves.example/{page}/?quote={one.checksum}{place}"
        assert len(one.checksum) == 8


def test_a_chart_is_quoted_from_the_newest_release_as_long_as_that_shows_the_same():
    assert quotes(site.check(released()))["chart", "faces", "fr"].address.startswith("embed/faces/fr/@v1/index.html?quote=")
    assert quotes(site.check(moved(released())))["chart", "angles", "fr"].address.startswith("fr/charts/angles/index.html?quote=")
    reworded = changed("data/charts/faces.yaml", "title: {fr: ", "title: {fr: Voici ", base=released())
    assert quotes(site.check(reworded))["chart", "faces", "fr"].address.startswith("fr/charts/faces/index.html?quote=")


def test_a_figure_is_quoted_from_the_newest_release_that_shows_it_as_it_is():
    name = "solids.dodecahedron.angles"
    address = quotes(site.check(released()))["figure", name, "fr"].address
    assert re.fullmatch(rf"embed/[a-z]+/fr/@v1/index.html\?quote=[0-9a-f]{{8}}#{name}", address)
    page = made(released())[address.partition("?")[0]].decode()
    assert page.count(f'<td id="{name}">') == 1
    told = next(raw.decode() for path, raw in made(released()).items() if path.startswith("assets/quotes/fr."))
    told = json.loads(told.partition(",")[2].removesuffix(");\n"))
    assert told["pages"][told["figure"][name][3]].endswith(address.partition("?")[0])
    assert quotes(site.check(moved(released())))["figure", name, "fr"].address.startswith("fr/data/index.html?")
    shown = corrected(released(), WITHDRAWN.replace("angles", address.split("/")[1]))
    assert f'/{address.split("/")[1]}/' not in quotes(site.check(shown))["figure", name, "fr"].address


def recounted(base):
    """A sum that gives one solid more than was said, so the claim is off."""
    return changed("data/claims/book.yaml", "count(solids.*.faces)", "count(solids.*.faces) + 1", base=base)


def test_a_claim_is_quoted_from_the_newest_release_that_says_the_same():
    found = quotes(site.check(released()))["claim", "five", "fr"]
    assert found.address == f"fr/claims/@v1/index.html?quote={found.checksum}#five"
    page = made(released())["fr/claims/@v1/index.html"].decode()
    claim = re.search(r'<div class="claim" id="five">.*?</div>\s*</div>', page, re.DOTALL)[0]
    assert f"<p>{found.sentence}</p>" in claim and 'class="verdict tallies"' in claim
    assert '<a href="../index.html#five">La vérification dit aujourd’hui la même chose</a>' in claim
    assert '<meta name="robots" content="noindex">' in page and "Chiffres au 2 janvier 2026." in page


def test_a_claim_that_came_out_otherwise_is_quoted_from_the_ledger_and_the_release_keeps_what_it_said():
    before, after = (quotes(site.check(base))["claim", "five", "fr"] for base in (released(), recounted(released())))
    assert after.address == f"fr/claims/index.html?quote={after.checksum}#five"
    page = made(recounted(released()))["fr/claims/@v1/index.html"].decode()
    assert f"<p>{before.sentence}</p>" in page and 'class="verdict tallies" href="#five"' in page
    assert f'La vérification dit aujourd’hui : <a href="../index.html#five">{after.sentence}</a>' in page
    assert before.sentence != after.sentence


def test_a_claim_that_is_gone_stays_in_the_release():
    without = everywhere(released(), "  five:\n", "  fifth:\n")
    page = made(without)["fr/claims/@v1/index.html"].decode()
    assert 'id="five"' in page and page.count("Cette affirmation n’est plus vérifiée ici.") == 1
    assert sorted(lost(made(without))) == []


def test_a_release_from_before_claims_were_kept_has_no_ledger():
    assert checked("waves").project.releases["2026-01"].claims == {}
    assert not [path for path in rendered("waves") if "claims/@" in path]


def test_other_figures_make_another_sentence_though_the_headline_has_none(paper):
    base = quotes(paper)["chart", "vacancy", "en"].sentence
    words = paper.voices["en"].notation.words
    table = paper.drawings["vacancy", "en"].table
    assert "28.9" not in base.partition("(")[0] and summary.decisive(table, words) in base
    rows = [replace(row, points=tuple(replace(point, label="29.9%") for point in row.points)) for row in table.rows]
    assert summary.decisive(replace(table, rows=tuple(rows)), words) == "Qianhai, 29.9%"


def test_where_nothing_or_everything_is_emphasised_the_two_ends_are_told(paper):
    words = paper.voices["en"].notation.words
    table = paper.drawings["vacancy", "en"].table
    for emphasis in (False, True):
        rows = [replace(row, emphasis=emphasis, id=f"{row.id}{turn}") for turn in (1, 2) for row in table.rows]
        assert summary.decisive(replace(table, rows=tuple(rows)), words).count("%") == 2


def test_a_pinned_embed_quotes_itself():
    page = made(moved(released()))["embed/angles/fr/@v1/index.html"].decode()
    assert '"index.html?quote=' in page
    assert "../../../../fr/charts/angles/angles.csv" not in page  # today's figures are others


def test_a_withdrawn_chart_is_not_quoted():
    files = made(corrected(released(), WITHDRAWN))
    for path in ("fr/charts/angles/index.html", "embed/angles/fr/index.html", "embed/angles/fr/@v1/index.html"):
        assert "quote=" not in files[path].decode()
        assert "quote=" in files[path.replace("angles", "faces")].decode()


# ---- on the pages


def test_chart_and_embed_offer_sentence_snippet_checksum_and_files():
    one = quotes(site.check(folder()))["chart", "faces", "fr"]
    for path in ("fr/charts/faces/index.html", "embed/faces/fr/index.html"):
        box = re.search('<details class="quoted".*?</details>', rendered()[path].decode(), re.DOTALL)[0]
        text, html = map(unescape, re.findall("<textarea[^>]*>(.*?)</textarea>", box, re.DOTALL))
        assert one.sentence in text and one.citation in text
        assert html.startswith('<blockquote cite="') and html.count(f"?quote={one.checksum}") == 2
        assert f"<code>{one.checksum}</code>" in box
        for kind in ("csv", "json", "xlsx", "svg"):
            assert (f'faces.{kind}"' in box) == path.startswith("embed"), "a chart's page has them below its table"


def test_a_claim_carries_its_address_and_a_card_gets_its_own_from_a_script():
    found = quotes(site.check(folder()))
    ledger = unescape(rendered()["fr/claims/index.html"].decode())
    assert f'?quote={found["claim", "five", "fr"].checksum}#five"' in ledger
    script = next(raw.decode() for path, raw in rendered().items() if path.startswith("assets/quotes/fr."))
    told = json.loads(script.partition(",")[2].removesuffix(");\n"))
    for kind, page in (("figure", "../../fr/data/index.html"), ("claim", "../../fr/claims/index.html")):
        wanted = {id: [one.sentence, one.citation, one.checksum, page] for (own, id, language), one in found.items() if (own, language) == (kind, "fr")}
        assert {id: [sentence, told["citations"][index], sum, told["pages"][at]] for id, (sentence, index, sum, at) in told[kind].items()} == wanted


def test_words_cannot_break_out_of_a_snippet():
    evil = quote.Quote("chart", "a", "en", "<script>1</script>", "&amp;", "https://x.example/?quote=1", "1")
    assert evil.snippet("html").count("<script") == 0 and "&amp;amp;" in evil.snippet("html")


# ---- the checksum


@pytest.mark.parametrize(("one", "other"), [
    ("前海 8,274 家「企業」。", "前海8,274家“企業”"),
    ("He said ‘no’.", "He  said\u00a0'no'"),
    ("cafe\u0301: 5", "café: 5."),
    ("1\u202f000\u200b km", "1 000 km"),
    ("Hong Kong-funded", "Hong Kong\u2011funded"),
    ("《前海》，2022 年", "《前海》， 2022年"),
])
def test_what_content_systems_change_does_not_count(one, other):
    assert quote.normalised(one) == quote.normalised(other)


@pytest.mark.parametrize(("one", "other"), [
    ("8,274 firms", "8,275 firms"), ("8,274", "8274"), ("up by 5%", "up by 5"), ("−0.2", "0.2"), ("about 5", "About 5"),
    ("the two men", "thetwo men"), ("逾 5 家", "近 5 家"), ("1.5", "1 .5")])
def test_what_changes_what_is_said_does(one, other):
    assert quote.normalised(one) != quote.normalised(other)


def test_the_checksum_is_the_beginning_of_sha_256_over_four_lines():
    # printf 'figure\nfirms.foreign\nzh\n前海外資企業：逾1萬家（2022年）' | sha256sum
    assert quote.checksum("figure", "firms.foreign", "zh", "前海外資企業：逾 1 萬家（2022 年）。") == "6836e099"


def test_kind_id_and_language_count_too():
    sums = {quote.checksum(*key, "x") for key in [("chart", "a", "en"), ("claim", "a", "en"), ("chart", "b", "en"), ("chart", "a", "zh")]}
    assert len(sums) == 4


@given(st.text(alphabet="ab 前海，。.「」“”‘’\u00a0\u200b\u3000e\u0301-\u2011", max_size=40))
def test_normalising_twice_is_normalising_once(text):
    assert quote.normalised(quote.normalised(text)) == quote.normalised(text)
