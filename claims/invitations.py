"""The signed link of an expert: made from an invitation, and read back into one."""

from __future__ import annotations

from django.core import signing
from django.urls import reverse

from claims.addresses import absolute
from claims.models import ReviewInvitation

SALT = "claims.invitations"


def link_of(invitation: ReviewInvitation) -> str:
    """The whole address that an editor sends to an expert."""
    return absolute(reverse("external-review", args=[token_of(invitation)]))


def token_of(invitation: ReviewInvitation) -> str:
    return signing.Signer(salt=SALT).sign(invitation.nonce)


def invitation_of(token: str) -> ReviewInvitation | None:
    """The invitation that a token was made from; None where the token is not one of ours."""
    try:
        nonce = signing.Signer(salt=SALT).unsign(token)
    except signing.BadSignature:
        return None
    rows = ReviewInvitation.objects.select_related("version__claim__body", "version__author")
    return rows.filter(nonce=nonce).first()
