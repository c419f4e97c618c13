"""The published record as the matching reads it: one index for all processes, made again when a publication changes it.

The index comes from the frozen documents of published versions alone, so a draft cannot be matched.  A claim
that is withdrawn is gone with the next request.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from sys import intern
from typing import Any

from claims.addresses import claim_url
from claims.articles import kept_index
from claims.articles.wordings import KeptVectors, NotReadYet, alone, drawer
from claims.generation import generation
from claims.matching.encoder import sentence_encoder
from claims.matching.index import ClaimIndex, index_of
from claims.matching.prepared import PreparedClaim, name_of, prepared
from claims.matching.records import ClaimNumber, ClaimText
from claims.queries import published_claims

log = logging.getLogger(__name__)
# New wordings that a request reads itself, some seconds' worth; a record that grew by more waits for the worker.
MOST_IN_A_REQUEST = 2_000
A_REQUEST_WAITS_S = 20.0  # for another process that reads them
WORKER_WAITS_S = 240.0
ROWS_AT_A_TIME, FEW = 200, 20  # claims asked for, and documents held, at a time


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
    """The index that this process has open, and of what it is."""

    def __init__(self) -> None:
        self._one_at_a_time = threading.Lock()
        self._generation = ""  # of which the index is; empty while some claims wait for the worker
        self._path: Path | None = None  # where the index of just these claims lies
        self._index: ClaimIndex | None = None

    def current(self, *, most: int | None = MOST_IN_A_REQUEST) -> ClaimIndex:
        """The index of what is public now.

        More new wordings than ``most`` raise `NotReadYet`; with an index from before, the new claims are left out
        until the worker has read them.
        """
        with self._one_at_a_time:
            now = generation()
            if self._index is None or now != self._generation:
                self._index = self._renewed(most, self._index)
                self._generation = now if self._path is not None else ""
            return self._index

    def look_again(self) -> None:
        """Compare with the record at the next call, whatever its generation says: for a record put back from a backup."""
        self._generation = ""

    def _renewed(self, most: int | None, before: ClaimIndex | None) -> ClaimIndex:
        public = _public()
        path = kept_index.path_of(public)
        if before is not None and path == self._path:
            return before
        index = kept_index.opened(path)
        try:
            if index is None:
                index = _made(public, path, most, before)
        except NotReadYet as waiting:
            if before is None:
                raise
            log.warning("the article checker goes on without the newest claims: %s", waiting)
            self._path = None
            return _without_withdrawn(before, public)
        # a claim that was withdrawn while it was read is missing: what there is now is asked for once more
        self._path = path if index.names() == sorted(public) else None
        return index


def _public() -> dict[str, str]:
    """The slugs of the published claims by the names that the index has for them."""
    rows = published_claims().filter(current_version__document__isnull=False)
    return {
        name_of(slug, digest): slug
        for slug, digest in rows.values_list("slug", "current_version__content_sha256")
    }


def _made(public: dict[str, str], path: Path, most: int | None, before: ClaimIndex | None) -> ClaimIndex:
    """The index of what is public, made by this process or by the one that was at it already."""
    wait_s = {"wait_s": WORKER_WAITS_S if most is None else A_REQUEST_WAITS_S}
    with alone(kept_index.lock_path(), **wait_s, waiting=NotReadYet(len(public), "published claims")):
        if (index := kept_index.opened(path)) is not None:
            return index
        vectors = KeptVectors(sentence_encoder(), drawer(), most=most, **wait_s)
        standing = kept_index.newest() if before is None else before
        return kept_index.keep(lambda: _claims(public, standing), vectors)


def _claims(public: dict[str, str], before: ClaimIndex | None) -> Iterator[PreparedClaim]:
    """The public claims in the order of their names: as an index from before has them, else from their documents."""
    standing = _numbers(before)
    names = sorted(public)
    for first in range(0, len(names), ROWS_AT_A_TIME):
        part = names[first : first + ROWS_AT_A_TIME]
        lacking = [public[name] for name in part if name not in standing]
        read = {one.name: one for one in _read_documents(lacking)} if lacking else {}
        for name in part:
            if before is not None and name in standing:
                yield before.claims.prepared(standing[name], name)
            elif name in read:
                yield read[name]


def _numbers(index: ClaimIndex | None) -> dict[str, int]:
    return {} if index is None else {name: number for number, name in enumerate(index.names())}


def _read_documents(slugs: list[str]) -> Iterator[PreparedClaim]:
    rows = published_claims().filter(slug__in=slugs)
    for digest, document in rows.values_list(
        "current_version__content_sha256", "current_version__document"
    ).iterator(chunk_size=FEW):
        if document is not None:  # of a claim that vanished meanwhile
            yield prepared(claim_text(document), digest)


def _without_withdrawn(index: ClaimIndex, public: dict[str, str]) -> ClaimIndex:
    """An index without the claims that are not public any more."""
    standing = {name: number for name, number in _numbers(index).items() if name in public}
    if len(standing) == len(index):
        return index
    vectors = KeptVectors(sentence_encoder(), drawer(), most=0, wait_s=0)
    return index_of((index.claims.prepared(number, name) for name, number in standing.items()), vectors)


def read_wordings() -> int:
    """Make the index of what is public for every process, vectors included, and say of how many claims; for the worker."""
    return len(RecordIndex().current(most=None))  # looks for the file, whatever this process has open


RECORD = RecordIndex()
