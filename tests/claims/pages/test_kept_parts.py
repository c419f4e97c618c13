"""The article of a claim's page is written once for everything it is made of, and anew when any of it moves."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import count

import pytest
from django.test import Client
from django.utils.translation import override

from claims import editing
from claims.kept_parts import made_of
from claims.models import CheckRun, Claim, ClaimCheck, ClaimRelation, SourceCheck
from claims.views import claim as view
from ephemeris.models import ArchiveStatusChange, Campaign
from tests.claims import publishing
from tests.claims.publishing import START

pytestmark = pytest.mark.django_db
_numbers = count()
_LATER = START + timedelta(hours=1)


def read(client: Client, address: str = "/claims/watched/") -> str:
    """The page under an address that nobody asked for before, so that no whole answer is kept of it."""
    answer = client.get(f"{address}?fresh={next(_numbers)}")
    assert answer.status_code == 200
    # the footer leads to the same address in the other language
    return re.sub(r"fresh=\d+", "", answer.content.decode())


@pytest.fixture
def row() -> Claim:
    """A published claim with a check, a campaign and a related claim."""
    row, other = publishing.claim("watched"), publishing.claim("beside-it")
    ClaimCheck.objects.create(claim=row, name="excess_speed", params={"object": "3I"})
    ClaimRelation.objects.create(claim=row, other=other, relation="repeats")
    publishing.published(row)
    publishing.published(other)
    row.refresh_from_db()
    return row


def test_everything_that_moves_is_on_the_page_at_once(client: Client, row: Claim) -> None:
    version = row.current_version
    assert version is not None
    post = publishing.source("post-2025")
    other = Claim.objects.get(slug="beside-it")

    def marked() -> None:
        editing.mark_stale(version, reason="orbit_changed", detail="JPL 52 replaced JPL 51.", subject_key="JPL52", at=_LATER)  # fmt: skip

    def declared() -> None:
        third = publishing.person("third")
        editing.declare_conflict(row, person=third, statement="Wrote the paper.", actor=third, at=_LATER)

    def computed() -> None:
        CheckRun.objects.create(
            claim=row, name="excess_speed", params={"object": "3I"}, outcome="confirmed", sentence="A run of this test.",
            result={}, inputs=[], as_of=_LATER, ran_at=_LATER,
        )  # fmt: skip

    def looked() -> None:
        SourceCheck.objects.create(
            source=post, watch="page", asked_at=_LATER, finished_at=_LATER, outcome="looked", state="gone", sentence="Gone.",
            query="GET", idempotency_key="one",
        )  # fmt: skip

    def opened() -> None:
        ArchiveStatusChange.objects.create(
            campaign=publishing.campaign(), at=_LATER, after="public", cause="editor"
        )

    def corrected() -> None:
        Campaign.objects.filter(pk=publishing.campaign().pk).update(instrument="Other Camera")

    def reworded() -> None:
        Claim.objects.filter(pk=other.pk).update(title="Another wording beside it")
        other.refresh_from_db()
        publishing.published(other, "supported", at=_LATER, reason_code="wording", severity="clarification")

    def revised() -> None:
        publishing.published(row, "outdated", at=_LATER, reason_code="new_evidence", severity="verdict_change", change_note="Hubble again.")  # fmt: skip

    steps = {
        "JPL 52 replaced JPL 51.": marked, "Wrote the paper.": declared, "A run of this test.": computed,
        "Page gone": looked, "<b>Public</b>": opened, "Other Camera": corrected,
        "Another wording beside it": reworded, "Hubble again.": revised,
    }  # fmt: skip
    for words, happens in steps.items():
        assert words not in read(client), words
        happens()
        assert words in read(client), words


def test_it_is_written_once_for_what_it_is_made_of(
    client: Client, row: Claim, monkeypatch: pytest.MonkeyPatch
) -> None:
    arranged: list[int] = []
    arranges = view.of_version
    monkeypatch.setattr(view, "of_version", lambda *given: arranged.append(1) or arranges(*given))
    first = read(client)
    assert read(client) == first
    assert len(arranged) == 1
    # a publication elsewhere retires every whole answer and leaves this article as it is
    publishing.published(publishing.claim("elsewhere"))
    assert read(client) == first
    assert len(arranged) == 1
    german = read(client, "/de/claims/watched/")
    assert len(arranged) == 2
    assert "Belege" in german
    assert "Belege" not in read(client)
    assert len(arranged) == 2


def test_a_withdrawal_takes_the_article_with_it(client: Client, row: Claim) -> None:
    read(client)
    editing.withdraw(
        row, actor=publishing.person("reviewer"), reason="It was somebody else's claim.", at=_LATER
    )
    assert client.get("/claims/watched/?fresh=gone").status_code == 410


def test_the_key_tells_apart_what_a_page_could_tell_apart(row: Claim) -> None:
    same = made_of("a", {"b": [1, 2]}, row)
    assert made_of("a", {"b": [1, 2]}, row) == same
    row.title = "Another"
    others = [
        made_of("a", {"b": [1, 2]}, row),
        made_of("a", {"b": [2, 1]}),
        made_of("a", {"b": (1, 2)}, None),
        made_of("a", "b", 1, 2),
        made_of("a", "b", "1", 2),
    ]
    with override("de"):
        others.append(made_of("a", "b", 1, 2))
    assert len({same, *others}) == len(others) + 1
