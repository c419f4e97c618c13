"""The tables of the bulk package: their columns with type and meaning, and where their rows come from.

Rows come from the published record alone.  A row whose source allows no commercial use is left out and counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import orjson

from claims.addresses import campaign_url, claim_url, pinned_url
from claims.document import LICENCE
from claims.live import stale_reasons
from claims.models import Claim, Measurement, Source, SourceCheck, VerdictVersion
from claims.queries import published_claims
from ephemeris.models import ArchivePoll, ArchiveStatusChange, Campaign

NON_COMMERCIAL = re.compile(r"(^|[-_ ])(NC|non-?commercial)([-_ ]|$)", re.IGNORECASE)
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: columns as (name, type, meaning), its key, the keys it refers to, and its rows."""

    name: str
    title: str
    columns: tuple[tuple[str, str, str], ...]
    key: tuple[str, ...]
    rows: Callable[[], Iterable[Row]]
    refers: tuple[tuple[str, str, str], ...] = ()


def may_be_passed_on(licence: str) -> bool:
    return not NON_COMMERCIAL.search(licence)


def _versions() -> Iterator[VerdictVersion]:
    rows = VerdictVersion.objects.filter(state="published", claim__in=published_claims())
    rows = (
        rows.select_related("claim__body")
        .defer("chart_subject", "search_text")
        .order_by("claim__slug", "number")
    )
    return rows.iterator(chunk_size=500)


def _current() -> Iterator[tuple[Claim, Row]]:
    """Every published claim with the document of its current version."""
    rows = (
        published_claims()
        .defer("current_version__chart_subject", "current_version__search_text")
        .order_by("slug")
    )
    for claim in rows.iterator(chunk_size=500):
        if claim.current_version and claim.current_version.document:
            yield claim, claim.current_version.document


def _passed_on() -> set[str]:
    """Keys of the sources whose rows may be passed on."""
    rows = Source.objects.values_list("key", "licence")
    return {key for key, licence in rows if may_be_passed_on(licence)}


def _claims() -> Iterator[Row]:
    current = published_claims().values_list("current_version", flat=True)
    stale = stale_reasons([number for number in current if number])
    for claim, document in _current():
        yield {
            **{name: document[name] for name in ("slug", "title", "statement", "truth_condition", "kind", "topic")},
            "object": document["object"]["designation"],
            **{name: document[name] for name in ("verdict", "normalized", "rating", "confidence", "one_line", "version")},
            **{name: document[name] for name in ("evidence_cutoff", "next_review", "review_level")},
            "first_published_at": document["first_published_at"],
            "published_at": document["published_at"],
            "stale": bool(stale.get(claim.current_version_id or 0)),
            "content_sha256": claim.current_version.content_sha256 if claim.current_version else None,
            "url": claim_url(claim.slug),
            "license": LICENCE,
        }  # fmt: skip


def _all_versions() -> Iterator[Row]:
    for version in _versions():
        document: Row = version.document or {}
        yield {
            "slug": version.claim.slug,
            **{name: document[name] for name in ("version", "title", "statement", "verdict", "confidence")},
            **{name: document[name] for name in ("confidence_basis", "one_line")},
            "key_points": "\n".join(document["key_points"]),
            **{name: document[name] for name in ("rationale", "would_change", "evidence_cutoff", "next_review")},
            **{name: document[name] for name in ("published_at", "reason_code", "severity", "change_note")},
            "review_level": document["review_level"],
            "reviewers": "; ".join(f"{person['name']} ({person['role']})" for person in document["reviewers"]),
            "content_sha256": version.content_sha256,
            "url": pinned_url(version.claim.slug, version.number),
            "license": LICENCE,
        }  # fmt: skip


def _appearances() -> Iterator[Row]:
    for claim, document in _current():
        for place, row in enumerate(document["appearances"], 1):
            yield {
                "slug": claim.slug, "position": place, "source": row["source"]["key"],
                **{name: row[name] for name in ("stance", "phrase", "locator", "first_seen")},
                "url": row["source"].get("url"), "license": LICENCE,
            }  # fmt: skip


def _evidence() -> Iterator[Row]:
    for version in _versions():
        for place, row in enumerate((version.document or {})["evidence"], 1):
            yield {
                "slug": version.claim.slug, "version": version.number, "position": place,
                **{name: row.get(name) for name in ("kind", "id", "stance", "tier", "title", "note", "url")},
                "license": LICENCE,
            }  # fmt: skip


def _key_numbers() -> Iterator[Row]:
    allowed = _passed_on()
    for claim, document in _current():
        for place, row in enumerate(document["key_numbers"], 1):
            asserted, measured = row["asserted"] or {}, row["measured"] or {}
            if measured and measured["source"] not in allowed:
                continue
            yield {
                "slug": claim.slug, "position": place, "quantity": row["quantity"],
                "asserted_value": asserted.get("value"), "asserted_unit": asserted.get("unit"),
                "asserted_relation": asserted.get("relation"), "asserted_time": asserted.get("value_time"),
                **{f"measured_{name}": measured.get(name) for name in ("value", "plus", "minus", "limit", "unit")},
                "measurement": measured.get("measurement"), "source": measured.get("source"), "license": LICENCE,
            }  # fmt: skip


MEASURED = (
    "key", "body", "quantity", "unit", "subject", "value", "plus", "minus", "limit", "error_kind", "as_printed",
    "value_time", "time_scale", "presence", "observed_from", "observed_to", "r_h_au", "instrument", "observatory",
)  # fmt: skip


def _measurements() -> Iterator[Row]:
    rows = Measurement.objects.select_related("source", "superseded_by").order_by("key")
    for row in rows.iterator(chunk_size=500):
        if may_be_passed_on(row.source.licence):
            yield {
                **{name: getattr(row, name) for name in MEASURED},
                "source": row.source.key,
                **{
                    name: getattr(row, name)
                    for name in ("locator", "verification", "disputed", "series", "statement")
                },
                "superseded_by": row.superseded_by.key if row.superseded_by else None,
                "license": row.source.licence or None,
            }


def _sources() -> Iterator[Row]:
    for row in Source.objects.order_by("key").iterator(chunk_size=500):
        if may_be_passed_on(row.licence):
            names = (
                "key",
                "title",
                "authors_short",
                "year",
                "journal",
                "doi",
                "arxiv",
                "bibcode",
                "url",
                "kind",
                "tier",
            )
            yield {
                **{name: getattr(row, name) for name in names},
                "reading": row.reading,
                "license": row.licence or None,
            }


def _source_checks() -> Iterator[Row]:
    names = ("watch", "asked_at", "outcome", "state", "sentence", "synthetic")
    for row in SourceCheck.objects.select_related("source").order_by("pk").iterator(chunk_size=500):
        if may_be_passed_on(row.source.licence):
            yield {
                "id": row.pk,
                "source": row.source.key,
                **{name: getattr(row, name) for name in names},
                "license": LICENCE,
            }


def _campaigns() -> Iterator[Row]:
    names = (
        "key", "facility", "instrument", "archive", "observed_from", "observed_to", "program_id", "access_policy",
        "first_public_date", "first_public_kind", "archive_release_date", "expected_release", "summary",
    )  # fmt: skip
    for row in Campaign.objects.select_related("body").order_by("key"):
        yield {
            **{name: getattr(row, name) for name in names},
            "object": row.body.designation,
            "sources": "; ".join(row.source_keys),
            "url": campaign_url(row.key),
            "license": LICENCE,
        }


def _polls() -> Iterator[Row]:
    names = (
        "archive",
        "asked_at",
        "outcome",
        "row_count",
        "archive_count",
        "query_text",
        "message",
        "synthetic",
    )
    for row in ArchivePoll.objects.select_related("campaign").order_by("pk").iterator(chunk_size=500):
        yield {
            "id": row.pk,
            "campaign": row.campaign.key if row.campaign else None,
            **{name: getattr(row, name) for name in names},
            "products": orjson.dumps(row.counts).decode() if row.counts else None,
            "license": LICENCE,
        }


def _transitions() -> Iterator[Row]:
    for row in ArchiveStatusChange.objects.select_related("campaign").order_by("pk").iterator(chunk_size=500):
        yield {
            "id": row.pk, "campaign": row.campaign.key, "at": row.at, "before": row.before, "after": row.after,
            "cause": row.cause, "poll": row.poll_id, "note": row.note, "license": LICENCE,
        }  # fmt: skip


def left_out() -> dict[str, int]:
    """How many rows of each table are left out because their source allows no commercial use."""
    allowed = _passed_on()
    numbers = sum(
        1
        for _, document in _current()
        for row in document["key_numbers"]
        if row["measured"] and row["measured"]["source"] not in allowed
    )
    return {
        "sources": Source.objects.exclude(key__in=allowed).count(),
        "source_checks": SourceCheck.objects.exclude(source__key__in=allowed).count(),
        "measurements": Measurement.objects.exclude(source__key__in=allowed).count(),
        "key_numbers": numbers,
    }


LICENSE_COLUMN = ("license", "string", "licence of the row; empty where the source states none")
SLUG = ("slug", "string", "name of the claim")


def _columns(text: str) -> tuple[tuple[str, str, str], ...]:
    """Columns written one a line as ``name type meaning``."""
    lines = [line.split(maxsplit=2) for line in text.strip().splitlines()]
    return (*((line[0], line[1], line[2] if len(line) > 2 else "") for line in lines), LICENSE_COLUMN)


TABLES = (
    Table("claims", "Published claims with their current verdict", _columns("""
        slug string name of the claim
        title string
        statement string the claim in one sentence
        truth_condition string what would have to be so for the claim to be true
        kind string
        topic string
        object string short designation of the object
        verdict string slug of the verdict scale
        normalized string TRUE, FALSE, MIXTURE or OTHER
        rating integer 5 supported to 1 contradicted; empty for a verdict outside that scale
        confidence string high, medium or low
        one_line string the verdict's reason in one line
        version integer number of the current version
        evidence_cutoff date
        next_review date
        review_level string catalogue or signed
        first_published_at datetime
        published_at datetime of the current version
        stale boolean whether something it rests on has moved since
        content_sha256 string
        url string permanent address"""), ("slug",), _claims),
    Table("versions", "Every published version of every verdict", _columns("""
        slug string name of the claim
        version integer
        title string
        statement string
        verdict string
        confidence string
        confidence_basis string
        one_line string
        key_points string one a line
        rationale string
        would_change string what would change the verdict
        evidence_cutoff date
        next_review date
        published_at datetime
        reason_code string why this version came
        severity string
        change_note string
        review_level string
        reviewers string
        content_sha256 string
        url string address of the pinned version"""), ("slug", "version"), _all_versions, (("slug", "claims", "slug"),)),
    Table("appearances", "Where claims were made, reported or rejected", _columns("""
        slug string name of the claim
        position integer
        source string key of the source
        stance string asserts, attributes or refutes
        phrase string at most eight words of the source
        locator string
        first_seen date
        url string"""), ("slug", "position"), _appearances, (("slug", "claims", "slug"),)),
    Table("evidence", "What each version rests on", _columns("""
        slug string name of the claim
        version integer
        position integer
        kind string measurement, campaign, source or check_run
        id string key of the fact
        stance string refutes, supports or context
        tier integer 1 archive data to 7 blog or social post
        title string
        note string
        url string"""), ("slug", "version", "position"), _evidence, (("slug", "claims", "slug"),)),
    Table("key_numbers", "What is claimed beside what was measured", _columns("""
        slug string name of the claim
        position integer
        quantity string
        asserted_value number
        asserted_unit string
        asserted_relation string eq, gt, lt or approx
        asserted_time string
        measured_value number
        measured_plus number
        measured_minus number
        measured_limit string value, upper or lower
        measured_unit string
        measurement string key of the measurement
        source string key of the source"""), ("slug", "position"), _key_numbers, (("slug", "claims", "slug"),)),
    Table("measurements", "Measured, computed and reported facts", _columns("""
        key string
        body string object, comet, instrument or group measured
        quantity string
        unit string
        subject string
        value number
        plus number
        minus number
        limit string value, upper or lower; a limit is never an absence
        error_kind string
        as_printed string
        value_time string
        time_scale string
        presence string
        observed_from datetime
        observed_to datetime
        r_h_au number distance from the Sun in au
        instrument string
        observatory string
        source string key of the source
        locator string
        verification string
        disputed boolean
        series string
        statement string
        superseded_by string key of the measurement that replaced this one"""), ("key",), _measurements,
        (("source", "sources", "key"),)),
    Table("sources", "Papers, pages, data services and posts", _columns("""
        key string
        title string
        authors_short string
        year integer
        journal string
        doi string
        arxiv string
        bibcode string
        url string
        kind string
        tier integer 1 archive data to 7 blog or social post
        reading string how far it was read"""), ("key",), _sources),
    Table("source_checks", "Looks at what became of sources; no look tells more than what it saw", _columns("""
        id integer
        source string key of the source
        watch string the page itself, or a service that knows of it
        asked_at datetime
        outcome string looked, could_not_look or unexpected_reply
        state string what was found; empty where nothing was seen
        sentence string the same in words
        synthetic boolean true in a demonstration, where a fake server answered"""), ("id",), _source_checks,
        (("source", "sources", "key"),)),
    Table("campaigns", "Observing campaigns and when their data became public", _columns("""
        key string
        facility string
        instrument string
        archive string
        observed_from date
        observed_to date
        program_id string
        access_policy string
        first_public_date date
        first_public_kind string
        archive_release_date date
        expected_release string
        summary string
        object string
        sources string
        url string"""), ("key",), _campaigns),
    Table("polls", "Questions put to archives and what came back", _columns("""
        id integer
        campaign string
        archive string
        asked_at datetime
        outcome string
        row_count integer
        archive_count integer
        query_text string
        message string
        synthetic boolean true in a demonstration, where a fake archive answered
        products string JSON: rows by level and access"""), ("id",), _polls, (("campaign", "campaigns", "key"),)),
    Table("transitions", "Changes of campaigns' archive states", _columns("""
        id integer
        campaign string
        at datetime
        before string
        after string
        cause string archive, clock or editor
        poll integer
        note string"""), ("id",), _transitions, (("campaign", "campaigns", "key"),)),
)  # fmt: skip
