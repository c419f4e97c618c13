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

# checks that are announced and not yet computed
CHECKS_TO_COME = frozenset(
    ("field_of_regard", "apparent_motion", "relative_speed", "local_time_at_site", "sky_position_at_site",
     "release_interval", "archive_holdings", "ratio_series", "population_comparison", "mass_rate",
     "nongravitational_displacement", "density_from_mass_and_size", "angular_separation", "distance_in_radii",
     "equilibrium_temperature", "period_comparison", "spectral_coverage", "discovery_epoch", "excess_speed",
     "chance_alignment", "close_approach", "position_at_epoch", "resolution_limit", "size_from_magnitude",
     "brightening_slope")
)  # fmt: skip


def chart() -> Field:
    """The name of a chart that is drawn or announced; the drawn ones are imported only when asked for."""

    def fault(value: Any) -> str | None:
        if value in CHARTS_TO_COME:
            return None
        from charts.registry import charts

        return one_of(CHARTS_TO_COME | charts().keys()).fault(value)

    return Field(fault)


def check() -> Field:
    """The name of a check that is computed or announced; the computed ones are imported only when asked for."""

    def fault(value: Any) -> str | None:
        if value in CHECKS_TO_COME:
            return None
        from science.checks.registry import checks

        return one_of(CHECKS_TO_COME | checks().keys()).fault(value)

    return Field(fault, required=True)
