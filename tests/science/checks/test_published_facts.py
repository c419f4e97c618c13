"""Checks on measured facts against what their sources print; origins stand beside the numbers."""

import tomllib
from datetime import date, datetime
from math import asin, degrees, radians, sin

import pytest

from science.records import CampaignRecord

from .ground import DATA, asserts, result_of


def campaigns() -> dict[str, CampaignRecord]:
    def day(value: date | datetime | None) -> date | None:
        return value.date() if isinstance(value, datetime) else value

    rows = tomllib.loads((DATA / "campaigns" / "3I.toml").read_text())["campaign"]
    return {
        row["id"]: CampaignRecord(
            row["id"], row["object"], row["facility"], row["instrument"], row["archive"], day(row.get("observed_from")),
            day(row.get("observed_to")), day(row.get("first_public_date")), row.get("first_public_kind"),
            day(row.get("archive_release_date")), row.get("expected_release"), row["summary"],
        )
        for row in rows
    }  # fmt: skip


def test_hirise_was_public_after_48_days() -> None:
    # observed 2 October, released 19 November 2025 (NASA; measurement 3i-hirise-release-interval)
    params = {"campaigns": ["mro-hirise-2025-10-02"], "asserted_max_days": 7.0}
    found = result_of("release_interval", params, campaigns=campaigns())
    assert found.details["days"] == {"mro-hirise-2025-10-02": 48}
    assert found.outcome == "disagrees"


def test_the_local_clock_of_the_rover_reads_the_afternoon() -> None:
    # 2025-10-04 00:03 UTC: Sun at 35.77 degrees, 15:11:40 local mean solar time (independent prototype)
    found = result_of(
        "local_time_at_site", {"site": "Jezero", "epochs": ["2025-10-04T00:03:00Z"], "expects": "day"}
    )
    assert found.outcome == "disagrees"
    assert found.details["sun_altitude_deg"][0] == pytest.approx(35.77, abs=0.02)
    assert "15:12 local mean solar time" in found.sentence


def test_the_optical_nickel_lines_lie_below_the_range_of_nirspec() -> None:
    # NIRSpec 0.6 to 5.3 micrometres (JWST user documentation); Ni I and Fe I near 350 nm
    found = result_of("spectral_coverage", {"instrument": "JWST/NIRSpec", "lines": ["ni-fe-optical-lines"]})
    assert found.outcome == "disagrees"
    assert found.computed is not None
    assert (found.computed.value, found.computed.plus) == (600.0, 4700.0)
    inside = result_of("spectral_coverage", {"instrument": "JWST/MIRI MRS", "lines": ["3i-nickel-line-miri"]})
    assert inside.outcome == "within_limit"


def test_the_hydroxyl_line_at_1665_mhz_is_the_18_cm_line() -> None:
    found = result_of("spectral_coverage", {"instrument": "MeerKAT", "band_mhz": 1665.4})
    assert found.outcome == "within_limit"
    assert "18" in found.sentence


def test_the_published_rotation_period_is_found_again_and_22_seconds_are_not() -> None:
    # 16.16 +- 0.01 h: Santana-Ros et al. 2025
    params = {"quantity": "rotation_period", "object": "3I"}
    known = result_of("period_comparison", params | {"asserted_s": 16.16 * 3600})
    assert known.outcome == "agrees"
    assert known.details["nearest"] == "3i-rotation-santana-ros"
    assert result_of("period_comparison", params | {"asserted_s": 22.0}).outcome == "disagrees"


def test_a_pixel_of_hirise_covered_thirty_kilometres() -> None:
    # NASA: about 30 km a pixel; two pixels are the smallest separation
    params = {"pixel_measurement": "3i-hirise-scale", "size_measurement": "3i-radius-hst-2026"}
    found = result_of("resolution_limit", params)
    assert found.computed is not None
    assert found.computed.value == pytest.approx(60.0, rel=0.05)


def test_nickel_over_iron_is_the_published_ratio_and_not_ten() -> None:
    # 0.69 +0.05 -0.05: Keck, 16 November 2025 (measurement 3i-ni-fe-2025-11-16-keck)
    params = {"quantity": "ratio_ni_fe", "object": "3I"}
    found = result_of("ratio_series", params, asserts("ratio_ni_fe", 10.0, relation="approx"))
    assert found.outcome == "disagrees"
    assert found.computed is not None
    assert found.computed.value == pytest.approx(0.69, abs=0.005)


def test_carbon_dioxide_stands_five_times_above_other_comets() -> None:
    # 1.03 against 0.120, 0.126, 0.289 and 0.313 of their papers: the middle of four is 0.2075
    found = result_of("population_comparison", {"quantity": "ratio_co2_h2o", "object": "3I"})
    assert found.details["median_of_others"] == pytest.approx(0.2075)
    assert found.computed is not None
    assert found.computed.value == pytest.approx(1.03 / 0.2075, rel=1e-3)


def test_rates_at_different_distances_are_set_side_by_side_and_never_divided() -> None:
    found = result_of("population_comparison", {"quantity": "production_rate_ni", "object": "3I"})
    assert "times the middle value" not in found.sentence
    assert "at 2.85 au" in found.sentence


def test_measured_exponents_are_held_against_the_asserted_one() -> None:
    # 7.5 +- 1 from coronagraphs before perihelion, 3.8 +- 0.3 in July (both as published)
    params = {"measurements": ["3i-brightness-index-not", "3i-brightness-index-coronagraphs"]}
    found = result_of(
        "brightening_slope", params, asserts("heliocentric_brightness_index", 7.5, relation="approx")
    )
    assert found.details["outcomes"] == {
        "3i-brightness-index-not": "disagrees",
        "3i-brightness-index-coronagraphs": "agrees",
    }


def test_nine_degrees_are_six_in_a_thousand_of_the_sky() -> None:
    # 0.6 per cent: stated by the proponent (measurement 3i-wow-probability-loeb)
    params = {"criterion": "sky_separation", "separation_deg": 9.0, "asserted_probability": 0.006}
    assert result_of("chance_alignment", params).outcome == "agrees"


def test_the_chance_of_a_conjunction_is_that_of_plane_geometry() -> None:
    # object at q = 1.356 au, Earth at 1 au: elongation e needs the Earth within e + asin(sin(e) / q) of opposition
    limit = 12.8
    share = (limit + degrees(asin(sin(radians(limit)) / 1.356))) / 180.0
    found = result_of("chance_alignment", {"criterion": "solar_conjunction", "elongation_deg": limit})
    # three per cent for the tilt of the path and the Earth's ellipse, three standard errors of the draw
    slack = 0.03 * share + 3 * found.details["monte_carlo_error"]
    assert found.details["probability_of_one"] == pytest.approx(share, abs=slack)
