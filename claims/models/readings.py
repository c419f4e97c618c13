"""Guided readings: how an article argues, step by step, in our words; `data/` owns them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse

from claims.models.sources import Source


class GuidedReading(models.Model):
    """The argument of one article as steps, each with the claims that it makes."""

    key = models.CharField(max_length=64, unique=True, help_text="the key of the source that is read")
    source = models.OneToOneField(Source, on_delete=models.PROTECT, related_name="guided_reading")
    title = models.CharField(max_length=120)
    lead = models.TextField()
    closing = models.TextField(help_text="what remains when everything unsound is taken away")
    steps = models.JSONField(
        help_text="a list of {id, heading, locators, rests_on, move, gap, claims: [slug]} in reading order"
    )

    class Meta:
        ordering: ClassVar = ["key"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reading", args=[self.key])
