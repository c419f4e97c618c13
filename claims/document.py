"""The public record of a claim as one JSON document: what a version freezes when it is published.

Pages, feeds, the API, embeds and dumps are spellings of this document.  Related claims are not part of
it: they are looked up among the published ones when a page is made, so that no draft is named.
Keys are part of the contract with readers of `/claims/<slug>.json`.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any, TypeGuard

import orjson
from django.db.models import Q

from charts.selection import campaign_keys, wanted
from claims.models import Claim, Evidence, Measurement, ReviewComment, Source, VerdictVersion
from claims.records import asserted_records, citation, measurement_record, to_json
from claims.scales import VERDICTS
from claims.search_words import folded
from ephemeris.models import Campaign
from ephemeris.queries import campaign_record, solution_record
from science.records import ChartSubject, OrbitSolutionRecord

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
SCHEMA = 1


def claim_document(version: VerdictVersion, published_at: datetime) -> dict[str, Any]:
    """The whole public record of ``version`` as it stands at ``published_at``."""
    claim, scale = version.claim, VERDICTS[version.verdict]
    evidence = list(
        version.evidence.select_related(
            "measurement__source", "measurement__superseded_by", "campaign__body", "source", "check_run"
        )
    )
    sources = {
        source.key: source for source in Source.objects.filter(key__in=_campaign_source_keys(evidence))
    }
    asserted = list(claim.asserted.all())
    return {
        "schema": SCHEMA,
        "slug": claim.slug,
        "version": version.number,
        "object": {"designation": claim.body.designation, "name": claim.body.full_designation},
        "kind": version.kind,
        "topic": version.topic,
        "title": version.title,
        "statement": version.statement,
        "truth_condition": claim.truth_condition,
        "aliases": list(claim.aliases),
        "verdict": version.verdict,
        "verdict_label": scale.label,
        "normalized": scale.normalized,
        "rating": scale.rating,
        "confidence": version.confidence,
        "confidence_basis": version.confidence_basis,
        "one_line": version.one_line,
        "key_points": list(version.key_points),
        "rationale": version.rationale,
        "would_change": version.would_change,
        "evidence_cutoff": version.evidence_cutoff.isoformat(),
        "next_review": version.next_review.isoformat(),
        "first_published_at": (claim.first_published_at or published_at).isoformat(),
        "published_at": published_at.isoformat(),
        "reason_code": version.reason_code,
        "severity": version.severity,
        "change_note": version.change_note,
        "review_level": version.review_level,
        "review_note": version.review_note,
        "reviewers": _reviewers(version),
        "conflicts_of_interest": conflicts_of_interest(claim),
        "right_of_reply": right_of_reply(claim),
        "external_reviews": external_reviews(version),
        "asserted": to_json(asserted_records(asserted)),
        "key_numbers": key_numbers(asserted, evidence),
        "evidence": [_evidence(item, sources) for item in evidence],
        "appearances": [
            {
                "source": to_json(citation(row.source)),
                "locator": row.locator,
                "phrase": row.phrase,
                "stance": row.stance,
                "first_seen": row.first_seen.isoformat() if row.first_seen else None,
            }
            for row in claim.appearances.filter(state="confirmed").select_related("source")
        ],
        "checks": [{"name": row.name, "params": row.params} for row in claim.checks.all()],
        "chart": claim.chart,
        "license": LICENCE,
    }


def _campaign_source_keys(evidence: list[Evidence]) -> set[str]:
    return {key for item in evidence if item.campaign for key in item.campaign.source_keys}


def _reviewers(version: VerdictVersion) -> list[dict[str, str]]:
    """Author first, then whoever approved, each with the name the public sees."""
    people = [{"name": _public_name(version.author), "role": "author"}]
    people += [
        {"name": _public_name(approval.approver), "role": "second reader" if version.review_level == "catalogue" else "reviewer"}
        for approval in version.approvals.filter(voided_at__isnull=True).select_related("approver")
    ]  # fmt: skip
    return people


def conflicts_of_interest(claim: Claim) -> list[dict[str, str]]:
    """The standing interests of people of this site in the claim, as they are printed."""
    return [
        {"name": _public_name(row.person), "statement": row.statement, "declared_on": row.declared_at.date().isoformat()}
        for row in claim.conflicts.filter(ended_at__isnull=True).select_related("person")
    ]  # fmt: skip


def right_of_reply(claim: Claim) -> list[dict[str, Any]]:
    """When the claimant was given the opportunity to reply, and the answer."""
    return [
        {
            "claimant": row.claimant,
            "contacted_on": row.contacted_on.isoformat(),
            "way": row.way or None,
            "answered_on": row.answered_on.isoformat() if row.answered_on else None,
            "answer": row.answer or None,
        }
        for row in claim.contacts.all()
    ]


def external_reviews(version: VerdictVersion) -> list[dict[str, str]]:
    """What experts without an account wrote about this version and agreed to see printed with their names."""
    agreed = ReviewComment.objects.filter(invitation__version=version, may_be_named=True)
    return [
        {"name": row.name, "affiliation": row.affiliation, "text": row.text, "on": row.at.date().isoformat()}
        for row in agreed
    ]


def _public_name(user: Any) -> str:
    return user.get_full_name() or user.get_username()


def _measured(row: Measurement) -> dict[str, Any]:
    return {
        "value": row.value,
        "value_time": row.value_time or None,
        "plus": row.plus,
        "minus": row.minus,
        "limit": row.limit,
        "error_kind": row.error_kind or None,
        "unit": row.unit,
        "as_printed": row.as_printed or None,
        "subject": row.subject or None,
        "measurement": row.key,
        "source": row.source.key,
        "source_title": row.source.title,
        "as_of": _observed(row),
    }


def _observed(row: Measurement) -> str | None:
    moment = row.observed_to or row.observed_from
    return moment.date().isoformat() if moment else None


def key_numbers(asserted: list[Any], evidence: list[Evidence]) -> list[dict[str, Any]]:
    """Claimed beside measured: each asserted number with every decisive measurement of its quantity,
    then decisive measurements of quantities on which the claim gives no number."""
    decisive = [item for item in evidence if item.stance != "context"]
    numbered = [item.measurement for item in decisive if _has_number(item.measurement)]
    context = [
        item.measurement for item in evidence if item.stance == "context" and _has_number(item.measurement)
    ]
    rows: list[dict[str, Any]] = []
    used: set[str] = set()
    for claimed in asserted:
        number = {
            "value": claimed.value,
            "value_time": claimed.value_time or None,
            "unit": claimed.unit,
            "relation": claimed.relation,
            "note": claimed.note,
        }
        # a context row of the same quantity still beats an empty cell
        same = [row for row in numbered if row.quantity == claimed.quantity] or [
            row for row in context if row.quantity == claimed.quantity
        ]
        used.update(row.key for row in same)
        if not same:
            rows.append({"quantity": claimed.quantity, "asserted": number, "measured": None})
        rows += [
            {"quantity": claimed.quantity, "asserted": number, "measured": _measured(row)} for row in same
        ]
    rows += [
        {"quantity": row.quantity, "asserted": None, "measured": _measured(row)}
        for row in numbered
        if row.key not in used
    ]
    return rows


def _has_number(row: Measurement | None) -> TypeGuard[Measurement]:
    return row is not None and (row.value is not None or bool(row.value_time))


def _evidence(item: Evidence, sources: dict[str, Source]) -> dict[str, Any]:
    entry: dict[str, Any] = {"stance": item.stance, "note": item.note}
    if item.measurement:
        record = measurement_record(item.measurement)
        entry |= {
            "kind": "measurement",
            "id": item.measurement.key,
            "title": item.measurement.statement,
            "tier": item.measurement.source.tier,
            "url": item.measurement.source.url or None,
            "locator": item.measurement.locator,
            "verification": item.measurement.verification,
            "disputed": item.measurement.disputed,
            "dispute_note": item.measurement.dispute_note,
            "source": to_json(record.citation),
            "quantity": item.measurement.quantity,
            "measured": _measured(item.measurement) if _has_number(item.measurement) else None,
        }
    elif item.campaign:
        row = item.campaign
        cited = [sources[key] for key in row.source_keys if key in sources]
        entry |= {
            "kind": "campaign",
            "id": row.key,
            "title": row.summary,
            "tier": min((source.tier for source in cited), default=None),
            "url": next((source.url for source in cited if source.url), None),
            "facility": row.facility,
            "instrument": row.instrument,
            "source": to_json(citation(cited[0])) if cited else None,
        }
    elif item.source:
        entry |= {
            "kind": "source",
            "id": item.source.key,
            "title": item.source.title,
            "tier": item.source.tier,
            "url": item.source.url or None,
            "source": to_json(citation(item.source)),
        }
    elif item.check_run:
        entry |= {
            "kind": "check_run",
            "id": str(item.check_run.pk),
            "title": item.check_run.sentence,
            "tier": 5,
            "url": None,
            "source": None,
        }
    return entry


def version_chart_subject(version: VerdictVersion) -> ChartSubject:
    """What the version's chart is drawn from: asserted numbers, cited facts, and what stands beside them."""
    claim = version.claim
    asserted = asserted_records(claim.asserted.all())
    checks = tuple((check.name, check.params) for check in claim.checks.all())
    evidence = list(
        version.evidence.select_related("measurement__source", "measurement__superseded_by", "campaign__body")
    )
    cited = [measurement_record(item.measurement) for item in evidence if item.measurement]
    cited_keys = frozenset(row.key for row in cited)
    wants = wanted(claim.body.designation, cited, asserted, checks)
    pairs = Q(pk__in=[])
    for quantity, body in sorted(wants.quantities):
        pairs |= Q(quantity=quantity, body=body)
    beside = (
        Measurement.objects.filter(Q(key__in=wants.keys) | Q(series__in=wants.series) | pairs)
        .exclude(key__in=cited_keys)
        .select_related("source", "superseded_by")
        .order_by("key")
    )
    named = campaign_keys(checks)
    campaigns: list[Campaign] = [item.campaign for item in evidence if item.campaign]
    known = {row.key for row in campaigns}
    campaigns += Campaign.objects.filter(key__in=named - known).select_related("body").order_by("key")
    return ChartSubject(
        slug=claim.slug,
        title=version.title,
        body=claim.body.designation,
        verdict_label=VERDICTS[version.verdict].label,
        asserted=asserted,
        measurements=(*cited, *(measurement_record(row) for row in beside)),
        cited_keys=cited_keys,
        campaigns=tuple(campaign_record(row) for row in campaigns),
        solution=_solution_in_use(claim),
        check_params=checks,
    )


def _solution_in_use(claim: Claim) -> OrbitSolutionRecord | None:
    """The orbit that charts of this version are drawn with, frozen with it; None for a body without one."""
    row = claim.body.solutions.filter(is_default=True).select_related("body").first()
    return solution_record(row) if row else None


def document_sha256(document: dict[str, Any], subject: dict[str, Any]) -> str:
    """The sha256 of a document and its chart subject in canonical JSON (sorted keys)."""
    content = orjson.dumps([document, subject], option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(content).hexdigest()


def search_text(document: dict[str, Any]) -> str:
    """What full-text search reads of a document: folded words, the same for every database."""
    parts = [
        document["title"],
        document["statement"],
        *document["aliases"],
        document["one_line"],
        *document["key_points"],
        document["rationale"],
        document["object"]["name"],
    ]
    return folded("\n".join(parts))
