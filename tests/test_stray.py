"""Figures typed by hand are found in both scripts, and what is no figure passes."""

from __future__ import annotations

import pytest

from tally import stray
from tally.model import Language, Watchwords
from tally.notation import Notation
from tally.prose import Prose

WATCH = {
    "zh": Watchwords(names=["(?<!代)表", "註"], passes=["上半年", "十分(?!之)", "一國兩制"]),
    "en": Watchwords(names=["Table", "Section", "No"], passes=["first half of", "(?:3rd|fourth) quarter"], counted=["people", "firms"], numerals={
        "half": "1/2", "dozen": "12", "twice": "2", "tripled": "3", "quadrupled": "4", "couple": "2"}),
}


@pytest.fixture(scope="module")
def voices(paper):
    return paper.voices


def words(voices, language, text):
    return [word for _, word in stray.typed(text, voices[language], WATCH[language])]


@pytest.mark.parametrize(("text", "found"), [
    ("It has 8,274 firms.", ["8,274"]),
    ("It rose by 32.9% and then 5 %.", ["32.9%", "5 %"]),
    ("Some 5m people and 3bn dollars.", ["5m", "3bn"]),
    ("There are fourteen targets.", ["fourteen"]),
    ("Twenty-one firms left.", ["Twenty-one"]),
    ("Half of the floors, a dozen firms, twice over.", ["Half", "dozen", "twice"]),
    ("Full width ８２７４ too.", ["８２７４"]),
    ("2000 people, 1999 new firms, some 2000 left.", ["2000", "1999", "2000"]),
    ("2000–50 firms, US$2000 each and 1999% more.", ["2000", "50", "2000", "1999%"]),
    ("½ of it, ¾, &frac12; and &#56;.", ["½", "¾", "&frac12;", "&#56;"]),
    ("⑭ and 𝟖𝟐 and ٣٤ and Ⅷ.", ["⑭", "𝟖𝟐", "٣٤", "Ⅷ"]),
    ("30percent of 8274firms, RMB100bn, USD58.", ["30percent", "8274firms", "100bn", "58"]),
    ("It tripled, quadrupled, rose eightfold.", ["tripled", "quadrupled", "eightfold"]),
    ("A third of them, a quarter of it, two-fifths.", ["A third", "a quarter", "two-fifths"]),
    ("A couple of firms, tens of thousands of people.", ["couple", "tens of thousands"]),
    ("The 14th, the 3rd and the fourteenth.", ["14th", "3rd", "fourteenth"]),
    ("One in six, and one per cent.", ["One in six", "one per cent"]),
    ("No 28 firms, Table 8274 firms.", ["28", "8274"]),
    ("`8,274` in code, and [a link](there.html \"8,275 firms\").", ["8,274", "8,275"]),
    ("Up to\n8274. Then it fell.", ["8274"]),
    ("1. One item\n2. Another\n\n9. A third list.", ["9", "A third"]),
    ("::chart x 8274", ["8274"]),
    ("In {.8,274} braces.", ["8,274"]),
    ("If x < 8,274 …>", ["8,274"]),
    ("<img alt=\"8,274 firms\" width=\"40\">", ["8,274"]),
])
def test_english_figures_are_found(voices, text, found):
    assert words(voices, "en", text) == found


@pytest.mark.parametrize("text", [
    "In 2022, by mid-2021 and in 2021–22.",
    "On 6 September 2021, and in September 2021.",
    "See Table 5, Tables 2 and 3, Section 3, No. 14.",
    "One of them, at one point, the second and the third.",
    "Q3 and H1, B2B, G20.",
    "It has {{ targets.hk-firms.2022 }} firms and {{ \"14\" }} more.",
    "It is [[ more than 30% | targets.hk-firms.growth > 30% ]].",
    "See [the plan](https://example.org/2023/14.pdf) and &amp; so on.",
    "1. Item\n2. Item\n\n3. Item",
    "<span class=\"x-14\">Words</span> and <https://example.org/2023>.",
    "In the 3rd quarter of 2023, on 5G. In 2022 firms grew, and by 2023 people left.",
    "::chart density-2021",
    "A note[^1] here.\n\n[^1]: Its text.",
    "## The first half of 2021 {#half-2021}",
])
def test_english_dates_names_and_marks_pass(voices, text):
    assert words(voices, "en", text) == []


@pytest.mark.parametrize(("text", "found"), [
    ("共有 8,274 家企業。", ["8,274"]),
    ("逾三成企業。", ["三成"]),
    ("百分之三十的樓面。", ["百分之三十"]),
    ("三分之二的樓面。", ["三分之二"]),
    ("增加十四項。", ["十四"]),
    ("多了一倍。", ["一"]),
    ("一萬家企業，兩個城市。", ["一萬", "兩"]),
    ("８２７４家。", ["８２７４"]),
    ("二千餘人，過萬家企業。", ["二千", "萬"]),
    ("三十多家、百多家、七千企業、十四指標、四城。", ["三十", "百", "七千", "十四", "四"]),
    ("佔三分一，翻了三番。", ["三分一", "翻了三番"]),
    ("捌仟家，叁成，㈢，③。", ["捌仟", "叁成", "㈢", "③"]),
    ("代表 30 家，第 8274 家，全國第三，8274 年度。", ["30", "8274", "第三", "8274"]),
    ("2000 餘人，1998 家。", ["2000", "1998"]),
    ("過半數，一半。", ["過半", "一半"]),
])
def test_chinese_figures_are_found(voices, text, found):
    assert words(voices, "zh", text) == found


@pytest.mark.parametrize("text", [
    "2022 年底、2021 年 9 月 6 日、2021 年上半年。",
    "見表五、表 3、第 14 號、第三節、註 4。",
    "其中一個原因，兩地之間，一國兩制，十分清楚。",
    "第一，第二，其一，之一。",
    "共有 {{ targets.hk-firms.2022 }}，[[ 逾三成 | targets.hk-firms.growth > 30% ]]。",
])
def test_chinese_dates_names_and_idioms_pass(voices, text):
    assert words(voices, "zh", text) == []


def test_the_offset_points_at_the_figure(voices):
    text = "第一段。\n共有 {{ plan.count }} 項、8,274 家。"
    [(offset, word)] = stray.typed(text, voices["zh"], WATCH["zh"])
    assert text[offset:offset + len(word)] == word == "8,274"


def test_a_known_figure_is_named_with_its_mend(voices):
    assert stray._message("8,274", voices["en"]) == (
        "“8,274” is typed by hand; it is targets.hk-firms.2022 — write {{ targets.hk-firms.2022 }}")


def test_a_language_without_watchwords_still_has_digits_and_its_cardinals(voices):
    french = Prose(voices["en"].book, Notation("fr", Language(tag="fr", locale="fr", name="français"), {}, {}))
    assert [word for _, word in stray.typed("Il y a trois villes et 25 tours depuis le 6 mai 2021.", french, None)] == ["trois", "25"]


def test_the_projects_own_prose_has_no_typed_figure(paper):
    assert paper.coverage.typed == 0
    assert paper.coverage.bound > 500
    assert paper.coverage.asserted > 100
