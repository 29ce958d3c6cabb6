"""Metadata: what machines read about a page, as schema.org's JSON-LD.

A story is an Article, the data page a Dataset, the ledger a list of ClaimReviews, and every page below the
front stands on a trail of breadcrumbs. Plain dictionaries in, text for a script element out; feeds and the
site map are `feed`'s.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from tally.verdict import OUTCOMES, Verdict

Thing = dict[str, Any]


def script(*things: Thing) -> str:
    """The things as JSON-LD that is safe inside a script element."""
    text = json.dumps({"@context": "https://schema.org", "@graph": things}, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")


def organisation(name: str) -> Thing:
    """The publisher."""
    return {"@type": "Organization", "name": name}


def breadcrumbs(trail: Iterable[tuple[str, str]]) -> Thing:
    """Where a page stands: names and addresses from the front down."""
    return {"@type": "BreadcrumbList", "itemListElement": [
        {"@type": "ListItem", "position": place, "name": name, "item": address}
        for place, (name, address) in enumerate(trail, start=1)]}


def article(headline: str, description: str, address: str, tag: str, published: str, publisher: str, based_on: Sequence[str]) -> Thing:
    """A story; `based_on` are the titles of the sources that it cites."""
    return {"@type": "Article", "headline": headline, "description": description, "url": address, "inLanguage": tag,
            "datePublished": published, "author": organisation(publisher), "publisher": organisation(publisher),
            "isBasedOn": [{"@type": "CreativeWork", "name": title} for title in based_on]}


def dataset(name: str, description: str, address: str, tag: str, publisher: str, files: Mapping[str, str]) -> Thing:
    """The data page; `files` are addresses of CSV files by title."""
    return {"@type": "Dataset", "name": name, "description": description, "url": address, "inLanguage": tag,
            "creator": organisation(publisher), "distribution": [
                {"@type": "DataDownload", "name": title, "encodingFormat": "text/csv", "contentUrl": file}
                for title, file in files.items()]}


def review(verdict: Verdict, claim: str, words: str, address: str, tag: str, publisher: str, paper: str) -> Thing:
    """The verdict on a claim of the paper; rated from 0, contradicts, to 4, tallies."""
    thing: Thing = {
        "@type": "ClaimReview", "url": address, "claimReviewed": claim, "inLanguage": tag, "author": organisation(publisher),
        "itemReviewed": {"@type": "Claim", "appearance": {"@type": "CreativeWork", "name": paper}}}
    rating: Thing = {"@type": "Rating", "alternateName": words}
    if verdict.outcome != "unchecked":
        best = OUTCOMES.index("unchecked") - 1
        rating |= {"ratingValue": best - OUTCOMES.index(verdict.outcome), "bestRating": best, "worstRating": 0}
    return thing | {"reviewRating": rating}
