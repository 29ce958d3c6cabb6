"""Pictures on the built site: every one that a page names is there, and none is named that is not."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from tally import site, source
from tests.tiny import ROOT, SITES

BASE = "https://example.org/solids"
_IMAGE = re.compile(r'<meta property="og:image" content="([^"]*)">')


def built(destination, **given):
    made = site.build(SITES / "solids", ROOT, destination, **given)
    return made, {path.relative_to(destination).as_posix(): path.read_bytes() for path in destination.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def pictured(tmp_path_factory):
    """A tiny site with an address and its pictures."""
    return built(tmp_path_factory.mktemp("pictures") / "site", base_url=BASE)


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    """The same on a machine that has no fonts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source, "fonts", lambda: [])
        return built(tmp_path_factory.mktemp("bare") / "site")


def pages(files):
    return {path: raw.decode() for path, raw in files.items() if path.endswith(".html")}


def test_every_shared_page_names_a_card_that_is_there_and_of_the_size_it_says(pictured):
    made, files = pictured
    named = {path: found[1] for path, html in pages(files).items() if (found := _IMAGE.search(html))}
    assert {"index.html", "fr/index.html", "de/charts/faces/index.html", "fr/stories/euler/index.html", "fr-de/stories/euler/index.html", "de/data/index.html"} <= named.keys()
    assert named["de/charts/faces/index.html"] == f"{BASE}/de/charts/faces/card.png"
    assert named["de/data/index.html"] == f"{BASE}/de/card.png"
    for address in named.values():
        card = Image.open(io.BytesIO(files[address.removeprefix(f"{BASE}/")]))
        assert (card.format, card.size) == ("PNG", (1200, 630))
    assert made.pictures == sum(path.endswith(".png") for path in files) and not made.wanting


def test_each_card_has_words_of_its_own_for_those_who_cannot_see_it(pictured):
    _, files = pictured
    alts = {path: re.search(r'<meta property="og:image:alt" content="([^"]+)">', html) for path, html in pages(files).items() if _IMAGE.search(html)}
    assert all(alts.values()) and 'content="summary_large_image"' in files["fr/index.html"].decode()


def test_no_picture_is_blank(pictured):
    _, files = pictured
    for path, raw in files.items():
        if path.endswith(".png"):
            picture = Image.open(io.BytesIO(raw)).convert("L")
            dark = sum(picture.histogram()[:128]) / (picture.width * picture.height)
            assert 0.005 < dark < 0.5, path


def test_a_chart_s_page_offers_both_kinds_by_name(pictured):
    _, files = pictured
    page = files["de/charts/faces/index.html"].decode()
    for kind in ("svg", "png"):
        link = re.search(rf'<a href="faces.{kind}" download aria-label="([^"]+)">{kind.upper()}</a>', page)
        assert link and kind.upper() in link[1] and f"de/charts/faces/faces.{kind}" in files


def test_without_fonts_no_page_names_a_png_and_the_summary_says_why(bare):
    made, files = bare
    assert not [path for path in files if path.endswith(".png")] and made.pictures == 0
    assert not [path for path, html in pages(files).items() if "og:image" in html or ".png" in html]
    assert "de/charts/faces/faces.svg" in files and 'href="faces.svg"' in files["de/charts/faces/index.html"].decode()
    assert [line.partition(":")[0].split()[:4] for line in made.wanting] == [["No", "PNG", "in", "fr"], ["No", "PNG", "in", "de"]]


def test_a_quick_build_leaves_png_out_and_says_nothing_of_it(tmp_path):
    made, files = built(tmp_path / "site", pictures=False)
    assert not [path for path in files if path.endswith(".png")] and made.wanting == []


def test_a_compressed_build_has_both_beside_each_page(tmp_path):
    _, files = built(tmp_path / "site", pictures=False, compress=True)
    assert {"fr/index.html.br", "fr/index.html.gz", "de/charts/faces/faces.svg.br"} <= files.keys()


def test_a_compressed_build_is_counted_and_known_with_all_that_stands_there(tmp_path):
    first, files = built(tmp_path / "site", pictures=False, compress=True)
    assert first.changes.stamps == source.stamps(tmp_path / "site")
    assert first.files == len([path for path in files if not path.endswith((".br", ".gz", source.RECORD))])
    again, _ = built(tmp_path / "site", pictures=False, compress=True)
    assert again.changes.lines() == ["No file has changed"]
    without, _ = built(tmp_path / "site", pictures=False)
    assert without.changes.removed == sorted(path for path in files if path.endswith((".br", ".gz")))
