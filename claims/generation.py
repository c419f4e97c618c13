"""The generation of the public record: a text that changes with everything a public answer is made of.

Cached answers are kept under it, so whatever changes the record also retires them, in the same
transaction and without a signal that could be lost.  It is read, never written: the newest row of each
append-only table that public answers rest on.  Every editorial action and every load of the catalogue
appends to the editorial log, under a lock that holds until the end of its transaction, so its numbers
become visible in order.  Polls and runs take no such lock: on PostgreSQL one that commits after a later
one goes unnoticed until the cached answer's time runs out, which is a minute of an archive's state and
never of a verdict.
"""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest

TABLES = (
    "claims_editoriallog",
    "claims_checkrun",
    "claims_integrityrun",
    "claims_sourcecheck",
    "ephemeris_archivepoll",
    "ephemeris_archivestatuschange",
    "ephemeris_orbitsolution",
    "ephemeris_servicerefresh",
)
KEPT_S = 300  # whatever is kept under a generation is kept no longer, for the sake of those later rows
_QUERY = "SELECT " + ", ".join(f"(SELECT max(id) FROM {table})" for table in TABLES)  # noqa: S608  constants


def generation() -> str:
    """The generation as of now."""
    with connection.cursor() as cursor:
        cursor.execute(_QUERY)
        return ".".join(str(number or 0) for number in cursor.fetchone())


def of_publications(whole: str) -> str:
    """The part of a generation that moves with what people do and with loads of the catalogue, not with workers."""
    return whole.partition(".")[0]


def generation_of(request: HttpRequest) -> str:
    """The generation that the border of public answers has already read for a request."""
    known: str | None = getattr(request, "generation", None)
    return known or generation()
