"""Metadata: what machines read about a page, as schema.org's JSON-LD.

A story is an Article, the data page a Dataset, the ledger a list of ClaimReviews, and every page below the
front stands on a trail of breadcrumbs. The functions that templates call take the page's view and give the
text of a script element; feeds and the site map are `feed`'s.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from tally.figure import origins
from tally.model import Localized, PageMeta
from tally.quantity import Period
from tally.verdict import OUTCOMES, Verdict

if TYPE_CHECKING:
    from tally.view import View

Thing = dict[str, Any]


# ---- what templates call

def of_story(page: View, meta: PageMeta, published: Period, reads: Iterable[str]) -> Markup:
    """A story that reads the cells called `reads`."""
    titles = [page.origin(id).title[page.language] for id in origins(page.book, tuple(reads))]
    return _linked(article(page.plain(meta.title), page.plain(meta.dek), page.absolute(page.path), page.tag, published.text,
                           page.own(page.site.publisher), titles), _trail(page, (page.word("stories"), page.front), (page.plain(meta.title), page.path)))


def of_data(page: View, groups: Iterable[tuple[str, Localized, object]]) -> Markup:
    """The data page, whose `groups` are those that can be had as files."""
    files = {page.own(title): page.absolute(f"data/{id}.csv") for id, title, _ in groups}
    return _linked(dataset(page.own(page.site.title), page.word("data-dek"), page.absolute(page.path), page.tag,
                           page.own(page.site.publisher), files), _trail(page, (page.word("data"), page.path)))


def of_claims(page: View) -> Markup:
    """The ledger: a ClaimReview for each claim."""
    paper = page.origin(page.project.paper.source).title[page.language]
    reviews = [review(verdict, page.own(verdict.claim.statement), page.word(f"verdict-{verdict.outcome}"),
                      f"{page.absolute(page.path)}#{verdict.id}", page.tag, page.own(page.site.publisher), paper)
               for verdict in page.verdicts.values()]
    return _linked(*reviews, _trail(page, (page.word("claims"), page.path)))


def of_place(page: View, *steps: tuple[str, str]) -> Markup:
    """Only where the page stands; steps are names and paths below the front."""
    return _linked(_trail(page, *steps))


def _trail(page: View, *steps: tuple[str, str]) -> Thing:
    return breadcrumbs((name, page.absolute(path)) for name, path in ((page.own(page.site.title), page.front), *steps))


def _linked(*things: Thing) -> Markup:
    return Markup(script(*things))


# ---- things


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
