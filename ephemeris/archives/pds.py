"""NASA's Planetary Data System: registered PDS4 products of a spacecraft in a window of time.

What is registered is public.  A count of -1 means that counting was too expensive: unknown, not none.
Identifiers of spacecraft follow the rule of PDS4 context products; the first live refresh confirms them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ephemeris.archives.contract import Archive, Holding, Level, Question, Rows
from ephemeris.archives.reading import Unexpected, field_of, json_of, moment, text_of, within
from ephemeris.wire import Reply, Request

PRODUCTS = "https://pds.nasa.gov/api/search/1/products"
PAGE = 200
HOSTS = {
    "maven": "urn:nasa:pds:context:instrument_host:spacecraft.maven",
    "lucy": "urn:nasa:pds:context:instrument_host:spacecraft.lucy",
    "psyche": "urn:nasa:pds:context:instrument_host:spacecraft.psyche",
    "europa clipper": "urn:nasa:pds:context:instrument_host:spacecraft.clipper",
}
START = "pds:Time_Coordinates.pds:start_date_time"
LEVEL = "pds:Primary_Result_Summary.pds:processing_level"
HARVESTED = "ops:Harvest_Info.ops:harvest_date_time"
_LEVELS: dict[str, Level] = {
    "telemetry": "raw",
    "raw": "raw",
    "partially processed": "raw",
    "calibrated": "calibrated",
    "derived": "derived",
}


def _host(question: Question) -> str:
    return next((lid for word, lid in HOSTS.items() if question.facility.lower().startswith(word)), "")


def takes(question: Question) -> bool:
    return question.archive == "pds" and bool(_host(question))


def ask(question: Question, replies: Sequence[Reply]) -> Request | None:
    if replies:
        return None
    clauses = ['product_class eq "Product_Observational"', f'ref_lid_instrument_host eq "{_host(question)}"']
    if not question.control:  # a control looks whether the spacecraft has any products at all
        clauses += [
            f'{START} ge "{question.start:%Y-%m-%dT%H:%M:%SZ}"',
            f'{START} lt "{question.stop:%Y-%m-%dT%H:%M:%SZ}"',
        ]
    q = f"({' and '.join(clauses)})"
    limit = "5" if question.control else str(PAGE)
    return Request("GET", PRODUCTS, query=(("q", q), ("limit", limit)))


def read(question: Question, replies: Sequence[Reply]) -> Rows:
    content = json_of(replies[0])
    if not isinstance(content, dict):
        raise Unexpected(f"PDS: expected an object, got {type(content).__name__}")
    hits = field_of(field_of(content, "summary", "PDS"), "hits", "PDS summary")
    rows = field_of(content, "data", "PDS")
    if not isinstance(hits, int) or not isinstance(rows, list):
        raise Unexpected(f"PDS: {hits!r} hits and {type(rows).__name__} of data")
    holdings = [_holding(row, question) for row in rows]
    count = hits if hits >= 0 else None
    return Rows(tuple(holdings), count, truncated=hits != len(rows))


def _holding(row: dict[str, Any], question: Question) -> Holding:
    properties = field_of(row, "properties", "PDS product")
    at = moment(_first(properties, START))
    if not question.control and not within(question, at):
        raise Unexpected(f"PDS answered with a product of {at}, outside the window")
    told = properties.get("ref_lid_instrument_host", [_host(question)])
    hosts = told if isinstance(told, list) else [told]
    if _host(question) not in hosts:
        raise Unexpected(
            f"PDS was asked for {_host(question)} and answered with {', '.join(map(str, hosts))}"
        )
    harvested = _first(properties, HARVESTED, required=False)
    return Holding(
        uid=text_of(field_of(row, "id", "PDS product")),
        facility=question.facility,
        instrument=question.instrument,
        level=_LEVELS.get(text_of(_first(properties, LEVEL, required=False)).lower(), "unspecified"),
        observed=at,
        release=moment(harvested),
        rights="public",
        program="",
    )


def _first(properties: dict[str, Any], name: str, *, required: bool = True) -> Any:
    value = field_of(properties, name, "PDS product") if required else properties.get(name)
    return value[0] if isinstance(value, list) and value else value


ARCHIVE = Archive(
    name="pds",
    title="NASA Planetary Data System",
    hosts=("pds.nasa.gov",),
    home_url="https://pds.nasa.gov/",
    takes=takes,
    ask=ask,
    read=read,
    policy="Delivered in releases, every three months for the Mars orbiters.",
    conditional=True,
    caveats=("All products of the spacecraft in that window are counted, whatever they point at.",),
)
