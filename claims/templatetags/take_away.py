"""The head of a claim's page for programs, and what a reader can take away from it."""

from typing import Any

from django import template

from claims.exports import signposts

register = template.Library()


@register.inclusion_tag("includes/claim_head.html")
def claim_head(document: dict[str, Any], pinned: bool = False) -> dict[str, Any]:
    return signposts.page_head(document, pinned)


@register.inclusion_tag("includes/take_away.html")
def take_away(document: dict[str, Any]) -> dict[str, Any]:
    return signposts.take_away(document)
