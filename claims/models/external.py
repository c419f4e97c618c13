"""The review of an expert without an account: the link that was handed out, and what the expert wrote."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.models.verdicts import VerdictVersion


class ReviewInvitation(models.Model):
    """A link that shows one open version to one expert; it ends by time or is revoked (triggers hold it)."""

    version = models.ForeignKey(VerdictVersion, on_delete=models.PROTECT, related_name="invitations")
    nonce = models.CharField(max_length=32, unique=True)
    for_whom = models.CharField(max_length=120, help_text="seen by editors only")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="invitation_ends_later"),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} for {self.for_whom}"


class ReviewComment(models.Model):
    """What an expert wrote about a version; append-only, and never an approval."""

    invitation = models.ForeignKey(ReviewInvitation, on_delete=models.PROTECT, related_name="comments")
    name = models.CharField(max_length=120)
    affiliation = models.CharField(max_length=160)
    text = models.TextField()
    may_be_named = models.BooleanField(help_text="agrees to be printed with the verdict, by name")
    text_of = models.DateTimeField(help_text="when the text that was read had last been edited")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.name} on {self.at:%Y-%m-%d}"
