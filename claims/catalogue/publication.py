"""Claims of the catalogue that the database does not have yet, through the same editorial steps as all others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User

from claims import editing
from claims.catalogue.problems import Row
from claims.models import (
    Appearance,
    AssertedQuantity,
    Claim,
    ClaimCheck,
    ClaimRelation,
    Evidence,
    Measurement,
    Source,
)
from ephemeris.models import Campaign, SmallBody
from science.vocabulary import QUANTITIES

# how the two readings of the catalogue are printed
ACCOUNT_NAMES = {"author": "Initial catalogue", "second_reader": "Catalogue second reading"}
# how far a claim of this status goes
STEPS = {"second_read": "published", "proposed": "in_review", "needs_work": "draft"}


def catalogue_accounts() -> tuple[User, User]:
    """Author and second reader of the initial catalogue: accounts that nobody can sign in to."""
    accounts = []
    for role, name in editing.CATALOGUE_ACCOUNTS.items():
        user, made = get_user_model().objects.get_or_create(
            username=name, defaults={"first_name": ACCOUNT_NAMES[role], "is_active": False}
        )
        if made:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        accounts.append(user)
    author, second_reader = accounts
    return author, second_reader


def publish_claims(
    rows: list[Row], *, at: datetime, progress: Callable[[str, int, int], None]
) -> dict[str, int]:
    """Create absent claims with all that belongs to them; how many reached which state."""
    author, second_reader = catalogue_accounts()
    claims = create_claims(rows, at)
    facts: dict[str, dict[str, Any]] = {
        "measurement": dict(Measurement.objects.values_list("key", "pk")),
        "campaign": dict(Campaign.objects.values_list("key", "pk")),
        "source": dict(Source.objects.values_list("key", "pk")),
    }
    states: Counter[str] = Counter()
    for number, row in enumerate(rows, 1):
        state = STEPS[row.values["review"]["status"]]
        _bring_to(state, claims[row.key], row.values["review"], facts, author, second_reader, at)
        states[state] += 1
        progress("claim", number, len(rows))
    return dict(states)  # fmt: skip


def _bring_to(
    state: str, claim: Claim, review: dict[str, Any], facts: dict[str, dict[str, Any]], author: User,
    second_reader: User, at: datetime,
) -> None:  # fmt: skip
    """Draft the first version of a claim and take it as far as its second reading allows."""
    version = editing.draft_version(
        claim,
        verdict_text(review),
        [evidence_of(piece, facts) for piece in review["evidence"]],
        author=author,
        at=at,
        review_level="catalogue",
        review_note=review.get("review_note", ""),
    )
    if state == "draft":
        return
    editing.submit_for_review(version, actor=author, at=at)
    if state == "in_review":
        return
    read_on = review["reviewed_on"].isoformat()
    editing.approve(
        version,
        approver=second_reader,
        at=at,
        checklist={"second_reading": read_on, "read_by": review["reviewed_by"]},
        comment=review["review_note"],
    )
    editing.publish(version, actor=second_reader, at=at)


def verdict_text(review: dict[str, Any]) -> editing.VerdictText:
    """The words of a review as an author hands them in."""
    return editing.VerdictText(
        verdict=review["verdict"],
        confidence=review["confidence"],
        confidence_basis=review["confidence_basis"],
        one_line=review["one_line"],
        key_points=tuple(review["key_points"]),
        rationale=review["rationale"].strip(),
        would_change=review["would_change"],
        evidence_cutoff=review["evidence_cutoff"],
        next_review=review["next_review"],
    )


def evidence_of(piece: dict[str, Any], facts: dict[str, dict[str, Any]]) -> Evidence:
    """A piece of evidence, with the primary key of what it names."""
    kind = next(name for name in facts if name in piece)
    return Evidence(
        **{f"{kind}_id": facts[kind][piece[kind]]}, stance=piece["stance"], note=piece.get("note", "")
    )


def create_claims(rows: list[Row], at: datetime) -> dict[str, Claim]:
    """The claims with their asserted numbers, appearances, relations and checks."""
    bodies = {body.designation: body for body in SmallBody.objects.all()}
    Claim.objects.bulk_create(
        Claim(
            slug=row.key,
            body=bodies[row.values["object"]],
            chart=row.values.get("chart", ""),
            created_at=at,
            **{name: row.values[name] for name in ("title", "statement", "truth_condition", "kind", "topic", "aliases")},
        )
        for row in rows
    )  # fmt: skip
    claims = {claim.slug: claim for claim in Claim.objects.all()}
    sources = dict(Source.objects.values_list("key", "pk"))
    AssertedQuantity.objects.bulk_create(
        _asserted(claims[row.key], position, asserted)
        for row in rows
        for position, asserted in enumerate(row.values.get("asserted", []))
    )
    Appearance.objects.bulk_create(
        Appearance(
            claim=claims[row.key],
            source_id=sources[seen["source"]],
            locator=seen.get("locator", ""),
            phrase=seen.get("phrase", ""),
            stance=seen["stance"],
            first_seen=seen.get("first_seen"),
            position=position,
        )
        for row in rows
        for position, seen in enumerate(row.values.get("appearances", []))
    )
    ClaimRelation.objects.bulk_create(
        ClaimRelation(claim=claims[row.key], other=claims[related["slug"]], relation=related["relation"])
        for row in rows
        for related in row.values.get("related", [])
    )
    ClaimCheck.objects.bulk_create(
        ClaimCheck(
            claim=claims[row.key], name=check["name"], params=check.get("params", {}), position=position
        )
        for row in rows
        for position, check in enumerate(row.values.get("checks", []))
    )
    return {row.key: claims[row.key] for row in rows}


def _asserted(claim: Claim, position: int, asserted: dict[str, Any]) -> AssertedQuantity:
    is_time = QUANTITIES[asserted["quantity"]].kind == "time"
    return AssertedQuantity(
        claim=claim,
        quantity=asserted["quantity"],
        value=None if is_time else asserted["value"],
        value_time=asserted["value"] if is_time else "",
        unit=asserted["unit"],
        relation=asserted["relation"],
        note=asserted.get("note", ""),
        position=position,
    )
