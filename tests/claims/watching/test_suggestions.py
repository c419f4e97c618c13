"""Pages that seem to repeat a claim: proposed to editors, with eight words of the text and no more."""

from __future__ import annotations

import pytest

from claims import tasks
from claims.models import Appearance, Source, SourceCheck, SuspectedAppearance
from claims.watching.looking import Reach
from claims.watching.suggestions import look_for_claims, phrase_of
from tests.claims.desk.people import at_the_desk
from tests.claims.watching.conftest import NOW, Look
from tests.claims.watching.test_pages import DAY, TEXT
from tests.fakes.watched import FakeWeb, Said

pytestmark = pytest.mark.django_db
KEY = "wright-2025-anomalies"
CLAIM = "acceleration-proves-engine"
SAYS = "The non-gravitational acceleration of 3I/ATLAS proves that it has an engine."
URL = "https://news.example/2025/comet"


@pytest.fixture
def source(db: None) -> Source:
    return Source.objects.get(key=KEY)


def test_a_page_that_changed_is_matched_once_and_only_the_phrase_is_kept(
    web: FakeWeb, look_at: Look, source: Source
) -> None:
    web.page(source.url, f"{TEXT}\n\n{SAYS}")
    look_at(source, "page")
    assert not SuspectedAppearance.objects.exists(), "a first look is no change"
    web.page(
        source.url, f"{TEXT}\n\n{SAYS}\n\nThe author adds that nobody asked him about the dinner afterwards."
    )
    for day in (7, 14):
        look_at(source, "page", NOW + day * DAY)
    row = SuspectedAppearance.objects.get(claim__slug=CLAIM)
    assert (row.source, row.url, row.state, row.synthetic) == (source, source.url, "open", True)
    assert 1 <= len(row.phrase.split()) <= 8
    assert row.phrase in SAYS
    assert "dinner" not in str(list(SuspectedAppearance.objects.values())) + str(
        list(SourceCheck.objects.values())
    )
    SuspectedAppearance.objects.update(state="declined", decided_by=1, decided_at=NOW)
    web.page(source.url, f"{TEXT}\n\n{SAYS}\n\nAnother end.")
    look_at(source, "page", NOW + 21 * DAY)
    assert SuspectedAppearance.objects.get(claim__slug=CLAIM).state == "declined", "it does not come back"


def test_a_claim_that_is_on_record_as_said_there_and_one_that_is_rejected_are_not_suspected(
    web: FakeWeb, by: Reach, source: Source
) -> None:
    web.page(
        URL,
        f"{TEXT}\n\nIt is not true that the acceleration of 3I/ATLAS proves an engine; no engine was ever found.",
    )
    assert look_for_claims(URL, now=NOW, by=by).kind == "stored"
    assert not SuspectedAppearance.objects.filter(claim__slug=CLAIM).exists()
    known = Appearance.objects.filter(source=source).first()
    web.page(source.url, f"{TEXT}\n\n{known.claim.statement}")
    look_for_claims(source.url, now=NOW, by=by)
    assert not SuspectedAppearance.objects.filter(claim=known.claim).exists()


def test_an_address_that_an_editor_named_is_read_as_its_site_allows(web: FakeWeb, by: Reach) -> None:
    web.page(URL, f"{TEXT}\n\n{SAYS}")
    web.pages["news.example/robots.txt"] = Said("User-agent: *\nDisallow: /2025/", kind="text/plain")
    ended = look_for_claims(URL, now=NOW, by=by)
    assert (ended.kind, "robots.txt" in ended.why) == ("failed", True)
    assert look_for_claims(URL, now=NOW, by=by).kind == "wait", "one request at a time to a site"
    assert [one.path for one in web.asked("news.example")] == ["/robots.txt"]
    web.page("https://open.example/comet", f"{TEXT}\n\n{SAYS}")
    assert look_for_claims("https://open.example/comet", now=NOW, by=by).kind == "stored"
    assert SuspectedAppearance.objects.get(claim__slug=CLAIM).source is None
    assert (
        look_for_claims("https://gone.example/comet", now=NOW, by=by).why
        == "the page answered with status 404"
    )
    assert "loopback" in look_for_claims("http://127.1/comet", now=NOW, by=by).why


def test_an_address_inside_a_network_is_refused_at_the_desk(db: None) -> None:
    desk = at_the_desk("second", "editor")
    page = desk.post("/admin/desk/suspected/look/", {"url": "http://site.example:22/"}).content.decode()
    assert "port 22, expected 80 for http" in page
    assert (
        "user name or password"
        in desk.post("/admin/desk/suspected/look/", {"url": "http://a@b.example/"}).content.decode()
    )
    assert 'href="/admin/desk/suspected/look/"' in desk.get("/admin/desk/queues/suspected/").content.decode()


def test_an_editor_sees_what_came_of_the_addresses_that_were_named(
    web: FakeWeb, by: Reach, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks.looking, "reach", lambda: by)
    tasks.watch_suspect.apply(args=["https://gone.example/comet"])
    page = at_the_desk("second", "editor").get("/admin/desk/suspected/look/").content.decode()
    assert "https://gone.example/comet" in page
    assert "the page answered with status 404" in page


def test_a_phrase_is_the_eight_words_that_tell_most() -> None:
    sentence = (
        "On Monday, as every week, he wrote that the acceleration of the comet proves that it has an engine."
    )
    assert phrase_of(sentence, ["accel", "engin", "prove"]) == "acceleration of the comet proves that it has"
    assert phrase_of("Short.", ["x"]) == "Short."
