"""Assets: named by their content, loaded from a disk as well as from a server."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

from tally import asset, live, theme
from tally.file import digest
from tests.tiny import drawings, folder, rendered

INDEXES = ["search/fr.js"]
ASSETS = asset.collect(folder(), drawings().values(), INDEXES)


def test_an_assets_name_holds_a_digest_of_its_content():
    for path, raw in ASSETS.files.items():
        assert path == asset.EMBED or hashlib.sha256(raw).hexdigest()[:10] in path


def test_an_asset_that_changes_changes_its_name():
    changed = replace(folder(), templates={**folder().templates, "assets/style.css": b"body {}"})
    again = asset.collect(changed, drawings().values(), INDEXES)
    assert {name for name in ASSETS.paths if ASSETS.paths[name] != again.paths[name]} == {"style.css"}


def test_the_style_sheet_opens_with_the_themes_colours():
    assert ASSETS.files[ASSETS.paths["style.css"]].startswith(theme.css().encode())


def test_pages_hold_a_mark_until_a_late_asset_has_its_name():
    held = ASSETS.paths["search/fr.js"]
    paths = asset.settled({"search/fr.js": digest(b"tally.receive()")})
    assert list(paths) == [held] and held not in ASSETS.files
    assert paths[held].startswith("assets/search/fr.") and paths != asset.settled({"search/fr.js": digest(b"tally.receive(1)")})


def test_a_page_says_the_same_whatever_the_names_of_what_serves_any_page():
    def page(style, search, live):
        return f'<link href="../assets/style.{style}.css"><a href="assets/search/fr.{search}.js" data-live="assets/live/fr/faces.{live}.js">'.encode()

    one, other = "0123456789", "abcdef0123"
    assert asset.unaddressed(page(one, one, one)) == asset.unaddressed(page(other, other, one))
    assert asset.unaddressed(page(one, one, one)) != asset.unaddressed(page(one, one, other))


def test_plotly_is_compiled_while_it_arrives():
    first, _, rest = ASSETS.files[ASSETS.paths["plotly.js"]].partition(b"\n")
    assert (first, rest) == (b"//# allFunctionsCalledOnLoad", folder().bundle.script)


def test_every_chart_has_a_live_figure_in_every_language():
    assert sorted(name for name in ASSETS.paths if name.startswith("live/")) == [
        f"live/{language}/{chart}.js" for language in ("de", "fr") for chart in ("angles", "duals", "faces")]


def test_a_live_figure_is_a_script_that_hands_over_both_widths_and_what_is_said_of_each_point():
    path = ASSETS.paths[live.name("faces", "fr")]
    call, _, argument = rendered()[path].decode().partition(",")
    assert hashlib.sha256(rendered()[path]).hexdigest()[:10] in path
    assert call == 'tally.receive("fr/faces"'
    assert sorted(json.loads(argument.removesuffix(");\n"))) == ["narrow", "readings", "wide"]
