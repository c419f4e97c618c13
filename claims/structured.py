"""A claim's page as schema.org ClaimReview, for search engines and claim collections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from claims.addresses import absolute, claim_url, pinned_url
from claims.models import VerdictVersion
from claims.scales import BEST_RATING, REASON_CODES, SEVERITIES, WORST_RATING


def claim_review(document: dict[str, Any], versions: Sequence[VerdictVersion] = ()) -> dict[str, Any]:
    """The one ClaimReview of a claim's page; a verdict without a number on the scale has no rating.

    Every one of ``versions`` after the first is a correction.
    """
    page = claim_url(document["slug"])
    publisher = {
        "@type": "Organization",
        "@id": absolute("/#publisher"),
        "name": "Hyperbole",
        "url": absolute("/"),
    }
    review: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "@id": f"{page}#review",
        "url": page,
        "name": document["title"],
        "claimReviewed": document["statement"],
        "reviewBody": f"{document['verdict_label']}: {document['one_line']}",
        "datePublished": document["first_published_at"],
        "dateModified": document["published_at"],
        "version": document["version"],
        "isBasedOn": pinned_url(document["slug"], document["version"]),
        "license": document["license"],
        "inLanguage": "en",
        "author": publisher,
        "publisher": {"@id": publisher["@id"]},
        "itemReviewed": {
            "@type": "Claim",
            "@id": f"{page}#claim",
            "name": document["title"],
            "text": document["statement"],
            "about": {"@type": "Thing", "name": document["object"]["name"]},
            "appearance": [_appearance(row) for row in document["appearances"]],
        },
    }
    if document["rating"] is not None:
        review["reviewRating"] = {
            "@type": "Rating",
            "ratingValue": document["rating"],
            "bestRating": BEST_RATING,
            "worstRating": WORST_RATING,
            "alternateName": document["verdict_label"],
        }
    corrections = [_correction(document["slug"], row) for row in versions if row.number > 1]
    if corrections:
        review["correction"] = corrections
    return review


def _correction(slug: str, row: VerdictVersion) -> dict[str, Any]:
    words = f"{SEVERITIES[row.severity].capitalize()} ({REASON_CODES[row.reason_code]}). {row.change_note}"
    comment = {
        "@type": "CorrectionComment",
        "@id": f"{pinned_url(slug, row.number)}#correction",
        "url": pinned_url(slug, row.number),
        "text": words.strip(),
    }
    if row.published_at:
        comment["datePublished"] = row.published_at.isoformat()
    return comment


def _appearance(row: dict[str, Any]) -> dict[str, Any]:
    source = row["source"]
    work: dict[str, Any] = {
        "@type": "CreativeWork",
        "@id": absolute(f"/sources/{source['key']}/"),
        "headline": source["title"],
    }
    if source.get("url"):
        work["url"] = source["url"]
    if row["first_seen"]:
        work["datePublished"] = row["first_seen"]
    return work
