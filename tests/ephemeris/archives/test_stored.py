"""What is on record after each kind of reply of each archive, and whether anybody is called for it."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from ephemeris import polling, tasks
from ephemeris.archive_words import told_by_a_poll
from ephemeris.archives.registry import archives
from ephemeris.models import ArchivePoll, ArchiveStatusChange, Campaign, Holding, PollTally, SmallBody
from ephemeris.polling import Reach
from tests.ephemeris.archives.polls import forget, reach_of
from tests.ephemeris.archives.test_contract import EVERY, NEVER_CUT, WRONG_QUERY_READS_AS, host_of
from tests.fakes.server import Fake
from tests.fakes.world import SAMPLES

pytestmark = pytest.mark.django_db
FAILURES = {
    "page": "maintenance", "unavailable": "maintenance", "too_fast": "rate_limited", "stall": "timeout",
    "refused": "refused", "changed_columns": "unexpected_reply", "wrong_object": "unexpected_reply",
    "wrong_query": "wrong_query",
}  # fmt: skip


@pytest.fixture
def by(fake: Fake, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reach]:
    made = reach_of(fake)
    monkeypatch.setattr(polling, "reach", lambda: made)
    monkeypatch.setattr(tasks, "_send", lambda *step, after_s: None)
    yield made
    forget(made.server)
    made.wire.close()
    made.server.close()


def campaign_of(name: str) -> Campaign:
    """The campaign that an archive's sample question is about."""
    question = SAMPLES[name]
    return Campaign.objects.create(
        key=f"sample-{name}", body=SmallBody.objects.get(designation="3I"), facility=question.facility,
        instrument=question.instrument, observed_from=question.observed_from, observed_to=question.observed_to,
        archive=question.archive, access_policy="unknown", summary="A sample.", verification="verbatim", digest="0" * 64,
    )  # fmt: skip


def poll(by: Reach, campaign: Campaign, name: str, run: str) -> ArchivePoll:
    """One poll by the task itself, led to its end."""
    for _ in range(60):
        told = tasks.poll(f"campaign:{campaign.key}", name, run)
        if told["step"] != "continue":
            assert told["step"] in ("done", "retry"), told
            return ArchivePoll.objects.get(campaign=campaign, idempotency_key=f"{run}-0")
        forget(by.server, "host:")
    raise AssertionError(f"{name} does not end: {told}")


@pytest.mark.parametrize("name", EVERY)
def test_it_records_each_failure_as_what_it_was_and_calls_somebody_for_our_own_only(
    name: str, by: Reach, fake: Fake, caplog: pytest.LogCaptureFixture
) -> None:
    campaign = campaign_of(name)
    for fault, expected in FAILURES.items():
        if fault == "wrong_query":
            expected = WRONG_QUERY_READS_AS.get(name, expected)
        if (name, fault) == ("tess", "wrong_object"):
            continue  # other sectors are an answer: no holdings of this one
        forget(by.server)
        caplog.clear()
        fake.faults[host_of(name)] = fault
        with caplog.at_level("INFO", logger="ephemeris.tasks"):
            row = poll(by, campaign, name, f"{name} {fault}")
        assert row.outcome == expected, (fault, row.message)
        assert (row.row_count, row.archive_count, row.counts, row.control_row_count) == (None, None, {}, None)
        assert row.observations_digest == ""
        assert len(row.reply_digest) == (0 if fault == "stall" else 64), "what came can be recognised again"
        assert row.query_text, fault
        assert (
            told_by_a_poll(row.outcome, row.row_count, row.control_row_count, row.message)
            == row.message
            != ""
        )
        alarms = {record.levelname for record in caplog.records} - {"INFO"}
        assert alarms == ({"ERROR"} if expected == "wrong_query" else set()), fault
    assert not Holding.objects.filter(campaign=campaign).exists()
    assert not ArchiveStatusChange.objects.filter(campaign=campaign).exists(), (
        "a failure tells nothing of the archive"
    )


@pytest.mark.parametrize("name", EVERY)
def test_it_records_answers_with_their_products_and_zeros_with_their_control(
    name: str, by: Reach, fake: Fake
) -> None:
    campaign, archive = campaign_of(name), archives()[name]
    asked_at = datetime.now(UTC)
    full = poll(by, campaign, name, f"{name} normal")
    held = Holding.objects.filter(campaign=campaign, archive=name)
    assert (full.outcome, full.witness, full.synthetic) == ("answered", archive.witness, True)
    assert full.row_count == sum(row.number for row in held) > 0
    assert sum(number for line in full.counts.values() for number in line.values()) == full.row_count
    assert len(full.reply_digest) == 64
    assert full.asked_at >= asked_at
    changes = ArchiveStatusChange.objects.filter(campaign=campaign)
    assert changes.exists() == (not archive.witness), "no state rests on a second witness"

    if name not in NEVER_CUT:
        forget(by.server)
        fake.faults[host_of(name)] = "truncated"
        cut = poll(by, campaign, name, f"{name} truncated")
        assert cut.outcome == "truncated"
        assert cut.row_count is not None
        assert not held.filter(gone_since__isnull=False).exists(), "what a cut answer lacks is not missed"
        del fake.faults[host_of(name)]

    forget(by.server)
    fake.world.products = [
        product for place, product in enumerate(p for p in fake.world.products if p.archive == name) if place % 2
    ]  # fmt: skip
    zero = poll(by, campaign, name, f"{name} zero")
    assert (zero.outcome, zero.row_count) == ("empty", 0), zero.message
    assert zero.control_row_count, "a zero stands beside a control that found rows"
    assert zero.control_query_text
    assert held.filter(gone_since__isnull=True).exists(), "one empty answer takes nothing away"
    assert "second look" in zero.message

    forget(by.server)
    fake.faults[host_of(name)] = "empty"
    nothing = poll(by, campaign, name, f"{name} nothing")
    assert (nothing.outcome, nothing.row_count, nothing.control_row_count) == ("empty", 0, 0)
    assert "says nothing" in nothing.message
    counted = ArchivePoll.objects.filter(campaign=campaign, witness=False).count()
    assert counted == (0 if archive.witness else 3 if name in NEVER_CUT else 4)
    assert sum(PollTally.objects.values_list("polls", flat=True)) == counted
