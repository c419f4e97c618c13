"""When sources are looked at again, how politely, and what a person who waits is shown."""

from __future__ import annotations

import io
from collections import Counter
from datetime import timedelta

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command

from claims.models import Source, SourceCheck
from claims.watching import looking
from claims.watching.changes import Asked, store_failure, store_finding
from claims.watching.questions import AN_HOUR_AT_MOST, Due, due, watches_of
from ephemeris.throttle import FAILURES_TO_OPEN
from ephemeris.watches.contract import Finding
from tests.claims.watching.conftest import NOW, checks
from tests.fakes.watched import CROSSREF, FakeWeb

pytestmark = pytest.mark.django_db
PAGE, PAPER = "wright-2025-anomalies", "cordiner-2025-jwst-co2"
DAY = timedelta(days=1)


def looked(source: str, watch: str, state: str, days_ago: float = 0.0) -> None:
    at = NOW - days_ago * DAY
    row = Source.objects.get(key=source)
    store_finding(row, watch, Finding(state, "Seen."), Asked(at, at, "GET", f"{source}-{watch}-{days_ago}"))


def failed(source: str, watch: str, days_ago: float) -> None:
    at = NOW - days_ago * DAY
    row = Source.objects.get(key=source)
    store_failure(row, watch, "could_not_look", "Away", Asked(at, at, "GET", f"{source}-{watch}-{days_ago}"))


def wanted(source: str) -> set[str]:
    return {one.watch for one in due(NOW, everything=False) if one.source == source}


def everything_looked_at(days_ago: float) -> None:
    states = {"page": "there", "wayback": "archived", "crossref": "no_notice", "arxiv": "current"}
    at = NOW - days_ago * DAY
    SourceCheck.objects.bulk_create(
        SourceCheck(
            source=source, watch=watch, asked_at=at, finished_at=at, outcome="looked", state=states[watch], sentence="Seen.",
            query="GET", idempotency_key=f"all-{source.pk}-{watch}",
        )
        for source in Source.objects.all()
        for watch in watches_of(source)
    )  # fmt: skip


def test_every_source_has_its_watches() -> None:
    assert watches_of(Source.objects.get(key=PAGE)) == ["page", "wayback"]
    assert watches_of(Source.objects.get(key=PAPER)) == ["arxiv", "crossref"], (
        "papers are followed by their numbers"
    )
    assert watches_of(Source.objects.get(key="seed-mars-flyby")) == []
    assert watches_of(Source.objects.get(key="tessgi-tess-3i")) == [], "Crossref does not register that DOI"
    of_all = Counter(watch for source in Source.objects.all() for watch in watches_of(source))
    assert of_all["page"] == of_all["wayback"] > 90


def test_an_hour_takes_a_dozen_looks_and_a_week_all_of_them() -> None:
    first = due(NOW)
    assert len(first) == AN_HOUR_AT_MOST
    whole = due(NOW, everything=True)
    assert len(whole) == len(set(whole)) < AN_HOUR_AT_MOST * 24 * 7
    assert {one.source for one in due(NOW, body="2I", everything=True)} < {one.source for one in whole}


def test_a_look_is_due_after_a_week_and_sooner_where_nothing_was_seen() -> None:
    everything_looked_at(days_ago=6.9)
    assert due(NOW) == []
    looked(PAGE, "page", "missing", 3.5)
    failed(PAPER, "crossref", 3.1)
    failed(PAPER, "arxiv", 2.9)
    assert set(due(NOW)) == {Due(PAGE, "page"), Due(PAPER, "crossref")}
    assert len(due(NOW + DAY)) == AN_HOUR_AT_MOST


def test_a_capture_is_wanted_where_the_page_is_there_and_no_copy_is_known(settings: LazySettings) -> None:
    everything_looked_at(days_ago=1)
    settings.WAYBACK_KEYS = "key:secret"
    assert due(NOW) == []
    looked(PAGE, "wayback", "not_archived", 0.9)
    assert due(NOW) == [Due(PAGE, "save_page_now")]
    looked(PAGE, "save_page_now", "pending", 0.8)
    assert due(NOW) == [Due(PAGE, "save_page_now")], "it is asked how the capture fares"
    looked(PAGE, "save_page_now", "failed", 0.7)
    assert due(NOW) == []
    looked(PAGE, "page", "missing", 0.6)
    settings.WAYBACK_KEYS = ""
    assert due(NOW) == []


def test_a_host_that_keeps_failing_is_left_alone(web: FakeWeb, by: looking.Reach) -> None:
    web.faults[CROSSREF] = "unavailable"
    for number in range(FAILURES_TO_OPEN):
        for key in by.throttle._server.scan_iter("hyperbole:remote:host:*"):
            by.throttle._server.hdel(key, "next")
        looking.look(PAPER, "crossref", run=f"run{number}", attempt=0, now=NOW, by=by)
    asked = len(web.asked(CROSSREF))
    for key in by.throttle._server.scan_iter("hyperbole:remote:host:*"):
        by.throttle._server.hset(key, "open_until", 2 * 10**12)
    ended = looking.look(PAPER, "crossref", run="later", attempt=0, now=NOW, by=by)
    assert (asked, len(web.asked(CROSSREF))) == (FAILURES_TO_OPEN, FAILURES_TO_OPEN)
    assert "is left alone" in ended.why
    assert checks(Source.objects.get(key=PAPER), "crossref")[-1] == ("could_not_look", "")


def test_the_turn_of_a_host_is_waited_for_and_never_slept(web: FakeWeb, by: looking.Reach) -> None:
    web.notices["10.3847/2041-8213/ae0647"] = []
    assert looking.look(PAPER, "crossref", run="one", attempt=0, now=NOW, by=by).kind == "stored"
    ended = looking.look(PAPER, "crossref", run="two", attempt=0, now=NOW, by=by)
    assert ended.kind == "wait"
    assert 0 < looking.comes_back_after(ended, 0) < 2


def test_the_command_shows_how_far_it_is(
    web: FakeWeb, by: looking.Reach, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole command against the fakes, for the few sources of one object."""
    from claims.management.commands import refresh

    monkeypatch.setattr(refresh.looking, "reach", lambda: by)
    monkeypatch.setattr(
        refresh.questions, "due", lambda *_, **__: [Due(PAPER, "crossref"), Due(PAPER, "arxiv")]
    )
    web.faults[CROSSREF] = "unavailable"
    out = io.StringIO()
    call_command("refresh", "sources", "--wait", stdout=out)
    assert (
        "1/2 crossref of cordiner-2025-jwst-co2 … could_not_look: Crossref does not serve (503)"
        in out.getvalue()
    )
    assert (
        "2/2 arxiv of cordiner-2025-jwst-co2 … not_found: arXiv does not know 2508.18209." in out.getvalue()
    )
    assert out.getvalue().rstrip().endswith("2 done")
    with pytest.raises(CommandError, match="no object '9I'"):
        call_command("refresh", "sources", "--object", "9I")
