"""JPL Small-Body Database: an orbit solution with its full covariance, which Horizons uses and does not print.

Elements are asked for at the epoch of the solution, where the covariance belongs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from ephemeris.services.contract import Question, Service, ServiceAnswer, UnexpectedReply
from ephemeris.services.reading import finite, json_object, known_version
from ephemeris.wire import Reply, Request
from science.nongravitational import LAW, WATER_ICE
from science.orbits import orbit_solution
from science.refusals import Refused

ADDRESS = "https://ssd-api.jpl.nasa.gov/sbdb.api"
VERSIONS = ("1.3",)
ELEMENTS = {
    "e": "eccentricity",
    "q": "perihelion_distance_au",
    "tp": "perihelion_time_tdb_jd",
    "om": "longitude_of_ascending_node_deg",
    "w": "argument_of_perihelion_deg",
    "i": "inclination_deg",
}
# degrees, days, au and au/d^2, in the elements, their sigmas and the covariance alike
LABELS = {"e": "e", "q": "q", "tp": "tp_d", "node": "om_deg", "peri": "w_deg", "i": "i_deg",
          "A1": "a1", "A2": "a2", "A3": "a3", "DT": "dt_d"}  # fmt: skip
SIGMAS = {"e": "e", "q": "q", "tp": "tp_d", "om": "om_deg", "w": "w_deg", "i": "i_deg"}
FORCES = {"A1": "A1_au_d2", "A2": "A2_au_d2", "A3": "A3_au_d2", "ALN": "ALN", "NK": "NK", "NM": "NM", "NN": "NN",
          "R0": "R0_au", "DT": "DT_d"}  # fmt: skip


def ask(question: Question, replies: Sequence[Reply]) -> Request | None:
    if replies:
        return None
    query = (
        ("des", question.sought),
        ("full-prec", "1"),
        ("soln-epoch", "1"),
        ("cov", "mat"),
        ("phys-par", "1"),
    )
    return Request("GET", ADDRESS, query=query)


def read(question: Question, replies: Sequence[Reply]) -> ServiceAnswer:
    content = json_object(replies[0], "SBDB")
    signature = content.get("signature")
    known_version(signature.get("version") if isinstance(signature, dict) else None, VERSIONS, "SBDB")
    if "list" in content:
        raise UnexpectedReply(
            f"SBDB answered with a list of {len(content['list'])} objects that share the name"
        )
    target, orbit = _within(content, "object"), _within(content, "orbit")
    name = str(target.get("fullname") or target.get("des") or "")
    if question.spelling is None or not question.spelling.is_it(name):
        raise UnexpectedReply(f"SBDB was asked for {question.sought} and answered with {name!r}")
    try:
        solution = orbit_solution(_mapping(orbit, content.get("phys_par") or []), question.subject)
    except Refused as problem:
        raise UnexpectedReply(f"SBDB: {problem}") from problem
    provenance = {
        "api_version": str(signature and signature["version"]),
        "target": name,
        "source": f"orbit {orbit.get('orbit_id')}",
        "planets": str(orbit.get("pe_used") or ""),
        "perturbers": str(orbit.get("sb_used") or ""),
    }
    return ServiceAnswer(solution=solution, provenance=provenance)


def _within(content: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = content.get(name)
    if not isinstance(value, dict):
        raise UnexpectedReply(f"SBDB: {name} is {type(value).__name__}, expected an object")
    return value


def _mapping(orbit: Mapping[str, Any], physical: Any) -> dict[str, Any]:
    """The orbit under the keys of our own files."""
    printed = orbit.get("orbit_id")
    if not isinstance(printed, str) or not re.fullmatch(r"[\w/.-]{1,24}", printed):
        raise UnexpectedReply(f"SBDB: orbit_id is {printed!r}, expected the number of a solution")
    epoch = finite(orbit.get("epoch"), "SBDB: epoch")
    named = {row.get("name"): row for row in orbit.get("elements") or [] if isinstance(row, dict)}
    missing = [name for name in ELEMENTS if name not in named]
    if missing:
        raise UnexpectedReply(f"SBDB: no element {', '.join(missing)}")
    forces, force_sigmas = _forces(orbit.get("model_pars") or [])
    sigma = {
        ours: finite(named[name]["sigma"], f"SBDB: sigma of {name}")
        for name, ours in SIGMAS.items()
        if named[name].get("sigma") is not None
    }
    mapping: dict[str, Any] = {
        "id": "JPL" + re.sub(r"[^A-Za-z0-9]+", "-", printed),
        "producer": "JPL",
        "kind": "osculating elements, ecliptic J2000, heliocentric",
        "source": "JPL Small-Body Database",
        "epoch_tdb_jd": epoch,
        "sigma": sigma | force_sigmas,
        **{ours: finite(named[name].get("value"), f"SBDB: {name}") for name, ours in ELEMENTS.items()},
    }
    if forces:
        mapping["non_gravitational"] = forces
    for ours, theirs in (("solution_date", "soln_date"), ("arc_from", "first_obs"), ("arc_to", "last_obs")):
        if orbit.get(theirs):
            mapping[ours] = str(orbit[theirs])
    if orbit.get("n_obs_used") is not None:
        mapping["observations"] = int(finite(orbit["n_obs_used"], "SBDB: n_obs_used"))
    if covariance := orbit.get("covariance"):
        mapping |= _covariance(covariance, epoch)
    law = {row.get("name"): row.get("value") for row in physical if isinstance(row, dict)}
    if law.get("M1") is not None and law.get("K1") is not None:
        mapping |= {"M1": finite(law["M1"], "SBDB: M1"), "k1": finite(law["K1"], "SBDB: K1")}
    return mapping


def _forces(rows: Any) -> tuple[dict[str, float], dict[str, float]]:
    """The outgassing model and its sigmas; no law printed means the one of water ice."""
    found: dict[str, float] = {}
    sigma: dict[str, float] = {}
    for row in rows:
        name = row.get("name")
        if name not in FORCES:
            raise UnexpectedReply(f"SBDB: unknown parameter {name} of the force model")
        found[FORCES[name]] = finite(row.get("value"), f"SBDB: {name}")
        if row.get("kind") == "EST" and row.get("sigma") is not None and name in LABELS:
            sigma[LABELS[name]] = finite(row["sigma"], f"SBDB: sigma of {name}")
    if not any(found.get(name) for name in ("A1_au_d2", "A2_au_d2", "A3_au_d2")):
        return {}, {}
    law = {name for name in LAW if name in found}
    if not law:
        found |= WATER_ICE
    elif found.get("NK") == 0.0:
        found.setdefault("NN", 0.0)  # has no effect then, and is left out
    return found, sigma


def _covariance(given: Any, epoch: float) -> dict[str, Any]:
    """The matrix, where it is of the epoch of the elements; another epoch's would be wrong here."""
    if not isinstance(given, dict):
        raise UnexpectedReply(f"SBDB: covariance is {type(given).__name__}, expected an object")
    if finite(given.get("epoch"), "SBDB: epoch of the covariance") != epoch:
        return {}
    labels, rows = given.get("labels"), given.get("data")
    if not isinstance(labels, list) or not isinstance(rows, list):
        raise UnexpectedReply("SBDB: covariance without labels and data")
    unknown = [label for label in labels if label not in LABELS]
    if unknown:
        raise UnexpectedReply(f"SBDB: unknown covariance of {', '.join(map(str, unknown))}")
    if len(rows) != len(labels) or any(len(row) != len(labels) for row in rows):
        raise UnexpectedReply(f"SBDB: covariance of {len(labels)} labels, expected as many rows and columns")
    matrix = [[finite(cell, "SBDB: covariance") for cell in row] for row in rows]
    return {"covariance": {"labels": [LABELS[label] for label in labels], "matrix": matrix}}


SERVICE = Service(
    name="sbdb",
    title="JPL Small-Body Database",
    hosts=("ssd-api.jpl.nasa.gov",),
    home_url="https://ssd.jpl.nasa.gov/tools/sbdb_lookup.html",
    gives="orbit solutions with covariance",
    ask=ask,
    read=read,
)
