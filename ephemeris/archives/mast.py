"""MAST: observations of JWST and Hubble with their products by level and access (the Mashup service).

One request a name pattern, because a filter takes one wildcard; then one for the products of all that was
found.  The list of products is long: it is spared while the list of observations is the one of the last full
answer.  Columns: CAOM as documented and recorded; a field that older replies lack may be absent.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ephemeris.archives.contract import Archive, Holding, Level, Question, Rights, Rows
from ephemeris.archives.reading import (
    Maintenance,
    Unexpected,
    WrongQuery,
    field_of,
    from_mjd,
    holdings_digest,
    json_of,
    mjd,
    of_the_object,
    text_of,
    within,
)
from ephemeris.wire import Reply, Request

INVOKE = "https://mast.stsci.edu/api/v0/invoke"
PAGE = 5000
COLLECTIONS = {"jwst": "JWST", "hubble": "HST"}
# product types of CAOM; what is none of them is science, and its level is a number
_TYPES: dict[str, Level] = {"CALIBRATION": "calibration", "AUXILIARY": "calibration", "PREVIEW": "preview"}
_LEVELS: dict[object, Level] = {
    -1: "unspecified",
    0: "raw",
    1: "raw",
    2: "calibrated",
    3: "derived",
    4: "derived",
}
_RIGHTS: dict[str, Rights] = {
    "PUBLIC": "public",
    "EXCLUSIVE_ACCESS": "proprietary",
    "PROPRIETARY": "proprietary",
    "RESTRICTED": "restricted",
}
_LEFT_OUT = frozenset(("INFO",))


def _collection(question: Question) -> str:
    return next(
        (name for word, name in COLLECTIONS.items() if question.facility.lower().startswith(word)), ""
    )


def takes(question: Question) -> bool:
    return question.archive == "mast" and bool(_collection(question))


def _patterns(question: Question) -> Sequence[str | None]:
    return [None] if question.control else question.spelling.patterns


def ask(question: Question, replies: Sequence[Reply]) -> Request | None:
    patterns = _patterns(question)
    if len(replies) < len(patterns):
        filters: list[dict[str, Any]] = [
            {"paramName": "obs_collection", "values": [_collection(question)]},
            {"paramName": "t_min", "values": [{"min": mjd(question.start), "max": mjd(question.stop)}]},
        ]
        pattern = patterns[len(replies)]
        if pattern is not None:
            filters.append({"paramName": "target_name", "values": [], "freeText": pattern})
        page = 10 if question.control else PAGE
        return _invoke("Mast.Caom.Filtered", {"columns": "*", "filters": filters}, page)
    if question.control or len(replies) > len(patterns):
        return None
    try:
        rows, _, _ = _observations(question, replies)
    except (Unexpected, Maintenance, WrongQuery):
        return None  # `read` says what is wrong
    if not rows or holdings_digest(rows) == question.known_rows:
        return None
    return _invoke("Mast.Caom.Products", {"obsid": ",".join(row.uid for row in rows)}, PAGE)


def _invoke(service: str, params: dict[str, Any], page: int) -> Request:
    asked = {"service": service, "params": params, "format": "json", "pagesize": page, "page": 1,
             "removenullcolumns": False, "timeout": 60}  # fmt: skip
    text = json.dumps(asked, sort_keys=True)
    return Request("POST", INVOKE, form=(("request", text),), text=f"{INVOKE} request={text}")


def _table(reply: Reply, what: str) -> tuple[list[dict[str, Any]], bool]:
    content = json_of(reply)
    if not isinstance(content, dict):
        raise Unexpected(f"{what}: expected an object, got {type(content).__name__}")
    status = text_of(content.get("status"))
    if status == "EXECUTING":
        raise Maintenance(f"{what}: MAST was still computing after a minute")
    if status == "ERROR":
        raise WrongQuery(f"{what}: {text_of(content.get('msg')) or 'no reason given'}")
    rows = field_of(content, "data", what)
    if not isinstance(rows, list):
        raise Unexpected(f"{what}: data is {type(rows).__name__}, expected a list")
    total = (content.get("paging") or {}).get("rowsFiltered", len(rows))
    return rows, isinstance(total, int) and total > len(rows)


def _observations(
    question: Question, replies: Sequence[Reply]
) -> tuple[list[Holding], tuple[str, ...], bool]:
    found: dict[str, Holding] = {}
    cut = False
    for reply in replies[: len(_patterns(question))]:
        rows, more = _table(reply, "Mast.Caom.Filtered")
        cut |= more
        for row in rows:
            rights = text_of(row.get("dataRights")).upper()
            holding = Holding(
                uid=text_of(field_of(row, "obsid", "Mast.Caom.Filtered")),
                facility=text_of(field_of(row, "obs_collection", "Mast.Caom.Filtered")),
                instrument=text_of(row.get("instrument_name")),
                level=_LEVELS.get(row.get("calib_level"), "unspecified"),
                observed=from_mjd(field_of(row, "t_min", "Mast.Caom.Filtered")),
                release=from_mjd(field_of(row, "t_obs_release", "Mast.Caom.Filtered")),
                rights=_RIGHTS.get(rights, "unknown"),
                target=text_of(field_of(row, "target_name", "Mast.Caom.Filtered")),
                program=text_of(row.get("proposal_id")),
            )
            if holding.facility != _collection(question) or not within(question, holding.observed):
                raise Unexpected(
                    f"MAST was asked for {_collection(question)} in the window and answered with "
                    f"{holding.facility} of {holding.observed}"
                )
            found[holding.uid] = holding
    rows_found = list(found.values())
    if question.control:
        return rows_found, (), cut
    kept, possible = of_the_object(question, rows_found, "MAST")
    return list(kept), possible, cut


def read(question: Question, replies: Sequence[Reply]) -> Rows:
    observed, possible, cut = _observations(question, replies)
    if question.control:
        return Rows(tuple(observed), truncated=cut)
    digest = holdings_digest(observed)
    if len(replies) <= len(_patterns(question)):
        unchanged = bool(observed) and digest == question.known_rows
        return Rows((), len(observed), cut, possible, digest, unchanged=unchanged)
    rows, more = _table(replies[-1], "Mast.Caom.Products")
    parents = {row.uid: row for row in observed}
    products: dict[str, Holding] = {}
    for row in rows:
        parent = parents.get(text_of(field_of(row, "obsID", "Mast.Caom.Products")))
        kind = text_of(field_of(row, "productType", "Mast.Caom.Products")).upper()
        if parent is None:
            raise Unexpected(f"MAST answered with a product of observation {row['obsID']}, not asked for")
        if kind in _LEFT_OUT:
            continue
        rights = _RIGHTS.get(text_of(row.get("dataRights")).upper(), parent.rights)
        uri = text_of(field_of(row, "dataURI", "Mast.Caom.Products"))
        products[uri] = Holding(
            uid=uri,
            facility=parent.facility,
            instrument=parent.instrument,
            level=_TYPES.get(kind) or _LEVELS.get(row.get("calib_level"), "unspecified"),
            observed=parent.observed,
            # a product that is public already (calibration files mostly) does not wait for its observation
            release=None if rights == "public" else parent.release,
            rights=rights,
            target=parent.target,
            program=parent.program,
        )
    return Rows(tuple(products.values()), len(rows), cut or more, possible, digest)


ARCHIVE = Archive(
    name="mast",
    title="Mikulski Archive for Space Telescopes",
    hosts=("mast.stsci.edu",),
    home_url="https://mast.stsci.edu/",
    takes=takes,
    ask=ask,
    read=read,
    policy="Up to twelve months of exclusive access for the proposers; discretionary time is usually public at once.",
)
