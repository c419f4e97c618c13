"""Two people at once: exactly one consistent outcome, on SQLite and on PostgreSQL."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection

from claims import editing
from claims.models import Approval, EditorialLog, VerdictVersion
from tests.claims import publishing
from tests.claims.editing.people import LATER, approved, author, in_review, reviewer

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*actions: Callable[[], object]) -> list[object]:
    """Run actions in threads that start together; their results, or the refusals they raised."""
    start = threading.Barrier(len(actions))

    def run(action: Callable[[], object]) -> object:
        try:
            start.wait(timeout=10)
            return action()
        except editing.EditingRefused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(run, action) for action in actions]]


def refusals(results: list[object]) -> list[str]:
    return [str(result) for result in results if isinstance(result, editing.EditingRefused)]


def loaded(version: VerdictVersion) -> VerdictVersion:
    """The version as each person has it on the screen."""
    return VerdictVersion.objects.select_related("claim").get(pk=version.pk)


def approves(version: VerdictVersion, person: User) -> Callable[[], object]:
    return lambda: editing.approve(version, approver=person, at=LATER, checklist=publishing.CHECKLIST)


def test_two_reviewers_who_approve_at_once_leave_one_approval() -> None:
    version = in_review()
    first, second = reviewer(), publishing.person("second-reviewer")
    results = at_once(approves(loaded(version), first), approves(loaded(version), second))
    assert len(refusals(results)) == 1
    assert Approval.objects.filter(version=version, voided_at=None).count() == 1
    assert loaded(version).state == "approved"
    assert EditorialLog.objects.filter(version=version, action="approve").count() == 1
    assert editing.first_broken_log_row() is None


def test_two_who_publish_at_once_publish_once() -> None:
    version = approved()
    results = at_once(
        lambda: editing.publish(loaded(version), actor=reviewer(), at=LATER),
        lambda: editing.publish(loaded(version), actor=author(), at=LATER),
    )
    assert len(refusals(results)) == 1
    assert EditorialLog.objects.filter(version=version, action="publish").count() == 1
    assert editing.first_broken_log_row() is None


def test_a_text_saved_during_its_approval_is_never_approved_unread() -> None:
    version = in_review()
    read, at_hand = loaded(version), loaded(version)
    results = at_once(
        approves(read, reviewer()),
        lambda: editing.edit_version(
            at_hand, {"verdict": "supported"}, editor=author(), at=LATER + timedelta(minutes=1)
        ),
    )
    now = loaded(version)
    # whoever came first: the new text stands, and nobody's approval stands for it
    assert now.verdict == "supported"
    assert now.state == "in_review"
    assert not Approval.objects.filter(version=version, voided_at=None).exists()
    assert len(refusals(results)) in (0, 1)
    assert editing.first_broken_log_row() is None


def test_two_drafts_of_one_claim_at_once_become_one() -> None:
    claim = publishing.claim("two-drafts")
    publishing.measurement(), publishing.source(), publishing.campaign(), author()
    results = at_once(lambda: publishing.draft(claim), lambda: publishing.draft(claim))
    assert len(refusals(results)) == 1
    assert claim.versions.count() == 1


def test_the_log_stays_one_chain_under_many_writers() -> None:
    versions = [loaded(approved(f"claim-{number}")) for number in range(4)]
    results = at_once(
        *[
            lambda version=version: editing.publish(version, actor=reviewer(), at=LATER)  # type: ignore[misc]
            for version in versions
        ]
    )
    assert refusals(results) == []
    assert EditorialLog.objects.filter(version__in=versions, action="publish").count() == 4
    assert editing.first_broken_log_row() is None
