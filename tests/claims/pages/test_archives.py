"""The archive board, a campaign's page and the same through the API: what is told of answers, failures and silence."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.checking import holdings_answer
from claims.enquiries import enquiry_key, renew_enquiries
from claims.models import ClaimCheck
from ephemeris import ingest
from ephemeris.archive_words import ago, told_by_a_poll
from ephemeris.archives.contract import ArchiveAnswer, Holding
from ephemeris.archives.registry import archives, archives_for
from ephemeris.board import standings
from ephemeris.models import ArchivePoll, ArchiveStatusChange, Campaign, Enquiry
from ephemeris.questions import archives_of, question_of

pytestmark = pytest.mark.django_db
KEY = "jwst-nirspec-2025-08-06"
BOARD, PAGE = "/archives/", f"/archives/{KEY}/"
# the longest page needs no more; every other page of the site is held to the same number
MOST_QUERIES = 12
POLLS = 10_000


def product(uid: str, level: str, release: datetime, rights: str = "unknown") -> Holding:
    return Holding(uid, "JWST", "NIRSPEC/IFU", level, datetime(2025, 8, 6, 12, tzinfo=UTC), release, rights)  # type: ignore[arg-type]


def told(outcome: str, at: datetime, *holdings: Holding, key: str = KEY, **more: Any) -> ingest.Stored:
    """An answer of MAST about the campaign, as a poller stores it."""
    answer = ArchiveAnswer(
        archive="mast", outcome=outcome, query_text="POST https://mast.stsci.edu/api/v0/invoke <target_name>",  # type: ignore[arg-type]
        holdings=holdings, reply_digest=" ".join(sorted(row.uid for row in holdings)), **more,
    )  # fmt: skip
    return ingest.store(
        answer, Campaign.objects.get(key=key), asked_at=at, key=f"{key} {at:%d %H:%M:%S} {outcome}"[-64:]
    )


def text_of(client: Client, address: str) -> str:
    cache.clear()
    response = client.get(address)
    assert response.status_code == 200
    content = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    content = re.sub(
        r"</(?:a|b|span)>(?=[.,;:])", "", content
    )  # the sign stands right behind the word on the page
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", content))).replace("\N{NO-BREAK SPACE}", " ")


def three_products(now: datetime) -> list[Holding]:
    """A raw one that is public, a calibrated one that is not yet, and a calibration file."""
    return [
        product("one", "raw", now - timedelta(days=5)),
        product("two", "calibrated", now + timedelta(days=9)),
        product("three", "calibration", now - timedelta(days=300), "public"),
    ]


def test_it_shows_every_campaign_with_its_dates_before_anybody_was_asked(client: Client) -> None:
    page = text_of(client, BOARD)
    for row in Campaign.objects.all():
        assert row.facility[:1].upper() + row.facility[1:] in page
    assert "not asked yet" in page
    assert "checked" not in page
    assert "no archive that answers questions a person looks next 1 Feb 2027" in page
    for row in Campaign.objects.select_related("body"):
        assert archives_of(row) or row.next_review, f"neither a machine nor a person looks at {row.key} again"
    assert "Not asked yet" in text_of(client, PAGE)
    assert "has not answered yet. That says nothing about what it holds." in text_of(client, PAGE)


def test_it_shows_state_counts_dates_and_the_exact_query(client: Client) -> None:
    now = timezone.now()
    told("answered", now - timedelta(hours=3), *three_products(now))
    board = text_of(client, BOARD)
    assert "Partly public" in board
    assert "checked 3 h ago" in board
    assert "2 of 3 public" in board
    assert "raw data, calibrated data, calibration files" in board
    page = text_of(client, PAGE)
    assert "Raw data 1 0" in page
    assert "Calibrated data 0 1" in page
    assert "Public Not public yet" in page
    assert "POST https://mast.stsci.edu/api/v0/invoke <target_name>" in page
    assert "Next release" in page
    assert "First release by the archive" in page
    assert (
        "At our first look: Mikulski Archive for Space Telescopes lists 2 products of data; 1 of them are public."
        in page
    )


def test_it_keeps_the_last_good_answer_and_says_since_when_nobody_answers(client: Client) -> None:
    now = timezone.now()
    told("answered", now - timedelta(days=2), *three_products(now))
    for hours, outcome in ((30, "timeout"), (24, "maintenance"), (6, "timeout")):
        told(outcome, now - timedelta(hours=hours), message="no answer within 30 s")
    page = text_of(client, PAGE)
    assert "Mikulski Archive for Space Telescopes has not told us anything since" in page
    assert "No answer in time, 3 times in a row: no answer within 30 s." in page
    assert "Shown is its answer of" in page
    assert "2 days ago" in page
    assert "Raw data 1 0" in page
    board = text_of(client, BOARD)
    assert "has not told us anything since" in board
    assert "2 of 3 public" in board
    line = client.get(f"/api/v1/campaigns/{KEY}/").json()
    assert (line["failing"]["times"], line["failing"]["outcome"]) == (3, "timeout")
    assert line["failures_since"] == 3
    assert line["last_answered_poll"]["outcome"] == "answered"


def test_it_calls_an_old_answer_stale_and_a_very_old_one_no_state_at_all(client: Client) -> None:
    now = timezone.now()
    told("answered", now - timedelta(days=9), *three_products(now))
    assert "checked 9 days ago (stale)" in text_of(client, BOARD)
    [standing] = standings(
        list(Campaign.objects.select_related("body").filter(key=KEY)), now=now + timedelta(days=22)
    )
    assert standing.is_old


def test_it_never_says_that_no_data_exist(client: Client) -> None:
    told(
        "empty",
        timezone.now() - timedelta(minutes=20),
        control_row_count=41,
        control_query_text="the same, any target",
    )
    for address in (BOARD, PAGE):
        page = text_of(client, address).lower()
        assert "no data" not in page
        assert "does not exist" not in page
    page = text_of(client, PAGE)
    assert (
        "We found no products for these names and dates; a control query of the same kind found 41 rows"
        in page
    )
    assert "Last answer" in page
    assert "20 min ago" in page


def test_it_holds_an_empty_answer_back_and_says_so(client: Client) -> None:
    now = timezone.now()
    told("answered", now - timedelta(days=1), *three_products(now))
    told("empty", now - timedelta(hours=1), control_row_count=41)
    page = text_of(client, PAGE)
    assert "The last answer has no products. We found no products for these names and dates" in page
    assert (
        "found 41 rows. The last products stand until a second look, six hours or more later, agrees." in page
    )
    assert "Raw data 1 0" in page
    assert "shown is the one before, until a second look" in text_of(client, BOARD)


def test_it_lets_a_release_pass_by_the_clock_on_the_page_too(client: Client) -> None:
    now = timezone.now()
    told("answered", now - timedelta(days=1), product("one", "raw", now - timedelta(hours=1)))
    assert "1 of 1 public" in text_of(client, BOARD)


def test_it_marks_a_demonstration_on_every_page(client: Client) -> None:
    assert "Demonstration." not in text_of(client, BOARD)
    now = timezone.now()
    told("answered", now, *three_products(now), synthetic=True)
    for address in (BOARD, PAGE):
        assert "every product, count and change of state below is invented" in text_of(client, address)


def test_it_draws_how_long_releases_took_with_their_sources(client: Client) -> None:
    page = client.get("/archives/?object=3I").content.decode()
    table = re.sub(
        r"\s+",
        " ",
        unescape(re.sub(r"<[^>]+>", " ", page[page.index('id="timeline"') : page.index('id="campaigns"')])),
    )
    table = table.replace("\N{NO-BREAK SPACE}", " ")
    # ESA's pictures of 7 October 2025, the rover's automatic feed, HiRISE after 48 days
    assert re.search(
        r"ExoMars Trace Gas Orbiter, CaSSIS, NOMAD 1 Oct 2025 to 7 Oct 2025 expected Apr 2026 to Oct 2026 6 7 Oct 2025 \(image\)",
        table,
    )
    assert re.search(
        r"Perseverance, Navcam, Mastcam-Z 3 Oct 2025 to 4 Oct 2025 not known 1 4 Oct 2025 \(data\)", table
    )
    assert re.search(
        r"Mars Reconnaissance Orbiter, HiRISE 2 Oct 2025 expected Mar 2026 48 19 Nov 2025 \(image\)", table
    )
    for key in ("tgo-cassis-2025", "mro-hirise-2025-10-02"):
        source = Campaign.objects.get(key=key).first_public_source_key
        assert f"/sources/{source}/" in page, source
    assert "funding lapse" in page.lower()
    assert not re.search(r"<a [^>]*></a>", page), "a link without a word"


def test_it_pages_through_every_poll_exactly_once(client: Client) -> None:
    now = timezone.now()
    campaign = Campaign.objects.get(key=KEY)
    history(campaign, 60, now)
    seen: list[str] = []
    address = PAGE
    while address:
        cache.clear()
        page = client.get(address).content.decode()
        part = page[page.index('id="polls"') : page.index('id="catalogue"')]
        seen += re.findall(r"said (\d+)\.", part)
        following = re.search(r'href="(\?after=[^"]+)" rel="next"', page)
        address = PAGE + unescape(following[1]) if following else ""
    assert sorted(seen, key=int) == [str(number) for number in range(60)]
    refused = client.get(f"{PAGE}?after=yesterday")
    assert refused.status_code == 400
    assert "yesterday" in refused.content.decode()
    assert client.get("/archives/no-such-campaign/").status_code == 404


def history(campaign: Campaign, number: int, until: datetime, every: timedelta = timedelta(hours=6)) -> None:
    """A long record of polls, most of them answered; two of each four share their moment."""
    outcomes = ("timeout", "answered", "answered", "maintenance", "answered")
    ArchivePoll.objects.bulk_create(
        [
            ArchivePoll(
                campaign=campaign, archive="mast", asked_at=until - every * (place // 2), row_count=3,
                outcome=outcomes[place % 5], query_text="the question", message=f"said {place}.",
                idempotency_key=f"{campaign.key} {place}",
            )
            for place in range(number)
        ],
        batch_size=500,
    )  # fmt: skip


def queries_of(client: Client, address: str) -> list[str]:
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in captured]


def test_it_needs_no_more_queries_for_10000_polls_and_reads_them_by_index(client: Client) -> None:
    now = timezone.now()
    for row in (KEY, "tgo-cassis-2025"):
        history(Campaign.objects.get(key=row), 10, now)
    client.get(BOARD)
    addresses = (BOARD, PAGE, f"{PAGE}?after={int(now.timestamp())}000000-1", "/api/v1/campaigns/?limit=200")
    few = {address: len(queries_of(client, address)) for address in addresses}
    assert max(few.values()) <= MOST_QUERIES, few
    for row in Campaign.objects.exclude(key__in=(KEY, "tgo-cassis-2025"))[:4]:
        history(row, POLLS // 5, now)
    history_of_this = Campaign.objects.get(key=KEY)
    ArchivePoll.objects.bulk_create(
        [
            ArchivePoll(
                campaign=history_of_this, archive="mast", asked_at=now - timedelta(days=30 + place), outcome="answered",
                query_text="the question", row_count=3, idempotency_key=f"old {place}",
            )
            for place in range(POLLS // 5)
        ],
        batch_size=500,
    )  # fmt: skip
    assert ArchivePoll.objects.count() >= POLLS
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    many = {address: queries_of(client, address) for address in addresses}
    assert {address: len(found) for address, found in many.items()} == few
    ordered = [
        sql for address in (BOARD, PAGE, addresses[2]) for sql in many[address]
        if "asked_at" in sql and "LIMIT" in sql
    ]  # fmt: skip
    assert len(ordered) >= 4
    for sql in ordered:
        plan = plan_of(sql)
        assert "poll_by_" in plan, f"{sql}\n{plan}"
        # no look at all polls, and no sorting of a campaign's history
        assert not re.search(r"Seq Scan on ephemeris_archivepoll|SCAN (U0|ephemeris_archivepoll)", plan), plan
        assert not re.search(
            r"\bSort\b|USE TEMP B-TREE FOR ORDER BY", plan.replace("Incremental Sort", "")
        ), plan


def plan_of(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{sql}")
        return "\n".join(str(line[-1]) for line in cursor.fetchall())


def test_it_asks_what_checks_want_to_know_and_takes_the_answer_for_them(client: Client) -> None:
    asked = ClaimCheck.objects.filter(name="archive_holdings")
    assert renew_enquiries() == Enquiry.objects.filter(active=True).count() >= 8
    for row in Enquiry.objects.filter(active=True).select_related("body"):
        assert archives_of(row), f"no archive takes {row.key}"
        assert archives_for(question_of(row)) == archives_of(row)  # type: ignore[arg-type]
    wanted = ("mast", "JWST", "2025-09-20", "2025-11-20")
    assert {
        tuple(row.params[name] for name in ("archive", "facility", "window_from", "window_to"))
        for row in asked
    } >= {wanted}
    assert holdings_answer(*wanted) is None
    enquiry = Enquiry.objects.get(key=enquiry_key(*wanted))
    zero = ArchiveAnswer(
        archive="mast", outcome="empty", query_text="q", control_query_text="c", control_row_count=7
    )
    ingest.store(zero, enquiry, asked_at=timezone.now(), key="the zero")
    found = holdings_answer(*wanted)
    assert found is not None
    assert (found.row_count, found.control_row_count) == (0, 7)
    board = text_of(client, BOARD)
    assert "Questions of checks" in board
    assert (
        "We found no products for these names and dates; a control query of the same kind found 7 rows"
        in board
    )
    # a question that no check puts any more is not asked, and its polls stay
    asked.delete()
    renew_enquiries()
    assert not Enquiry.objects.filter(active=True).exists()
    assert ArchivePoll.objects.filter(enquiry=enquiry).exists()


@pytest.mark.parametrize(
    ("passed", "words"),
    [
        (timedelta(seconds=59), "just now"), (timedelta(minutes=1), "1 min ago"), (timedelta(minutes=59), "59 min ago"),
        (timedelta(hours=1), "1 h ago"), (timedelta(hours=47, minutes=59), "47 h ago"), (timedelta(days=2), "2 days ago"),
    ],
)  # fmt: skip
def test_it_says_how_long_ago_a_look_was(passed: timedelta, words: str) -> None:
    now = timezone.now()
    assert ago(now - passed, now) == words


@pytest.mark.parametrize(
    ("poll", "words"),
    [
        (("answered", 1, None, ""), "1 product"),
        (("answered", 1200, None, "nothing changed since the last full answer"),
         "1,200 products; nothing changed since the last full answer"),
        (("truncated", 2000, None, ""), "At least 2,000 products: the answer was cut short"),
        (("empty", 0, 0, ""),
         "We found no products for these names and dates; its control query found nothing either, so the empty answer says nothing"),
        (("timeout", None, None, "no answer within 30 s"), "no answer within 30 s"),
    ],
)  # fmt: skip
def test_it_tells_each_answer_in_words(poll: tuple[str, int | None, int | None, str], words: str) -> None:
    assert told_by_a_poll(*poll) == words


def test_it_tells_the_newest_changes_on_the_front_page(client: Client) -> None:
    assert "No archive has answered here yet" in text_of(client, "/")
    now = timezone.now()
    told("answered", now - timedelta(days=3), product("one", "raw", now - timedelta(days=1)))
    ingest.follow_clock(KEY, now=now)
    page = text_of(client, "/")
    assert "Public: 1" in page
    assert "JWST, NIRSpec IFU: ingested, proprietary → public 3I/ATLAS" in page


def test_it_tells_of_each_archive_when_it_answered_and_what_failed_since(client: Client) -> None:
    assert text_of(client, "/status/").count("not reached yet") >= len(archives())
    now = timezone.now()
    told("answered", now - timedelta(days=1), *three_products(now))
    told("maintenance", now - timedelta(hours=1), message="a web page came instead of data")
    page = text_of(client, "/status/")
    assert re.search(
        r"Mikulski Archive for Space Telescopes last answer .*? UTC ?; in maintenance ?, .*?: a web page came",
        page,
    )


def test_it_shows_beside_a_verdict_how_its_campaigns_stand_now(client: Client) -> None:
    address = "/claims/jwst-imaged-mars-flyby/"
    part = text_of(client, address)
    assert "In the archives now" in part
    assert "JWST NIRSpec IFU 6 Aug 2025 25 Aug 2025 (statement) MAST, no answer yet" in part
    now = timezone.now()
    told("answered", now - timedelta(days=1), *three_products(now))
    assert "Partly public last answer" in text_of(client, address)
    assert "In the archives now" not in text_of(client, f"{address}v/1/"), "a pinned version never changes"
    assert "In the archives now" not in text_of(client, "/claims/nickel-exceeds-iron-tenfold/")


def test_it_lists_changes_of_state_with_their_cause(client: Client) -> None:
    now = timezone.now()
    told("answered", now - timedelta(days=3), product("one", "raw", now - timedelta(days=1)))
    assert [change.cause for change in ingest.follow_clock(KEY, now=now)] == ["clock"]
    assert ArchiveStatusChange.objects.filter(campaign__key=KEY).count() == 2
    page = text_of(client, PAGE)
    assert re.search(r"Ingested, proprietary → public .*?, by the clock", page)
    assert "A release date has passed: by the dates that Mikulski Archive for Space Telescopes gave" in page
