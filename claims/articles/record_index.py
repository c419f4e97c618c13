"""The published record as the matching reads it: one index a process, made again when a publication changes it.

The index comes from the frozen documents of published versions alone, so a draft cannot be matched.  A claim
that is withdrawn is gone with the next request.
"""

from __future__ import annotations

import logging
import threading
from sys import intern
from typing import Any

from claims.addresses import claim_url
from claims.articles.wordings import KeptVectors, NotReadYet, drawer
from claims.generation import generation
from claims.matching.encoder import sentence_encoder
from claims.matching.index import ClaimIndex, PreparedClaim, prepared
from claims.matching.records import ClaimNumber, ClaimText
from claims.queries import published_claims

log = logging.getLogger(__name__)
# New wordings that a request reads itself, some seconds' worth; a record that grew by more waits for the worker.
MOST_IN_A_REQUEST = 2_000
A_REQUEST_WAITS_S = 20.0  # for another process that reads them
ROWS_AT_A_TIME = 200


def claim_text(document: dict[str, Any]) -> ClaimText:
    """What the matching reads of a published document."""
    facts = [row["title"] for row in document["evidence"] if row["kind"] == "measurement"]
    return ClaimText(
        slug=document["slug"],
        body=document["object"]["designation"],
        title=document["title"],
        statement=document["statement"],
        truth_condition=document["truth_condition"],
        aliases=tuple(document["aliases"]),
        phrases=tuple(row["phrase"] for row in document["appearances"] if row["phrase"]),
        facts=tuple(dict.fromkeys([*facts, *document["key_points"], document["one_line"]])),
        asserted=tuple(_asserted(row) for row in document["asserted"]),
        measured=tuple(
            _measured(row) for row in document["evidence"] if row["kind"] == "measurement" and row["measured"]
        ),
        kind=document["kind"],
        topic=document["topic"],
        verdict=document["verdict"],
        verdict_label=document["verdict_label"],
        url=claim_url(document["slug"]),
    )


def _asserted(row: dict[str, Any]) -> ClaimNumber:
    return ClaimNumber(
        intern(row["quantity"]),
        row.get("value"),
        intern(row["unit"]),
        row["relation"],
        value_time=row.get("value_time") or None,
    )


def _measured(row: dict[str, Any]) -> ClaimNumber:
    measured = row["measured"]
    return ClaimNumber(
        intern(row["quantity"]), measured["value"], intern(measured["unit"]),
        measured["limit"] if measured["limit"] in ("upper", "lower") else "eq",
        measured["plus"], measured["minus"], measured["value_time"], measured["source"],
    )  # fmt: skip


class RecordIndex:
    """The index of this process and what it was made of."""

    def __init__(self) -> None:
        self._one_at_a_time = threading.Lock()
        self._generation = ""  # of which the index is; empty while some claims wait for the worker
        self._prepared: dict[tuple[str, str], PreparedClaim] = {}  # by slug and digest of the document
        self._index: ClaimIndex | None = None
        self._whole = True

    def current(self, *, most: int | None = MOST_IN_A_REQUEST) -> ClaimIndex:
        """The index of what is public now.

        More new wordings than ``most`` raise `NotReadYet`; with an index from before, the new claims are left out
        until the worker has read them.
        """
        with self._one_at_a_time:
            now = generation()
            if self._index is None or now != self._generation:
                self._index = self._renewed(most, self._index)
                self._generation = now if self._whole else ""
            return self._index

    def look_again(self) -> None:
        """Compare with the record at the next call, whatever its generation says: for a record put back from a backup."""
        self._generation = ""

    def _renewed(self, most: int | None, before: ClaimIndex | None) -> ClaimIndex:
        public = dict(published_claims().values_list("slug", "current_version__content_sha256"))
        self._whole = True
        if before is not None and self._prepared.keys() == set(public.items()):
            return before
        kept = {key: one for key, one in self._prepared.items() if public.get(key[0]) == key[1]}
        wanted = kept | _read_documents({key for key in public.items() if key not in kept})
        try:
            index = ClaimIndex(wanted.values(), _vectors(most))
        except NotReadYet as waiting:
            if before is None:
                raise
            log.warning("the article checker goes on without the newest claims: %s", waiting)
            self._whole = False
            if self._prepared.keys() == kept.keys():
                return before
            index, wanted = (
                ClaimIndex(kept.values(), _vectors(most)),
                kept,
            )
        self._prepared = wanted
        return index


def _vectors(most: int | None) -> KeptVectors:
    wait_s = {} if most is None else {"wait_s": A_REQUEST_WAITS_S}
    return KeptVectors(sentence_encoder(), drawer(), most=most, **wait_s)


def _read_documents(lacking: set[tuple[str, str]]) -> dict[tuple[str, str], PreparedClaim]:
    rows = published_claims()
    if len(lacking) < ROWS_AT_A_TIME:
        rows = rows.filter(slug__in=[slug for slug, _ in lacking])
    columns = rows.values_list("slug", "current_version__content_sha256", "current_version__document")
    return {
        (slug, digest): prepared(claim_text(document))
        for slug, digest, document in columns.iterator(chunk_size=ROWS_AT_A_TIME)
        if document and (slug, digest) in lacking
    }


def read_wordings() -> int:
    """Compute the vectors of every published wording that has none, and say of how many claims; for the worker."""
    vectors = _vectors(None)
    documents = published_claims().values_list("current_version__document", flat=True)
    claims = 0
    for document in documents.iterator(chunk_size=ROWS_AT_A_TIME):
        if document is None:
            continue  # no published version is without one
        wordings = prepared(claim_text(document)).wordings
        vectors([*wordings.nameless, *(text for text, _ in wordings.facts)])
        claims += 1
    return claims


RECORD = RecordIndex()
