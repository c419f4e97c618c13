"""What a guided reading of the catalogue must be: complete, in order, and only of what the article says."""

from __future__ import annotations

from typing import Any

from claims.catalogue.columns import Columns, Kind
from claims.catalogue.fields import checked, key, tables, text, texts
from claims.catalogue.problems import Problem, Row
from claims.catalogue.references import References
from claims.models import GuidedReading

READING = {
    "source": text(required=True),
    "title": text(required=True, least=10, most=120),
    "lead": text(required=True, sentence=True, most=600),
    "closing": text(required=True, sentence=True, most=800),
    "step": tables(required=True),
}
STEP = {
    "id": key(),
    "heading": text(required=True, most=80),
    "locators": texts(required=True),
    "rests_on": texts(),
    "move": text(required=True, sentence=True, most=500),
    "gap": text(required=True, sentence=True, most=500),
    "claims": texts(required=True),
}


def check_guided_reading(row: Row, known: References, problems: list[Problem]) -> dict[str, Any]:
    """The source is an article under review, and every claim that appears in it stands where it appears."""
    good = checked(row, READING, problems)
    source = good.get("source")
    if source is None:
        return good
    problems += known.missing(row, "source", "sources", source)
    if source != row.key:
        problems.append(row.problem(f"source {source!r} differs from the file name {row.key}.toml", "source"))
    if source in known.sources and known.sources[source].values.get("kind") != "seed_article":
        problems.append(row.problem(f"source {source!r} is not an article under review", "source"))
    said = _said(source, known)
    placed: set[tuple[str, str]] = set()
    seen: list[str] = []
    for step in row.inner("step"):
        values = checked(step, STEP, problems)
        if values.get("id") in seen:
            problems.append(step.problem(f"step {values['id']!r} is there twice", "id"))
        problems += [
            step.problem(f"rests_on {other!r} is no earlier step", "rests_on")
            for other in values.get("rests_on", [])
            if other not in seen
        ]
        seen.append(str(values.get("id")))
        for slug in values.get("claims", []):
            here = {(slug, place) for place in values.get("locators", [])} & said
            if not here:
                problems.append(
                    step.problem(f"claim {slug!r} has no appearance in this passage of {source}", "claims")
                )
            placed |= here
    problems += [
        row.problem(f"claim {slug} appears at {place!r} and in no step", "step")
        for slug, place in sorted(said - placed)
    ]
    return good


def _said(source: str, known: References) -> set[tuple[str, str]]:
    """Which claim the catalogue finds in which passage of the article."""
    return {
        (slug, str(seen.values.get("locator", "")))
        for slug, claim in known.claims.items()
        for seen in claim.inner("appearances")
        if seen.values.get("source") == source
    }


def reading_columns(row: Row) -> Columns:
    return {
        "key": row.key,
        "source": row.values["source"],
        **{name: row.values[name] for name in ("title", "lead", "closing")},
        "steps": [{"rests_on": [], **step} for step in row.values["step"]],
    }


GUIDED_READINGS = Kind("guided reading", GuidedReading, "key", reading_columns, {"source": "source__key"})
