"""Reports of readers: taken down once, as plain words, without account or cookie, and not from machines."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from claims import reports
from claims.models import Claim, ReaderReport
from tests.claims import publishing
from tests.claims.desk.people import at_the_desk

pytestmark = pytest.mark.django_db
ABOUT = "/claims/nickel-vapour-detected/"
WORDS = "The second number has no source."
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>{{ 7|add:7 }} \"' & javascript:alert(3)"


def filled(client: Client, page: str = ABOUT, *, waited: float = 10, **given: str) -> dict[str, str]:
    """The fields of a fresh form, as somebody sends them who read for some seconds."""
    shown = client.get("/report/", {"page": page}).content.decode()
    fields = {"text": WORDS, "contact": "", "website": "", **given}
    fields |= dict(re.findall(r'type="hidden" name="(page|seal)" value="([^"]*)"', shown))
    if "seal" not in given:
        about, at, number = signing.loads(fields["seal"], salt=reports.SALT)
        fields["seal"] = signing.dumps([about, at - waited, number], salt=reports.SALT)
    return fields | given


def test_it_takes_a_report_down_for_the_desk_without_a_cookie(client: Client) -> None:
    page = client.get(ABOUT).content.decode()
    assert f'href="/report/?page={ABOUT}"' in page
    form = client.get("/report/", {"page": ABOUT})
    answer = client.post("/report/", filled(client, contact="reader@journal.example"))
    assert (answer.status_code, answer.headers["Location"]) == (303, "/report/thanks/")
    assert client.get("/report/thanks/").status_code == 200
    row = ReaderReport.objects.get()
    assert (row.path, row.text, row.contact, row.state) == (ABOUT, WORDS, "reader@journal.example", "open")
    assert row.claim == Claim.objects.get(slug="nickel-vapour-detected")
    assert client.cookies == {}
    for kept in (form, answer):
        assert kept.headers["Cache-Control"] == "no-store"
    assert WORDS in at_the_desk("reviewer").get(reverse("desk:report", args=[row.pk])).content.decode()


def test_it_works_where_forged_requests_are_looked_for() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/report/", filled(client)).status_code == 303


def test_it_shows_hostile_words_as_words_wherever_they_come(client: Client) -> None:
    answer = client.post("/report/", filled(client, text=HOSTILE, contact=HOSTILE, waited=0))
    page = answer.content.decode()
    assert "<script>alert" not in page
    assert "onerror=alert(2)&gt;" in page
    client.post("/report/", filled(client, text=HOSTILE, contact=HOSTILE))
    row = ReaderReport.objects.get()
    assert row.text == HOSTILE
    desk = at_the_desk("chief", "chief editor")
    for address in (
        reverse("desk:report", args=[row.pk]), reverse("desk:queue", args=["reports"]), reverse("desk:desk"),
        reverse("admin:claims_readerreport_change", args=[row.pk]), reverse("admin:claims_readerreport_changelist"),
    ):  # fmt: skip
        shown = desk.get(address).content.decode()
        assert "<script>alert" not in shown, address
        assert "<img src=x" not in shown, address
        assert 'href="javascript:' not in shown, address


@pytest.mark.parametrize(
    "asked", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "/\\elsewhere", "/a\nb", "/" + "x" * 300],
)  # fmt: skip
def test_a_report_is_about_a_page_of_this_site_only(client: Client, asked: str) -> None:
    shown = client.get("/report/", {"page": asked}).content.decode()
    assert 'name="page" value="/"' in shown
    assert asked not in shown
    client.post("/report/", filled(client, asked))
    assert ReaderReport.objects.get().path == "/"


def test_a_report_on_a_draft_does_not_say_that_there_is_one(client: Client) -> None:
    publishing.draft(publishing.claim("not-public-yet"))
    there, not_there = (
        client.post("/report/", filled(client, f"/claims/{slug}/"))
        for slug in ("not-public-yet", "no-such-claim")
    )
    assert (there.status_code, there.headers["Location"]) == (
        not_there.status_code,
        not_there.headers["Location"],
    )
    assert set(ReaderReport.objects.values_list("claim", flat=True)) == {None}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"text": ""}, "Say what is wrong."),
        ({"text": "short"}, "at least 10 characters"),
        ({"text": "x" * 4001}, "4001 characters long; at most 4000"),
        ({"text": "a\x00" + WORDS}, "Null characters"),
        ({"text": "\u202e" + WORDS}, "invisible control characters"),
        (
            {"text": "https://a.example http://b.example www.c.example https://d.example"},
            "4 links; at most 3",
        ),
        ({"contact": "x" * 201}, "at most 200"),
        ({"website": "https://shop.example"}, "tells machines from people"),
        ({"seal": "made-up"}, "not one of ours"),
        ({"seal": ""}, "not one of ours"),
    ],
)
def test_it_refuses_in_words_and_keeps_what_was_typed(
    client: Client, given: dict[str, str], sentence: str
) -> None:
    fields = filled(client, **{"contact": "me@journal.example", **given})
    answer = client.post("/report/", fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    kept = given.get("text", WORDS)
    assert kept[:200].replace("\x00", "") in page.replace("\x00", "")
    if "contact" not in given:
        assert "me@journal.example" in page
    assert not ReaderReport.objects.exists()


def test_it_refuses_a_form_that_was_sent_at_once_and_takes_the_same_one_later(
    client: Client, time_machine: Any
) -> None:
    fields = filled(client, waited=0)
    page = client.post("/report/", fields).content.decode()
    assert "quicker than a person reads" in page
    assert fields["seal"] in page
    time_machine.move_to(datetime.now(UTC) + timedelta(seconds=6))
    assert client.post("/report/", fields).status_code == 303


def test_it_refuses_a_form_of_yesterday(client: Client) -> None:
    page = client.post("/report/", filled(client, waited=24 * 3600 + 5)).content.decode()
    assert "older than a day" in page
    assert WORDS in page


def test_the_same_words_about_the_same_page_are_one_report(client: Client) -> None:
    for _ in range(3):
        assert client.post("/report/", filled(client)).status_code == 303
    assert ReaderReport.objects.count() == 1


def test_a_form_is_good_for_one_report(client: Client) -> None:
    fields = filled(client)
    client.post("/report/", fields)
    answer = client.post("/report/", fields | {"text": "Other words with the same form."})
    assert "was sent before" in answer.content.decode()
    assert ReaderReport.objects.count() == 1


def test_one_address_sends_five_an_hour(client: Client) -> None:
    statuses = [client.post("/report/", filled(client, text=f"{WORDS} {n}")).status_code for n in range(6)]
    assert statuses == [303] * 5 + [429]
    answer = client.post("/report/", filled(client, text="These words are kept on the screen."))
    assert answer.headers["Retry-After"] == "3600"
    assert "These words are kept on the screen." in answer.content.decode()
    other = Client(REMOTE_ADDR="192.0.2.8")
    assert other.post("/report/", filled(other, text="From elsewhere it goes.")).status_code == 303


def test_all_together_send_sixty_an_hour_with_or_without_a_cache(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("config.cache.ForgivingRedisCache.add", lambda self, *a, **k: False)
    monkeypatch.setattr("config.cache.ForgivingRedisCache.incr", lambda self, key, *a, **k: (_ for _ in ()).throw(ValueError(key)))  # fmt: skip
    monkeypatch.setattr(
        "config.cache.ForgivingRedisCache.get", lambda self, key, default=None, version=None: default
    )
    now = datetime.now(UTC)
    ReaderReport.objects.bulk_create(
        ReaderReport(path="/", text=f"Flood {n}.", received_at=now - timedelta(minutes=n % 50))
        for n in range(59)
    )
    assert client.post("/report/", filled(client)).status_code == 303
    assert client.post("/report/", filled(client, text="One more than that.")).status_code == 429


def test_other_methods_are_refused(client: Client) -> None:
    assert client.put("/report/").status_code == 405
