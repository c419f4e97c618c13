"""What the review of a claim must be: the verdict, its texts, its dates and the facts it rests on."""

from __future__ import annotations

from claims.catalogue.fields import checked, day, one_of, tables, text, texts
from claims.catalogue.problems import Problem, Row
from claims.catalogue.references import References
from claims.scales import CONFIDENCES, EVIDENCE_STANCES, VERDICTS

STATUSES = ("proposed", "second_read", "needs_work")
REVIEW_DAYS = {90: "live claims", 365: "settled ones"}
RATIONALE_WORDS = (80, 220)
FACTS = {"measurement": "measurements", "campaign": "campaigns", "source": "sources"}

REVIEW = {
    "verdict": one_of(VERDICTS, required=True),
    "confidence": one_of(CONFIDENCES, required=True),
    "confidence_basis": text(required=True),
    "one_line": text(required=True, least=20, most=160),
    "key_points": texts(2, 4, longest=140, required=True),
    "rationale": text(required=True),
    "would_change": text(required=True),
    "evidence_cutoff": day(required=True),
    "next_review": day(required=True),
    "proposed_by": text(required=True),
    "reviewed_by": text(least=0),
    "reviewed_on": day(),
    "review_note": text(),
    "status": one_of(STATUSES, required=True),
    "evidence": tables(required=True),
}
EVIDENCE = {
    "measurement": text(),
    "campaign": text(),
    "source": text(),
    "stance": one_of(EVIDENCE_STANCES, required=True),
    "note": text(),
}


def check_review(claim: Row, known: References, problems: list[Problem]) -> None:
    row = claim.table("review")
    if not row.values:
        return  # a missing review is a problem of the claim already
    good = checked(row, REVIEW, problems)
    rationale = good.get("rationale", "")
    count = len(rationale.split())
    if rationale and not RATIONALE_WORDS[0] <= count <= RATIONALE_WORDS[1]:
        problems.append(row.problem(f"rationale has {count} words, allowed 80 to 220", "rationale"))
    if (
        good.get("verdict") == "unsupported"
        and "ruled out" in rationale
        and "not be ruled out" not in rationale
    ):
        problems.append(row.problem("an unsupported claim must not be called ruled out", "rationale"))
    if "evidence_cutoff" in good and "next_review" in good:
        days = (good["next_review"] - good["evidence_cutoff"]).days
        if days not in REVIEW_DAYS:
            problems.append(
                row.problem(
                    f"next_review is {days} days after the cut-off, expected 90 (live claims) or 365 (settled ones)",
                    "next_review",
                )
            )
    _check_readers(row, problems)
    _check_evidence(row, known, problems)


def _check_readers(row: Row, problems: list[Problem]) -> None:
    reader = row.values.get("reviewed_by")
    if reader is None:
        problems.append(row.problem("reviewed_by is missing (empty until somebody has)"))
    elif reader and reader == row.values.get("proposed_by"):
        problems.append(
            row.problem(
                f"reviewed_by {reader!r} proposed it: a second reader is somebody else", "reviewed_by"
            )
        )
    if row.values.get("status") == "second_read":
        problems += [
            row.problem(f"{name} is missing, and the status is second_read", "status")
            for name in ("reviewed_by", "reviewed_on", "review_note")
            if not row.values.get(name)
        ]


def _check_evidence(row: Row, known: References, problems: list[Problem]) -> None:
    pieces = row.inner("evidence")
    if "evidence" in row.values and not pieces:
        problems.append(row.problem("at least one piece of evidence is required", "evidence"))
    seen: set[tuple[str, str]] = set()
    for piece in pieces:
        good = checked(piece, EVIDENCE, problems)
        given = [kind for kind in FACTS if kind in good]
        if len(given) != 1:
            problems.append(piece.problem("evidence names exactly one measurement, campaign or source"))
            continue
        kind, key = given[0], good[given[0]]
        fact = getattr(known, FACTS[kind]).get(key)
        if fact is None:
            problems.append(piece.problem(f"evidence {kind} {key!r} does not exist", kind))
        elif kind == "measurement" and "superseded_by" in fact.values and "note" not in good:
            problems.append(
                piece.problem(f"evidence {key!r} is superseded and no note says why it stays", kind)
            )
        elif kind == "source" and fact.values.get("kind") == "seed_article":
            problems.append(
                piece.problem(f"evidence {key!r} is an article under review, which is never evidence", kind)
            )
        if (kind, key) in seen:
            problems.append(piece.problem(f"evidence {key!r} is listed twice", kind))
        seen.add((kind, key))
