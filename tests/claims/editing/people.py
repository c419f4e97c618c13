"""An open and a published version with the people who made them."""

from datetime import timedelta

from django.contrib.auth.models import User

from claims import editing
from claims.models import VerdictVersion
from tests.claims import publishing

START = publishing.START
LATER = START + timedelta(hours=1)


def author() -> User:
    return publishing.person("author")


def reviewer() -> User:
    return publishing.person("reviewer")


def in_review(slug: str = "under-test") -> VerdictVersion:
    version = publishing.draft(publishing.claim(slug))
    editing.submit_for_review(version, actor=author(), at=START)
    return VerdictVersion.objects.select_related("claim").get(pk=version.pk)


def approved(slug: str = "under-test") -> VerdictVersion:
    version = in_review(slug)
    editing.approve(version, approver=reviewer(), at=START, checklist=publishing.CHECKLIST)
    return VerdictVersion.objects.select_related("claim").get(pk=version.pk)


def published(slug: str = "under-test") -> VerdictVersion:
    version = approved(slug)
    return editing.publish(version, actor=reviewer(), at=START)
