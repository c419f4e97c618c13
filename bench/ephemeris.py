"""How fast and how heavy the ephemeris is, as ratios to Skyfield measured in the same run.

Usage: ``python bench/ephemeris.py``.  Prints a table and writes ``bench/results/ephemeris.json``.  One core,
best of several passes; not a test.  Skyfield computes RA and Dec of a two-body orbit, we compute full rows
(RA, Dec, rates, distances and their rates, light time, elongation, phase, motion) of the N-body one.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

for _threads in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_threads, "1")  # one core means one core; has to precede numpy

import numpy as np  # noqa: E402

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from science.ephemerides import ephemeris  # noqa: E402
from science.orbits import orbit_solution  # noqa: E402
from science.propagation import state_table  # noqa: E402
from science.records import OrbitSolutionRecord  # noqa: E402
from science.state_table import StateTable  # noqa: E402
from science.timescales import from_utc  # noqa: E402

RESULTS = ROOT / "bench" / "results" / "ephemeris.json"
SPAN = (2460676.5, 2461406.5)

COLD = """
import sys, time
began = time.perf_counter()
sys.path.insert(0, {root!r})
from science.ephemerides import ephemeris
{states}
ephemeris(states, "500", "2025-10-03T04:36:54Z")
elapsed = time.perf_counter() - began
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(elapsed, int(peak.split()[1]) / 1024)
"""
INTEGRATE = """
import tomllib
from science.orbits import orbit_solution
from science.propagation import state_table
table = tomllib.load(open({orbits!r}, "rb"))["solution"][-1]
states = state_table(orbit_solution(table, "3I"), *{span!r})
"""
READ = """
from science.state_table import StateTable
states = StateTable.from_bytes(open({stored!r}, "rb").read())
"""


def best(of: Callable[[], Any], passes: int = 7) -> float:
    """Return the shortest of several durations in seconds, after one pass that warms up."""
    of()
    durations = []
    for _ in range(passes):
        began = time.perf_counter()
        of()
        durations.append(time.perf_counter() - began)
    return min(durations)


def solution(solution_id: str) -> OrbitSolutionRecord:
    """Return an orbit solution of 3I."""
    tables = tomllib.loads((ROOT / "data" / "orbits" / "3I.toml").read_text("utf-8"))["solution"]
    return orbit_solution(next(table for table in tables if table["id"] == solution_id), "3I")


def skyfield_radec(utc: np.ndarray) -> Callable[[], Any]:
    """Return a function that gives Skyfield's geocentric RA and Dec of 3I at these instants."""
    from skyfield.api import load, load_file
    from skyfield.constants import GM_SUN_Pitjeva_2005_km3_s2
    from skyfield.data.spice import inertial_frames
    from skyfield.keplerlib import _KeplerOrbit

    elements = solution("JPL44").elements
    if elements is None:
        raise RuntimeError("JPL44 of 3I has no elements")
    timescale = load.timescale(builtin=True)
    # what skyfield.data.mpc.comet_orbit does with a row, without the pandas that its module imports
    orbit = _KeplerOrbit._from_periapsis(
        elements.perihelion_distance_au * (1.0 + elements.eccentricity),
        elements.eccentricity,
        elements.inclination_deg,
        elements.longitude_of_ascending_node_deg,
        elements.argument_of_perihelion_deg,
        timescale.tdb_jd(elements.perihelion_time_tdb_jd),
        GM_SUN_Pitjeva_2005_km3_s2,
        10,
        "C/2025 N1 (ATLAS)",
    )
    orbit._rotation = inertial_frames["ECLIPJ2000"].T
    kernel = load_file(str(Path(str(files("skyfield_data"))) / "data" / "de421.bsp"))
    comet = kernel["sun"] + orbit
    days = (utc - np.datetime64("2000-01-01T12:00:00", "us")) / np.timedelta64(1, "D")

    def radec() -> Any:
        # a new Time each pass, as a request would make one; Skyfield caches within it
        return kernel["earth"].at(timescale.tt_jd(2451545.0 + days + 69.184 / 86400.0)).observe(comet).radec()

    return radec


def cold(states: str) -> tuple[float, float]:
    """Return seconds and megabytes of a fresh interpreter up to its first position: median of five."""
    code = COLD.format(root=str(ROOT), states=states)
    runs = []
    for _ in range(5):
        done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)
        runs.append(tuple(float(word) for word in done.stdout.split()))
    return float(np.median([run[0] for run in runs])), float(np.median([run[1] for run in runs]))


def main() -> None:
    """Measure, print and store."""
    states = state_table(solution("fit-2026-07"), *SPAN)
    hourly = np.datetime64("2025-07-01", "us") + np.arange(8784) * np.timedelta64(1, "h")
    daily = hourly[::24]
    measured: dict[str, float] = {}
    for name, utc in (("daily_366", daily), ("hourly_8784", hourly)):
        # a pass begins with UTC, as a request does
        ours = best(lambda utc=utc: ephemeris(states, "500", from_utc(utc)))  # type: ignore[misc]
        theirs = best(skyfield_radec(utc))
        measured[f"full_rows_per_s_{name}"] = len(utc) / ours
        measured[f"skyfield_radec_per_s_{name}"] = len(utc) / theirs
        measured[f"ratio_to_skyfield_{name}"] = theirs / ours
        measured[f"full_rows_ms_{name}"] = ours * 1e3
    for place in ("W50", "perseverance", "jwst"):
        seconds = best(lambda place=place: ephemeris(states, place, from_utc(hourly)))  # type: ignore[misc]
        measured[f"full_rows_per_s_hourly_8784_{place}"] = len(hourly) / seconds
    measured["integration_2_years_ms"] = 1e3 * best(lambda: state_table(solution("fit-2026-07"), *SPAN))
    measured["integration_2_years_with_sigmas_ms"] = 1e3 * best(
        lambda: state_table(solution("JPL44"), *SPAN), 3
    )
    measured["integration_2016_2040_ms"] = 1e3 * best(
        lambda: state_table(solution("fit-2026-07"), 2457388.5, 2466519.5), 3
    )
    stored = RESULTS.with_name("states.tmp")
    stored.parent.mkdir(parents=True, exist_ok=True)
    stored.write_bytes(states.to_bytes())
    try:
        measured["table_bytes"] = float(stored.stat().st_size)
        measured["table_from_bytes_ms"] = 1e3 * best(lambda: StateTable.from_bytes(stored.read_bytes()))
        orbits = str(ROOT / "data" / "orbits" / "3I.toml")
        for name, code in (
            ("integrating", INTEGRATE.format(orbits=orbits, span=SPAN)),
            ("stored_table", READ.format(stored=str(stored))),
        ):
            measured[f"cold_first_position_s_{name}"], measured[f"cold_peak_mb_{name}"] = cold(code)
    finally:
        stored.unlink()
    targets = {
        "ratio_to_skyfield_daily_366": ("at least", 10.0),
        "ratio_to_skyfield_hourly_8784": ("at least", 10.0),
        "cold_first_position_s_integrating": ("at most", 1.0),
        "cold_first_position_s_stored_table": ("at most", 1.0),
        "cold_peak_mb_integrating": ("at most", 150.0),
        "cold_peak_mb_stored_table": ("at most", 150.0),
    }
    print(f"{'quantity':<46} {'measured':>14}  target")
    for name, value in measured.items():
        kind, limit = targets.get(name, ("", 0.0))
        target = ""
        if kind:
            met = value >= limit if kind == "at least" else value <= limit
            target = f"{kind} {limit:g}: {'met' if met else 'MISSED'}"
        print(f"{name:<46} {value:>14,.3f}  {target}")
    content = {
        "measured": measured,
        "targets": {name: {"kind": kind, "limit": limit} for name, (kind, limit) in targets.items()},
        "python": platform.python_version(),
        "machine": platform.machine(),
        "versions": {name: version(name) for name in ("numpy", "jplephem", "pyerfa", "skyfield")},
    }
    RESULTS.write_text(json.dumps(content, indent=2) + "\n", "utf-8")
    print(f"written to {RESULTS.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
