"""Readers are served by a database that refuses every write: web machines beside a replica need no more (decision 0013)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from claims.kept import forget_everything
from claims.models import StaleMark
from claims.tasks import dump_open_data
from tests.claims.pages.test_visibility import MORE, filled, hidden_claims, public_routes, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def slugs(tmp_path: Path, settings: Any) -> Iterator[list[str]]:
    """A record with unpublished texts beside it, which nobody can write to any more."""
    settings.VAR_DIR = tmp_path / "var"
    settings.API_REQUESTS_PER_MINUTE = 100_000
    hidden = hidden_claims()
    dump_open_data()
    forget_everything()
    connection.check_constraints()  # PostgreSQL would look at what was written above when the test ends
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON" if sqlite else "SET TRANSACTION READ ONLY")
    yield hidden
    if sqlite:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = OFF")


def test_every_public_address_answers(slugs: list[str], client: Client) -> None:
    addresses = [address for route in public_routes() for address in filled(route, slugs)] + MORE
    for address in addresses:
        answer = client.get(address)
        text_of(answer)  # files are read while they are sent
        assert answer.status_code < 500, address
    text = {"text": "Pure nickel and no iron: 3I/ATLAS is an alloy."}
    assert client.post("/check/", text).status_code == 200
    assert client.post("/api/v1/match", text, content_type="application/json").status_code == 200
    with pytest.raises(DatabaseError), transaction.atomic():
        StaleMark.objects.update(detail="Not on a replica.")
