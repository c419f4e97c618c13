"""Verdict versions, the evidence they rest on, who signed them, and what has moved since."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from claims.models.claims import Claim
from claims.models.decoding import RecordDecoder
from claims.models.sources import Measurement, Source
from claims.scales import (
    CLAIM_KINDS,
    CONFIDENCES,
    EVIDENCE_STANCES,
    REASON_CODES,
    RELATIONS,
    REVIEW_LEVELS,
    SEVERITIES,
    STALE_REASONS,
    TOPICS,
    VERDICT_CHOICES,
    VERDICTS,
    choices,
)

STATES = {
    "draft": "draft",
    "in_review": "in review",
    "approved": "approved",
    "published": "published",
}


class VerdictVersion(models.Model):
    """One version of a claim's verdict; immutable once published (triggers hold it).

    At publication the whole public record of the claim is frozen in ``document`` and its sha256 in
    ``content_sha256``: pages, feeds and pinned versions are spellings of that document.  The wording
    columns repeat what the document says for facets and search.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=choices(STATES), default="draft")
    # wording, as this version carries it
    title = models.CharField(max_length=80)
    statement = models.TextField()
    kind = models.CharField(max_length=16, choices=choices(CLAIM_KINDS))
    topic = models.CharField(max_length=16, choices=choices(TOPICS))
    # the verdict
    verdict = models.CharField(max_length=20, choices=VERDICT_CHOICES)
    confidence = models.CharField(max_length=8, choices=choices(CONFIDENCES))
    confidence_basis = models.TextField()
    one_line = models.CharField(max_length=160)
    key_points = models.JSONField(default=list)
    rationale = models.TextField()
    would_change = models.TextField()
    evidence_cutoff = models.DateField()
    next_review = models.DateField()
    # what this version is in the history
    reason_code = models.CharField(max_length=24, choices=choices(REASON_CODES), default="first_publication")
    severity = models.CharField(max_length=16, choices=choices(SEVERITIES), default="none")
    change_note = models.TextField(blank=True, help_text="what changed, in words, printed on /corrections/")
    review_level = models.CharField(max_length=12, choices=choices(REVIEW_LEVELS), default="signed")
    review_note = models.TextField(blank=True, help_text="what the second reading checked or changed")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="authored_versions"
    )
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    document = models.JSONField(null=True, blank=True, decoder=RecordDecoder)
    chart_subject = models.JSONField(
        null=True, blank=True, decoder=RecordDecoder, help_text="what its chart is drawn from, frozen"
    )
    content_sha256 = models.CharField(max_length=64, blank=True)
    search_text = models.TextField(blank=True, help_text="what full-text search reads")

    class Meta:
        ordering: ClassVar = ["claim_id", "-number"]
        permissions: ClassVar = [("publish_verdictversion", "Can publish an approved version")]
        indexes: ClassVar = [
            models.Index(fields=["verdict", "topic"], name="version_by_facet"),
            models.Index(fields=["-published_at", "-id"], name="version_by_publication"),
            models.Index(fields=["next_review"], name="version_by_next_review"),
            # few versions are corrections: looked for among all, a page of them would read every version there is
            models.Index(
                fields=["-published_at", "-id"],
                name="correction_by_publication",
                condition=models.Q(number__gt=1),
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["claim", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["claim"], condition=~Q(state="published"), name="one_open_version_per_claim"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_number_from_1"),
            models.CheckConstraint(condition=Q(state__in=list(STATES)), name="version_state_known"),
            models.CheckConstraint(condition=Q(verdict__in=list(VERDICTS)), name="version_verdict_known"),
            models.CheckConstraint(condition=Q(confidence__in=list(CONFIDENCES)), name="version_confidence_known"),
            models.CheckConstraint(
                condition=Q(next_review__gt=F("evidence_cutoff")), name="version_review_after_cutoff"
            ),
            models.CheckConstraint(
                condition=(
                    Q(state="published", published_at__isnull=False, document__isnull=False)
                    & ~Q(content_sha256="")
                )
                | (~Q(state="published") & Q(published_at__isnull=True, content_sha256="")),
                name="version_published_is_frozen",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.claim_id} v{self.number} ({self.state})"

    def get_absolute_url(self) -> str:
        return reverse("claim-version", args=[self.claim.slug, self.number])


class VersionEdit(models.Model):
    """Somebody changed a version's text or evidence; whoever did may not approve it.  Append-only."""

    version = models.ForeignKey(VerdictVersion, on_delete=models.PROTECT, related_name="edits")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.version_id} edited by {self.editor_id}"


# approvals given before the six questions were asked stand as they were given
CHECKLIST_SINCE = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


class Approval(models.Model):
    """The second pair of eyes.  Void after any later edit of the version (a trigger holds it)."""

    version = models.ForeignKey(VerdictVersion, on_delete=models.PROTECT, related_name="approvals")
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="approvals")
    at = models.DateTimeField()
    checklist = models.JSONField(default=dict, blank=True)
    comment = models.TextField(blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "approver"],
                condition=Q(voided_at__isnull=True),
                name="approval_once_a_person",
            ),
            # the six questions, or the second reading of the initial catalogue (claims/editing/rules.py)
            models.CheckConstraint(
                condition=Q(at__lt=CHECKLIST_SINCE)
                | Q(checklist__has_key="second_reading")
                | Q(
                    checklist__neutral_wording=True,
                    checklist__truth_condition=True,
                    checklist__two_sources=True,
                    checklist__units_and_epochs=True,
                    checklist__limits_not_absence=True,
                    checklist__has_key="claimant_contact",
                ),
                name="approval_answers_the_checklist",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} approved by {self.approver_id}"


class CheckRun(models.Model):
    """One run of a machine check with its inputs and outcome; append-only."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="check_runs")
    name = models.CharField(max_length=48)
    params = models.JSONField(default=dict, decoder=RecordDecoder)
    inputs = models.JSONField(default=list, help_text="what it was computed from: kind, id, url")
    input_digest = models.CharField(max_length=64)
    outcome = models.CharField(max_length=16)
    result = models.JSONField(default=dict, decoder=RecordDecoder)
    sentence = models.TextField()
    as_of = models.DateTimeField()
    ran_at = models.DateTimeField()
    seed = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-ran_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["claim", "name", "-ran_at"], name="check_run_latest")]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.name}: {self.outcome}"


class Evidence(models.Model):
    """One fact that a version rests on: a measurement, a campaign, a source or a check run."""

    version = models.ForeignKey(VerdictVersion, on_delete=models.CASCADE, related_name="evidence")
    measurement = models.ForeignKey(
        Measurement, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence"
    )
    campaign = models.ForeignKey(
        "ephemeris.Campaign", null=True, blank=True, on_delete=models.PROTECT, related_name="evidence"
    )
    source = models.ForeignKey(
        Source, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence"
    )
    check_run = models.ForeignKey(
        CheckRun, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence"
    )
    stance = models.CharField(max_length=8, choices=choices(EVIDENCE_STANCES))
    note = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        verbose_name_plural = "evidence"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="evidence_is_exactly_one_fact",
                condition=(
                    Q(measurement__isnull=False, campaign__isnull=True, source__isnull=True, check_run__isnull=True)
                    | Q(measurement__isnull=True, campaign__isnull=False, source__isnull=True, check_run__isnull=True)
                    | Q(measurement__isnull=True, campaign__isnull=True, source__isnull=False, check_run__isnull=True)
                    | Q(measurement__isnull=True, campaign__isnull=True, source__isnull=True, check_run__isnull=False)
                ),
            ),
            models.CheckConstraint(
                condition=Q(stance__in=list(EVIDENCE_STANCES)), name="evidence_stance_known"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.stance}: {self.measurement or self.campaign or self.source or self.check_run}"


class VersionRelation(models.Model):
    """A relation of the claim as a version carries it to readers; frozen with the version (triggers hold it)."""

    version = models.ForeignKey(VerdictVersion, on_delete=models.CASCADE, related_name="relations")
    other = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=12, choices=choices(RELATIONS))

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "other", "relation"], name="version_relation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.relation} {self.other_id}"


class StaleMark(models.Model):
    """A reason why a published version may no longer be up to date; a machine marks, a person signs."""

    version = models.ForeignKey(VerdictVersion, on_delete=models.PROTECT, related_name="stale_marks")
    reason = models.CharField(max_length=24, choices=choices(STALE_REASONS))
    detail = models.TextField(help_text="in words, printed on the page")
    subject_key = models.CharField(max_length=128, blank=True, help_text="what moved")
    since = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["since", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["version", "reason", "subject_key"],
                condition=Q(cleared_at__isnull=True),
                name="stale_mark_once",
            ),
            models.CheckConstraint(condition=Q(reason__in=list(STALE_REASONS)), name="stale_reason_known"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.reason}"
