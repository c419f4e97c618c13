"""Claims and appearances in bulk: what goes out comes back unchanged, all faults at once, drafts only."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from claims import editing
from claims.exchange.spreadsheets import guarded, unguarded
from claims.models import Appearance, Claim, EditorialLog, VerdictVersion
from claims.queries import published_claims
from tests.claims import publishing
from tests.claims.desk.people import at_the_desk

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/desk/exchange/"
WORDS = " ".join(["word"] * 80)


@pytest.fixture(autouse=True)
def facts(own_record: None) -> None:
    publishing.small_body(), publishing.source(), publishing.measurement(), publishing.campaign()


def claim_row(slug: str = "brand-new", **given: Any) -> dict[str, Any]:
    """A claim as a file of the catalogue has it, without a fault."""
    plain = slug.replace("-", " ")
    return {
        "slug": slug, "object": "3I", "title": f"A title of {plain}"[:60], "statement": f"The claim {plain} is a sentence.",
        "truth_condition": "The sentence is true if and only if this holds.", "kind": "measurement",
        "topic": "size-mass", "aliases": [f"{plain} one way", f"{plain} another way", f"{plain} third way"],
        "asserted": [{"quantity": "nucleus_radius", "value": 23.0, "unit": "km", "relation": "eq"}],
        "appearances": [{"source": publishing.source().key, "phrase": "wide as a city", "stance": "asserts", "first_seen": "2026-09-01"}],
        "review": {
            "verdict": "contradicted", "confidence": "high", "confidence_basis": "Hubble isolated it.",
            "one_line": "The measured radius is 1.3 km.", "key_points": ["The coma is wide.", "The nucleus is not."],
            "rationale": WORDS, "would_change": "A direct image.", "evidence_cutoff": "2026-10-01",
            "next_review": "2027-10-01",
            "evidence": [{"measurement": publishing.measurement().key, "stance": "refutes"}],
        },
        **given,
    }  # fmt: skip


def look(client: Client, rows: Any, what: str = "claims", form: str = "json", **more: str) -> Any:
    text = rows if isinstance(rows, str) else json.dumps({what: rows}, indent=1)
    return client.post(ADDRESS, {"what": what, "form": form, "text": text, **more}, follow=True)


def carry_out(client: Client, rows: Any, what: str = "claims", form: str = "json") -> Any:
    return look(client, rows, what, form, carry_out="1")


def faults(answer: Any) -> list[str]:
    return [str(problem) for problem in answer.context["plan"].problems]


def exported(client: Client, name: str) -> str:
    answer = client.get(f"{ADDRESS}{name}")
    assert answer.status_code == 200
    return b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]


def test_a_dry_run_tells_what_would_be_and_writes_nothing() -> None:
    client = at_the_desk("importer", "editor")
    rows = EditorialLog.objects.count()
    answer = look(client, [claim_row()])
    assert faults(answer) == []
    assert "new claim <b>brand-new</b>, as a draft" in answer.content.decode()
    assert not Claim.objects.filter(slug="brand-new").exists()
    assert EditorialLog.objects.count() == rows


@pytest.mark.parametrize("form", ["json", "csv"])
def test_an_import_makes_drafts_and_nothing_public(form: str) -> None:
    client = at_the_desk("importer", "editor")
    rows: Any = [
        claim_row("brand-new", related=[{"slug": "second-one", "relation": "narrows"}]),
        claim_row("second-one"),
    ]
    if form == "csv":
        from claims.exchange.shapes import CLAIMS
        from claims.exchange.writing import written

        rows = "".join(written(iter(rows), "csv", CLAIMS))
    answer = carry_out(client, rows, form=form)
    assert "Imported as drafts: 2 new claims" in answer.content.decode(), answer.content.decode()[-4000:]
    row = Claim.objects.get(slug="brand-new")
    version = row.versions.get()
    assert (version.state, version.author.get_username(), version.review_level) == (
        "draft",
        "importer",
        "signed",
    )
    assert version.evidence.get().measurement == publishing.measurement()
    assert row.asserted.get().value == 23.0
    assert str(row.appearances.get().first_seen) == "2026-09-01"
    assert row not in published_claims()
    assert Client().get("/claims/brand-new/").status_code == 404
    assert [entry.action for entry in EditorialLog.objects.filter(claim=row).order_by("pk")] == [
        "add_claim",
        "draft",
    ]
    assert editing.first_broken_log_row() is None
    # the importer is the author and cannot approve
    editing.submit_for_review(version, actor=version.author, at=version.edited_at)
    with pytest.raises(editing.EditingRefused):
        editing.approve(
            version, approver=version.author, at=version.edited_at, checklist=publishing.CHECKLIST
        )


def test_all_faults_come_at_once_with_their_lines_and_nothing_is_written() -> None:
    client = at_the_desk("importer", "editor")
    bad = claim_row("second", title="Short", object="9I", verdict="true")
    bad["review"] |= {
        "verdict": "proven",
        "next_review": "2026-11-01",
        "evidence": [{"source": "no-such", "stance": "refutes"}],
    }
    answer = carry_out(client, [claim_row(), bad, claim_row("brand-new"), "no object"])
    found = "\n".join(faults(answer))
    for words in (
        "unknown field verdict", "title has 5 characters", "object '9I' does not exist", "'proven' is not one of",
        "next_review is 31 days after", "evidence source 'no-such' does not exist", "is in the file twice",
        "is not an object",
    ):  # fmt: skip
        assert words in found, words
    text = json.dumps({"claims": [claim_row(), bad]}, indent=1)
    line = text[: text.index('"second"')].count("\n") + 1
    assert f"claims.json:{line - 1}: claim second: title has 5 characters" in found
    assert not Claim.objects.filter(slug="brand-new").exists()


@pytest.mark.parametrize(
    ("form", "text", "words"),
    [
        ("json", "{", "is not JSON"),
        ("json", "[]", "expected"),
        ("json", '{"claims": [NaN]}', "NaN is not a number"),
        ("json", "[" * 100_000, "is not JSON"),
        ("csv", "slug,colour\nx,red\n", "columns are slug, colour"),
        ("csv", "slug,title\nx\n", "has 1 cells under 2 columns"),
        ("csv", 'slug,title\nx,"open\n', "is not CSV"),
        ("csv", "slug,asserted\nx,[{\n", "asserted is not JSON"),
    ],
)
def test_a_broken_file_is_told_in_words(form: str, text: str, words: str) -> None:
    found = faults(look(at_the_desk("importer", "editor"), text, form=form))
    assert any(words in fault for fault in found), found


def test_what_goes_out_comes_back_unchanged() -> None:
    publishing.published(publishing.claim("standing"))
    publishing.draft(publishing.claim("begun", statement="=HYPERLINK(1) is a formula."))
    client = at_the_desk("importer", "editor")
    for form in ("json", "csv"):
        for what, number in (("claims", 2), ("appearances", 2)):
            answer = look(client, exported(client, f"{what}.{form}"), what, form)
            assert faults(answer) == [], (form, what)
            assert answer.context["plan"].counts["unchanged"] == number
            assert sum(answer.context["plan"].counts.values()) == number


def test_no_cell_of_an_export_is_a_formula() -> None:
    publishing.claim("dangerous", title="=cmd|' /C calc'!A0", statement="@SUM(1)", truth_condition="-1+2")
    client = at_the_desk("importer", "editor")
    for row in csv.reader(io.StringIO(exported(client, "claims.csv"))):
        assert not [cell for cell in row if cell[:1] in "=+-@\t\r" and cell]


@given(st.text(alphabet="'=+-@\t\rab", max_size=6))
def test_an_apostrophe_before_a_formula_can_be_taken_back(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded("'Oumuamua") == "'Oumuamua"


def test_a_changed_verdict_becomes_the_draft_of_the_next_version() -> None:
    client = at_the_desk("importer", "editor")
    carry_out(client, [claim_row()])
    version = VerdictVersion.objects.select_related("claim").get(claim__slug="brand-new")
    editing.submit_for_review(version, actor=version.author, at=version.edited_at)
    editing.approve(
        version, approver=publishing.person("reviewer"), at=version.edited_at, checklist=publishing.CHECKLIST
    )
    editing.publish(version, actor=publishing.person("reviewer"), at=version.edited_at)
    row = json.loads(exported(client, "claims.json"))["claims"][0]
    row["review"]["verdict"] = "misleading"
    assert any("reason_code is missing" in fault for fault in faults(look(client, [row])))
    row["change"] = {
        "reason_code": "new_evidence",
        "severity": "verdict_change",
        "change_note": "Read once more.",
    }
    moved = row | {"statement": "Another sentence altogether."}
    assert any(
        "differs in statement: change that at the desk" in fault for fault in faults(look(client, [moved]))
    )
    assert "1 next versions" in carry_out(client, [row]).content.decode()
    second = VerdictVersion.objects.get(claim__slug="brand-new", number=2)
    assert (second.state, second.verdict, second.severity) == ("draft", "misleading", "verdict_change")
    row["review"]["verdict"] = "mixed"
    assert any("version 2 is still draft" in fault for fault in faults(look(client, [row])))
    assert "misleading" not in Client().get("/claims/brand-new.json").content.decode()


def test_appearances_come_in_and_stay_private_until_the_next_version() -> None:
    publishing.published(publishing.claim("standing"))
    client = at_the_desk("importer", "editor")
    row = {
        "claim": "standing", "source": publishing.source().key, "phrase": "zirconium in the headline",
        "stance": "asserts", "first_seen": "2026-10-05",
    }  # fmt: skip
    bad = [
        row | {"claim": "nobody"},
        row | {"stance": "shouts"},
        row | {"phrase": "one two three four five six seven eight nine"},
    ]
    found = "\n".join(faults(carry_out(client, bad, "appearances")))
    for words in ("claim 'nobody' does not exist", "'shouts' is not one of", "quoted phrase has 9 words"):
        assert words in found
    assert Appearance.objects.count() == 1
    assert "1 appearances" in carry_out(client, [row], "appearances").content.decode()
    assert "1 unchanged" in look(client, [row], "appearances").content.decode()
    assert "another stance, day or state" in "\n".join(
        faults(look(client, [row | {"stance": "refutes"}], "appearances"))
    )
    entry = EditorialLog.objects.get(action="edit_claim")
    assert "zirconium in the headline" in entry.after["added"][0]
    for address in ("/claims/standing/", f"/sources/{publishing.source().key}/", "/claims/standing.json"):
        assert "zirconium" not in Client().get(address).content.decode(), address


def test_an_import_writes_a_hundred_claims_at_once_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("claims.exchange.plan.MOST_AT_ONCE", 2)
    client = at_the_desk("importer", "editor")
    rows = [claim_row(f"one-of-{name}") for name in ("many", "several", "three")]
    answer = carry_out(client, rows)
    assert [fault for fault in faults(answer) if "would write 3 drafts, at once at most 2: split it" in fault]
    assert not Claim.objects.exists()
    assert "Imported as drafts: 2 new claims" in carry_out(client, rows[:2]).content.decode()
    assert "Imported as drafts: 1 new claims, 2 unchanged" in carry_out(client, rows).content.decode()
    seen = [
        {"claim": row["slug"], "source": publishing.source().key, "phrase": f"words number {number}", "stance": "asserts"}
        for row in rows for number in range(2)
    ]  # fmt: skip
    answer = carry_out(client, seen, "appearances")
    assert any(
        "would write 3 claims with their appearances, at once at most 2" in fault for fault in faults(answer)
    )
    assert "4 appearances" in carry_out(client, seen[:4], "appearances").content.decode()


def test_a_file_is_read_and_a_wrong_one_refused() -> None:
    client = at_the_desk("importer", "editor")
    text = json.dumps({"claims": [claim_row()]}).encode()

    def upload(content: bytes) -> Any:
        file = SimpleUploadedFile("claims.json", content)
        return client.post(ADDRESS, {"what": "claims", "form": "json", "file": file})

    assert faults(upload(b"\xef\xbb\xbf" + text)) == []
    assert "not UTF-8" in upload(b"\xff\xfe" + text).content.decode()
    assert "split it" in upload(b" " * 900_001).content.decode()
    assert (
        "either a file or a text" in client.post(ADDRESS, {"what": "claims", "form": "json"}).content.decode()
    )


def test_only_who_may_add_claims_imports() -> None:
    from django.contrib.auth.models import User

    reader = User.objects.create_user("reader", password="reader-password", is_staff=True)
    client = Client()
    client.force_login(reader)
    assert client.get(ADDRESS).status_code == 403
    assert client.get(f"{ADDRESS}claims.csv").status_code == 403
    assert look(client, [claim_row()]).status_code == 403
    assert Client().get(f"{ADDRESS}claims.csv").status_code == 302
    assert at_the_desk("importer", "editor").get(f"{ADDRESS}claims.exe").status_code == 404


def test_an_export_costs_the_same_for_few_claims_and_for_many() -> None:
    client = at_the_desk("importer", "editor")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            exported(client, "claims.json")
            exported(client, "appearances.csv")
        return len(captured)

    publishing.published(publishing.claim("one"))
    few = queries()
    for place in range(8):
        publishing.published(publishing.claim(f"more-{place}"))
    assert queries() == few
