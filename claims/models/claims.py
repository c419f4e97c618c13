"""A claim: its wording, its numbers, where it appeared, and what it has to do with other claims."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from claims.models.decoding import RecordDecoder
from claims.models.sources import Source
from claims.scales import (
    ASSERTED_RELATIONS,
    CLAIM_KINDS,
    CLAIM_STANCES,
    RELATIONS,
    TOPICS,
    choices,
)

# what every list of readers asks for (`claims.queries.published_claims`), and what it can be asked for by
PUBLIC = Q(current_version__isnull=False, withdrawn_at__isnull=True)
LISTED_BY = {
    "claim_by_body": ("body",),
    "claim_by_topic": ("shown_topic",),
    "claim_by_verdict": ("shown_verdict",),
    "claim_by_cell": ("body", "shown_topic"),
}


class Claim(models.Model):
    """The identity and the working wording of a claim.

    What the public sees is never read from here but from the document frozen in
    ``current_version``: an edited wording stays private until a version carries it out.
    """

    slug = models.SlugField(max_length=80, unique=True)
    body = models.ForeignKey("ephemeris.SmallBody", on_delete=models.PROTECT, related_name="claims")
    title = models.CharField(max_length=80)
    statement = models.TextField()
    truth_condition = models.TextField()
    kind = models.CharField(max_length=16, choices=choices(CLAIM_KINDS))
    topic = models.CharField(max_length=16, choices=choices(TOPICS))
    aliases = models.JSONField(default=list, blank=True, help_text="paraphrases in our own words")
    chart = models.CharField(max_length=32, blank=True, help_text="name of a chart in charts/")
    current_version = models.OneToOneField(
        "claims.VerdictVersion", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # what the current version says, written with it: lists by topic and verdict find their page in one index
    shown_topic = models.CharField(max_length=16, blank=True, editable=False)
    shown_verdict = models.CharField(max_length=20, blank=True, editable=False)
    first_published_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_note = models.TextField(blank=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="assigned_claims",
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["slug"]
        permissions: ClassVar = [("withdraw_claim", "Can withdraw a published claim")]
        indexes: ClassVar = [
            models.Index(fields=["-first_published_at", "-id"], name="claim_by_publication"),
            *(
                models.Index(fields=[*columns, "-first_published_at", "-id"], name=name, condition=PUBLIC)
                for name, columns in LISTED_BY.items()
            ),
            # counted from the index alone
            models.Index(
                fields=["body", "shown_topic", "shown_verdict"], name="claim_by_facets", condition=PUBLIC
            ),
            models.Index(
                fields=["-withdrawn_at", "-id"],
                name="claim_by_withdrawal",
                condition=Q(withdrawn_at__isnull=False),
            ),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(kind__in=list(CLAIM_KINDS)), name="claim_kind_known"),
            models.CheckConstraint(condition=Q(topic__in=list(TOPICS)), name="claim_topic_known"),
            models.CheckConstraint(
                condition=Q(current_version__isnull=True) | Q(first_published_at__isnull=False),
                name="claim_published_has_date",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("claim", args=[self.slug])


class AssertedQuantity(models.Model):
    """A number, or a date as ISO text cut to its precision, that the claim asserts."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="asserted")
    quantity = models.CharField(max_length=64)
    value = models.FloatField(null=True, blank=True)
    value_time = models.CharField(max_length=32, blank=True)
    unit = models.CharField(max_length=24, blank=True)
    relation = models.CharField(max_length=8, choices=choices(ASSERTED_RELATIONS))
    note = models.CharField(max_length=255, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        verbose_name_plural = "asserted quantities"

    def __str__(self) -> str:
        return (
            f"{self.quantity} {ASSERTED_RELATIONS[self.relation]} {self.value_time or self.value} {self.unit}"
        )


class Appearance(models.Model):
    """A place where the claim was made, reported or rejected."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="appearances")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="appearances")
    locator = models.CharField(max_length=255, blank=True)
    phrase = models.CharField(max_length=160, blank=True, help_text="at most eight words, exact")
    stance = models.CharField(max_length=12, choices=choices(CLAIM_STANCES))
    first_seen = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=12,
        default="confirmed",
        choices=[("suggested", "suggested"), ("confirmed", "confirmed"), ("rejected", "rejected")],
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["claim", "source", "locator", "phrase"], name="appearance_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source.key}: {self.phrase or self.get_stance_display()}"


class ClaimRelation(models.Model):
    """Read as "this claim ... that claim"; readers see it once a version carries it (`VersionRelation`)."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="relations")
    other = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="related_from")
    relation = models.CharField(max_length=12, choices=choices(RELATIONS))

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["claim", "other", "relation"], name="relation_once"),
            models.CheckConstraint(condition=~Q(claim=F("other")), name="relation_to_another_claim"),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.relation} {self.other_id}"


class ClaimCheck(models.Model):
    """A machine check of the claim with its parameters; it computes an outcome, never a verdict."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="checks")
    name = models.CharField(max_length=48, help_text="name of a check in science/checks/")
    params = models.JSONField(default=dict, decoder=RecordDecoder)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["position", "pk"]

    def __str__(self) -> str:
        return self.name
