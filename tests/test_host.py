"""Hosts: what readers are told was measured is what the file says, whole and in its order."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from tally import site
from tally.host import FILE, read
from tally.problem import Faulty
from tests.tiny import complaints, files, folder, render, rendered

ONE = {"pasted": "embed-script", "sizing": "embed.js", "frames": 3, "widths": [320, 1200], "over": 37, "scrolling": 5, "files": 41,
       "strangers": 6, "errors": 8}


def written(hosts):
    """A tiny site whose engine was tried in these hosts."""
    return replace(folder(), templates={**folder().templates, FILE: json.dumps(hosts).encode()})


def row(html):
    """The cells of the last row of the page's last table, as texts."""
    return re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", html[html.rindex("<tr>"):])


@pytest.mark.parametrize("raw", [b"{", b"[]", json.dumps({"a": {**ONE, "over": "1 px"}}).encode(), json.dumps({"a": {**ONE, "more": 1}}).encode(),
                                 json.dumps({"a": {key: ONE[key] for key in ONE if key != "files"}}).encode()])
def test_anything_else_is_named_with_its_file(raw):
    with pytest.raises(Faulty) as caught:
        read(raw)
    assert str(caught.value).startswith(f"templates/{FILE}:1:1: ") and "TALLY_ACCEPT_HOSTS" in str(caught.value)


def test_hosts_keep_their_order():
    assert list(read(json.dumps({"b": ONE, "a": ONE}).encode())) == ["b", "a"]


def test_every_figure_of_the_table_is_the_files():
    html = render(given=written({"many-embeds-on-one-page": ONE}))["fr/embedding/index.html"].decode()
    assert row(html) == ["3 graphiques sur une page", "Cadre et script", "<code>embed.js</code>", "320–1\u202f200", "≤ 37", "5", "41", "6", "8"]


def test_nothing_is_said_as_a_word():
    html = render(given=written({"amp-parent": {**ONE, "pasted": "address", "widths": [640, 640], "scrolling": 0, "strangers": 0, "errors": 0}}))
    none = '<span class="none">keine</span>'
    assert row(html["de/embedding/index.html"].decode()) == [
        "AMP-Seite", "Adresse des Rahmens", "<code>embed.js</code>", "640", "≤ 37", none, "41", none, none]


def test_a_host_without_a_name_is_found_before_anything_is_built():
    [said] = complaints(written({"moon": ONE}))
    assert said.startswith("content/interface.yaml:") and "no word is called tried-moon" in said


@pytest.mark.parametrize(("name", "asked"), [("solids", ["lang=fr-de"]), ("waves", [])])
def test_the_page_offers_what_the_frame_knows(name, asked):
    html = rendered(name)[f"{'fr' if name == 'solids' else 'en'}/embedding/index.html"].decode()
    offered = re.findall(r'<a href="\.\./\.\./(embed/[^"?]+)\?([^"]+)"', html)
    assert [query for _, query in offered] == ["theme=light", "theme=dark", "theme=auto", "plain", "static", "transparent", *asked]
    [frame] = {path for path, _ in offered}
    known = rendered(name)[frame].decode()
    assert 'asked.get("theme")' in known and '["plain", "static", "transparent"]' in known
    assert all(f'"{query.removeprefix("lang=")}"' in known for query in asked)


def test_what_has_no_address_of_its_own_is_said_only_there():
    base = replace(folder(), files={**folder().files, "data/site.yaml": folder().files["data/site.yaml"] + b"\nbase_url: https://x.example\n"})
    found = site.check(base)
    built = files(found, base)
    html, local = built["fr/embedding/index.html"].decode(), found.project.words["embedding-local"]["fr"]
    assert local not in html and local in rendered()["fr/embedding/index.html"].decode()
    assert "https://x.example/fr/embedding/" in built["sitemap.xml"].decode()
    assert found.project.words["embed-address-when"]["fr"] in html
