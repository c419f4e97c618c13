"""Checks through the API: what there is, what a claim's said, and runs on one's own numbers."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from claims.checking import ground, run_claim_checks
from claims.models import CheckRun, Claim
from science.checks.registry import checks

pytestmark = pytest.mark.django_db
RUN = "/api/v1/checks/density_from_mass_and_size"


@pytest.fixture
def empty_record() -> None:
    """These tests read the loaded catalogue."""


def post(client: Client, body: object, path: str = RUN):
    content = body if isinstance(body, str | bytes) else json.dumps(body)
    return client.post(path, content, content_type="application/json")


def test_every_registered_check_is_listed_with_its_inputs(client: Client) -> None:
    items = client.get("/api/v1/checks/").json()["items"]
    assert {item["name"] for item in items} == set(checks())
    density = next(item for item in items if item["name"] == "density_from_mass_and_size")
    assert {given["name"]: given["unit"] for given in density["inputs"]}["mass_kg"] == "kg"
    assert density["run_url"].endswith(RUN)


def test_a_claims_checks_carry_outcome_inputs_and_question(client: Client) -> None:
    target = Claim.objects.select_related("body", "current_version").get(slug="fastest-object-above-mars")
    now = timezone.now()
    run_claim_checks(target, ground(now), now)
    items = client.get("/api/v1/claims/fastest-object-above-mars/checks/").json()["items"]
    speed = items[0]
    assert (speed["name"], speed["outcome"]) == ("relative_speed", "frame_mismatch")
    assert speed["asserted"]["value"] == 60.0
    assert speed["inputs"] == [
        {
            "kind": "solution",
            "id": "3I/fit-2026-07",
            "url": "http://127.0.0.1:8000/api/v1/objects/3I/solutions/",
        }
    ]


def test_a_claim_that_never_ran_says_so(client: Client) -> None:
    items = client.get("/api/v1/claims/slipped-behind-mars/checks/").json()["items"]
    assert [item["outcome"] for item in items] == [None]


def test_an_unknown_claim_has_no_checks(client: Client) -> None:
    response = client.get("/api/v1/claims/no-such-claim/checks/")
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"


def test_own_numbers_are_run_in_any_unit_and_kept_nowhere(client: Client) -> None:
    response = post(
        client, {"mass_kg": {"value": 1e10, "unit": "t"}, "radius_km": {"value": 1300, "unit": "m"}}
    )
    assert response.status_code == 200
    answer = response.json()
    assert answer["computed"] == {
        "value": 1.08663, "value_time": None, "plus": None, "minus": None, "unit": "g / cm3", "limit": "value",
    }  # fmt: skip
    assert response["Cache-Control"] == "no-store"
    assert not CheckRun.objects.exists()


def test_an_asserted_number_is_held_against_the_computed_one(client: Client) -> None:
    body = {
        "parameters": {"mass_kg": 1e13, "radius_km": 1.3},
        "asserted": {"quantity": "bulk_density", "value": 3000, "unit": "kg / m3", "relation": "gt"},
    }
    assert post(client, body).json()["outcome"] == "disagrees"


def test_a_check_on_the_sky_takes_another_instant(client: Client) -> None:
    response = post(
        client, {"relative_to": "Mars", "epoch": "2025-10-03T04:37:00Z"}, "/api/v1/checks/relative_speed"
    )
    assert response.json()["details"]["speeds_km_s"]["Mars"] == pytest.approx(86.116, abs=0.01)
    assert response.json()["solution"] == "fit-2026-07"


@pytest.mark.parametrize(
    ("body", "status", "named"),
    [
        ({"mass_kg": {"value": 1, "unit": "m"}, "radius_km": 1}, 422, "mass_kg"),
        ('{"mass_kg": NaN, "radius_km": 1}', 400, "body"),
        ({"mass_kg": -5, "radius_km": 1}, 422, "mass_kg"),
        ({"mass_kg": 1e13, "radius_measurement": 7}, 422, "radius_measurement"),
        ({"mass_kg": 1e13}, 422, "radius_km"),
        ({"colour": "green"}, 422, "colour"),
        ({"mass_kg": 1e13, "radius_km": 1, "asserted": {"quantity": "beauty"}}, 422, "asserted"),
        ({"mass_kg": 1e13, "radius_km": 1, "object": "67P"}, 422, "object"),
        ({"mass_kg": 1e13, "radius_km": 1, "object": ["3I"]}, 422, "object"),
        ({"parameters": [1]}, 422, "parameters"),
        ([1, 2], 422, "body"),
        ("", 400, "body"),
        (b"\xff\xfe", 400, "body"),
        ("[" * 5000, 400, "body"),
    ],
)
def test_bad_input_gets_a_problem_that_names_it(
    client: Client, body: object, status: int, named: str
) -> None:
    response = post(client, body)
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["parameter"] == named


def test_a_fact_that_is_not_on_record_is_an_outcome(client: Client) -> None:
    answer = post(client, {"mass_kg": 1e13, "radius_measurement": "no-such-row"}).json()
    assert answer["outcome"] == "missing_input"


def test_ten_megabytes_are_refused_unread(client: Client) -> None:
    assert post(client, b" " * 10_000_000).status_code == 413


def test_an_unknown_check_is_not_found(client: Client) -> None:
    assert post(client, {}, "/api/v1/checks/astrology").status_code == 404
