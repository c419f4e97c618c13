"""How far the object moves in one exposure, against the stars and in a camera fixed to the ground."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from science.checks.comparing import asserted_of, printed
from science.checks.contract import Amount, Check, CheckResult, Facts, Outcome, Parameter
from science.checks.pointing import body_of, instant, iso, observer, spoken, states
from science.records import AssertedRecord
from science.trailing import trail

# A camera that stands on the planet is asked from the rover's place: the turning of the sky is what trails
ON_THE_GROUND = {"500@499": "perseverance"}


def run(params: Mapping[str, Any], facts: Facts, asserted: Sequence[AssertedRecord]) -> CheckResult:
    body = body_of(dict(params), facts)
    moment = instant("epoch", params["epoch"])
    exposure_s, pixel_arcsec = params["exposure_s"], params["pixel_arcsec"]
    place = observer("observer", params["observer"])
    orbit = facts.orbit(body)
    last = moment + timedelta(seconds=exposure_s)
    table = states(orbit, moment, last)
    named = ON_THE_GROUND.get(place.code)
    moved = trail(table, place, moment, exposure_s, ground=observer("observer", named) if named else None)
    rate = moved.against_stars / exposure_s
    pixels = rate * exposure_s / pixel_arcsec
    details: dict[str, Any] = {
        "pixels_against_stars": float(f"{pixels:.4g}"),
        "arcsec_against_stars": float(f"{rate * exposure_s:.4g}"),
    }
    sentence = (
        f"On {spoken(iso(moment))} {body} moved {rate:.2f} arcsec a second against the stars, seen from {place.name}: "
        f"{printed(pixels, 2)} pixels in {printed(exposure_s)} s"
    )
    trailed, rate_on_ground = pixels, rate
    if (turned := moved.in_fixed_camera) is not None:
        trailed, rate_on_ground = turned / pixel_arcsec, turned / exposure_s
        details |= {
            "pixels_in_fixed_camera": float(f"{trailed:.4g}"),
            "arcsec_in_fixed_camera": float(f"{turned:.4g}"),
        }
        sentence += f"; in a camera fixed to the ground the turning sky trails it {printed(trailed, 2)} pixels, as it does the stars"
    claimed = asserted_of("apparent_motion", asserted)
    outcome: Outcome = "cannot_tell"
    asserted_rate: float | None = None
    if claimed is not None and claimed.value is not None:
        # a line needs the light to cross more than one pixel in the exposure
        asserted_rate = max(claimed.value, pixel_arcsec / exposure_s)
        outcome = "agrees" if rate_on_ground > asserted_rate else "disagrees"
    return CheckResult(
        outcome,
        sentence + ".",
        computed=Amount(rate, "arcsec / s"),
        asserted=None if asserted_rate is None else Amount(asserted_rate, "arcsec / s", limit="lower"),
        details=details,
        solution_id=orbit.solution.solution_id,
    )


CHECK = Check(
    name="apparent_motion",
    question="How far does the object move in one exposure?",
    quantity="apparent_motion",
    references=("Embedded ephemeris; IAU/WGCCRE rotation of Mars (Archinal et al. 2018, CeMDA 130, 22).",),
    parameters=(
        Parameter("observer", "text", "where the camera is"),
        Parameter("object", "text", "the body", required=False),
        Parameter("epoch", "date", "start of the exposure, UTC"),
        Parameter("exposure_s", "number", "exposure", "s", minimum=1e-6, maximum=864000),
        Parameter("pixel_arcsec", "number", "angle of one pixel", "arcsec", minimum=1e-6, maximum=36000),
    ),
    run=run,
    tolerance=0.02,
    chart="sky_track",
)  # fmt: skip
