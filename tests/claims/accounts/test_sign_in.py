"""The door of the desk: guessing is stopped, a second factor is asked for, sessions end, and all of it is recorded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import get_hasher
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from claims.models import SignIn
from tests.claims import publishing
from tests.claims.doors import code_of, signed_in

pytestmark = pytest.mark.django_db
DOOR = "/admin/login/"
ENROL = "/accounts/2fa/totp/activate/"
PASSWORD = "a long password of the tests"
LIMIT = 5


@pytest.fixture(autouse=True)
def committed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Inside of a test's transaction nothing is ever committed: run at once what waits for it."""
    monkeypatch.setattr(transaction, "on_commit", lambda run, using=None, robust=False: run())


def somebody(name: str = "somebody", role: str = "reviewer", **given: Any) -> User:
    person = User.objects.create_user(name, password=PASSWORD, is_staff=True, **given)
    person.groups.add(Group.objects.get(name=role))
    return person


def try_password(client: Client, name: str, password: str, **more: Any) -> Any:
    return client.post(DOOR, {"username": name, "password": password, "next": "/admin/"}, **more)


def enrol(client: Client) -> str:
    """Set up an authenticator app in a signed-in browser; returns its secret."""
    page = client.get(ENROL).content.decode()
    found = re.search(r'id="totp-secret">([A-Z2-7]+)<', page)
    assert found, page
    answer = client.post(ENROL, {"code": code_of(found[1])})
    assert answer.headers["Location"] == "/accounts/2fa/recovery-codes/"
    return found[1]


def events() -> list[tuple[str, str]]:
    """What was recorded, oldest first, without the accounts that a test makes."""
    rows = SignIn.objects.order_by("pk").exclude(event="password_changed").values_list("event", "username")
    return list(rows)


# -- guessing ----------------------------------------------------------------------------------------


def test_it_refuses_the_right_password_after_five_wrong_ones_and_says_when_to_try_again() -> None:
    somebody(role="editor")
    client = Client()
    for _ in range(LIMIT):
        assert try_password(client, "somebody", "wrong").status_code == 200
    answer = try_password(client, "somebody", PASSWORD)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"] == "300"
    assert "Wait five minutes" in answer.content.decode()
    assert try_password(Client(REMOTE_ADDR="192.0.2.7"), "somebody", PASSWORD).status_code == 429, "elsewhere"
    assert events() == [("refused", "somebody")] * LIMIT


def test_it_lets_the_right_password_in_again_when_the_time_is_over(time_machine: Any) -> None:
    somebody(role="editor")
    client = Client()
    for _ in range(LIMIT):
        try_password(client, "somebody", "wrong")
    time_machine.move_to(datetime.now(UTC) + timedelta(seconds=301))
    assert try_password(client, "somebody", PASSWORD).headers["Location"] == "/admin/"


def test_it_stops_one_address_that_tries_many_names() -> None:
    somebody(role="editor")
    client = Client(REMOTE_ADDR="192.0.2.9")
    statuses = [try_password(client, f"name-{place}", "wrong").status_code for place in range(21)]
    assert statuses == [200] * 20 + [429]
    assert try_password(client, "somebody", PASSWORD).status_code == 429
    assert try_password(Client(REMOTE_ADDR="192.0.2.10"), "somebody", PASSWORD).status_code == 302


def test_a_right_password_in_between_does_not_win_more_attempts() -> None:
    somebody(role="editor")
    for place in range(LIMIT):
        assert try_password(Client(), "somebody", f"wrong {place}").status_code == 200
        if place < LIMIT - 1:
            assert try_password(Client(), "somebody", PASSWORD).status_code == 302
    assert try_password(Client(), "somebody", PASSWORD).status_code == 429


def test_it_takes_the_visitors_address_from_the_proxy_only_where_there_is_one(settings: Any) -> None:
    somebody(role="editor")
    for place in range(3):
        try_password(Client(), "somebody", "wrong", headers={"X-Forwarded-For": f"198.51.100.{place}"})
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    try_password(
        Client(), "somebody", "wrong", headers={"X-Forwarded-For": "203.0.113.5, 198.51.100.9"}, secure=True
    )
    assert list(SignIn.objects.filter(event="refused").order_by("pk").values_list("address", flat=True)) == [
        "127.0.0.1", "127.0.0.1", "127.0.0.1", "198.51.100.9",
    ]  # fmt: skip


def test_nobody_signs_in_while_attempts_cannot_be_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    somebody(role="editor")
    monkeypatch.setattr("config.cache.ForgivingRedisCache.add", lambda self, *a, **k: False)
    monkeypatch.setattr(
        "config.cache.ForgivingRedisCache.get", lambda self, key, default=None, version=None: default
    )
    answer = try_password(Client(), "somebody", PASSWORD)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    assert "cannot be counted" in answer.content.decode()
    assert events() == []


class Counted:
    """Counts how often a password is hashed."""

    def __init__(self) -> None:
        self.times = 0


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counted]:
    counted = Counted()
    kind = type(get_hasher())
    encode = kind.encode

    def counting(self: Any, *given: Any) -> str:
        counted.times += 1
        return encode(self, *given)

    monkeypatch.setattr(kind, "encode", counting)
    return counted


def test_an_unknown_name_gets_the_same_answer_for_the_same_work(hashed: Counted) -> None:
    somebody()
    closed = somebody("closed", role="editor")
    User.objects.filter(pk=closed.pk).update(is_active=False)
    answers, work = [], []
    for name, password in (("somebody", "wrong"), ("nobody", "wrong"), ("closed", PASSWORD)):
        hashed.times = 0
        answer = try_password(Client(), name, password)
        work.append(hashed.times)
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
        answers.append((answer.status_code, page.replace(f'value="{name}"', "")))
    assert answers[0] == answers[1] == answers[2]
    assert "do not belong together" in answers[0][1]
    assert work == [1, 1, 1]


def test_nobody_can_sign_up_or_have_a_password_sent() -> None:
    for address in ("/accounts/signup/", "/accounts/password/reset/", "/accounts/email/", "/accounts/login/"):
        assert Client().get(address).status_code == 404, address
        assert Client().post(address, {"username": "new", "password1": PASSWORD}).status_code == 404, address


# -- the second factor -------------------------------------------------------------------------------


def test_who_may_approve_is_led_to_enrolment_before_any_room_opens() -> None:
    somebody()
    client = Client()
    assert try_password(client, "somebody", PASSWORD).headers["Location"] == "/admin/"
    rooms = [
        "/admin/",
        reverse("admin:claims_claim_changelist"),
        reverse("admin:claims_verdictversion_add"),
        "/admin/desk/",
    ]
    for address in rooms:
        for answer in (client.get(address), client.post(address)):
            assert (answer.status_code, answer.headers["Location"]) == (302, ENROL), address
    page = client.get(ENROL).content.decode()
    assert 'src="data:image/svg+xml;base64,' in page
    enrol(client)
    codes = re.findall(r"<code>(\d{8})</code>", client.get("/accounts/2fa/recovery-codes/").content.decode())
    assert len(set(codes)) == 10
    assert client.get("/admin/").status_code == 200


def test_an_approval_without_the_second_factor_changes_nothing() -> None:
    from claims import editing

    version = publishing.draft(publishing.claim("without-factor"))
    editing.submit_for_review(version, actor=publishing.person("author"), at=publishing.START)
    person = somebody()
    client = Client()
    client.force_login(person)
    given = dict.fromkeys(list(editing.CHECKLIST), "on") | {"claimant_contact": "None is known."}
    given["edited_at"] = version.edited_at.isoformat()
    address = reverse("admin:claims_version_step", args=[version.pk, "approve"])
    assert client.post(address, given).headers["Location"] == ENROL
    assert not version.approvals.exists()
    assert signed_in(person).post(address, given).status_code == 302
    assert version.approvals.get().approver == person


def test_the_next_sign_in_asks_for_a_code_and_takes_each_code_once(time_machine: Any) -> None:
    somebody()
    first = Client()
    try_password(first, "somebody", PASSWORD)
    secret = enrol(first)
    second = Client()
    assert try_password(second, "somebody", PASSWORD).headers["Location"] == "/accounts/2fa/authenticate/"
    assert second.get("/admin/").headers["Location"].startswith(DOOR), "a password alone is half a key"
    assert "not valid" in second.post("/accounts/2fa/authenticate/", {"code": "000000"}).content.decode()
    time_machine.move_to(datetime.now(UTC) + timedelta(seconds=60))
    code = code_of(secret)
    assert second.post("/accounts/2fa/authenticate/", {"code": code}).headers["Location"] == "/admin/"
    assert second.get("/admin/").status_code == 200
    third = Client()
    try_password(third, "somebody", PASSWORD)
    assert third.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 200, "used before"
    recovery = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    assert third.post("/accounts/2fa/authenticate/", {"code": recovery}).status_code == 302
    fourth = Client()
    try_password(fourth, "somebody", PASSWORD)
    assert fourth.post("/accounts/2fa/authenticate/", {"code": recovery}).status_code == 200, "used before"


def test_guessing_codes_is_stopped_too() -> None:
    somebody()
    client = Client()
    try_password(client, "somebody", PASSWORD)
    secret = enrol(client)
    thief = Client()
    try_password(thief, "somebody", PASSWORD)
    statuses = [
        thief.post("/accounts/2fa/authenticate/", {"code": f"{n:06}"}).status_code for n in range(LIMIT)
    ]
    assert statuses == [200] * LIMIT
    answer = thief.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "300")
    assert [event for event, _ in events()].count("refused") == LIMIT


def test_a_session_from_before_the_enrolment_is_over() -> None:
    somebody()
    thief, owner = Client(), Client()
    try_password(thief, "somebody", PASSWORD)
    try_password(owner, "somebody", PASSWORD)
    enrol(owner)
    assert thief.get("/accounts/2fa/").headers["Location"].startswith(DOOR)
    assert "_auth_user_id" not in thief.session
    assert thief.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert Authenticator.objects.filter(type="totp").exists()


def test_a_lost_device_is_answered_by_a_command() -> None:
    person = somebody()
    client = Client()
    try_password(client, "somebody", PASSWORD)
    enrol(client)
    call_command("reset_second_factor", "somebody", verbosity=0)
    assert not Authenticator.objects.filter(user=person).exists()
    assert client.get("/admin/").headers["Location"] == ENROL
    assert events()[-1] == ("factor_removed", "somebody")


def test_the_secret_rests_encrypted_and_another_key_of_the_site_opens_nothing(settings: Any) -> None:
    somebody()
    client = Client()
    try_password(client, "somebody", PASSWORD)
    secret = enrol(client)
    rows = Authenticator.objects.all()
    assert secret not in str([row.data for row in rows])
    kept = rows.get(type="totp").wrap()
    settings.SECRET_KEY = "another" * 10
    for code in (code_of(secret), code_of("")):
        assert not kept.validate_code(code)


def test_who_may_not_approve_needs_no_second_factor_and_may_have_one() -> None:
    somebody(role="editor")
    client = Client()
    try_password(client, "somebody", PASSWORD)
    assert client.get("/admin/").status_code == 200
    enrol(client)
    assert try_password(Client(), "somebody", PASSWORD).headers["Location"] == "/accounts/2fa/authenticate/"


def test_who_is_no_editor_meets_a_page_that_says_so() -> None:
    person = somebody(role="contributor")
    User.objects.filter(pk=person.pk).update(is_staff=False)
    client = Client()
    try_password(client, "somebody", PASSWORD)
    answer = client.get("/admin/")
    assert answer.status_code == 403
    assert "Not for this account" in answer.content.decode()


# -- sessions ----------------------------------------------------------------------------------------


def test_a_stolen_cookie_dies_when_the_password_changes() -> None:
    person = somebody()
    owner, thief = signed_in(person), Client()
    thief.cookies["sessionid"] = owner.cookies["sessionid"].value
    elsewhere = signed_in(person)
    for client in (owner, thief, elsewhere):
        assert client.get("/admin/").status_code == 200
    fresh = "another long password of the tests"
    given = {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh}
    assert owner.post("/admin/password_change/", given).status_code == 302
    for client in (owner, thief, elsewhere):
        answer = client.get("/admin/")
        assert (answer.status_code, answer.headers["Location"]) == (302, f"{DOOR}?next=/admin/")
    assert SignIn.objects.filter(event="password_changed", person=person).count() == 1


def test_a_new_password_from_the_command_line_ends_sessions_too() -> None:
    person = somebody()
    client = signed_in(person)
    person.set_password("set by an administrator")
    person.save()
    assert client.get("/admin/").status_code == 302
    assert SignIn.objects.filter(event="password_changed", person=person).latest("pk").address == ""


def test_the_cookie_of_a_session_is_the_browsers_alone_and_ends_with_it() -> None:
    somebody(role="editor")
    client = Client()
    try_password(client, "somebody", PASSWORD)
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["expires"]
    assert not cookie["max-age"]


# -- the record --------------------------------------------------------------------------------------


def test_it_records_who_came_went_and_was_refused_and_no_password_typed_as_a_name() -> None:
    somebody()
    client = Client()
    try_password(client, "my secret passphrase", "somebody")
    try_password(client, "my secret passphrase", "somebody")
    try_password(client, "somebody", PASSWORD)
    enrol(client)
    client.post("/admin/logout/")
    found = events()
    assert [event for event, _ in found] == ["refused", "refused", "signed_in", "factor_added", "signed_out"]
    assert found[0] == found[1], "the same attempt is recognised"
    assert re.fullmatch(r"unknown name [0-9a-f]{12}", found[0][1])
    assert not SignIn.objects.filter(username__contains="secret").exists()
    assert set(
        SignIn.objects.filter(event__in=["refused", "signed_in"]).values_list("address", flat=True)
    ) == {"127.0.0.1"}


def test_the_record_of_sign_ins_only_grows() -> None:
    somebody(role="editor")
    try_password(Client(), "somebody", PASSWORD)
    for change in (lambda: SignIn.objects.update(username="other"), lambda: SignIn.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()


def test_only_chief_editors_read_the_record_of_sign_ins() -> None:
    address = reverse("admin:claims_signin_changelist")
    assert signed_in(somebody("chief", role="chief editor")).get(address).status_code == 200
    assert signed_in(somebody("reviewer-of-the-tests")).get(address).status_code == 403


@pytest.mark.parametrize(
    "page", [ENROL, "/accounts/2fa/webauthn/add/", "/accounts/2fa/recovery-codes/generate/"]
)
def test_nothing_is_kept_of_what_a_stranger_sends_to_an_account(page: str) -> None:
    answer = Client().post(page, {"code": "x" * 1000})
    assert answer.headers["Location"] == f"{DOOR}?next={page}"
    assert not Session.objects.exists()


def test_pages_of_the_sign_in_are_kept_by_nobody() -> None:
    somebody()
    client = Client()
    try_password(client, "somebody", PASSWORD)
    for asked, address in (
        (Client(), DOOR),
        (client, ENROL),
        (client, "/accounts/2fa/"),
        (client, "/admin/"),
    ):
        assert "no-store" in asked.get(address).headers.get("Cache-Control", ""), address
