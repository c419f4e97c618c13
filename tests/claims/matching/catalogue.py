"""The claims of data/ as the matching reads them, without a database."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from claims.matching.encoder import sentence_encoder
from claims.matching.index import ClaimIndex, index_of
from claims.matching.prepared import prepared
from claims.matching.records import ClaimNumber, ClaimText
from claims.scales import VERDICTS
from science.vocabulary import QUANTITIES

DATA = Path(__file__).parents[3] / "data"


@lru_cache(maxsize=1)
def _measurements() -> dict[str, dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}
    for path in sorted((DATA / "measurements").glob("*.toml")):
        for row in tomllib.loads(path.read_text())["measurement"]:
            rows[row["id"]] = row
    return rows


def _asserted(row: dict[str, Any]) -> ClaimNumber:
    dated = QUANTITIES[row["quantity"]].kind == "time"
    return ClaimNumber(
        row["quantity"],
        None if dated else float(row["value"]),
        row["unit"],
        row["relation"],
        value_time=str(row["value"]) if dated else None,
    )


def _measured(row: dict[str, Any]) -> ClaimNumber:
    return ClaimNumber(
        row["quantity"],
        row.get("value"),
        QUANTITIES[row["quantity"]].unit,
        {"upper": "upper", "lower": "lower"}.get(row.get("limit", ""), "eq"),
        row.get("plus"),
        row.get("minus"),
        row.get("value_time"),
        row["source"],
    )


def claim_text(path: Path, *, phrases: bool = False) -> ClaimText:
    """The claim of one file of data/claims/."""
    claim = tomllib.loads(path.read_text())
    rows = [
        _measurements()[item["measurement"]]
        for item in claim["review"].get("evidence", [])
        if "measurement" in item
    ]
    return ClaimText(
        slug=claim["slug"],
        body=claim["object"],
        title=claim["title"],
        statement=claim["statement"],
        truth_condition=claim["truth_condition"],
        aliases=tuple(claim["aliases"]),
        phrases=tuple(row["phrase"] for row in claim.get("appearances", []) if row.get("phrase"))
        if phrases
        else (),
        facts=tuple(
            dict.fromkeys(
                [
                    *(row["statement"] for row in rows),
                    *claim["review"]["key_points"],
                    claim["review"]["one_line"],
                ]
            )
        ),
        asserted=tuple(_asserted(row) for row in claim.get("asserted", [])),
        measured=tuple(
            _measured(row) for row in rows if row.get("value") is not None or row.get("value_time")
        ),
        kind=claim["kind"],
        topic=claim["topic"],
        verdict=claim["review"]["verdict"],
        verdict_label=VERDICTS[claim["review"]["verdict"]].label,
        url=f"/claims/{claim['slug']}/",
    )


@lru_cache(maxsize=2)
def catalogue_index(*, phrases: bool = False) -> ClaimIndex:
    """The index of all claims of the catalogue; phrases of known appearances only when asked for."""
    claims = [claim_text(path, phrases=phrases) for path in sorted((DATA / "claims").glob("*.toml"))]
    return index_of(map(prepared, claims), sentence_encoder())
