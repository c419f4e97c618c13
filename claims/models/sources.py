"""Sources and the measurements transcribed from them; `data/` owns both, the admin only shows them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from claims.scales import ERROR_KINDS, READINGS, SOURCE_KINDS, TIERS, VERIFICATIONS, choices


class Source(models.Model):
    """A paper, page, data service or post, with how far it was read and where."""

    key = models.CharField(max_length=64, unique=True, help_text="bibcode or slug")
    title = models.TextField()
    authors_short = models.CharField(max_length=255)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    journal = models.CharField(max_length=255, blank=True)
    doi = models.CharField("DOI", max_length=128, blank=True)
    arxiv = models.CharField("arXiv", max_length=24, blank=True, help_text="with version where known")
    bibcode = models.CharField(max_length=19, blank=True)
    url = models.URLField("URL", max_length=500, blank=True)
    kind = models.CharField(max_length=16, choices=choices(SOURCE_KINDS))
    tier = models.PositiveSmallIntegerField(choices=choices(TIERS))
    read_at = models.URLField(max_length=500, blank=True, help_text="where the text was really read")
    reading = models.CharField(max_length=8, choices=choices(READINGS))
    verification = models.TextField(help_text="what was and was not seen")
    licence = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64, help_text="sha256 of the catalogue row")

    class Meta:
        ordering: ClassVar = ["key"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(tier__gte=1, tier__lte=7), name="source_tier_1_to_7"),
            models.CheckConstraint(condition=Q(kind__in=list(SOURCE_KINDS)), name="source_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.authors_short} {self.year or ''}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("source", args=[self.key])


class Measurement(models.Model):
    """One measured, computed or reported fact in the vocabulary's unit, superseded and never edited."""

    key = models.SlugField(max_length=96, unique=True)
    small_body = models.ForeignKey(
        "ephemeris.SmallBody", null=True, blank=True, on_delete=models.PROTECT, related_name="measurements"
    )
    body = models.CharField(max_length=64, help_text="the object, comet, instrument or group measured")
    quantity = models.CharField(max_length=64, help_text="key in science/vocabulary.py")
    unit = models.CharField(max_length=24, blank=True, help_text="the vocabulary's unit")
    subject = models.CharField(max_length=255, blank=True)
    value = models.FloatField(null=True, blank=True)
    plus = models.FloatField(null=True, blank=True)
    minus = models.FloatField(null=True, blank=True)
    limit = models.CharField(
        max_length=8,
        default="value",
        choices=[("value", "value"), ("upper", "upper limit"), ("lower", "lower limit")],
    )
    error_kind = models.CharField(max_length=8, blank=True, choices=choices(ERROR_KINDS))
    as_printed = models.CharField(max_length=255, blank=True)
    value_time = models.CharField(max_length=32, blank=True)
    time_scale = models.CharField(max_length=4, blank=True)
    time_precision = models.CharField(max_length=8, blank=True)
    presence = models.CharField(
        max_length=12,
        blank=True,
        choices=[("detected", "detected"), ("not_detected", "not detected"), ("tentative", "tentative")],
    )
    observed_from = models.DateTimeField(null=True, blank=True)
    observed_to = models.DateTimeField(null=True, blank=True)
    time_note = models.TextField(blank=True)
    r_h_au = models.FloatField("distance from the Sun (au)", null=True, blank=True)
    leg = models.CharField(max_length=8, blank=True)
    instrument = models.CharField(max_length=160, blank=True)
    observatory = models.CharField(max_length=160, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="measurements")
    also_in = models.ManyToManyField(Source, blank=True, related_name="also_measurements")
    locator = models.CharField(max_length=255, blank=True)
    verification = models.CharField(max_length=16, choices=choices(VERIFICATIONS))
    disputed = models.BooleanField(default=False)
    dispute_note = models.TextField(blank=True)
    superseded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="supersedes"
    )
    series = models.CharField(max_length=32, blank=True)
    statement = models.TextField()
    note = models.TextField(blank=True)
    digest = models.CharField(max_length=64, help_text="sha256 of the catalogue row without superseded_by")

    class Meta:
        ordering: ClassVar = ["key"]
        indexes: ClassVar = [
            models.Index(fields=["quantity", "body"], name="measurement_by_quantity"),
            models.Index(fields=["series"], name="measurement_by_series"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(plus__isnull=True, minus__isnull=True) | Q(plus__gte=0, minus__gte=0),
                name="measurement_errors_both_or_none",
            ),
            models.CheckConstraint(
                condition=Q(limit__in=["value", "upper", "lower"]), name="measurement_limit_known"
            ),
            models.CheckConstraint(
                condition=~Q(superseded_by=models.F("id")) | Q(superseded_by__isnull=True),
                name="measurement_not_superseded_by_itself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.statement}"

    def get_absolute_url(self) -> str:
        return reverse("measurement", args=[self.key])
