"""Wayback, Save Page Now, Crossref and arXiv: what each state and each fault leaves behind, and nothing more."""

from __future__ import annotations

import pytest

from claims.models import Source, SourceChange, SourceCheck, StaleMark
from claims.watching.looking import comes_back_after
from ephemeris.watches.registry import watches
from tests.claims.watching.conftest import Look, changes, checks, marks
from tests.fakes.watched import ARXIV, CROSSREF, WAYBACK, FakeWeb, Preprint

pytestmark = pytest.mark.django_db
PAGE, PAPER = "wright-2025-anomalies", "cordiner-2025-jwst-co2"
DOI = "10.3847/2041-8213/ae0647"
NOTICE = "10.3847/2041-8213/bf1111"


@pytest.fixture
def article(db: None) -> Source:
    return Source.objects.get(key=PAGE)


@pytest.fixture
def paper(db: None) -> Source:
    return Source.objects.get(key=PAPER)


def facts(source: Source, watch: str) -> dict:
    return SourceCheck.objects.filter(source=source, watch=watch).latest("pk").facts


# -- Wayback Machine -----------------------------------------------------------------------------------


def test_wayback_tells_an_archived_copy_from_none_and_from_a_page_it_may_not_show(
    web: FakeWeb, look_at: Look, article: Source
) -> None:
    assert look_at(article, "wayback").check.sentence == "The Wayback Machine has no copy of this page."
    web.captures[article.url] = "20251110081502"
    assert look_at(article, "wayback").check.sentence == "The Wayback Machine has a copy of 10 November 2025."
    assert (
        facts(article, "wayback")["archive_url"]
        == f"https://web.archive.org/web/20251110081502/{article.url}"
    )
    web.captures[article.url] = "20261110081502"
    look_at(article, "wayback")
    web.excluded.add(article.url)
    look_at(article, "wayback")
    assert changes(article, "wayback") == [
        ("", "not_archived"),
        ("not_archived", "archived"),
        ("archived", "excluded"),
    ]
    assert marks(article) == []
    [first, *_] = web.asked(WAYBACK)
    assert (first.query["limit"], first.query["filter"], first.query["url"]) == (
        "-1",
        "statuscode:200",
        article.url,
    )


# -- Save Page Now -------------------------------------------------------------------------------------


def test_no_capture_is_asked_for_without_keys(web: FakeWeb, look_at: Look, article: Source) -> None:
    ended = look_at(article, "save_page_now")
    assert (ended.kind, web.heard, checks(article, "save_page_now")) == ("dropped", [], [])


def test_a_capture_is_pending_until_the_archive_says_that_it_is_done(
    web: FakeWeb, look_at: Look, article: Source, with_keys: None
) -> None:
    ended = look_at(article, "save_page_now")
    assert comes_back_after(ended, 0) == 90.0
    look_at(article, "save_page_now", attempt=1)
    ended = look_at(article, "save_page_now", attempt=2)
    assert checks(article, "save_page_now") == [
        ("looked", "pending"),
        ("looked", "pending"),
        ("looked", "archived"),
    ]
    assert comes_back_after(ended, 2) is None
    assert [one.method for one in web.asked(WAYBACK)] == ["POST", "GET", "GET"], (
        "asked for once, then asked how it is"
    )
    assert {one.headers["Authorization"] for one in web.asked(WAYBACK)} == {"LOW key:secret"}
    kept = SourceCheck.objects.filter(source=article).values_list("query", "sentence", "facts")
    assert "secret" not in str(list(kept))
    look_at(article, "wayback")
    assert changes(article, "wayback") == [("", "archived")]


def test_a_capture_that_the_archive_refuses_is_a_failure_with_its_code(
    web: FakeWeb, look_at: Look, article: Source, with_keys: None
) -> None:
    web.refusal = "too-many-daily-captures"
    ended = look_at(article, "save_page_now")
    assert ended.check.sentence == "The Internet Archive could not capture the page: too-many-daily-captures."
    assert (checks(article, "save_page_now"), comes_back_after(ended, 0)) == ([("looked", "failed")], None)


def test_a_capture_whose_answer_never_came_is_not_asked_for_again(
    web: FakeWeb, look_at: Look, article: Source, with_keys: None
) -> None:
    web.faults[WAYBACK] = "stall"
    ended = look_at(article, "save_page_now")
    assert checks(article, "save_page_now") == [("could_not_look", "")]
    assert comes_back_after(ended, 0) is None


# -- Crossref ------------------------------------------------------------------------------------------


def test_a_correction_and_then_a_retraction_open_one_review_each(
    web: FakeWeb, look_at: Look, paper: Source
) -> None:
    web.notices[DOI] = []
    look_at(paper, "crossref")
    assert marks(paper) == []
    web.notices[DOI] = [("correction", NOTICE, "2026-10-01")]
    for _ in range(3):
        look_at(paper, "crossref")
    corrected = marks(paper)
    assert {reason for _, reason in corrected} == {"source_corrected"}
    assert len(corrected) == 19, "every standing verdict that rests on the paper, once"
    mark = StaleMark.objects.filter(subject_key=paper.key).first()
    assert mark.detail == (
        f"{paper.authors_short} 2025, {paper.title}: Demonstration with invented data: Its publisher has corrected it: correction {NOTICE} (2026-10-01)."
    )
    web.notices[DOI] += [("retraction", "10.3847/2041-8213/bf2222", "2026-11-01")]
    for _ in range(2):
        look_at(paper, "crossref")
    assert len(marks(paper)) == 38
    assert changes(paper, "crossref") == [
        ("", "no_notice"),
        ("no_notice", "corrected"),
        ("corrected", "retracted"),
    ]


def test_a_notice_that_the_paper_does_not_show_is_found_by_what_it_updates(
    web: FakeWeb, look_at: Look, paper: Source
) -> None:
    web.notices[DOI] = []
    web.hidden_notices[DOI] = [("expression_of_concern", NOTICE, "2026-09-09")]
    ended = look_at(paper, "crossref")
    assert (ended.check.state, facts(paper, "crossref")["notices"][0]["doi"]) == ("concern", NOTICE)
    assert {reason for _, reason in marks(paper)} == {"source_corrected"}


def test_a_doi_that_crossref_does_not_know_is_an_answer(web: FakeWeb, look_at: Look, paper: Source) -> None:
    assert look_at(paper, "crossref").check.state == "not_registered"
    assert (changes(paper, "crossref"), marks(paper)) == ([("", "not_registered")], [])


# -- arXiv ---------------------------------------------------------------------------------------------


def test_a_newer_version_opens_a_review_when_it_appears_and_not_at_the_first_look(
    web: FakeWeb, look_at: Look, paper: Source
) -> None:
    cited = Source.objects.get(key="bialy-loeb-2018-radiation-pressure")  # the record cites version 3
    web.preprints["1810.11490"] = Preprint(version=4)
    assert look_at(cited, "arxiv").check.sentence == (
        "The record cites version 3; version 4 of 2026-03-02 is the newest."
    )
    assert (changes(cited, "arxiv"), marks(cited)) == ([("", "newer_version")], [])
    web.preprints["1810.11490"].doi = "10.3847/2041-8213/aaeda8"
    look_at(cited, "arxiv")
    assert facts(cited, "arxiv")["published_as"] == "10.3847/2041-8213/aaeda8"
    assert (len(changes(cited, "arxiv")), marks(cited)) == (2, [])
    web.preprints["1810.11490"].version = 5
    for _ in range(2):
        look_at(cited, "arxiv")
    assert [reason for _, reason in marks(cited)] == ["source_changed"]
    assert len(changes(cited, "arxiv")) == 3


def test_a_withdrawal_opens_a_review_at_the_first_look_already(
    web: FakeWeb, look_at: Look, paper: Source
) -> None:
    web.preprints["2508.18209"] = Preprint(version=2, comment="This paper has been withdrawn by the authors")
    look_at(paper, "arxiv")
    look_at(paper, "arxiv")
    assert changes(paper, "arxiv") == [("", "withdrawn")]
    assert (len(marks(paper)), {reason for _, reason in marks(paper)}) == (19, {"source_retracted"})


def test_a_number_that_arxiv_does_not_know_is_an_answer(web: FakeWeb, look_at: Look, paper: Source) -> None:
    look_at(paper, "arxiv")
    assert changes(paper, "arxiv") == [("", "not_found")]


# -- faults --------------------------------------------------------------------------------------------

AWAY, UNREADABLE = ("could_not_look", ""), ("unexpected_reply", "")
FAULTS = [
    *((watch, fault, AWAY) for watch in ("wayback", "crossref", "arxiv") for fault in ("unavailable", "too_fast", "stall", "page")),
    *((watch, fault, UNREADABLE) for watch in ("wayback", "crossref", "arxiv") for fault in ("truncated", "changed_shape")),
    ("wayback", "wrong_page", UNREADABLE), ("crossref", "wrong_doi", UNREADABLE), ("arxiv", "wrong_paper", UNREADABLE),
]  # fmt: skip


@pytest.mark.parametrize(
    ("watch", "fault", "left"), FAULTS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_fault_leaves_the_last_state_and_opens_nothing(
    watch: str, fault: str, left: tuple[str, str], web: FakeWeb, look_at: Look, article: Source, paper: Source
) -> None:
    source = article if watch == "wayback" else paper
    [host] = watches()[watch].hosts
    web.captures[article.url] = "20251110081502"
    web.notices[DOI] = []
    web.preprints["2508.18209"] = Preprint(version=1)
    good = look_at(source, watch)
    assert good.kind == "stored"
    web.notices[DOI] = [("retraction", NOTICE, "2026-10-01")]
    web.faults[host] = fault
    ended = look_at(source, watch)
    assert checks(source, watch) == [("looked", good.check.state), left]
    assert ended.kind == ("retry" if left == AWAY else "failed")
    assert (len(changes(source, watch)), marks(source)) == (1, [])
    if fault in ("unavailable", "too_fast"):
        assert ended.wait_s == 37.0
        assert comes_back_after(ended, 0) >= 37.0
    del web.faults[host]
    again = look_at(source, watch)
    assert again.kind == "stored"
    assert bool(marks(source)) is (watch == "crossref"), "what was missed is seen afterwards"


def test_every_watch_explains_its_states_and_asks_only_its_host(db: None) -> None:
    assert list(watches()) == ["arxiv", "crossref", "save_page_now", "wayback"]
    assert {host for watch in watches().values() for host in watch.hosts} == {ARXIV, CROSSREF, WAYBACK}
    assert all(watch.states and watch.interval_s >= 1.0 for watch in watches().values())


def test_a_look_that_is_delivered_twice_is_kept_once(web: FakeWeb, by: object, paper: Source) -> None:
    from claims.watching.looking import look
    from tests.claims.watching.conftest import NOW

    web.notices[DOI] = [("retraction", NOTICE, "2026-10-01")]
    first = look(paper.key, "crossref", run="same", attempt=0, now=NOW, by=by)
    second = look(paper.key, "crossref", run="same", attempt=0, now=NOW, by=by)
    assert first.check == second.check
    assert (len(web.asked(CROSSREF)), SourceChange.objects.filter(source=paper).count()) == (2, 1)
