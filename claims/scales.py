"""The scales that verdicts, stances and tiers are given on: slug, label and meaning, in one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """One step of the verdict scale.  ``rating`` is None where a number would mislead.

    ``icon`` names the shape that stands beside the word, so that colour is never the only sign.
    """

    slug: str
    label: str
    rating: int | None
    normalized: str
    icon: str
    meaning: str


_VERDICTS = (
    Verdict("supported", "Supported by the data", 5, "TRUE", "check", "The data agree with the claim."),
    Verdict("mostly_supported", "Mostly supported", 4, "TRUE", "check-minus", "Right in substance, with a reservation."),
    Verdict("mixed", "Part right, part wrong", 3, "MIXTURE", "half", "One part holds and another part does not."),
    Verdict("misleading", "Real facts, wrong conclusion", 2, "MIXTURE", "bend", "The facts are right, what is concluded from them is not."),
    Verdict("contradicted", "Contradicted by the data", 1, "FALSE", "cross", "A datum or a document says otherwise."),
    Verdict("unsupported", "No evidence offered or found", None, "OTHER", "empty", "Nothing was offered or found, and no data decide it."),
    Verdict("unresolved", "Evidence inconclusive", None, "OTHER", "question", "There is evidence, and it does not decide the claim."),
    Verdict("not_checkable", "Opinion, forecast or intent", None, "OTHER", "quote", "An opinion, a forecast or an intent that no datum can test."),
    Verdict("outdated", "Superseded by newer data", None, "OTHER", "clock", "Fair when it was said, since superseded."),
)  # fmt: skip

VERDICTS: dict[str, Verdict] = {verdict.slug: verdict for verdict in _VERDICTS}
VERDICT_CHOICES = [(verdict.slug, verdict.label) for verdict in _VERDICTS]
BEST_RATING, WORST_RATING = 5, 1

CONFIDENCES = {"high": "High confidence", "medium": "Medium confidence", "low": "Low confidence"}
CLAIM_KINDS = {
    "measurement": "measurement", "identification": "identification", "event": "event",
    "attribution": "attribution", "causal": "cause", "existence": "existence", "intent": "intent",
    "forecast": "forecast", "classification": "classification",
}  # fmt: skip
TOPICS = {
    "mars-flyby": "Mars flyby", "data-release": "Data release", "composition": "Composition",
    "dynamics": "Motion", "size-mass": "Size and mass", "jets-dust": "Jets and dust",
    "companions": "Companions", "signals": "Signals", "origin": "Origin", "discovery": "Discovery",
    "encounters": "Encounters",
}  # fmt: skip
EVIDENCE_STANCES = {"refutes": "Refutes", "supports": "Supports", "context": "Context"}
CLAIM_STANCES = {
    "asserts": "asserts it",
    "attributes": "reports that somebody says it",
    "refutes": "rejects it",
}
RELATIONS = {
    "narrows": "narrows", "generalises": "generalises", "contradicts": "contradicts",
    "depends_on": "depends on", "same_as": "is the same claim as",
}  # fmt: skip
ASSERTED_RELATIONS = {"eq": "=", "gt": ">", "lt": "<", "approx": "≈"}
SOURCE_KINDS = {
    "peer_reviewed": "peer-reviewed paper", "preprint": "preprint", "agency": "agency statement",
    "catalogue": "catalogue", "data_service": "data service", "telegram": "telegram", "press": "press",
    "blog": "blog", "social": "social post", "seed_article": "article under review",
    "own_computation": "own computation",
}  # fmt: skip
TIERS = {
    1: "Archive data or official data service", 2: "Peer-reviewed paper", 3: "Agency statement",
    4: "Preprint", 5: "Named expert, telegram or own reproducible computation", 6: "Press",
    7: "Blog, social post, compilation or article under review",
}  # fmt: skip
READINGS = {
    "text": "read in full", "abstract": "abstract read", "summary": "summary read",
    "relay": "read through another page", "quoted": "read as a quotation", "not_read": "not read",
    "own": "our own",
}  # fmt: skip
PAGE_STATES = {
    "there": "still there", "changed": "changed since our first look", "moved": "moved to another address",
    "missing": "not at its address when we last looked", "gone": "gone", "blocked": "closed to our look",
}  # fmt: skip
# what workers saw of a source, as pages and filters say it
SOURCE_STATES = {
    "retracted": "retracted", "withdrawn": "withdrawn from arXiv", "concern": "expression of concern",
    "corrected": "corrected", "gone": "page gone", "missing": "page not found", "changed": "page changed",
    "newer_version": "newer version on arXiv", "moved": "page moved", "blocked": "closed to our look",
    "could_not_look": "could not look last time", "not_looked": "not looked at yet",
}  # fmt: skip
VERIFICATIONS = {
    "verbatim": "read in the source", "secondary": "read at second hand", "own_computation": "computed by us",
}  # fmt: skip
ERROR_KINDS = {"sigma": "1-sigma", "range": "printed range", "scatter": "scatter", "assumed": "assumed"}
REASON_CODES = {
    "first_publication": "first publication", "new_evidence": "new evidence", "wording": "wording",
    "error_ours": "our error", "source_retracted": "source retracted", "orbit_update": "orbit update",
    "archive_status_change": "archive status change", "claimant_reply": "reply of the claimant", "signed": "signed by two named people",
}  # fmt: skip
SEVERITIES = {
    "none": "nothing changed", "typo": "typo", "clarification": "clarification",
    "correction": "correction", "verdict_change": "verdict change",
}  # fmt: skip
REVIEW_LEVELS = {
    "catalogue": "Read twice for the initial catalogue; not yet signed by two named people",
    "signed": "Signed by two named people",
}  # fmt: skip
STALE_REASONS = {
    "review_due": "review due", "check_changed": "a check's outcome changed",
    "key_number_moved": "a key number moved beyond its tolerance", "orbit_changed": "the orbit solution changed",
    "archive_transition": "an archive's state changed", "source_changed": "a source changed",
    "source_vanished": "a source vanished",
    "source_corrected": "a source was corrected or questioned by its publisher",
    "source_retracted": "a source was retracted or withdrawn",
    "measurement_superseded": "a measurement was superseded",
}  # fmt: skip


def choices(scale: dict) -> list[tuple]:
    """A scale as Django choices."""
    return list(scale.items())
