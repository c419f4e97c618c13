"""The daily letter: for whoever asked, when something waits for them, once a day, in plain words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from claims import editing
from claims.digest import letter, send_digests
from claims.models import DigestSubscription, ReaderReport
from claims.tasks import send_digest
from config.environment import mail_from_url
from tests.claims import publishing
from tests.claims.desk.people import at_the_desk, colleague

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 12, 5, 6, 5, tzinfo=UTC)


def asked(name: str, role: str = "reviewer", **given: Any) -> User:
    """Somebody who asked for the letter."""
    person = colleague(name, role)
    DigestSubscription.objects.create(person=person, address=f"{name}@desk.example", asked_at=NOW, **given)
    return person


def something_waits() -> None:
    """A version in review, a stale verdict and a report."""
    version = publishing.draft(publishing.claim("to-be-reviewed"))
    editing.submit_for_review(version, actor=publishing.person("author"), at=publishing.START)
    stale = publishing.published(publishing.claim("gone-stale"))
    editing.mark_stale(stale, "orbit_changed", "The orbit solution in use is JPL50.", at=publishing.START)
    ReaderReport.objects.create(
        path="/claims/gone-stale/", text="A number\nis wrong here.", received_at=publishing.START
    )


def test_it_tells_what_waits_with_reasons_and_links(empty_record: None) -> None:
    something_waits()
    asked("reviewer")
    assert send_digests(NOW) == {"sent": 1, "nothing waits": 0, "failed": 0}
    (sent,) = mail.outbox
    assert sent.to == ["reviewer@desk.example"]
    assert sent.subject == "Hyperbole: 3 at the desk"
    assert "Stale verdicts (1, the oldest since 2026-12-01)" in sent.body
    assert "The orbit solution in use is JPL50." in sent.body
    assert "A number is wrong here." in sent.body
    for path in (
        "/admin/desk/versions/",
        "/admin/desk/claims/gone-stale/",
        "/admin/desk/reports/",
        "/accounts/letter/",
    ):
        assert f"http://127.0.0.1:8000{path}" in sent.body, path
    assert "<" not in sent.body
    assert sent.extra_headers["List-Unsubscribe"] == "<http://127.0.0.1:8000/accounts/letter/>"


def test_nobody_gets_two_letters_a_day_and_everybody_one_on_the_next(empty_record: None) -> None:
    something_waits()
    asked("reviewer")
    for hours in (0, 0, 5, 17):
        send_digests(NOW + timedelta(hours=hours))
    assert len(mail.outbox) == 1
    send_digests(NOW + timedelta(days=1))
    assert len(mail.outbox) == 2


def test_a_worker_that_was_slower_sends_nothing(empty_record: None, monkeypatch: pytest.MonkeyPatch) -> None:
    something_waits()
    asked("reviewer")

    def while_another_sends(person: User, at: datetime) -> Any:
        DigestSubscription.objects.update(last_sent_on=at.date())
        return letter(person, at)

    monkeypatch.setattr("claims.digest.letter", while_another_sends)
    assert send_digests(NOW)["sent"] == 0
    assert mail.outbox == []


def test_no_letter_comes_when_nothing_waits_or_nobody_asked(empty_record: None) -> None:
    asked("reviewer")
    assert send_digests(NOW) == {"sent": 0, "nothing waits": 1, "failed": 0}
    something_waits()
    colleague("who-did-not-ask")
    gone = asked("who-left")
    User.objects.filter(pk=gone.pk).update(is_active=False)
    asked("no-editor", "contributor")
    User.objects.filter(username="no-editor").update(is_staff=False)
    assert send_digests(NOW)["sent"] == 1
    assert [sent.to for sent in mail.outbox] == [["reviewer@desk.example"]]


def test_the_letter_leaves_out_what_waits_for_others(empty_record: None) -> None:
    something_waits()
    person = asked("a-contributor", "contributor")
    written = letter(person, NOW)
    assert written is not None
    assert "Reports of readers" not in written[1]
    assert "/admin/desk/reports/" not in written[1]


def test_a_long_queue_is_named_and_not_poured_out(empty_record: None) -> None:
    asked("reviewer")
    ReaderReport.objects.bulk_create(
        ReaderReport(path=f"/claims/{n}/", text="Something is wrong.", received_at=NOW - timedelta(hours=n))
        for n in range(12)
    )
    send_digests(NOW)
    assert mail.outbox[0].body.count("- Report on ") == 5
    assert "and 7 more: http://127.0.0.1:8000/admin/desk/queues/reports/" in mail.outbox[0].body


def test_a_server_that_refuses_costs_one_letter_and_no_other(
    empty_record: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    something_waits()
    asked("reviewer")
    asked("second-reviewer")
    send, calls = EmailBackend.send_messages, []

    def refuses_once(self: Any, messages: Any) -> Any:
        calls.append(1)
        if len(calls) == 1:
            raise ConnectionRefusedError("no server there")
        return send(self, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", refuses_once)
    assert send_digests(NOW) == {"sent": 1, "nothing waits": 0, "failed": 1}
    assert send_digests(NOW)["sent"] == 0


def test_the_task_sends_it(empty_record: None) -> None:
    something_waits()
    asked("reviewer")
    assert send_digest()["sent"] == 1


def test_somebody_asks_for_it_and_for_no_more_of_it() -> None:
    client = at_the_desk("reviewer")
    assert "Ask for it" in client.get("/accounts/2fa/").content.decode()
    assert client.post("/accounts/letter/", {"address": "nowhere"}).status_code == 200
    assert not DigestSubscription.objects.exists()
    client.post("/accounts/letter/", {"address": "me@desk.example"})
    assert DigestSubscription.objects.get().address == "me@desk.example"
    client.post("/accounts/letter/", {"address": "other@desk.example"})
    assert DigestSubscription.objects.get().address == "other@desk.example"
    assert "other@desk.example" in client.get("/accounts/2fa/").content.decode()
    client.post("/accounts/letter/", {"stop": "yes"})
    assert not DigestSubscription.objects.exists()


def test_it_reads_how_letters_leave() -> None:
    assert mail_from_url("HYPERBOLE_MAIL", "console")["EMAIL_BACKEND"].endswith("console.EmailBackend")  # type: ignore[attr-defined]
    plain = mail_from_url("HYPERBOLE_MAIL", "smtp://me%40site:se%2Fcret@mail.example")
    assert (plain["EMAIL_PORT"], plain["EMAIL_USE_TLS"], plain["EMAIL_USE_SSL"]) == (587, True, False)
    assert (plain["EMAIL_HOST_USER"], plain["EMAIL_HOST_PASSWORD"]) == ("me@site", "se/cret")
    assert mail_from_url("HYPERBOLE_MAIL", "smtps://mail.example")["EMAIL_USE_SSL"] is True
    assert mail_from_url("HYPERBOLE_MAIL", "smtp://127.0.0.1:25?tls=off")["EMAIL_USE_TLS"] is False
