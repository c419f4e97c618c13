"""A scripted story on the fake archives: what is held, what is told, what changes, what a claim's readers see."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import User

from claims.models import StaleMark
from ephemeris import ingest, schedule_of_polls
from ephemeris.models import ArchivePoll, ArchiveStatusChange, Campaign, Holding, Proposal
from ephemeris.polling import Reach
from ephemeris.proposals import decide
from ephemeris.questions import question_of
from tests.ephemeris.archives.polls import forget, last_poll, polled, reach_of
from tests.fakes.server import Fake
from tests.fakes.world import SPELLING

pytestmark = pytest.mark.django_db

KEY, SUBJECT = "jwst-nirspec-2025-08-06", "campaign:jwst-nirspec-2025-08-06"
MAST = "mast.stsci.edu"
RELEASED, LAST_RELEASED = datetime(2026, 8, 1, tzinfo=UTC), datetime(2026, 8, 6, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def by(fake: Fake) -> Iterator[Reach]:
    made = reach_of(fake)
    # everything of the object is proprietary: three observations until the first of August, three until the sixth
    dates = iter([RELEASED] * 3 + [LAST_RELEASED] * 3)
    fake.world.products = [
        replace(product, rights="proprietary", release=next(dates))
        if product.archive == "mast" and SPELLING.is_it(product.target)
        else product
        for product in fake.world.products
    ]
    yield made
    forget(made.server)
    made.wire.close()
    made.server.close()


def transitions(key: str = KEY) -> list[tuple[str, str, str]]:
    rows = ArchiveStatusChange.objects.filter(campaign__key=key).order_by("pk")
    return [(row.before, row.after, row.cause) for row in rows]


def marks() -> list[tuple[str, str]]:
    rows = StaleMark.objects.filter(reason="archive_transition", subject_key=KEY, cleared_at=None)
    return sorted(rows.values_list("version__claim__slug", "detail"))


def test_it_tells_the_story_of_one_campaign(by: Reach, fake: Fake) -> None:
    start = datetime(2026, 7, 20, 9, tzinfo=UTC)

    # 1. the first look finds proprietary products: known, proposed to an editor, no re-review
    first = polled(by, SUBJECT, "mast", start)
    assert first.told["outcome"] == "answered"
    assert transitions() == [("", "proprietary", "archive")]
    assert marks() == []
    assert last_poll(KEY, "mast").counts == {
        "calibrated": {"proprietary": 6},
        "calibration": {"public": 6},
        "derived": {"proprietary": 6},
        "raw": {"proprietary": 6},
    }
    change = ArchiveStatusChange.objects.get(campaign__key=KEY)
    assert change.note == (
        "Demonstration with invented data: At our first look: Mikulski Archive for Space Telescopes lists 18 products "
        "of data, none of them public yet."
    )
    proposed = {(row.kind, row.value): row.detail for row in Proposal.objects.filter(campaign__key=KEY)}
    assert proposed == {
        ("program", "SYN-1"): "on 24 products",
        ("count", "24 products"): "the first count of this campaign",
    }

    # 2. the same again changes nothing but the number of polls
    for hour in (1, 2, 3):
        polled(by, SUBJECT, "mast", start + timedelta(hours=hour))
    assert len(transitions()) == 1
    assert Holding.objects.filter(campaign__key=KEY).count() == 24
    assert ArchivePoll.objects.filter(campaign__key=KEY).count() == 4

    # 3. an archive that fails leaves the last good state
    fake.faults[MAST] = "page"
    failed = polled(by, SUBJECT, "mast", start + DAY, run="in maintenance")
    assert (failed.kind, failed.told["outcome"]) == ("retry", "maintenance")
    del fake.faults[MAST]
    better = polled(by, SUBJECT, "mast", start + DAY, run="in maintenance", attempt=1)
    assert (better.kind, better.told["outcome"]) == ("done", "answered")
    assert len(transitions()) == 1

    # 4. the clock makes the first half public, without asking anybody
    asked = len(fake.visits(MAST))
    assert ingest.releases_due(RELEASED - timedelta(seconds=1)) == []
    assert ingest.releases_due(RELEASED) == [KEY]
    ingest.follow_clock(KEY, now=RELEASED)
    assert transitions()[1:] == [("proprietary", "partly_public", "clock")]
    assert len(fake.visits(MAST)) == asked
    assert ingest.releases_due(RELEASED + DAY) == [], "a release passes once"
    [(slug, detail), *others] = marks()
    assert others == []
    assert slug == "jwst-imaged-mars-flyby"
    assert detail == (
        "JWST, NIRSpec IFU: the archive state went from ingested, proprietary to partly public. Demonstration with "
        "invented data: A release date has passed: by the dates that Mikulski Archive for Space Telescopes gave, 9 of "
        "18 products of data are public now."
    )

    # 5. a poll that comes after the last release tells of the clock, not of the archive
    polled(by, SUBJECT, "mast", LAST_RELEASED + timedelta(hours=1))
    assert transitions()[2:] == [("partly_public", "public", "clock")]

    # 6. rows vanish, and the control fails too: nothing follows, and the words say so
    gone = LAST_RELEASED + 10 * DAY
    fake.faults[MAST] = "empty"
    polled(by, SUBJECT, "mast", gone)
    poll = last_poll(KEY, "mast")
    assert (poll.outcome, poll.row_count, poll.control_row_count) == ("empty", 0, 0)
    assert (
        poll.message
        == "the control query found nothing either, so the empty answer says nothing; the last products stand"
    )
    del fake.faults[MAST]

    # 7. rows vanish beside a good control: held until a second look agrees, six hours or more later
    fake.world.without("mast")
    polled(by, SUBJECT, "mast", gone + timedelta(hours=1))
    poll = last_poll(KEY, "mast")
    assert (poll.outcome, bool(poll.control_row_count)) == ("empty", True)
    assert poll.message == (
        "the answer has no products; the last products stand until a second look, six hours or more later, agrees"
    )
    polled(by, SUBJECT, "mast", gone + timedelta(hours=4))
    assert len(transitions()) == 3
    assert Holding.objects.filter(campaign__key=KEY, gone_since=None).count() == 24
    polled(by, SUBJECT, "mast", gone + timedelta(hours=7))
    assert transitions()[3:] == [("public", "withdrawn", "archive")]
    change = ArchiveStatusChange.objects.filter(campaign__key=KEY).latest("pk")
    assert change.note.endswith("no longer lists the 24 products that it listed before; two answers agreed.")
    assert change.poll == last_poll(KEY, "mast")

    # 8. everything told, in all the words: nowhere that no data exist
    told = " ".join(
        [
            *ArchivePoll.objects.values_list("message", flat=True),
            *ArchiveStatusChange.objects.values_list("note", flat=True),
            *StaleMark.objects.values_list("detail", flat=True),
        ]
    ).lower()
    assert "no data" not in told
    assert "does not exist" not in told
    assert "nothing exists" not in told


def test_it_says_that_it_found_no_products_for_these_names_and_dates(by: Reach, fake: Fake) -> None:
    fake.world.without("mast")
    polled(by, SUBJECT, "mast", datetime(2026, 7, 20, tzinfo=UTC))
    assert transitions() == [("", "observed", "archive")]
    assert ArchiveStatusChange.objects.get(campaign__key=KEY).note == (
        "Demonstration with invented data: At our first look: Mikulski Archive for Space Telescopes answered. We found "
        "no products for these names and dates, while a control query found others."
    )


def test_it_knows_nothing_after_an_empty_answer_without_a_control(by: Reach, fake: Fake) -> None:
    fake.faults[MAST] = "empty"
    polled(by, SUBJECT, "mast", datetime(2026, 7, 20, tzinfo=UTC))
    assert transitions() == []
    assert last_poll(KEY, "mast").message == (
        "the control query found nothing either, so the empty answer says nothing"
    )


def test_it_appends_one_poll_however_often_a_step_is_delivered(by: Reach, fake: Fake) -> None:
    now = datetime(2026, 7, 20, tzinfo=UTC)
    first = polled(by, SUBJECT, "mast", now, run="one")
    visits = len(fake.visits(MAST))
    again = polled(by, SUBJECT, "mast", now, run="one")
    assert again.stored is not None
    assert first.stored is not None
    assert (again.stored.poll, again.stored.new) == (first.stored.poll, False)
    assert ArchivePoll.objects.filter(campaign__key=KEY).count() == 1
    assert len(fake.visits(MAST)) == visits


def test_it_drops_a_second_run_while_the_first_is_under_way(by: Reach) -> None:
    assert by.throttle.hold(f"poll:{SUBJECT}:mast", "the other run", 60)
    dropped = polled(by, SUBJECT, "mast", datetime(2026, 7, 20, tzinfo=UTC))
    assert (dropped.kind, dropped.why) == ("dropped", "another run of this question is under way")


def test_it_takes_a_witness_for_a_witness(by: Reach) -> None:
    polled(by, SUBJECT, "cadc", datetime(2026, 7, 20, tzinfo=UTC))
    poll = last_poll(KEY, "cadc")
    assert (poll.witness, poll.outcome) == (True, "answered")
    assert transitions() == []
    assert not Proposal.objects.filter(campaign__key=KEY).exists()


def test_it_asks_by_the_programmes_and_spellings_that_an_editor_confirmed() -> None:
    campaign, now = Campaign.objects.select_related("body").get(key=KEY), datetime(2026, 7, 20, tzinfo=UTC)
    before = question_of(campaign)
    assert before is not None
    for kind, value in (("program", "SYN-1"), ("program", "SYN-2"), ("target", "ATLAS THE THIRD")):
        Proposal.objects.create(campaign=campaign, archive="mast", kind=kind, value=value, first_seen=now)
    assert question_of(campaign) == before, "what nobody decided changes nothing"
    editor = User.objects.create_user("editor-of-proposals")
    wanted = Proposal.objects.filter(campaign=campaign, value__in=("SYN-1", "ATLAS THE THIRD"))
    assert decide(wanted, "confirmed", by=editor.pk, at=now) == 2
    after = question_of(campaign)
    assert after is not None
    assert set(after.programs) == {*before.programs, "SYN-1"}
    assert after.spelling.is_it("ATLAS THE THIRD")


def test_it_refuses_to_mix_a_demonstration_with_real_polls(by: Reach) -> None:
    campaign = Campaign.objects.get(key=KEY)
    ArchivePoll.objects.create(
        campaign=campaign, archive="mast", asked_at=datetime(2026, 7, 1, tzinfo=UTC), outcome="answered",
        query_text="", row_count=1, idempotency_key="real",
    )  # fmt: skip
    with pytest.raises(ingest.MixedWorlds, match="a synthetic answer came into a record of real polls"):
        polled(by, SUBJECT, "mast", datetime(2026, 7, 20, tzinfo=UTC))


def test_it_tells_only_our_own_wrong_query_as_an_error(
    by: Reach, fake: Fake, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from ephemeris import polling, tasks

    sent: list[int] = []
    monkeypatch.setattr(polling, "reach", lambda: by)
    monkeypatch.setattr(tasks, "_send", lambda *step, after_s: sent.append(step[-1]))
    eso = "campaign:vlt-muse-2025-07-03"
    levels = {}
    for fault in (
        "page",
        "unavailable",
        "too_fast",
        "stall",
        "changed_columns",
        "wrong_object",
        "refused",
        "wrong_query",
    ):
        caplog.clear()
        forget(by.server)
        fake.faults["archive.eso.org"] = fault
        with caplog.at_level("INFO", logger="ephemeris.tasks"):
            while (told := tasks.poll(eso, "eso", f"run of {fault}"))["step"] == "continue":
                forget(by.server, "host:")
        levels[told["outcome"]] = {record.levelname for record in caplog.records}
    assert levels == {
        "maintenance": {"INFO"}, "rate_limited": {"INFO"}, "timeout": {"INFO"}, "unexpected_reply": {"INFO"},
        "refused": {"INFO"}, "wrong_query": {"ERROR"},
    }  # fmt: skip
    assert [attempt for attempt in sent if attempt] == [1, 1, 1, 1], "what may be better later is tried again"


def test_it_leaves_a_host_alone_after_five_failures_and_records_no_poll_for_it(by: Reach, fake: Fake) -> None:
    fake.faults[MAST] = "unavailable"
    now = datetime(2026, 7, 20, tzinfo=UTC)
    for attempt in range(5):
        by.server.hdel("hyperbole:remote:host:mast.stsci.edu", "next", "token", "lease_until")
        polled_once = polling_step(by, attempt, now)
        assert polled_once.told["outcome"] == "maintenance"
    assert by.throttle.circuit(MAST).state == "open"
    visits = len(fake.visits(MAST))
    waiting = polling_step(by, 5, now)
    assert (waiting.kind, waiting.why) == ("continue", "mast.stsci.edu: circuit")
    assert 14 * 60 < waiting.wait_s <= 15 * 60
    assert len(fake.visits(MAST)) == visits
    assert ArchivePoll.objects.filter(campaign__key=KEY).count() == 5


def polling_step(by: Reach, attempt: int, now: datetime):
    from ephemeris import polling

    return polling.step(SUBJECT, "mast", "run", attempt, now=now, by=by)


def test_it_honours_retry_after_for_everybody(by: Reach, fake: Fake) -> None:
    fake.faults[MAST] = "too_fast"
    polling_step(by, 0, datetime(2026, 7, 20, tzinfo=UTC))
    other = by.throttle.turn(MAST, 1.0)
    assert (other.reason, round(other.wait_s)) == ("pace", 37)


def test_it_asks_what_is_due_and_spreads_it_over_the_hour(by: Reach) -> None:
    now = datetime(2026, 7, 20, 9, 11, tzinfo=UTC)
    due = schedule_of_polls.due(now)
    names = {(one.subject, one.archive) for one in due}
    assert (SUBJECT, "mast") in names
    assert (SUBJECT, "cadc") in names
    assert ("campaign:tgo-cassis-2025", "psa") in names
    assert not any(subject == "campaign:gtc-2025-07" for subject, _ in names), "nobody answers for it"
    assert due == schedule_of_polls.due(now), "the same moment sends the same"
    assert max(one.after_s for one in due) <= 45 * 60
    assert len({round(one.after_s) for one in due}) > len(due) * 0.8
    polled(by, SUBJECT, "mast", now)
    later = {(one.subject, one.archive) for one in schedule_of_polls.due(now + timedelta(hours=2))}
    assert (SUBJECT, "mast") not in later
    assert (SUBJECT, "cadc") in later
    assert (SUBJECT, "mast") in {
        (one.subject, one.archive) for one in schedule_of_polls.due(now + timedelta(days=1))
    }
