"""Checks of the real catalogue: which run, what they append, what they make stale."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from claims.checking import ground, latest_runs, run_all_checks, run_claim_checks
from claims.models import CheckRun, Claim, ClaimCheck, EditorialLog, Measurement, StaleMark, VerdictVersion
from science.checks.registry import checks

pytestmark = pytest.mark.django_db


def claim(slug: str) -> Claim:
    return Claim.objects.select_related("body", "current_version").get(slug=slug)


def supersede(key: str, value: float) -> Measurement:
    """A newer row of the same fact, as the loader writes it."""
    old = Measurement.objects.get(key=key)
    new = Measurement.objects.get(key=key)
    new.pk, new.key, new.value = None, f"{key}-newer", value
    new.save()
    Measurement.objects.filter(pk=old.pk).update(superseded_by=new)
    return new


def test_every_check_that_the_catalogue_names_runs_and_says_something() -> None:
    counts = run_all_checks(timezone.now())
    assert counts["claims"] == Claim.objects.count()
    assert set(ClaimCheck.objects.values_list("name", flat=True)) == set(checks())
    assert CheckRun.objects.count() == ClaimCheck.objects.count()
    assert not CheckRun.objects.filter(outcome="missing_input").exists()
    assert not CheckRun.objects.filter(sentence="").exists()
    # nobody has asked an archive yet: that is "could not look", never a zero
    assert set(CheckRun.objects.filter(name="archive_holdings").values_list("outcome", flat=True)) == {
        "could_not_look"
    }


def test_the_same_facts_append_nothing_again() -> None:
    now = timezone.now()
    run_all_checks(now)
    assert run_all_checks(now + timedelta(days=1))["appended"] == 0
    assert not StaleMark.objects.exists()


def test_superseding_a_measurement_reruns_what_uses_it_and_marks_what_it_moves() -> None:
    now = timezone.now()
    run_all_checks(now)
    users = {
        run.claim.slug
        for run in CheckRun.objects.select_related("claim")
        if "3i-radius-hst-2026" in str(run.inputs)
    }
    before = CheckRun.objects.count()
    supersede("3i-radius-hst-2026", 2.6)
    run_all_checks(now + timedelta(hours=1))
    changed = CheckRun.objects.filter(ran_at__gt=now).select_related("claim")
    assert {run.claim.slug for run in changed} == users
    assert all("3i-radius-hst-2026-newer" in str(run.inputs) for run in changed)
    assert CheckRun.objects.count() == before + changed.count()
    stale = set(StaleMark.objects.values_list("version__claim__slug", flat=True))
    # twice the radius is an eighth of the density; no separation that an image resolves depends on it
    assert "mass-exceeds-ten-billion-tons" in stale
    assert "image-errors-can-mimic-jets" not in stale
    assert stale <= users
    detail = StaleMark.objects.filter(version__claim__slug="mass-exceeds-ten-billion-tons").first()
    assert detail is not None
    assert "density" in detail.detail
    assert "1.09" in detail.detail


def test_a_small_shift_within_the_tolerance_appends_a_run_and_marks_nothing() -> None:
    now = timezone.now()
    target = claim("mass-exceeds-ten-billion-tons")
    run_claim_checks(target, ground(now), now)
    supersede("3i-radius-hst-2026", 1.305)
    later = now + timedelta(hours=1)
    assert len(run_claim_checks(target, ground(later), later)) == 1
    assert not StaleMark.objects.exists()


def test_an_outcome_that_changes_marks_the_version_and_touches_no_verdict() -> None:
    now = timezone.now()
    target = claim("passed-mars-in-october-2025")
    verdict = target.current_version.verdict if target.current_version else ""
    run_claim_checks(target, ground(now), now)
    target.asserted.update(value_time="2025-11")
    later = now + timedelta(hours=1)
    run_claim_checks(claim("passed-mars-in-october-2025"), ground(later), later)
    mark = StaleMark.objects.get(reason="check_changed")
    assert "now says disagrees" in mark.detail
    assert VerdictVersion.objects.get(pk=mark.version_id).verdict == verdict
    assert EditorialLog.objects.filter(action="mark_stale", version=mark.version).count() == 1


def test_the_latest_runs_come_in_the_order_of_the_claims_checks() -> None:
    now = timezone.now()
    target = claim("fastest-object-above-mars")
    run_claim_checks(target, ground(now), now)
    assert [run.name for run in latest_runs(target)] == [
        "relative_speed",
        "distance_in_radii",
        "excess_speed",
    ]


def test_the_command_runs_one_claim_and_refuses_an_unknown_one() -> None:
    call_command("run_checks", claim="slipped-behind-mars", verbosity=0)
    assert set(CheckRun.objects.values_list("claim__slug", flat=True)) == {"slipped-behind-mars"}
    with pytest.raises(CommandError, match="no-such-claim"):
        call_command("run_checks", claim="no-such-claim")
