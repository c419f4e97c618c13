"""The editors' admin: every model can be worked with, and the rules hold for superusers too."""

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from claims import editing
from claims.models import Approval, CheckRun, Claim, EditorialLog, IntegrityRun, StaleMark, VerdictVersion
from ephemeris.models import (
    ArchivePoll,
    ArchiveStatusChange,
    EphemerisSnapshot,
    OrbitSolution,
    Proposal,
    ServiceRefresh,
)
from tests.claims.admin_pages import filled, with_a_row
from tests.claims.doors import signed_in
from tests.claims.publishing import (
    CHECKLIST,
    START,
    campaign,
    claim,
    draft,
    measurement,
    person,
    published,
    small_body,
    source,
)

pytestmark = pytest.mark.django_db
OWN = [model for label in ("claims", "ephemeris") for model in apps.get_app_config(label).get_models()]
# shown and edited on the page of the row they belong to
WITH_THEIR_ROW = {
    "ClaimSuccessor",
    "AssertedQuantity",
    "Appearance",
    "ClaimRelation",
    "ClaimCheck",
    "VersionRelation",
    "PollTally",
}
# each has a page of its own outside the admin
OWN_PAGE = {
    "ReviewInvitation": ("desk:external", ["version"]),
    "ReviewComment": ("desk:external", ["version"]),
    "DigestSubscription": ("digest", []),
}
EDITED = {"Claim", "VerdictVersion"}
CHECKED = {
    "neutral_wording": "on", "truth_condition": "on", "two_sources": "on", "units_and_epochs": "on",
    "limits_not_absence": "on", "claimant_contact": "No address is known.", "comment": "Read all of it.",
}  # fmt: skip


@pytest.fixture
def chief() -> User:
    return User.objects.create_superuser("chief", password="chief-password")


def messages_of(response: Any) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def step(version: VerdictVersion, name: str) -> str:
    return reverse("admin:claims_version_step", args=[version.pk, name])


def shown(version: VerdictVersion, **given: Any) -> dict[str, Any]:
    """What the form of a step posts: which text was on the screen, and what was filled in."""
    version.refresh_from_db()
    return {"edited_at": version.edited_at.isoformat(), **given}


def one_of_everything() -> None:
    """A row of every model, so that no list is empty."""
    row = claim()
    version = published(row)
    editing.edit_version(
        draft(claim("open-one")), {"one_line": "Shorter."}, editor=person("author"), at=START
    )
    editing.mark_stale(version, "orbit_changed", "A new solution.", at=START)
    row.checks.create(name="size_from_magnitude")
    CheckRun.objects.create(
        claim=row, name="size_from_magnitude", input_digest="a", outcome="agrees", sentence="So.", as_of=START, ran_at=START
    )  # fmt: skip
    IntegrityRun.objects.create(started_at=START, finished_at=START, sound=True)
    poll = ArchivePoll.objects.create(
        campaign=campaign(),
        archive="mast",
        asked_at=START,
        outcome="answered",
        query_text="q",
        idempotency_key="k",
    )
    ArchiveStatusChange.objects.create(
        campaign=campaign(), at=START, after="public", cause="archive", poll=poll
    )
    solution = OrbitSolution.objects.create(
        body=small_body(), solution_id="test-44", producer="JPL", kind="full", epoch_tdb_jd=2460900.5, eccentricity=6.1,
        perihelion_distance_au=1.35, source="JPL", digest="d",
    )  # fmt: skip
    EphemerisSnapshot.objects.create(
        body=small_body(), solution=solution, engine="embedded", start_tdb_jd=1, stop_tdb_jd=2, step_d=1, table=b"x",
        digest="d", retrieved_at=START, last_confirmed_at=START,
    )  # fmt: skip
    ServiceRefresh.objects.create(service="sbdb", asked_at=START, finished_at=START, outcome="unchanged")


def test_every_model_is_in_the_admin() -> None:
    missing = {model.__name__ for model in OWN if model not in admin.site._registry}
    assert missing == WITH_THEIR_ROW | OWN_PAGE.keys()


def test_a_model_without_a_list_in_the_admin_has_a_page_that_editors_open(chief: User) -> None:
    client = signed_in(chief)
    version = draft(claim())
    for name, (address, arguments) in OWN_PAGE.items():
        answer = client.get(reverse(address, args=[version.pk for _ in arguments]))
        assert answer.status_code == 200, name


def test_every_list_and_every_row_opens_and_can_be_searched(chief: User) -> None:
    one_of_everything()
    client = signed_in(chief)
    assert client.get("/admin/").status_code == 200
    for model, own in admin.site._registry.items():
        if model not in OWN:
            continue
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        assert own.search_fields or model is IntegrityRun, model
        page = client.get(reverse(f"{name}_changelist"), {"q": "a"} if own.search_fields else {})
        assert page.status_code == 200, model
        for row in model._default_manager.all()[:2]:
            assert client.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200, model


def test_rows_of_machines_of_data_and_of_the_log_are_shown_and_not_changed(chief: User) -> None:
    one_of_everything()
    client = signed_in(chief)
    for model in admin.site._registry:
        if model not in OWN or model.__name__ in EDITED:
            continue
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        assert client.get(reverse(f"{name}_add")).status_code == 403, model
        for row in model._default_manager.all()[:1]:
            before = model._default_manager.filter(pk=row.pk).values().get()
            assert client.post(reverse(f"{name}_change", args=[row.pk]), {"key": "other"}).status_code == 403
            assert client.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
            assert model._default_manager.filter(pk=row.pk).values().get() == before


@pytest.mark.parametrize("model", ["claim", "verdictversion", "editoriallog", "approval", "evidence", "stalemark", "measurement"])  # fmt: skip
def test_a_list_costs_the_same_for_few_rows_and_for_many(chief: User, model: str) -> None:
    client = signed_in(chief)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(f"admin:claims_{model}_changelist")).status_code == 200
        return len(captured)

    def add(number: int) -> None:
        row = claim(f"claim-{number}")
        version = published(row)
        editing.mark_stale(version, "orbit_changed", "A new solution.", at=START)
        measurement(f"3i-radius-{number}", source=source(f"paper-{number}"))

    add(0)
    add(1)
    few = queries()
    for number in range(2, 12):
        add(number)
    assert queries() == few


def version_form(row: Claim, **given: Any) -> dict[str, Any]:
    """The fields that the form of a version sends."""
    return {
        "claim": row.pk, "title": row.title, "statement": row.statement, "kind": row.kind, "topic": row.topic,
        "verdict": "contradicted", "confidence": "high", "confidence_basis": "Hubble.", "one_line": "It is 1.3 km.",
        "key_points": "First point.\nSecond point.", "rationale": "The light is that of the coma.",
        "would_change": "A picture.", "evidence_cutoff": "2026-10-01", "next_review": "2027-10-01",
        "reason_code": "first_publication", "severity": "none", "change_note": "",
        "evidence-TOTAL_FORMS": "1", "evidence-INITIAL_FORMS": "0", "evidence-0-measurement": measurement().pk,
        "evidence-0-stance": "refutes", "evidence-0-note": "",
        **{f"{name}-{part}_FORMS": "0" for name in ("relations", "approvals", "edits") for part in ("TOTAL", "INITIAL")},
        **given,
    }  # fmt: skip


def test_a_version_goes_from_the_form_to_the_public(chief: User) -> None:
    row, reviewer = claim(), User.objects.create_superuser("second", password="second-password")
    client = signed_in(chief)
    response = client.post(reverse("admin:claims_verdictversion_add"), version_form(row))
    assert response.status_code == 302, response.context["errors"]
    version = row.versions.get()
    assert (version.author, version.number, version.state) == (chief, 1, "draft")
    assert version.key_points == ["First point.", "Second point."]
    assert version.evidence.get().measurement == measurement()
    client.post(step(version, "submit"), shown(version))
    other = signed_in(reviewer)
    page = other.get(step(version, "approve"))
    assert "neutral" in page.content.decode()
    other.post(step(version, "approve"), shown(version, **CHECKED))
    other.post(step(version, "publish"), shown(version))
    version.refresh_from_db()
    assert version.state == "published"
    approval = version.approvals.get()
    assert (approval.approver, approval.comment) == (reviewer, "Read all of it.")
    assert approval.checklist["claimant_contact"] == "No address is known."
    assert [entry.action for entry in EditorialLog.objects.filter(version=version)] == [
        "draft",
        "submit",
        "approve",
        "publish",
    ]
    assert "as-wide-as-a-city" in Client().get("/feed.json").content.decode()


def test_a_superuser_cannot_approve_what_he_wrote(chief: User) -> None:
    row = claim()
    client = signed_in(chief)
    client.post(reverse("admin:claims_verdictversion_add"), version_form(row))
    version = row.versions.get()
    client.post(step(version, "submit"), shown(version))
    response = client.post(step(version, "approve"), shown(version, **CHECKED), follow=True)
    assert "author" in messages_of(response)
    assert "cannot approve" in messages_of(response)
    version.refresh_from_db()
    assert version.state == "in_review"
    assert not Approval.objects.exists()
    response = client.post(step(version, "publish"), shown(version), follow=True)
    assert "cannot publish" in messages_of(response)


def test_whoever_edited_a_version_cannot_approve_it_and_an_edit_voids_an_approval(chief: User) -> None:
    row = claim()
    version = draft(row)
    editing.submit_for_review(version, actor=person("author"), at=START)
    editing.approve(version, approver=person("reviewer"), at=START, checklist=CHECKLIST)
    client = signed_in(chief)
    address = reverse("admin:claims_verdictversion_change", args=[version.pk])
    page = client.get(address)
    assert page.status_code == 200
    fields = dict(re.findall(r'name="(evidence-\d+-id|evidence-(?:TOTAL|INITIAL)_FORMS)" value="(\d+)"', page.content.decode()))  # fmt: skip
    given = version_form(row, one_line="Edited by the chief.", seen=version.edited_at.isoformat(), **fields)
    for place, item in enumerate(version.evidence.all()):
        given |= {
            f"evidence-{place}-id": item.pk, f"evidence-{place}-version": version.pk,
            f"evidence-{place}-measurement": item.measurement_id or "", f"evidence-{place}-source": item.source_id or "",
            f"evidence-{place}-campaign": item.campaign_id or "", f"evidence-{place}-stance": item.stance,
            f"evidence-{place}-note": item.note,
        }  # fmt: skip
    given |= {"approvals-TOTAL_FORMS": "0", "approvals-INITIAL_FORMS": "0"}
    response = client.post(address, given)
    assert response.status_code == 302, response.context["errors"]
    version.refresh_from_db()
    assert (version.one_line, version.state) == ("Edited by the chief.", "in_review")
    assert version.evidence.count() == 3
    assert version.approvals.get().voided_at is not None
    response = client.post(step(version, "approve"), shown(version, **CHECKED), follow=True)
    assert "edited" in messages_of(response)
    assert "cannot approve" in messages_of(response)


def test_an_approval_needs_the_whole_checklist(chief: User) -> None:
    version = draft(claim())
    editing.submit_for_review(version, actor=person("author"), at=START)
    response = signed_in(chief).post(
        step(version, "approve"), shown(version, **CHECKED) | {"units_and_epochs": ""}
    )
    assert response.status_code == 200
    assert not Approval.objects.exists()


def test_asking_for_changes_needs_words_and_returns_the_version(chief: User) -> None:
    version = draft(claim())
    editing.submit_for_review(version, actor=person("author"), at=START)
    client = signed_in(chief)
    assert client.post(step(version, "request-changes"), shown(version, comment=" ")).status_code == 200
    client.post(
        step(version, "request-changes"), shown(version, comment="The epoch of the second number is missing.")
    )
    version.refresh_from_db()
    assert version.state == "draft"
    assert "epoch" in EditorialLog.objects.get(action="request_changes").reason


def test_a_published_version_is_read_only_and_a_next_one_starts_from_it(chief: User) -> None:
    version = published(claim())
    client = signed_in(chief)
    address = reverse("admin:claims_verdictversion_change", args=[version.pk])
    page = client.get(address)
    assert page.status_code == 200
    assert 'name="one_line"' not in page.content.decode()
    assert client.post(address, version_form(version.claim, one_line="Other words")).status_code == 403
    version.refresh_from_db()
    assert version.one_line == "The measured radius is 1.3 km."
    fresh = client.get(
        reverse("admin:claims_verdictversion_add"), {"claim": version.claim_id}
    ).content.decode()
    assert "The measured radius is 1.3 km." in fresh
    assert 'name="evidence-2-stance"' in fresh


def test_a_second_open_version_is_refused_in_words(chief: User) -> None:
    row = claim()
    draft(row)
    response = signed_in(chief).post(
        reverse("admin:claims_verdictversion_add"), version_form(row), follow=True
    )
    assert "still draft" in messages_of(response)
    assert row.versions.count() == 1


def test_evidence_is_exactly_one_fact(chief: User) -> None:
    row = claim()
    response = signed_in(chief).post(
        reverse("admin:claims_verdictversion_add"), version_form(row, **{"evidence-0-source": source().pk})
    )
    assert "exactly one fact" in response.content.decode()
    assert not row.versions.exists()


def test_a_claim_is_edited_with_a_line_on_the_log_and_stays_private(chief: User) -> None:
    row = claim()
    published(row)
    client = signed_in(chief)
    address = reverse("admin:claims_claim_change", args=[row.pk])
    assert 'name="slug"' not in client.get(address).content.decode()  # the address is permanent
    given: dict[str, Any] = {
        "title": "Unsigned title", "statement": row.statement, "truth_condition": row.truth_condition,
        "kind": row.kind, "topic": row.topic, "aliases": "one\ntwo", "chart": "", "assigned_to": "",
    }  # fmt: skip
    for prefix in ("asserted", "appearances", "relations", "checks", "versions"):
        given |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    response = client.post(address, given)
    assert response.status_code == 302, response.context["errors"]
    row.refresh_from_db()
    assert (row.title, row.aliases) == ("Unsigned title", ["one", "two"])
    entry = EditorialLog.objects.get(action="edit_claim")
    assert entry.after["title"] == "Unsigned title"
    assert editing.first_broken_log_row() is None
    assert "Unsigned" not in Client().get("/feed.json").content.decode()


@pytest.mark.parametrize(
    ("name", "params", "words"),
    [
        ("size_from_magnitude", '"albedo"', "names with values"),
        ("size_from_magnitude", "[1]", "names with values"),
        ("size_from_magnitude", "{}", "albedo: missing"),
        ("size_from_magnitude", '{"albedo": 40}', "albedo"),
        ("size_from_stars", "{}", "There is no check"),
    ],
)
def test_a_check_that_could_not_run_is_refused_before_a_version_takes_it_along(
    chief: User, name: str, params: str, words: str
) -> None:
    row = claim()
    client, address = signed_in(chief), reverse("admin:claims_claim_change", args=[row.pk])
    given = with_a_row(filled(client.get(address)), "checks", name=name, params=params, position=0)
    page = client.post(address, given)
    assert page.status_code == 200
    assert words in html.unescape(page.content.decode())
    assert not row.checks.exists()


def test_a_claim_is_withdrawn_with_a_reason_and_never_deleted(chief: User) -> None:
    row = claim()
    published(row)
    client = signed_in(chief)
    assert (
        client.post(reverse("admin:claims_claim_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
    )
    address = reverse("admin:claims_claim_withdraw", args=[row.pk])
    assert client.post(address, {"reason": ""}).status_code == 200
    client.post(address, {"reason": "It repeats another claim."})
    row.refresh_from_db()
    assert row.withdrawal_note == "It repeats another claim."
    again = client.post(address, {"reason": "Once more."}, follow=True)
    assert "was withdrawn on" in messages_of(again)


def test_without_the_right_to_approve_a_step_is_forbidden() -> None:
    version = draft(claim())
    editing.submit_for_review(version, actor=person("author"), at=START)
    clerk = User.objects.create_user("clerk", password="clerk-password", is_staff=True)
    client = signed_in(clerk)
    assert client.get(reverse("admin:claims_verdictversion_changelist")).status_code == 403
    assert client.post(step(version, "approve"), CHECKED).status_code in (302, 403)
    assert not Approval.objects.exists()
    assert Client().get("/admin/claims/claim/").status_code == 302


def test_the_stale_list_leads_to_a_re_review(chief: User) -> None:
    version = published(claim())
    editing.mark_stale(version, "orbit_changed", "A new solution.", at=START + timedelta(days=1))
    page = signed_in(chief).get(reverse("admin:claims_stalemark_changelist"), {"cleared_at__isempty": "1"})
    assert f"?claim={version.claim_id}" in page.content.decode()
    assert StaleMark.objects.count() == 1


def test_an_unknown_step_and_a_foreign_number_lead_back(chief: User) -> None:
    version = draft(claim())
    client = signed_in(chief)
    assert client.get(f"/admin/claims/verdictversion/{version.pk}/explode/").status_code in (302, 404)
    assert client.get("/admin/claims/verdictversion/999999/submit/").status_code in (302, 404)
    assert client.get(reverse("admin:claims_verdictversion_add"), {"claim": "x" * 400}).status_code == 200


def test_it_carries_the_name_and_the_stylesheet_of_the_house(chief: User) -> None:
    page = signed_in(chief).get("/admin/").content.decode()
    assert "Hyperbole" in page
    assert "css/admin.css" in page
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>(?!\s*</script>)", page)
    assert not re.search(r"\son\w+=", page)


def test_a_proposal_is_decided_once_and_by_somebody_with_the_right(chief: User) -> None:
    row = Proposal.objects.create(
        campaign=campaign(), archive="mast", kind="target", value="3I-ATLAS", first_seen=START
    )
    address = reverse("admin:ephemeris_proposal_changelist")
    chosen = {"action": "confirm", "_selected_action": [row.pk]}
    bystander = User.objects.create_user("bystander", password="bystander-password", is_staff=True)
    signed_in(bystander).post(address, chosen)
    row.refresh_from_db()
    assert row.state == "proposed"
    signed_in(chief).post(address, chosen)
    row.refresh_from_db()
    assert (row.state, row.decided_by) == ("confirmed", chief)
    signed_in(chief).post(address, chosen | {"action": "reject"})
    row.refresh_from_db()
    assert row.state == "confirmed"


def test_the_checks_of_chosen_claims_run_at_once(chief: User) -> None:
    row = claim()
    published(row)
    row.checks.create(name="equilibrium_temperature", params={"r_h_au": 1.0})
    address = reverse("admin:claims_claim_changelist")
    signed_in(chief).post(address, {"action": "run_checks_now", "_selected_action": [row.pk]})
    run = CheckRun.objects.get(claim=row)
    assert "278 K" in run.sentence
