"""Verifying: still true, out of date or altered; and nothing that only looks different counts as altered."""

from __future__ import annotations

import html
import random
import re
import shutil
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tally import clipping, site, verification
from tests.test_build import run
from tests.test_quote import WITHDRAWN, quotes, recounted
from tests.test_release import corrected, everywhere, moved, released, unlisted
from tests.tiny import SITES, changed, checked


@cache
def known(name="solids"):
    return verification.known(site.views(checked(name)))


def judged(article, now=None):
    return verification.judge(clipping.read(article), now or known())


def verdicts(article, now=None):
    return [finding.message.split(": ", 1)[1] for finding in judged(article, now)]


def complete(one):
    """A snippet as the copy button gives it, with the site's address."""
    return one.snippet("html").replace(one.address, f"https://site.example/{one.address}"), one.snippet("text").replace(one.address, f"https://site.example/{one.address}")


ALL = quotes(checked())
FACES = ALL["chart", "faces", "fr"]
COUNT = ALL["figure", "euclid.count", "de"]


# ---- there and back


@pytest.mark.parametrize("kind", [0, 1])
def test_everything_that_is_quoted_in_either_language_is_still_true(paper, kind):
    found = quotes(paper)
    article = "\n\n".join(complete(one)[kind] for one in found.values())
    findings = judged(article, verification.known(site.views(paper)))
    assert [finding.message for finding in findings if not finding.holds] == []
    assert [finding.message.split(":")[0] for finding in findings] == [f"{kind} {id} ({language})" for kind, id, language in found]


def test_a_changed_digit_is_altered_wherever_it_stands(paper):
    now = verification.known(site.views(paper))
    chance = random.Random(5)
    for one in list(quotes(paper).values())[::7]:
        places = [match.start() for match in re.finditer(r"\d", one.sentence)]
        if places:
            place = chance.choice(places)
            wrong = one.sentence[:place] + str((int(one.sentence[place]) + 3) % 10) + one.sentence[place + 1:]
            [message] = verdicts(complete(one)[1].replace(one.sentence, wrong), now)
            assert message.startswith("altered: the article says “") and f"the quotation was “{one.sentence}”" in message, message


def test_a_changed_cell_makes_what_shows_it_out_of_date_and_nothing_else():
    now = verification.known(site.views(site.check(changed("data/figures/euclid.yaml", "value: 360", "value: 361"))))
    for (kind, id, language), one in ALL.items():
        for snippet in complete(one):
            [finding] = judged(snippet, now)
            after = now.today[kind, id, language].sentence
            if after == one.sentence:
                assert finding.holds, finding
            else:
                assert finding.message == f"{kind} {id} ({language}): out of date: was “{one.sentence}”, is “{after}”"
    assert now.today["figure", "euclid.limit", "de"].sentence != ALL["figure", "euclid.limit", "de"].sentence


# ---- what editing systems do


def wrapped(text):
    """Each number in bold."""
    return re.sub(r"\d+", lambda number: f"<strong>{number[0]}</strong>", html.escape(text, quote=False))


NOISE = [
    lambda text: text, wrapped, lambda text: html.escape(text).replace(" ", "&nbsp;"),
    lambda text: text.replace("’", "'").replace("“", '"').replace("”", '"'), lambda text: text.replace(" ", "\n  "),
    lambda text: "".join(f"&#{ord(letter)};" for letter in text), lambda text: text.replace("é", "e\u0301").replace("ü", "u\u0308"),
    lambda text: text.rstrip("."), lambda text: text.replace(" ", "\u200b "),
]
SHAPES = [
    "<p>They write: “{}” <a href='{}'>read more</a></p>", "<p><q>{}</q></p><p>Source: <a href='{}'>here</a></p>",
    "<blockquote><p>{}</p></blockquote>\n<p><a href='{}' rel=nofollow>Read more</a></p>", "<div>{}<br><br><a href='{}'>…</a></div>",
    "<p>{}</p><figure><iframe src='{}'></iframe></figure>", "<p>「{}」（<a href='{}'>來源</a>）</p>", "<p><a href='{1}'>{0}</a></p>",
    "<table><tr><td>{}</td><td><a href='{}'>x</a></td></tr></table>", "{}\n{}"]


@given(st.sampled_from(sorted(ALL)), st.sampled_from(NOISE), st.sampled_from(SHAPES), st.sampled_from(["", "&utm_source=a&amp;b=c"]))
def test_noise_is_no_alteration(key, noise, shape, tracking):
    one = ALL[key]
    address, hash_, place = one.address.partition("#")
    assert verdicts(shape.format(noise(one.sentence), address + tracking + hash_ + place)) == ["still true"]


@given(st.sampled_from(sorted(ALL)), st.sampled_from(NOISE[:2]), st.sampled_from(SHAPES))
def test_noise_hides_no_alteration(key, noise, shape):
    one = ALL[key]
    word = max(re.findall(r"\w+", one.sentence), key=len)
    assert verdicts(shape.format(noise(one.sentence.replace(word, "autre")), one.address))[0].startswith(("altered", "not found"))


@pytest.mark.parametrize(("end", "holds"), [("", True), (".", True), (",", True), ("»", True), ("0", False), (",5", False), ("%", False), ("s", False)])
def test_a_figure_ends_where_it_ends(end, holds):
    sentence = "Zahl: 5 Körper"
    assert verification.stands(sentence, f"Es heißt: {sentence}{end} und mehr") is holds


def test_a_digit_in_front_makes_another_figure():
    assert not verification.stands("8 Körper: 5.", "18 Körper: 5.")


# ---- what is told


def test_of_two_quotations_of_the_same_thing_only_the_altered_one_is_named():
    good, bad = f"<p>{COUNT.sentence} <a href='{COUNT.address}'>a</a></p>", f"<p>{COUNT.sentence.replace('5', '6')} <a href='{COUNT.address}'>a</a></p>"
    assert [finding.holds for finding in judged(good + bad)] == [True, False]
    assert [finding.holds for finding in judged(bad + good)] == [False, True]


def test_an_article_that_says_it_in_its_own_words_does_not_quote():
    said = [f"not found near its link, nor elsewhere: the quotation was “{COUNT.sentence}”"]
    assert verdicts(f"<p>Something else. <a href='{COUNT.address}'>x</a></p>") == said
    assert verdicts(f"<p style='display: none'>{COUNT.sentence}</p><p>Something else. <a href='{COUNT.address}'>x</a></p>") == said
    assert verdicts(f"<div hidden><p>a<div>b</div>{COUNT.sentence}</p></div><p>Something else. <a href='{COUNT.address}'>x</a></p>") == said


def test_a_quotation_far_from_its_link_is_found():
    far = "<p>Something else.</p>" * 20
    assert verdicts(f"<p>{COUNT.sentence}</p>{far}<p>x <a href='{COUNT.address}'>x</a></p>") == ["still true"]


@pytest.mark.parametrize("noise", ["**{0}**{1}", "_{0}_{1}", "{0}[^1]{1}", "{0}{1}[^note-2]", "> {0}\n> {1}"])
def test_markdown_is_no_alteration(noise):
    head, _, rest = COUNT.sentence.partition(" ")
    said = noise.format(head, f" {rest}")
    assert verdicts(f"Es heißt:\n\n{said}\n\n[mehr](https://site.example/{COUNT.address})\n") == ["still true"]
    assert verdicts(f"Es heißt:\n\n{said.replace('5', '6')}\n\n[mehr](https://site.example/{COUNT.address})\n")[0].startswith("altered")


def test_a_latin_word_may_stand_before_a_han_sentence():
    assert verification.stands("前海：28.9%", "Tally前海：28.9%")
    assert not verification.stands("28.9%：前海", "128.9%：前海")


def test_a_pinned_chart_whose_figures_were_corrected_is_told_with_them():
    found = quotes(site.check(released()))["chart", "angles", "de"]
    assert verdicts(complete(found)[0], verification.known(site.views(site.check(released())))) == ["still true"]
    why = "corrections: [{date: 2026-03-04, cells: [solids.cube.angles], note: {fr: Relu., de: Neu gelesen.}}]"
    for base, when in ((released(), "changed after 2. Januar 2026"), (corrected(released(), why), "corrected on 4. März 2026")):
        now = verification.known(site.views(site.check(changed("data/tables/solids.yaml", "sides: 4, meeting: 3", "sides: 4, meeting: 2.5", base=base))))
        assert verdicts(complete(found)[0], now) == [
            f"the sentence still holds, but figures behind it were {when}: Würfel, Winkel um eine Ecke: 270° → 225°"]


def test_a_figure_quoted_from_a_release_is_verified_as_any_other():
    one = quotes(site.check(released()))["figure", "solids.dodecahedron.angles", "de"]
    assert "/@v1/" in one.address
    before, after = (verification.known(site.views(site.check(base))) for base in (released(), moved(released())))
    for snippet in complete(one):
        assert verdicts(snippet, before) == ["still true"]
        assert verdicts(snippet.replace("#solids.dodecahedron.angles", ""), before) == ["still true"]
        assert verdicts(snippet, after)[0].startswith(f"out of date: was “{one.sentence}”, is “")
        assert verdicts(snippet.replace("324", "325"), before)[0].startswith("altered")


def test_a_claim_quoted_from_a_release_is_verified_as_any_other():
    one = quotes(site.check(released()))["claim", "five", "de"]
    assert "/claims/@v1/" in one.address
    before, after = (verification.known(site.views(site.check(base))) for base in (released(), recounted(released())))
    is_now = after.today["claim", "five", "de"].sentence
    for snippet in complete(one):
        assert verdicts(snippet, before) == ["still true"]
        assert verdicts(snippet.replace("#five", ""), before) == ["still true"]
        assert verdicts(snippet, after) == [f"out of date: was “{one.sentence}”, is “{is_now}”"]
        wrong = snippet.replace(": 5", ": 7")
        assert verdicts(wrong, before)[0].startswith("altered")
        assert f"the quotation was “{one.sentence}”; and out of date: is “{is_now}”" in verdicts(wrong, after)[0]


@pytest.mark.parametrize(("key", "change"), [
    (("claim", "five", "de"), lambda base: everywhere(base, "  five:\n", "  fifth:\n")), (("chart", "angles", "de"), unlisted)])
def test_what_only_a_release_still_has_is_told_with_what_it_said(key, change):
    one = quotes(site.check(released()))[key]
    now = verification.known(site.views(site.check(change(released()))))
    for snippet in complete(one):
        [finding] = judged(snippet, now)
        assert not finding.holds and finding.message == f"no longer on the site, where {key[0]} {key[1]} (de) said “{one.sentence}”"


def test_an_old_sentence_is_told_from_a_release_where_the_article_altered_it():
    found = quotes(site.check(released()))["chart", "faces", "fr"]
    now = verification.known(site.views(site.check(changed("data/charts/faces.yaml", "title: {fr: ", "title: {fr: Voici ", base=released()))))
    is_now = now.today["chart", "faces", "fr"].sentence
    assert verdicts(complete(found)[1], now) == [f"out of date: was “{found.sentence}”, is “{is_now}”"]
    wrong = found.sentence.replace("a", "o")
    assert verdicts(complete(found)[1].replace(found.sentence, wrong), now) == [
        f"altered: the article says “{wrong}”, the quotation was “{found.sentence}”; and out of date: is “{is_now}”"]


def test_an_article_that_was_brought_up_to_date_under_its_old_link_is_true():
    assert verdicts(f"<p>{COUNT.sentence} <a href='{COUNT.address.replace(COUNT.checksum, '00000000')}'>x</a></p>") == ["still true"]


def test_neither_old_nor_new_is_altered_and_out_of_date():
    [said] = verdicts(f"<p>{COUNT.sentence.replace('5', '6')} <a href='{COUNT.address.replace(COUNT.checksum, '00000000')}'>x</a></p>")
    assert said.startswith("altered: the article says “") and said.endswith(f"the quotation was another; and out of date: is “{COUNT.sentence}”")


@pytest.mark.parametrize(("address", "said"), [
    ("de/data/?quote=0123abcd#euclid.counts", "unknown: the site has no figure euclid.counts (any more); did you mean euclid.count?"),
    ("de/charts/face/?quote=0123abcd", "unknown: the site has no chart face (any more); did you mean faces?"),
    ("it/claims/?quote=0123abcd#five", "unknown: the site has no language it; known: de, fr"),
    ("de/claims/?quote=0123abcd", "unknown: the address no longer says which claim it means (its part after # is gone), and today none has this checksum"),
    ("elsewhere/?quote=0123abcd", "unknown: no chart, figure or claim of this site has the address /elsewhere/")])
def test_what_the_site_does_not_have_is_unknown(address, said):
    assert [finding.message for finding in judged(f"x https://site.example/{address} y")] == [said]


def test_an_address_that_lost_its_place_is_known_by_its_checksum():
    address = COUNT.address.partition("#")[0]
    assert [finding.message for finding in judged(f"<p>{COUNT.sentence} <a href='{address}'>x</a></p>")] == ["figure euclid.count (de): still true"]


def test_a_withdrawn_chart_is_told_with_its_reason():
    found = quotes(site.check(moved(released())))["chart", "angles", "de"]
    now = verification.known(site.views(site.check(corrected(released(), WITHDRAWN))))
    assert verdicts(complete(found)[0], now) == ["withdrawn: 4. März 2026: Falsch gerechnet."]


# ---- the command


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    root = tmp_path_factory.mktemp("copy") / "solids"
    shutil.copytree(SITES / "solids", root)
    return root


def verified(copy, content, *more):
    article = copy.parent / "article.html"
    article.write_bytes(content if isinstance(content, bytes) else content.encode())
    return article, run("verify", article, "--root", copy, *more)


def test_the_command_names_file_and_line_and_says_by_its_code_whether_all_is_true(copy):
    good = f"<p>\n{complete(FACES)[0]}</p>\n"
    article, found = verified(copy, good)
    assert (found.returncode, found.stdout, found.stderr) == (0, f"{article}:2: chart faces (fr): still true\n", "")
    article, found = verified(copy, good + complete(COUNT)[1].replace("5", "6", 1))
    assert found.returncode == 1
    assert [line.rpartition(": the article")[0] for line in found.stdout.splitlines()] == ["", f"{article}:4: figure euclid.count (de): altered"]


@pytest.mark.parametrize(("content", "said"), [
    ("前海 https://site.example/de/data/?quote=0123abcd#a".encode("big5"), "is not UTF-8; name its encoding, as in --encoding big5hkscs"),
    (b"\x89PNG\r\n\x1a\n\x00\x00", "is not UTF-8"), (b"", "no address has quote= in it"), (b"<p>x", "no address has quote= in it")])
def test_what_cannot_be_read_is_said_in_one_line(copy, content, said):
    article, found = verified(copy, content)
    first, *rest = found.stderr.splitlines()
    assert (found.returncode, found.stdout, len(rest)) == (1, "", 1)
    assert first.startswith(f"{article}:1:") and said in first


@pytest.mark.parametrize("how", ["quoted-printable", "BASE64"])
def test_a_mail_as_it_travels_is_not_read(copy, how):
    mail = f"From: a@b.example\nContent-Transfer-Encoding: {how}\n\n{COUNT.sentence} https://site.example/de/data/?quote=3D{COUNT.checksum}=\n#euclid.count\n"
    _, found = verified(copy, mail)
    assert found.returncode == 1 and "this is a mail as it travels" in found.stderr and found.stderr.count("\n") <= 3


def test_an_article_may_be_in_another_encoding(copy):
    article, found = verified(copy, f"前海 {COUNT.sentence} https://site.example/{COUNT.address}".encode("big5", "xmlcharrefreplace"), "--encoding", "big5hkscs")
    assert (found.returncode, found.stdout) == (0, f"{article}:1: figure euclid.count (de): still true\n")


def test_a_file_that_is_not_there_is_said_in_one_line(copy):
    found = run("verify", copy / "nowhere.html", "--root", copy)
    assert found.returncode == 1 and "No such file" in found.stderr and "Traceback" not in found.stderr
