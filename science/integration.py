"""The N-body integration: how a body moves about the Sun under everything that pulls and pushes it.

The body moves about the Sun under the Sun, eight planets, Pluto and the Moon (positions and masses of
DE440), the Sun's relativistic term and Marsden's outgassing.  The sixteen heavy asteroids that JPL
adds are left out; that costs 0.1 km.

The equations are solved by collocation: on a stretch of some weeks the path is a Chebyshev
polynomial, improved by Picard's iteration until it stands still.  All nodes of a stretch are then one
numpy expression, which is several times faster than a Runge-Kutta method stepping in Python and needs
no scipy, whose import alone costs more time and memory than a first position may.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from science.constants import C_AU_D, GM_AU3_D2, GM_SUN, J2000_JD
from science.kepler import kepler_step
from science.nongravitational import acceleration
from science.planets import heliocentric_positions, require_span
from science.records import NonGravitational
from science.refusals import Refused

Array = NDArray[np.float64]

_PERTURBERS = tuple(body for body in GM_AU3_D2 if body != 10)
_GM = np.array([GM_AU3_D2[body] for body in _PERTURBERS])
_DEGREE = 32
_LONGEST_D = 48.0  # Mercury turns in 88 d: past its perihelion its pull on the Sun does not fit 64 d
_TOLERANCE_AU = 1e-15


@cache
def _collocation() -> tuple[Array, Array, Array]:
    """Nodes on [-1, 1] rising, values -> Chebyshev coefficients, values -> integrals from -1."""
    degree = _DEGREE
    nodes = -np.cos(np.pi * np.arange(degree + 1) / degree)
    values = np.cos(np.outer(np.arccos(nodes), np.arange(degree + 2)))
    to_coefficients = np.linalg.inv(values[:, : degree + 1])
    integrals = np.zeros((degree + 1, degree + 2))  # of T_k, in terms of T_j
    integrals[0, 1] = 1.0
    integrals[1, [0, 2]] = 0.25
    for k in range(2, degree + 1):
        integrals[k, k + 1] = 0.5 / (k + 1)
        integrals[k, k - 1] = -0.5 / (k - 1)
    at_nodes = integrals @ values.T  # (k, node)
    at_nodes = at_nodes - at_nodes[:, :1]
    return nodes, to_coefficients, np.ascontiguousarray((to_coefficients.T @ at_nodes).T)


def _acceleration(
    place: Array, motion: Array, planets: Array, models: tuple[NonGravitational | None, ...]
) -> Array:
    """Heliocentric acceleration in au/d^2; states (nodes, paths, 3), planets (nodes, bodies, 3)."""
    r2 = np.einsum("npc,npc->np", place, place)[..., None]
    r = np.sqrt(r2)
    total = -GM_SUN / (r2 * r) * place
    # planets: pull on the body minus pull on the Sun
    apart = planets[:, None] - place[:, :, None]
    cubed = np.einsum("npbc,npbc->npb", apart, apart) ** 1.5
    total += np.einsum("b,npb,npbc->npc", _GM, 1.0 / cubed, apart)
    cubed = np.einsum("nbc,nbc->nb", planets, planets) ** 1.5
    total -= np.einsum("b,nb,nbc->nc", _GM, 1.0 / cubed, planets)[:, None]
    # Schwarzschild term of the Sun, harmonic coordinates (Moyer 2003, eq. 4-26 for one mass)
    speed2 = np.einsum("npc,npc->np", motion, motion)[..., None]
    inwards = np.einsum("npc,npc->np", place, motion)[..., None]
    total += GM_SUN / (C_AU_D**2 * r2 * r) * ((4.0 * GM_SUN / r - speed2) * place + 4.0 * inwards * motion)
    for path, model in enumerate(models):
        if model is not None:
            total[:, path] += acceleration(place[:, path], motion[:, path], model)
    return np.asarray(total)


def integrate(
    place: Array,
    motion: Array,
    models: tuple[NonGravitational | None, ...],
    start: float,
    times: Array,
) -> tuple[Array, Array]:
    """States of several paths at given times, integrated together from their common epoch.

    Parameters
    ----------
    place, motion
        (paths, 3) heliocentric ICRF states at ``start``, au and au/d.
    models
        Outgassing of each path, or None.
    start
        TDB days past J2000.0.
    times
        (n,) TDB days past J2000.0, sorted away from ``start``, all on one side of it.

    Returns
    -------
    position, velocity
        (n, paths, 3).

    Raises
    ------
    OutsideSpan
        Outside the planetary kernel.
    Refused
        If the path comes so near to a mass that the polynomial does not converge.
    """
    require_span(np.append(times, start))
    places = np.empty((len(times), *place.shape))
    motions = np.empty_like(places)
    if not len(times):
        return places, motions
    nodes, to_coefficients, _ = _collocation()
    sense = 1.0 if times[-1] >= start else -1.0
    now, done = start, 0
    while done < len(times):
        left = abs(float(times[-1]) - now)
        length = min(_LONGEST_D, left, _stretch(place, motion))
        length = max(length, 1e-9)
        while True:
            half = 0.5 * sense * length
            solved = _solve(place, motion, models, now + half * (nodes + 1.0), half)
            if solved is not None:
                break
            length *= 0.5
            if length < 1e-4:
                raise Refused(
                    f"integration stands still at JD {now + J2000_JD:.6f} TDB, need a path off the masses"
                )
        path, speed = solved
        end = float(times[-1]) if length == left else now + sense * length
        inside = done + int(np.count_nonzero(sense * (times[done:] - end) <= 0.0))
        along = np.clip((times[done:inside] - now) / half - 1.0, -1.0, 1.0)
        series = np.cos(np.outer(np.arccos(along), np.arange(_DEGREE + 1))) @ to_coefficients
        places[done:inside] = np.tensordot(series, path, 1)
        motions[done:inside] = np.tensordot(series, speed, 1)
        now, done, place, motion = end, inside, path[-1], speed[-1]
    return places, motions


def _stretch(place: Array, motion: Array) -> float:
    """A length in days over which the Sun's pull is an easy polynomial, half the local dynamical time."""
    r = np.linalg.norm(place, axis=-1)
    inwards = np.linalg.norm(motion, axis=-1)
    return float(np.min(0.5 * np.minimum(np.sqrt(r**3 / GM_SUN), r / inwards)))


def _solve(
    place: Array, motion: Array, models: tuple[NonGravitational | None, ...], times: Array, half: float
) -> tuple[Array, Array] | None:
    """States at the nodes of one stretch, or None where it is too long."""
    _, to_coefficients, integral = _collocation()
    planets = heliocentric_positions(_PERTURBERS, times)
    count = len(times)
    path, speed = kepler_step(
        np.broadcast_to(place, (count, *place.shape)),
        np.broadcast_to(motion, (count, *motion.shape)),
        np.broadcast_to((times - times[0])[:, None], (count, len(place))),
        GM_SUN,
    )
    before = np.inf
    for _ in range(30):
        pull = _acceleration(path, speed, planets, models)
        speed = motion + half * np.tensordot(integral, pull, 1)
        improved = place + half * np.tensordot(integral, speed, 1)
        change = float(np.max(np.abs(improved - path) / (1.0 + np.abs(improved))))
        path = improved
        if change < _TOLERANCE_AU or (change < 1e-14 and change >= before):
            break
        if change > before and change > 1e-6:
            return None
        before = change
    else:
        return None
    tail = np.tensordot(to_coefficients[-3:], pull, 1)
    if float(np.max(np.abs(tail))) * half * half > 1e-14:
        return None
    return path, speed


def integrate_both_ways(
    place: Array, motion: Array, models: tuple[NonGravitational | None, ...], epoch: float, nodes: Array
) -> tuple[Array, Array]:
    """`integrate` for rising times on both sides of the epoch."""
    earlier, later = nodes[nodes < epoch][::-1], nodes[nodes >= epoch]
    back = integrate(place, motion, models, epoch, earlier)
    forth = integrate(place, motion, models, epoch, later)
    return np.concatenate([back[0][::-1], forth[0]]), np.concatenate([back[1][::-1], forth[1]])
