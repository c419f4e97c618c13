"""The feeds that a page announces in its head, one link for every registered format."""

from typing import Any

from django import template
from django.urls import reverse

from claims.feeds.registry import formats

register = template.Library()


@register.inclusion_tag("includes/feed_links.html")
def feed_links(feed: str, title: str, *of: str) -> dict[str, Any]:
    """Links to ``feed`` (the name of its address without the format), of an object where one is given."""
    return {
        "links": [
            {
                "media_type": format_.media_type.partition(";")[0],
                "title": f"{title} ({format_.label})",
                "address": reverse(f"{feed}-{extension}", args=of),
            }
            for extension, format_ in formats().items()
        ]
    }
