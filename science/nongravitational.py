"""Outgassing: Marsden's law with its delay, and the reader that refuses what the law does not know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from math import isfinite
from typing import Any

import numpy as np
from numpy.typing import NDArray

from science.constants import GM_SUN
from science.kepler import kepler_step
from science.records import NonGravitational
from science.refusals import Refused, UnknownParameter

Array = NDArray[np.float64]

# The key of each parameter in our files, and the field of the record that holds it
PARAMETERS = {
    "A1_au_d2": "a1_au_d2",
    "A2_au_d2": "a2_au_d2",
    "A3_au_d2": "a3_au_d2",
    "ALN": "aln",
    "NK": "nk",
    "NM": "nm",
    "NN": "nn",
    "R0_au": "r0_au",
    "DT_d": "dt_d",
}
LAW = ("ALN", "NK", "NM", "NN", "R0_au")

# What JPL means when it prints A1-A3 and no law: water ice, Marsden, Sekanina & Yeomans 1973 (AJ 78, 211)
WATER_ICE = {"ALN": 0.1112620426, "NK": 4.6142, "NM": 2.15, "NN": 5.093, "R0_au": 2.808}


def number(value: Any, name: str, where: str) -> float:
    """A finite float, or a refusal that names the parameter and its place."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not isfinite(value):
        raise Refused(f"{where}: {name} is {value!r}, need a finite number")
    return float(value)


def non_gravitational(mapping: Mapping[str, Any], where: str) -> NonGravitational:
    """Outgassing model of a mapping such as the ``non_gravitational`` table of our orbit files.

    Parameters
    ----------
    mapping
        A1_au_d2, A2_au_d2, A3_au_d2 (absent: 0), ALN, NK, NM, NN, R0_au (all five, because the law that
        JPL leaves out is not always the same one) and DT_d (absent: 0).
    where
        Name of the solution, for the message of a refusal.

    Raises
    ------
    UnknownParameter
        For any other key: a term that is not integrated must not be dropped in silence.
    Refused
        For a missing law, a value that is no number, or R0 not above zero.
    """
    unknown = sorted(set(mapping) - set(PARAMETERS))
    if unknown:
        raise UnknownParameter(
            f"{where}: unknown non-gravitational parameter {', '.join(unknown)}, need {', '.join(PARAMETERS)}"
        )
    missing = [name for name in LAW if name not in mapping]
    if missing:
        raise Refused(f"{where}: non-gravitational model without {', '.join(missing)}, need the whole law")
    model = NonGravitational(**{PARAMETERS[key]: number(value, key, where) for key, value in mapping.items()})
    if model.r0_au <= 0:
        raise Refused(f"{where}: R0_au is {model.r0_au}, need more than 0")
    return model


def as_mapping(model: NonGravitational) -> dict[str, float]:
    """The model under the keys of our orbit files; the inverse of `non_gravitational`."""
    held = asdict(model)
    return {key: held[field] for key, field in PARAMETERS.items()}


def activity(r_au: Array, model: NonGravitational) -> Array:
    """g(r) = ALN (r/R0)^-NM (1 + (r/R0)^NN)^-NK, no unit, shape of ``r_au``.

    References
    ----------
    Marsden, Sekanina & Yeomans 1973, AJ 78, 211, eq. 1.
    """
    ratio = r_au / model.r0_au
    law = model.aln * ratio**-model.nm
    if model.nk:
        law = law * (1.0 + ratio**model.nn) ** -model.nk
    return np.asarray(law)


def acceleration(position_au: Array, velocity_au_d: Array, model: NonGravitational) -> Array:
    """Push of the escaping gas in au/d^2, ICRF axes; heliocentric states (..., 3) -> (..., 3).

    The directions are radial, transverse and normal at t; the strength is that of the distance from
    the Sun at t - DT.  That distance follows the osculating conic: over 65 days (2I) this is wrong by
    parts in 1e5 of g, some kilometres after years.

    References
    ----------
    Yeomans & Chodas 1989, AJ 98, 1083 (delay DT).
    """
    r = np.linalg.norm(position_au, axis=-1, keepdims=True)
    radial = position_au / r
    normal = np.cross(position_au, velocity_au_d)
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    transverse = np.cross(normal, radial)
    if model.dt_d:
        earlier, _ = kepler_step(position_au, velocity_au_d, -model.dt_d, GM_SUN)
        r = np.linalg.norm(earlier, axis=-1, keepdims=True)
    push = model.a1_au_d2 * radial + model.a2_au_d2 * transverse + model.a3_au_d2 * normal
    return np.asarray(activity(r, model) * push)
