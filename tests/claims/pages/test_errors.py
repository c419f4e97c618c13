"""Pages for requests that cannot be answered: they say what was wrong and never fail themselves."""

from __future__ import annotations

import pytest
from django.test import Client, RequestFactory

from claims.views.errors import our_error, too_many_requests

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("/claims/no-such-claim/", "no-such-claim"),
        ("/objects/9I/", "3I, 2I, 1I"),
        ("/sources/no-such-source/", "no-such-source"),
        ("/measurements/no-such-measurement/", "no-such-measurement"),
        ("/claims/nickel-vapour-detected/v/7/", "Version 7"),
        ("/nowhere/", "Nothing stands at this address"),
    ],
)
def test_it_says_what_is_not_there(client: Client, address: str, named: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    page = answer.content.decode()
    assert all(part in page for part in named.split(", "))
    assert page.count("<h1>") == 1


@pytest.mark.parametrize(
    "address", ["/sources/%00/", "/objects/%00/", "/claims/%00/", "/measurements/a%00/", "/%ff/"]
)
def test_it_refuses_addresses_that_no_row_can_have(client: Client, address: str) -> None:
    assert client.get(address).status_code in (400, 404)


def test_it_says_when_to_come_back(rf: RequestFactory) -> None:
    answer = too_many_requests(rf.get("/"), 30)
    assert answer.status_code == 429
    assert answer["Retry-After"] == "30"
    assert "30 seconds" in answer.content.decode()


def test_it_owns_its_errors_without_database_or_stylesheet(
    rf: RequestFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    from claims.views import errors

    def missing(name: str) -> str:
        raise ValueError(f"Missing staticfiles manifest entry for {name!r}")

    assert "hyperbole.css" in our_error(rf.get("/")).content.decode()
    monkeypatch.setattr(errors.staticfiles_storage, "url", missing)
    answer = our_error(rf.get("/"))
    assert answer.status_code == 500
    assert "This is our error" in answer.content.decode()


def test_it_answers_a_failing_view_with_that_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from claims.views import record

    def fails() -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr(record, "latest_integrity_run", fails)
    client.raise_request_exception = False
    answer = client.get("/status/")
    assert answer.status_code == 500
    assert "This is our error" in answer.content.decode()
    assert "planted" not in answer.content.decode()
    assert "default-src 'none'" in answer["Content-Security-Policy"]
