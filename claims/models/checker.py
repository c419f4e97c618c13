"""What readers say of the article checker's matches: which claim, and nothing of the text."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from claims.models.claims import Claim
from claims.models.verdicts import VerdictVersion

STANCES = (("asserts", "asserts"), ("attributes", "attributes"), ("refutes", "refutes"), ("unclear", "unclear"))  # fmt: skip
BANDS = (("strong", "strong"), ("likely", "likely"), ("possible", "possible"))


class WrongMatch(models.Model):
    """A reader's word that a sentence did not repeat a claim; ids alone, no sentence and no digest of one."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="wrong_matches")
    version = models.ForeignKey(VerdictVersion, on_delete=models.PROTECT, related_name="+")
    band = models.CharField(max_length=8, choices=BANDS)
    stance = models.CharField(max_length=12, choices=STANCES)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        verbose_name_plural = "wrong matches"

    def __str__(self) -> str:
        return f"{self.claim_id}, {self.band}, {self.at:%Y-%m-%d}"
