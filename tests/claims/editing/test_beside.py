"""What a version carries out beside its own text: whoever changes it has edited the version, and it is read again."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims import editing
from claims.models import Appearance, Approval, Claim, ClaimRelation, VerdictVersion
from tests.claims import publishing
from tests.claims.admin_pages import filled, with_a_row
from tests.claims.desk.people import colleague
from tests.claims.doors import signed_in
from tests.claims.editing.people import LATER, START, approved, author, reviewer

pytestmark = pytest.mark.django_db
PHRASE = "zirconium in a headline"


def seen() -> Appearance:
    return Appearance(source=publishing.source(), phrase=PHRASE, stance="asserts")


def by_function(claim: Claim, person: User) -> None:
    editing.add_appearances(claim, [seen()], actor=person, at=LATER)


def in_the_admin(prefix: str = "", **given: Any) -> Callable[[Claim, User], None]:
    def save(claim: Claim, person: User) -> None:
        client, address = signed_in(person), f"/admin/claims/claim/{claim.pk}/change/"
        row = {name: value() if callable(value) else value for name, value in given.items()}
        shown = filled(client.get(address))
        answer = client.post(address, with_a_row(shown, prefix, **row) if prefix else shown | row)
        assert answer.status_code == 302, answer.context["errors"]

    return save


def by_a_file(claim: Claim, person: User) -> None:
    row = {"claim": claim.slug, "source": publishing.source().key, "phrase": PHRASE, "stance": "asserts"}
    asked = {
        "what": "appearances",
        "form": "json",
        "text": json.dumps({"appearances": [row]}),
        "carry_out": "1",
    }
    assert signed_in(person).post("/admin/desk/exchange/", asked).status_code == 302


def by_an_answer(claim: Claim, person: User) -> None:
    contact = editing.record_contact(
        claim, claimant="A claimant", contacted_on=START.date(), way="", actor=person, at=START
    )
    editing.record_answer(contact, answer=PHRASE, answered_on=START.date(), actor=person, at=LATER)


WAYS: dict[str, Callable[[Claim, User], None]] = {
    "function": by_function,
    "file": by_a_file,
    "answer": by_an_answer,
    "appearance in the admin": in_the_admin(
        "appearances", source=lambda: publishing.source().pk, phrase=PHRASE, stance="asserts", state="confirmed", position=0
    ),
    "number in the admin": in_the_admin(
        "asserted", quantity="nucleus_radius", value="24", unit="km", relation="eq", note=PHRASE, position=0
    ),
    "relation in the admin": in_the_admin("relations", other=lambda: publishing.claim("other").pk, relation="narrows"),
    "check in the admin": in_the_admin("checks", name="size_from_magnitude", params='{"albedo": 0.04}', position=0),
    "truth condition in the admin": in_the_admin(truth_condition=f"It holds that {PHRASE}."),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_an_approved_version_is_read_again_and_whoever_changed_it_does_not_approve_it(way: str) -> None:
    version, person = approved(), colleague("second")
    before = VerdictVersion.objects.select_related("claim").get(pk=version.pk)
    WAYS[way](version.claim, person)
    version.refresh_from_db()
    assert version.state == "in_review"
    assert not Approval.objects.filter(version=version, voided_at=None).exists()
    with pytest.raises(editing.EditingRefused, match="was edited while you read it"):
        editing.approve(before, approver=reviewer(), at=LATER, checklist=publishing.CHECKLIST)
    with pytest.raises(editing.EditingRefused, match="second edited v1 and cannot approve it"):
        editing.approve(version, approver=person, at=LATER, checklist=publishing.CHECKLIST)
    editing.approve(version, approver=reviewer(), at=LATER, checklist=publishing.CHECKLIST)
    editing.publish(version, actor=reviewer(), at=LATER)
    assert editing.first_broken_log_row() is None


def test_the_form_of_an_author_at_work_on_a_draft_stays_good() -> None:
    version, person = publishing.draft(publishing.claim("under-test")), colleague("second")
    editing.add_appearances(version.claim, [seen()], actor=person, at=LATER)
    editing.edit_version(version, {"one_line": "A text typed meanwhile."}, editor=author(), at=LATER)
    editing.submit_for_review(
        VerdictVersion.objects.select_related("claim").get(pk=version.pk), actor=author(), at=LATER
    )
    version.refresh_from_db()
    with pytest.raises(editing.EditingRefused, match="second edited v1"):
        editing.approve(version, approver=person, at=LATER, checklist=publishing.CHECKLIST)


def test_what_no_reader_sees_leaves_the_approval_alone() -> None:
    version, person = approved(), colleague("second")
    in_the_admin(assigned_to=str(person.pk), title="A working title")(version.claim, person)
    version.refresh_from_db()
    assert version.state == "approved"
    assert Approval.objects.filter(version=version, voided_at=None).exists()


def test_whoever_noted_a_contact_may_still_approve_what_is_read_again() -> None:
    version, person = approved(), colleague("second")
    editing.record_contact(
        version.claim, claimant="A claimant", contacted_on=START.date(), way="", actor=person, at=LATER
    )
    version.refresh_from_db()
    assert version.state == "in_review"
    editing.approve(version, approver=person, at=LATER, checklist=publishing.CHECKLIST)


@pytest.mark.parametrize(("named", "state"), [(True, "in_review"), (False, "approved")])
def test_a_comment_that_will_be_printed_is_read_before_it_is_approved(named: bool, state: str) -> None:
    version = publishing.draft(publishing.claim("under-test"))
    editing.submit_for_review(version, actor=author(), at=START)
    invitation = editing.invite_expert(version, for_whom="an expert", days=7, actor=reviewer(), at=START)
    editing.approve(version, approver=reviewer(), at=START, checklist=publishing.CHECKLIST)
    editing.record_expert_comment(
        invitation, expert="An expert", affiliation="An observatory", text="Which epoch?", may_be_named=named,
        text_of=START, at=LATER,
    )  # fmt: skip
    version.refresh_from_db()
    assert version.state == state
    assert Approval.objects.filter(version=version, voided_at=None).exists() is not named


def test_a_relation_is_public_once_a_second_person_read_the_version_that_carries_it(client: Client) -> None:
    row, other = publishing.claim("related"), publishing.claim("known")
    publishing.published(other)
    publishing.published(row)
    in_the_admin("relations", other=other.pk, relation="narrows")(row, colleague("second"))
    for address in ("/claims/related/", "/claims/related.json", "/api/v1/claims/related/"):
        assert "/claims/known/" not in client.get(address).content.decode(), address
    version = publishing.draft(row, at=LATER, reason_code="wording", severity="clarification")
    desk = signed_in(colleague("reader"))
    page = desk.get(f"/admin/desk/versions/{version.pk}/").content.decode()
    assert '<span class="flag">added</span> narrows <a href="/admin/desk/claims/known/">Known</a>' in page
    preview = desk.get(f"/admin/desk/versions/{version.pk}/preview/").content.decode()
    assert 'href="/claims/known/"' in preview
    editing.submit_for_review(version, actor=author(), at=LATER)
    editing.approve(version, approver=reviewer(), at=LATER, checklist=publishing.CHECKLIST)
    editing.publish(version, actor=reviewer(), at=LATER)
    assert "/claims/known/" in client.get("/claims/related/").content.decode()
    ClaimRelation.objects.all().delete()
    assert [entry["slug"] for entry in client.get("/claims/related.json").json()["related"]] == ["known"]
