"""The editorial log that nobody can edit, and the nightly look at whether all of it still holds."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from claims.models.claims import Claim
from claims.models.decoding import RecordDecoder
from claims.models.verdicts import VerdictVersion


class EditorialLog(models.Model):
    """One action of the record, chained by hash to the one before; append-only (triggers hold it)."""

    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    actor_name = models.CharField(max_length=150, help_text="as it stood when the row was written")
    action = models.CharField(max_length=32)
    claim = models.ForeignKey(Claim, null=True, blank=True, on_delete=models.PROTECT, related_name="log")
    version = models.ForeignKey(
        VerdictVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="log"
    )
    before = models.JSONField(null=True, blank=True, decoder=RecordDecoder)
    after = models.JSONField(null=True, blank=True, decoder=RecordDecoder)
    reason = models.TextField(blank=True)
    # unique: two rows cannot follow the same row, so the chain cannot fork
    previous_hash = models.CharField(max_length=64, unique=True)
    row_hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [
            # the feed of changes pages by moment
            models.Index(fields=["-at", "-id"], name="log_by_moment"),
            # when the catalogue was last loaded: a row behind all that was published since
            models.Index(fields=["action", "-id"], name="log_by_action"),
        ]
        verbose_name_plural = "editorial log"

    def __str__(self) -> str:
        return f"{self.pk} {self.action} by {self.actor_name}"


class IntegrityRun(models.Model):
    """The result of one nightly look: catalogue against database, log chain, overdue reviews."""

    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    sound = models.BooleanField()
    findings = models.JSONField(default=list, help_text="sentences, one a finding")
    counts = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d} {'sound' if self.sound else 'findings'}"
