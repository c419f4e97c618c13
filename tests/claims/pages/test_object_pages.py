"""Pages of an object: where it is now, its passage, the sky of somebody, its orbit solutions."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from claims import editing, spoken_dates
from claims.generation import generation
from claims.models import Claim
from claims.motion import everything_now
from claims.solution_history import history
from claims.spoken_dates import _read as whole
from claims.spoken_dates import spoken_of
from claims.tasks import place_objects
from ephemeris.models import OrbitSolution
from tests.claims import publishing

pytestmark = pytest.mark.django_db
NAVCAM = "navcam-pixel-scale"
FLYBY = {"observer": "perseverance", "at": "2025-10-04T06:35:29Z"}


def page(client: Client, address: str, status: int = 200, **query: str) -> str:
    answer = client.get(address, query)
    assert answer.status_code == status, answer.content[:400]
    return " ".join(
        re.sub(r"<[^>]*>", " ", answer.content.decode()).replace("\u00a0", " ").replace("\u202f", " ").split()
    )


# -- now -------------------------------------------------------------------------------------------------


def test_every_object_has_a_place_now_with_its_solution_and_engine() -> None:
    # origin of the numbers: the prototype of 2026-11-22, solution fit-2026-07 on DE440
    now = everything_now(datetime(2026, 11, 22, 0, 40, tzinfo=UTC))
    assert set(now) == {"1I", "2I", "3I"}
    there = now["3I"]
    assert there.as_of == datetime(2026, 11, 22, tzinfo=UTC)
    assert (there.delta_au, there.elongation_deg) == pytest.approx((12.8764, 134.66), abs=0.02)
    assert (there.speed_km_s, there.t_mag) == pytest.approx((59.096, 23.1), abs=0.05)
    assert (there.solution_id, there.law_of, there.source) == ("fit-2026-07", "JPL44", "embedded")
    assert there.constellation == "Gemini"
    assert there.next_event is not None
    # the window that the prototype closes at 08:38 this day, good to half an hour
    assert there.next_event.what == "leaves Webb's field of regard"
    assert abs(there.next_event.at - datetime(2026, 11, 22, 8, 38, tzinfo=UTC)) < timedelta(minutes=30)
    assert now["1I"].t_mag is None


def test_what_comes_next_is_a_passage_when_one_does() -> None:
    now = everything_now(datetime(2025, 10, 2, 22, tzinfo=UTC))["3I"]
    assert now.next_event is not None
    assert now.next_event.what == "closest to Mars"
    assert f"{now.next_event.at:%Y-%m-%dT%H:%M}" == "2025-10-03T04:36"


def test_the_front_page_says_where_each_object_is(client: Client) -> None:
    text = page(client, "/")
    assert "Where each object is now" in text
    for words in (
        "Speed about the Sun",
        "Constellation",
        "predicted by the law of JPL44",
        "Computed with fit-2026-07",
    ):
        assert words in text
    assert text.count("From the Earth") == 3


# -- the object's page -----------------------------------------------------------------------------------


def test_the_page_of_3i_tells_its_passage_and_the_claims_of_each_day(client: Client) -> None:
    text = page(client, "/objects/3I/")
    assert "3 Oct 2025 04:36 UTC Nearest to Mars 0.1937 au, 86.12 km/s" in text
    assert "29 Oct 2025 11:33 UTC Nearest to the Sun 1.356 au" in text
    assert "16 Mar 2026 12:18 UTC Nearest to Jupiter 0.3583 au" in text
    assert "Orbit solution fit-2026-07 (own fit), planets JPL DE440, computed here." in text
    dated = spoken_of("3I", generation()).claims
    assert len(dated) > 30
    for claim in dated:
        assert claim.title in text.replace("\u2212", "-"), claim.slug
    undated = spoken_of("3I", generation()).undated
    assert f"{undated} more claims speak of no particular day" in text


def test_a_busy_day_names_some_claims_and_counts_the_rest(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = spoken_of("3I", generation())
    assert every.left_out == 0
    monkeypatch.setattr("claims.spoken_dates.MOST_A_DAY", 2)
    cache.clear()
    some = spoken_of("3I", generation())
    days = [claim.first for claim in some.claims]
    assert max(days.count(day) for day in days) == 2
    assert set(some.claims) < set(every.claims)
    assert len(some.claims) + some.left_out == len(every.claims)
    assert some.undated == every.undated
    assert f"{some.left_out} more claims speak of one of these days" in page(client, "/objects/3I/")


def test_a_withdrawn_claim_leaves_the_timeline_and_a_new_one_enters_it_and_no_other_is_read_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[int] = []
    monkeypatch.setattr(spoken_dates, "_read", lambda claims: read.append(claims.count()) or whole(claims))
    before = spoken_of("3I", generation())
    editing.withdraw(
        Claim.objects.get(slug="slipped-behind-mars"),
        actor=publishing.person("reviewer"),
        at=publishing.START,
        reason="It was two claims.",
    )
    new = publishing.claim("seen-in-october")
    new.asserted.update(value=None, value_time="2025-10-03", quantity="close_approach_epoch", unit="")
    publishing.published(new)
    publishing.published(publishing.claim("of-no-day"))
    after = spoken_of("3I", generation())
    assert {claim.slug for claim in before.claims} - {claim.slug for claim in after.claims} == {
        "slipped-behind-mars"
    }
    assert {claim.slug for claim in after.claims} - {claim.slug for claim in before.claims} == {
        "seen-in-october"
    }
    assert after.undated == before.undated + 1
    assert read[1:] == [2], "the two that are published now; the withdrawn one has nothing to read"
    cache.clear()
    assert spoken_of("3I", generation()) == after, "the same as all of it read anew"


@pytest.mark.parametrize("designation", ["1I", "2I", "3I"])
def test_it_stands_without_scripts_and_weighs_little(client: Client, designation: str) -> None:
    answer = client.get(f"/objects/{designation}/")
    html = answer.content.decode()
    assert html.count('class="chart-svg chart-svg-wide"') == 2
    assert '<figure class="chart scene"' in html
    assert "/ephemeris/?start=" in html
    assert "format=votable" in html
    assert len(gzip.compress(answer.content)) < 48_000


def test_the_scene_has_a_place_for_every_day_and_the_claims_of_the_flyby(client: Client) -> None:
    scene = client.get("/objects/3I/scene.json").json()
    slider = scene["slider"]
    on = next(k for k, text in enumerate(slider["dates"]) if text.startswith("2025-10-03"))
    # 0.19366 au at 04:37 UTC; this is midnight
    assert slider["distances"]["Mars"][on] == pytest.approx(0.1940, abs=5e-4)
    assert {len(places) for places in slider["places"].values()} == {len(slider["dates"])}
    assert set(slider["places"]) == {"3I/ATLAS", "Mercury", "Venus", "Earth", "Mars", "Jupiter", "JWST"}
    here = [claim["url"] for claim in slider["claims"] if claim["from"] <= "2025-10-03" <= claim["to"]]
    assert "/claims/streak-moved-at-60-km-s/" in here
    names = next(trace["text"] for trace in scene["figure"]["data"] if trace["name"] == "events")
    assert set(names) == {
        "discovery",
        "perihelion",
        "nearest to Mars",
        "nearest to Earth",
        "nearest to Jupiter",
    }


def test_an_unknown_object_is_not_found_and_the_known_are_named(client: Client) -> None:
    for address in ("/objects/4I/", "/objects/4I/sky/", "/objects/4I/solutions/", "/objects/4I/scene.json"):
        assert "it has 1I, 2I, 3I" in page(client, address, 404)


# -- the sky ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("designation", ["1I", "2I"])
def test_pages_of_an_object_of_which_no_claim_names_a_day_are_read_again(
    client: Client, designation: str
) -> None:
    for address in (
        f"/objects/{designation}/scene.json",
        f"/objects/{designation}/sky/",
        f"/objects/{designation}/",
    ):
        assert client.get(address).status_code == 200, address


def test_the_sky_of_perseverance_on_the_night_of_the_streak(client: Client) -> None:
    # prototype: altitude 64.4, azimuth 277.0, Sun -48.4, LMST 21:33:39, 30.065 million km; 0.69 px in 3.28 s
    text = page(client, "/objects/3I/sky/", **FLYBY, camera=NAVCAM)
    assert "stands 64° above the horizon" in text
    assert "Azimuth 276.9" in text
    assert "Altitude of the Sun −48.37" in text
    assert "mean 21:33:39" in text
    assert "sol 1643" in text
    assert "30.06 million km" in text or "30.07 million km" in text
    assert "= 0.6895 pixels in a camera fixed to the ground" in text
    assert "The streak in the Perseverance frames is 3I/ATLAS" in text
    assert "An order of brightness, no prediction." in text
    assert "fit-2026-07" in text


def test_three_minutes_past_midnight_was_daylight(client: Client) -> None:
    text = page(client, "/objects/3I/sky/", observer="perseverance", at="2025-10-04T00:03Z")
    assert "in daylight" in text
    assert "Altitude of the Sun 35.7" in text


def test_without_a_question_it_answers_for_the_geocentre_and_this_minute(client: Client) -> None:
    text = page(client, "/objects/3I/sky/")
    assert "Seen from Geocentre" in text
    assert "Altitude" not in text
    assert f"{timezone.now():%Y}" in text


def test_a_centre_has_no_fixed_camera_and_no_night(client: Client) -> None:
    text = page(
        client, "/objects/3I/sky/", observer="500@499", at="2025-10-03T04:37Z", exposure="3.28", pixel="68"
    )
    assert "= 0.0295" in text or "= 0.0296" in text  # 0.613 arcsec a second
    assert "fixed to the ground" not in text


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"observer": "nowhere"}, "observer 'nowhere' is not known"),
        ({"at": "yesterday"}, "'yesterday' is no instant Allowed: ISO 8601"),
        ({"at": "1066-10-14"}, "1066-10-14T00:00:00Z is outside"),
        ({"camera": "kodak"}, "camera 'kodak' is not on record Allowed: navcam-pixel-scale"),
        ({"exposure": "long"}, "exposure 'long' is no such number"),
        ({"pixel": "-1"}, "pixel '-1' is no such number"),
        ({"solution": "JPL1"}, "no orbit solution JPL1"),
        ({"colour": "green"}, "parameter 'colour' is unknown"),
    ],
)
def test_a_bad_question_comes_back_with_what_is_allowed(
    client: Client, query: dict[str, str], named: str
) -> None:
    text = (
        page(client, "/objects/3I/sky/", 400, **query).replace("&#x27;", "'").replace(". Allowed", " Allowed")
    )
    assert named in text
    assert "Seen from" not in text


# -- orbit solutions -------------------------------------------------------------------------------------


def test_each_solution_says_what_it_changed(client: Client) -> None:
    newest, jpl44, *_ = history("3I", datetime(2026, 11, 22, tzinfo=UTC))
    assert (newest.row.solution_id, newest.before and newest.before.solution_id) == ("fit-2026-07", "JPL44")
    assert [line.event for line in newest.shifts] == ["Now", "Mars pass", "Earth pass", "Jupiter pass"]
    mars = newest.shifts[1]
    # 28,970,923 km against 28,971,024 km, prototype
    assert mars.distance_km == pytest.approx(28_970_923, abs=50)
    assert mars.km > 90
    assert jpl44.before is not None
    text = page(client, "/objects/3I/solutions/")
    assert "What it changed against JPL44" in text
    assert "28.971 million km" in text
    assert "The oldest solution on record." in text
    assert OrbitSolution.objects.filter(body__designation="3I").count() == text.count("Came from")


def test_the_worker_computes_an_hour_before_it_begins_so_that_no_reader_waits(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    assert place_objects() == {"computed": 6}

    def computed(*_: object) -> None:
        raise AssertionError("a reader waited for it")

    monkeypatch.setattr("claims.motion.now", computed)
    assert set(everything_now(timezone.now() + timedelta(hours=1))) == {"1I", "2I", "3I"}
    # the page of an object and the front page share what was computed
    assert "Where it is now" in client.get("/objects/3I/").content.decode()
    assert "light takes" in client.get("/").content.decode()
