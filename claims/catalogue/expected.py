"""Names that claims use before the code that answers to them is there.

One place to shrink: whoever writes a chart or a check takes its name out here, and the registry knows it
from then on.  A name in neither place is a misspelling and stops the load.
"""

from __future__ import annotations

from typing import Any

from claims.catalogue.fields import Field, one_of

# charts that are announced and not yet drawn
CHARTS_TO_COME = frozenset(
    ("asserted_vs_measured", "ratio_series", "production_rates", "elongation_timeline", "distance_timeline",
     "sky_track", "release_timeline", "orbit_3d", "period_ladder", "mass_density", "spectrum_coverage",
     "alignment_histogram")
)  # fmt: skip

# checks that are announced and not yet computed, with the parameters they take
CHECKS_TO_COME: dict[str, frozenset[str]] = {
    name: frozenset(parameters.split())
    for name, parameters in {
        "field_of_regard": "observatory object window_from window_to expects",
        "apparent_motion": "observer object epoch exposure_s pixel_arcsec note",
        "relative_speed": "relative_to epoch",
        "local_time_at_site": "site body longitude_east_deg epochs expects",
        "sky_position_at_site": "site body longitude_east_deg epoch object",
        "release_interval": "campaigns asserted_max_days",
        "archive_holdings": "archive facility window_from window_to expects control_from control_to",
        "ratio_series": "quantity object",
        "population_comparison": "quantity object",
        "mass_rate": "measurement species quantity object",
        "nongravitational_displacement": "a1_measurement law until",
        "density_from_mass_and_size": "mass_kg radius_measurement",
        "angular_separation": "observer first second window_from window_to expects_min_deg",
        "distance_in_radii": "body epoch",
        "equilibrium_temperature": "r_h_au",
        "period_comparison": "asserted_s quantity object",
        "spectral_coverage": "instrument lines band_mhz expects",
        "discovery_epoch": "object",
        "excess_speed": "object",
        "chance_alignment": "asserted_probability trials note",
        "close_approach": "body window_from window_to",
        "position_at_epoch": "object epoch note",
        "resolution_limit": "pixel_measurement size_measurement",
        "size_from_magnitude": "albedo measurement",
        "brightening_slope": "measurements",
    }.items()
}


def chart() -> Field:
    """The name of a chart that is drawn or announced; the drawn ones are imported only when asked for."""

    def fault(value: Any) -> str | None:
        if value in CHARTS_TO_COME:
            return None
        from charts.registry import charts

        return one_of(CHARTS_TO_COME | charts().keys()).fault(value)

    return Field(fault)


def check_parameters() -> dict[str, frozenset[str]]:
    """The parameters that each known check takes."""
    return CHECKS_TO_COME
