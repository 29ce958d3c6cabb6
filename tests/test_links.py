"""Every address in a site, in its pages and in what machines read, leads to a file of it and a place in that file."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from pathlib import Path

from tally import site

from . import tiny

BASE = "https://solids.example/deep/"
OUTSIDE = re.compile(r"[a-z]+:", re.IGNORECASE)
ADDRESS = re.compile(r'(?<!<base)\s(?:href|src|poster|data-(?:script|plotly|frame|quotes))="([^"]+)"')
SHARED = re.compile(r'<meta property="og:(?:image|url)" content="([^"]+)"')
SEVERAL = re.compile(r'\ssrcset="([^"]+)"')
LINKED = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
WITHIN = re.compile(r'\s(?:for|popovertarget|aria-(?:labelledby|describedby|controls))="([^"]+)"')
STYLED = re.compile(r"""url\(["']?([^"')]+)["']?\)""")
MAPPED = re.compile(r'<(?:loc|id)>([^<]+)<|\shref="([^"]+)"')
KEYS = ("item", "url", "contentUrl", "image", "src", "start_url", "path")


def told(thing: object) -> Iterator[str]:
    """The addresses in JSON."""
    if isinstance(thing, dict):
        yield from (value for key, value in thing.items() if key in KEYS and isinstance(value, str))
    for one in thing.values() if isinstance(thing, dict) else thing if isinstance(thing, list) else ():
        yield from told(one)


def addresses(path: str, text: str) -> Iterator[str]:
    """Where a file leads."""
    if path.endswith(".css"):
        yield from STYLED.findall(text)
    elif path.endswith((".webmanifest", "datapackage.json")):
        yield from told(json.loads(text))
    elif path.endswith(".xml"):
        yield from ("".join(found) for found in MAPPED.findall(text))
    elif path.endswith((".html", ".svg")):
        yield from (unescape(one) for kind in (ADDRESS, SHARED) for one in kind.findall(text))
        yield from (one.split()[0] for several in SEVERAL.findall(text) for one in several.split(","))
        yield from (one for script in LINKED.findall(text) for one in told(json.loads(script)))


def ids(path: str, text: str) -> list[str]:
    """The places of a file, in their order."""
    return [unescape(id) for id in re.findall(r'\sid="([^"]+)"', text)] if path.endswith((".html", ".svg")) else []


def resolved(path: str, address: str, base: str) -> tuple[str, str]:
    """The file and the place in it that an address means; no file where it leads out of the site."""
    within = base and address.startswith(base)
    if OUTSIDE.match(address) and not within:
        return "", ""
    target, _, place = (address.removeprefix(base) if within else address).partition("#")
    target = target.partition("?")[0]  # what follows is for scripts, and for `build.py verify`
    if not target and not within:
        return path, place
    there = posixpath.normpath(posixpath.join("" if within else posixpath.dirname(path), target))
    whole = not target or target.endswith("/")
    return posixpath.normpath(posixpath.join(there, "index.html")) if whole else there, place


def lost(files: Mapping[str, bytes], base: str = "") -> Iterable[str]:
    """What leads nowhere in a site whose own address is `base`."""
    read = (".html", ".css", ".svg", ".xml", ".webmanifest", "datapackage.json")
    texts = {path: raw.decode("utf-8") for path, raw in files.items() if path.endswith(read)}
    places = {path: ids(path, text) for path, text in texts.items()}
    for path, text in texts.items():
        yield from (f"{path} has #{id} twice" for id in set(places[path]) if places[path].count(id) > 1)
        meant = {id for several in WITHIN.findall(text) for id in unescape(several).split()}
        yield from (f"{path}: no #{id}" for id in meant if id not in places[path])
        for address in addresses(path, text):
            there, place = resolved(path, address, base)
            if there and (there not in files or (place and place not in places[there])):
                yield f"{path}: {address}"


def written(folder: Path) -> dict[str, bytes]:
    """A built site, by its paths."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_address_of_the_published_site_leads_somewhere(published):
    files = written(published[1])
    assert len(files) > 400 and sorted(lost(files)) == []


def test_full_addresses_lead_into_the_site_too(tmp_path):
    site.build(tiny.SITES / "solids", tiny.ROOT, tmp_path / "site", base_url=BASE.rstrip("/"))
    files = written(tmp_path / "site")
    assert {"sitemap.xml", "fr/feed.xml", "de/feed.xml"} <= files.keys()
    assert sum(BASE in raw.decode("utf-8") for path, raw in files.items() if path.endswith(".html")) > 5
    assert sorted(lost(files, BASE)) == []
    assert b'<base href="/deep/">' in files["404.html"], "it is shown at any address, and finds its style sheet from there"


def test_what_leads_nowhere_is_found():
    page = """<a href="b.html#there">1</a><a href="c.html">2</a><a href="b.html#not">3</a>
        <img srcset="b.png 1x, d.png 2x" src="b.png"><a href="https://solids.example/deep/e/">4</a>
        <a href="https://elsewhere.example/">5</a><a href="#own" id="own">6</a><p id="own">7</p>
        <meta property="og:image" content="f.png"><button popovertarget="card"></button>
        <script type="application/ld+json">{"@graph": [{"item": "g.html", "name": "h.html"}]}</script>"""
    files = {"a.html": page.encode(), "b.html": b'<p id="there">', "b.png": b"", "s.css": b"p { background: url(i.png) }",
             "feed.xml": b'<id>https://solids.example/deep/</id><link href="https://solids.example/deep/b.html"/>'}
    assert sorted(lost(files, BASE)) == [
        "a.html has #own twice", "a.html: b.html#not", "a.html: c.html", "a.html: d.png", "a.html: f.png",
        "a.html: g.html", "a.html: https://solids.example/deep/e/", "a.html: no #card",
        "feed.xml: https://solids.example/deep/", "s.css: i.png"]
