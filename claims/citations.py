"""How a claim's page is cited: the page as it changes, and one version that never does."""

from __future__ import annotations

from typing import Any

from charts.numbers import format_time
from claims.addresses import claim_url, pinned_url


def plain_citation(document: dict[str, Any]) -> str:
    """The claim's page, whose wording may be revised."""
    return f"{_opening(document)} {claim_url(document['slug'])}"


def pinned_citation(document: dict[str, Any], sha256: str) -> str:
    """One version of the page, with the digest of its content."""
    return f"{_opening(document)} {pinned_url(document['slug'], document['version'])} (sha256 {sha256[:16]})"


def _opening(document: dict[str, Any]) -> str:
    published = document["published_at"][:10]
    return (
        f"Hyperbole ({published[:4]}). “{document['title']}”: {document['verdict_label'].lower()}. "
        f"Version {document['version']}, published {format_time(published)}."
    )
