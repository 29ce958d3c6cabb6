"""What machines read of a page."""

from __future__ import annotations

import json
import re

from tally import metadata

from . import tiny


def linked(path, name="solids"):
    text = tiny.rendered(name)[path].decode()
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)[1])["@graph"]


def test_a_script_cannot_be_closed_from_inside():
    text = metadata.script({"@type": "Thing", "name": "</script><b>"})
    assert "<" not in text
    assert json.loads(text)["@graph"][0]["name"] == "</script><b>"


def test_a_story_is_an_article_with_its_day_and_its_sources():
    article, crumbs = linked("fr/stories/euler/index.html")
    assert article["@type"] == "Article" and article["inLanguage"] == "fr"
    assert article["datePublished"] == "2026-11-22"
    assert article["isBasedOn"]
    assert [step["position"] for step in crumbs["itemListElement"]] == [1, 2, 3]


def test_the_data_page_is_a_dataset_with_its_files():
    dataset, _ = linked("de/data/index.html")
    assert dataset["@type"] == "Dataset"
    assert {file["contentUrl"].rpartition("/")[2] for file in dataset["distribution"]} >= {"solids.csv", "euclid.csv"}


def test_each_claim_is_a_review_whose_rating_follows_from_its_verdict():
    reviews = [thing for thing in linked("fr/claims/index.html") if thing["@type"] == "ClaimReview"]
    assert len(reviews) == len(tiny.checked().verdicts)
    for thing, verdict in zip(reviews, tiny.checked().verdicts.values(), strict=True):
        assert thing["url"].endswith(f"#{verdict.id}")
        assert ("ratingValue" in thing["reviewRating"]) == (verdict.outcome != "unchecked")
        if verdict.outcome == "tallies":
            assert thing["reviewRating"]["ratingValue"] == thing["reviewRating"]["bestRating"]
