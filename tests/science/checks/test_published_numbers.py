"""Checks against numbers that somebody else published or computed, each with its origin and tolerance."""

from datetime import datetime

import pytest

from science.checks.density_from_mass_and_size import sphere_density_g_cm3
from science.checks.distance_in_radii import hill_radius_au
from science.checks.equilibrium_temperature import blackbody_range_k
from science.checks.mass_rate import mass_rate_g_s
from science.checks.size_from_magnitude import radius_from_magnitude_km

from .ground import asserts, result_of

# Origin of the positions below: solution fit-2026-07 (our fit to JPL Horizons positions of 2026-07-24),
# integrated with JPL DE440 by an independent prototype on 2026-11-22.


def seconds_apart(text: str, other: str) -> float:
    return abs((datetime.fromisoformat(text) - datetime.fromisoformat(other)).total_seconds())


def test_the_pass_of_mars_is_where_and_when_the_prototype_put_it() -> None:
    found = result_of(
        "close_approach", {"body": "Mars", "window_from": "2025-09-25", "window_to": "2025-10-12"}
    )
    assert seconds_apart(found.details["at"], "2025-10-03T04:36:54Z") <= 2
    assert found.details["distance_km"] == pytest.approx(28_970_923, abs=50)
    assert found.details["relative_speed_km_s"] == pytest.approx(86.116, abs=0.002)


def test_the_passes_of_earth_and_jupiter_are_where_the_prototype_put_them() -> None:
    earth = result_of(
        "close_approach", {"body": "Earth", "window_from": "2025-12-01", "window_to": "2026-01-10"}
    )
    assert seconds_apart(earth.details["at"], "2025-12-19T05:49:46Z") <= 2
    assert earth.details["distance_km"] == pytest.approx(268_936_072, abs=50)
    jupiter = result_of(
        "close_approach", {"body": "Jupiter", "window_from": "2026-03-01", "window_to": "2026-03-31"}
    )
    assert seconds_apart(jupiter.details["at"], "2026-03-16T12:18:54Z") <= 2
    assert jupiter.details["distance_km"] == pytest.approx(53_603_941, abs=50)


def test_sixty_kilometres_a_second_is_its_speed_far_away_and_not_past_mars() -> None:
    found = result_of(
        "relative_speed",
        {"relative_to": "Mars", "epoch": "2025-10-03T04:37:00Z"},
        asserts("relative_speed", 60.0, "km / s", "approx"),
    )
    assert found.outcome == "frame_mismatch"
    assert found.details["belongs_to"] == "far away"
    assert found.details["speeds_km_s"]["Mars"] == pytest.approx(86.116, abs=0.002)
    assert found.details["speeds_km_s"]["Sun"] == pytest.approx(66.55, abs=0.01)
    # barycentric excess speed on the way in, same prototype
    assert found.details["speeds_km_s"]["far away"] == pytest.approx(57.968, abs=0.01)


def test_the_comet_crosses_a_tenth_of_a_navcam_pixel_in_ten_seconds_against_the_stars() -> None:
    found = result_of(
        "apparent_motion",
        {"observer": "Mars", "epoch": "2025-10-04T06:35:29Z", "exposure_s": 10.0, "pixel_arcsec": 68.0},
    )
    assert found.details["pixels_against_stars"] == pytest.approx(0.09, abs=0.01)
    # a camera on the ground: 0.693 mrad in 10 s, 2.10 pixels of 68 arcsec
    assert found.details["arcsec_in_fixed_camera"] == pytest.approx(0.693e-3 * 206264.8, rel=0.005)
    assert found.details["pixels_in_fixed_camera"] == pytest.approx(2.10, abs=0.02)


def test_it_was_daylight_at_the_rover_three_minutes_past_midnight_utc() -> None:
    found = result_of("sky_position_at_site", {"site": "Jezero", "epoch": "2025-10-04T00:03:00Z"})
    assert found.outcome == "disagrees"
    assert found.details["altitude_deg"] == pytest.approx(22.54, abs=0.02)
    assert found.details["azimuth_deg"] == pytest.approx(74.15, abs=0.02)
    assert found.details["sun_altitude_deg"] == pytest.approx(35.77, abs=0.02)
    assert found.details["ltst_h"] == pytest.approx(15.74, abs=0.01)
    assert "sol 1643" in found.sentence


def test_the_published_frame_was_taken_at_night_with_the_comet_high() -> None:
    found = result_of("sky_position_at_site", {"site": "perseverance", "epoch": "2025-10-04T06:35:29Z"})
    assert found.outcome == "within_limit"
    assert found.details["altitude_deg"] == pytest.approx(64.4, abs=0.1)
    assert found.details["azimuth_deg"] == pytest.approx(277.0, abs=0.1)
    assert found.details["sun_altitude_deg"] == pytest.approx(-48.4, abs=0.1)


def test_seen_from_the_earth_it_stayed_three_degrees_from_mars() -> None:
    found = result_of(
        "angular_separation",
        {
            "observer": "Earth",
            "first": "Mars",
            "second": "3I",
            "window_from": "2025-09-15",
            "window_to": "2025-10-20",
        },
        asserts("angular_separation", 0.0, "deg"),
    )
    assert found.outcome == "disagrees"
    assert found.computed is not None
    assert found.computed.value == pytest.approx(3.366, abs=0.005)
    assert seconds_apart(found.details["at"], "2025-10-02T20:53:00Z") <= 300
    assert found.details["disc_radius_arcsec"] == pytest.approx(1.98, abs=0.01)


@pytest.mark.parametrize(
    ("opens", "closes"),
    [
        ("2025-07-25T13:26:00Z", "2025-08-25T15:50:00Z"),
        ("2025-12-09T07:40:00Z", "2025-12-31T18:43:00Z"),
        ("2026-02-20T12:28:00Z", "2026-04-05T16:48:00Z"),
        ("2026-10-05T22:04:00Z", "2026-11-22T08:38:00Z"),
    ],
)
def test_webb_may_point_in_four_windows(opens: str, closes: str) -> None:
    found = result_of(
        "field_of_regard",
        {
            "observatory": "JWST",
            "window_from": f"{opens[:7]}-01",
            "window_to": f"{closes[:8]}{30 if closes[5:7] in ('04', '11') else 31}",
        },
    )
    # the L2 model of Webb's place is good to about ten hours
    begins, ends = next(
        (begins, ends) for begins, ends in found.details["windows"] if begins <= closes and ends >= opens
    )
    assert seconds_apart(begins, opens) <= 36_000
    assert seconds_apart(ends, closes) <= 36_000


def test_webb_could_not_point_at_it_during_the_pass_of_mars() -> None:
    found = result_of(
        "field_of_regard", {"observatory": "JWST", "window_from": "2025-10-01", "window_to": "2025-10-07"}
    )
    assert found.outcome == "disagrees"
    assert found.details["share_inside"] == 0
    assert found.computed is not None
    # 27.04 degrees on 3 October 00 UTC lies between the ends of the window
    assert found.computed.value is not None
    assert found.computed.plus is not None
    assert found.computed.value < 27.04 < found.computed.value + found.computed.plus


def test_the_excess_speed_is_that_of_an_unbound_orbit() -> None:
    found = result_of("excess_speed", {"object": "3I"}, asserts("eccentricity", 1.0, relation="lt"))
    assert found.outcome == "disagrees"
    assert found.details["excess_speed_km_s"] == pytest.approx(57.968, abs=0.005)


def test_the_radial_push_shifts_it_by_some_twenty_thousand_kilometres_at_jupiter() -> None:
    # 20,500 km: difference of two numerical integrations (measurement 3i-ng-displacement-at-jupiter)
    found = result_of(
        "nongravitational_displacement",
        {"a1_measurement": "3i-a1-fit-2026-07", "law": "r^-2", "until": "2026-03-16"},
    )
    assert found.computed is not None
    assert found.computed.value == pytest.approx(20_500, abs=300)


def test_on_the_day_of_the_wow_signal_it_stood_eight_degrees_away() -> None:
    # recomputed for the catalogue from the incoming orbit: 8.3 to 8.6 degrees from the two possible places
    for ra_deg in (291.38, 292.09):
        found = result_of(
            "position_at_epoch", {"epoch": "1977-08-15T00:00:00Z", "ra_deg": ra_deg, "dec_deg": -26.95}
        )
        assert 8.2 <= found.details["separation_deg"] <= 8.7


def test_the_position_of_november_2026_is_that_of_the_prototype() -> None:
    found = result_of("position_at_epoch", {"epoch": "2026-11-22T00:00:00Z"})
    assert found.details["r_au"] == pytest.approx(13.5914, abs=2e-4)
    assert found.details["delta_au"] == pytest.approx(12.8764, abs=2e-4)
    assert found.details["ra_deg"] == pytest.approx(105.428, abs=1e-3)
    assert found.details["dec_deg"] == pytest.approx(19.335, abs=1e-3)


def test_the_closest_pass_lies_thousands_of_mars_radii_away() -> None:
    found = result_of("distance_in_radii", {"body": "Mars", "epoch": "2025-10-03T04:37:00Z"})
    assert found.computed is not None
    assert found.computed.value == pytest.approx(28_970_923 / 3396.19, rel=1e-4)


def test_the_hill_radius_of_jupiter_is_the_textbook_one() -> None:
    # 0.355 au with Jupiter at its mean distance (Murray & Dermott 1999)
    assert hill_radius_au("Jupiter", 5.2028) == pytest.approx(0.355, abs=0.001)


def test_a_rate_of_carbon_dioxide_is_the_published_mass() -> None:
    # 1.78e27 molecules a second is printed as 130 kg/s (measurement 3i-co2-mass-rate-2025-08-06)
    assert mass_rate_g_s(1.78e27, "CO2") / 1e3 == pytest.approx(130, abs=0.5)


def test_thirty_three_billion_tonnes_in_that_radius_are_denser_than_rock() -> None:
    # 3.6 g/cm3: measurement 3i-density-for-33-billion-tonnes
    assert sphere_density_g_cm3(3.3e13, 1.3) == pytest.approx(3.6, abs=0.02)


def test_a_black_body_at_one_au_has_the_textbook_temperatures() -> None:
    # 278 K and 394 K (de Pater & Lissauer, Planetary Sciences, ch. 3)
    assert blackbody_range_k(1.0) == pytest.approx((278.3, 393.6), abs=0.5)


def test_the_size_of_ceres_follows_from_its_brightness_and_albedo() -> None:
    # H = 3.33 (MPC), p_V = 0.090 (JPL SBDB): mean diameter 939.4 km (JPL SBDB), to the five per cent of H
    assert 2 * radius_from_magnitude_km(3.33, 0.090) == pytest.approx(939.4, rel=0.05)


def test_the_discovery_was_not_in_2017() -> None:
    found = result_of("discovery_epoch", {"object": "3I"}, asserts("discovery_epoch", None, when="2017"))
    assert found.outcome == "disagrees"
    assert "8 years later" in found.sentence
