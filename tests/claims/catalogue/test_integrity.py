"""The nightly look at the record: what it finds, what it marks, and what it leaves alone."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import F

from claims import editing
from claims.document import document_sha256
from claims.integrity import look
from claims.models import Approval, EditorialLog, IntegrityRun, Measurement, StaleMark, VerdictVersion
from claims.queries import published_claims
from claims.tasks import nightly_integrity
from config.schedule import SCHEDULE
from ephemeris.models import Campaign, PollTally
from tests.claims import publishing
from tests.claims.catalogue.small import edit
from tests.record import LOADED_AT

pytestmark = pytest.mark.django_db
DATA = settings.BASE_DIR / "data"


def test_it_finds_the_loaded_record_sound() -> None:
    seen = look(DATA, at=LOADED_AT)
    assert seen.findings == []
    assert seen.sound
    assert seen.counts["published versions"] == 100
    assert seen.counts["log rows"] == 401
    assert seen.counts["catalogue measurements"] == 360
    assert seen.counts["reviews overdue"] == 0


def test_it_finds_a_tally_of_polls_that_is_not_what_is_counted() -> None:
    campaign = Campaign.objects.order_by("pk")[0]
    PollTally.objects.create(campaign=campaign, polls=2)
    assert look(DATA, at=LOADED_AT).findings == [
        f"campaign {campaign.key}: its tally says 2 polls, and there are 0"
    ]


def test_it_finds_a_number_that_was_changed_behind_the_catalogue() -> None:
    Measurement.objects.filter(key="3i-third-interstellar-object").update(value=4.0)
    (finding,) = look(DATA, at=LOADED_AT).findings
    assert (
        "measurement 3i-third-interstellar-object: value is published as 4.0 and cannot become 3.0" in finding
    )


def test_it_finds_a_catalogue_that_was_not_loaded(data: Path) -> None:
    edit(data, "campaigns/3I.toml", "first_public_date = 2025-07-02", "first_public_date = 2025-07-03")
    assert look(data, at=LOADED_AT).findings == [
        "campaign atlas-discovery: first_public_date 2025-07-02 -> 2025-07-03 (stored -> catalogue)"
    ]


def test_it_finds_a_catalogue_with_faults(data: Path) -> None:
    line = edit(data, "claims/will-hit-earth.toml", 'verdict = "contradicted"', 'verdict = "wrong"')
    (finding,) = look(data, at=LOADED_AT).findings
    assert finding.startswith(
        f"data/claims/will-hit-earth.toml:{line}: claim will-hit-earth: verdict 'wrong'"
    )


def test_it_finds_a_rewritten_log_row() -> None:
    publishing.drop_trigger("claims_editoriallog_update", "claims_editoriallog")
    row = EditorialLog.objects.order_by("pk")[7]
    EditorialLog.objects.filter(pk=row.pk).update(reason="rewritten")
    findings = look(DATA, at=LOADED_AT).findings
    assert findings == [
        f"the editorial log is broken: row {row.pk} does not have the content that its hash was made of",
        "the database has no trigger claims_editoriallog_update; run migrate",
    ]


def test_it_finds_signatures_and_publications_that_nobody_took_a_step_for() -> None:
    for guard in ("version_published_in_its_words", "version_published_by_the_log"):
        publishing.drop_trigger(guard)
    version = publishing.draft(publishing.claim("forged"))
    editing.submit_for_review(version, actor=publishing.person("author"), at=publishing.START)
    Approval.objects.create(
        version=version,
        approver=publishing.person("reviewer"),
        at=publishing.START,
        checklist=publishing.CHECKLIST,
    )
    rows = VerdictVersion.objects.filter(pk=version.pk)
    rows.update(state="approved")
    subject: dict[str, object] = {}
    rows.update(
        state="published", published_at=publishing.START, document={}, chart_subject=subject,
        content_sha256=document_sha256({}, subject),
    )  # fmt: skip
    assert [finding for finding in look(DATA, at=LOADED_AT).findings if "forged" in finding] == [
        "forged v1: the log has no approval by reviewer, whose name stands under it",
        "forged v1 is published, and the log has no publication of it",
    ]


def test_it_finds_a_rewritten_document() -> None:
    publishing.drop_trigger("version_frozen")
    version = VerdictVersion.objects.select_related("claim").get(claim__slug="will-hit-earth")
    VerdictVersion.objects.filter(pk=version.pk).update(document=version.document | {"verdict": "supported"})
    assert (
        "will-hit-earth v1 does not have the content that its sha256 was made of"
        in look(DATA, at=LOADED_AT).findings
    )


def test_it_marks_reviews_that_are_due_once_and_changes_no_verdict() -> None:
    first_due = min(claim.current_version.next_review for claim in published_claims())
    due = [claim.slug for claim in published_claims() if claim.current_version.next_review == first_due]
    verdicts = list(VerdictVersion.objects.order_by("pk").values_list("verdict", "document"))
    at = LOADED_AT.replace(year=first_due.year, month=first_due.month, day=first_due.day)

    assert look(DATA, at=at - timedelta(days=1)).counts["reviews overdue"] == 0
    seen = look(DATA, at=at)
    assert (seen.counts["reviews overdue"], seen.counts["newly marked stale"]) == (len(due), len(due))
    assert seen.sound
    marks = StaleMark.objects.filter(reason="review_due")
    assert sorted(marks.values_list("version__claim__slug", flat=True)) == sorted(due)
    assert marks[0].detail == f"The review planned for {first_due.day} {first_due:%B %Y} is due."

    again = look(DATA, at=at + timedelta(hours=1))
    assert (again.counts["reviews overdue"], again.counts["newly marked stale"]) == (len(due), 0)
    assert list(VerdictVersion.objects.order_by("pk").values_list("verdict", "document")) == verdicts


def test_it_leaves_withdrawn_claims_alone() -> None:
    claim = published_claims().order_by("current_version__next_review", "slug")[0]
    editing.withdraw(claim, actor=User.objects.create_superuser("chief"), at=LOADED_AT, reason="Retracted.")
    look(DATA, at=LOADED_AT + timedelta(days=4000))
    assert not StaleMark.objects.filter(version__claim=claim).exists()
    assert StaleMark.objects.filter(reason="review_due").count() == 99


def test_the_task_keeps_its_result() -> None:
    with time_machine.travel(LOADED_AT + timedelta(days=1), tick=False):
        told = nightly_integrity()
    run = IntegrityRun.objects.get(pk=told["run"])
    assert told == {"run": run.pk, "sound": True, "findings": 0}
    assert (run.started_at, run.sound, run.findings) == (LOADED_AT + timedelta(days=1), True, [])
    assert run.counts["published versions"] == 100
    assert run.finished_at >= run.started_at


def test_the_task_can_run_twice() -> None:
    Measurement.objects.filter(key="3i-third-interstellar-object").update(value=F("value") + 1)
    assert [nightly_integrity()["findings"], nightly_integrity()["findings"]] == [1, 1]
    assert IntegrityRun.objects.filter(sound=False).count() == 2


def test_beat_knows_the_task() -> None:
    assert nightly_integrity.name in {entry["task"] for entry in SCHEDULE.values()}
