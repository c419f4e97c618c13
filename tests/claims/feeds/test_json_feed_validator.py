"""The validator finds what is wrong, so its silence means something."""

import pytest

from tests.claims.feeds.json_feed_validator import VERSION, faults

ITEM = {"id": "https://a.example/1", "content_text": "words", "date_published": "2026-11-01T12:00:00Z"}
FEED = {"version": VERSION, "title": "A feed", "feed_url": "https://a.example/feed.json", "items": [ITEM]}


def test_it_accepts_the_smallest_feed_and_an_extension() -> None:
    assert faults({"version": VERSION, "title": "A feed", "items": []}) == []
    assert faults(FEED | {"_own": {"any": "thing"}}) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"version": "1.1"}, "version"),
        ({"title": 3}, "title is a int"),
        ({"items": None}, "items is a NoneType"),
        ({"next_url": FEED["feed_url"]}, "must not be the same"),
        ({"feed_url": "/feed.json"}, "not an absolute address"),
        ({"generator": "x"}, "not a member"),
        ({"_own": "text"}, "not an object"),
        ({"authors": [{}]}, "at least one member"),
        ({"hubs": [{"url": "https://hub.example"}]}, "hub"),
        ({"items": [ITEM, ITEM]}, "twice"),
        ({"items": [{"content_text": "x"}]}, "id is missing"),
        ({"items": [{"id": "1"}]}, "neither"),
        ({"items": [ITEM | {"date_published": "1 Nov 2026"}]}, "RFC 3339"),
        ({"items": [ITEM | {"date_published": "2026-13-01T12:00:00Z"}]}, "RFC 3339"),
        ({"items": [ITEM | {"id": 7}]}, "id is a int"),
    ],
)
def test_it_names_the_fault(change: dict, said: str) -> None:
    assert any(said in fault for fault in faults(FEED | change)), faults(FEED | change)
