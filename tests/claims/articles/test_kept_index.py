"""The index as a file: made once for all processes, never with a claim that is not public."""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import Any

import pytest

from claims import editing, tasks
from claims.articles import kept_index, record_index
from claims.articles.checking import check_text
from claims.articles.record_index import RECORD, RecordIndex
from claims.articles.wordings import NotReadYet
from claims.matching.objects import mentions
from claims.models import Claim
from tests.claims.publishing import START, claim, person, published

pytestmark = pytest.mark.django_db
TUBA = "3I/ATLAS plays a tuba made of polished walnut wood."


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    RECORD.current()  # the vectors of the catalogue are kept
    (tmp_path / record_index.drawer().name).write_bytes(record_index.drawer().read_bytes())
    settings.VAR_DIR = tmp_path
    return tmp_path


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob("checker-*") if path.suffix != ".lock")


def tuba() -> Claim:
    made = claim("plays-a-tuba", statement=TUBA, title="3I/ATLAS plays a tuba",
                 aliases=["a walnut tuba is played on 3I/ATLAS"])  # fmt: skip
    published(made)
    return made


def slugs(index: Any) -> set[str]:
    return {name.split(" ")[0] for name in index.names()}


def test_one_process_makes_it_and_the_others_open_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = RecordIndex().current()
    [path] = files(folder)
    monkeypatch.setattr(kept_index, "keep_index", None)
    other = RecordIndex()
    assert other.current().names() == made.names()
    assert other.current() is other.current()
    assert files(folder) == [path]


def test_only_what_changed_is_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    RecordIndex().current()
    added = tuba()
    read: list[str] = []
    claim_text = record_index.claim_text

    def noted(document: dict[str, Any]) -> Any:
        read.append(document["slug"])
        return claim_text(document)

    monkeypatch.setattr(record_index, "claim_text", noted)
    index = RecordIndex().current()
    assert read == [added.slug]
    assert added.slug in slugs(index)
    fresh = folder / "fresh"
    fresh.mkdir()
    (fresh / record_index.drawer().name).write_bytes(record_index.drawer().read_bytes())
    [path] = files(folder)
    monkeypatch.setattr(kept_index, "_folder", lambda: fresh)
    RecordIndex().current()
    assert len(read) > 100
    assert (fresh / path.name).read_bytes() == path.read_bytes()


def test_a_claim_that_was_withdrawn_is_in_no_file(folder: Path) -> None:
    added = tuba()
    record = RecordIndex()
    assert added.slug in slugs(record.current())
    [before] = files(folder)
    editing.withdraw(added, actor=person("chief", "chief editor"), at=START, reason="A test of withdrawal.")
    assert added.slug not in slugs(record.current())
    [after] = files(folder)
    assert after != before
    assert added.slug.encode() not in after.read_bytes()


@pytest.mark.parametrize("damage", ["cut", "altered", "emptied"])
def test_a_damaged_file_is_made_again(folder: Path, damage: str) -> None:
    RecordIndex().current()
    [path] = files(folder)
    whole = path.read_bytes()
    half = len(whole) // 2
    path.write_bytes(
        {"cut": whole[:half], "altered": whole[:half] + b"x" + whole[half + 1 :], "emptied": b""}[damage]
    )
    RecordIndex().current()
    assert path.read_bytes() == whole


def test_while_another_process_makes_it_the_new_claim_waits_and_a_withdrawn_one_is_gone(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_index, "A_REQUEST_WAITS_S", 0.0)
    record = RecordIndex()
    gone = next(iter(sorted(slugs(record.current()))))
    added = tuba()
    editing.withdraw(
        Claim.objects.get(slug=gone), actor=person("chief", "chief editor"), at=START, reason="A test of withdrawal."
    )  # fmt: skip
    with kept_index.lock_path().open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        assert not slugs(record.current()) & {gone, added.slug}
        with pytest.raises(NotReadYet, match="published claims have not been read yet"):
            RecordIndex().current()
    assert added.slug in slugs(record.current())
    assert gone not in slugs(record.current())


@pytest.mark.parametrize("step", ["tempfile.mkstemp", "keep_index"])
def test_a_folder_that_cannot_be_written_costs_no_answer(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, step: str
) -> None:
    def full(*_: Any, **__: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(f"claims.articles.kept_index.{step}", full)
    assert len(RecordIndex().current()) >= 100
    assert files(folder) == []
    assert "cannot be kept" in caplog.text


def test_another_release_and_another_address_of_the_site_have_their_own_file(
    folder: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = kept_index.path_of(["a 1", "b 2"])
    assert kept_index.path_of(["b 2", "a 1"]) == ours
    assert kept_index.path_of(["a 1", "b 3"]) != ours
    monkeypatch.setattr(kept_index, "code_digest", lambda: "another")
    other = kept_index.path_of(["a 1", "b 2"])
    settings.SITE_URL = "https://other.example"
    assert len({ours, other, kept_index.path_of(["a 1", "b 2"])}) == 3


def test_no_sentence_of_a_reader_stays_in_memory_between_checks() -> None:
    check_text("Oumuamua hums marmalade songs. 3I/ATLAS leaks an alloy.")
    assert mentions.cache_info().currsize == 0


def test_the_worker_makes_it_once_and_again_for_another_release_or_when_it_was_deleted(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert tasks.read_wordings()["claims"] >= 100
    assert tasks.read_wordings()["claims"] == 0
    [path] = files(folder)
    path.unlink()
    assert tasks.read_wordings()["claims"] >= 100
    monkeypatch.setattr(kept_index, "code_digest", lambda: "another release")
    assert tasks.read_wordings()["claims"] >= 100
    assert [path] != files(folder)
