"""Runs the checks of claims: gathers facts, appends a run when something changed, marks stale, never judges.

A run is appended when the outcome, the numbers or the inputs differ from the last one; the same result
again leaves no row.  A published version goes stale when an outcome changes, or when a computed number
leaves the check's tolerance, compared with the first run after its publication.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from django.db import transaction

from claims.editing import mark_stale
from claims.enquiries import enquiry_key, renew_enquiries
from claims.live import latest_check_runs, run_key
from claims.models import CheckRun, Claim, ClaimCheck, Measurement
from claims.queries import published_claims
from claims.records import asserted_records, measurement_record, to_json
from ephemeris.archives.contract import LOOKED
from ephemeris.models import ArchivePoll, Campaign
from ephemeris.orbits import OrbitInUse, orbit_in_use
from ephemeris.queries import campaign_record
from science.checks.comparing import in_words
from science.checks.contract import Amount, Check, CheckResult, Facts, HoldingsAnswer
from science.checks.registry import checks
from science.checks.running import run_check
from science.records import CampaignRecord, MeasurementRecord


@dataclass(slots=True)
class Ground:
    """The facts that all checks of one pass stand on, read once."""

    as_of: datetime
    measurements: dict[str, MeasurementRecord]
    campaigns: dict[str, CampaignRecord]
    orbits: dict[str, OrbitInUse]

    def facts(self, body: str) -> Facts:
        """What a check on a claim about ``body`` may look at, with an empty note of what it used."""
        return Facts(
            as_of=self.as_of,
            body=body,
            measurements=self.measurements,
            campaigns=self.campaigns,
            orbit_of=self.orbit,
            holdings_of=holdings_answer,
        )

    def orbit(self, designation: str) -> OrbitInUse:
        if designation not in self.orbits:
            self.orbits[designation] = orbit_in_use(designation)
        return self.orbits[designation]


def ground(as_of: datetime) -> Ground:
    """Everything on record as of a moment."""
    rows = Measurement.objects.select_related("source", "superseded_by")
    return Ground(
        as_of=as_of,
        measurements={row.key: measurement_record(row) for row in rows},
        campaigns={row.key: campaign_record(row) for row in Campaign.objects.select_related("body")},
        orbits={},
    )


def holdings_answer(archive: str, facility: str, window_from: str, window_to: str) -> HoldingsAnswer | None:
    """The newest answer to that very question, or else of a campaign of that facility in that window; None without one."""
    answered = ArchivePoll.objects.filter(outcome__in=LOOKED, witness=False).order_by("-asked_at", "-pk")
    poll = (
        answered.filter(enquiry__key=enquiry_key(archive, facility, window_from, window_to)).first()
        or answered.filter(
            campaign__archive=archive,
            campaign__facility__icontains=facility.split(" ")[0],
            campaign__observed_from__lte=window_to[:10],
            campaign__observed_to__gte=window_from[:10],
        ).first()
    )
    if poll is None:
        return None
    return HoldingsAnswer(
        poll_id=str(poll.pk),
        asked_at=poll.asked_at,
        answered=True,
        row_count=poll.row_count,
        control_row_count=poll.control_row_count,
    )


def run_claim_checks(claim: Claim, standing: Ground, ran_at: datetime) -> list[CheckRun]:
    """Run every check of a claim; append what differs from the last run and mark what that makes stale."""
    appended = []
    asserted = asserted_records(claim.asserted.all())
    for row in claim.checks.all():
        check = checks().get(row.name)
        if check is None:
            continue  # the catalogue's validation refuses unknown names; an old row waits for its file
        result = run_check(check, row.params, standing.facts(claim.body.designation), asserted)
        run = _append_if_changed(claim, row, check, result, standing, ran_at)
        if run is not None:
            appended.append(run)
    return appended


def input_digest(result: CheckResult, params: dict[str, Any], standing: Ground) -> str:
    """The sha256 of everything a result was computed from: parameters, the facts themselves, the solution."""
    content: list[Any] = [params]
    for item in result.inputs:
        if item.kind == "measurement":
            content.append(to_json(standing.measurements[item.id]))
        elif item.kind == "campaign":
            content.append(to_json(standing.campaigns[item.id]))
        elif item.kind == "solution":
            content.append(standing.orbit(item.id.split("/")[0]).digest)
        else:
            content.append([item.kind, item.id])
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()


def result_json(result: CheckResult) -> dict[str, Any]:
    """The numbers of a result as a run keeps them."""
    return {
        "computed": to_json(result.computed) if result.computed else None,
        "asserted": to_json(result.asserted) if result.asserted else None,
        "details": dict(result.details),
        "solution": result.solution_id,
    }


@transaction.atomic
def _append_if_changed(
    claim: Claim, row: ClaimCheck, check: Check, result: CheckResult, standing: Ground, ran_at: datetime
) -> CheckRun | None:
    # one writer of this claim's runs at a time: two workers would append the same run twice
    Claim.objects.select_for_update().only("pk").get(pk=claim.pk)
    digest = input_digest(result, row.params, standing)
    earlier = CheckRun.objects.filter(claim=claim, name=row.name, params=row.params).order_by(
        "-ran_at", "-pk"
    )
    last = earlier.first()
    numbers = result_json(result)
    if (
        last is not None
        and last.input_digest == digest
        and last.outcome == result.outcome
        and last.result == numbers
    ):
        return None
    run = CheckRun.objects.create(
        claim=claim,
        name=row.name,
        params=row.params,
        inputs=to_json(list(result.inputs)),
        input_digest=digest,
        outcome=result.outcome,
        result=numbers,
        sentence=result.sentence,
        as_of=standing.as_of,
        ran_at=ran_at,
        seed=result.seed,
    )
    version = claim.current_version
    if version is not None and version.published_at is not None:
        since = earlier.filter(ran_at__gte=version.published_at).order_by("ran_at", "pk")
        baseline = next((old for old in since if old.pk != run.pk), None) or last
        if baseline is not None:
            _mark_if_moved(claim, check, baseline, run, ran_at)
    return run


def _mark_if_moved(claim: Claim, check: Check, baseline: CheckRun, run: CheckRun, at: datetime) -> None:
    version = claim.current_version
    if version is None:
        return
    key = f"{run.name}:{run.input_digest[:12]}"
    if run.outcome != baseline.outcome:
        mark_stale(
            version,
            "check_changed",
            f"The check {run.name.replace('_', ' ')} now says {run.outcome.replace('_', ' ')}; when this version was "
            f"signed it said {baseline.outcome.replace('_', ' ')}.",
            subject_key=key,
            at=at,
        )
        return
    before, after = _number(baseline), _number(run)
    if before is None or after is None or before == after:
        return
    scale = max(abs(before), 1e-300)
    if abs(after - before) > check.tolerance * scale:
        mark_stale(
            version,
            "key_number_moved",
            f"The check {run.name.replace('_', ' ')} computed {_words(baseline)} when this version was signed and computes "
            f"{_words(run)} now, beyond its tolerance of {100 * check.tolerance:g} per cent.",
            subject_key=key,
            at=at,
        )


def _number(run: CheckRun) -> float | None:
    computed = run.result.get("computed")
    return None if not computed else computed.get("value")


def _words(run: CheckRun) -> str:
    computed = run.result["computed"]
    return in_words(
        Amount(
            computed["value"],
            computed.get("unit", ""),
            computed.get("plus"),
            computed.get("minus"),
            computed.get("limit", "value"),
        )
    )


def run_all_checks(as_of: datetime, *, claims: Iterable[Claim] | None = None) -> dict[str, int]:
    """Run the checks of the given claims, or of every published one; returns how much was run and appended."""
    renew_enquiries()
    standing = ground(as_of)
    rows = claims if claims is not None else published_claims().prefetch_related("checks", "asserted")
    checked = appended = 0
    for claim in rows:
        checked += 1
        appended += len(run_claim_checks(claim, standing, as_of))
    return {"claims": checked, "appended": appended}


def latest_runs(claim: Claim) -> list[CheckRun]:
    """The newest run of each check of a claim, in the order of the claim's checks."""
    runs = latest_check_runs([claim.pk]).get(claim.pk, {})
    keys = [run_key(row.name, row.params) for row in claim.checks.all()]
    return [runs[key] for key in keys if key in runs]
