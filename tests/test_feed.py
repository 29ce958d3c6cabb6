"""The site map and the feeds are well formed and say what the site says."""

from __future__ import annotations

import uuid
import xml.etree.ElementTree as etree

from tally import feed

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def test_a_feed_lists_stories_the_newest_first():
    entries = [feed.Entry("A & B", "<a>", "https://x.example/a", "2026-01-02", "urn:a"),
               feed.Entry("C", "c", "https://x.example/c", "2026-03-04", "urn:c")]
    root = etree.fromstring(feed.atom("urn:t", "T", "S", "P", "zh-Hant-HK", "https://x.example/", "https://x.example/feed.xml", entries))
    assert [entry.find(f"{ATOM}title").text for entry in root.findall(f"{ATOM}entry")] == ["C", "A & B"]
    assert root.find(f"{ATOM}updated").text == "2026-03-04T00:00:00Z"
    assert [one.text for one in root.iter(f"{ATOM}id")] == ["urn:t", "urn:c", "urn:a"]
    assert root.find(f"{ATOM}link[@rel='self']").get("href") == "https://x.example/feed.xml"


def test_a_site_map_names_each_page_with_its_alternates():
    root = etree.fromstring(feed.sitemap([{"zh": "https://x.example/zh/", "en": "https://x.example/en/"}]))
    assert [url.find(f"{MAP}loc").text for url in root] == ["https://x.example/zh/", "https://x.example/en/"]
    assert [link.get("hreflang") for link in root[0].findall(f"{XHTML}link")] == ["zh", "en"]


def test_an_id_is_a_uuid_that_depends_on_the_site_and_the_path_alone():
    one = feed.urn("solids", "fr/feed.xml")
    assert one == feed.urn("solids", "fr/feed.xml")
    assert uuid.UUID(one).version == 5
    assert len({one, feed.urn("waves", "fr/feed.xml"), feed.urn("solids", "de/feed.xml")}) == 3
