"""Which constellation a direction lies in."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

import erfa
import numpy as np
from numpy.typing import NDArray

from science.geometry import ra_dec_deg

Array = NDArray[np.float64]

# The boundaries were drawn along hours and parallels of this equinox
B1875_JD = 2405889.25855


@cache
def _tables() -> tuple[Array, Array, Array, tuple[str, ...], dict[str, str]]:
    """Lower and upper right ascension, lower declination, constellation, and the names.

    Read from the files that astropy carries; astropy itself, which is dear to import, is not.
    """
    package = find_spec("astropy")
    if package is None or package.origin is None:
        raise ImportError("astropy is not installed, need its table of constellations")
    folder = Path(package.origin).parent / "coordinates" / "data"
    cells = [
        line.split()
        for line in (folder / "constellation_data_roman87.dat").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    names = dict(
        line.split(maxsplit=1)
        for line in (folder / "constellation_names.dat").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    )
    low, high, floor = (np.array([float(cell[column]) for cell in cells]) for column in range(3))
    return low, high, floor, tuple(cell[3] for cell in cells), names


def constellation(ra_deg: float, dec_deg: float) -> str:
    """The constellation of an ICRF direction, by its Latin name.

    >>> constellation(83.63, 22.01)
    'Taurus'

    References
    ----------
    Roman 1987, PASP 99, 695 (CDS VI/42), after Delporte's boundaries of 1930.
    """
    low, high, floor, short, names = _tables()
    ra, dec = np.radians([ra_deg, dec_deg])
    towards = np.array([np.cos(dec) * np.cos(ra), np.cos(dec) * np.sin(ra), np.sin(dec)])
    old_ra, old_dec = ra_dec_deg((erfa.pmat06(B1875_JD, 0.0) @ towards)[None])
    hours = float(old_ra[0]) / 15.0
    # rows run from the north pole southwards: the first that holds the direction is it
    inside = (low <= hours) & (hours < high) & (floor <= float(old_dec[0]))
    return names[short[int(np.argmax(inside))]]
