"""Rasters: a poster as PNG, which face writes what, what is left out and why, and what is not made twice."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from tally import font, raster, source, theme
from tally.poster import Poster

FILES = source.fonts()
LIBERATION = [file for file in FILES if file.path.name.startswith("Liberation")]
DEJAVU = [file for file in FILES if file.path.name.startswith("DejaVuSans")]
NOTO = [file for file in FILES if "CJK" in file.path.name]



def test_the_fonts_that_these_tests_write_with_are_here():
    assert LIBERATION and DEJAVU and NOTO, "these tests need fonts-liberation, fonts-dejavu-core and fonts-noto-cjk"


def poster(text, script="latin", language="en", takeaway=False, subject="a"):
    svg = (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 60" width="200" height="60">'
           f'<style>@media (prefers-color-scheme:dark){{[fill="#fbf7ee"]{{fill:#000}}}}</style><rect width="200" height="60" fill="#fbf7ee"/>'
           f'<text x="10" y="40" font-size="20" fill="#211d18">{text}</text></svg>')
    return Poster.of(svg, 200, 60, takeaway, language, script, subject)


def opened(raw):
    return Image.open(io.BytesIO(raw)).convert("RGB")


def family(svg):
    return svg.split("font-family=\"'")[1].split("'")[0]


# ---- which fonts

def test_the_first_family_of_each_group_is_chosen_and_its_files_are_not_read():
    files = [source.FontFile(Path("/nowhere", name)) for name in (
        "LiberationSans-Regular.ttf", "ARIAL.TTF", "arialbd.ttf", "msjh.ttc", "NotoSansCJK-Regular.ttc", "DejaVuSans.ttf", "georgiab.ttf")]
    chosen = font.choose(files)
    assert [face.family for face in chosen.sans["latin"]] == ["Arial", "Noto Sans CJK HK", "DejaVu Sans"]
    assert [face.family for face in chosen.sans["han"]] == ["Noto Sans CJK HK", "Arial", "DejaVu Sans"]
    assert [face.family for face in chosen.serif["han"]][:2] == ["Georgia", "Noto Sans CJK HK"]
    assert [file.path.name for file in chosen.sans["latin"][0].files] == ["ARIAL.TTF", "arialbd.ttf"]


def test_fonts_are_found_in_folders_and_anything_else_is_passed_over(tmp_path):
    (tmp_path / "deep").mkdir()
    for name in ("b.TTF", "a.otf", "deep/c.ttc", "d.txt"):
        (tmp_path / name).write_bytes(b"x")
    assert [file.path.name for file in source.fonts([str(tmp_path), str(tmp_path / "none")])] == ["a.otf", "b.TTF", "c.ttc"]


def test_hong_kong_s_face_of_a_collection_is_read():
    face = font.choose(NOTO).sans["han"][0]
    assert face.family == "Noto Sans CJK HK" and {ord(letter) for letter in "嘅咗啲，。①"} <= face.letters


# ---- which face writes what

def test_a_text_is_written_in_the_first_face_that_has_all_of_it():
    faces = font.choose([*LIBERATION, *NOTO])
    assert family(raster.lettered(poster("Tally").svg, "latin", faces)[0]) == "Liberation Sans"
    assert family(raster.lettered(poster("Tally ①").svg, "latin", faces)[0]) == "Noto Sans CJK HK"
    assert family(raster.lettered(poster("Tally").svg, "han", faces)[0]) == "Noto Sans CJK HK"


def test_a_han_face_gets_an_apostrophe_that_is_not_a_full_em_wide():
    drawn, wanting = raster.lettered(poster("China’s「’」").svg, "han", font.choose(NOTO))
    assert "China's「’」" in drawn and not wanting


# ---- what is wanting

def test_a_picture_with_letters_that_no_font_has_is_left_out_and_named():
    posters = {"zh/charts/a/card": poster("前海 12", "han", "zh"), "en/charts/a/card": poster("Tally")}
    found = raster.render(posters, font.choose(DEJAVU), {})
    assert found.pictures.keys() == {"en/charts/a/card"} and found.gaps == {"zh/charts/a/card": "前海"}
    assert raster.told(found.gaps, posters) == [f"No PNG in zh of a: no font here has 前海; install {raster.HAN_FONTS}"]


def test_without_any_font_no_picture_is_made_and_a_line_says_what_to_install():
    posters = {f"en/charts/{id}/card": poster("Tally", subject=id) for id in "abcdefgh"}
    found = raster.render(posters, font.choose([]), {})
    assert not found.pictures and len(found.gaps) == 8
    assert raster.told(found.gaps, posters) == [
        f"No PNG in en of a, b, c, d, e, f and 2 more: no font here has Taly; install {raster.OTHER_FONTS}"]


# ---- pictures

def test_a_picture_has_its_size_the_light_ground_to_the_hair_and_letters_on_it():
    found = raster.render({"card": poster("Tally"), "file": poster("Tally", takeaway=True)}, font.choose(LIBERATION), {}).pictures
    card, file = opened(found["card"]), opened(found["file"])
    assert (card.size, file.size) == ((200, 60), (400, 120))
    assert "#{:02x}{:02x}{:02x}".format(*card.getpixel((0, 0))) == theme.PALETTE["paper"]
    assert min(sum(pixel) for pixel in card.getdata()) < 200


def test_the_same_poster_gives_the_same_bytes_by_one_process_and_by_several(monkeypatch):
    posters = {str(number): poster(f"Tally {number}") for number in range(raster._WORTH + 1)}
    faces = font.choose(LIBERATION)
    several = raster.render(posters, faces, {}).pictures
    monkeypatch.setattr(raster, "_WORTH", 100)
    assert raster.render(posters, faces, {}).pictures == several


def test_a_known_picture_is_not_made_again_and_another_text_font_or_scale_makes_another():
    faces = font.choose(LIBERATION)
    one = poster("Tally")
    known = {raster.key(one, faces): b"known"}
    again = raster.render({"card": one}, faces, known)
    assert again.pictures == {"card": b"known"}
    others = [raster.key(poster("tally"), faces), raster.key(poster("Tally", takeaway=True), faces), raster.key(one, font.choose(DEJAVU))]
    assert len({*others, *known}) == 4
