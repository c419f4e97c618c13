"""What a claim of the catalogue must be: wording, asserted numbers, appearances, relations, checks."""

from __future__ import annotations

from typing import Any

from claims.catalogue.campaigns import ARCHIVES
from claims.catalogue.chart_names import chart
from claims.catalogue.fields import (
    Field,
    Shape,
    checked,
    day,
    is_number,
    is_partial_date,
    key,
    one_of,
    table,
    tables,
    text,
    texts,
    words,
)
from claims.catalogue.problems import Problem, Row
from claims.catalogue.references import References
from claims.scales import ASSERTED_RELATIONS, CLAIM_KINDS, CLAIM_STANCES, RELATIONS, TOPICS
from science.checks.contract import Check, ParameterRefused
from science.checks.registry import checks
from science.checks.running import validated
from science.vocabulary import QUANTITIES

MOST_WORDS_QUOTED = 8
ALIAS_WORDS = (3, 20)

ASSERTED = {
    "quantity": one_of(QUANTITIES, required=True),
    "value": Field(lambda value: None),  # a number or a date, as the quantity asks
    "unit": text(least=0),
    "relation": one_of(ASSERTED_RELATIONS, required=True),
    "note": text(most=255),
}
APPEARANCE = {
    "source": text(required=True),
    "locator": text(most=255),
    "phrase": text(most=160),
    "stance": one_of(CLAIM_STANCES, required=True),
    "first_seen": day(),
}
RELATED = {"slug": text(required=True), "relation": one_of(RELATIONS, required=True)}
CHECK = {"name": text(required=True), "params": table()}
CLAIM = {
    "slug": key(),
    "object": text(required=True),
    "title": text(required=True, least=10, most=60),
    "statement": text(required=True, least=20, most=260, sentence=True),
    "truth_condition": text(required=True, least=20, most=260),
    "kind": one_of(CLAIM_KINDS, required=True),
    "topic": one_of(TOPICS, required=True),
    "aliases": texts(3, 9, required=True),
    "chart": chart(),
    "asserted": tables(),
    "appearances": tables(),
    "related": tables(),
    "checks": tables(),
    "review": table(required=True),
}


def check_claim(row: Row, known: References, problems: list[Problem]) -> dict[str, Any]:
    good = checked(row, CLAIM, problems)
    if row.values.get("slug") != row.key:
        problems.append(row.problem(f"slug {row.values.get('slug')!r} differs from the file name", "slug"))
    if "object" in good:
        problems.extend(known.missing(row, "object", "objects", good["object"]))
    aliases = good.get("aliases", [])
    if len({alias.lower() for alias in aliases}) != len(aliases):
        problems.append(row.problem("aliases repeat one another", "aliases"))
    problems += [
        row.problem(f"alias has {len(words(alias))} words, allowed 3 to 20: {alias!r}", "aliases")
        for alias in aliases
        if not ALIAS_WORDS[0] <= len(words(alias)) <= ALIAS_WORDS[1]
    ]
    for asserted in row.inner("asserted"):
        _check_asserted(asserted, problems)
    for appearance in row.inner("appearances"):
        check_appearance(appearance, known, problems)
    for related in row.inner("related"):
        fine = checked(related, RELATED, problems)
        if fine.get("slug") == row.key:
            problems.append(related.problem("is related to itself", "slug"))
        elif "slug" in fine:
            problems.extend(known.missing(related, "slug", "claims", fine["slug"]))
    for named in row.inner("checks"):
        _check_check(named, known, problems)
    return good


def _check_asserted(row: Row, problems: list[Problem]) -> None:
    good = checked(row, ASSERTED, problems)
    if "quantity" not in good:
        return
    quantity, value = QUANTITIES[good["quantity"]], row.values.get("value")
    if row.values.get("unit") != quantity.unit:
        problems.append(
            row.problem(
                f"asserted unit {row.values.get('unit')!r}, the vocabulary has {quantity.unit!r}", "unit"
            )
        )
    if quantity.kind == "time":
        if not is_partial_date(value):
            problems.append(row.problem(f"asserted value {value!r} is not a date", "value"))
    elif quantity.kind != "number":
        problems.append(
            row.problem(f"{quantity.key} is a {quantity.kind} and cannot be asserted as a number", "quantity")
        )
    elif not is_number(value):
        problems.append(row.problem(f"asserted value {value!r} is not a number", "value"))


def check_appearance(row: Row, known: References, problems: list[Problem], shape: Shape = APPEARANCE) -> None:
    good = checked(row, shape, problems)
    if "source" in good:
        problems.extend(known.missing(row, "source", "sources", good["source"]))
    if "phrase" in good and not 1 <= len(words(good["phrase"])) <= MOST_WORDS_QUOTED:
        problems.append(
            row.problem(f"quoted phrase has {len(words(good['phrase']))} words, allowed 1 to 8", "phrase")
        )
    source = known.sources.get(good.get("source", ""))
    if source and source.values.get("kind") == "seed_article" and "locator" not in good:
        problems.append(row.problem("locator is missing: where in the article?"))


# kinds of parameters that name rows of the catalogue
_ROWS = {"measurement": "measurements", "measurements": "measurements", "campaigns": "campaigns"}


def _check_check(row: Row, known: References, problems: list[Problem]) -> None:
    """A check is there, takes these parameters, and what they name exists."""
    good, params = checked(row, CHECK, problems), row.table("params")
    if "name" not in good:
        return
    if fault := one_of(checks()).fault(good["name"]):
        problems.append(row.problem(f"check {fault}", "name"))
        return
    check = checks()[good["name"]]
    problems += [
        row.problem(f"check {check.name}: {refusal}", "params") for refusal in _refusals(check, params)
    ]
    for parameter in check.parameters:
        value = params.values.get(parameter.name)
        if value is None:
            continue
        if parameter.kind in _ROWS:
            problems.extend(known.missing(params, parameter.name, _ROWS[parameter.kind], value))
        elif parameter.name == "object":
            problems.extend(known.missing(params, parameter.name, "objects", value))
        elif parameter.name == "archive" and value not in ARCHIVES:
            problems.append(params.problem(f"archive {value!r} is unknown", parameter.name))
    for start, end in (("window_from", "window_to"), ("control_from", "control_to")):
        if str(params.values.get(start, "")) > str(params.values.get(end, "9999")):
            problems.append(params.problem(f"{start} lies after {end}", start))


def _refusals(check: Check, params: Row) -> list[str]:
    """Everything that the check itself refuses in its parameters, not only the first."""
    refusals, left = [], dict(params.values)
    while True:
        try:
            validated(check, left)
        except ParameterRefused as refused:
            if refused.name not in params.values or refused.name in left:
                refusals.append(str(refused))
            if refused.name not in left:
                return refusals
            del left[refused.name]
        else:
            return refusals


def check_wordings(claims: dict[str, Row], problems: list[Problem]) -> None:
    """Two claims must not share a wording: a text could not be told to belong to one of them."""
    owners: dict[str, str] = {}
    for slug, row in claims.items():
        aliases = row.values.get("aliases")
        for name, wording in [("statement", row.values.get("statement"))] + [
            ("aliases", alias) for alias in (aliases if isinstance(aliases, list) else [])
        ]:
            if not isinstance(wording, str):
                continue
            owner = owners.setdefault(" ".join(words(wording)), slug)
            if owner != slug:
                problems.append(row.problem(f"shares a wording with {owner}: {wording!r}", name))
