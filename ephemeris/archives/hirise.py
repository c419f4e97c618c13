"""HiRISE: pictures that look away from Mars, through the Orbital Data Explorer (ODE).

A product is named PHASE_ORBIT_TARGET; targets 9000 to 9303 are off the planet (Phobos: PSP_007769_9010).  ODE
finds footprints on Mars, so an off-planet picture may be absent from it though it is in the archive: the control
asks for ordinary pictures of the same orbits.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from ephemeris.archives.contract import Archive, Holding, Level, Question, Rows
from ephemeris.archives.reading import Unexpected, field_of, json_of, moment, text_of, within
from ephemeris.wire import Reply, Request

ODE = "https://oderest.rsl.wustl.edu/live2"
PAGE = 100
# Two orbits with known dates give the pace: TRA_000823 on 2006-09-29, PSP_007769 on 2008-03-23.
_KNOWN_ORBIT, _KNOWN_DAY, _ORBITS_A_DAY = 7769, datetime(2008, 3, 23, tzinfo=UTC), 12.84
_PRODUCTS: tuple[tuple[str, Level], ...] = (("EDR", "raw"), ("RDRV11", "calibrated"))
_OFF_PLANET = re.compile(r"^[A-Z]{3}_\d{6}_(9[0-2]\d\d|930[0-3])")


def _thousands(question: Question) -> list[int]:
    """The thousands of the orbits of the window, with room for the drift of the pace."""
    first, last = (
        _KNOWN_ORBIT + (at - _KNOWN_DAY).total_seconds() / 86_400 * _ORBITS_A_DAY
        for at in (question.start, question.stop)
    )
    return list(range(int(first - 150) // 1000, int(last + 150) // 1000 + 1))


def takes(question: Question) -> bool:
    return question.archive == "pds" and question.speaks_of("HiRISE")


def _steps(question: Question) -> list[tuple[str, str]]:
    """Product type and id pattern of each request."""
    if question.control:
        return [("EDR", f"ESP_{_thousands(question)[0]:03d}*")]
    return [(kind, f"ESP_{part:03d}*_9*") for kind, _ in _PRODUCTS for part in _thousands(question)]


def ask(question: Question, replies: Sequence[Reply]) -> Request | None:
    steps = _steps(question)
    if len(replies) >= len(steps):
        return None
    kind, pattern = steps[len(replies)]
    return Request(
        "GET",
        ODE,
        query=(
            ("target", "mars"), ("query", "product"), ("results", "opm"), ("output", "JSON"), ("ihid", "MRO"),
            ("iid", "HIRISE"), ("pt", kind), ("productid", pattern),
            ("limit", "10" if question.control else str(PAGE)), ("offset", "0"),
        ),
    )  # fmt: skip


def _products(reply: Reply) -> tuple[list[dict[str, Any]], int]:
    content = json_of(reply)
    results = field_of(content, "ODEResults", "ODE") if isinstance(content, dict) else None
    if not isinstance(results, dict):
        raise Unexpected("ODE: expected ODEResults")
    status = text_of(field_of(results, "Status", "ODE"))
    products = results.get("Products")
    if isinstance(products, str) or products is None:
        # "No Products Found" comes as an error or as a success; any other words are none of ours
        words = text_of(products) or text_of(results.get("Error"))
        if "no products found" in words.lower():
            return [], 0
        raise Unexpected(f"ODE: {status}, {words or 'no reason given'}")
    if status.lower() != "success":
        raise Unexpected(f"ODE: {status}, {text_of(results.get('Error')) or 'no reason given'}")
    found = field_of(products, "Product", "ODE")
    rows = [found] if isinstance(found, dict) else list(found)  # one product comes without its list
    count = text_of(results.get("Count"))
    return rows, int(count) if count.isdigit() else len(rows)


def read(question: Question, replies: Sequence[Reply]) -> Rows:
    levels = dict(_PRODUCTS)
    holdings: dict[str, Holding] = {}
    cut = False
    for (kind, _), reply in zip(_steps(question), replies, strict=False):
        rows, count = _products(reply)
        cut |= count > len(rows)
        for row in rows:
            uid = text_of(field_of(row, "pdsid", "ODE product"))
            at = moment(field_of(row, "UTC_start_time", "ODE product"))
            if not question.control and not re.match(r"^[A-Z]{3}_\d{6}_9\d{3}", uid):
                raise Unexpected(f"ODE was asked for off-planet pictures and answered with {uid}")
            if not question.control and not (_OFF_PLANET.match(uid) and within(question, at)):
                continue  # another off-planet picture of the same thousand orbits: Phobos, Deimos, the sky
            holdings[uid] = Holding(
                uid=uid,
                facility="Mars Reconnaissance Orbiter",
                instrument="HiRISE",
                level=levels[kind],
                observed=at,
                release=None,
                rights="public",
                url=text_of(row.get("LabelURL")),
                target=text_of(row.get("Target_name")),
            )
    return Rows(tuple(holdings.values()), len(holdings), cut)


ARCHIVE = Archive(
    name="hirise",
    title="HiRISE in the Orbital Data Explorer",
    hosts=("oderest.rsl.wustl.edu",),
    home_url="https://ode.rsl.wustl.edu/mars/",
    takes=takes,
    ask=ask,
    read=read,
    policy="Delivered to the Planetary Data System every three months.",
    interval_s=5.0,
    caveats=("Pictures without a footprint on Mars may be in the archive and absent from this search.",),
)
