"""Every published claim's page: verdict, evidence, numbers, chart with its table, structured data, weight."""

from __future__ import annotations

import gzip
import json
import re
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from claims.models import Claim
from claims.queries import published_claims
from claims.scales import VERDICTS
from tests.claims import publishing

pytestmark = pytest.mark.django_db
MOST_BYTES = 60_000


_rendered: list[
    tuple[Claim, str]
] = []  # every test here starts from the same catalogue: one rendering serves all


@pytest.fixture
def pages(client: Client) -> list[tuple[Claim, str]]:
    """Every published claim of the catalogue with its page."""
    if not _rendered:
        found = []
        for claim in published_claims():
            answer = client.get(claim.get_absolute_url())
            assert answer.status_code == 200, claim.slug
            found.append((claim, answer.content.decode()))
        assert len(found) >= 90
        _rendered.extend(found)
    return _rendered


def document(claim: Claim) -> dict[str, Any]:
    assert claim.current_version is not None
    assert claim.current_version.document is not None
    return claim.current_version.document


def structured(page: str) -> list[dict[str, Any]]:
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    return [json.loads(block) for block in blocks]


def test_it_shows_every_published_claim_with_verdict_evidence_and_numbers(
    pages: list[tuple[Claim, str]],
) -> None:
    for claim, page in pages:
        frozen = document(claim)
        text = unescape(page)
        assert len(re.findall(r"<h1[ >]", page)) == 1, claim.slug
        assert f'class="verdict verdict-{frozen["verdict"]}"' in page, claim.slug
        assert frozen["verdict_label"] in text, claim.slug
        assert frozen["confidence_basis"].split()[0] in text, claim.slug
        shown = page.count('<p class="fact">')
        assert shown == len(frozen["evidence"]) >= 1, claim.slug
        assert "Claimed and measured" in page or not frozen["key_numbers"], claim.slug
        for number in frozen["key_numbers"]:
            if number["measured"]:
                assert f"/measurements/{number['measured']['measurement']}/" in page, claim.slug


def test_it_gives_every_claim_with_numbers_a_chart_with_the_same_as_a_table(
    pages: list[tuple[Claim, str]],
) -> None:
    charts = 0
    for claim, page in pages:
        if not document(claim)["key_numbers"]:
            continue
        charts += 1
        assert page.count('<figure class="chart"') == 1, claim.slug
        figure = page[page.index('<figure class="chart"') : page.index("</figure>")]
        assert "chart-svg-wide" in figure, claim.slug
        assert "chart-svg-narrow" in figure, claim.slug
        assert '<p class="finding">' in figure, claim.slug
        assert len(re.findall(r"<tr ", figure)) >= 2, claim.slug
        block = re.search(r'<script type="application/json"[^>]*>(.*?)</script>', figure, re.S)
        assert block is not None, claim.slug
        assert json.loads(block[1])["data"], claim.slug
    assert charts > 60


def test_it_carries_exactly_one_claim_review_with_a_whole_rating_or_none(
    pages: list[tuple[Claim, str]],
) -> None:
    rated = unrated = 0
    for claim, page in pages:
        (review,) = structured(page)
        address = f"{settings.SITE_URL}/claims/{claim.slug}/"
        assert review["@type"] == "ClaimReview"
        assert review["@id"].startswith(address)
        assert review["url"] == address
        assert review["itemReviewed"]["@id"].startswith(address)
        assert all(row["@id"] for row in review["itemReviewed"]["appearance"])
        scale = VERDICTS[document(claim)["verdict"]]
        if scale.rating is None:
            assert "reviewRating" not in review
            unrated += 1
        else:
            value = review["reviewRating"]["ratingValue"]
            assert type(value) is int
            assert review["reviewRating"]["worstRating"] <= value <= review["reviewRating"]["bestRating"]
            assert value == scale.rating
            rated += 1
    assert rated
    assert unrated


def test_it_weighs_with_its_stylesheet_at_most_60_kilobytes_compressed(
    pages: list[tuple[Claim, str]],
) -> None:
    stylesheet = (settings.BASE_DIR / "static/css/hyperbole.css").read_bytes()
    css = len(gzip.compress(stylesheet, 6))
    heaviest = max(len(gzip.compress(page.encode(), 6)) for _, page in pages)
    assert heaviest + css <= MOST_BYTES


def test_it_says_who_reviewed_and_that_nobody_signed_yet(client: Client) -> None:
    page = client.get("/claims/nickel-exceeds-iron-tenfold/").content.decode()
    assert "Read twice for the initial catalogue; not yet signed by two named people" in page
    assert "Next review" in page
    assert "20\xa0Feb\xa02027" in page


def test_it_keeps_the_order_of_the_argument(client: Client) -> None:
    page = client.get("/claims/nickel-exceeds-iron-tenfold/").content.decode()
    marks = [
        'class="claim-quote"', 'class="ruling', 'id="numbers"', 'id="chart"', 'id="why"', 'id="check"',
        'id="evidence"', 'id="appearances"', 'id="history"', 'id="related"', 'id="cite"',
    ]  # fmt: skip
    places = [page.index(mark) for mark in marks]
    assert places == sorted(places)


def test_it_prints_a_limit_as_a_limit_and_an_error_as_printed(client: Client) -> None:
    page = unescape(client.get("/claims/million-times-more-massive-than-oumuamua/").content.decode())
    assert "1.3\xa0±\xa00.2\u202fkm" in page
    assert "<\xa00.5\u202fkm" in page or ">\xa00.5\u202fkm" in page


def test_it_escapes_what_a_text_says_even_inside_data_blocks(client: Client) -> None:
    row = publishing.claim(
        "hostile", title="<script>alert(1)</script>", statement="</script><img src=x onerror=alert(1)>"
    )
    publishing.published(row)
    page = client.get("/claims/hostile/").content.decode()
    assert "<script>alert" not in page
    assert "<img" not in page
    (review,) = structured(page)
    assert review["claimReviewed"] == "</script><img src=x onerror=alert(1)>"


def test_it_keeps_a_pinned_version_as_it_was_when_a_new_one_is_published(client: Client) -> None:
    row = publishing.claim("revised")
    publishing.published(row, "contradicted")
    before = client.get("/claims/revised/v/1/").content.decode()
    assert "current version" in before
    publishing.published(
        row, "outdated", reason_code="new_evidence", severity="verdict_change", change_note="Hubble again."
    )
    first = client.get("/claims/revised/v/1/").content.decode()
    assert "Contradicted by the data" in first
    assert "current version is 2" in first
    assert structured(first) == []
    assert "Superseded by newer data" in client.get("/claims/revised/").content.decode()
    history = client.get("/claims/revised/history/").content.decode()
    assert "Hubble again." in history
    assert history.count("/claims/revised/v/") == 2
    assert "Hubble again." in client.get("/corrections/").content.decode()
    assert client.get("/claims/revised/v/3/").status_code == 404
    assert client.get("/claims/revised/v/99999999999999999999/").status_code == 404


def test_it_says_that_a_verdict_is_stale_and_why(client: Client) -> None:
    from claims import editing

    row = publishing.claim("moved")
    version = publishing.published(row)
    assert "waits for a person" not in client.get("/claims/moved/").content.decode()
    editing.mark_stale(
        version,
        reason="orbit_changed",
        detail="JPL 52 replaced JPL 51.",
        subject_key="JPL52",
        at=publishing.START,
    )
    page = client.get("/claims/moved/").content.decode()
    assert "waits for a person" in page
    assert "JPL 52 replaced JPL 51." in page


def test_it_stays_a_page_when_its_chart_cannot_be_drawn(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from claims import drawings

    def fails(*arguments: object) -> None:
        raise ValueError("planted in the drawing")

    monkeypatch.setattr(drawings, "drawing_of", fails)
    answer = client.get("/claims/nickel-exceeds-iron-tenfold/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Claimed and measured" in page
    assert '<figure class="chart"' not in page
    assert "nickel-exceeds-iron-tenfold" in caplog.text
    assert "planted in the drawing" in caplog.text
