"""What is told of a chart's past: a feed for those who embedded it, and a withdrawal wherever it was shown."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from functools import cache
from html import unescape

import pytest

from tally import site
from tally.quantity import Period
from tests.test_links import lost
from tests.test_release import CORRECTION, corrected, everywhere, frozen, moved, released, unlisted
from tests.tiny import changed, complaints, made, rendered

ATOM = "{http://www.w3.org/2005/Atom}"
WITHDRAWN = "\nwithdrawn: {angles: {date: 2026-05-06, reason: {fr: Faux dès le début., de: Von Anfang an falsch.}}}"
TOLD = CORRECTION.format("2026-03-04", "solids.dodecahedron.angles")


@cache
def withdrawn(change=None):
    """The released site with a corrected and withdrawn chart."""
    base = corrected(moved(released()), TOLD + WITHDRAWN)
    return made(change(base) if change else base)


def entries(files, language="fr", chart="angles"):
    root = etree.fromstring(files[f"{language}/charts/{chart}/feed.xml"])
    return [tuple(entry.find(f"{ATOM}{key}").text for key in ("published", "title", "summary")) for entry in root.findall(f"{ATOM}entry")]


# ---- feeds


def test_a_feed_tells_of_releases_corrections_and_withdrawal_the_newest_first():
    assert entries(withdrawn()) == [
        ("2026-05-06T00:00:00Z", "Graphique retiré", "Faux dès le début."),
        ("2026-03-04T00:00:00Z", "Chiffres corrigés", "Relu\nDodécaèdre, Angles autour d’un sommet: 324° → 216°"),
        ("2026-01-02T00:00:00Z", "Version v1", "Chiffres au 2 janvier 2026.")]
    assert entries(withdrawn(), "de")[1][2] == "Nachgelesen\nDodekaeder, Winkel um eine Ecke: 324° → 216°"


def test_a_feed_has_ids_of_its_own_and_links_that_need_no_address():
    root = etree.fromstring(withdrawn()["fr/charts/angles/feed.xml"])
    ids = [one.text for one in root.iter(f"{ATOM}id")]
    assert len(set(ids)) == 4 and all(re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", id) for id in ids)
    links = [entry.find(f"{ATOM}link").get("href") for entry in root.findall(f"{ATOM}entry")]
    assert links == ["index.html", "index.html", "../../../embed/angles/fr/@v1/index.html"]


def test_an_entry_keeps_its_id_when_others_come():
    def ids(files):
        root = etree.fromstring(files["fr/charts/angles/feed.xml"])
        return {entry.find(f"{ATOM}id").text for entry in root.findall(f"{ATOM}entry")}

    before, after = ids(made(released())), ids(withdrawn())
    assert len(before) == 1 and before < after


def test_with_the_sites_address_links_are_whole():
    root = etree.fromstring(rendered("waves")["en/charts/bands/feed.xml"])
    assert root.find(f"{ATOM}entry/{ATOM}link").get("href") == "https://waves.example/embed/bands/en/@2026-01/"
    assert root.find(f"{ATOM}link[@rel='self']").get("href") == "https://waves.example/en/charts/bands/feed.xml"


@pytest.mark.parametrize("path", ["fr/charts/angles/index.html", "embed/angles/fr/index.html", "embed/angles/fr/@v1/index.html"])
def test_pages_lead_to_the_feed(path):
    assert re.search(r'<link rel="alternate" type="application/atom\+xml"[^>]*href="[^"]*feed.xml"', withdrawn()[path].decode())


def test_a_correction_concerns_the_charts_that_show_its_figure():
    assert [title for _, title, _ in entries(withdrawn(), chart="faces")] == ["Version v1"]
    assert "Relu" in withdrawn()["fr/charts/angles/index.html"].decode()
    assert "Relu" not in withdrawn()["fr/charts/faces/index.html"].decode()


# ---- removal and withdrawal


def test_a_removed_chart_says_so_in_its_feed_and_keeps_the_entry_when_releases_come():
    first, *_ = entries(made(unlisted(released())))
    assert first[1] == "Graphique supprimé"
    assert "Graphique supprimé" not in [title for _, title, _ in entries(made(released()))]
    assert "Graphique supprimé" not in [title for _, title, _ in entries(withdrawn(unlisted))]


def test_a_withdrawn_embed_says_which_chart_it_was():
    for language, words in (("fr", "Aucun sommet n’est plat"), ("de", "<p class=\"subtitle\">")):
        assert words in withdrawn()[f"embed/angles/{language}/index.html"].decode().partition("<main>")[2]


def test_a_renamed_figure_keeps_the_correction_made_under_its_old_name():
    why = "corrections: [{date: 2026-03-04, cells: [solids.dodecahedron.angles], note: {fr: Relu., de: Neu gelesen.}}]"
    renamed = everywhere(moved(released()), "dodecahedron", "twelve")

    def unsaid(base):
        return [str(one) for one in site.check(base).warnings if "nobody has said why" in str(one)]

    assert unsaid(renamed) and not unsaid(corrected(renamed, why))
    files = made(corrected(renamed, why))
    assert "4 mars 2026" in files["embed/angles/fr/@v1/index.html"].decode()


@pytest.mark.parametrize("change", [None, unlisted])
@pytest.mark.parametrize("path", ["embed/angles/{}/index.html", "embed/angles/{}/@v1/index.html", "{}/charts/angles/index.html"])
def test_a_withdrawn_chart_gives_way_to_the_reason(path, change):
    page = withdrawn(change)[path.format("fr")].decode()
    assert "Ce graphique a été retiré le 6 mai 2026." in page and "Faux dès le début." in page
    assert "Von Anfang an falsch." in withdrawn(change)[path.format("de")].decode()
    assert '<div class="drawing' not in page


def test_a_withdrawn_charts_page_keeps_its_table_and_offers_no_embed():
    page = withdrawn()["fr/charts/angles/index.html"].decode()
    assert "216°" in page and "embed-box" not in page
    assert "324°" in withdrawn(unlisted)["fr/charts/angles/index.html"].decode()


def test_a_withdrawn_chart_is_no_picture_anywhere():
    gallery = withdrawn()["fr/charts/index.html"].decode()
    assert len(re.findall("<svg[^>]*viewBox", made(released())["fr/charts/index.html"].decode())) - len(re.findall("<svg[^>]*viewBox", gallery)) == 1
    assert "Ce graphique a été retiré" in gallery
    for path in ("fr/charts/angles/index.html", "embed/angles/fr/index.html"):
        assert "angles.svg" not in withdrawn()[path].decode()
        assert "faces.svg" in withdrawn()[path.replace("angles", "faces")].decode()


def test_a_withdrawn_chart_has_no_oembed():
    def waves(text):
        return made(changed("data/corrections.yaml", "", text.encode(), "waves"))

    gone = waves("withdrawn: {conferences: {date: 2026-05-06, reason: {en: Wrong from the start.}}}")
    assert "en/charts/bands/oembed.json" in gone and "en/charts/conferences/oembed.json" not in gone
    assert "json+oembed" not in gone["en/charts/conferences/index.html"].decode()


def test_a_story_that_shows_a_withdrawn_chart_shows_the_reason():
    def told(base):
        for language in ("fr", "de"):
            base = changed(f"content/stories/euler/{language}.md", "::chart duals\n", "::chart duals\n\n::chart angles\n", base=base)
        return base

    assert "Ce graphique a été retiré le 6 mai 2026." in withdrawn(told)["fr/stories/euler/index.html"].decode()


@pytest.mark.parametrize("change", [None, unlisted])
def test_every_address_still_leads_somewhere(change):
    assert sorted(lost(withdrawn(change))) == []


def test_a_withdrawn_chart_is_in_no_later_release():
    found = site.check(corrected(moved(released()), TOLD + WITHDRAWN), strict=True)
    made = frozen(found, "v2", Period.parse("2026-06-07"))
    assert "angles" not in made.charts and "faces" in made.charts
    assert not any(word.endswith(".angles") for word in made.cells)


def test_a_withdrawn_chart_wants_no_correction():
    assert site.check(corrected(moved(released()), WITHDRAWN)).warnings == []


def test_a_chart_that_nobody_released_can_be_withdrawn_but_not_removed():
    text = WITHDRAWN.strip().encode()
    assert complaints(changed("data/corrections.yaml", "", text)) == []
    base = everywhere(changed("data/charts/angles.yaml", "", None), "\n    chart: angles", "")
    assert "no chart is or was called angles" in complaints(changed("data/corrections.yaml", "", text, base=base))[0]


# ---- pictures that others have linked


def linked(files, chart="angles", language="fr"):
    """The picture and the page of the snippet for newsletters, and its words."""
    page = unescape(files[f"{language}/charts/{chart}/index.html"].decode())
    figure = re.search(r"<figure><a href.*?</figure>", page, re.S)[0]
    src, alt = re.search(r'src="([^"]*)" alt="([^"]*)"', figure).groups()
    return src, re.search(r'<a href="([^"]*)"', figure)[1], (alt, re.search("<strong>(.*?)</strong>", figure)[1])


def written(svg):
    """What is to be read on a picture."""
    return [unescape(re.sub("<[^>]+>", "", text)) for text in re.findall(r"<text[^>]*>(.*?)</text>", svg.decode(), re.S)]


PICTURE = "embed/angles/{}/@v1/chart.svg"


def test_a_linked_picture_is_that_of_the_newest_release_as_long_as_it_shows_the_same():
    assert linked(made(released()))[:2] == ("../../../embed/angles/fr/@v1/chart.svg", "../../../embed/angles/fr/@v1/index.html")
    assert linked(made(moved(released())))[:2] == ("angles.svg", "index.html")
    assert linked(rendered())[:2] == ("angles.svg", "index.html")


@pytest.mark.parametrize("key", ["\ntitle:\n  fr: ", "\nalt:\n  fr: ", "\nsubtitle: {fr: "])
def test_with_other_words_the_picture_is_todays(key):
    reworded = made(changed("data/charts/faces.yaml", key, f"{key}Voici ", base=released()))
    assert linked(reworded, "faces")[0] == "faces.svg"
    assert linked(reworded, "faces", "de")[0] == "../../../embed/faces/de/@v1/chart.svg"


def test_what_was_pasted_has_the_same_picture_and_words_whatever_becomes_of_the_chart():
    src, page, words = linked(made(released()))
    path = PICTURE.format("fr")
    assert src.endswith(path)
    before = made(released())[path]
    assert words[1] in " ".join(written(before)) and "324°" in written(before)
    for change in (moved, unlisted, lambda base: everywhere(base, "Aucun sommet", "Nul sommet")):
        after = made(change(released()))
        assert after[path] == before and page.removeprefix("../../../") in after


def test_a_picture_that_is_todays_too_is_not_drawn_twice():
    files = made(released())
    assert files[PICTURE.format("de")] == files["de/charts/angles/angles.svg"]


def test_of_a_removed_chart_the_last_picture_stays_at_its_address():
    files = made(unlisted(released()))
    assert files["fr/charts/angles/angles.svg"] == files[PICTURE.format("fr")] == made(released())["fr/charts/angles/angles.svg"]


@pytest.mark.parametrize("change", [None, unlisted])
@pytest.mark.parametrize("path", ["{}/charts/angles/angles.svg", PICTURE])
def test_the_picture_of_a_withdrawn_chart_gives_way_to_the_reason(path, change):
    before, after = (files[path.format("fr")] for files in (made(released()), withdrawn(change)))
    assert written(after)[:3] == ["Ce graphique a été retiré le 6 mai 2026.", "Faux dès le début.", "Aucun sommet n’est plat"]
    assert "324°" not in written(after) and "216°" not in written(after)
    assert re.search('viewBox="[^"]*"', after.decode())[0] == re.search('viewBox="[^"]*"', before.decode())[0]
    assert "zurückgezogen" in written(withdrawn(change)[path.format("de")])[0]
