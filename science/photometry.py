"""The magnitude law of a comet, and how little it is worth."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from science.records import MagnitudeLaw, OrbitSolutionRecord

Array = NDArray[np.float64]

WEAKNESS = (
    "T-mag = M1 + 5 log10(delta) + k1 log10(r) is a law fitted to early magnitudes, without phase effect: "
    "3I was up to 4 mag brighter than it in October and November 2025. An order of brightness, no prediction."
)
# the same where there is room for half a line
WEAKNESS_BRIEF = "an order of brightness: 3I was up to 4 mag brighter than this law"


def magnitude_law(
    solution: OrbitSolutionRecord, others: Iterable[OrbitSolutionRecord] = ()
) -> MagnitudeLaw | None:
    """The law printed with a solution, or else the one of the last of ``others`` (oldest first) that has one.

    Returns
    -------
    law
        With the id of the solution that printed it, or None.
    """
    for candidate in (solution, *reversed([other for other in others if other.body == solution.body])):
        if candidate.m1 is not None and candidate.k1 is not None:
            return MagnitudeLaw(candidate.m1, candidate.k1, candidate.solution_id)
    return None


def total_magnitude(delta_au: Array, r_au: Array, law: MagnitudeLaw) -> Array:
    """T-mag, (n,).

    ``k1`` multiplies log10(r) directly, as Horizons prints it; it is no factor 2.5 n.
    """
    return np.asarray(law.m1 + 5.0 * np.log10(delta_au) + law.k1 * np.log10(r_au))
