"""What became of sources: each look a row, each change a row, both appended by workers and edited by nobody."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from claims.models.claims import Claim
from claims.models.decoding import RecordDecoder
from claims.models.sources import Source
from claims.scales import CLAIM_STANCES, choices


class SourceCheck(models.Model):
    """One look at what became of a source; append-only."""

    OUTCOMES: ClassVar = [
        ("looked", "looked"),
        ("could_not_look", "could not look"),
        ("unexpected_reply", "an answer we cannot read"),
    ]
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="checks")
    watch = models.CharField(max_length=24, help_text="the page itself, or a service of ephemeris/watches/")
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    outcome = models.CharField(max_length=16, choices=OUTCOMES)
    state = models.CharField(
        max_length=24, blank=True, help_text="what was found; empty when nothing was seen"
    )
    fingerprint = models.CharField(
        max_length=500, blank=True, help_text="what two looks share when nothing happened"
    )
    sentence = models.TextField(help_text="the same in words")
    facts = models.JSONField(default=dict, blank=True, decoder=RecordDecoder)
    query = models.TextField()
    reply_digest = models.CharField(max_length=64, blank=True)
    synthetic = models.BooleanField(default=False, help_text="a fake server answered, in a demonstration")
    idempotency_key = models.CharField(max_length=80, unique=True)

    class Meta:
        ordering: ClassVar = ["-asked_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["source", "watch", "-id"], name="source_check_latest")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(outcome="looked") & ~Q(state="")) | (~Q(outcome="looked") & Q(state="")),
                name="source_check_says_what_was_seen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.watch}: {self.state or self.outcome}"


class SourceChange(models.Model):
    """What a watch says of a source changed, or was seen for the first time; append-only."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="changes")
    watch = models.CharField(max_length=24)
    at = models.DateTimeField()
    before = models.CharField(max_length=24, blank=True, help_text="empty at the first look")
    after = models.CharField(max_length=24)
    detail = models.TextField()
    seen_in = models.ForeignKey(SourceCheck, on_delete=models.PROTECT, related_name="changes")

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["source", "watch", "-id"], name="source_change_latest")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["seen_in"], name="source_change_once_a_look"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} {self.watch}: {self.before or 'new'} -> {self.after}"


class SourceAnswer(models.Model):
    """An editor has looked at a change of a source, and says what was done about it; append-only."""

    change = models.OneToOneField(SourceChange, on_delete=models.PROTECT, related_name="answer")
    note = models.CharField(max_length=300, help_text="what was done, or why nothing was")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-answered_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.change_id}: {self.note}"


class SuspectedAppearance(models.Model):
    """A page that seems to repeat a claim: a machine proposes, an editor accepts or declines, once.

    Of the page's text nothing is kept but the phrase.
    """

    STATES: ClassVar = [("open", "open"), ("accepted", "accepted"), ("declined", "declined")]

    url = models.URLField("URL", max_length=500)
    source = models.ForeignKey(
        Source, null=True, blank=True, on_delete=models.PROTECT, related_name="suspected_appearances",
        help_text="the source of the record at this address, where there is one",
    )  # fmt: skip
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="suspected_appearances")
    phrase = models.CharField(max_length=160, help_text="at most eight words, exact")
    stance = models.CharField(max_length=12, choices=choices(CLAIM_STANCES))
    score = models.FloatField(help_text="of the matching, 0 to 1")
    found_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=STATES, default="open")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=255, blank=True)
    synthetic = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["-score", "pk"]
        indexes: ClassVar = [models.Index(fields=["state", "-found_at"], name="suspected_by_state")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["url", "claim"], name="suspected_once"),
            models.CheckConstraint(
                condition=Q(state="open", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state="open") & Q(decided_at__isnull=False, decided_by__isnull=False)),
                name="suspected_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} at {self.url}"
