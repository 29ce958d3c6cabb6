"""Headline: breaks between phrases, text and markup untouched, figures whole."""

from __future__ import annotations

import re

import pytest

from tally import headline
from tests.tiny import view


def lines(html, *whole):
    return headline.broken(html, "han", frozenset(whole)).split("<wbr>")


@pytest.mark.parametrize("text", ["四地之中，前海辦公樓空置率最高", "備案人數要增近一倍，有多少人開工則無目標"])
def test_words_stay_whole(text):
    found = lines(text)
    assert len(found) > 1 and "".join(found) == text
    for word in ("辦公樓", "空置率", "備案", "目標"):
        assert word not in text or any(word in line for line in found), word


def test_no_phrase_is_shorter_than_four_characters():
    found = lines("就算達標，平均每家港資企業的就業港人仍不足一人")
    assert len(found) > 2
    assert all(len(run) >= 4 for line in found for run in re.findall(r"[\u3400-\u9fff]+", line))


def test_there_are_no_breaks_around_digits_spaces_and_punctuation():
    for line in lines("按表只增 2,726 家，正文說約 2,800 家，2025 年達標後也一樣")[1:]:
        assert re.match(r"[\u3400-\u9fff]", line)


def test_markup_and_entities_stay():
    html = '前海<em title="a&gt;b">的辦公樓空置率</em>高出許多 &amp; 數字各說各話'
    assert headline.broken(html, "han", frozenset()).replace("<wbr>", "") == html


def test_a_figure_is_never_taken_apart():
    figure = '<span class="figure base"><data value="1">逾兩千家港資企業<span>的累計</span>註冊數目</data><button class="opener"></button></span>'
    html = headline.broken(f"擴區之後前海產值{figure}還是不及全市平均", "han", frozenset())
    assert figure in html and "<wbr>" in html.replace(figure, "")


def test_a_break_stands_outside_what_closes_before_it():
    html = headline.broken('<span class="asserted">四地之中前海辦公樓<button class="proof"></button></span>空置率還是最高', "han", frozenset())
    assert '<wbr><button' not in html and "<wbr></span>" not in html


def test_other_scripts_are_left_alone():
    assert view("fr/index.html", "fr").headline("Un & deux") == "Un &amp; deux"


def test_every_headline_of_the_publication_keeps_its_text(paper):
    voice = paper.voices["zh"]
    titles = [voice.plain(chart.title["zh"]) for chart in paper.project.charts.values()]
    assert sum(len(lines(title)) > 1 for title in titles) > len(titles) / 2
    assert all("".join(lines(title)).replace("\u00a0", " ") == title for title in titles)


def test_a_name_stays_whole():
    text = "擴區之後，前海每平方公里產值不及全市"
    assert not any("平方公里" in line for line in lines(text))
    assert any("平方公里" in line for line in lines(text, "平方公里"))


@pytest.mark.parametrize("text", ["前海註冊了 11,500 家港資企業", "參保港人逾 2,000 人", "前海註冊了 <b>11,500</b> 家港資企業"])
def test_a_figure_stays_with_what_it_counts(text):
    found = headline.broken(text, "han", frozenset())
    assert re.search("\u00a0(<[^>]*>)?[家人]", found) and found.replace("\u00a0", " ").replace("<wbr>", "") == text


def test_a_name_of_two_words_stays_whole_in_any_script():
    html = headline.broken("Fewer <b>Hong</b> Kong workers than Hong Kong-funded firms", "latin", frozenset({"Hong Kong"}))
    assert html == "Fewer <b>Hong</b>\u00a0Kong workers than Hong\u00a0Kong-funded firms"


def test_names_are_those_of_units_and_those_that_the_site_keeps(paper):
    def names(language):
        return headline.names(paper.project.units, paper.project.site, language)
    assert {"平方公里", "億元", "港資企業"} <= names("zh")
    assert names("en") == {"Hong Kong"}


def test_no_headline_of_the_publication_breaks_in_a_unit_or_before_its_counter(paper):
    whole = headline.names(paper.project.units, paper.project.site, "zh")
    for chart in paper.project.charts.values():
        title = paper.voices["zh"].plain(chart.title["zh"])
        text = headline.tied(title, whole)
        assert not re.search(r"[0-9] [\u3400-\u9fff]", text), title
        for at in headline.breaks(text, whole):
            assert not text[:at].endswith("平方") and not text[at:].startswith("公里"), title
