"""What a refresh asks, what it stores, and what every fault of a service leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from claims.checking import run_all_checks
from claims.models import CheckRun, StaleMark
from claims.staleness import queue_checks
from ephemeris.almanac.answers import ephemeris_answer
from ephemeris.almanac.questions import ephemeris_question
from ephemeris.models import (
    AstrometryTally,
    EphemerisSnapshot,
    OrbitSolution,
    ServiceRefresh,
    SolutionComparison,
    SolutionCovariance,
    SpacecraftTrack,
)
from ephemeris.orbits import orbit_in_use
from ephemeris.queries import service_states, solution_record
from ephemeris.refreshing import Ended, Reach, comes_back_after, refresh
from ephemeris.signals import orbit_changed
from science.constants import AU_KM
from science.records import OrbitSolutionRecord
from tests.ephemeris.services.conftest import NOW, invented
from tests.fakes.jpl import HORIZONS, MPC, SBDB, FakeJpl

pytestmark = pytest.mark.django_db
Run = Callable[..., Ended]


def default() -> OrbitSolution:
    return OrbitSolution.objects.select_related("body").get(body__designation="3I", is_default=True)


def where_it_was() -> dict[str, object]:
    """The head and first row of an answer about October 2025."""
    answer = ephemeris_answer(
        "3I", ephemeris_question({"observer": "500", "times": "2025-10-03T04:37Z", "format": "json"})
    )
    return answer.head | {"ra": answer.values[0][0]}


# -- a good answer ---------------------------------------------------------------------------------------


def test_it_makes_a_new_solution_a_new_row_with_everything_its_header_says(
    run: Run, newest: OrbitSolutionRecord
) -> None:
    before = default()
    ended = run()
    assert (ended.kind, ended.refresh and ended.refresh.outcome) == ("stored", "changed")
    row = default()
    assert row.pk != before.pk
    assert row.replaces == before
    stored = solution_record(row)
    assert stored.elements == newest.elements
    assert stored.non_gravitational == newest.non_gravitational
    assert (stored.m1, stored.k1) == (newest.m1, newest.k1)
    assert (row.solution_id, row.solution_date, row.observations) == ("JPL61", "2026-10-02 09:00:00", 961)
    assert (row.arc_from, row.arc_to) == (newest.arc_from, newest.arc_to)
    assert row.source == "Horizons header, run of 2026-10-07"
    assert not OrbitSolution.objects.get(pk=before.pk).is_default


def test_it_asks_by_designation_for_vectors_about_the_sun_in_tdb(run: Run, jpl: FakeJpl) -> None:
    run()
    [asked] = jpl.asked(HORIZONS)
    assert asked["COMMAND"] == "'DES=C/2025 N1;'"
    assert (asked["CENTER"], asked["TIME_TYPE"], asked["REF_PLANE"]) == ("'500@10'", "'TDB'", "'ECLIPTIC'")
    assert (asked["START_TIME"], asked["STOP_TIME"]) == ("'2024-05-14'", "'2028-01-01'")
    assert "TLIST" not in asked
    assert "9000" not in ServiceRefresh.objects.get().query  # no record number


def test_it_serves_the_stored_states_where_they_reach_and_its_own_beyond(run: Run) -> None:
    own = orbit_in_use("3I").states(2460950.5, 2460960.5)
    assert own.origin == "embedded"
    run()
    orbit = orbit_in_use("3I")
    near, far = orbit.states(2460950.5, 2460960.5), orbit.states(2465000.5, 2465010.5)
    assert (near.origin, near.solution_id, near.step_d) == ("horizons", "JPL61", 1.0)
    assert far.origin == "embedded"
    times = np.arange(-200.0, 600.0, 7.3) + 9400.0
    apart = np.linalg.norm(
        near.position(times) - orbit.integrated(2460950.5, 2460960.5).position(times), axis=1
    )
    assert np.max(apart) * AU_KM < 0.05  # daily nodes against half-day nodes of one and the same orbit


def test_it_says_in_the_answer_which_table_was_used_and_when_it_was_fetched(run: Run) -> None:
    before = where_it_was()
    assert (before["source"], before["orbit_solution"], before["retrieved_at"]) == (
        "embedded",
        "fit-2026-07",
        None,
    )
    run()
    after = where_it_was()
    assert (after["source"], after["engine"], after["orbit_solution"]) == (
        "horizons",
        "JPL Horizons",
        "JPL61",
    )
    assert after["retrieved_at"] == NOW.isoformat()


def test_it_changes_nothing_but_the_confirmation_when_the_same_comes_again(run: Run) -> None:
    run()
    solutions, snapshots = OrbitSolution.objects.count(), EphemerisSnapshot.objects.count()
    first = EphemerisSnapshot.objects.get()
    OrbitSolution.objects.filter(pk=default().pk).update(last_confirmed_at=NOW - timedelta(days=9))
    again = run()
    assert again.refresh is not None
    assert again.refresh.outcome == "unchanged"
    assert (OrbitSolution.objects.count(), EphemerisSnapshot.objects.count()) == (solutions, snapshots)
    assert default().last_confirmed_at == NOW
    assert EphemerisSnapshot.objects.get().digest == first.digest


def test_it_knows_a_solution_of_the_catalogue_again(run: Run, jpl: FakeJpl) -> None:
    known = solution_record(
        OrbitSolution.objects.select_related("body").get(body__designation="3I", solution_id="JPL44")
    )
    jpl.solutions["C/2025 N1"] = known
    count = OrbitSolution.objects.count()
    ended = run()
    assert ended.kind == "stored"
    assert OrbitSolution.objects.count() == count
    assert default().solution_id == "fit-2026-07"
    row = OrbitSolution.objects.get(body__designation="3I", solution_id="JPL44")
    assert row.last_confirmed_at == NOW
    assert EphemerisSnapshot.objects.get().solution == row


def test_it_never_overwrites_a_number_that_jpl_used_twice(run: Run, jpl: FakeJpl) -> None:
    assert run().kind == "stored"
    jpl.solutions["C/2025 N1"] = replace(invented(61, "2026-10-20 09:00:00", later_d=9e-5), observations=970)
    assert run().kind == "stored"
    rows = OrbitSolution.objects.filter(body__designation="3I", solution_id__startswith="JPL61")
    assert sorted(rows.values_list("solution_id", "is_default")) == [("JPL61", False), ("JPL61-2", True)]


def test_it_compares_the_new_orbit_with_the_one_it_replaced(run: Run) -> None:
    run()
    comparison = SolutionComparison.objects.get(new=default())
    assert comparison.old.solution_id == "fit-2026-07"
    found = {shift["event"]: shift for shift in comparison.shifts}
    assert list(found) == ["now", "mars", "earth", "jupiter"]
    # JPL44 against the orbit of 2026-07 at the Mars pass is 182 km; the invented one is some 200 km further on
    assert 50 < found["mars"]["shift_km"] < 500
    assert found["mars"]["utc"].startswith("2025-10-03T04:3")
    assert found["mars"]["old_distance_km"] == pytest.approx(28_970_923, abs=50)
    assert found["now"]["shift_km"] > found["mars"]["shift_km"]
    assert found["now"]["shift_arcsec"] > 0


def test_it_tells_whoever_rests_on_the_orbit_and_has_the_checks_run_again(
    run: Run, django_capture_on_commit_callbacks: Any
) -> None:
    told: list[dict[str, object]] = []

    def listener(sender: object, **kwargs: object) -> None:
        told.append(kwargs)

    orbit_changed.connect(listener)
    try:
        with django_capture_on_commit_callbacks() as after:
            run()
    finally:
        orbit_changed.disconnect(listener)
    assert [(one["designation"], one["solution_id"], one["previous"]) for one in told] == [
        ("3I", "JPL61", "fit-2026-07")
    ]
    assert queue_checks in after


def test_claims_whose_checks_stood_on_the_old_orbit_wait_for_a_person(run: Run) -> None:
    run_all_checks(NOW)
    used = CheckRun.objects.filter(result__solution="fit-2026-07", claim__body__designation="3I").values(
        "claim__current_version"
    )
    assert used.exists()
    run()
    marked = StaleMark.objects.filter(reason="orbit_changed", subject_key="JPL61").values_list(
        "version", flat=True
    )
    assert set(marked) >= {row["claim__current_version"] for row in used}
    appended = run_all_checks(NOW + timedelta(hours=1))["appended"]
    assert appended > 0
    assert CheckRun.objects.filter(result__solution="JPL61").count() >= used.count()


# -- faults ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fault", "kind", "outcome", "said"),
    [
        ("503", "retry", "could_not_look", "does not serve (503)"),
        ("429", "retry", "could_not_look", "slow down (429)"),
        ("stall", "retry", "could_not_look", "no answer within"),
        ("page", "retry", "could_not_look", "a web page instead of data"),
        ("truncated", "failed", "unexpected_reply", "cut short"),
        ("missing_row", "failed", "unexpected_reply", "1327 rows, expected 1328"),
        ("wrong_target", "failed", "unexpected_reply", "answered with 'ATLAS (C/2019 Y4)'"),
        ("wrong_center", "failed", "unexpected_reply", "Center body name: Solar System Barycenter"),
        ("version", "failed", "unexpected_reply", "speaks version '1.3'"),
        ("unknown_column", "failed", "unexpected_reply", "the unknown column X_s"),
        ("NaN", "failed", "unexpected_reply", "row 18, Y is 'NaN'"),
        ("n.a.", "failed", "unexpected_reply", "row 18, Y is 'n.a.'"),
        ("ambiguous", "failed", "unexpected_reply", "a list of 30 objects"),
    ],
)
def test_a_fault_leaves_the_last_good_states_in_use_and_a_row_that_says_why(
    run: Run, jpl: FakeJpl, fault: str, kind: str, outcome: str, said: str
) -> None:
    run()
    good = where_it_was()
    rows = OrbitSolution.objects.count(), EphemerisSnapshot.objects.count()
    jpl.faults[HORIZONS] = fault
    ended = run()
    assert ended.kind == kind
    assert ended.refresh is not None
    assert ended.refresh.outcome == outcome
    assert said in ended.refresh.message
    assert (OrbitSolution.objects.count(), EphemerisSnapshot.objects.count()) == rows
    assert where_it_was() == good
    state = service_states()["horizons"]
    assert state.last_success is not None
    assert state.last_success.finished_at == NOW
    assert state.last_failure == ended.refresh
    if kind == "failed":
        assert len(ended.refresh.reply_digest) == 64


def test_a_fault_before_any_answer_leaves_the_embedded_orbit_in_use(run: Run, jpl: FakeJpl) -> None:
    jpl.faults[HORIZONS] = "503"
    run()
    assert where_it_was()["source"] == "embedded"
    state = service_states()["horizons"]
    assert (state.reached, state.last_success) == (False, None)


def test_an_older_solution_is_recorded_and_not_used(run: Run, jpl: FakeJpl) -> None:
    run()
    jpl.solutions["C/2025 N1"] = invented(59, "2026-08-30 09:00:00", later_d=-2e-5)
    ended = run()
    assert ended.refresh is not None
    assert "JPL59 is older than ours: recorded, not used" in ended.refresh.message
    assert default().solution_id == "JPL61"
    assert OrbitSolution.objects.filter(
        body__designation="3I", solution_id="JPL59", is_default=False
    ).exists()
    assert where_it_was()["orbit_solution"] == "JPL61"


def test_an_older_solution_than_the_catalogue_has_is_not_used_either(run: Run, jpl: FakeJpl) -> None:
    jpl.solutions["C/2025 N1"] = invented(30, "2025-11-02 10:00:00", later_d=2e-4)
    run()
    assert default().solution_id == "fit-2026-07"


def test_too_many_requests_hold_everybody_back_for_as_long_as_asked(
    run: Run, jpl: FakeJpl, by: Reach
) -> None:
    jpl.faults[HORIZONS], jpl.retry_after_s = "429", 77
    ended = run()
    assert ended.wait_s == 77
    turn = by.throttle.turn(HORIZONS, 1.0)
    assert not turn.granted
    assert 60 < turn.wait_s <= 77
    assert by.throttle.circuit(HORIZONS).failures == 0
    back = comes_back_after(ended, 0)
    assert back is not None
    assert back >= 77


def test_an_answer_of_ours_to_a_wrong_reply_never_opens_the_circuit(
    run: Run, jpl: FakeJpl, by: Reach
) -> None:
    jpl.faults[HORIZONS] = "ambiguous"
    for _ in range(6):
        assert run().kind == "failed"
    assert by.throttle.circuit(HORIZONS).state == "closed"


def test_a_host_that_keeps_failing_is_left_alone(run: Run, jpl: FakeJpl, by: Reach) -> None:
    jpl.faults[HORIZONS] = "503"
    for _ in range(5):
        run()
    asked = len(jpl.asked(HORIZONS))
    ended = run()
    assert (ended.kind, len(jpl.asked(HORIZONS))) == ("wait", asked)
    assert by.throttle.circuit(HORIZONS).state == "open"


def test_it_retries_four_times_with_growing_random_waits_and_then_leaves_it_to_the_schedule() -> None:
    away = Ended("retry", "nobody answered")
    waits = [comes_back_after(away, attempt) for attempt in range(5)]
    assert waits[-1] is None
    for attempt, wait_s in enumerate(waits[:-1]):
        longest = min(30.0 * 4**attempt, 3600.0)
        assert wait_s is not None
        assert longest / 2 <= wait_s <= longest
    assert comes_back_after(Ended("failed", "cut short"), 0) is None


# -- once, and once only ---------------------------------------------------------------------------------


def test_a_run_that_is_delivered_twice_is_kept_once(by: Reach, jpl: FakeJpl) -> None:
    first = refresh("horizons", "3I", run="same", now=NOW, by=by)
    second = refresh("horizons", "3I", run="same", now=NOW, by=by)
    assert first.refresh == second.refresh
    assert ServiceRefresh.objects.count() == 1
    assert len(jpl.asked(HORIZONS)) == 1


def test_a_second_run_meanwhile_asks_nobody(by: Reach, jpl: FakeJpl) -> None:
    assert by.throttle.hold("refresh:horizons:3I", "another worker", 60.0)
    ended = refresh("horizons", "3I", run="mine", now=NOW, by=by)
    assert (ended.kind, ended.why) == ("dropped", "another run of this refresh is under way")
    assert jpl.log == []
    assert ServiceRefresh.objects.count() == 0


def test_a_scheduled_run_minutes_after_an_answer_asks_nobody_and_an_editors_does(
    by: Reach, jpl: FakeJpl
) -> None:
    refresh("horizons", "3I", run="one", now=NOW, by=by)
    soon = NOW + timedelta(minutes=2)
    assert refresh("horizons", "3I", run="two", now=soon, by=by).kind == "dropped"
    by.throttle._server.hdel(f"hyperbole:remote:host:{HORIZONS}", "next")
    assert refresh("horizons", "3I", run="three", now=soon, by=by, anew=True).kind == "stored"
    assert len(jpl.asked(HORIZONS)) == 2


def test_a_run_before_its_turn_waits_and_is_no_failure(by: Reach, jpl: FakeJpl) -> None:
    by.throttle.hold_back(HORIZONS, 3.0)
    ended = refresh("horizons", "3I", run="early", now=NOW, by=by)
    assert ended.kind == "wait"
    assert 0 < ended.wait_s <= 3.0
    assert ServiceRefresh.objects.count() == 0
    assert by.throttle.hold("refresh:horizons:3I", "next", 1.0), "the lock was kept"


# -- the other services ----------------------------------------------------------------------------------


def test_the_database_adds_the_covariance_and_positions_get_an_error(run: Run) -> None:
    run("horizons")
    assert orbit_in_use("3I").states(2460950.5, 2460960.5).covariance_au2 is None
    ended = run("sbdb")
    assert ended.refresh is not None
    assert ended.refresh.message == "covariance of JPL61"
    kept = SolutionCovariance.objects.get()
    assert kept.labels == ["e", "q", "tp_d", "om_deg", "w_deg", "i_deg", "a1", "a2", "a3"]
    assert OrbitSolution.objects.filter(body__designation="3I", solution_id__startswith="JPL61").count() == 1
    table = orbit_in_use("3I").states(2460950.5, 2460960.5)
    assert table.origin == "horizons"
    assert table.sigma_basis == "full covariance of the solution"
    answer = ephemeris_answer("3I", ephemeris_question({"times": "2025-10-03T04:37Z"}))
    sigma = answer.values[[column.name for column in answer.columns].index("sigma_arcsec")]
    assert sigma[0] > 0


def test_the_database_alone_brings_a_solution_too(run: Run, newest: OrbitSolutionRecord) -> None:
    run("sbdb")
    stored = solution_record(default())
    assert (stored.solution_id, stored.elements) == ("JPL61", newest.elements)
    assert stored.non_gravitational == newest.non_gravitational


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("version", "speaks version '1.4'"),
        ("ambiguous", "several objects have the name"),
        ("wrong_target", "answered with 'C/2019 Y4 (ATLAS)'"),
        ("unknown_parameter", "unknown parameter A4"),
    ],
)
def test_a_fault_of_the_database_is_said_and_stores_nothing(
    run: Run, jpl: FakeJpl, fault: str, said: str
) -> None:
    jpl.faults[SBDB] = fault
    ended = run("sbdb")
    assert ended.refresh is not None
    assert ended.refresh.outcome == "unexpected_reply"
    assert said in ended.refresh.message
    assert default().solution_id == "fit-2026-07"


def test_the_mpc_is_asked_for_the_interstellar_object_and_not_for_a_comet_of_that_number(
    run: Run, jpl: FakeJpl
) -> None:
    ended = run("mpc")
    assert ended.kind == "stored"
    tally = AstrometryTally.objects.get()
    assert (tally.observations, tally.observatories, tally.names[:2]) == (40, 3, ["3I", "C/2025 N1"])
    assert run("mpc").refresh.outcome == "unchanged"  # type: ignore[union-attr]
    jpl.faults[MPC] = "wrong_target"
    assert "answered with 1P" in run("mpc").why
    jpl.faults[MPC] = "unknown_column"
    assert "observation 4 has no obstime" in run("mpc").why
    assert AstrometryTally.objects.count() == 1


def test_the_path_of_jwst_is_kept_as_far_as_it_is_predicted_and_used(run: Run, jpl: FakeJpl) -> None:
    jpl.track_ends = "2026-12-15"
    question = ephemeris_question({"observer": "jwst", "times": "2025-12-15T00:00Z"})
    guess = ephemeris_answer("3I", question)
    ended = run("jwst", "jwst")
    assert ended.kind == "stored"
    assert [asked["STOP_TIME"] for asked in jpl.asked(HORIZONS)] == ["'2027-03-22'", "'2026-12-14'"]
    track = SpacecraftTrack.objects.get()
    assert track.observer_code == "jwst"
    known = ephemeris_answer("3I", question)
    assert guess.head["provenance"]["observer_accuracy_km"] == 814_000
    assert known.head["provenance"]["observer_accuracy_km"] is None
    assert "path of the spacecraft" in known.head["provenance"]["observer_note"]
    assert guess.values[0][0] != known.values[0][0]
