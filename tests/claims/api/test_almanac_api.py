"""Ephemeris answers of the API against the numbers of the prototype, in every format, and its refusals."""

import csv
import io
from datetime import datetime

import pytest
from astropy.io.votable import parse_single_table
from astropy.table import Table
from django.test import Client

pytestmark = pytest.mark.django_db
BASE = "/api/v1/objects/3I"
# Origin of the numbers: solution fit-2026-07 integrated with DE440 by an independent prototype, 2026-11-22


@pytest.fixture
def empty_record() -> None:
    """These tests read the loaded catalogue."""


def rows(client: Client, **query: str) -> list[dict]:
    response = client.get(f"{BASE}/ephemeris/", query)
    assert response.status_code == 200, response.content
    return response.json()["rows"]


def test_the_sun_stood_high_above_the_rover_three_minutes_past_midnight(client: Client) -> None:
    row = rows(client, observer="perseverance", times="2025-10-04T00:03Z")[0]
    assert row["sun_alt_deg"] == pytest.approx(35.77, abs=0.02)
    assert (row["alt_deg"], row["az_deg"]) == pytest.approx((22.54, 74.15), abs=0.02)
    assert row["sol"] == 1643


def test_november_2026_from_the_geocentre(client: Client) -> None:
    row = rows(client, times="2026-11-22T00:00Z")[0]
    assert row["delta_au"] == pytest.approx(12.8764, abs=1e-4)
    assert row["elongation_deg"] == pytest.approx(134.66, abs=0.02)
    assert (row["ra_deg"], row["dec_deg"]) == pytest.approx((105.428, 19.335), abs=1e-3)
    assert row["light_time_min"] == pytest.approx(107.1, abs=0.05)


def test_the_answer_names_solution_engine_frame_and_scale(client: Client) -> None:
    answer = client.get(f"{BASE}/ephemeris/", {"times": "2025-10-03T00:00Z", "solution": "JPL44"}).json()
    assert answer["orbit_solution"] == "JPL44"
    assert (answer["frame"], answer["time_scale"], answer["light_time_corrected"]) == ("ICRF", "UTC", True)
    assert (answer["source"], answer["retrieved_at"]) == ("embedded", None)
    assert answer["rows"][0]["sigma_arcsec"] > 0


def test_mars_was_passed_at_the_second_of_the_prototype(client: Client) -> None:
    items = client.get(f"{BASE}/close-approaches/", {"body": "mars"}).json()["items"]
    moment = datetime.fromisoformat(items[0]["time_utc"])
    assert abs((moment - datetime.fromisoformat("2025-10-03T04:36:54Z")).total_seconds()) <= 2
    assert items[0]["distance_km"] == pytest.approx(28_970_923, abs=50)
    assert items[0]["relative_speed_km_s"] == pytest.approx(86.116, abs=0.002)


def test_vectors_are_geometric_and_of_the_asked_frame(client: Client) -> None:
    query = {"times": "2461366.5,2461367.5", "frame": "icrf"}
    answer = client.get(f"{BASE}/vectors/", query).json()
    r = sum(answer["rows"][0][name] ** 2 for name in ("x_au", "y_au", "z_au")) ** 0.5
    # 2026-11-22 00 UTC, geometric: 13.5914 au
    assert r == pytest.approx(13.5914, abs=5e-4)
    assert (answer["time_scale"], answer["frame"]) == ("TDB", "icrf")


def test_every_stored_solution_is_listed_with_its_force_model(client: Client) -> None:
    items = client.get(f"{BASE}/solutions/").json()["items"]
    assert [item["id"] for item in items] == ["JPL26", "JPL27", "JPL44", "fit-2026-07"]
    assert items[-1]["default"]
    assert items[-1]["non_gravitational"]["DT_d"] == pytest.approx(9.4485, abs=1e-3)
    assert items[0]["non_gravitational"] is None


@pytest.mark.parametrize("observer", ["500", "perseverance"])
def test_every_format_says_the_same(client: Client, observer: str) -> None:
    query = {"observer": observer, "start": "2025-10-01", "stop": "2025-10-05", "step": "1d"}
    expected = [row["ra_deg"] for row in rows(client, **query)]
    assert len(expected) == 5
    text = client.get(f"{BASE}/ephemeris/", query | {"format": "csv"}).content.decode()
    assert [float(row["ra_deg"]) for row in csv.DictReader(io.StringIO(text))] == expected
    ecsv = Table.read(
        client.get(f"{BASE}/ephemeris/", query | {"format": "ecsv"}).content.decode(), format="ascii.ecsv"
    )
    assert list(ecsv["ra_deg"]) == pytest.approx(expected)
    assert ecsv.meta["orbit_solution"] == "fit-2026-07"
    assert str(ecsv["delta_rate_km_s"].unit) == "km / s"
    votable = parse_single_table(
        io.BytesIO(client.get(f"{BASE}/ephemeris/", query | {"format": "votable"}).content),
        verify="exception",
    )
    assert list(votable.array["ra_deg"]) == pytest.approx(expected)
    assert votable.get_field_by_id_or_name("ra_deg").ucd == "pos.eq.ra;meta.main"


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"observer": "nowhere"}, "observer"),
        ({"start": "2025-10-05", "stop": "2025-10-01"}, "stop"),
        ({"start": "2025-10-01", "stop": "2025-10-05", "step": "1s"}, "step"),
        ({"start": "2025-10-01"}, "stop"),
        ({"times": "1066-10-14"}, "times"),
        ({"times": "yesterday"}, "times"),
        ({"times": "2025-10-01", "solution": "JPL1"}, "solution"),
        ({"times": "2025-10-01", "format": "xlsx"}, "format"),
        ({"times": ",".join(["2025-10-01"] * 201)}, "times"),
        ({"times": "2025-10-01", "colour": "green"}, "'colour'"),
        ({"observer": "500@10", "start": "2025-10-01", "stop": "2025-10-02", "step": "-1h"}, "step"),
    ],
)
def test_a_bad_question_gets_a_problem_that_names_it(client: Client, query: dict, named: str) -> None:
    response = client.get(f"{BASE}/ephemeris/", query)
    assert response.status_code == 422
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["parameter"] == named


def test_too_many_rows_say_how_to_split(client: Client) -> None:
    response = client.get(f"{BASE}/ephemeris/", {"start": "2020-01-01", "stop": "2030-01-01", "step": "1h"})
    assert "split the interval" in response.json()["detail"]


def test_an_unknown_object_is_not_found(client: Client) -> None:
    assert client.get("/api/v1/objects/67P/ephemeris/").status_code == 404
