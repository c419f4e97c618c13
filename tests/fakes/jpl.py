"""One loopback server that answers as JPL Horizons, the Small-Body Database and the MPC, in their real formats.

The first part of the path is the host that a request was meant for.  Headers are laid out as Horizons API 1.2
prints them (runs of October and December 2025, transcribed); states come from our own integration of the
solution that is being served, so that header and table agree as they do at JPL.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import orjson

from science import observers, planets
from science.constants import J2000_JD
from science.orbits import ECLIPTIC_FROM_ICRF
from science.propagation import state_table
from science.records import OrbitSolutionRecord
from science.timescales import from_tdb

HORIZONS, SBDB, MPC = "ssd.jpl.nasa.gov", "ssd-api.jpl.nasa.gov", "data.minorplanetcenter.net"
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
J2000 = datetime(2000, 1, 1, 12)  # noqa: DTZ001  TDB has no time zone
STARS = "*" * 79
PAGE = "<!DOCTYPE html><html><head><title>Site under maintenance</title></head><body>Back soon.</body></html>"


@dataclass
class FakeJpl:
    """What is served, how it misbehaves, and who asked.

    ``faults`` maps a host to the name of a fault; ``solutions`` maps what is sought (C/2025 N1) to a solution.
    """

    solutions: dict[str, OrbitSolutionRecord]
    targets: dict[str, str]
    faults: dict[str, str] = field(default_factory=dict)
    retry_after_s: int = 7
    stall_s: float = 3.0
    answers_after_s: float = 0.0
    track_ends: str = ""
    covariance: bool = True
    log: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    route: str = ""
    before_answer: Callable[[str], None] | None = None
    _server: ThreadingHTTPServer | None = None

    def start(self, port: int = 0) -> str:
        """Serve in a thread; return the address that requests are routed to."""
        handler = type("Handler", (_Handler,), {"fake": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", port), handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        self.route = f"http://127.0.0.1:{self._server.server_address[1]}"
        return self.route

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()

    def asked(self, host: str) -> list[dict[str, str]]:
        """The parameters of every request that reached a host."""
        return [query for asked, query in self.log if asked == host]


class _Handler(BaseHTTPRequestHandler):
    fake: FakeJpl
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        """The log is the fake's own."""

    def do_GET(self) -> None:
        host, _, rest = self.path.lstrip("/").partition("/")
        parts = urlsplit(f"/{rest}")
        query = dict(parse_qsl(parts.query))
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        fault = self.fake.faults.get(host, "")
        self.fake.log.append((host, query))
        if self.fake.before_answer:
            self.fake.before_answer(host)
        time.sleep(self.fake.answers_after_s)
        try:
            if fault == "stall":
                time.sleep(self.fake.stall_s)
                self.close_connection = True
                return
            if fault == "503":
                self._send(b"Service Unavailable", "text/plain", 503)
            elif fault == "429":
                self._send(b"slow down", "text/plain", 429, **{"Retry-After": str(self.fake.retry_after_s)})
            elif fault == "page":
                self._send(PAGE.encode(), "text/html; charset=utf-8")
            elif host == HORIZONS:
                self._send(horizons_reply(self.fake, query, fault).encode(), "text/plain")
            elif host == SBDB:
                status, body = sbdb_reply(self.fake, query, fault)
                self._send(orjson.dumps(body), "application/json", status)
            elif host == MPC:
                self._send(
                    orjson.dumps(mpc_reply(parts.path, orjson.loads(content), fault)), "application/json"
                )
            else:
                self._send(b"no such service", "text/plain", 404)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _send(self, body: bytes, content_type: str, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in {
            "Content-Type": content_type,
            "Content-Length": str(len(body)),
            **headers,
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


# -- Horizons --------------------------------------------------------------------------------------------


def horizons_reply(fake: FakeJpl, query: dict[str, str], fault: str) -> str:
    """The text of a reply to a VECTORS question."""
    asked = {name: value.strip("'\"") for name, value in query.items()}
    version = "1.3" if fault == "version" else "1.2"
    opening = f"API VERSION: {version}\nAPI SOURCE: NASA/JPL Horizons API\n\n"
    if fault == "ambiguous":
        return opening + _ambiguous(asked["COMMAND"])
    assert asked["EPHEM_TYPE"] == "VECTORS"
    assert (asked["CENTER"], asked["OUT_UNITS"], asked["CSV_FORMAT"]) == ("500@10", "AU-D", "YES")
    start, stop = _moment(asked["START_TIME"]), _moment(asked["STOP_TIME"])
    assert asked["STEP_SIZE"].split() == ["1", "d"]
    days = np.arange((stop - start).days + 1) + _days(start)
    if asked["COMMAND"] == "-170":
        if fake.track_ends and stop > _moment(fake.track_ends):
            ends = _moment(fake.track_ends)
            day = f"A.D. {ends.year}-{MONTHS[ends.month - 1].upper()}-{ends.day:02d} 00:00:00.0000 TDB"
            return (
                opening + f'No ephemeris for target "James Webb Space Telescope (spacecraft)" after {day}\n'
            )
        name, source, record = "James Webb Space Telescope (spacecraft) (-170)", "jwst_merged", None
        states = jwst_states(tuple(days))
    else:
        sought = asked["COMMAND"].removeprefix("DES=").removesuffix(";")
        if sought not in fake.solutions:
            return opening + _no_match(sought)
        record = fake.solutions[sought]
        name = "ATLAS (C/2019 Y4)" if fault == "wrong_target" else fake.targets[sought]
        source = "JPL#" + record.solution_id.removeprefix("JPL")
        states = solution_states(record_key(record), float(days[0]), float(days[-1]))
    head = _object_block(record, name, source) if record else ""
    head += _ephemeris_block(record, name, source, start, stop, fault)
    return opening + head + _table(days, states, fault)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text.removesuffix(" TDB"))


def _days(moment: datetime) -> float:
    return (moment - J2000) / timedelta(days=1)


RECORDS: dict[str, OrbitSolutionRecord] = {}


def record_key(record: OrbitSolutionRecord) -> str:
    """A hashable name of a record, for the cache of its states."""
    key = f"{record.body}/{record.solution_id}/{record.epoch_tdb_jd}/{record.elements}"
    RECORDS[key] = record
    return key


@lru_cache(maxsize=16)
def solution_states(key: str, first: float, last: float) -> np.ndarray:
    """Heliocentric states on the ecliptic at daily midnights, (n, 6)."""
    table = state_table(RECORDS[key], first + J2000_JD, last + J2000_JD, with_covariance=False)
    place, motion = table.state(np.arange(first, last + 0.5))
    return np.concatenate([place @ ECLIPTIC_FROM_ICRF.T, motion @ ECLIPTIC_FROM_ICRF.T], axis=1)


@lru_cache(maxsize=4)
def jwst_states(days: tuple[float, ...]) -> np.ndarray:
    """States of a spacecraft 500,000 km beside L2."""
    instants = from_tdb(np.array(days))
    place, motion = observers.barycentric_state(observers.JWST, instants)
    sun, drift = planets.state(10, instants.tdb)
    beside = np.array([0.0, 0.0, 500_000.0 / 149_597_870.7])
    return np.concatenate(
        [(place - sun) @ ECLIPTIC_FROM_ICRF.T + beside, (motion - drift) @ ECLIPTIC_FROM_ICRF.T], axis=1
    )


def _number(value: float) -> str:
    """A number as Horizons prints it: no zero before the point."""
    text = repr(float(value)).upper()
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) and text not in ("0.0",) else text


def _object_block(record: OrbitSolutionRecord, name: str, source: str) -> str:
    dated = (record.solution_date or "2026-10-01 00:00:00").replace(" ", "_")
    year, month, rest = dated.split("-", 2)
    arc = f", data arc: {record.arc_from} to {record.arc_to}" if record.arc_from else ""
    lines = [
        STARS,
        f"JPL/HORIZONS                  {name:<27}2026-Oct-07 11:33:19",
        f"Rec #:90004931 (+COV) Soln.date: {year}-{MONTHS[int(month) - 1]}-{rest}   # obs: {record.observations or 1} (214 days)",
        " ",
        "IAU76/J2000 helio. ecliptic osc. elements (au, days, deg., period=Julian yrs):",
        " ",
        *_elements(record),
        "   A= -.2639243367163182   MA= 113.1534403848549   ADIST= 9.999999E99",
        "   PER= 9.999999E99        N= 7.269171509          ANGMOM= .053531559",
        "   DAN= -3.48269           DDN= 2.02569            L= 194.0456468",
        "   B= 3.848654             MOID= .365841           TP= 2025-Oct-29.4822178655",
        " ",
        *_physics(record),
        " ",
        "COMET comments ",
        f"1: soln ref.= {source}{arc}",
        "2: k1=4.5;",
        STARS,
        "",
        "",
    ]
    return "\n".join(lines) + "\n"


def _elements(record: OrbitSolutionRecord) -> list[str]:
    e = record.elements
    assert e is not None
    return [
        f"  EPOCH=  {record.epoch_tdb_jd} ! 2025-Aug-07.0000000 (TDB)    RMSW= n.a.                  ",
        f"   EC= {_number(e.eccentricity)}   QR= {_number(e.perihelion_distance_au)}   TP= {e.perihelion_time_tdb_jd!r}      ",
        f"   OM= {_number(e.longitude_of_ascending_node_deg)}   W= {_number(e.argument_of_perihelion_deg)}"
        f"   IN= {_number(e.inclination_deg)}      ",
    ]


def _physics(record: OrbitSolutionRecord) -> list[str]:
    law = ("n.a.", "n.a.") if record.m1 is None else (record.m1, record.k1)
    lines = [
        "Comet physical (GM= km^3/s^2; RAD= km):                                        ",
        "   GM= n.a.                RAD= n.a.                                           ",
        f"   M1=  {law[0]}     M2=  n.a.     k1=  {law[1]}    k2= n.a.     PHCOF= n.a.            ",
    ]
    if push := record.non_gravitational:
        lines += [
            "Comet non-gravitational force model (AMRAT=m^2/kg;A1-A3=au/d^2;DT=days;R0=au):",
            f"   AMRAT=  0.                                      DT=  {_number(push.dt_d)}",
            f"   A1= {_number(push.a1_au_d2)}  A2= {_number(push.a2_au_d2)}  A3= {_number(push.a3_au_d2)}",
            " Non-standard or simulated/proxy model:",
            f"   ALN=  {_number(push.aln)}   NK=  {_number(push.nk)}   NM=  {_number(push.nm)}     "
            f"NN=  {_number(push.nn)}    R0=  {_number(push.r0_au)}",
        ]
    return lines


def _ephemeris_block(
    record: OrbitSolutionRecord | None, name: str, source: str, start: datetime, stop: datetime, fault: str
) -> str:
    center = (
        "Solar System Barycenter (0)     " if fault == "wrong_center" else "Sun (10)                        "
    )

    def day(moment: datetime) -> str:
        return f"A.D. {moment.year}-{MONTHS[moment.month - 1]}-{moment.day:02d} 00:00:00.0000 TDB"

    lines = [
        STARS,
        "Ephemeris / API_USER Wed Oct  7 11:33:19 2026 Pasadena, USA      / Horizons    ",
        STARS,
        f"Target body name: {name:<32}{{source: {source}}}",
        f"Center body name: {center}{{source: DE441}}",
        "Center-site name: BODY CENTER",
        STARS,
        f"Start time      : {day(start)}",
        f"Stop  time      : {day(stop)}",
        "Step-size       : 1440 minutes",
        STARS,
        "Center geodetic : 0.0, 0.0, 0.0                   {E-lon(deg),Lat(deg),Alt(km)}",
        "Center cylindric: 0.0, 0.0, 0.0                   {E-lon(deg),Dxy(km),Dz(km)}",
        "Center radii    : 695700.0, 695700.0, 695700.0 km {Equator_a, b, pole_c}       ",
        "Small perturbers: Yes                             {source: SB441-N16}",
        "Output units    : AU-D",
        "Calendar mode   : Mixed Julian/Gregorian",
        "Output type     : GEOMETRIC cartesian states",
        "Output format   : 2 (position and velocity)",
        "Reference frame : Ecliptic of J2000.0",
        STARS,
    ]
    if record is not None:
        lines += [
            "Initial IAU76/J2000 heliocentric ecliptic osculating elements (au, days, deg.):",
            *_elements(record),
            "  Equivalent ICRF heliocentric cartesian coordinates (au, au/d):",
            "   X=-2.378747297356065E-01 Y=-3.102759005720133E+00 Z=-1.090203350456866E+00",
            "  VX=-1.384709488604957E-02 VY= 3.112560878097644E-02 VZ= 1.183817971407601E-02",
            *_physics(record),
            STARS,
        ]
    return "\n".join(lines) + "\n"


def _table(days: np.ndarray, states: np.ndarray, fault: str) -> str:
    columns = ["JDTDB", "Calendar Date (TDB)", "X", "Y", "Z", "VX", "VY", "VZ"]
    if fault == "unknown_column":
        columns.insert(5, "X_s")
    rows = []
    for number, (day, state) in enumerate(zip(days, states, strict=True)):
        moment = J2000 + timedelta(days=float(day))
        date = f"A.D. {moment.year}-{MONTHS[moment.month - 1]}-{moment.day:02d} 00:00:00.0000"
        cells = [f"{day + J2000_JD:.9f}", date, *(f"{value: .15E}" for value in state)]
        if number == 17 and fault in ("NaN", "n.a."):
            cells[3] = fault
        if fault == "unknown_column":
            cells.insert(5, " 1.0E-09")
        rows.append(", ".join(cells) + ",")
    if fault == "missing_row":
        del rows[17]
    if fault == "truncated":
        return "\n".join([_named(columns), "$$SOE", *rows[: len(rows) // 2], rows[len(rows) // 2][:40]])
    legend = '\n \nTIME\n\n  Barycentric Dynamical Time ("TDB" or T_eph) output was requested.\n'
    return "\n".join([_named(columns), "$$SOE", *rows, "$$EOE", "*" * 190]) + legend


def _named(columns: list[str]) -> str:
    return ", ".join(f"{name:>22}" for name in columns) + ",\n" + "*" * 190


def _ambiguous(command: str) -> str:
    rows = "\n".join(
        f"    9000{number:04d}    {1990 + number}    1P             1P              Halley"
        for number in range(30)
    )
    return (
        f"{STARS}\nJPL/DASTCOM            Small-body Index Search Results     2026-Oct-07 11:34:03\n\n"
        f" Comet AND asteroid index search:\n\n    {command}\n\n Matching small-bodies: \n\n"
        "    Record #  Epoch-yr  >MATCH DESIG<  Primary Desig  Name  \n"
        "    --------  --------  -------------  -------------  -------------------------\n"
        f"{rows}\n\n (30 matches. To SELECT, enter record # (integer), followed by semi-colon.)\n{STARS}\n"
    )


def _no_match(sought: str) -> str:
    return (
        f"{STARS}\nJPL/DASTCOM            Small-body Index Search Results     2026-Oct-07 11:34:03\n\n"
        f" Comet AND asteroid index search:\n\n    DES = {sought};\n\n Matching small-bodies: \n    No matches found.\n{STARS}\n"
    )


# -- Small-Body Database and MPC ---------------------------------------------------------------------------


def sbdb_reply(fake: FakeJpl, query: dict[str, str], fault: str) -> tuple[int, dict[str, Any]]:
    """Status and body of a reply of the Small-Body Database."""
    signature = {
        "source": "NASA/JPL Small-Body Database (SBDB) API",
        "version": "1.4" if fault == "version" else "1.3",
    }
    if fault == "ambiguous":
        return 300, {
            "signature": signature,
            "code": "300",
            "list": [{"pdes": "2020 A1"}, {"pdes": "2020 A2"}],
        }
    record = fake.solutions[query["des"]]
    e = record.elements
    assert e is not None
    values = {"e": e.eccentricity, "q": e.perihelion_distance_au, "tp": e.perihelion_time_tdb_jd,
              "om": e.longitude_of_ascending_node_deg, "w": e.argument_of_perihelion_deg, "i": e.inclination_deg}  # fmt: skip
    sigma = {"e": 1.5e-05, "q": 2e-06, "tp": 3e-05, "om": 2e-04, "w": 2e-04, "i": 1.4e-05}
    orbit: dict[str, Any] = {
        "orbit_id": record.solution_id.removeprefix("JPL"),
        "epoch": str(record.epoch_tdb_jd),
        "soln_date": record.solution_date,
        "first_obs": str(record.arc_from),
        "last_obs": str(record.arc_to),
        "n_obs_used": record.observations,
        "pe_used": "DE441",
        "sb_used": "SB441-N16",
        "elements": [
            {"name": name, "label": name, "value": repr(value), "sigma": str(sigma[name])}
            for name, value in values.items()
        ],
        "model_pars": [],
    }
    labels, spread = (
        ["e", "q", "tp", "node", "peri", "i"],
        [sigma[name] for name in ("e", "q", "tp", "om", "w", "i")],
    )
    if push := record.non_gravitational:
        forces = {"A1": push.a1_au_d2, "A2": push.a2_au_d2, "A3": push.a3_au_d2}
        orbit["model_pars"] = [
            {"name": name, "kind": "EST", "value": repr(value), "sigma": "2E-9"}
            for name, value in forces.items()
        ] + [
            {"name": name, "kind": "SET", "value": repr(value), "sigma": None}
            for name, value in {
                "ALN": push.aln,
                "NK": push.nk,
                "NM": push.nm,
                "R0": push.r0_au,
                "DT": push.dt_d,
            }.items()
        ]
        labels += ["A1", "A2", "A3"]
        spread += [2e-9] * 3
    if fault == "unknown_parameter":
        orbit["model_pars"].append({"name": "A4", "kind": "EST", "value": "1E-9", "sigma": "1E-10"})
    if fake.covariance:
        matrix = np.outer(spread, spread) * (0.2 + 0.8 * np.eye(len(spread)))
        orbit["covariance"] = {
            "epoch": str(record.epoch_tdb_jd), "labels": labels, "data": [[f"{cell:.15E}" for cell in row] for row in matrix]
        }  # fmt: skip
    name = "C/2019 Y4 (ATLAS)" if fault == "wrong_target" else fake.targets[query["des"]]
    physical = (
        [{"name": "M1", "value": str(record.m1)}, {"name": "K1", "value": str(record.k1)}]
        if record.m1
        else []
    )
    return 200, {
        "signature": signature,
        "object": {"fullname": name, "des": query["des"]},
        "orbit": orbit,
        "phys_par": physical,
    }


def mpc_reply(path: str, asked: dict[str, Any], fault: str) -> Any:
    """The body of a reply of the MPC: names, or the observations under them."""
    if path.endswith("query-identifier"):
        [name] = asked["ids"]
        primary = {"1I": "A/2017 U1", "2I": "C/2019 Q4", "3I": "C/2025 N1"}[name]
        return {
            name: {
                "found": 2 if fault == "ambiguous" else 1,
                "permid": "1P" if fault == "wrong_target" else name,
                "iau_designation": "1P" if fault == "wrong_target" else name,
                "name": "Halley" if fault == "wrong_target" else None,
                "unpacked_primary_provisional_designation": "1986 U1" if fault == "wrong_target" else primary,
                "unpacked_secondary_provisional_designations": [],
                "object_type": ["Interstellar", 30],
                "disambiguation_list": None,
            }
        }
    [name] = asked["desigs"]
    rows = [
        {"permID": name, "provID": None, "stn": ("W68", "X09", "M22")[place % 3],
         "obstime": f"2025-07-{1 + place % 28:02d}T03:{place % 60:02d}:21.5Z", "ra": "271.0", "dec": "-18.7"}
        for place in range(40)
    ]  # fmt: skip
    if fault == "unknown_column":
        rows[3]["obsTime"] = rows[3].pop("obstime")
    return [{"ADES_DF": rows}]
