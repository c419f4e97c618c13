"""The loaded catalogue, read as a program from outside would read it."""

import json

import pytest
from django.test import Client

from claims.queries import published_claims
from tests.claims.feeds.json_feed_validator import faults

pytestmark = pytest.mark.django_db


def pages(client: Client, address: str) -> list[dict]:
    found = []
    following = address
    while following:
        page = json.loads(client.get(following).content)
        assert faults(page) == []
        found.append(page)
        following = page.get("next_url", "").partition("//")[2].partition("/")[2]
        following = f"/{following}" if following else ""
    return found


def test_the_feed_tells_every_claim_of_the_catalogue_once_and_whole(client: Client) -> None:
    items = [item for page in pages(client, "/feed.json") for item in page["items"]]
    assert sorted(item["_hyperbole"]["slug"] for item in items) == sorted(
        published_claims().values_list("slug", flat=True)
    )
    assert len(items) >= 90
    for item in items:
        told = item["_hyperbole"]
        assert told["evidence"], told["slug"]
        assert told["review_level"] == "catalogue"
        assert len(told["reviewers"]) == 2
        assert told["license"]


def test_the_changes_tell_every_publication_once(client: Client) -> None:
    events = [item for page in pages(client, "/changes.json") for item in page["items"]]
    assert len({item["id"] for item in events}) == len(events)
    told = [
        item["_hyperbole"]["slug"] for item in events if item["_hyperbole"]["event"] == "verdict_published"
    ]
    assert sorted(told) == sorted(published_claims().values_list("slug", flat=True))
