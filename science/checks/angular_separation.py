"""The smallest angle between the object and a planet, seen by an observer, against the planet's disc."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from science.checks.comparing import asserted_amount, asserted_of, compared
from science.checks.contract import Amount, Check, CheckResult, Facts, Parameter, ParameterRefused
from science.checks.distance_in_radii import RADII_KM
from science.checks.pointing import iso, observer, spoken, states, window
from science.constants import AU_KM
from science.encounters import nearest_on_sky
from science.ephemerides import vectors
from science.planets import body_id
from science.records import AssertedRecord
from science.refusals import Refused


def run(params: Mapping[str, Any], facts: Facts, asserted: Sequence[AssertedRecord]) -> CheckResult:
    place = observer("observer", params["observer"])
    first, last = window(dict(params))
    planet, body = params["first"], params["second"]
    orbit = facts.orbit(body)
    table = states(orbit, first, last)
    try:
        at, smallest = nearest_on_sky(table, place, planet, first, last)
        away, _ = vectors(table, at.tdb_jd, center=f"500@{body_id(planet)}", frame="icrf")
        here, _ = vectors(table, at.tdb_jd, center=place, frame="icrf")
    except Refused as problem:
        raise ParameterRefused("first", str(problem)) from problem
    when = iso(at.utc[0])
    distance_km = float(np.linalg.norm(here[0] - away[0])) * AU_KM
    disc_deg = float(np.degrees(np.arcsin(RADII_KM[planet] / distance_km))) if planet in RADII_KM else None
    claimed = asserted_of("angular_separation", asserted)
    beside = (
        f"; the disc of {planet} has a radius of {disc_deg * 3600:.2f} arcsec" if disc_deg is not None else ""
    )
    computed = Amount(smallest, "deg")
    return CheckResult(
        compared(claimed, computed),
        f"Seen from {place.name}, {body} came no nearer to {planet} than {smallest:.2f} degrees, on "
        f"{spoken(when)}{beside}.",
        computed=computed,
        asserted=asserted_amount(claimed),
        details={
            "at": when,
            "disc_radius_arcsec": None if disc_deg is None else round(disc_deg * 3600, 3),
            "as_expected": None if "expects_min_deg" not in params else smallest >= params["expects_min_deg"],
        },
        solution_id=orbit.solution.solution_id,
    )


CHECK = Check(
    name="angular_separation",
    question="How near did the two come in the observer's sky?",
    quantity="angular_separation",
    references=("Embedded ephemeris with JPL DE440 planets; apparent directions.",),
    parameters=(
        Parameter("observer", "text", "where one looks from"),
        Parameter("first", "text", "a planet, the Moon or the Sun"),
        Parameter("second", "text", "the body"),
        Parameter("window_from", "date", "first day"),
        Parameter("window_to", "date", "last day"),
        Parameter("expects_min_deg", "number", "what the review expects at least", "deg", required=False, minimum=0, maximum=180),
    ),
    run=run,
    tolerance=0.02,
    chart="sky_track",
)  # fmt: skip
