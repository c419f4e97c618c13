"""The review of a version at the desk: what is shown, who is barred, and which step does what."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from claims import editing
from claims.models import Approval, Claim, ClaimantContact, ConflictOfInterest, EditorialLog, VerdictVersion
from tests.claims import publishing
from tests.claims.desk.people import at_the_desk, colleague

pytestmark = pytest.mark.django_db
START = publishing.START
CHECKED = {
    "approve-neutral_wording": "on", "approve-truth_condition": "on", "approve-two_sources": "on",
    "approve-units_and_epochs": "on", "approve-limits_not_absence": "on",
    "approve-claimant_contact": "No address is known.", "approve-comment": "Read all of it.",
}  # fmt: skip


def fresh(version: VerdictVersion) -> VerdictVersion:
    return VerdictVersion.objects.select_related("claim").get(pk=version.pk)


def in_review(slug: str = "under-review", **given: Any) -> VerdictVersion:
    row = Claim.objects.filter(slug=slug).first() or publishing.claim(slug)
    version = publishing.draft(row, **given)
    editing.submit_for_review(version, actor=publishing.person("author"), at=version.edited_at)
    return fresh(version)


def page_of(client: Client, version: VerdictVersion) -> str:
    answer = client.get(f"/admin/desk/versions/{version.pk}/")
    assert answer.status_code == 200
    return answer.content.decode()


def press(client: Client, version: VerdictVersion, step: str, **given: Any) -> Any:
    """Press the button of a step on the page as it was loaded."""
    asked = {"step": step, f"{step}-edited_at": version.edited_at.isoformat(), **given}
    return client.post(f"/admin/desk/versions/{version.pk}/", asked, follow=True)


def said(answer: Any) -> str:
    return " ".join(str(message) for message in answer.context["messages"])


def test_it_shows_what_changed_beside_the_facts() -> None:
    publishing.published(publishing.claim("under-review"))
    version = in_review(at=START + timedelta(days=1), reason_code="new_evidence", severity="correction")
    version = editing.edit_version(
        version, {"one_line": "The measured radius is 2.6 km."}, editor=publishing.person("author"),
        at=START + timedelta(days=1, hours=1),
    )  # fmt: skip
    page = page_of(at_the_desk("second"), version)
    assert "The measured radius is <del>1.3 </del><ins>2.6 </ins>km." in page
    assert "The radius is 1.3 km." in page  # the measurement it rests on
    assert "A nucleus in a coma" in page  # a source
    assert "Hubble pictures." in page  # a campaign
    assert "Preview the page" in page


def test_the_author_finds_words_instead_of_the_checklist() -> None:
    version = in_review()
    client = at_the_desk("author")
    page = page_of(client, version)
    assert "You cannot approve this version: author is the author of v1 and cannot approve it." in page
    assert "approve-neutral_wording" not in page
    answer = press(client, version, "approve", **CHECKED)
    assert "author is the author of v1 and cannot approve it" in said(answer)
    assert not Approval.objects.filter(version=version).exists()


def test_a_conflict_of_interest_bars_with_its_words() -> None:
    version = in_review()
    person = colleague("second")
    editing.declare_conflict(version.claim, person=person, statement="A co-author.", actor=person, at=START)
    client = at_the_desk("second")
    assert "second declared a conflict of interest (A co-author.)" in page_of(client, version)
    assert "A co-author." in said(press(client, version, "approve", **CHECKED))


def test_a_reviewer_approves_with_the_checklist_and_publishes() -> None:
    version = in_review()
    client = at_the_desk("second")
    open_point = press(client, version, "approve", **CHECKED | {"approve-two_sources": ""})
    assert "please answer every point" in said(open_point)
    assert "No address is known." in open_point.content.decode()  # what was typed is not lost
    assert fresh(version).state == "in_review"
    assert "approved" in said(press(client, version, "approve", **CHECKED))
    assert "published" in said(press(client, fresh(version), "publish"))
    assert fresh(version).state == "published"
    assert Approval.objects.get(version=version).checklist["claimant_contact"] == "No address is known."
    assert "Under review" in Client().get("/claims/under-review/").content.decode()


def test_asking_for_changes_needs_a_comment() -> None:
    version = in_review()
    client = at_the_desk("second")
    press(client, version, "request-changes", **{"request-changes-comment": " "})
    assert fresh(version).state == "in_review"
    press(client, version, "request-changes", **{"request-changes-comment": "Which epoch?"})
    assert fresh(version).state == "draft"
    assert "Which epoch?" in at_the_desk("author").get("/admin/desk/queues/drafts/").content.decode()


def test_a_stale_screen_approves_nothing() -> None:
    version = in_review()
    editing.edit_version(
        fresh(version),
        {"verdict": "supported"},
        editor=publishing.person("author"),
        at=START + timedelta(hours=1),
    )
    answer = press(at_the_desk("second"), version, "approve", **CHECKED)
    assert "was edited while you read it" in said(answer)
    assert fresh(version).state == "in_review"


def test_a_contributor_reads_and_cannot_approve_publish_or_withdraw() -> None:
    version = in_review()
    client = at_the_desk("newcomer", "contributor")
    page = page_of(client, version)
    assert "approve-neutral_wording" not in page
    for step in ("approve", "publish", "request-changes"):
        assert press(client, version, step, **CHECKED).status_code == 403
    assert client.post(f"/admin/desk/versions/{version.pk}/", {"step": "explode"}).status_code == 404
    assert client.get("/admin/desk/versions/999999/").status_code == 404


def test_the_preview_is_the_page_and_nobody_else_sees_or_keeps_it() -> None:
    version = in_review()
    client = at_the_desk("second")
    answer = client.get(f"/admin/desk/versions/{version.pk}/preview/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert "Preview of version 1, which is in review." in page
    assert "The measured radius is 1.3 km." in page
    assert "ClaimReview" not in page
    assert 'rel="canonical"' not in page
    assert Client().get(f"/admin/desk/versions/{version.pk}/preview/").status_code == 302
    assert Client().get("/claims/under-review/").status_code == 404
    assert fresh(version).document is None


def test_the_preview_is_what_is_published_then() -> None:
    version = in_review()
    client = at_the_desk("second")
    press(client, version, "approve", **CHECKED)
    preview = client.get(f"/admin/desk/versions/{version.pk}/preview/").context["document"]
    press(client, fresh(version), "publish")
    published = fresh(version).document
    assert published is not None
    moments = ("published_at", "first_published_at")
    assert {k: v for k, v in preview.items() if k not in moments} == {
        k: v for k, v in published.items() if k not in moments
    }


def test_the_page_of_a_claim_takes_contacts_answers_and_conflicts() -> None:
    row = publishing.claim("spoken-about")
    client = at_the_desk("second")
    address = "/admin/desk/claims/spoken-about/"

    def post(action: str, **given: str) -> Any:
        asked = {"action": action, **{f"{action}-{name}": value for name, value in given.items()}}
        return client.post(address, asked, follow=True)

    post("contact", claimant="The press office", contacted_on="2026-11-01", way="e-mail")
    contact = ClaimantContact.objects.get()
    assert "still to come" in said(post("contact", claimant="Somebody", contacted_on="2999-01-01"))
    post("answer", contact=str(contact.pk), answered_on="2026-11-03", answer="We stand by it.")
    contact.refresh_from_db()
    assert contact.answer == "We stand by it."
    post("conflict", person="second", statement="Works at the press office.")
    assert ConflictOfInterest.objects.get().person.get_username() == "second"
    assert post("end_conflict", conflict="1", reason="Over.").status_code == 403
    post("assign", person=str(colleague("second").pk))
    row.refresh_from_db()
    assert row.assigned_to is not None
    assert [entry.action for entry in EditorialLog.objects.filter(claim=row).order_by("pk")] == [
        "contact_claimant", "claimant_answered", "declare_conflict", "assign",
    ]  # fmt: skip
    assert editing.first_broken_log_row() is None
    assert post("explode").status_code == 404


def test_reply_and_conflict_are_printed_on_the_page() -> None:
    row = publishing.claim("spoken-about")
    person = publishing.person("second")
    contact = editing.record_contact(
        row, claimant="The press office", contacted_on=START.date(), way="e-mail", actor=person, at=START
    )
    editing.record_answer(contact, answer="We stand by it.", answered_on=START.date(), actor=person, at=START)
    publishing.published(row)
    page = Client().get("/claims/spoken-about/").content.decode()
    assert "The press office" in page
    assert "We stand by it." in page
    assert "Works there." not in page
    editing.declare_conflict(row, person=person, statement="Works there.", actor=person, at=START)
    assert "Works there." in Client().get("/claims/spoken-about/").content.decode()
    assert "Works there." not in Client().get("/claims/spoken-about/v/1/").content.decode()


def test_a_catalogue_verdict_is_signed_by_two_people_through_the_desk() -> None:
    from claims.catalogue.publication import catalogue_accounts

    author, second = catalogue_accounts()
    row = publishing.claim("read-twice")
    version = editing.draft_version(
        row, publishing.text(), [], author=author, at=START, review_level="catalogue"
    )
    editing.submit_for_review(version, actor=author, at=START)
    editing.approve(version, approver=second, at=START, checklist={"second_reading": "2026-11-01"})
    editing.publish(version, actor=second, at=START)
    writer, reviewer = at_the_desk("writer", "editor"), at_the_desk("second")
    assert "Read twice" in writer.get("/admin/desk/queues/signatures/").content.decode()
    writer.post("/admin/desk/claims/read-twice/", {"action": "sign"})
    assert "Read twice" not in writer.get("/admin/desk/queues/signatures/").content.decode()
    again = fresh(row.versions.get(number=2))
    press(reviewer, again, "approve", **CHECKED)
    press(reviewer, fresh(again), "publish")
    document = fresh(again).document
    assert document is not None
    assert document["review_level"] == "signed"
    assert [entry["name"] for entry in document["reviewers"]] == ["writer", "second"]
    page = Client().get("/claims/read-twice/").content.decode()
    assert "Signed by two named people" in page


def test_a_readers_report_is_shown_as_typed_and_closed_once_with_words() -> None:
    from claims.models import ReaderReport

    report = ReaderReport.objects.create(
        path="/claims/", text="<script>alert(1)</script> The number is wrong.", received_at=START
    )
    client = at_the_desk("second")
    address = f"/admin/desk/reports/{report.pk}/"
    page = client.get(address).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; The number is wrong." in page
    assert client.post(address, {"state": "done", "note": " "}).status_code == 200
    client.post(address, {"state": "done", "note": "The number was put right in version 2."})
    report.refresh_from_db()
    assert (report.state, report.note) == ("done", "The number was put right in version 2.")
    again = client.post(address, {"state": "declined", "note": "No."}, follow=True)
    assert "somebody else has answered this report" in said(again)
    assert at_the_desk("newcomer", "contributor").get(address).status_code == 403
