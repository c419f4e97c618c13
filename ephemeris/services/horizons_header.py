"""The header of a Horizons reply: which body, from where, on which solution with which force model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ephemeris.services.contract import UnexpectedReply
from ephemeris.services.horizons_text import HorizonsText, month
from ephemeris.services.reading import finite
from science.orbits import orbit_solution
from science.records import OrbitSolutionRecord

NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[EeDd][-+]?\d+)?"
PAIR = re.compile(rf"\b([A-Za-z]\w*)=\s*({NUMBER}|n\.a\.)")
ELEMENTS = {
    "EC": "eccentricity",
    "QR": "perihelion_distance_au",
    "TP": "perihelion_time_tdb_jd",
    "OM": "longitude_of_ascending_node_deg",
    "W": "argument_of_perihelion_deg",
    "IN": "inclination_deg",
}
FORCES = {"A1": "A1_au_d2", "A2": "A2_au_d2", "A3": "A3_au_d2", "ALN": "ALN", "NK": "NK", "NM": "NM", "NN": "NN",
          "R0": "R0_au", "DT": "DT_d"}  # fmt: skip
# what a table of states must say of itself, or its numbers mean something else
MUST_SAY = (
    ("Center body name", r"Sun \(10\)"),
    ("Output units", r"AU-D"),
    ("Output type", r"GEOMETRIC cartesian states"),
    ("Reference frame", r"Ecliptic of J2000\.0"),
    ("Start time", r".* TDB"),
)


@dataclass(frozen=True, slots=True)
class Header:
    """What the header says; ``mapping`` has the keys of our own orbit files."""

    body: str
    target: str
    source: str
    run: str
    perturbers: str
    mapping: dict[str, Any]

    def solution(self) -> OrbitSolutionRecord:
        """The orbit solution; raises `science.refusals.Refused` for a model that we cannot integrate."""
        return orbit_solution(self.mapping, self.body)


def labelled(head: Sequence[str], label: str) -> str:
    """What follows a label such as "Target body name"; empty where it is not said."""
    for line in head:
        name, colon, value = line.partition(":")
        if colon and re.sub(r"\s+", " ", name.strip()) == label:
            return value.strip()
    return ""


def target_of(head: Sequence[str]) -> tuple[str, str]:
    """Name and source of the target body, after the table has said that it is what we asked for."""
    for label, pattern in MUST_SAY:
        value = labelled(head, label)
        if not re.match(pattern, value):
            raise UnexpectedReply(f"Horizons says {label}: {value or 'nothing'}, expected {pattern}")
    found = re.match(r"(.*?)\s*\{source:\s*(.*?)\s*\}", labelled(head, "Target body name"))
    if not found:
        raise UnexpectedReply("Horizons names no target body with its source")
    return found[1], found[2]


def header(text: HorizonsText, body: str) -> Header:
    """The header of a table of states of a small body.

    Raises
    ------
    UnexpectedReply
        When something is missing that the states or the solution cannot do without.
    """
    target, source = target_of(text.head)
    if not re.fullmatch(r"JPL#\S{1,24}", source):
        raise UnexpectedReply(
            f"Horizons: the states of {target} are of {source!r}, expected a solution such as JPL#44"
        )
    whole = "\n".join(text.head)
    ran = re.search(r"^Ephemeris / \S+ +\w{3} (\w{3}) +(\d+) (\d\d:\d\d:\d\d) (\d{4})", whole, re.MULTILINE)
    run = f"{ran[4]}-{month(ran[1]):02d}-{int(ran[2]):02d}" if ran else ""
    forces = _forces(text.head)
    mapping: dict[str, Any] = {
        "id": "JPL" + re.sub(r"[^A-Za-z0-9]+", "-", source.removeprefix("JPL#")),
        "producer": "JPL",
        "kind": "osculating elements, ecliptic J2000, heliocentric",
        "source": f"Horizons header, run of {run}" if run else "Horizons header",
        **_elements(whole),
        **_fit(whole, source),
        **_magnitudes(whole),
    }
    if forces:
        mapping["non_gravitational"] = forces
    perturbers = labelled(text.head, "Small perturbers")
    return Header(body, target, source, run, re.sub(r"\s+", " ", perturbers), mapping)


def _elements(whole: str) -> dict[str, float]:
    found = re.search(
        r"Initial IAU76/J2000 heliocentric ecliptic osculating elements.*?\n(.*?)(?=\n\s*Equivalent ICRF|\n\*\*\*)",
        whole,
        re.DOTALL,
    )
    if not found:
        raise UnexpectedReply("Horizons: the header has no osculating elements")
    given: dict[str, float] = {}
    for name, value in PAIR.findall(found[1]):
        if name in (*ELEMENTS, "EPOCH") and name not in given:
            given[name] = finite(value, f"Horizons: {name}")
    missing = [name for name in ("EPOCH", *ELEMENTS) if name not in given]
    if missing:
        raise UnexpectedReply(f"Horizons: the header has no {', '.join(missing)}")
    return {"epoch_tdb_jd": given["EPOCH"], **{ours: given[name] for name, ours in ELEMENTS.items()}}


def _forces(head: Sequence[str]) -> dict[str, float]:
    """The outgassing model; a parameter that our law does not have is refused by name."""
    found: dict[str, float] = {}
    reading = False
    for line in head:
        if "non-gravitational force model" in line:
            reading = True
            continue
        if reading and (not line.strip() or line.startswith("***") or "comments" in line.lower()):
            reading = False
        if reading:
            found |= {name: finite(value, f"Horizons: {name}") for name, value in PAIR.findall(line)}
    if found.pop("AMRAT", 0.0) != 0.0:
        raise UnexpectedReply(
            "Horizons: the solution feels the pressure of sunlight (AMRAT), which is not integrated here"
        )
    unknown = sorted(set(found) - set(FORCES))
    if unknown:
        raise UnexpectedReply(f"Horizons: unknown parameter {', '.join(unknown)} of the force model")
    if not any(found.get(name) for name in ("A1", "A2", "A3")):
        return {}
    return {FORCES[name]: value for name, value in found.items()}


def _fit(whole: str, source: str) -> dict[str, Any]:
    """Date, number of observations and arc of the solution, from the block about the object."""
    fit: dict[str, Any] = {}
    if dated := re.search(r"Soln\.date:\s*(\d{4})-(\w{3})-(\d{2})_(\d\d:\d\d:\d\d)", whole):
        fit["solution_date"] = f"{dated[1]}-{month(dated[2]):02d}-{dated[3]} {dated[4]}"
    if counted := re.search(r"# obs:\s*(\d+)", whole):
        fit["observations"] = int(counted[1])
    stated = re.search(r"soln ref\.=\s*([^\s,]+)", whole)
    if stated and stated[1] != source:
        raise UnexpectedReply(f"Horizons: the object is on {stated[1]}, its states on {source}")
    if arc := re.search(r"data arc:\s*(\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)", whole):
        fit["arc_from"], fit["arc_to"] = arc[1], arc[2]
    if remark := re.search(r"^2:\s*(\S.*?)\s*$", whole, re.MULTILINE):
        fit["note"] = remark[1]
    return fit


def _magnitudes(whole: str) -> dict[str, float]:
    found = {name: value for name, value in PAIR.findall(whole) if name in ("M1", "k1") and value != "n.a."}
    return (
        {name: finite(value, f"Horizons: {name}") for name, value in found.items()} if len(found) == 2 else {}
    )
