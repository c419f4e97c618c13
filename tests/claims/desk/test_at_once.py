"""Several people at the desk at the same moment, and readers beside them: one outcome, seen by all at once."""

from __future__ import annotations

import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from claims import editing
from claims.models import Approval, EditorialLog, VerdictVersion
from tests.claims import publishing
from tests.claims.desk.people import at_the_desk
from tests.claims.desk.test_review import CHECKED, fresh, press
from tests.claims.editing.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)
START = publishing.START


@pytest.fixture(autouse=True)
def own_record() -> None:
    """These tests commit, so they stand beside the loaded catalogue."""


def said(answer: Any) -> str:
    """The messages as printed: the context that a test client keeps is that of all threads."""
    return " ".join(re.findall(r'<li class="(?:success|error)">(.*?)</li>', answer.content.decode()))


def waiting(slug: str) -> VerdictVersion:
    version = publishing.draft(publishing.claim(slug, topic="origin"))
    editing.submit_for_review(version, actor=publishing.person("author"), at=START)
    return fresh(version)


def test_two_reviewers_who_press_approve_at_once_leave_one_approval_and_one_explanation() -> None:
    version = waiting("pressed-twice")
    first, second = at_the_desk("second"), at_the_desk("third")
    answers: list[Any] = at_once(
        lambda: said(press(first, version, "approve", **CHECKED)),
        lambda: said(press(second, version, "approve", **CHECKED)),
    )
    assert sorted("v1: approved." in answer for answer in answers) == [False, True], answers
    assert any("is approved: cannot approve" in answer for answer in answers), answers
    assert Approval.objects.filter(version=version, voided_at=None).count() == 1
    assert fresh(version).state == "approved"
    assert EditorialLog.objects.filter(version=version, action="approve").count() == 1
    assert editing.first_broken_log_row() is None


def test_an_author_who_saves_while_it_is_approved_never_has_the_new_text_approved() -> None:
    version = waiting("saved-meanwhile")
    reviewer, at_hand = at_the_desk("second"), fresh(version)
    answers: list[Any] = at_once(
        lambda: said(press(reviewer, version, "approve", **CHECKED)),
        lambda: editing.edit_version(
            at_hand, {"verdict": "supported"}, editor=publishing.person("author"), at=START + timedelta(minutes=1)
        ),
    )  # fmt: skip
    now = fresh(version)
    assert (now.verdict, now.state) == ("supported", "in_review"), answers
    assert not Approval.objects.filter(version=version, voided_at=None).exists()
    assert editing.first_broken_log_row() is None
    # whoever presses publish now is told why not
    assert "cannot publish" in said(press(reviewer, now, "publish"))


def reading() -> dict[str, bool]:
    """Which of the surfaces tell of the second version, to a reader with a connection of his own."""
    told = {}
    for address, words in (
        ("/claims/seen-at-once/", "a second reading"), ("/claims/seen-at-once.json", "a second reading"),
        ("/api/v1/claims/seen-at-once/", "a second reading"), ("/feed.json", "a second reading"),
        ("/changes.json", "Read a second time."), ("/corrections/", "Read a second time."),
        ("/claims/seen-at-once/history/", "Read a second time."), ("/claims/seen-at-once/v/2/", "a second reading"),
    ):  # fmt: skip
        told[address] = words in Client().get(address).content.decode()
    return told


@pytest.fixture
def reader() -> Any:
    """Read in another thread, and so on another connection."""

    def read() -> dict[str, bool]:
        found: dict[str, bool] = {}

        def run() -> None:
            try:
                found.update(reading())
            finally:
                connection.close()

        thread = threading.Thread(target=run)
        thread.start()
        thread.join(60)
        return found

    return read


def test_page_feeds_changes_and_corrections_change_in_one_transaction(reader: Any) -> None:
    first = publishing.published(publishing.claim("seen-at-once", topic="origin"))
    later = START + timedelta(days=1)
    version = publishing.draft(
        first.claim,
        at=later,
        reason_code="new_evidence",
        severity="correction",
        change_note="Read a second time.",
    )
    version = editing.edit_version(
        fresh(version),
        {"one_line": "It is so after a second reading."},
        editor=publishing.person("author"),
        at=later,
    )
    editing.submit_for_review(version, actor=publishing.person("author"), at=later)
    editing.approve(version, approver=publishing.person("reviewer"), at=later, checklist=publishing.CHECKLIST)
    assert not any(reader().values())
    with transaction.atomic():
        editing.publish(fresh(version), actor=publishing.person("reviewer"), at=later)
        before = reader()
    after = reader()
    assert len(before) == len(after) == 8
    assert not any(before.values()), before
    assert all(after.values()), after
