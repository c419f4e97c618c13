"""Two-body motion: one conic step for ellipse, parabola and hyperbola alike, vectorised."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def _stumpff(psi: Array) -> tuple[Array, Array]:
    """Stumpff functions c2 and c3; the series where the closed form would cancel."""
    c2, c3 = np.empty_like(psi), np.empty_like(psi)
    near = np.abs(psi) < 1.0
    x = psi[near]
    c2_sum, c3_sum = np.zeros_like(x), np.zeros_like(x)
    for k in range(11, -1, -1):  # Horner: c2 = 1/2! - psi/4! + ..., c3 = 1/3! - psi/5! + ...
        c2_sum = (1.0 - x * c2_sum) / ((2 * k + 1) * (2 * k + 2))
        c3_sum = (1.0 - x * c3_sum) / ((2 * k + 2) * (2 * k + 3))
    c2[near], c3[near] = c2_sum, c3_sum
    closed = psi >= 1.0
    root = np.sqrt(psi[closed])
    c2[closed] = (1.0 - np.cos(root)) / psi[closed]
    c3[closed] = (root - np.sin(root)) / (root * psi[closed])
    opened = psi <= -1.0
    root = np.sqrt(-psi[opened])
    c2[opened] = (np.cosh(root) - 1.0) / -psi[opened]
    c3[opened] = (np.sinh(root) - root) / (root * -psi[opened])
    return c2, c3


def kepler_step(
    position_au: Array, velocity_au_d: Array, days: Array | float, gm: float
) -> tuple[Array, Array]:
    """States moved along their conics by ``days``.

    Parameters
    ----------
    position_au, velocity_au_d
        (..., 3) relative to the attracting mass.
    days
        Scalar or (...), either sign.
    gm
        Gravitational parameter in au^3/d^2.

    Returns
    -------
    position, velocity
        (..., 3) in au and au/d.

    Notes
    -----
    Universal variables.  Their well-known overflow at large hyperbolic steps comes from Newton's first
    guess; here the root, which is single because dt/dchi = r > 0, is bracketed from zero by doubling, so
    the exponentials are never asked far beyond the root.

    References
    ----------
    Vallado, Fundamentals of Astrodynamics and Applications, 4th ed., algorithm 8.
    """
    shape = position_au.shape
    place = position_au.reshape(-1, 3)
    motion = velocity_au_d.reshape(-1, 3)
    dt = np.broadcast_to(np.asarray(days, dtype=float), shape[:-1]).reshape(-1)
    # A step back is a step forward with the motion reversed
    sense = np.where(dt < 0, -1.0, 1.0)
    target = np.sqrt(gm) * np.abs(dt)
    r0 = np.linalg.norm(place, axis=1)
    sigma = sense * np.einsum("ij,ij->i", place, motion) / np.sqrt(gm)
    alpha = 2.0 / r0 - np.einsum("ij,ij->i", motion, motion) / gm

    def elapsed(chi: Array) -> tuple[Array, Array]:
        psi = alpha * chi * chi
        c2, c3 = _stumpff(psi)
        time = sigma * chi**2 * c2 + (1.0 - alpha * r0) * chi**3 * c3 + r0 * chi
        r = chi**2 * c2 + sigma * chi * (1.0 - psi * c3) + r0 * (1.0 - psi * c2)
        return time, r

    high = np.minimum(target / r0, np.where(alpha < 0, 1.0 / np.sqrt(np.maximum(-alpha, 1e-12)), np.inf))
    high = np.where(high > 0, high, 1e-12)
    while np.any(short := elapsed(high)[0] < target):
        high = np.where(short, 2.0 * high, high)
    low, chi = np.zeros_like(high), np.minimum(target / r0, high)
    for _ in range(80):
        time, r = elapsed(chi)
        late = time > target
        low, high = np.where(late, low, chi), np.where(late, chi, high)
        newton = chi - (time - target) / r
        inside = (newton >= low) & (newton <= high)
        following = np.where(inside, newton, 0.5 * (low + high))
        moved = np.abs(following - chi)
        chi = following
        if np.all(moved <= 4e-16 * chi):  # one unit in the last place; Newton's next step would not move
            break
    psi = alpha * chi * chi
    c2, c3 = _stumpff(psi)
    _, r = elapsed(chi)
    f = 1.0 - chi**2 * c2 / r0
    g = (target - chi**3 * c3) / np.sqrt(gm) * sense
    f_dot = np.sqrt(gm) / (r * r0) * chi * (psi * c3 - 1.0) * sense
    g_dot = 1.0 - chi**2 * c2 / r
    moved_place = f[:, None] * place + g[:, None] * motion
    moved_motion = f_dot[:, None] * place + g_dot[:, None] * motion
    return moved_place.reshape(shape), moved_motion.reshape(shape)
