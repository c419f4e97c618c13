"""The editorial steps: what may follow what, who may take them, and what they leave in the log."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from claims import editing
from claims.models import Approval, Claim, EditorialLog, Evidence, VerdictVersion
from claims.queries import published_claims
from tests.claims import publishing
from tests.claims.editing.people import LATER, START, approved, author, in_review, published, reviewer

pytestmark = pytest.mark.django_db


def fresh(version: VerdictVersion) -> VerdictVersion:
    return VerdictVersion.objects.select_related("claim").get(pk=version.pk)


def test_a_version_goes_from_draft_to_public_through_two_people() -> None:
    version = published()
    claim = Claim.objects.get(slug="under-test")
    assert claim in published_claims()
    assert claim.current_version == version
    assert version.document["reviewers"] == [
        {"name": "author", "role": "author"},
        {"name": "reviewer", "role": "reviewer"},
    ]
    assert list(claim.log.order_by("pk").values_list("action", "actor_name")) == [
        ("draft", "author"),
        ("submit", "author"),
        ("approve", "reviewer"),
        ("publish", "reviewer"),
    ]


def test_the_author_cannot_approve_and_nothing_is_left_behind() -> None:
    version, rows = in_review(), EditorialLog.objects.count()
    with pytest.raises(editing.EditingRefused, match="author is the author of v1 and cannot approve it"):
        editing.approve(version, approver=author(), at=LATER, checklist=publishing.CHECKLIST)
    assert fresh(version).state == "in_review"
    assert not Approval.objects.filter(version=version).exists()
    assert EditorialLog.objects.count() == rows


def test_the_author_cannot_approve_as_a_superuser_either() -> None:
    version = in_review()
    chief = author()
    chief.is_superuser = chief.is_staff = True
    chief.save()
    with pytest.raises(editing.EditingRefused, match="cannot approve"):
        editing.approve(version, approver=chief, at=LATER, checklist=publishing.CHECKLIST)


def test_whoever_edited_the_text_cannot_approve() -> None:
    version = in_review()
    editing.edit_version(version, {"one_line": "Edited."}, editor=reviewer(), at=LATER)
    with pytest.raises(editing.EditingRefused, match="reviewer edited v1 and cannot approve it"):
        editing.approve(fresh(version), approver=reviewer(), at=LATER, checklist=publishing.CHECKLIST)


def test_whoever_edited_the_evidence_cannot_approve() -> None:
    version = in_review()
    evidence = [Evidence(source=publishing.source(), stance="context")]
    editing.edit_version(version, {}, editor=reviewer(), at=LATER, evidence=evidence)
    with pytest.raises(editing.EditingRefused, match="reviewer edited v1"):
        editing.approve(fresh(version), approver=reviewer(), at=LATER, checklist=publishing.CHECKLIST)


@pytest.mark.parametrize("what", ["text", "evidence"])
def test_an_edit_voids_the_approval_and_leads_back_to_review(what: str) -> None:
    version = approved()
    changes = {"rationale": "Otherwise."} if what == "text" else {}
    evidence = [Evidence(source=publishing.source(), stance="supports")] if what == "evidence" else None
    editing.edit_version(version, changes, editor=author(), at=LATER, evidence=evidence)
    assert fresh(version).state == "in_review"
    assert not Approval.objects.filter(version=version, voided_at=None).exists()
    with pytest.raises(editing.EditingRefused, match="is in review: cannot publish"):
        editing.publish(fresh(version), actor=reviewer(), at=LATER)


def test_a_text_that_was_edited_since_it_was_read_cannot_be_approved() -> None:
    read = in_review()
    editing.edit_version(fresh(read), {"verdict": "supported"}, editor=author(), at=LATER)
    with pytest.raises(editing.EditingRefused, match="was edited while you read it"):
        editing.approve(
            read, approver=reviewer(), at=LATER + timedelta(minutes=1), checklist=publishing.CHECKLIST
        )
    assert fresh(read).state == "in_review"


STEPS: dict[str, Callable[[VerdictVersion], object]] = {
    "approve": lambda version: editing.approve(
        version, approver=reviewer(), at=LATER, checklist=publishing.CHECKLIST
    ),
    "publish": lambda version: editing.publish(version, actor=reviewer(), at=LATER),
    "request changes": lambda version: editing.request_changes(
        version, actor=reviewer(), at=LATER, reason="unclear"
    ),
}


@pytest.mark.parametrize("step", STEPS)
def test_a_draft_is_submitted_before_anything_else(step: str) -> None:
    version = publishing.draft(publishing.claim("a-draft"))
    with pytest.raises(editing.EditingRefused, match=f"a-draft v1 is draft: cannot {step}, possible: submit"):
        STEPS[step](version)
    assert fresh(version).state == "draft"


def test_publication_without_approval_is_refused() -> None:
    version = in_review()
    with pytest.raises(
        editing.EditingRefused, match="is in review: cannot publish, possible: approve, request changes"
    ):
        editing.publish(version, actor=reviewer(), at=LATER)
    assert version.claim not in published_claims()


def test_requested_changes_void_the_approval_and_say_why() -> None:
    version = approved()
    with pytest.raises(editing.EditingRefused, match="say what should change"):
        editing.request_changes(version, actor=reviewer(), at=LATER, reason=" ")
    editing.request_changes(version, actor=reviewer(), at=LATER, reason="The second source says otherwise.")
    assert fresh(version).state == "draft"
    assert not Approval.objects.filter(version=version, voided_at=None).exists()
    last = EditorialLog.objects.order_by("-pk").first()
    assert last is not None
    assert (last.action, last.reason) == ("request_changes", "The second source says otherwise.")


def test_a_published_version_is_not_edited_but_followed() -> None:
    first = published()
    with pytest.raises(
        editing.EditingRefused, match="is published and cannot be changed; start a new version"
    ):
        editing.edit_version(first, {"one_line": "Otherwise."}, editor=author(), at=LATER)
    second = publishing.published(
        first.claim, "supported", at=LATER, reason_code="new_evidence", severity="verdict_change"
    )
    assert second.number == 2
    claim = Claim.objects.get(pk=first.claim_id)
    assert claim.current_version == second
    assert claim.first_published_at == START
    assert fresh(first).document == first.document


def test_one_version_is_open_at_a_time() -> None:
    version = in_review()
    with pytest.raises(editing.EditingRefused, match="under-test v1 is still in review"):
        publishing.draft(version.claim)


def test_only_the_words_of_a_version_can_be_edited() -> None:
    with pytest.raises(editing.EditingRefused, match="cannot change author, state; allowed: "):
        editing.edit_version(in_review(), {"state": "published", "author": 1}, editor=author(), at=LATER)


def test_a_new_version_clears_the_stale_marks_of_the_last() -> None:
    version = published()
    assert editing.mark_stale(version, "review_due", "The review is due.", at=LATER)
    assert not editing.mark_stale(version, "review_due", "The review is due.", at=LATER)
    publishing.published(version.claim, at=LATER, reason_code="new_evidence", severity="clarification")
    assert version.stale_marks.get().cleared_at == LATER


def test_a_withdrawn_claim_leaves_the_public_with_a_reason() -> None:
    claim = published().claim
    with pytest.raises(editing.EditingRefused, match="say why"):
        editing.withdraw(claim, actor=reviewer(), at=LATER, reason="")
    editing.withdraw(claim, actor=reviewer(), at=LATER, reason="The article was retracted.")
    assert claim not in published_claims()
    with pytest.raises(editing.EditingRefused, match=f"was withdrawn on {LATER:%Y-%m-%d}"):
        editing.withdraw(claim, actor=reviewer(), at=LATER, reason="Again.")


def test_a_claim_that_was_never_public_cannot_be_withdrawn() -> None:
    with pytest.raises(editing.EditingRefused, match="was never published"):
        editing.withdraw(in_review().claim, actor=reviewer(), at=LATER, reason="No.")
