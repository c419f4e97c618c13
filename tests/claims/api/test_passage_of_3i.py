"""The passage of 3I out of the HTTP API, number by number, against an independent prototype.

Origin of the numbers: solution fit-2026-07 (fitted to JPL Horizons positions of 2026-07-24), integrated with DE440 and
scipy's DOP853 by another program on 2026-11-22.
"""

from __future__ import annotations

from datetime import datetime
from math import hypot
from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
BASE = "/api/v1/objects/3I"
MU_RAD_PER_ARCSEC = 4.84813681


@pytest.fixture
def empty_record() -> None:
    """These tests read the loaded catalogue."""


def answer(client: Client, what: str, **query: str) -> dict[str, Any]:
    response = client.get(f"{BASE}/{what}/", query)
    assert response.status_code == 200, response.content
    return response.json()


def row(client: Client, observer: str, utc: str) -> dict[str, Any]:
    return answer(client, "ephemeris", observer=observer, times=utc)["rows"][0]


def check(client: Client, name: str, **params: Any) -> dict[str, Any]:
    response = client.post(f"/api/v1/checks/{name}", params, content_type="application/json")
    assert response.status_code == 200, response.content
    return response.json()


def seconds_apart(text: str, other: str) -> float:
    return abs((datetime.fromisoformat(text) - datetime.fromisoformat(other)).total_seconds())


@pytest.mark.parametrize(
    ("body", "utc", "km", "km_s"),
    [
        ("mars", "2025-10-03T04:36:54Z", 28_970_923, 86.116),
        ("sun", "2025-10-29T11:33:16Z", 202_921_709, 68.331),
        ("earth", "2025-12-19T05:49:46Z", 268_936_072, 66.41),
        ("jupiter", "2026-03-16T12:18:54Z", 53_603_941, 65.93),
    ],
)
def test_each_passage_is_at_its_second_and_kilometre(
    client: Client, body: str, utc: str, km: int, km_s: float
) -> None:
    nearest = answer(client, "close-approaches", body=body)["items"][0]
    assert seconds_apart(nearest["time_utc"], utc) <= 2
    assert nearest["distance_km"] == pytest.approx(km, abs=50)
    assert nearest["relative_speed_km_s"] == pytest.approx(km_s, abs=0.005)


def test_the_passage_of_venus_is_known_to_the_minute(client: Client) -> None:
    nearest = answer(client, "close-approaches", body="venus")["items"][0]
    assert seconds_apart(nearest["time_utc"], "2025-11-03T05:53Z") <= 60
    assert nearest["distance_au"] == pytest.approx(0.64946, abs=1e-5)


def test_the_passage_of_jupiter_is_said_in_both_scales(client: Client) -> None:
    nearest = answer(client, "close-approaches", body="jupiter")["items"][0]
    assert seconds_apart(nearest["time_tdb"], "2026-03-16T12:20:03") <= 2
    assert seconds_apart(nearest["time_utc"], "2026-03-16T12:18:54Z") <= 2


@pytest.mark.parametrize(
    ("body", "utc", "km"),
    [("mars", "2025-10-03T04:36:54Z", 28_971_024), ("earth", "2025-12-19T05:49:55Z", None), ("sun", "2025-10-29T11:33:03Z", None)],
)  # fmt: skip
def test_an_older_solution_says_what_it_said_then(
    client: Client, body: str, utc: str, km: int | None
) -> None:
    found = answer(client, "close-approaches", body=body, solution="JPL44")
    assert found["orbit_solution"] == "JPL44"
    assert seconds_apart(found["items"][0]["time_utc"], utc) <= 2
    if km:
        assert found["items"][0]["distance_km"] == pytest.approx(km, abs=50)


def test_seen_from_mars_it_was_nearest_a_minute_later_and_moved_0_6_arcsec_a_second(client: Client) -> None:
    # light takes 97 s; deldot changes sign between the two
    before, after = (row(client, "500@499", f"2025-10-03T04:38:{second}Z") for second in ("03", "11"))
    assert before["delta_rate_km_s"] < 0 < after["delta_rate_km_s"]
    there = row(client, "500@499", "2025-10-03T04:37Z")
    assert hypot(there["ra_rate_arcsec_per_h"], there["dec_rate_arcsec_per_h"]) / 3600 == pytest.approx(
        0.613, abs=0.001
    )
    assert there["t_mag"] == pytest.approx(9.9, abs=0.05)
    assert there["phase_angle_deg"] == pytest.approx(48.5, abs=0.1)
    assert there["r_au"] == pytest.approx(1.6613, abs=1e-4)


def test_at_three_past_midnight_the_sun_stood_high_over_perseverance(client: Client) -> None:
    there = row(client, "perseverance", "2025-10-04T00:03Z")
    assert there["sun_alt_deg"] == pytest.approx(35.77, abs=0.02)
    assert (there["alt_deg"], there["az_deg"]) == pytest.approx((22.54, 74.15), abs=0.02)
    assert there["ltst_h"] == pytest.approx(15.74, abs=0.01)
    assert there["lmst_h"] == pytest.approx(15 + 11 / 60 + 40 / 3600, abs=0.001)
    assert there["sol"] == 1643
    assert there["delta_au"] * 149.5978707 == pytest.approx(29.589, abs=0.001)


def test_the_frame_of_the_navigation_camera_was_taken_at_night(client: Client) -> None:
    there = row(client, "perseverance", "2025-10-04T06:35:29Z")
    assert there["lmst_h"] == pytest.approx(21 + 33 / 60 + 39 / 3600, abs=0.0005)
    assert (there["alt_deg"], there["az_deg"]) == pytest.approx((64.4, 277.0), abs=0.1)
    assert there["sun_alt_deg"] == pytest.approx(-48.4, abs=0.1)
    assert there["delta_au"] * 149.5978707 == pytest.approx(30.065, abs=0.001)


@pytest.mark.parametrize(
    ("utc", "sol", "alt", "az"),
    [("2025-10-03T08:29:21Z", 1643, 42.6, 286.9), ("2025-10-04T09:08:56Z", 1644, 28.1, 282.1)],
)
def test_0003_local_mean_solar_time_came_twice(
    client: Client, utc: str, sol: int, alt: float, az: float
) -> None:
    there = row(client, "perseverance", utc)
    assert there["lmst_h"] == pytest.approx(3 / 60, abs=0.0005)
    assert there["sol"] == sol
    assert (there["alt_deg"], there["az_deg"]) == pytest.approx((alt, az), abs=0.1)


def test_the_night_of_the_fourth_began_after_three_and_the_comet_set_before_noon(client: Client) -> None:
    found = answer(
        client,
        "ephemeris",
        observer="perseverance",
        start="2025-10-04T02:00Z",
        stop="2025-10-04T12:00Z",
        step="5m",
    )["rows"]
    dark = next(one for one in found if one["sun_alt_deg"] < -6)
    assert seconds_apart(dark["time_utc"], "2025-10-04T03:10Z") <= 600
    assert dark["alt_deg"] == pytest.approx(66, abs=1)
    set_ = next(one for one in found if one["alt_deg"] < 0)
    assert seconds_apart(set_["time_utc"], "2025-10-04T11:20Z") <= 600


def test_in_a_fixed_camera_the_turning_sky_trails_it(client: Client) -> None:
    found = check(
        client, "apparent_motion", object="3I", observer="perseverance", epoch="2025-10-04T06:35:29Z",
        exposure_s=10.0, pixel_arcsec=0.33e3 / MU_RAD_PER_ARCSEC,
    )  # fmt: skip
    details = found["details"]
    assert details["arcsec_in_fixed_camera"] * MU_RAD_PER_ARCSEC / 1000 == pytest.approx(0.693, abs=0.003)
    assert details["pixels_in_fixed_camera"] == pytest.approx(2.10, abs=0.01)
    earlier = check(
        client, "apparent_motion", object="3I", observer="perseverance", epoch="2025-10-04T00:03:00Z",
        exposure_s=10.0, pixel_arcsec=0.33e3 / MU_RAD_PER_ARCSEC,
    )  # fmt: skip
    assert earlier["details"]["arcsec_against_stars"] == pytest.approx(5.9, abs=0.05)
    assert earlier["details"]["pixels_against_stars"] == pytest.approx(0.09, abs=0.005)


def test_from_the_earth_it_stood_three_degrees_from_mars_and_not_behind_it(client: Client) -> None:
    found = answer(client, "separation", body="mars", start="2025-09-25", stop="2025-10-10")
    assert found["nearest"]["separation_deg"] == pytest.approx(3.366, abs=0.002)
    assert seconds_apart(found["nearest"]["time_utc"], "2025-10-02T20:53Z") <= 60
    assert row(client, "500", "2025-10-03T04:36:54Z")["delta_au"] == pytest.approx(2.492, abs=0.001)


def test_it_stood_27_degrees_from_the_sun_far_outside_webbs_field(client: Client) -> None:
    assert row(client, "500", "2025-10-03T00:00Z")["elongation_deg"] == pytest.approx(27.14, abs=0.01)
    assert row(client, "jwst", "2025-10-03T00:00Z")["elongation_deg"] == pytest.approx(27.04, abs=0.01)


WEBB = [
    ("2025-07-25T13:26Z", "2025-08-25T15:50Z"), ("2025-12-09T07:40Z", "2025-12-31T18:43Z"),
    ("2026-02-20T12:28Z", "2026-04-05T16:48Z"), ("2026-10-05T22:04Z", "2026-11-22T08:38Z"),
]  # fmt: skip
GEOCENTRE = [
    ("2025-07-25T15:21Z", "2025-08-25T19:12Z"), ("2025-12-09T03:50Z", "2025-12-31T16:19Z"),
    ("2026-02-20T14:24Z", "2026-04-05T19:12Z"), ("2026-10-05T20:38Z", "2026-11-22T07:40Z"),
]  # fmt: skip


@pytest.mark.parametrize(("observer", "expected", "within_h"), [("jwst", WEBB, 0.5), ("500", GEOCENTRE, 1.0)])
def test_webb_may_look_in_four_windows(
    client: Client, observer: str, expected: list[tuple[str, str]], within_h: float
) -> None:
    found = answer(
        client, "windows", observer=observer, min="85", max="135", start="2025-07-01", stop="2026-12-31"
    )
    assert len(found["items"]) == 4
    for window, (opens, closes) in zip(found["items"], expected, strict=True):
        assert seconds_apart(window["start_utc"], opens) < within_h * 3600
        assert seconds_apart(window["stop_utc"], closes) < within_h * 3600
    accuracy = found["provenance"]["observer_accuracy_km"]
    assert accuracy == (814_000 if observer == "jwst" else None)


def test_perihelion_is_the_true_minimum_of_distance(client: Client) -> None:
    nearest = answer(client, "close-approaches", body="sun")["items"][0]
    assert nearest["distance_au"] == pytest.approx(1.356448, abs=1e-6)


def test_it_came_with_58_km_a_second_and_leaves_a_little_faster(client: Client) -> None:
    incoming, outgoing = answer(client, "asymptotes")["items"]
    assert incoming["excess_speed_km_s"] == pytest.approx(57.968, abs=0.001)
    assert outgoing["excess_speed_km_s"] == pytest.approx(57.984, abs=0.001)
    assert (incoming["eccentricity"], outgoing["eccentricity"]) == pytest.approx((6.1503, 6.1309), abs=2e-4)
    assert (incoming["ra_deg"], incoming["dec_deg"]) == pytest.approx((295.039, -19.071), abs=0.002)
    assert (outgoing["ra_deg"], outgoing["dec_deg"]) == pytest.approx((95.217, 19.804), abs=0.002)


def test_in_november_2026_it_was_thirteen_times_as_far_as_the_sun(client: Client) -> None:
    there = row(client, "500", "2026-11-22T00:00Z")
    assert there["delta_au"] == pytest.approx(12.8764, abs=1e-4)
    assert there["elongation_deg"] == pytest.approx(134.66, abs=0.02)
    assert (there["ra_deg"], there["dec_deg"]) == pytest.approx((105.428, 19.335), abs=1e-3)
    assert there["light_time_min"] == pytest.approx(107.1, abs=0.05)
    assert there["t_mag"] == pytest.approx(23.1, abs=0.05)
    vector = answer(client, "vectors", times="2461366.5008007")["rows"][0]
    assert sum(vector[f"{axis}_au"] ** 2 for axis in "xyz") ** 0.5 == pytest.approx(13.5914, abs=1e-4)
    speed = sum(vector[f"v{axis}_au_d"] ** 2 for axis in "xyz") ** 0.5 * 1731.456837
    assert speed == pytest.approx(59.096, abs=0.001)


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("windows/?min=140", "max"),
        ("windows/?min=wide", "min"),
        ("windows/?max=181", "max"),
        ("windows/?observer=500@10", "observer"),
        ("windows/?start=2026-01-01&stop=2025-01-01", "stop"),
        ("windows/?start=2000-01-01&stop=2020-01-01", "stop"),
        ("windows/?start=1900-01-01", "start"),
        ("windows/?solution=JPL1", "solution"),
        ("windows/?angle=3", "'angle'"),
        ("separation/?body=vulcan", "body"),
        ("separation/?observer=nowhere", "observer"),
        ("close-approaches/?body=nibiru", "body"),
        ("asymptotes/?solution=JPL1", "solution"),
    ],
)
def test_a_bad_question_gets_a_problem_that_names_it(client: Client, address: str, named: str) -> None:
    response = client.get(f"{BASE}/{address}")
    assert response.status_code == 422
    assert response.json()["parameter"] == named
