"""The history of a verdict: every published version with its word differences, and nothing else."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from claims import editing
from claims.models import Appearance, Claim, Evidence, VerdictVersion
from claims.views.claim import SHOWN_VERSIONS
from tests.claims import publishing

pytestmark = pytest.mark.django_db
START = publishing.START


def next_version(row: Claim, number: int, by: str = "reviewer", **words: object) -> VerdictVersion:
    """Version ``number`` of a claim, a day after the last."""
    at = START + timedelta(days=number)
    version = publishing.draft(
        row, at=at, reason_code="new_evidence", severity="correction", change_note=f"Change {number}."
    )
    version = VerdictVersion.objects.select_related("claim").get(pk=version.pk)
    evidence = [Evidence(source=publishing.source(), stance="refutes")]
    version = editing.edit_version(
        version, dict(words), editor=publishing.person("author"), at=at, evidence=evidence
    )
    editing.submit_for_review(version, actor=publishing.person("author"), at=at)
    editing.approve(version, approver=publishing.person(by), at=at, checklist=publishing.CHECKLIST)
    return editing.publish(version, actor=publishing.person("reviewer"), at=at)


def test_it_shows_what_each_version_changed(client: Client) -> None:
    row = publishing.claim("twice-read")
    publishing.published(row)
    next_version(row, 2, one_line="The measured radius is 2.6 km.")
    page = client.get("/claims/twice-read/history/").content.decode()
    assert "The measured radius is <del>1.3 </del><ins>2.6 </ins>km." in page
    assert "Evidence removed" in page
    assert "Evidence changed" in page
    assert "Change 2." in page
    assert "The first version." in page


def test_it_shows_which_relations_came_and_went_and_names_no_draft(client: Client) -> None:
    row, other, secret = (publishing.claim(slug) for slug in ("twice-read", "known", "secret-draft"))
    publishing.published(other)
    publishing.published(row)
    for named in (other, secret):
        row.relations.create(other=named, relation="narrows")
    publishing.published(row, at=START, reason_code="wording", severity="clarification")
    address = "/claims/twice-read/history/"
    page = client.get(address).content.decode()
    assert "<ins>narrows <a" in page
    assert 'href="/claims/known/">Known</a></ins>' in page
    assert "Not a word and not a fact" not in page
    assert "Secret draft" not in page
    row.relations.all().delete()
    publishing.published(row, at=START, reason_code="wording", severity="clarification")
    assert "<del>narrows Known</del>" in client.get(address).content.decode()


def test_an_open_version_is_not_part_of_it(client: Client) -> None:
    row = publishing.claim("twice-read")
    publishing.published(row)
    before = client.get("/claims/twice-read/history/").content
    version = VerdictVersion.objects.select_related("claim").get(pk=publishing.draft(row).pk)
    editing.edit_version(version, {"one_line": "zirconium"}, editor=publishing.person("author"), at=START)
    after = client.get("/claims/twice-read/history/").content
    assert b"zirconium" not in after
    assert b"1 published" in before
    assert b"1 published" in after


def test_it_pages_a_long_history_without_a_gap(client: Client) -> None:
    row = publishing.claim("read-again-and-again")
    publishing.published(row)
    for number in range(2, SHOWN_VERSIONS + 4):
        next_version(row, number)
    first = client.get("/claims/read-again-and-again/history/").content.decode()
    assert first.count('<h3 id="v') == SHOWN_VERSIONS
    assert 'href="?before=4"' in first
    last = client.get("/claims/read-again-and-again/history/?before=4").content.decode()
    assert last.count('<h3 id="v') == 3
    assert "The first version." in last
    for wrong in ("x", "-1", "٣", "9" * 12):
        assert client.get(f"/claims/read-again-and-again/history/?before={wrong}").status_code == 400


def test_a_pinned_version_keeps_its_bytes_whatever_happens_to_its_claim(client: Client) -> None:
    row = publishing.claim("pinned-for-good")
    first = publishing.published(row)
    base = "/claims/pinned-for-good/v/1"
    addresses = [
        f"{base}.json", f"{base}/cite.bib", f"{base}/cite.ris", f"{base}/cite.csl.json", f"{base}/sources.bib",
        "/api/v1/claims/pinned-for-good/versions/1/", "/claims/pinned-for-good/card.png?v=1",
    ]  # fmt: skip

    def answers() -> dict[str, bytes]:
        found = {address: client.get(address) for address in addresses}
        assert {answer.status_code for answer in found.values()} == {200}
        return {address: answer.content for address, answer in found.items()}

    def page() -> str:
        """The page but for the one sentence that names the version which is current."""
        text = client.get(f"{base}/").content.decode()
        return re.sub(r'(It is kept unchanged\.)\s*<a href="/claims/pinned-for-good/">[^<]*</a>', r"\1", text)

    before, page_before = answers(), page()
    person = publishing.person("reviewer")
    row.refresh_from_db()
    row.aliases, row.truth_condition = ["another"], "Something else."
    row.save()
    row.asserted.update(value=99.0)
    editing.add_appearances(
        row,
        [Appearance(source=publishing.source(), phrase="new words", stance="refutes")],
        actor=person,
        at=START,
    )
    editing.declare_conflict(row, person=person, statement="A co-author.", actor=person, at=START)
    editing.mark_stale(first, "orbit_changed", "Another orbit.", at=START)
    publishing.source().__class__.objects.filter(key=publishing.source().key).update(title="Corrected title")
    next_version(row, 2, one_line="Otherwise.", by="second-reviewer")
    assert answers() == before
    assert page() == page_before
