"""Single charts: what each shows beyond what all of them promise."""

from __future__ import annotations

from datetime import date

import pytest

from charts import (
    mass_density,
    period_ladder,
    production_rates,
    ratio_series,
    release_timeline,
    spectrum_coverage,
)
from charts.selection import campaign_keys, wanted
from science.records import CampaignRecord
from tests.charts.examples import claimed, day, fact, subject_of


def spaced(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def campaign(key: str, **fields: object) -> CampaignRecord:
    values: dict = {
        "body": "3I",
        "facility": key,
        "instrument": "camera",
        "archive": "pds",
        "observed_from": None,
        "observed_to": None,
        "first_public": None,
        "first_public_kind": None,
        "archive_release": None,
        "expected_release": None,
        "summary": "",
        **fields,
    }
    return CampaignRecord(key=key, **values)


# ratio_series -----------------------------------------------------------------------------------


def test_dated_ratios_stand_on_a_calendar_and_other_bodies_below() -> None:
    drawing = ratio_series.draws(
        subject_of(
            fact(
                "early",
                "ratio_c2_cn",
                0.16,
                limit="upper",
                observed_from=day("2025-08-08"),
                observed_to=day("2025-08-17"),
            ),
            fact("late", "ratio_c2_cn", 1.1, plus=0.05, minus=0.05, observed_from=day("2025-11-29")),
            fact("two", "ratio_c2_cn", 0.1, limit="upper", body="2I", observed_from=day("2019-09-20")),
            asserted=(claimed("ratio_c2_cn", 0.5),),
        )
    )
    assert drawing is not None
    layout = drawing.figure["layout"]
    assert layout["xaxis"]["type"] == "date"
    assert layout["xaxis2"]["type"] != "date"
    assert "2I/Borisov" in " ".join(layout["yaxis2"]["ticktext"])
    dashed = [
        trace
        for trace in drawing.figure["data"]
        if trace["meta"]["role"] == "asserted" and trace["mode"] != "markers"
    ]
    assert dashed[0]["y"] == [0.5, 0.5]


def test_one_lonely_ratio_is_no_series() -> None:
    assert ratio_series.draws(subject_of(fact("only", "ratio_ni_fe", 0.7))) is None


# production_rates -------------------------------------------------------------------------------


def test_rates_without_a_distance_are_not_lost() -> None:
    drawing = production_rates.draws(
        subject_of(
            fact("a", "production_rate_ni", 2e23, r_h_au=2.85),
            fact("b", "production_rate_ni", 6e25, r_h_au=1.5),
            fact("c", "production_rate_ni", 3e22, body="C/1996 B2 (Hyakutake)"),
        )
    )
    assert drawing is not None
    assert "Hyakutake" in " ".join(drawing.figure["layout"]["yaxis2"]["ticktext"])
    assert "not recorded" in drawing.figure["layout"]["xaxis2"]["title"]["text"]


def test_molecules_and_kilograms_never_share_a_plane() -> None:
    drawing = production_rates.draws(
        subject_of(
            fact("a", "production_rate_ni", 2e23, r_h_au=2.85),
            fact("b", "production_rate_fe", 6e25, r_h_au=1.5),
            fact("c", "mass_rate_dust", 1000.0, r_h_au=1.7),
            fact("d", "mass_rate_dust", 66.0, r_h_au=3.8),
        )
    )
    assert drawing is not None
    units = [drawing.figure["layout"][axis]["title"]["text"].split("(")[1] for axis in ("yaxis", "yaxis2")]
    assert units == ["s⁻¹)", "kg/s)"]


def test_a_species_keeps_its_colour_and_each_group_has_its_own_shape() -> None:
    drawing = production_rates.draws(
        subject_of(
            fact("a", "production_rate_ni", 2e23, r_h_au=2.85),
            fact("b", "production_rate_fe", 6e25, r_h_au=1.5),
            fact("c", "production_rate_ni", 9e21, r_h_au=2.3, body="2I"),
        )
    )
    assert drawing is not None
    groups = {trace["name"]: trace for trace in drawing.figure["data"]}
    assert groups["Ni, 3I/ATLAS"]["meta"] == groups["Ni, 2I/Borisov"]["meta"]
    assert len({trace["marker"]["symbol"] for trace in groups.values()}) == 3


# release_timeline -------------------------------------------------------------------------------


def test_days_count_from_the_first_observation_to_the_first_release() -> None:
    hirise = campaign(
        "MRO",
        observed_from=date(2025, 10, 2),
        observed_to=date(2025, 10, 2),
        first_public=date(2025, 11, 19),
        first_public_kind="image",
    )
    drawing = release_timeline.draws(subject_of(campaigns=(hirise,)))
    assert drawing is not None
    assert spaced(drawing.finding) == "From the start of observing it took MRO 48 days to the first image."
    assert drawing.rows[0].cells[3] == "48"


def test_a_plan_announced_before_the_observation_gives_no_interval() -> None:
    network = campaign(
        "IAWN",
        observed_from=date(2025, 11, 27),
        observed_to=date(2026, 1, 27),
        first_public=date(2025, 10, 21),
        first_public_kind="statement",
    )
    drawing = release_timeline.draws(subject_of(campaigns=(network,)))
    assert drawing is not None
    assert drawing.rows[0].cells[3] == ""
    assert "took" not in drawing.finding


def test_an_expected_release_is_called_expected_and_is_not_drawn() -> None:
    tgo = campaign(
        "TGO",
        observed_from=date(2025, 10, 1),
        observed_to=date(2025, 10, 7),
        expected_release="2026-04/2026-10",
    )
    drawing = release_timeline.draws(subject_of(campaigns=(tgo,)))
    assert drawing is not None
    assert spaced(drawing.rows[0].cells[2]) == "expected Apr 2026 to Oct 2026"
    assert drawing.figure["layout"]["xaxis"]["range"][1] < "2026"
    assert "not an answer of the archive" in drawing.caption


def test_a_release_that_a_campaign_already_shows_has_no_row_of_its_own() -> None:
    shown = campaign(
        "TGO", instrument="CaSSIS, NOMAD", observed_from=date(2025, 10, 1), first_public=date(2025, 10, 7)
    )
    release = fact(
        "tgo", "public_release_epoch", value_time="2025-10-07", instrument="CaSSIS", subject="CaSSIS images"
    )
    drawing = release_timeline.draws(subject_of(release, campaigns=(shown,)))
    assert drawing is not None
    assert [row.key for row in drawing.rows] == ["TGO"]


# mass_density -----------------------------------------------------------------------------------


def test_the_density_agrees_with_the_catalogue_computation() -> None:
    # catalogue rows 3i-density-for-ten-billion-tonnes (1.09) and 3i-density-for-33-billion-tonnes (3.6)
    assert mass_density.mean_density(1.0e13, 1.3) == pytest.approx(1.09, abs=0.005)
    assert mass_density.mean_density(3.3e13, 1.3) == pytest.approx(3.6, abs=0.05)


def test_the_sentence_gives_the_density_that_a_claimed_mass_needs() -> None:
    drawing = mass_density.draws(
        subject_of(
            fact("r", "nucleus_radius", 1.3, plus=0.2, minus=0.2),
            fact("m", "nucleus_mass", 4.6e12, plus=2.3e12, minus=1.8e12),
            asserted=(claimed("nucleus_mass", 3.3e13, "gt"),),
        )
    )
    assert drawing is not None
    assert "mean density of 3.6 g/cm³, 2.3 to 5.9 within the error" in spaced(drawing.finding)


def test_lines_of_equal_density_rise_with_the_cube_of_the_radius() -> None:
    drawing = mass_density.draws(
        subject_of(fact("r", "nucleus_radius", 1.3, plus=0.2, minus=0.2), fact("m", "nucleus_mass", 4.6e12))
    )
    assert drawing is not None
    slanted = [t for t in drawing.figure["data"] if t["meta"]["role"] == "muted"]
    assert len(slanted) == 3
    for line in slanted:
        (x0, x1), (y0, y1) = line["x"], line["y"]
        assert y1 / y0 == pytest.approx((x1 / x0) ** 3)


def test_a_mass_without_a_radius_gives_way() -> None:
    assert mass_density.draws(subject_of(fact("m", "nucleus_mass", 1e12))) is None


# period_ladder ----------------------------------------------------------------------------------


def test_hours_and_seconds_stand_on_one_ladder_each_printed_in_its_own_unit() -> None:
    drawing = period_ladder.draws(
        subject_of(fact("rotation", "rotation_period", 16.0), asserted=(claimed("signal_period", 22.0),))
    )
    assert drawing is not None
    places = sorted(x for trace in drawing.figure["data"] if trace["mode"] == "markers" for x in trace["x"])
    assert places == [22.0, 57600.0]
    assert {spaced(note["text"]) for note in drawing.figure["layout"]["annotations"]} == {"22 s", "16 h"}
    assert "1 h" in drawing.figure["layout"]["xaxis"]["ticktext"]


# spectrum_coverage ------------------------------------------------------------------------------


def test_a_line_is_said_to_lie_inside_or_outside_what_the_instrument_covers() -> None:
    drawing = spectrum_coverage.draws(
        subject_of(
            fact("low", "band_min_wavelength", 0.6, body="NIRSpec"),
            fact("high", "band_max_wavelength", 5.3, body="NIRSpec"),
            fact("swan", "line_wavelength", 517.0, body="C2"),
            fact("co2", "line_wavelength", 4300.0, body="CO2"),
        )
    )
    assert drawing is not None
    assert spaced(drawing.finding) == (
        "NIRSpec covers 0.6–5.3 µm; lines of C₂: 517 nm, outside that range; lines of CO₂: 4300 nm, inside the "
        "range of NIRSpec."
    )


def test_a_group_of_lines_that_reaches_out_of_the_range_is_not_inside() -> None:
    drawing = spectrum_coverage.draws(
        subject_of(
            fact("low", "band_min_wavelength", 0.3, body="camera"),
            fact("high", "band_max_wavelength", 0.38, body="camera"),
            fact("ni", "line_wavelength", 350.0, plus=50.0, minus=50.0, body="Ni I", error_kind="range"),
        )
    )
    assert drawing is not None
    assert "outside that range" in drawing.finding


def test_wavelengths_and_frequencies_never_share_an_axis() -> None:
    drawing = spectrum_coverage.draws(
        subject_of(
            fact("swan", "line_wavelength", 517.0, body="C2"),
            fact("oh", "signal_frequency", 1665.0, body="OH"),
        )
    )
    assert drawing is not None
    titles = [spaced(drawing.figure["layout"][axis]["title"]["text"]) for axis in ("xaxis", "xaxis2")]
    assert titles == ["Wavelength (µm)", "Frequency (GHz)"]


# selection --------------------------------------------------------------------------------------


def test_it_wants_what_is_cited_its_series_its_companions_and_what_checks_name() -> None:
    cited = [fact("c2", "production_rate_c2", 1e25, series="q_c2"), fact("ratio", "ratio_c2_cn", 1.0)]
    wants = wanted(
        "3I",
        cited,
        [claimed("nucleus_mass", 1e13)],
        [
            ("spectral_coverage", {"instrument": "FAST", "lines": ["oh"]}),
            ("ratio_series", {"quantity": "ratio_ni_fe", "object": "2I"}),
        ],
    )
    assert wants.takes(fact("other", "production_rate_c2", 1e24, series="q_c2"))
    assert wants.takes(fact("cn", "production_rate_cn", 1e24))
    assert wants.takes(fact("radius", "nucleus_radius", 1.3))
    assert wants.takes(fact("oh", "signal_frequency", 1665.0, body="OH"))
    assert wants.takes(fact("low", "band_min_frequency", 1.05, body="FAST"))
    assert wants.takes(fact("ni", "ratio_ni_fe", 1.0, body="2I"))
    assert not wants.takes(fact("ni", "ratio_ni_fe", 1.0))
    assert not wants.takes(fact("period", "rotation_period", 16.0))


def test_a_claimed_rotation_wants_the_periods_of_jets_too() -> None:
    wants = wanted("3I", [], [claimed("rotation_period", 16.0)], [])
    assert wants.takes(fact("jet", "jet_period", 7.7))


def test_mixed_quantities_never_widen_a_chart() -> None:
    wants = wanted("3I", [], [claimed("count", 0.0), claimed("probability", 0.1)], [])
    assert not wants.quantities


def test_campaigns_named_by_a_check_are_wanted() -> None:
    assert campaign_keys([("release_interval", {"campaigns": ["a", "b"]}), ("x", {})]) == {"a", "b"}
