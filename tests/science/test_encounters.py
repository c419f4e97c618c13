"""Passages and windows, against an independent computation of 2026-11-22 with another integrator and DE440."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from science.constants import AU_KM
from science.encounters import (
    close_approaches,
    elongation_windows,
    excess_motion,
    nearest_on_sky,
    perihelion,
)
from science.ephemerides import ephemeris, vectors
from science.orbits import ECLIPTIC_FROM_ICRF
from science.propagation import state_table
from science.refusals import OutsideSpan, Refused
from science.state_table import table_from_vectors
from science.timescales import from_tdb_jd


@pytest.mark.parametrize(
    ("solution_id", "body", "utc", "distance_km", "speed_km_s"),
    [
        ("fit-2026-07", "mars", "2025-10-03T04:36:54", 28970923, 86.116),
        ("JPL44", "mars", "2025-10-03T04:36:54", 28971024, 86.116),
        ("fit-2026-07", "sun", "2025-10-29T11:33:16", 202921709, 68.331),
        ("JPL44", "sun", "2025-10-29T11:33:03", None, 68.331),
        ("fit-2026-07", "earth", "2025-12-19T05:49:46", 268936072, 66.41),
        ("JPL44", "earth", "2025-12-19T05:49:55", None, 66.41),
        ("fit-2026-07", "jupiter", "2026-03-16T12:18:54", 53603941, 65.93),
        ("fit-2026-07", "venus", "2025-11-03T05:53:20", None, None),
    ],
)
def test_passages_of_3i(table, solution_id, body, utc, distance_km, speed_km_s) -> None:
    nearest = min(close_approaches(table("3I", solution_id), body), key=lambda passage: passage.distance_au)
    assert abs(nearest.utc - datetime.fromisoformat(utc).replace(tzinfo=UTC)) < timedelta(seconds=2)
    if distance_km is not None:
        assert nearest.distance_km == pytest.approx(distance_km, abs=50)
    if speed_km_s is not None:
        assert nearest.relative_speed_km_s == pytest.approx(speed_km_s, abs=0.005)
    assert nearest.distance_au * AU_KM == pytest.approx(nearest.distance_km)
    assert nearest.solution_id == solution_id


def test_jupiter_passage_of_jpl44_in_tdb(table) -> None:
    # JPL SBDB close-approach table prints 12:20 TDB
    (passage,) = close_approaches(table("3I", "JPL44"), "jupiter")
    assert passage.distance_au == pytest.approx(0.358331, abs=1e-6)
    assert passage.tdb_jd == pytest.approx(2461115.5 + (12 + 20.05 / 60) / 24, abs=30 / 86400)


def test_a_passage_is_a_minimum(table) -> None:
    states = table("3I", "fit-2026-07")
    (passage,) = close_approaches(states, "mars", within_au=0.5)
    second = 1.0 / 86400.0
    jd = passage.tdb_jd + np.array([-600.0, 0.0, 600.0]) * second
    distance = np.linalg.norm(vectors(states, jd, center="500@499")[0], axis=-1)
    assert distance[1] < distance[0]
    assert distance[1] < distance[2]
    # and symmetric to seconds, which a minimiser on Julian dates would miss by many minutes
    assert abs(distance[2] - distance[0]) * AU_KM < 3.0


def test_far_minima_are_left_out_on_request(table) -> None:
    states = table("3I", "fit-2026-07")
    every = close_approaches(states, "earth")
    assert [round(passage.distance_au, 2) for passage in every] == [1.80]
    assert close_approaches(states, "earth", within_au=2.0) == every
    assert close_approaches(states, "earth", within_au=1.5) == ()


def test_an_interval_without_a_passage_has_none(table) -> None:
    states = table("3I", "fit-2026-07")
    assert close_approaches(states, "mars", start_tdb_jd=2460960.5, stop_tdb_jd=2460990.5) == ()


def test_perihelion_outside_the_table_is_refused(solution) -> None:
    early = state_table(solution("3I", "JPL44"), 2460700.5, 2460800.5, with_covariance=False)
    with pytest.raises(OutsideSpan, match="no perihelion"):
        perihelion(early)


def test_perihelion_is_nearer_than_the_osculating_elements_say_it_is_not(table) -> None:
    # JPL44's osculating q is 1.356419 au; the true minimum of the perturbed path is 1.356448 au
    found = perihelion(table("3I", "JPL44"))
    assert found.distance_au == pytest.approx(1.356448, abs=5e-6)
    assert found.target == "Sun"


def test_an_unknown_body_is_refused() -> None:
    from science.planets import body_id

    with pytest.raises(Refused, match=r"'vulcan'.*mars"):
        body_id("vulcan")


def test_3i_comes_and_goes_with_58_km_a_second(solution) -> None:
    states = state_table(
        solution("3I", "fit-2026-07"), 2440000.5, 2469000.5, step_d=4.0, with_covariance=False
    )
    incoming, outgoing = (
        excess_motion(states, 2440000.5, "incoming"),
        excess_motion(states, 2469000.5, "outgoing"),
    )
    assert incoming.excess_speed_km_s == pytest.approx(57.968, abs=0.001)
    assert outgoing.excess_speed_km_s == pytest.approx(57.984, abs=0.001)
    assert incoming.eccentricity == pytest.approx(6.1503, abs=0.0002)
    assert outgoing.eccentricity == pytest.approx(6.1309, abs=0.0002)
    assert (incoming.ra_deg, incoming.dec_deg) == pytest.approx((295.039, -19.071), abs=0.002)
    assert (outgoing.ra_deg, outgoing.dec_deg) == pytest.approx((95.217, 19.804), abs=0.002)
    with pytest.raises(Refused, match="'sideways'"):
        excess_motion(states, 2440000.5, "sideways")


WINDOWS = {
    "jwst": [
        ("2025-07-25T13:26", "2025-08-25T15:50"),
        ("2025-12-09T07:40", "2025-12-31T18:43"),
        ("2026-02-20T12:28", "2026-04-05T16:48"),
        ("2026-10-05T22:04", "2026-11-22T08:38"),
    ],
    "500": [
        ("2025-07-25T15:21", "2025-08-25T19:12"),
        ("2025-12-09T03:50", "2025-12-31T16:19"),
        ("2026-02-20T14:24", "2026-04-05T19:12"),
        ("2026-10-05T20:38", "2026-11-22T07:40"),
    ],
}


@pytest.mark.parametrize("observer", WINDOWS)
def test_windows_of_85_to_135_degrees(table, observer: str) -> None:
    found = elongation_windows(
        table("3I", "fit-2026-07"), observer, 85.0, 135.0, "2025-07-01T00:00Z", "2026-12-30T00:00Z"
    )
    assert len(found) == 4
    for window, (opens, closes) in zip(found, WINDOWS[observer], strict=True):
        for edge, expected in ((window.start_utc, opens), (window.stop_utc, closes)):
            # the other computation stepped by hours; its authors give the L2 model ten hours
            assert abs(edge - datetime.fromisoformat(expected).replace(tzinfo=UTC)) < timedelta(minutes=30)
        assert (window.cut_at_start, window.cut_at_stop) == (False, False)


def test_at_the_edge_of_a_window_the_elongation_is_the_limit(table) -> None:
    states = table("3I", "fit-2026-07")
    for window in elongation_windows(states, "jwst", 85.0, 135.0, "2025-07-01T00:00Z", "2026-12-30T00:00Z"):
        rows = ephemeris(states, "jwst", [window.start_utc, window.stop_utc])
        assert (
            np.minimum(np.abs(rows.elongation_deg - 85.0), np.abs(rows.elongation_deg - 135.0)).max() < 1e-4
        )


def test_a_window_that_the_interval_cuts_says_so(table) -> None:
    (window,) = elongation_windows(
        table("3I", "fit-2026-07"), "jwst", 85.0, 135.0, "2025-08-01T00:00Z", "2025-08-10T00:00Z"
    )
    assert window.cut_at_start
    assert window.cut_at_stop
    assert window.start_utc == datetime(2025, 8, 1, tzinfo=UTC)


def test_outside_every_window_there_is_none(table) -> None:
    states = table("3I", "fit-2026-07")
    assert elongation_windows(states, "jwst", 85.0, 135.0, "2025-09-20T00:00Z", "2025-10-20T00:00Z") == ()
    with pytest.raises(Refused, match="rising"):
        elongation_windows(states, "jwst", 135.0, 85.0, "2025-09-20T00:00Z", "2025-10-20T00:00Z")


def test_3i_was_nearest_to_mars_on_our_sky_a_day_before_the_passage(table) -> None:
    moment, separation = nearest_on_sky(
        table("3I", "fit-2026-07"), "500", "mars", "2025-09-25T00:00Z", "2025-10-10T00:00Z"
    )
    assert separation == pytest.approx(3.366, abs=0.001)
    assert abs(moment.utc[0] - np.datetime64("2025-10-02T20:53")) < np.timedelta64(10, "m")


def test_a_path_through_given_vectors_has_its_passage_where_geometry_says() -> None:
    # a straight line past the Sun at 0.5 au on 2025-01-20, 0.02 au/d
    days = np.arange(2460676.5, 2460716.5)
    along = 0.02 * (days - 2460695.875)
    position = np.stack([along, np.full_like(along, 0.5), np.zeros_like(along)], axis=-1)
    velocity = np.tile([0.02, 0.0, 0.0], (len(days), 1))
    line = table_from_vectors("line", "made up", days, position, velocity)
    found = perihelion(line)
    assert found.tdb_jd == pytest.approx(2460695.875, abs=1e-7)
    assert found.distance_au == pytest.approx(0.5, abs=1e-12)
    assert from_tdb_jd(found.tdb_jd).utc[0] == np.datetime64(found.utc.replace(tzinfo=None))
    assert ECLIPTIC_FROM_ICRF[0, 0] == 1.0
