"""A claim's page, its pinned versions, its history, and the stone that stands for a withdrawn one."""

from __future__ import annotations

import json
from datetime import datetime
from itertools import groupby, pairwise
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from charts.numbers import format_value
from claims.addresses import absolute
from claims.check_answers import input_entry
from claims.citations import pinned_citation, plain_citation
from claims.delivery import keep
from claims.differences import fact_differences, field_differences
from claims.document import conflicts_of_interest
from claims.drawings import chart_of
from claims.exports.chart_parts import of_version as of_version_chart
from claims.exports.signposts import signposted
from claims.gone import gone_page
from claims.kept_parts import Part, made_of
from claims.live import latest_check_runs, run_key, stale_reasons
from claims.models import CheckRun, Claim, VerdictVersion
from claims.queries import (
    published_claim,
    published_versions,
    related_claims,
    relations_of,
    withdrawn_claims,
)
from claims.refusals import BadParameter, refusing
from claims.scales import EVIDENCE_STANCES
from claims.structured import claim_review
from claims.watching.standing import Sign, Standing, standings
from ephemeris.board import brief_standings
from science.checks.comparing import in_words
from science.checks.contract import OUTCOMES, Amount
from science.checks.registry import checks

SHOWN_VERSIONS = 20
LONGEST_NUMBER = 10


def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """The current version of a claim, with what moved since it was signed."""
    row = published_claim(slug)
    if row is None:
        return _withdrawn_or_unknown(request, slug)
    version = _current(row)
    document = version.document or {}
    runs = latest_check_runs([row.pk]).get(row.pk, {})
    known = standings(_source_keys(document))
    versions = list(published_versions(row).defer("document", "chart_subject", "search_text"))
    related = related_claims(row)
    live = {
        "stale": stale_reasons([version.pk]).get(version.pk, []),
        # an interest is printed from the day on which it is declared, not from the next version on
        "conflicts": conflicts_of_interest(row),
        "versions": versions,
        "related": related,
        "campaigns": brief_standings(keys) if (keys := _campaigns(document)) else [],
    }
    article = Part(
        made_of(
            row.slug,
            version.pk,
            version.content_sha256,
            runs,
            known,
            live,
            [other.current_version for _, other in related],
        ),
        lambda: of_version(version, runs, known) | live,
    )
    context = {
        "claim": row,
        "version": version,
        "document": document,
        "review": claim_review(document, versions),
        "article": article,
    }
    return keep(signposted(render(request, "claims/claim.html", context), document))


def pinned(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One published version as it was signed; it never changes."""
    row = published_claim(slug)
    if row is None:
        return _withdrawn_or_unknown(request, slug)
    version = published_versions(row).filter(number=number).first()
    if version is None:
        raise Http404(f"Version {number} of “{_current(row).title}” was never published.")
    context = of_version(version, {}) | {"claim": row, "pinned": True, "current": row.current_version}
    return keep(
        signposted(render(request, "claims/claim.html", context), version.document or {}, pinned=True)
    )


@refusing
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Every published version of a claim with what changed and why, word by word; newest first."""
    row = published_claim(slug)
    if row is None:
        return _withdrawn_or_unknown(request, slug)
    before = request.GET.get("before", "")
    if before and not (before.isascii() and before.isdigit() and len(before) < LONGEST_NUMBER):
        raise BadParameter("before", before, ["the number of a version"])
    versions = published_versions(row).defer("chart_subject", "search_text")
    if before:
        versions = versions.filter(number__lt=int(before))
    found = list(versions[: SHOWN_VERSIONS + 1])
    carried = relations_of(found)
    entries = [
        {
            "version": new,
            **_changes(old.document or {}, new.document or {}),
            "relations": _changed_relations(carried[old.pk], carried[new.pk]),
        }
        for new, old in pairwise(found)
    ]
    more = len(found) > SHOWN_VERSIONS
    if found and not more:  # the first version ever: nothing stands before it
        entries.append({"version": found[-1]})
    context = {
        "claim": row,
        "entries": entries,
        "number": published_versions(row).count(),
        "first": "?" if before else "",
        "next": f"?before={found[-2].number}" if more else "",
    }
    return keep(render(request, "claims/history.html", context))


def _campaigns(document: dict[str, Any]) -> set[str]:
    """The campaigns that a version rests on, by its evidence or by a check that names them."""
    cited = {row["id"] for row in document["evidence"] if row["kind"] == "campaign"}
    return cited.union(*(check["params"].get("campaigns") or () for check in document["checks"]))


def _changed_relations(
    before: list[tuple[str, Claim]], after: list[tuple[str, Claim]]
) -> list[dict[str, Any]]:
    """Relations to other claims that came, then those that went."""
    came = [("added", *row) for row in after if row not in before]
    went = [("removed", *row) for row in before if row not in after]
    return [
        {"change": change, "relation": relation, "other": other} for change, relation, other in came + went
    ]


def _changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """What a version changed of the one before it."""
    return {
        "fields": [field for field in field_differences(before, after) if field.changed],
        "facts": [fact for fact in fact_differences(before, after) if fact.change != "same"],
        "compared": True,
    }


def _current(row: Claim) -> VerdictVersion:
    version = row.current_version
    assert version is not None
    return version


def _withdrawn_or_unknown(request: HttpRequest, slug: str) -> HttpResponse:
    stone = withdrawn_claims().filter(slug=slug).first()
    if stone is None:
        raise Http404(f"There is no published claim “{slug}”.")
    return gone_page(request, stone, follow=request.path == stone.get_absolute_url())


def of_version(
    version: VerdictVersion, runs: dict[str, CheckRun], known: dict[str, Standing] | None = None
) -> dict[str, Any]:
    """What a template needs of a version: its frozen document, arranged in the order of the page.

    ``known`` is what became of its sources, looked up where it is not given.
    """
    document: dict[str, Any] = version.document or {}
    known = standings(_source_keys(document)) if known is None else known
    # the first known on top; ISO dates sort as text, what has none comes last
    told = sorted(document["appearances"], key=lambda row: row["first_seen"] or "9999")
    return {
        "version": version,
        "document": document,
        "conflicts": document.get("conflicts_of_interest", []),
        "published": datetime.fromisoformat(document["published_at"]),
        "numbers": _key_number_groups(document["key_numbers"]),
        "paragraphs": [part for part in document["rationale"].strip().split("\n\n") if part],
        "stances": _by_stance([row | {"signs": _grave(row, known)} for row in document["evidence"]]),
        "appearances": [
            row
            | {
                "link": _text_link(row),
                "seen": (seen := known.get(row["source"]["key"])),
                "words": seen.phrase(row["phrase"]) if seen else "",
            }
            for row in told
        ],
        "first_known": told[0]["first_seen"] if told else None,
        "checks": [
            {
                "name": check["name"],
                "question": _question(check["name"]),
                "params": _parameters(check["params"]),
                "run": (run := runs.get(run_key(check["name"], check["params"]))),
                "meaning": OUTCOMES.get(run.outcome, "") if run else "",
                "computed": _number(run, "computed"),
                "asserted": _number(run, "asserted"),
                "inputs": [input_entry(item["kind"], item["id"]) for item in run.inputs] if run else [],
                "body": json.dumps({key: value for key, value in check["params"].items() if key != "note"}),
                "address": absolute(f"/api/v1/checks/{check['name']}"),
            }
            for check in document["checks"]
        ],
        "chart": chart_of(version),
        "plain_citation": plain_citation(document),
        "pinned_citation": pinned_citation(document, version.content_sha256),
        # what a version that is not published has no address for
        "chart_parts": of_version_chart(version) if version.published_at else None,
    }


def _source_keys(document: dict[str, Any]) -> set[str]:
    """The sources that a document names."""
    rows = [*document["evidence"], *document["appearances"]]
    return {row["source"]["key"] for row in rows if row.get("source")}


def _grave(row: dict[str, Any], known: dict[str, Standing]) -> list[Sign]:
    """What was seen of the source of a fact since, and must stand beside it."""
    standing = known.get(row["source"]["key"]) if row.get("source") else None
    return standing.grave if standing else []


def _number(run: CheckRun | None, which: str) -> str:
    """The computed or asserted number of a run in words; empty without one."""
    found = run.result.get(which) if run else None
    return in_words(Amount(**({"value": None} | found))) if found else ""


def _key_number_groups(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Key numbers with one asserted number and all that was measured beside it."""
    groups = []
    for (quantity, _), members in groupby(rows, key=lambda row: (row["quantity"], repr(row["asserted"]))):
        found = list(members)
        groups.append(
            {
                "quantity": quantity,
                "asserted": found[0]["asserted"],
                "measured": [row["measured"] for row in found],
            }
        )
    return groups


def _by_stance(evidence: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"stance": stance, "label": label, "rows": rows}
        for stance, label in EVIDENCE_STANCES.items()
        if (rows := [row for row in evidence if row["stance"] == stance])
    ]


def _question(name: str) -> str:
    """What a check asks; empty for one that no file of science/checks/ exports any more."""
    check = checks().get(name)
    return check.question if check else ""


def _parameters(params: dict[str, Any]) -> list[tuple[str, str]]:
    """A check's parameters as texts: a list is joined, a number printed as everywhere."""

    def text(value: Any) -> str:
        return format_value(value) if isinstance(value, float) else str(value)

    return [
        (name, ", ".join(map(text, value)) if isinstance(value, list) else text(value))
        for name, value in params.items()
    ]


def _text_link(row: dict[str, Any]) -> str:
    """The appearance's address, opened at the phrase where the browser can."""
    url = row["source"].get("url") or ""
    if not url or not row["phrase"] or "#" in url:
        return url
    return f"{url}#:~:text={quote(row['phrase'], safe='')}"
