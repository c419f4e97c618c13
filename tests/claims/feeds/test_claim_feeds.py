"""The feeds of claims: complete, without repeats, true to the record, and cheap to ask again."""

import json
from datetime import timedelta
from typing import Any

import feedparser
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims import editing
from claims.feeds.registry import formats
from claims.kept import forget_everything
from claims.models import CheckRun, Claim
from claims.queries import published_claims as public
from tests.claims.feeds.json_feed_validator import faults
from tests.claims.publishing import START, claim, draft, person, published, published_claims

pytestmark = pytest.mark.django_db


def read(client: Client, address: str) -> dict[str, Any]:
    response = client.get(address.removeprefix(settings.SITE_URL))
    assert response.status_code == 200, response.content
    return json.loads(response.content)


def chain(client: Client, address: str, between: Any = None) -> list[dict[str, Any]]:
    """Every item of a feed, page after page; ``between`` is done after each page."""
    items, pages = [], 0
    following: str | None = address
    while following:
        page = read(client, following)
        assert faults(page) == []
        items += page["items"]
        following = page.get("next_url")
        pages += 1
        assert pages < 20, "the chain of pages does not end"
        if between:
            between(pages)
    return items


def test_it_is_a_valid_json_feed_even_when_empty(client: Client) -> None:
    page = read(client, "/feed.json")
    assert faults(page) == []
    assert page["items"] == []
    assert "next_url" not in page


def test_it_tells_every_published_claim_once_across_pages(client: Client) -> None:
    rows = published_claims(120)
    items = chain(client, "/feed.json")
    assert [item["id"] for item in items][:120] == [
        f"{settings.SITE_URL}/claims/{row.slug}/" for row in reversed(rows)
    ]
    assert len({item["id"] for item in items}) == len(items) == public().count()


def test_claims_of_one_moment_are_told_once_each(client: Client) -> None:
    for place in range(60):
        published(claim(f"claim-{place}"), at=START)
    items = chain(client, "/feed.json")
    assert len({item["id"] for item in items}) == len(items) == public().count()


def test_claims_published_between_two_pages_change_nothing_below(client: Client) -> None:
    published_claims(70)
    before = set(public().values_list("slug", flat=True))

    def publish_more(page: int) -> None:
        published(claim(f"later-{page}"), at=START + timedelta(days=page))

    told = [item["_hyperbole"]["slug"] for item in chain(client, "/feed.json", publish_more)]
    assert len(told) == len(set(told))
    assert before <= set(told)


def test_the_extension_holds_what_the_contract_names(client: Client) -> None:
    version = published(claim())
    item = read(client, "/feed.json")["items"][0]
    told = item["_hyperbole"]
    assert item["url"] == item["id"] == f"{settings.SITE_URL}/claims/as-wide-as-a-city/"
    assert told["slug"] == "as-wide-as-a-city"
    assert told["object"] == "3I"
    assert (told["verdict"], told["verdict_label"], told["normalized"]) == (
        "contradicted",
        "Contradicted by the data",
        "FALSE",
    )
    assert (told["version"], told["review_level"], told["stale"], told["stale_reasons"]) == (
        1,
        "signed",
        False,
        [],
    )
    assert (told["evidence_cutoff"], told["next_review"]) == ("2026-10-01", "2027-10-01")
    assert [someone["name"] for someone in told["reviewers"]] == ["author", "reviewer"]
    number = told["key_numbers"][0]
    assert number["quantity"] == "nucleus_radius"
    assert (number["asserted"]["value"], number["asserted"]["unit"]) == (23.0, "km")
    measured = number["measured"]
    assert {name: measured[name] for name in ("value", "plus", "minus", "limit", "unit", "source")} == {
        "value": 1.3, "plus": 0.2, "minus": 0.2, "limit": "value", "unit": "km", "source": "2025ApJ...000..000X",
    }  # fmt: skip
    assert [set(entry) for entry in told["evidence"]] == [
        {"id", "kind", "stance", "tier", "title", "url"}
    ] * 3
    assert told["appearances"][0]["phrase"] == "forty-six kilometres wide"
    assert told["appearances"][0]["first_seen"] == "2025-09-01"
    assert told["content_sha256"] == version.content_sha256
    assert told["pinned_url"].endswith("/claims/as-wide-as-a-city/v/1/")
    assert told["api_url"].endswith("/api/v1/claims/as-wide-as-a-city/")
    assert told["license"].startswith("https://creativecommons.org/")
    assert told["statement"] == "The nucleus is 46 km wide."
    assert told["truth_condition"]
    assert told["confidence"] == "high"
    assert told["kind"] == "measurement"
    assert told["topic"] == "size-mass"


def test_a_stale_mark_shows_and_moves_the_date(client: Client) -> None:
    version = published(claim())
    later = START + timedelta(days=3)
    editing.mark_stale(
        version, "orbit_changed", "JPL published a new solution.", subject_key="JPL50", at=later
    )
    item = read(client, "/feed.json")["items"][0]
    assert item["_hyperbole"]["stale"] is True
    assert item["_hyperbole"]["stale_reasons"][0]["reason"] == "orbit_changed"
    assert item["_hyperbole"]["stale_reasons"][0]["detail"] == "JPL published a new solution."
    assert item["date_modified"] == later.isoformat()
    assert item["date_published"] == START.isoformat()


def test_the_latest_run_of_a_check_is_told(client: Client) -> None:
    row = claim()
    row.checks.create(name="size_from_magnitude", params={"albedo": 0.04})
    published(row)
    assert read(client, "/feed.json")["items"][0]["_hyperbole"]["checks"][0]["outcome"] is None
    for day, outcome in ((1, "agrees"), (2, "disagrees")):
        CheckRun.objects.create(
            claim=row, name="size_from_magnitude", params={"albedo": 0.04}, input_digest="a", outcome=outcome, sentence="So it is.",
            result={"computed": {"value": 1.3, "unit": "km"}, "asserted": {"value": 23, "unit": "km"}},
            as_of=START + timedelta(days=day), ran_at=START + timedelta(days=day),
        )  # fmt: skip
    [check] = read(client, "/feed.json")["items"][0]["_hyperbole"]["checks"]
    assert check["outcome"] == "disagrees"
    assert check["computed"] == {"value": 1.3, "unit": "km"}
    assert check["asserted"] == {"value": 23, "unit": "km"}


@pytest.mark.parametrize(
    "address", ["/feed.json", "/claims/feed.json", "/objects/3I/feed.json", "/feed.atom"]
)
def test_drafts_reviews_and_withdrawals_are_not_told(client: Client, address: str) -> None:
    published(claim("open-to-all"))
    draft(claim("secret-draft"))
    reviewed = draft(claim("secret-review"))
    editing.submit_for_review(reviewed, actor=person("author"), at=START)
    gone = claim("secret-withdrawn")
    published(gone)
    editing.withdraw(gone, actor=person("reviewer"), at=START, reason="a duplicate")
    text = client.get(address).content.decode()
    assert "open-to-all" in text
    assert "secret" not in text


def test_an_edited_wording_stays_private_until_a_version_carries_it(client: Client) -> None:
    row = claim()
    published(row)
    Claim.objects.filter(pk=row.pk).update(title="Unsigned words", statement="Unsigned words")
    assert "Unsigned" not in client.get("/feed.json").content.decode()


def test_filters_narrow_and_stay_in_the_chain(client: Client) -> None:
    def slugs(address: str) -> list[str]:
        return [item["_hyperbole"]["slug"] for item in chain(client, address)]

    def stored(**chosen: str) -> list[str]:
        return sorted(public().filter(**chosen).values_list("slug", flat=True))

    published_claims(60, topic="signals")
    published(claim("a-size"), "supported", at=START)
    published(claim("a-comet", body="2I"), "supported", at=START)
    assert sorted(slugs("/claims/feed.json?topic=signals")) == stored(current_version__topic="signals")
    assert sorted(slugs("/claims/feed.json?verdict=supported")) == stored(
        current_version__verdict="supported"
    )
    assert sorted(slugs("/objects/2I/feed.json")) == stored(body__designation="2I")
    page = read(client, "/claims/feed.json?topic=signals&verdict=contradicted")
    assert "topic=signals" in page["next_url"]
    assert "verdict=contradicted" in page["next_url"]
    assert read(client, "/claims/feed.json?verdict=&topic=")["items"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/feed.json?before=abc", 400),
        ("/feed.json?before=99999999999999999-1", 400),
        ("/feed.json?before=1-999999999999999999999", 400),
        ("/feed.json?before=1763769600000000-1%00", 400),
        ("/feed.json?before=١-١", 400),
        ("/feed.json?before=9999999999999999-999999999999999999", 200),
        ("/feed.json?before=0-0", 200),
        ("/claims/feed.json?verdict=nonsense", 400),
        ("/claims/feed.json?topic=<script>", 400),
        ("/claims/feed.json?object=9I", 400),
        ("/objects/9I/feed.json", 404),
        ("/objects/%00/feed.json", 400),
        ("/changes.json?before=log-", 400),
        ("/changes.json?before=other-1-1", 400),
        ("/changes.json?before=archive-1-1", 200),
    ],
)
def test_a_wrong_parameter_is_a_problem_document(client: Client, address: str, status: int) -> None:
    published(claim())
    response = client.get(address)
    assert response.status_code == status
    if status != 200:
        assert response["Content-Type"] == "application/problem+json"
        body = json.loads(response.content)
        assert body["status"] == status
        assert body["detail"]
        assert "<script>" not in response.content.decode()


@pytest.mark.parametrize("address", ["/feed.json", "/feed.atom", "/changes.json", "/objects/3I/feed.json"])
def test_it_answers_304_to_its_own_etag_and_date(client: Client, address: str) -> None:
    version = published(claim())
    first = client.get(address)
    assert first["ETag"].startswith('"')
    assert first["Access-Control-Allow-Origin"] == "*"
    assert "stale-while-revalidate" in first["Cache-Control"]
    for headers in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        again = client.get(address, headers=headers)
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == first["ETag"]
    editing.mark_stale(version, "orbit_changed", "A new solution.", at=START + timedelta(days=1))
    changed = client.get(
        address, headers={"If-None-Match": first["ETag"], "If-Modified-Since": first["Last-Modified"]}
    )
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_a_publication_changes_only_the_etags_of_what_it_touches(client: Client) -> None:
    published(claim("about-atlas"))
    published(claim("about-borisov", body="2I"))
    tags = {name: client.get(f"/objects/{name}/feed.json")["ETag"] for name in ("2I", "3I")}
    whole = client.get("/feed.json")["ETag"]
    published(claim("about-atlas-too"), at=START + timedelta(hours=1))
    assert client.get("/objects/2I/feed.json")["ETag"] == tags["2I"]
    assert client.get("/objects/3I/feed.json")["ETag"] != tags["3I"]
    assert client.get("/feed.json")["ETag"] != whole


def test_only_reading_is_open_to_other_origins(client: Client) -> None:
    asked = client.options("/feed.json", headers={"Origin": "https://other.example"})
    assert asked.status_code == 204
    assert asked["Access-Control-Allow-Methods"] == "GET, HEAD"
    assert client.post("/feed.json", {}).status_code == 405
    head = client.head("/feed.json")
    assert (head.status_code, head.content) == (200, b"")


def test_compressed_and_plain_bytes_have_their_own_strong_etags(client: Client) -> None:
    published_claims(3)
    plain, squeezed = client.get("/feed.json"), client.get("/feed.json", headers={"Accept-Encoding": "gzip"})
    assert squeezed["Content-Encoding"] == "gzip"
    assert squeezed["ETag"] != plain["ETag"]
    assert not squeezed["ETag"].startswith("W/")
    assert "Accept-Encoding" in squeezed["Vary"]
    again = client.get("/feed.json", headers={"Accept-Encoding": "gzip", "If-None-Match": squeezed["ETag"]})
    assert again.status_code == 304
    assert "Content-Encoding" not in client.get("/feed.json", headers={"Accept-Encoding": "gzip;q=0"}).headers


def test_an_atom_reader_finds_the_same_claims(client: Client) -> None:
    published_claims(60)
    items = [item["id"] for item in chain(client, "/feed.json")]
    entries, following = [], "/feed.atom"
    while following:
        parsed = feedparser.parse(client.get(following).content)
        assert not parsed.bozo, parsed.get("bozo_exception")
        assert parsed.version == "atom10"
        entries += [entry.id for entry in parsed.entries]
        following = next(
            (link.href.removeprefix(settings.SITE_URL) for link in parsed.feed.links if link.rel == "next"),
            "",
        )
    assert entries == items


def test_every_format_stands_at_its_own_extension(client: Client) -> None:
    assert set(formats()) >= {"json", "atom"}
    for extension, format_ in formats().items():
        response = client.get(f"/feed.{extension}")
        assert response["Content-Type"] == format_.media_type


def test_a_page_costs_the_same_number_of_queries_for_few_and_for_many(client: Client) -> None:
    def queries() -> int:
        forget_everything()
        with CaptureQueriesContext(connection) as captured:
            client.get("/feed.json")
        return len(captured)

    published_claims(2)
    few = queries()
    for place in range(60):
        published(claim(f"more-{place}"), at=START + timedelta(days=1, minutes=place))
    assert queries() == few
    assert few <= 9


def test_a_page_in_the_middle_is_searched_for_not_scanned() -> None:
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            # a handful of rows is cheaper to read whole and to sort, and its statistics come and go
            cursor.execute("ANALYZE claims_claim")
            for way in ("seqscan", "sort", "incremental_sort"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
    from claims.keyset import Cursor, below

    rows = (
        public().filter(below(Cursor(START, 7), "first_published_at")).order_by("-first_published_at", "-id")
    )
    plan = rows[:50].explain()
    if connection.vendor == "sqlite":
        assert "SEARCH claims_claim USING INDEX claim_by_publication" in plan
        assert "TEMP B-TREE" not in plan
    else:
        assert "Index Scan using claim_by_publication" in plan
        assert "Index Cond: (first_published_at <=" in plan
        assert "Sort" not in plan
