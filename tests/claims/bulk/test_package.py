"""The bulk package: valid, complete, the same for the same record, and without what may not be passed on."""

import csv
import hashlib
import io
import json
import zipfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import frictionless
import pytest
from django.core.management import call_command
from django.test import Client

from claims import editing
from claims.bulk import package, store
from claims.bulk.tables import TABLES, may_be_passed_on
from claims.models import Source, SourceCheck
from claims.tasks import dump_open_data
from ephemeris.models import ArchivePoll, ArchiveStatusChange
from tests.claims.publishing import START, campaign, claim, draft, measurement, person, published, source

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_state(tmp_path: Path, settings: Any) -> None:
    settings.VAR_DIR = tmp_path / "var"


def table(folder: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / f"{name}.csv").read_text())))


def body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def a_record() -> None:
    """Claims with two versions, a stale mark, polls and a transition; a draft and a withdrawn claim beside them."""
    row = claim()
    published(row)
    later = START + timedelta(days=1)
    second = published(row, "supported", at=later, reason_code="new_evidence", severity="verdict_change")
    editing.mark_stale(second, "orbit_changed", "A new solution.", at=later)
    published(claim("another", body="2I"))
    draft(claim("secret-draft"))
    gone = claim("secret-withdrawn")
    published(gone)
    editing.withdraw(gone, actor=person("reviewer"), at=later, reason="A duplicate.")
    poll = ArchivePoll.objects.create(
        campaign=campaign(), archive="mast", asked_at=START, outcome="answered", query_text="SELECT 1,\n2",
        counts={"raw public": 3}, idempotency_key="1",
    )  # fmt: skip
    ArchiveStatusChange.objects.create(
        campaign=campaign(), at=START, after="public", cause="archive", poll=poll
    )
    looked_at(source(), "looked", "gone")
    looked_at(source(), "could_not_look", "")


def looked_at(row: Source, outcome: str, state: str) -> None:
    SourceCheck.objects.create(
        source=row, watch="page", asked_at=START, finished_at=START, outcome=outcome, state=state, sentence="Seen.",
        query="GET", idempotency_key=f"{row.key} {outcome}",
    )  # fmt: skip


def test_a_validator_from_outside_passes_it(tmp_path: Path) -> None:
    a_record()
    call_command("dump_open_data", str(tmp_path / "dump"), verbosity=0)
    report = frictionless.validate(str(tmp_path / "dump" / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    assert len(report.tasks) == len(TABLES)


def test_it_holds_the_published_record_and_nothing_else(tmp_path: Path) -> None:
    a_record()
    descriptor = package.write_package(tmp_path)
    assert [row["slug"] for row in table(tmp_path, "claims")] == ["another", "as-wide-as-a-city"]
    assert table(tmp_path, "claims")[1]["stale"] == "true"
    versions = [(row["slug"], row["version"]) for row in table(tmp_path, "versions")]
    assert versions == [("another", "1"), ("as-wide-as-a-city", "1"), ("as-wide-as-a-city", "2")]
    assert len(table(tmp_path, "evidence")) == 9
    assert table(tmp_path, "polls")[0]["query_text"] == "SELECT 1,\n2"
    assert table(tmp_path, "transitions")[0]["before"] == ""
    assert [(row["outcome"], row["state"]) for row in table(tmp_path, "source_checks")] == [
        ("looked", "gone"),
        ("could_not_look", ""),
    ]
    assert {row["next_review"] for row in table(tmp_path, "versions")} == {"2027-10-01"}
    for path in tmp_path.iterdir():
        if path.suffix != ".zip":
            assert "secret" not in path.read_text(), path
    for resource in descriptor["resources"]:
        content = (tmp_path / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["bytes"] == len(content)
        assert resource["rows"] == len(table(tmp_path, resource["name"]))


def test_rows_under_a_non_commercial_licence_are_left_out_and_counted(tmp_path: Path) -> None:
    measurement("3i-kept")
    measurement("3i-not-ours", source=source("nc-paper", licence="CC BY-NC 4.0"))
    looked_at(source("nc-paper"), "looked", "gone")
    published(claim())
    descriptor = package.write_package(tmp_path)
    assert descriptor["left_out"] == {
        "sources": 1, "source_checks": 1, "measurements": 1, "key_numbers": 0,
    }  # fmt: skip
    assert table(tmp_path, "source_checks") == []
    assert "nc-paper" not in (tmp_path / "sources.csv").read_text()
    assert "3i-not-ours" not in (tmp_path / "measurements.csv").read_text()
    assert "1 of measurements" in (tmp_path / "README.md").read_text()


@pytest.mark.parametrize(
    ("licence", "passed"),
    [("CC-BY-NC-4.0", False), ("CC BY-NC-SA 3.0", False), ("non-commercial", False), ("CC-BY-4.0", True), ("", True), ("NCSA", True)],
)  # fmt: skip
def test_it_knows_a_non_commercial_licence(licence: str, passed: bool) -> None:
    assert may_be_passed_on(licence) is passed


def test_the_same_record_gives_the_same_bytes(tmp_path: Path) -> None:
    a_record()
    package.write_package(tmp_path / "one")
    package.write_package(tmp_path / "two")
    assert (tmp_path / "one" / package.ARCHIVE).read_bytes() == (
        tmp_path / "two" / package.ARCHIVE
    ).read_bytes()


def test_a_package_that_fails_halfway_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(claim())
    package.write_package(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def breaks() -> Any:
        raise OSError("the disk is full")

    monkeypatch.setattr(package, "left_out", breaks)
    published(claim("another"))
    with pytest.raises(OSError, match="disk is full"):
        package.write_package(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_record_that_moves_meanwhile_is_written_again(tmp_path: Path) -> None:
    published(claim())
    seen = []

    def publish_once(name: str, rows: int) -> None:
        seen.append(name)
        if len(seen) == 3:
            published(claim("meanwhile"), at=START + timedelta(days=1))

    descriptor = package.write_package(tmp_path, progress=publish_once)
    assert {one["name"]: one["rows"] for one in descriptor["resources"]}["claims"] == 2
    assert len(table(tmp_path, "claims")) == len(table(tmp_path, "versions")) == 2

    def publish_always(name: str, rows: int) -> None:
        seen.append(name)
        published(claim(f"meanwhile-{len(seen)}"), at=START + timedelta(days=len(seen)))

    with pytest.raises(package.RecordKeptMovingError):
        package.write_package(tmp_path, progress=publish_always)


def test_the_site_serves_todays_record_with_an_etag(client: Client) -> None:
    published(claim())
    first = client.get("/data/hyperbole.zip")
    assert (first.status_code, first["Content-Type"]) == (200, "application/zip")
    archive = zipfile.ZipFile(io.BytesIO(body(first)))
    assert archive.testzip() is None
    descriptor = json.loads(archive.read("datapackage.json"))
    feed = json.loads(client.get("/feed.json").content)
    assert {one["name"]: one["rows"] for one in descriptor["resources"]}["claims"] == len(feed["items"])
    again = client.get("/data/hyperbole.zip", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    published(claim("another"), at=START + timedelta(days=1))
    renewed = client.get(
        "/data/hyperbole.zip", headers={"If-None-Match": first["ETag"], "Accept-Encoding": "gzip"}
    )
    assert renewed.status_code == 200
    assert renewed["ETag"] != first["ETag"]
    assert "Content-Encoding" not in renewed.headers
    assert len(body(renewed)) == int(renewed["Content-Length"])


def test_a_slow_package_is_renewed_by_the_worker_while_the_old_one_stands(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    published(claim())
    told = store.renew()
    asked = []
    monkeypatch.setattr(dump_open_data, "delay", lambda: asked.append(1))
    monkeypatch.setattr(store, "QUICK_S", -1.0)
    published(claim("another"), at=START + timedelta(days=1))
    for _ in range(2):
        response = client.get("/data/hyperbole.zip")
        assert told["sha256"].startswith(response["ETag"].strip('"'))
        assert body(response)
    assert asked == [1]
    assert dump_open_data()["rows"]["claims"] == 2
