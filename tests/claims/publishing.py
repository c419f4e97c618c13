"""A small record to test on: bodies, people, claims, and versions led through the editing rules.

Every row comes about as it does in the house: `claims.editing` writes the versions, nothing else.
It stands beside the loaded catalogue and is younger, so its claims come first in every feed.
"""

from datetime import UTC, date, datetime, timedelta

from django.contrib.auth.models import Group, User
from django.db import connection

from claims import editing
from claims.models import (
    Appearance,
    AssertedQuantity,
    Claim,
    Evidence,
    Measurement,
    Source,
    VerdictVersion,
)
from ephemeris.models import Campaign, SmallBody

START = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)


CHECKLIST = {
    "neutral_wording": True, "truth_condition": True, "two_sources": True, "units_and_epochs": True,
    "limits_not_absence": True, "claimant_contact": "No address is known.",
}  # fmt: skip


def person(name: str, role: str = "reviewer", **given: object) -> User:
    """Somebody with a role; a reviewer unless said otherwise, so that only the rules stand in the way."""
    found = User.objects.filter(username=name).first()
    if found:
        return found
    made = User.objects.create_user(name, password=f"{name}-password", **given)
    made.groups.add(Group.objects.get(name=role))
    return made


def small_body(designation: str = "3I", name: str = "3I/ATLAS") -> SmallBody:
    return SmallBody.objects.get_or_create(
        designation=designation,
        defaults={
            "full_designation": name, "name": name.partition("/")[2], "kind": "comet",
            "discovery_date": "2025-07-01", "discovery_precision": "day",
        },
    )[0]  # fmt: skip


def source(key: str = "2025ApJ...000..000X", **given: object) -> Source:
    return Source.objects.get_or_create(
        key=key,
        defaults={
            "title": "A nucleus in a coma", "authors_short": "Example et al.", "year": 2025, "kind": "peer_reviewed",
            "tier": 2, "reading": "text", "verification": "read", "url": "https://journal.example/nucleus",
            "licence": "CC-BY-4.0", "digest": "0" * 64, **given,
        },
    )[0]  # fmt: skip


def measurement(key: str = "3i-radius-of-the-tests", **given: object) -> Measurement:
    return Measurement.objects.get_or_create(
        key=key,
        defaults={
            "small_body": small_body(), "body": "3I", "quantity": "nucleus_radius", "unit": "km", "value": 1.3,
            "plus": 0.2, "minus": 0.2, "source": source(), "verification": "verbatim", "as_printed": "1.3 ± 0.2 km",
            "statement": "The radius is 1.3 km.", "digest": "1" * 64, **given,
        },
    )[0]  # fmt: skip


def campaign(key: str = "3i-campaign-of-the-tests", **given: object) -> Campaign:
    return Campaign.objects.get_or_create(
        key=key,
        defaults={
            "body": small_body(), "facility": "HST", "instrument": "WFC3", "archive": "mast",
            "access_policy": "months:0", "summary": "Hubble pictures.", "verification": "verbatim",
            "source_keys": [source().key], "digest": "2" * 64, **given,
        },
    )[0]  # fmt: skip


def claim(slug: str = "as-wide-as-a-city", body: str = "3I", **given: object) -> Claim:
    row = Claim.objects.create(
        slug=slug,
        body=small_body(body) if body == "3I" else small_body(body, {"2I": "2I/Borisov", "1I": "1I/ʻOumuamua"}[body]),
        created_at=START,
        **{
            "title": f"{slug.replace('-', ' ').capitalize()}", "statement": "The nucleus is 46 km wide.",
            "truth_condition": "The diameter of the nucleus is about 46 km.", "kind": "measurement",
            "topic": "size-mass", "aliases": ["as big as Manhattan"], "chart": "asserted_vs_measured", **given,
        },
    )  # fmt: skip
    AssertedQuantity.objects.create(
        claim=row, quantity="nucleus_radius", value=23.0, unit="km", relation="eq", note="half of 46 km"
    )
    Appearance.objects.create(
        claim=row, source=source("post-2025", kind="social", tier=7, title="A post", url="https://post.example/1"),
        phrase="forty-six kilometres wide", stance="asserts", first_seen=date(2025, 9, 1),
    )  # fmt: skip
    return row


def text(verdict: str = "contradicted", **given: object) -> editing.VerdictText:
    return editing.VerdictText(
        **{
            "verdict": verdict, "confidence": "high", "confidence_basis": "Hubble isolated the nucleus.",
            "one_line": "The measured radius is 1.3 km.", "key_points": ("46 km is the coma.", "Hubble: 1.3 km."),
            "rationale": "The light is that of the coma.", "would_change": "A direct image.",
            "evidence_cutoff": date(2026, 10, 1), "next_review": date(2027, 10, 1), **given,
        }
    )  # fmt: skip


def draft(
    row: Claim, verdict: str = "contradicted", *, at: datetime = START, **given: object
) -> VerdictVersion:
    """An open version of a claim, resting on a measurement, a source and a campaign."""
    return editing.draft_version(
        row,
        text(verdict),
        [
            Evidence(measurement=measurement(), stance="refutes"),
            Evidence(source=source(), stance="context"),
            Evidence(campaign=campaign(), stance="context"),
        ],
        author=person("author"),
        at=at,
        **given,
    )


def published(
    row: Claim, verdict: str = "contradicted", *, at: datetime = START, **given: object
) -> VerdictVersion:
    """The next version of a claim, written by one person, approved by another, and published."""
    version = draft(row, verdict, at=at, **given)
    editing.submit_for_review(version, actor=person("author"), at=at)
    editing.approve(version, approver=person("reviewer"), at=at, checklist=CHECKLIST)
    return editing.publish(version, actor=person("reviewer"), at=at)


def published_claims(number: int, verdict: str = "contradicted", **given: object) -> list[Claim]:
    """Several published claims, a minute apart, the last one newest."""
    rows = [claim(f"claim-{place}", **given) for place in range(number)]
    for place, row in enumerate(rows):
        published(row, verdict, at=START + timedelta(minutes=place))
    return rows


def drop_trigger(name: str, table: str = "claims_verdictversion") -> None:
    """Take one guard away until the end of the test, for what the editing rules do not do."""
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on}")
