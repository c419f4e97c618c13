"""What an import would do, decided before anything is written, and every reason why it must not."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from claims.catalogue.claims import APPEARANCE, check_appearance, check_claim, check_wordings
from claims.catalogue.fields import checked, one_of, text
from claims.catalogue.problems import Problem, Row
from claims.catalogue.references import References
from claims.catalogue.reviews import check_review
from claims.exchange.record import appearance_values, claim_rows
from claims.exchange.shapes import CLAIMS, Shape, Values
from claims.models import Appearance, Claim, Measurement, Source
from claims.scales import REASON_CODES, SEVERITIES
from ephemeris.models import Campaign, SmallBody

MOST_AT_ONCE = 100  # drafts, or claims that get appearances: what a request writes in about a second
RECORD = "the record"  # stands for the file of a row that came from the database
CHANGE = {
    "reason_code": one_of(set(REASON_CODES) - {"first_publication", "signed"}, required=True),
    "severity": one_of(SEVERITIES, required=True),
    "change_note": text(required=True, least=10),
}


@dataclass(slots=True)
class Plan:
    """New claims, next versions and new appearances, all as drafts; what stands already; what is wrong."""

    claims: list[Row] = field(default_factory=list)
    versions: list[tuple[Row, Values]] = field(default_factory=list)
    appearances: list[Row] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def written(self) -> int:
        """How many claims would be written to."""
        return (
            len(self.claims) + len(self.versions) + len({row.values.get("claim") for row in self.appearances})
        )

    @property
    def counts(self) -> dict[str, int]:
        return {
            "new claims": len(self.claims),
            "next versions": len(self.versions),
            "appearances": len(self.appearances),
            "unchanged": len(self.unchanged),
            "faults": len(self.problems),
        }


def plan(rows: list[Row], shape: Shape, problems: list[Problem]) -> Plan:
    """Look at every row; ``problems`` are those of the file's form."""
    made = Plan(problems=list(problems))
    if shape is CLAIMS:
        _plan_claims(rows, made)
    else:
        _plan_appearances(rows, made)
    number = made.written
    if number > MOST_AT_ONCE:
        what = "drafts" if shape is CLAIMS else "claims with their appearances"
        made.problems.append(
            Problem(rows[0].file, 1, f"would write {number} {what}, at once at most {MOST_AT_ONCE}: split it")
        )
    made.problems = sorted(set(made.problems))
    return made


def _references(claims: dict[str, Row]) -> References:
    """What a claim may refer to: the rows of the database, and the claims of the file."""

    def known(kind: str, rows: Any) -> dict[str, Row]:
        return {key: Row(kind, key, values, "") for key, values in rows}

    superseded = Measurement.objects.values_list("key", "superseded_by__key")
    return References(
        objects=known(
            "object", ((key, {}) for key in SmallBody.objects.values_list("designation", flat=True))
        ),
        sources=known(
            "source", ((key, {"kind": kind}) for key, kind in Source.objects.values_list("key", "kind"))
        ),
        measurements=known(
            "measurement", ((key, {"superseded_by": better} if better else {}) for key, better in superseded)
        ),
        campaigns=known("campaign", ((key, {}) for key in Campaign.objects.values_list("key", flat=True))),
        claims=claims,
    )


def _standing_claims() -> dict[str, Row]:
    rows = Claim.objects.values_list("slug", "statement", "aliases")
    return {
        slug: Row("claim", slug, {"statement": statement, "aliases": aliases}, RECORD)
        for slug, statement, aliases in rows
    }


def _plan_claims(rows: list[Row], made: Plan) -> None:
    standing = _standing_claims()
    named = [row.key for row in rows]
    held = {values["slug"]: values for values in claim_rows(Claim.objects.filter(slug__in=named))}
    new = {row.key: row for row in rows if row.key not in standing}
    known = _references({**new, **standing})
    seen: set[str] = set()
    for row in rows:
        if row.key in seen:
            made.problems.append(row.problem("is in the file twice"))
            continue
        seen.add(row.key)
        change = row.values.pop("change", None)
        if _plain(row.values) == _plain(held.get(row.key)):
            made.unchanged.append(row.key)
            continue
        _with_dates(row)
        check_claim(row, known, made.problems)
        check_review(row, known, made.problems)
        if row.key not in standing:
            if change:
                made.problems.append(
                    row.problem("a new claim has no earlier version that could have changed")
                )
            made.claims.append(row)
            continue
        _check_next_version(row, held[row.key], change or {}, made)
    shared: list[Problem] = []
    check_wordings({**standing, **new}, shared)
    made.problems += [problem for problem in shared if problem.file != RECORD]


def _check_next_version(row: Row, held: Values, change: Values, made: Plan) -> None:
    """A claim of the record gets a next version: its verdict may differ, its wording is changed at the desk."""
    ours, theirs = _plain(held), _plain(row.values)
    differs = sorted(name for name in {*ours, *theirs} - {"review"} if ours.get(name) != theirs.get(name))
    if differs:
        made.problems.append(
            row.problem(
                f"is in the record already and differs in {', '.join(differs)}: change that at the desk"
            )
        )
    open_version = Claim.objects.get(slug=row.key).versions.exclude(state="published").first()
    if open_version:
        made.problems.append(
            row.problem(f"version {open_version.number} is still {open_version.get_state_display()}")
        )
    checked(Row(row.kind, row.key, change, row.file, (), row.lines), CHANGE, made.problems)
    made.versions.append((row, change))


def _with_dates(row: Row) -> None:
    """Dates are texts in these files; the reviewers of a new row are still to come."""
    for seen in row.inner("appearances"):
        if "first_seen" in seen.values:
            seen.values["first_seen"] = _day(seen.values["first_seen"])
    review = row.values.get("review")
    if not isinstance(review, dict):
        return
    for name in ("evidence_cutoff", "next_review"):
        review[name] = _day(review.get(name))
    row.values["review"] = {k: v for k, v in review.items() if v is not None} | {
        "proposed_by": "import", "reviewed_by": "", "status": "proposed",
    }  # fmt: skip


def _day(value: Any) -> Any:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value


def _plain(value: Any) -> Any:
    """A row without what is empty, with its days as texts: two rows are the same when these are."""
    if isinstance(value, dict):
        ours = {"proposed_by", "reviewed_by", "status"}
        return {k: _plain(v) for k, v in value.items() if v not in (None, "", [], {}) and k not in ours}
    if isinstance(value, list):
        return [_plain(entry) for entry in value]
    if isinstance(value, date):
        return value.isoformat()
    return value.strip() if isinstance(value, str) else value


def _plan_appearances(rows: list[Row], made: Plan) -> None:
    known = _references(_standing_claims())
    shape = {**APPEARANCE, "claim": text(required=True)}
    held = {
        (row.claim.slug, row.source.key, row.locator, row.phrase): row
        for row in Appearance.objects.filter(claim__slug__in={row.key for row in rows}).select_related("claim", "source")
    }  # fmt: skip
    seen: set[tuple[Any, ...]] = set()
    for row in rows:
        values = row.values
        values["first_seen"] = _day(values.get("first_seen"))
        if values["first_seen"] is None:
            del values["first_seen"]
        check_appearance(row, known, made.problems, shape)
        made.problems.extend(known.missing(row, "claim", "claims", values.get("claim")))
        mark = tuple(values.get(name, "") for name in ("claim", "source", "locator", "phrase"))
        if not all(isinstance(part, str) for part in mark):
            continue
        if mark in seen:
            made.problems.append(row.problem("the same appearance is in the file twice"))
        seen.add(mark)
        standing = held.get(mark)
        if standing is None:
            made.appearances.append(row)
        elif _plain(appearance_values(standing)) == _plain({k: v for k, v in values.items() if k != "claim"}):
            made.unchanged.append(row.key)
        else:
            made.problems.append(
                row.problem(
                    "this appearance is on record with another stance, day or state: change it at the desk"
                )
            )
