"""Compare our ephemeris with whole tables that JPL Horizons printed, and say where a limit is broken.

Usage::

    HYPERBOLE_TRUTH=/folder/with/tables python tools/compare_truth.py

The folder holds CSV files, each with a ``<name>.source.json`` beside it.  What a file is follows from its
name and columns: ``3I_jpl44_observer_*.csv`` (``utc`` and printed quantities; observer from ``center`` in
the source file), ``3I_jpl27_heliocentric_*_km.csv`` and ``*_au*.csv`` (``jd_tdb, x, y, z`` and perhaps
velocities, heliocentric, ecliptic of J2000.0).  Vectors without a solution in their name are compared with
the default solution, planets with the kernel.  Small transcribed parts of such tables are tests
(``tests/science/authorities``); this command is for the whole ones, which are not ours to distribute.

The exit status is 1 if a residual exceeds its limit, or if no table was found.
"""

from __future__ import annotations

import csv
import json
import os
import re
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from science import planets  # noqa: E402
from science.constants import AU_KM, J2000_JD  # noqa: E402
from science.ephemerides import ephemeris, vectors  # noqa: E402
from science.orbits import ECLIPTIC_FROM_ICRF, orbit_solution  # noqa: E402
from science.photometry import magnitude_law  # noqa: E402
from science.propagation import state_table  # noqa: E402
from science.records import EphemerisRows, OrbitSolutionRecord  # noqa: E402
from science.timescales import from_utc  # noqa: E402

# (quantity, residual, unit, limit of the largest residual)
Line = tuple[str, np.ndarray, str, float | None]


@cache
def solutions(body: str) -> tuple[OrbitSolutionRecord, ...]:
    """Return every solution of a body in data/orbits."""
    tables = tomllib.loads((ROOT / "data" / "orbits" / f"{body}.toml").read_text("utf-8"))["solution"]
    return tuple(orbit_solution(table, body) for table in tables)


def chosen(body: str, name: str) -> OrbitSolutionRecord:
    """Return the solution that a file name speaks of, or the default one."""
    spoken = re.search(r"jpl(\d+)", name.lower())
    for one in solutions(body):
        if one.solution_id == f"JPL{spoken[1]}" if spoken else one.is_default:
            return one
    raise SystemExit(f"{name}: data/orbits/{body}.toml has no solution JPL{spoken[1] if spoken else ''}")


def sexagesimal(text: str) -> float:
    """Return the number of units in ``[-]units:minutes:seconds``."""
    whole, minutes, seconds = (float(part) for part in text.strip().lstrip("+-").split(":"))
    return (-1 if text.strip().startswith("-") else 1) * (whole + minutes / 60 + seconds / 3600)


def numbers(rows: list[dict[str, str]], column: str) -> np.ndarray:
    """Return a column as numbers."""
    return np.array([float(row[column]) for row in rows])


def observer_lines(name: str, rows: list[dict[str, str]], center: str) -> Iterator[Line]:
    """Yield residuals of an observer table."""
    body = name.split("_")[0]
    solution = chosen(body, name)
    times = from_utc(
        [
            datetime.strptime(row["utc"], f"%Y-%b-%d %H:%M{':%S' * (row['utc'].count(':') - 1)}").replace(
                tzinfo=UTC
            )
            for row in rows
        ]
    )
    states = state_table(solution, float(times.tdb_jd.min()), float(times.tdb_jd.max()))
    law = magnitude_law(solution, solutions(body))
    ours: EphemerisRows = ephemeris(states, center, times, law=law)
    if "ra_icrf" in rows[0]:
        ra = np.array([sexagesimal(row["ra_icrf"]) * 15.0 for row in rows])
        dec = np.array([sexagesimal(row["dec_icrf"]) for row in rows])
        across = ((ours.ra_deg - ra + 180.0) % 360.0 - 180.0) * np.cos(np.radians(dec))
        yield "RA cos Dec", across * 3600.0, "arcsec", 0.15
        yield "Dec", (ours.dec_deg - dec) * 3600.0, "arcsec", 0.1
    columns: tuple[tuple[str, str, np.ndarray | None, float, str, float | None], ...] = (
        ("delta_au", "range", ours.delta_au, AU_KM, "km", 0.3),
        ("deldot_kms", "range rate", ours.delta_rate_km_s, 1e6, "mm/s", 1.0),
        ("sot", "S-O-T", ours.elongation_deg, 1.0, "deg", 1e-3),
        ("sto", "S-T-O", ours.phase_angle_deg, 1.0, "deg", 1e-3),
        ("sky_motion_arcsec_min", "sky motion", ours.sky_motion_arcsec_per_min, 1.0, "arcsec/min", None),
        ("sky_motion_pa", "its position angle", ours.sky_motion_pa_deg, 1.0, "deg", None),
        ("tmag", "T-mag", ours.t_mag, 1.0, "mag", None),
        ("rng_3sigma_km", "3-sigma range", ours.range_sigma_km, 1.0, "km", None),
    )
    for column, quantity, found, scale, unit, limit in columns:
        if column in rows[0] and found is not None:
            yield quantity, (found - numbers(rows, column)) * scale, unit, limit


def vector_lines(name: str, rows: list[dict[str, str]]) -> Iterator[Line]:
    """Yield residuals of heliocentric vectors."""
    who = name.split("_")[0]
    scale, per_second = (1.0, 1.0) if "_km" in name else (AU_KM, AU_KM / 86400.0)
    jd = numbers(rows, "jd_tdb")
    expected = np.stack([numbers(rows, axis) for axis in "xyz"], axis=-1) * scale
    if who in ("1I", "2I", "3I"):
        states = state_table(chosen(who, name), jd.min(), jd.max(), with_covariance=False)
        position, velocity = vectors(states, jd)
    else:
        where, motion = planets.state(planets.body_id(who), jd - J2000_JD)
        sun, sun_motion = planets.state(10, jd - J2000_JD)
        position, velocity = (
            (where - sun) @ ECLIPTIC_FROM_ICRF.T,
            (motion - sun_motion) @ ECLIPTIC_FROM_ICRF.T,
        )
    apart = np.linalg.norm(position * AU_KM - expected, axis=-1)
    rounded = "6dp" in name
    if who == "3I" and not rounded:
        near = (jd >= 2460676.5) & (jd <= 2461406.5)
        if near.any():
            yield "position 2025-2026", apart[near], "km", 2.0
        yield "position 2016-2040", apart, "km", 50.0
    elif rounded:
        # half of the last printed figure in each coordinate; the limit is one of rms
        yield "position, rms limit", apart, "km rms", 80.0
    else:
        yield "position", apart, "km", None
    if "vx" in rows[0]:
        speed = np.stack([numbers(rows, axis) for axis in ("vx", "vy", "vz")], axis=-1) * per_second
        apart = np.linalg.norm(velocity * AU_KM / 86400.0 - speed, axis=-1)
        yield "velocity", apart * 1e6, "mm/s", None


def main() -> int:
    """Print one line a quantity, and return the exit status."""
    folder = os.environ.get("HYPERBOLE_TRUTH")
    if not folder:
        raise SystemExit("HYPERBOLE_TRUTH is not set, need the folder with the tables")
    broken = found = 0
    print(f"{'table':<54} {'quantity':<20} {'rows':>5} {'rms':>11} {'max':>11} {'limit':>9} unit")
    for path in sorted(Path(folder).glob("*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        beside = path.with_name(path.name + ".source.json")
        source = json.loads(beside.read_text("utf-8")) if beside.exists() else {}
        if "utc" in rows[0] and "delta_au" in rows[0]:
            lines = observer_lines(path.name, rows, source.get("center", "500"))
        elif {"jd_tdb", "x", "y", "z"} <= rows[0].keys():
            lines = vector_lines(path.name, rows)
        else:
            print(f"{path.name:<54} (neither an observer table nor vectors)")
            continue
        for quantity, residual, unit, limit in lines:
            found += 1
            rms, largest = float(np.sqrt(np.mean(residual**2))), float(np.abs(residual).max())
            over = limit is not None and (rms if unit.endswith("rms") else largest) > limit
            broken += over
            shown = "-" if limit is None else f"{limit:g}"
            print(
                f"{path.name:<54} {quantity:<20} {len(rows):>5} {rms:>11.4g} {largest:>11.4g} {shown:>9} {unit}"
                f"{'   EXCEEDED' if over else ''}"
            )
    print(f"{found} comparisons, {broken} beyond their limit")
    return 1 if broken or not found else 0


if __name__ == "__main__":
    sys.exit(main())
