"""The state table: one body's heliocentric states at even steps, and interpolation between them.

Our own integration and JPL's (Horizons VECTORS) end in the same table, so that one observer routine
serves both and an outage changes only which table is used.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from science.constants import J2000_JD
from science.orbits import ECLIPTIC_FROM_ICRF
from science.refusals import OutsideSpan, Refused

Array = NDArray[np.float64]

_MAGIC = b"HYPERBOLE STATES 1\n"


def _septic() -> Array:
    """Matrix from four neighbouring nodes (positions, then velocities x step) to powers of s.

    s runs from 0 to 1 between the second and the third node.
    """
    nodes, k = np.array([-1.0, 0.0, 1.0, 2.0])[:, None], np.arange(8)
    values = nodes**k
    slopes = np.where(k > 0, k * nodes ** np.maximum(k - 1, 0), 0.0)
    # the entries are multiples of 1/108: rounding makes them exact
    return np.asarray(np.round(np.linalg.inv(np.concatenate([values, slopes])) * 108.0) / 108.0)


_SEPTIC = _septic()


@dataclass(frozen=True, eq=False)
class StateTable:
    """Heliocentric geometric states of a body, ICRF axes, at even steps of TDB.

    Between nodes a polynomial of degree seven through position and velocity of four nodes is used: for
    3I half-day nodes give millimetres, and the daily nodes of a Horizons table a few metres.

    Attributes
    ----------
    body, solution_id
        Whose states, from which orbit solution.
    engine
        What computed them, for the reader of a page ("own N-body integration, DE440 planets", "JPL Horizons").
    origin
        "embedded" or "horizons".
    start
        First node, TDB days past J2000.0.
    step_d
        Days between nodes.
    position_au, velocity_au_d
        (n, 3), n >= 4.
    covariance_au2
        (m, 3, 3) one-sigma position covariance at every `covariance_stride`-th node, or None.
    sigma_basis
        What that covariance was made of; "" without one.
    """

    body: str
    solution_id: str
    engine: str
    origin: str
    start: float
    step_d: float
    position_au: Array = field(repr=False)
    velocity_au_d: Array = field(repr=False)
    covariance_au2: Array | None = field(default=None, repr=False)
    covariance_stride: int = 1
    sigma_basis: str = ""

    def __post_init__(self) -> None:
        where = f"{self.body}: state table of {self.solution_id}"
        if self.position_au.shape != self.velocity_au_d.shape or self.position_au.shape[1:] != (3,):
            raise Refused(
                f"{where}: shapes {self.position_au.shape} and {self.velocity_au_d.shape}, need (n, 3)"
            )
        if len(self.position_au) < 4:
            raise Refused(f"{where}: {len(self.position_au)} nodes, need at least 4")
        if not self.step_d > 0:
            raise Refused(f"{where}: step {self.step_d} d, need more than 0")
        if not (np.all(np.isfinite(self.position_au)) and np.all(np.isfinite(self.velocity_au_d))):
            raise Refused(f"{where}: a state is not finite, need numbers in every row")

    @property
    def stop(self) -> float:
        """Last node, TDB days past J2000.0."""
        return self.start + self.step_d * (len(self.position_au) - 1)

    @property
    def start_tdb_jd(self) -> float:
        """First node, TDB Julian date."""
        return self.start + J2000_JD

    @property
    def stop_tdb_jd(self) -> float:
        """Last node, TDB Julian date."""
        return self.stop + J2000_JD

    @property
    def nodes(self) -> Array:
        """TDB days past J2000.0 of all nodes, (n,)."""
        return np.asarray(self.start + self.step_d * np.arange(len(self.position_au)), dtype=float)

    @cached_property
    def _powers(self) -> Array:
        """Coefficients of s**k on each interval, (n - 1, 8, 3)."""
        count = len(self.position_au)
        first = np.clip(np.arange(count - 1) - 1, 0, count - 4)
        four = first[:, None] + np.arange(4)
        nodal = np.concatenate([self.position_au[four], self.velocity_au_d[four] * self.step_d], axis=1)
        powers = np.einsum("kj,njc->nkc", _SEPTIC, nodal)
        # The first and last interval lie off the middle of their four nodes: move the origin of s
        for interval, shift in ((0, -1.0), (count - 2, 1.0)):
            shifted = np.polynomial.polynomial.Polynomial([shift, 1.0])
            for axis in range(3):
                moved = np.polynomial.polynomial.Polynomial(powers[interval, :, axis])(shifted).coef
                powers[interval, :, axis] = np.pad(moved, (0, 8 - len(moved)))
        return np.ascontiguousarray(powers)

    def require_span(self, tdb: Array) -> None:
        """Refuse TDB days past J2000.0 that the table does not cover.

        Raises
        ------
        OutsideSpan
        """
        outside = ~((tdb >= self.start) & (tdb <= self.stop))
        if np.any(outside):
            raise OutsideSpan(
                f"{self.body}: JD {float(tdb[outside][0]) + J2000_JD:.5f} TDB is outside the states of "
                f"{self.solution_id}, need JD {self.start_tdb_jd} to {self.stop_tdb_jd}"
            )

    def _interval(self, tdb: Array) -> tuple[Array, Array]:
        self.require_span(tdb)
        along = (tdb - self.start) / self.step_d
        interval = np.minimum(along.astype(np.intp), len(self.position_au) - 2)
        return self._powers[interval], (along - interval)[:, None]

    def position(self, tdb: Array) -> Array:
        """Heliocentric position in au; (n,) TDB days past J2000.0 -> (n, 3)."""
        powers, s = self._interval(tdb)
        place = powers[:, 7]
        for k in range(6, -1, -1):
            place = place * s + powers[:, k]
        return place

    def state(self, tdb: Array) -> tuple[Array, Array]:
        """Heliocentric position in au and velocity in au/d; (n,) -> (n, 3) twice."""
        powers, s = self._interval(tdb)
        place, motion = powers[:, 7], np.zeros_like(powers[:, 7])
        for k in range(6, -1, -1):
            motion = motion * s + place
            place = place * s + powers[:, k]
        return place, motion / self.step_d

    def covariance(self, tdb: Array) -> Array | None:
        """One-sigma position covariance in au^2, (n, 3, 3), linear between its nodes; None without one."""
        if self.covariance_au2 is None:
            return None
        self.require_span(tdb)
        along = (tdb - self.start) / (self.step_d * self.covariance_stride)
        before = np.clip(along.astype(np.intp), 0, len(self.covariance_au2) - 2)
        share = (along - before)[:, None, None]
        return (1.0 - share) * self.covariance_au2[before] + share * self.covariance_au2[before + 1]

    def to_bytes(self) -> bytes:
        """The table as bytes: a line of JSON, then little-endian doubles."""
        header = {
            "body": self.body,
            "solution_id": self.solution_id,
            "engine": self.engine,
            "origin": self.origin,
            "start": self.start,
            "step_d": self.step_d,
            "nodes": len(self.position_au),
            "covariance_nodes": 0 if self.covariance_au2 is None else len(self.covariance_au2),
            "covariance_stride": self.covariance_stride,
            "sigma_basis": self.sigma_basis,
        }
        blocks = [self.position_au, self.velocity_au_d]
        if self.covariance_au2 is not None:
            blocks.append(self.covariance_au2)
        return b"".join(
            [
                _MAGIC,
                json.dumps(header, sort_keys=True).encode() + b"\n",
                *(np.ascontiguousarray(block, dtype="<f8").tobytes() for block in blocks),
            ]
        )

    @classmethod
    def from_bytes(cls, content: bytes) -> StateTable:
        """The table that `to_bytes` wrote.

        Raises
        ------
        Refused
            For bytes that are something else, or cut short.
        """
        if not content.startswith(_MAGIC):
            raise Refused(f"{content[:24]!r} opens no state table, need {_MAGIC!r}")
        line, _, body = content[len(_MAGIC) :].partition(b"\n")
        header: dict[str, Any] = json.loads(line)
        nodes, covariances = header.pop("nodes"), header.pop("covariance_nodes")
        if len(body) != 8 * (6 * nodes + 9 * covariances):
            raise Refused(f"state table of {header['body']}: {len(body)} bytes do not hold {nodes} nodes")
        numbers = np.frombuffer(body, dtype="<f8").astype(float)
        return cls(
            **header,
            position_au=numbers[: 3 * nodes].reshape(-1, 3),
            velocity_au_d=numbers[3 * nodes : 6 * nodes].reshape(-1, 3),
            covariance_au2=numbers[6 * nodes :].reshape(-1, 3, 3) if covariances else None,
        )

    @cached_property
    def digest(self) -> str:
        """SHA-256 of `to_bytes`, hexadecimal."""
        return hashlib.sha256(self.to_bytes()).hexdigest()


def table_from_vectors(
    body: str,
    solution_id: str,
    tdb_jd: Any,
    position_au: Any,
    velocity_au_d: Any,
    *,
    frame: str = "ecliptic",
    engine: str = "JPL Horizons",
    origin: str = "horizons",
) -> StateTable:
    """A state table of heliocentric vectors that somebody else computed.

    Parameters
    ----------
    tdb_jd
        n TDB Julian dates at even steps, rising.
    position_au, velocity_au_d
        (n, 3), heliocentric geometric states.
    frame
        "ecliptic" (of J2000.0, the default of Horizons) or "icrf".

    Raises
    ------
    Refused
        For an unknown frame or uneven steps.
    """
    times = np.asarray(tdb_jd, dtype=float) - J2000_JD
    place, motion = np.asarray(position_au, dtype=float), np.asarray(velocity_au_d, dtype=float)
    if frame not in ("ecliptic", "icrf"):
        raise Refused(f"{body}: frame {frame!r}, need ecliptic or icrf")
    if len(times) < 4:
        raise Refused(f"{body}: {len(times)} vectors of {solution_id}, need at least 4")
    step = float(times[-1] - times[0]) / (len(times) - 1)
    if step <= 0 or np.max(np.abs(np.diff(times) - step)) > 1e-8:
        raise Refused(f"{body}: vectors of {solution_id} are not at even, rising steps of {step} d")
    if frame == "ecliptic":
        place, motion = place @ ECLIPTIC_FROM_ICRF, motion @ ECLIPTIC_FROM_ICRF
    return StateTable(body, solution_id, engine, origin, float(times[0]), step, place, motion)
