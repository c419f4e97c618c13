"""What readers and programs are shown of a watched source: what was seen, when, and where nobody could look."""

from __future__ import annotations

import json
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.kept import forget_everything
from claims.models import Source
from tests.claims import publishing
from tests.claims.watching.conftest import NOW, Look
from tests.claims.watching.test_pages import DAY, KEY, PHRASE, QUOTED
from tests.fakes.watched import WAYBACK, FakeWeb, Preprint

pytestmark = pytest.mark.django_db
PAPER, DOI = "cordiner-2025-jwst-co2", "10.3847/2041-8213/ae0647"


@pytest.fixture
def source(db: None) -> Source:
    return Source.objects.get(key=KEY)


@pytest.fixture
def paper(db: None) -> Source:
    return Source.objects.get(key=PAPER)


def shown(client: Client, address: str) -> str:
    cache.clear()
    answer = client.get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


def told(client: Client, address: str) -> dict:
    cache.clear()
    return json.loads(client.get(address).content)


def test_a_source_that_nobody_looked_at_says_so_and_is_null_for_programs(
    client: Client, source: Source
) -> None:
    page = shown(client, source.get_absolute_url())
    assert "Not looked at yet" in page
    assert "The page is there" not in page
    assert told(client, f"/api/v1/sources/{KEY}/")["watched"] == {
        "states": None, "last_looked": None, "archived_copy": None, "published_as": None, "looks": [],
    }  # fmt: skip
    seed = shown(client, "/sources/seed-mars-flyby/")
    assert "nothing can be asked about it" in seed


def test_a_source_page_says_what_was_seen_and_where_the_archived_copy_is(
    client: Client, web: FakeWeb, look_at: Look, source: Source
) -> None:
    web.page(source.url, QUOTED)
    web.captures[source.url] = "20251110081502"
    look_at(source, "page")
    look_at(source, "wayback")
    page = shown(client, source.get_absolute_url())
    assert "The page is there." in page
    assert f'href="https://web.archive.org/web/20251110081502/{source.url}"' in page
    assert "23 Nov 2026 14:02" in page.replace("\xa0", " ")
    watched = told(client, f"/api/v1/sources/{KEY}/")["watched"]
    assert (watched["states"], watched["archived_copy"]["captured_at"]) == ([], "2025-11-10T08:15:02+00:00")
    web.faults[source.url.split("/")[2]] = web.faults[WAYBACK] = "unavailable"
    look_at(source, "page", NOW + 7 * DAY)
    look_at(source, "wayback", NOW + 7 * DAY)
    page = shown(client, source.get_absolute_url())
    assert "The page is there." in page, "a look that failed hides nothing"
    assert "The last try failed" in page
    assert [look["last_try_outcome"] for look in told(client, f"/api/v1/sources/{KEY}/")["watched"]["looks"]] == [
        "could_not_look", "could_not_look",
    ]  # fmt: skip


def test_a_retraction_stands_on_the_source_beside_the_evidence_in_the_list_and_in_the_api(
    client: Client, web: FakeWeb, look_at: Look, paper: Source
) -> None:
    slug = _claim_resting_on(paper)
    assert "retracted" not in shown(client, f"/claims/{slug}/")
    web.notices[DOI] = [("retraction", "10.3847/2041-8213/bf2222", "2026-11-01")]
    web.preprints["2508.18209"] = Preprint(version=1, doi=DOI)
    look_at(paper, "crossref")
    look_at(paper, "arxiv")
    page = shown(client, paper.get_absolute_url())
    assert '<span class="flag">retracted</span>' in page
    assert f'href="https://doi.org/{DOI}"' in page
    claim = shown(client, f"/claims/{slug}/")
    assert '<span class="flag">retracted</span>' in claim
    assert "A source was retracted or withdrawn" in claim
    listed = shown(client, "/sources/?state=retracted")
    assert (PAPER in listed, KEY in listed) == (True, False)
    items = told(client, "/api/v1/sources/?state=retracted")["items"]
    assert [item["id"] for item in items] == [PAPER]
    assert items[0]["watched"]["states"] == ["retracted"]
    assert f"/sources/{PAPER}/" not in shown(client, "/sources/?state=not_looked")


def test_an_unknown_state_is_refused_by_name(client: Client) -> None:
    answer = client.get("/sources/?state=lost")
    assert (answer.status_code, "not_looked" in answer.content.decode()) == (400, True)
    answer = client.get("/api/v1/sources/?state=lost")
    assert (answer.status_code, "not_looked" in answer.content.decode()) == (422, True)


def test_a_claim_says_whether_the_phrase_still_stands_where_it_was_said(
    client: Client, web: FakeWeb, look_at: Look
) -> None:
    claim = publishing.claim("said-there")
    source = publishing.source("a-post", kind="blog", url="https://blog.example/post")
    claim.appearances.create(source=source, phrase=PHRASE, stance="asserts", first_seen="2025-11-09")
    claim.appearances.create(source=source, phrase="said before", stance="asserts", first_seen="2025-08-07")
    publishing.published(claim)
    web.page(source.url, QUOTED)
    web.captures[source.url] = "20251110081502"
    page = shown(client, "/claims/said-there/")
    assert "Looked" not in page
    assert 'First known <time datetime="2025-08-07">' in page
    look_at(source, "page")
    look_at(source, "wayback")
    page = shown(client, "/claims/said-there/")
    assert "Page still there; the phrase still stands there. Looked" in re.sub(r"</?span[^>]*>", "", page)
    assert re.search(r">Archived copy of (<time [^>]*>)?10 Nov(ember)? 2025(</time>)?</a>", page)
    web.page(source.url, QUOTED.replace(PHRASE, "many raw images and all calibration files"))
    look_at(source, "page", NOW + 7 * DAY)
    assert "Page changed since our first look; the phrase" in re.sub(
        r"</?span[^>]*>", "", shown(client, "/claims/said-there/")
    )
    web.faults["blog.example"] = "unavailable"
    look_at(source, "page", NOW + 14 * DAY)
    assert "Could not look again" in shown(client, "/claims/said-there/")
    web.faults.clear()
    web.pages.clear()
    for day in (21, 25, 30):
        look_at(source, "page", NOW + day * DAY)
    assert "Page gone. Looked" in shown(client, "/claims/said-there/")


def test_the_status_page_says_how_each_watch_fared(
    client: Client, web: FakeWeb, look_at: Look, paper: Source
) -> None:
    page = shown(client, "/status/")
    assert "Off: the operator gave no keys" in page
    web.faults["api.crossref.org"] = "unavailable"
    look_at(paper, "crossref")
    page = shown(client, "/status/")
    assert "Could not look, " in page
    assert "does not serve (503)" in page


def test_pages_cost_the_same_number_of_queries_however_often_a_source_was_looked_at(
    client: Client, web: FakeWeb, look_at: Look, paper: Source
) -> None:
    pages = [
        f"/claims/{_claim_resting_on(paper)}/",
        paper.get_absolute_url(),
        "/sources/",
        "/sources/?state=corrected",
        "/status/",
    ]

    def cost() -> list[int]:
        found = []
        for address in pages:
            cache.clear()
            forget_everything()
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            found.append(len(captured))
        return found

    web.notices[DOI] = [("correction", "10.3847/2041-8213/bf1111", "2026-10-01")]
    web.preprints["2508.18209"] = Preprint(version=1)
    for watch in ("crossref", "arxiv"):
        look_at(paper, watch)
    few = cost()
    for watch in ("crossref", "arxiv", "crossref", "arxiv"):
        look_at(paper, watch)
    assert cost() == few
    assert max(few) <= 12


def _claim_resting_on(source: Source) -> str:
    from claims.watching.changes import resting_versions

    return resting_versions(source)[0].claim.slug
