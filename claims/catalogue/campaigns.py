"""What an observing campaign of the catalogue must be."""

from __future__ import annotations

from typing import Any

from claims.catalogue.fields import POLICY, checked, day, flag, key, one_of, release_span, text, texts
from claims.catalogue.measurements import check_interval
from claims.catalogue.problems import Problem, Row
from claims.catalogue.references import References
from claims.scales import VERIFICATIONS

ARCHIVES = frozenset(
    (
        "mast",
        "psa",
        "pds",
        "eso",
        "alma",
        "irsa",
        "heasarc",
        "xsa",
        "mpc",
        "gemini",
        "koa",
        "mission",
        "manual",
    )
)

CAMPAIGN = {
    "id": key(),
    "object": text(required=True),
    "facility": text(required=True, most=128),
    "instrument": text(required=True, most=160),
    "observed_from": day(),
    "observed_to": day(),
    "time_note": text(),
    "archive": one_of(ARCHIVES, required=True),
    "next_review": day(),
    "program_id": text(most=64),
    "program_id_confirmed": flag(),
    "program_note": text(),
    "access_policy": text(required=True, form=POLICY, called="none, unknown or months:N"),
    "access_note": text(),
    "first_public_date": day(),
    "first_public_source": text(),
    "first_public_kind": one_of(("image", "data", "statement")),
    "first_public_note": text(),
    "expected_release": release_span(),
    "expected_release_basis": text(),
    "archive_release_date": day(),
    "archive_release_note": text(),
    "summary": text(required=True),
    "sources": texts(required=True),
    "verification": one_of(VERIFICATIONS, required=True),
}
# no machine answers for these: a person looks, on a day that the row names
LOOKED_AT_BY_PEOPLE = ("manual", "mission")
# (a field, what must stand beside it, why)
_TOGETHER = (
    ("program_id", "program_id_confirmed", "a program id says whether it is confirmed"),
    ("program_id_confirmed", "program_id", "it speaks of a program id"),
    ("first_public_date", "first_public_source", "a date needs a source"),
    ("first_public_date", "first_public_kind", "a date is of an image, of data or of a statement"),
    ("expected_release", "expected_release_basis", "an expected date says what rule it follows"),
)


def check_campaign(row: Row, known: References, problems: list[Problem]) -> dict[str, Any]:
    good = checked(row, CAMPAIGN, problems)
    if "object" in good:
        problems.extend(known.missing(row, "object", "objects", good["object"]))
    for name, other, why in _TOGETHER:
        if name in row.values and other not in row.values:
            problems.append(row.problem(f"{other} is missing beside {name}: {why}", name))
    if good.get("program_id_confirmed") is False and "program_note" not in good:
        problems.append(row.problem("program_note is missing: the program id is not confirmed", "program_id"))
    if good.get("archive") in LOOKED_AT_BY_PEOPLE and "next_review" not in row.values:
        problems.append(
            row.problem("next_review is missing: no archive answers, so a person looks again", "archive")
        )
    if "observed_from" not in row.values and "time_note" not in row.values:
        problems.append(row.problem("has neither observing dates nor a time_note"))
    check_interval(row, good, problems)
    public, start = good.get("first_public_date"), good.get("observed_from")
    # a plan may be announced before it starts
    if public and start and public < start and good.get("first_public_kind") != "statement":
        problems.append(
            row.problem(f"was public on {public}, before it was observed on {start}", "first_public_date")
        )
    for name in ("sources", "first_public_source"):
        problems.extend(known.missing(row, name, "sources", good.get(name, [])))
    return good
