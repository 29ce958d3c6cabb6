"""Releases: what is frozen stays as it was, whatever becomes of the chart, and nobody changes it unseen."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from datetime import date
from functools import cache
from html import unescape

import brotli
import pytest

from tally import embed, pin, quote, release, site
from tally.model import Release
from tally.problem import Faulty
from tally.quantity import Period
from tests.test_build import files, run
from tests.test_links import lost
from tests.tiny import SITES, changed, checked, complaints, drawings, folder, made

PATH = "data/releases/v1.json.br"
DAY = Period.parse("2026-01-02")
TABLE = "data/tables/solids.yaml"
PINNED = "embed/angles/{}/@v1/index.html"


def freeze(name="solids", called="v1", day=DAY):
    """A release of a tiny site as it stands."""
    return frozen(checked(name), called, day)


def frozen(found, called="v1", day=DAY):
    """A release of what was found."""
    claims = quote.freeze(site.views(found))
    return pin.freeze(called, day, found.project, found.book, found.voices, found.drawings, claims)


@cache
def released(name="solids"):
    """A tiny site with a release of it."""
    return changed(PATH, "", release.pack(freeze(name)), base=folder(name))


def corrected(base, text):
    """The same with a file of corrections."""
    return changed("data/corrections.yaml", "", text.encode(), base=base)


def everywhere(base, old, new):
    """A site in which a word stands for another in every file but the releases."""
    return replace(base, files={path: raw if path.startswith("data/releases/") else raw.replace(old.encode(), new.encode())
                                for path, raw in base.files.items()})


def unlisted(base):
    """The site without the chart of angles."""
    return changed("data/charts/angles.yaml", "", None, base=everywhere(base, "\n    chart: angles", ""))


def moved(base):
    """Five faces meet where three did, so the dodecahedron's angles are others."""
    return changed(TABLE, "sides: 5, meeting: 3", "sides: 5, meeting: 2", base=base)


@cache
def pages(change=None):
    """All files of the released site, after a change."""
    return made(change(released()) if change else released())


def shown(files, language="fr"):
    """What a pinned embed shows: its words and picture, without the line that tells of changes and the link to today's site."""
    page = files[PINNED.format(language)].decode()
    figure = re.search(r"<figure.*</figure>", page, re.S)[0]
    figure = re.sub(r'<p class="gone">.*?</p>\s*', "", figure)
    return re.sub(r'<(details|p) class="since">.*?</\1>', "<since>", figure, flags=re.S)


def line(files, language="fr", chart="angles"):
    """That line, as text."""
    page = files[f"embed/{chart}/{language}/@v1/index.html"].decode()
    found = re.search(r'<(details|p) class="since">.*?</\1>', page, re.S)[0]
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", found)).strip()


# ---- the file


@pytest.mark.parametrize("name", ["solids", "waves"])
def test_a_release_can_be_read_back_and_has_always_the_same_bytes(name):
    raw = release.pack(freeze(name))
    assert raw == release.pack(freeze(name))
    assert release.unpack(PATH, raw) == freeze(name)


@pytest.mark.parametrize("name", ["solids", "waves"])
def test_a_frozen_chart_is_drawn_as_it_was(name):
    pins = pin.thaw({"v1": release.unpack(PATH, release.pack(freeze(name)))})
    assert pins.keys() == {("v1", *key) for key in drawings(name)}
    for (_, chart, language), thawed in pins.items():
        today = drawings(name)[chart, language]
        assert thawed.summary == today.summary and thawed.readings == today.readings
        assert thawed.table.rows == today.table.rows and thawed.table.columns == today.table.columns
        for one, other in ((thawed.wide, today.wide), (thawed.narrow, today.narrow)):
            assert (one.svg.replace("@v1", ""), one.json) == (other.svg, other.json)


def test_a_release_keeps_machine_values_beside_the_printed_ones():
    cells = freeze().cells
    assert cells["solids.dodecahedron.angles"].model_dump() == {"value": "324", "unit": "°", "qualifier": "exact", "amount": "324 degree"}
    assert freeze("waves").cells["bands.vlf.frequency"].value == "3/30"
    assert freeze("waves").cells["bands.vlf.frequency"].amount == "3000/30000 1/s"


def test_an_unknown_colour_in_a_release_is_a_problem_and_no_traceback():
    frozen = json.loads(brotli.decompress(release.pack(freeze())))["release"]
    frozen["charts"]["angles"]["faces"]["fr"]["wide"]["layout"]["font"]["color"] = "@gone"
    with pytest.raises(Faulty, match=r"data/releases/v1.json.br:1:1: charts.angles: the chart angles of this release cannot be drawn any more"):
        pin.thaw({"v1": Release.model_validate(frozen)})


def repacked(change):
    """The file with its JSON changed by hand, and its digest as it was."""
    whole = json.loads(brotli.decompress(release.pack(freeze())))
    change(whole)
    return brotli.compress(json.dumps(whole).encode())


def altered(whole):
    whole["release"]["cells"]["solids.cube.faces"]["value"] = "7"


def undigested(whole):
    del whole["digest"]


def later(whole):
    whole["format"] = 2


def lacking(whole):
    del whole["release"]["sources"]
    whole["digest"] = release.digest(whole["release"])


def refitted(change):
    """The file with its JSON changed, and a digest that fits."""
    def again(whole):
        change(whole["release"])
        whole["digest"] = release.digest(whole["release"])
    return repacked(again)


def strayed(content):
    content["charts"]["../../x"] = content["charts"].pop("angles")


def emptied(content):
    del content["cells"]["solids.dodecahedron.angles"]


def shortened(content):
    content["charts"]["angles"]["faces"]["fr"]["rows"][0]["points"].append(None)


def unsourced(content):
    content["charts"]["angles"]["sources"].append("nobody")


def muted(content):
    del content["charts"]["angles"]["alt"]["fr"]


def unnumbered(content):
    content["charts"]["angles"]["faces"]["fr"]["rows"][0]["points"][0]["low"] = "many"


@pytest.mark.parametrize(("raw", "said"), [
    (refitted(strayed), "'../../x' is no id"), (refitted(emptied), "shows the figure solids.dodecahedron.angles, which is not here"),
    (refitted(shortened), "of the chart angles has not one place for each column"), (refitted(muted), "a text of the chart angles has no fr"),
    (refitted(unsourced), "names the source nobody, whose title is not here"), (refitted(unnumbered), "low: String should match pattern"),
    (b"", "is damaged"), (b"no release", "is damaged"), (release.pack(freeze())[:-9], "is damaged"),
    (brotli.compress(b"{"), "is damaged"), (brotli.compress(b"[" * 100_000), "is damaged"),
    (brotli.compress(b"0" * (release.MAX_BYTES + 100_000), quality=1), "is damaged"),
    (brotli.compress(b"[]"), "has the form None"), (repacked(altered), "its digest does not fit; bring back the file as it was made"),
    (repacked(undigested), "its digest does not fit"), (repacked(later), "has the form 2"), (repacked(lacking), "lacks what is read here (sources: Field required)"),
    (release.pack(freeze(called="v2")), "this is the release v2; a release keeps its name, so call the file v2.json.br")])
def test_a_file_that_is_not_as_it_was_made_is_a_problem(raw, said):
    [problem] = complaints(changed(PATH, "", raw))
    assert problem.startswith(f"{PATH}:1:1: ") and said in problem


def test_a_damaged_file_is_named_without_a_look_into_it(copy):
    (copy / PATH).parent.mkdir()
    (copy / PATH).write_bytes(b"\x1b[2J\n")
    failed = run("check", "--root", copy)
    assert failed.stderr.splitlines() == [
        f"{PATH}:1:1: this release is damaged and cannot be unpacked; bring back the file as it was made: git checkout -- {PATH}",
        "1 problem; nothing was written"]


def test_a_stray_file_of_bytes_is_named_without_a_look_into_it(copy):
    stray = copy / "data/releases/odd.json"
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(release.pack(freeze()))
    failed = run("check", "--root", copy)
    stray.unlink()
    assert any("odd.json:1:1: nothing reads this file" in line for line in failed.stderr.splitlines())
    assert all(line.startswith("data/releases/") or "problem" in line for line in failed.stderr.splitlines())


def test_another_file_among_the_releases_is_named():
    assert "nothing reads this file" in complaints(changed("data/releases/v1.json", "", b"{}"))[0]


# ---- pinned embeds


def test_without_releases_a_site_is_what_it_was():
    assert not [path for path in made(folder()) if "@" in path or (path.endswith("feed.xml") and "charts" in path)]


def test_a_pinned_embed_shows_what_the_living_one_shows():
    page = pages()[PINNED.format("fr")].decode()
    assert line(pages()) == "Chiffres au 2 janvier 2026."
    for text in ("Aucun sommet n’est plat", "Somme des angles autour d’un sommet", ">324°</td>", "Dodécaèdre"):
        assert text in page
    script = re.search(r'data-script="([^"]*live[^"]*)"', page)[1]
    assert script.removeprefix("../../../../") in pages()
    assert 'data-chart="fr/angles@v1"' in page and b'tally.receive("fr/angles@v1",' in pages()[script.removeprefix("../../../../")]


def renamed(base):
    return everywhere(base, "dodecahedron", "twelve")


def rewritten(base):
    return everywhere(everywhere(base, "Aucun sommet n’est plat", "Tous les sommets"), "Dodécaèdre", "Solide des pentagones")


def recast(base):
    """Another unit of the same kind, and another source's name."""
    return everywhere(everywhere(base, '"°"', "grad"), "[°]", "[grad]")


def retitled(base):
    """The source has another id."""
    return everywhere(everywhere(base, "source: euclid\n", "source: elements\n"), "\n  euclid:\n", "\n  elements:\n")


CHANGES = [moved, renamed, rewritten, recast, retitled, unlisted]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("language", ["fr", "de"])
def test_whatever_changes_a_pinned_embed_stays_byte_for_byte(change, language):
    before, after = shown(pages(), language), shown(pages(change), language)
    if change is retitled:  # the source's title is the old one, without a link to where it no longer is
        before = re.sub(r'<a href="[^"]*#source-euclid" rel="noopener">(.*?)</a>', r"\1", before)
    assert after == before


@pytest.mark.parametrize("change", [renamed, rewritten, recast, retitled])
def test_other_words_are_no_change_of_figures(change):
    assert line(pages(change)) == "Chiffres au 2 janvier 2026."


def test_a_changed_figure_is_shown_as_it_was_and_as_it_is():
    assert line(pages(moved)) == ("Des chiffres ont changé depuis le 2 janvier 2026. Voir ce qui a changé "
                                  "Chiffre Était Est Dodécaèdre, Angles autour d’un sommet 324° 216°")
    assert line(pages(moved), "de") == ("Zahlen haben sich seit dem 2. Januar 2026 geändert. Was sich geändert hat "
                                        "Zahl War Ist Dodekaeder, Winkel um eine Ecke 324° 216°")


def test_figures_that_were_removed_or_added_are_shown():
    def fewer(base):
        return changed("data/charts/duals.yaml", "rows: [cube, octahedron,", "rows: [tetrahedron, octahedron,", base=base)

    assert line(pages(fewer), chart="duals").endswith("Tétraèdre, Faces nouveau 4 faces Tétraèdre, Sommets nouveau 4 sommets")

    def none(base):
        return changed("data/charts/faces.yaml", "cut: {table: solids, columns: [faces]}", "grid: {columns: {a: {label: {fr: Faces, de: Flächen}}}, rows: "
                       "{icosahedron: {label: {fr: Icosaèdre, de: Ikosaeder}, cells: [solids.icosahedron.faces]}}}", base=base)

    assert line(pages(none), chart="faces") == "Chiffres au 2 janvier 2026."  # no figure is another one, though fewer are shown


def test_of_a_chart_that_is_gone_its_last_release_stands_at_its_addresses():
    gone = pages(unlisted)
    assert "Ce graphique n’est plus mis à jour." in gone["embed/angles/fr/index.html"].decode()
    assert "Ce graphique n’est plus mis à jour." in gone["fr/charts/angles/index.html"].decode()
    assert "324°" in gone["embed/angles/fr/index.html"].decode() and "324°" in gone["fr/charts/angles/index.html"].decode()
    assert "angles" not in gone["fr/charts/index.html"].decode().partition("gallery")[2]


@pytest.mark.parametrize("change", [None, *CHANGES])
def test_every_address_still_leads_somewhere(change):
    assert sorted(lost(pages(change))) == []


def test_chart_page_and_living_embed_name_the_newest_release():
    both = made(changed("data/releases/v2.json.br", "", release.pack(freeze(called="v2", day=Period.parse("2026-02-03"))), base=released()))
    for path in ("fr/charts/faces/index.html", "embed/faces/fr/index.html"):
        page = both[path].decode()
        assert re.search(r'href="[^"]*@v2/index.html"[^>]*>Version la plus récente : v2</a>', page)
        assert "récente : v1" not in page
    assert ">Version v1</a>" in both["fr/charts/faces/index.html"].decode()
    assert "@v2" in re.search(r'<textarea id="embed-pinned".*?</textarea>', both["fr/charts/faces/index.html"].decode(), re.S)[0]


def test_the_height_of_a_pinned_embed_leaves_room_for_the_line_from_the_start():
    words = embed.Content("Headline", "measure", "", "Source: a", (720, 180), (328, 328))
    assert embed.height(replace(words, foot=embed.DATED), 640) == embed.height(words, 640) + embed.DATED
    page = unescape(pages()["fr/charts/faces/index.html"].decode())
    script, pinned = (int(re.search(rf'id="embed-{rung}".*? height="(\d+)"', page, re.S)[1]) for rung in ("script", "pinned"))
    assert pinned - script == embed.DATED


# ---- what nobody explained


def test_a_changed_figure_wants_a_correction_and_is_told_which():
    warnings = site.check(moved(released())).warnings
    [told] = [one for one in warnings if "v1" in one.message]
    assert (told.path, told.key) == (TABLE, "rows.dodecahedron.cells.angles")
    assert "solids.dodecahedron.angles: 324° → 216°" in told.message
    with pytest.raises(Faulty, match="nobody has said why"):
        site.check(moved(released()), strict=True)
    line = re.search(r"data/corrections.yaml (- \{.*\})$", told.message)[1]
    text = "corrections:\n  " + line.replace("YYYY-MM-DD", "2026-03-04").replace("…", "Compté de nouveau")
    site.check(corrected(moved(released()), text), strict=True)


CORRECTION = "corrections:\n- {{date: {}, cells: [{}], note: {{fr: Relu, de: Nachgelesen}}}}"


@pytest.mark.parametrize(("day", "cell", "enough"), [
    ("2026-03-04", "solids.dodecahedron.angles", True), ("2026-01-02", "solids.dodecahedron.angles", True),
    ("2026-03-04", "solids.dodecahedron.meeting", True), ("2026-01-01", "solids.dodecahedron.angles", False),
    ("2026-03-04", "solids.cube.angles", False)])
def test_a_correction_names_the_figure_or_one_behind_it_and_is_no_older_than_the_release(day, cell, enough):
    base = corrected(moved(released()), CORRECTION.format(day, cell))
    assert (not site.check(base).warnings) == enough
    if enough:
        told = line(made(base))
        assert told.startswith(f"Chiffres corrigés le {int(day[-2:])} {'mars' if '03' in day else 'janvier'} 2026. Voir ce qui a changé")
        assert "Relu" in told


def test_a_figure_that_is_gone_wants_a_correction_too():
    def without(base):
        return unlisted(changed(TABLE, "vertices: 4, sides: 3, meeting: 3", "vertices: 4, sides: 3", base=base))

    with pytest.raises(Faulty):  # the formula misses it: what stands on a figure keeps it
        site.check(without(released()))
    gone = changed("data/figures/euclid.yaml", "  limit:\n", "  bound:\n", base=released())
    assert any("limit" in problem for problem in complaints(gone))


@pytest.mark.parametrize(("text", "said"), [
    (CORRECTION.format("2026", "solids.cube.faces"), "'2026' is no day; write one, as in 2026-12-01"),
    (CORRECTION.format("2026-03-04", "solids.cub.faces"), "no figure is or was called solids.cub.faces; did you mean solids.cube.faces?"),
    ("corrections:\n- {date: 2026-03-04, cells: [], note: {fr: a, de: b}}", "corrections.0.cells"),
    ("corrections:\n- {date: 2026-03-04, cells: [solids.cube.faces], note: {fr: a}}", "the translation de is missing"),
    ("corrections:\n- {date: 2026-03-04, cells: [solids.cube.faces], note: {fr: 6 au lieu de 5, de: 6 statt 5}}", "typed by hand"),
    ("withdrawn: {angels: {date: 2026-03-04, reason: {fr: a, de: b}}}", "no chart is or was called angels; did you mean angles?"),
    ("withdrawn: {faces: {date: 2026-03-04, reason: {fr: a, de: b}}}", "the chart faces is withdrawn; choose another"),
    ("withdrawn: {duals: {date: 2026-03-04, reason: {fr: a, de: b}}}", "story.yaml:2:7: lead: the chart duals is withdrawn; choose another")])
def test_what_is_wrong_with_corrections_is_named(text, said):
    assert any(said in problem for problem in complaints(corrected(released(), text)))


# ---- the command


@pytest.fixture
def copy(tmp_path):
    root = tmp_path / "solids"
    shutil.copytree(SITES / "solids", root)
    return root


def test_a_release_is_one_small_file_and_is_never_written_twice(copy):
    before = files(copy)
    made = run("release", "2026-01", "--date", "2026-01-02", "--root", copy)
    assert (made.returncode, made.stderr) == (0, "")
    path = "data/releases/2026-01.json.br"
    after = files(copy)
    assert after.keys() - before.keys() == {path} and f"Wrote {copy / path}" in made.stdout
    assert after[path] == release.pack(freeze(called="2026-01"))
    again = run("release", "2026-01", "--date", "2026-01-03", "--root", copy)
    assert (again.returncode, again.stderr.splitlines()[0]) == (1, f"{path}:1:1: there is a release 2026-01 already, and a release never changes; choose another name")
    assert files(copy) == after


def test_the_day_is_todays_where_none_is_given(copy):
    days = {date.today().isoformat()}
    run("release", "now", "--root", copy)
    days.add(date.today().isoformat())
    assert release.unpack("data/releases/now.json.br", (copy / "data/releases/now.json.br").read_bytes()).date.text in days


@pytest.mark.parametrize(("arguments", "code", "said"), [
    (("release", "Jan 2026"), 1, "'Jan 2026' is no name for a release; use small letters, digits and single hyphens"),
    (("release", "../up"), 1, "is no name for a release"), (("release", "v1", "--date", "2026-13-01"), 2, "--date"),
    (("release", "v1", "--date", "2026-01"), 2, "is no day"), (("check", "--date", "2026-01-02"), 2, "unrecognized arguments: --date"), (("release",), 2, "the following arguments are required: NAME")])
def test_a_release_that_cannot_be_made_is_refused(copy, arguments, code, said):
    before = files(copy)
    refused = run(*arguments, "--root", copy)
    assert (refused.returncode, said in refused.stderr, "Traceback" in refused.stderr) == (code, True, False)
    assert files(copy) == before


def test_only_what_passes_the_strict_check_is_released(copy):
    (copy / "content/stories/euler/made-from.yaml").unlink()
    assert run("check", "--root", copy).returncode == 0
    assert run("release", "v1", "--root", copy).returncode == 1
    assert not (copy / "data/releases").exists()


def test_the_published_site_takes_less_than_a_photograph(paper):
    assert len(release.pack(frozen(paper))) <= 150_000


def test_a_problem_names_the_figures_that_were_changed_and_not_those_worked_out_from_them():
    chart = "form: dots\norder: 4\ntitle: {fr: a, de: b}\nsubtitle: {fr: a, de: b}\nalt: {fr: a, de: b}\n" + (
        "grid: {columns: {a: {label: {fr: a, de: b}}}, rows: {c: {label: {fr: c, de: c}, cells: [euclid.edges]}, "
        "d: {label: {fr: d, de: d}, cells: [solids.cube.edges]}}}\n")
    base = changed("data/charts/sums.yaml", "", chart.encode())
    found = site.check(base)
    raw = release.pack(frozen(found))
    both = everywhere(changed(PATH, "", raw, base=base), "faces: 6, edges: 12", "faces: 7, edges: 13")
    [told] = [one.message for one in site.check(both).warnings if "v1" in one.message]
    assert "euclid.edges: 90 arêtes → 91 arêtes" in told
    assert set(re.search(r"cells: \[(.*?)\]", told)[1].split(", ")) == {"solids.cube.faces", "solids.cube.edges"}
