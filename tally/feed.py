"""A feed: the site map, one Atom feed for each language, and one for each chart that has been released.

The site map and the stories' feed want full addresses, so a site whose own address is not known (`base_url` in
`data/site.yaml`) has neither. What is in a feed has an id that needs no address. Dates are those that stories,
releases and corrections carry; nothing here reads a clock.
"""

from __future__ import annotations

import uuid
import xml.etree.ElementTree as etree
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_ATOM = "http://www.w3.org/2005/Atom"
_MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"


@dataclass(frozen=True)
class Entry:
    """A story in a feed."""

    title: str
    summary: str
    address: str
    published: str
    """a day, 2026-11-22"""
    id: str
    """as `urn` makes it"""


def urn(package: str, path: str) -> str:
    """An id that stays the same wherever the site lives, from the data package's name and a path in the site."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"tally:{package}/{path}").urn


def atom(id: str, title: str, subtitle: str, author: str, tag: str, page: str, own: str, entries: Iterable[Entry]) -> str:
    """A feed in one language; `page` and `own` are the addresses of the page that it is about and of the feed."""
    entries = sorted(entries, key=lambda entry: entry.published, reverse=True)
    root = etree.Element("feed", {"xmlns": _ATOM, "xml:lang": tag})
    _texts(root, {"id": id, "title": title, "subtitle": subtitle, "updated": _instant(entries[0].published)})
    etree.SubElement(root, "link", {"href": page, "rel": "alternate", "hreflang": tag})
    etree.SubElement(root, "link", {"href": own, "rel": "self"})
    _texts(etree.SubElement(root, "author"), {"name": author})
    for entry in entries:
        item = etree.SubElement(root, "entry")
        _texts(item, {"id": entry.id, "title": entry.title, "published": _instant(entry.published),
                      "updated": _instant(entry.published), "summary": entry.summary})
        etree.SubElement(item, "link", {"href": entry.address, "rel": "alternate"})
    return _written(root)


def sitemap(pages: Iterable[Mapping[str, str]]) -> str:
    """The site map: for each page its addresses by language tag, the original first."""
    root = etree.Element("urlset", {"xmlns": _MAP, "xmlns:xhtml": _XHTML})
    for addresses in pages:
        for address in addresses.values():
            url = etree.SubElement(root, "url")
            _texts(url, {"loc": address})
            for tag, twin in addresses.items():
                etree.SubElement(url, "xhtml:link", {"rel": "alternate", "hreflang": tag, "href": twin})
    return _written(root)


def _texts(parent: etree.Element, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        etree.SubElement(parent, name).text = text


def _instant(day: str) -> str:
    return f"{day}T00:00:00Z"


def _written(root: etree.Element) -> str:
    etree.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + etree.tostring(root, encoding="unicode") + "\n"
