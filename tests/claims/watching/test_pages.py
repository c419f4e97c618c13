"""Pages of sources: still there, changed, moved, gone, blocked; and when nobody could look."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from claims.models import Appearance, Source, SourceCheck
from claims.watching.pages import Before, found_on
from claims.watching.reading import PageText, page_text, phrase_state
from ephemeris.page_door import Page
from ephemeris.services.contract import RemoteUnavailable
from tests.claims.watching.conftest import NOW, Look, changes, checks, marks
from tests.fakes.watched import FakeWeb, Said

pytestmark = pytest.mark.django_db
KEY = "wright-2025-anomalies"
PHRASE = "no raw images and no calibration files"
TEXT = "\n\n".join(
    f"Paragraph {place}: the comet was observed again on that night, and its coma had grown a little since the last image."
    for place in range(9)
)
QUOTED = f"{TEXT}\n\nThe writer complains that there are “no raw images and no calibration files” of that night anywhere."
DAY = timedelta(days=1)
SITE = "https://site.example/page"


@pytest.fixture
def source(db: None) -> Source:
    found = Source.objects.get(key=KEY)
    Appearance.objects.filter(source=found).update(phrase=PHRASE)
    return found


def facts(source: Source) -> dict:
    return SourceCheck.objects.filter(source=source).latest("pk").facts


def test_a_page_that_stays_as_it_is_changes_nothing(web: FakeWeb, look_at: Look, source: Source) -> None:
    web.page(source.url, QUOTED)
    for week in range(3):
        look_at(source, "page", NOW + week * 7 * DAY)
    assert (changes(source, "page"), marks(source)) == ([("", "there")], [])
    [phrase] = facts(source)["phrases"]
    assert (phrase["phrase"], phrase["state"]) == (PHRASE, "there")
    assert all(re.fullmatch("[0-9a-f]{16}", phrase["around"][side]) for side in ("prefix", "suffix"))
    kept = str(facts(source))
    assert "complains" not in kept, "nothing of the text is kept but the phrase"


def test_a_softened_phrase_is_a_change_with_its_new_words_beside_it_and_opens_one_review(
    web: FakeWeb, look_at: Look, source: Source
) -> None:
    web.page(source.url, QUOTED)
    look_at(source, "page")
    web.page(
        source.url, QUOTED.replace("no raw images and no calibration", "few raw images and no calibration")
    )
    for day in (7, 14, 21):
        look_at(source, "page", NOW + day * DAY)
    assert changes(source, "page") == [("", "there"), ("there", "changed")]
    assert facts(source)["phrases"] == [
        {"phrase": PHRASE, "state": "reworded", "nearest": "few raw images and no calibration files"}
    ]
    assert [reason for _, reason in marks(source)] == ["source_changed"]


def test_a_phrase_that_stands_among_other_words_now_is_a_change(
    web: FakeWeb, look_at: Look, source: Source
) -> None:
    web.page(source.url, QUOTED)
    look_at(source, "page")
    moved = QUOTED.replace(PHRASE, "none of those", 1)
    web.page(source.url, moved.replace("Paragraph 7", f"A rumour spoke of {PHRASE}, wrongly as we know"))
    look_at(source, "page", NOW + 7 * DAY)
    assert changes(source, "page") == [("", "there"), ("there", "changed")]
    check = SourceCheck.objects.filter(source=source).latest("pk")
    assert "stands among other words now" in check.sentence
    assert check.facts["phrases"][0]["state"] == "there"


def test_a_rewritten_page_is_a_change_and_a_touched_one_is_not(
    web: FakeWeb, look_at: Look, source: Source
) -> None:
    Appearance.objects.filter(source=source).update(phrase="")
    web.page(source.url, QUOTED)
    look_at(source, "page")
    web.page(source.url, QUOTED.replace("Paragraph 3", "Section 3"))
    look_at(source, "page", NOW + 7 * DAY)
    assert (changes(source, "page"), facts(source)["kept_share"]) == ([("", "there")], 0.9)
    web.page(source.url, QUOTED.replace("a little", "a lot"))
    look_at(source, "page", NOW + 14 * DAY)
    assert changes(source, "page")[1:] == [("there", "changed")]
    assert len(marks(source)) == 1


def test_a_page_is_gone_only_when_three_looks_over_a_week_agree(
    web: FakeWeb, look_at: Look, source: Source
) -> None:
    web.page(source.url, QUOTED)
    look_at(source, "page")
    web.pages.clear()
    for day in (7, 8, 9, 10):
        look_at(source, "page", NOW + day * DAY)
    assert changes(source, "page") == [("", "there"), ("there", "missing")]
    assert marks(source) == []
    look_at(source, "page", NOW + 14 * DAY)
    look_at(source, "page", NOW + 21 * DAY)
    assert changes(source, "page")[2:] == [("missing", "gone")]
    assert [reason for _, reason in marks(source)] == ["source_vanished"]


def test_a_page_that_comes_back_was_never_gone(web: FakeWeb, look_at: Look, source: Source) -> None:
    for day in (0, 4):
        look_at(source, "page", NOW + day * DAY)
    web.page(source.url, QUOTED)
    look_at(source, "page", NOW + 5 * DAY)
    web.pages.clear()
    look_at(source, "page", NOW + 12 * DAY)
    assert changes(source, "page") == [("", "missing"), ("missing", "there"), ("there", "missing")]
    assert marks(source) == []


def test_a_front_page_in_its_place_is_a_page_that_is_not_there(
    web: FakeWeb, look_at: Look, source: Source
) -> None:
    host = source.url.split("/")[2]
    web.pages[source.url.removeprefix("https://")] = Said("", 302, headers={"Location": f"https://{host}/"})
    web.page(
        f"https://{host}/", "Welcome to our site, where you find all the news of the day and of the night."
    )
    look_at(source, "page")
    assert (checks(source, "page"), facts(source)["link"]) == ([("looked", "missing")], "soft 404")


def test_a_page_that_moved_for_good_says_where_to(web: FakeWeb, look_at: Look, source: Source) -> None:
    web.pages[source.url.removeprefix("https://")] = Said(
        "", 301, headers={"Location": "https://new.example/post"}
    )
    web.page("https://new.example/post", QUOTED)
    ended = look_at(source, "page")
    assert ended.check.sentence == "The page has moved to https://new.example/post."
    assert (changes(source, "page"), marks(source)) == ([("", "moved")], [])


@pytest.mark.parametrize("status", [401, 403, 451])
def test_a_site_that_does_not_let_us_in_is_blocked(
    status: int, web: FakeWeb, look_at: Look, source: Source
) -> None:
    web.page(source.url, "no", status=status)
    look_at(source, "page")
    assert (checks(source, "page"), marks(source)) == ([("looked", "blocked")], [])


def test_it_fetches_nothing_that_robots_txt_does_not_allow(
    web: FakeWeb, look_at: Look, source: Source
) -> None:
    host = source.url.split("/")[2]
    web.page(source.url, QUOTED)
    web.pages[f"{host}/robots.txt"] = Said("User-agent: *\nDisallow: /", kind="text/plain")
    ended = look_at(source, "page")
    assert ended.check.sentence == "The site asks programs not to fetch this page (robots.txt)."
    assert [one.path for one in web.asked(host)] == ["/robots.txt"]
    look_at(source, "page")
    assert len(web.asked(host)) == 1, "the rules of a site are kept for a day"


def test_rules_that_cannot_be_read_are_no_permission(web: FakeWeb, look_at: Look, source: Source) -> None:
    host = source.url.split("/")[2]
    web.page(source.url, QUOTED)
    web.pages[f"{host}/robots.txt"] = Said("down", 503, "text/plain")
    look_at(source, "page")
    assert checks(source, "page") == [("could_not_look", "")]
    assert [one.path for one in web.asked(host)] == ["/robots.txt"]


@pytest.mark.parametrize("fault", ["unavailable", "too_fast", "stall"])
def test_a_site_that_does_not_answer_was_not_looked_at(
    fault: str, web: FakeWeb, look_at: Look, source: Source
) -> None:
    web.page(source.url, QUOTED)
    look_at(source, "page")
    web.faults[source.url.split("/")[2]] = fault
    for day in (7, 14, 21, 28):
        assert look_at(source, "page", NOW + day * DAY).kind == "retry"
    assert checks(source, "page")[1:] == [("could_not_look", "")] * 4
    assert (changes(source, "page"), marks(source)) == ([("", "there")], [])


def test_a_site_without_an_address_is_missing_only_while_other_sites_have_theirs() -> None:
    away = Page(SITE, failure="no_such_host", detail="site.example has no address")
    found = found_on(away, [PHRASE], Before(others_answer=True), now=NOW)
    assert (found.state, found.facts["link"]) == ("missing", "dns")
    with pytest.raises(RemoteUnavailable, match="has no address"):
        found_on(away, [PHRASE], Before(others_answer=False), now=NOW)
    missed = [NOW - 8 * DAY, NOW - 4 * DAY]
    assert found_on(away, [PHRASE], Before(missed=missed, others_answer=True), now=NOW).state == "gone"


@pytest.mark.parametrize("failure", ["tls", "timeout", "unreachable", "too_many_redirects"])
def test_a_connection_that_failed_says_nothing_of_the_page(failure: str) -> None:
    with pytest.raises(RemoteUnavailable, match="why it failed"):
        found_on(Page(SITE, failure=failure, detail="why it failed"), [PHRASE], Before(), now=NOW)


def test_a_page_that_is_no_text_is_there_and_unread(web: FakeWeb, look_at: Look, source: Source) -> None:
    web.pages[source.url.removeprefix("https://")] = Said("%PDF-1.7", kind="application/pdf")
    ended = look_at(source, "page")
    assert ended.check.state == "there"
    assert "its text was not read: the page is application/pdf" in ended.check.sentence


def test_a_phrase_is_found_whatever_its_quotes_dashes_and_invisible_characters() -> None:
    html = "<html><body><article><p>They said: “There is an\u00adti\u00adtail—and it’s 22\u2011second pulses”, no more.</p></article></body></html>"
    text = page_text(html.encode(), "text/html")
    assert phrase_state("it's 22-second pulses", text) == ("there", "")
    assert phrase_state("THERE IS ANTITAIL", text) == ("there", "")
    assert phrase_state("an alloy from another star", text) == ("missing", "")
    assert phrase_state("second pul", text)[0] != "there", "half a word is no word"
    assert phrase_state("", PageText("", "")) == ("missing", "")
