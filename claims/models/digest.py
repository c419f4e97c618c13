"""Who asked for the daily letter of the desk."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class DigestSubscription(models.Model):
    """A person who wants to hear by e-mail what waits for them, and the day of the last letter."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digest")
    address = models.EmailField()
    asked_at = models.DateTimeField()
    last_sent_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.address}"
