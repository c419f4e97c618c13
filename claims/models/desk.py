"""What the editorial desk keeps beside verdicts: interests, replies, successors, readers' reports, sign-ins."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from claims.models.claims import Claim


class ConflictOfInterest(models.Model):
    """A person's interest in a claim, printed with it; it bars the person's approval (triggers hold it)."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="conflicts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="conflicts")
    statement = models.CharField(max_length=300, help_text="printed on the claim's page")
    declared_at = models.DateTimeField()
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["declared_at", "pk"]
        verbose_name_plural = "conflicts of interest"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["claim", "person"], condition=Q(ended_at__isnull=True), name="conflict_once_a_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} on {self.claim_id}: {self.statement}"


class ClaimantContact(models.Model):
    """The opportunity to reply that a claimant was given, and the answer; both are printed."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="contacts")
    claimant = models.CharField(max_length=160, help_text="as printed; no address")
    contacted_on = models.DateField()
    way = models.CharField(max_length=120, blank=True, help_text="such as e-mail or the form of the site")
    answered_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["contacted_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answer="")
                | (Q(answered_on__gte=F("contacted_on")) & ~Q(answer="")),
                name="contact_answer_with_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claimant} on {self.contacted_on}"


class ClaimSuccessor(models.Model):
    """What took the place of a withdrawn claim: one successor after a merge, several after a split."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="successors")
    successor = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="predecessors")

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["claim", "successor"], name="successor_once"),
            models.CheckConstraint(condition=~Q(claim=F("successor")), name="successor_is_another"),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} -> {self.successor_id}"


class ReaderReport(models.Model):
    """What a reader says is wrong, as plain text; it waits in the desk's queue."""

    STATES = (("open", "open"), ("done", "done"), ("declined", "declined"))

    claim = models.ForeignKey(Claim, null=True, blank=True, on_delete=models.PROTECT, related_name="reports")
    path = models.CharField(max_length=200, help_text="the page that the reader came from")
    text = models.TextField()
    contact = models.CharField(max_length=200, blank=True, help_text="only if the reader wants an answer")
    received_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=STATES, default="open")
    note = models.TextField(blank=True, help_text="what was done, or why nothing was")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-received_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["state", "-received_at"], name="report_by_state")]

    def __str__(self) -> str:
        return f"{self.received_at:%Y-%m-%d} {self.path}"


class SignIn(models.Model):
    """One sign-in, refused or not, and what changed about an account's keys; append-only."""

    EVENTS = (
        ("signed_in", "signed in"),
        ("refused", "refused"),
        ("signed_out", "signed out"),
        ("password_changed", "password changed"),
        ("factor_added", "second factor added"),
        ("factor_removed", "second factor removed"),
    )

    at = models.DateTimeField()
    event = models.CharField(max_length=20, choices=EVENTS)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    username = models.CharField(
        max_length=150, blank=True, help_text="a name that nobody has only as a mark of it"
    )
    address = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.username} {self.event}"
