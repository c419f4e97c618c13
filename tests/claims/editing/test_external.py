"""An expert without an account reads a draft through a link, comments, approves nothing, and is printed with consent."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims import editing
from claims.invitations import link_of, token_of
from claims.models import Approval, EditorialLog, ReviewComment, ReviewInvitation, VerdictVersion
from tests.claims import publishing
from tests.claims.desk.people import at_the_desk, colleague
from tests.claims.editing import people

pytestmark = pytest.mark.django_db
DRAFT_WORDS = "The measured radius is 1.3 km."
WORDS = "Equation 3 of the paper gives 1.2 km, not 1.3 km."
HOSTILE = '<script>alert(1)</script> & "quoted" javascript:alert(2)'


def invited(days: int = 14, **given: Any) -> ReviewInvitation:
    """A link to a version in review."""
    now = timezone.now()
    version = people.in_review("for-an-expert")
    return editing.invite_expert(
        version, for_whom="an expert on nuclei", days=days, actor=publishing.person("inviting-editor", "editor"), at=now, **given
    )  # fmt: skip


def filled(invitation: ReviewInvitation, **given: Any) -> dict[str, Any]:
    return {
        "text": WORDS, "name": "The expert", "affiliation": "The observatory", "may_be_named": "on",
        "text_of": invitation.version.edited_at.isoformat(), **given,
    }  # fmt: skip


def address(invitation: ReviewInvitation) -> str:
    return reverse("external-review", args=[token_of(invitation)])


def test_the_link_shows_the_draft_to_whoever_has_it_and_to_no_machine(client: Client) -> None:
    answer = client.get(address(invited()))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert DRAFT_WORDS in page
    assert "It is not public" in page
    assert 'name="robots" content="noindex"' in page
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert "ClaimReview" not in page
    assert "Signed by" not in page, "nobody has signed a draft"
    assert "which never changes" not in page, "a draft cannot be cited"
    assert not re.search(r'href="[^"]*page=/review/', page), "the key would travel in a link"
    assert client.cookies == {}
    assert client.get("/claims/for-an-expert/").status_code == 404


def shut(invitation: ReviewInvitation, how: str, time_machine: Any) -> str:
    """Close a link in one of the ways in which it ends; returns the address to try."""
    version, now = invitation.version, timezone.now()
    if how == "expired":
        time_machine.move_to(invitation.expires_at + timedelta(seconds=1))
    elif how == "revoked":
        editing.revoke_invitation(invitation, actor=publishing.person("inviting-editor"), at=now)
    elif how == "returned":
        editing.request_changes(version, actor=people.reviewer(), at=now, reason="Another source.")
    elif how == "published":
        version = VerdictVersion.objects.get(pk=version.pk)
        editing.approve(version, approver=people.reviewer(), at=now, checklist=publishing.CHECKLIST)
        editing.publish(VerdictVersion.objects.get(pk=version.pk), actor=people.reviewer(), at=now)
    elif how == "tampered":
        return address(invitation).replace(":", "x:", 1)
    elif how == "invented":
        return "/review/somebody:signature/"
    return address(invitation)


@pytest.mark.parametrize(
    ("how", "status"),
    [("expired", 410), ("revoked", 410), ("returned", 410), ("published", 410), ("tampered", 404), ("invented", 404)],
)  # fmt: skip
def test_a_link_that_is_not_open_says_nothing(
    client: Client, time_machine: Any, how: str, status: int
) -> None:
    invitation = invited()
    where = shut(invitation, how, time_machine)
    for answer in (client.get(where), client.post(where, filled(invitation))):
        page = answer.content.decode()
        assert answer.status_code == status
        assert "This link is not open" in page
        for word in (DRAFT_WORDS, "for-an-expert", "expert on nuclei", "nucleus"):
            assert word not in page
        assert "no-store" in answer.headers["Cache-Control"]
    assert not ReviewComment.objects.exists()


def test_a_comment_lands_on_the_log_and_approves_nothing(client: Client) -> None:
    invitation = invited()
    answer = client.post(address(invitation), filled(invitation))
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{address(invitation)}thanks/")
    assert client.get(answer.headers["Location"]).status_code == 200
    row = ReviewComment.objects.get()
    assert (row.text, row.name, row.affiliation, row.may_be_named) == (
        WORDS,
        "The expert",
        "The observatory",
        True,
    )
    assert row.text_of == invitation.version.edited_at
    entry = EditorialLog.objects.order_by("-pk")[0]
    assert (entry.action, entry.actor, entry.actor_name, entry.reason) == (
        "expert_comment",
        None,
        "expert The expert",
        WORDS,
    )
    assert editing.first_broken_log_row() is None
    assert VerdictVersion.objects.get(pk=invitation.version.pk).state == "in_review"
    assert not Approval.objects.filter(version=invitation.version).exists()
    desk = (
        at_the_desk("reviewer").get(reverse("desk:external", args=[invitation.version.pk])).content.decode()
    )
    assert WORDS in desk
    assert "may be printed by name" in desk


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"text": "short"}, "at least 10 characters"), ({"name": ""}, "required"), ({"affiliation": " "}, "required"),
        ({"text": "x" * 8001}, "at most 8000"), ({"text": "\u202e" + WORDS}, "invisible control"),
        ({"text_of": "yesterday"}, ""), ({"text_of": "2026-01-01T00:00:00"}, ""),
    ],
)  # fmt: skip
def test_a_comment_that_lacks_something_is_refused_with_its_words_kept(
    client: Client, given: dict[str, str], sentence: str
) -> None:
    invitation = invited()
    answer = client.post(address(invitation), filled(invitation, **given))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert given.get("text", WORDS)[:100] in page
    assert not ReviewComment.objects.exists()


def test_what_an_expert_wrote_is_printed_with_consent_alone_and_as_plain_words(client: Client) -> None:
    invitation = invited()
    client.post(address(invitation), filled(invitation, text=HOSTILE, name=HOSTILE))
    client.post(address(invitation), filled(invitation, text="Between us only, please.", may_be_named=""))
    version = VerdictVersion.objects.get(pk=invitation.version.pk)
    editing.approve(version, approver=people.reviewer(), at=timezone.now(), checklist=publishing.CHECKLIST)
    published = editing.publish(
        VerdictVersion.objects.get(pk=version.pk), actor=people.reviewer(), at=timezone.now()
    )
    assert published.document is not None
    assert [row["text"] for row in published.document["external_reviews"]] == [HOSTILE]
    for where in ("/claims/for-an-expert/", "/claims/for-an-expert/v/1/"):
        page = client.get(where).content.decode()
        assert "External review" in page
        assert "&lt;script&gt;alert(1)" in page
        assert "<script>alert" not in page
        assert "Between us only" not in page


def test_links_and_comments_cannot_be_changed_or_deleted(client: Client) -> None:
    invitation = invited()
    client.post(address(invitation), filled(invitation))
    later = timezone.now() + timedelta(days=300)
    for change in (
        lambda: ReviewComment.objects.update(text="other"),
        lambda: ReviewComment.objects.all().delete(),
        lambda: ReviewInvitation.objects.update(expires_at=later),
        lambda: ReviewInvitation.objects.all()._raw_delete("default"),
    ):
        with (
            pytest.raises(DatabaseError, match=r"append-only|only be revoked|cannot be deleted"),
            transaction.atomic(),
        ):
            change()
    editing.revoke_invitation(invitation, actor=publishing.person("inviting-editor"), at=timezone.now())
    with pytest.raises(DatabaseError, match="only be revoked"), transaction.atomic():
        ReviewInvitation.objects.update(revoked_at=None)


def test_only_editors_make_links_and_only_to_what_is_in_review() -> None:
    now: datetime = timezone.now()
    version = people.in_review("for-an-expert")
    editor = publishing.person("inviting-editor", "editor")
    for actor, days, words in (
        (publishing.person("a-contributor", "contributor"), 14, "no right"),
        (editor, 0, "1 to 60 days"),
        (editor, 61, "1 to 60 days"),
    ):
        with pytest.raises(editing.EditingRefused, match=words):
            editing.invite_expert(version, for_whom="somebody", days=days, actor=actor, at=now)
    draft = publishing.draft(publishing.claim("still-a-draft"))
    with pytest.raises(editing.EditingRefused, match="only a version in review"):
        editing.invite_expert(draft, for_whom="somebody", days=3, actor=editor, at=now)


def test_the_desk_hands_out_a_link_and_takes_it_back(client: Client) -> None:
    version = people.in_review("for-an-expert")
    colleague("inviting-editor", "editor")
    desk, where = at_the_desk("inviting-editor", "editor"), reverse("desk:external", args=[version.pk])
    assert desk.post(where, {"for_whom": "an expert", "days": "7"}).status_code == 302
    invitation = ReviewInvitation.objects.get()
    page = desk.get(where).content.decode()
    assert link_of(invitation) in page
    assert where in desk.get(reverse("desk:version", args=[version.pk])).content.decode()
    assert client.get(address(invitation)).status_code == 200
    assert (
        at_the_desk("a-contributor", "contributor").post(where, {"revoke": invitation.pk}).status_code == 403
    )
    assert token_of(invitation) not in at_the_desk("a-contributor", "contributor").get(where).content.decode()
    assert desk.post(where, {"revoke": invitation.pk}).status_code == 302
    assert token_of(invitation) not in desk.get(where).content.decode()
    assert client.get(address(invitation)).status_code == 410
    assert [row.action for row in EditorialLog.objects.order_by("-pk")[:2]] == [
        "revoke_invitation",
        "invite_expert",
    ]
