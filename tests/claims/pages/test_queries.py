"""The number of SQL queries of every public page: at most twelve, and the same for 8,000 claims more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.models import F, OuterRef, Subquery
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.kept import forget_everything
from claims.models import Approval, Claim, ClaimRelation, VerdictVersion
from claims.search_words import folded
from ephemeris.models import SmallBody
from tests.claims import publishing

pytestmark = pytest.mark.django_db
MOST = 12
SYNTHETIC = 8_000
HUB = "nickel-exceeds-iron-tenfold"
PAGES = [
    "/", "/claims/", "/claims/?object=3I&topic=composition&verdict=contradicted", "/claims/?q=nickel",
    "/claims/nickel-exceeds-iron-tenfold/", "/claims/nickel-exceeds-iron-tenfold/v/1/",
    "/claims/nickel-exceeds-iron-tenfold/history/", "/claims/spacecraft-fell-silent-together/", "/objects/",
    "/objects/3I/", "/objects/1I/", "/objects/3I/sky/", "/objects/3I/solutions/", "/objects/3I/scene.json", "/objects/compare/", "/sources/", "/sources/?tier=2", "/sources/seed-mars-flyby/", "/measurements/",
    "/measurements/?object=3I&quantity=nucleus_radius", "/measurements/3i-ni-fe-2025-11-16-keck/", "/readings/",
    "/readings/seed-mars-flyby/", "/archives/",
    "/archives/?object=2I", "/charts/motion-3I/", "/charts/passages/", "/charts/releases-3I/", "/charts/values-nucleus_radius/", "/measurements/?quantity=nucleus_radius", "/archives/jwst-nirspec-2025-08-06/", "/corrections/", "/method/", "/method/style/", "/status/", "/claims/no-such-claim/",
]  # fmt: skip


def queries_of(client: Client, address: str) -> tuple[int, int]:
    """Status and number of queries of a page that no cache has kept."""
    forget_everything()
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    return answer.status_code, len(captured)


def publish_synthetic(number: int) -> None:
    """Published claims in bulk, past the editor's functions and the guards of what a document says."""
    author, reviewer, body = (
        publishing.person("author"), publishing.person("reviewer"), SmallBody.objects.get(designation="3I"),
    )  # fmt: skip
    start = publishing.START
    claims = Claim.objects.bulk_create(
        [
            Claim(
                slug=f"synthetic-{place}", body=body, title=f"Synthetic nickel {place}", statement="Synthetic.",
                truth_condition="Never.", kind="measurement", topic="composition", created_at=start,
            )
            for place in range(number)
        ],
        batch_size=500,
    )  # fmt: skip
    text = publishing.text()
    versions = VerdictVersion.objects.bulk_create(
        [
            VerdictVersion(
                claim=claim, number=1, title=claim.title, statement=claim.statement, kind=claim.kind, topic=claim.topic,
                verdict=text.verdict, confidence=text.confidence, confidence_basis="Synthetic.", one_line="Synthetic.",
                key_points=[], rationale="Synthetic.", would_change="Nothing.", evidence_cutoff=text.evidence_cutoff,
                next_review=text.next_review, author=author, created_at=start, edited_at=start,
                search_text=folded(claim.title),
            )
            for claim in claims
        ],
        batch_size=500,
    )  # fmt: skip
    Approval.objects.bulk_create(
        [
            Approval(version=version, approver=reviewer, at=start, checklist=publishing.CHECKLIST)
            for version in versions
        ],
        batch_size=500,
    )
    mine = VerdictVersion.objects.filter(claim__slug__startswith="synthetic-")
    mine.update(state="approved")
    for guard in ("version_published_in_its_words", "version_published_by_the_log"):
        publishing.drop_trigger(guard)
    mine.update(state="published", published_at=start, document={}, chart_subject={}, content_sha256="0" * 64)
    Claim.objects.filter(slug__startswith="synthetic-").update(
        current_version=Subquery(VerdictVersion.objects.filter(claim=OuterRef("pk")).values("pk")[:1]),
        shown_topic=F("topic"),
        shown_verdict=text.verdict,
        first_published_at=start + timedelta(days=1),
    )
    # a claim with many neighbours, as a busy record has
    hub = Claim.objects.get(slug=HUB)
    ClaimRelation.objects.bulk_create(
        [ClaimRelation(claim=hub, other=claim, relation="generalises") for claim in claims[:40]]
    )
    next_version(hub)


def next_version(row: Claim) -> None:
    """The version that carries a claim's relations to readers."""
    publishing.published(row, at=publishing.START, reason_code="wording", severity="clarification")


def test_it_needs_at_most_twelve_queries_a_page_and_no_more_with_8000_claims(client: Client) -> None:
    next_version(Claim.objects.get(slug=HUB))
    client.get("/method/")  # what the first request of a process pays for
    few = {address: queries_of(client, address) for address in PAGES}
    assert {address: seen for address, seen in few.items() if seen[1] > MOST} == {}
    assert {status for status, _ in few.values()} == {200, 404}

    publish_synthetic(SYNTHETIC)
    many = {address: queries_of(client, address) for address in PAGES}
    assert many == few
    page = client.get("/claims/").content.decode()
    assert f"{SYNTHETIC + 100} claims" in page
