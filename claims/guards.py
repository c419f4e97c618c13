"""The editorial guarantees as triggers: what is refused, and what voids an approval (`claims.database` installs them)."""

from __future__ import annotations

from dataclasses import dataclass

# columns whose change is an edit of a version's text: any approval is void afterwards
TEXT_COLUMNS = (
    "title", "statement", "kind", "topic", "verdict", "confidence", "confidence_basis", "one_line",
    "key_points", "rationale", "would_change", "evidence_cutoff", "next_review", "reason_code",
    "severity", "change_note", "review_level", "review_note",
)  # fmt: skip

APPEND_ONLY = (
    "claims_checkrun",
    "claims_editoriallog",
    "claims_reviewcomment",
    "claims_signin",
    "claims_sourceanswer",
    "claims_sourcechange",
    "claims_sourcecheck",
    "claims_versionedit",
    "ephemeris_archivepoll",
    "ephemeris_archivestatuschange",
    "ephemeris_servicerefresh",
)
FROZEN_TABLES = (
    *APPEND_ONLY, "claims_verdictversion", "claims_evidence", "claims_approval", "claims_conflictofinterest",
    "claims_reviewinvitation", "claims_versionrelation",
)  # fmt: skip

VALID_APPROVAL = """EXISTS (
    SELECT 1 FROM claims_approval a
    WHERE a.version_id = NEW.id AND a.voided_at IS NULL AND a.approver_id <> NEW.author_id
      AND NOT EXISTS (SELECT 1 FROM claims_versionedit e
                      WHERE e.version_id = NEW.id AND e.editor_id = a.approver_id)
      AND NOT EXISTS (SELECT 1 FROM claims_conflictofinterest c
                      WHERE c.claim_id = NEW.claim_id AND c.person_id = a.approver_id AND c.ended_at IS NULL))"""
# two people sign, or the two readings of the initial catalogue do: never one of each
CATALOGUE_READING = "u.username IN ('initial-catalogue', 'catalogue-second-reading')"
NOT_AS_SIGNED = f"""(NEW.review_level = 'signed' AND (
    EXISTS (SELECT 1 FROM auth_user u WHERE u.id = NEW.author_id AND {CATALOGUE_READING})
    OR EXISTS (SELECT 1 FROM claims_approval a JOIN auth_user u ON u.id = a.approver_id
               WHERE a.version_id = NEW.id AND a.voided_at IS NULL AND {CATALOGUE_READING})))
    OR (NEW.review_level = 'catalogue' AND NOT EXISTS (
        SELECT 1 FROM auth_user u WHERE u.id = NEW.author_id AND {CATALOGUE_READING}))"""

# what a document says in the words of the version's own columns, under the same names
SAID_IN_THE_DOCUMENT = (
    "title", "statement", "kind", "topic", "verdict", "confidence", "one_line", "rationale", "would_change", "reason_code",
    "change_note", "review_level", "review_note",
)  # fmt: skip


def _published(row: str) -> str:
    return f"EXISTS (SELECT 1 FROM claims_verdictversion v WHERE v.id = {row}.version_id AND v.state = 'published')"


@dataclass(frozen=True, slots=True)
class Guard:
    """One trigger: before ``event`` on ``table``, refuse with ``refusal`` when ``condition`` holds."""

    name: str
    table: str
    event: str
    condition: str
    refusal: str


def _guards() -> list[Guard]:
    guards = [
        # the public reads the document: it says what stands in the columns, and the log has its digest.  Whoever can
        # write an approved version's columns could otherwise publish other words alone.  (These two come first: SQLite
        # asks the newest trigger first, and the rules below give the better reason.)
        Guard("version_published_in_its_words", "claims_verdictversion", "UPDATE",
              "NEW.state = 'published' AND OLD.state <> 'published' AND ("
              + " OR ".join(f"COALESCE(NEW.document ->> '{name}', '') <> NEW.{name}" for name in SAID_IN_THE_DOCUMENT)
              + ")",
              "a version is published with a document that says what was approved"),
        Guard("version_published_by_the_log", "claims_verdictversion", "UPDATE",
              "NEW.state = 'published' AND OLD.state <> 'published' AND NOT EXISTS (SELECT 1 FROM claims_editoriallog l"
              " WHERE l.version_id = NEW.id AND l.action = 'publish' AND l.\"after\" ->> 'sha256' = NEW.content_sha256)",
              "a publication stands on the editorial log, with the digest of its document"),
        Guard("version_frozen", "claims_verdictversion", "UPDATE", "OLD.state = 'published'",
              "a published version cannot be changed"),
        # with another author the first one could approve what is theirs
        Guard("version_author_kept", "claims_verdictversion", "UPDATE",
              "OLD.author_id <> NEW.author_id OR OLD.claim_id <> NEW.claim_id",
              "a version keeps its author and its claim"),
        Guard("version_kept", "claims_verdictversion", "DELETE", "OLD.state = 'published'",
              "a published version cannot be deleted"),
        Guard("version_not_born_published", "claims_verdictversion", "INSERT",
              "NEW.state IN ('published', 'approved')", "a version starts as a draft"),
        Guard("version_approved_by_another", "claims_verdictversion", "UPDATE",
              f"NEW.state IN ('approved', 'published') AND NOT {VALID_APPROVAL}",
              "approval by somebody who is neither author nor editor of the version is missing"),
        Guard("version_published_from_approved", "claims_verdictversion", "UPDATE",
              "NEW.state = 'published' AND OLD.state NOT IN ('approved', 'published')",
              "only an approved version can be published"),
        # one statement could otherwise publish a text that nobody approved: approvals fall after it, not in it
        Guard("version_published_as_approved", "claims_verdictversion", "UPDATE",
              f"NEW.state = 'published' AND OLD.state <> 'published' AND ({' OR '.join(f'OLD.{name} <> NEW.{name}' for name in TEXT_COLUMNS)})",
              "a version is published with the text that was approved"),
        Guard("version_signed_by_people", "claims_verdictversion", "UPDATE",
              f"NEW.state IN ('approved', 'published') AND OLD.state <> 'published' AND ({NOT_AS_SIGNED})",
              "signed is what two named people signed; the initial catalogue stands apart"),
        Guard("claim_shows_as_published", "claims_claim", "UPDATE",
              "EXISTS (SELECT 1 FROM claims_verdictversion v WHERE v.id = NEW.current_version_id AND v.claim_id = NEW.id"
              " AND v.state = 'published' AND (v.topic <> NEW.shown_topic OR v.verdict <> NEW.shown_verdict))",
              "a claim is listed under the topic and verdict of the version that it shows"),
        Guard("claim_shows_published_insert", "claims_claim", "INSERT",
              "NEW.current_version_id IS NOT NULL", "a new claim has no published version yet"),
        Guard("claim_shows_published_update", "claims_claim", "UPDATE",
              "NEW.current_version_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM claims_verdictversion v"
              " WHERE v.id = NEW.current_version_id AND v.claim_id = NEW.id AND v.state = 'published')",
              "a claim shows a published version of its own"),
        Guard("claim_goes_forward", "claims_claim", "UPDATE",
              "OLD.current_version_id <> NEW.current_version_id AND EXISTS (SELECT 1 FROM claims_verdictversion o"
              " JOIN claims_verdictversion n ON n.number <= o.number"
              " WHERE o.id = OLD.current_version_id AND n.id = NEW.current_version_id)",
              "a claim does not go back to an earlier version"),
        Guard("claim_stays_published", "claims_claim", "UPDATE",
              "OLD.current_version_id IS NOT NULL AND NEW.current_version_id IS NULL",
              "a published claim is withdrawn, not unpublished"),
        Guard("claim_stays_withdrawn", "claims_claim", "UPDATE",
              "OLD.withdrawn_at IS NOT NULL AND (NEW.withdrawn_at IS NULL OR OLD.withdrawn_at <> NEW.withdrawn_at"
              " OR OLD.withdrawal_note <> NEW.withdrawal_note)",
              "a withdrawn claim stays withdrawn, with its reason"),
        Guard("approver_is_another", "claims_approval", "INSERT",
              "EXISTS (SELECT 1 FROM claims_verdictversion v WHERE v.id = NEW.version_id AND v.author_id = NEW.approver_id)"
              " OR EXISTS (SELECT 1 FROM claims_versionedit e WHERE e.version_id = NEW.version_id AND e.editor_id = NEW.approver_id)",
              "the author or an editor of a version cannot approve it"),
        Guard("approver_has_no_conflict", "claims_approval", "INSERT",
              "EXISTS (SELECT 1 FROM claims_verdictversion v JOIN claims_conflictofinterest c ON c.claim_id = v.claim_id"
              " WHERE v.id = NEW.version_id AND c.person_id = NEW.approver_id AND c.ended_at IS NULL)",
              "a declared conflict of interest bars approval"),
        Guard("conflict_kept", "claims_conflictofinterest", "DELETE", "1 = 1",
              "a declared conflict of interest cannot be deleted"),
        Guard("conflict_only_ended", "claims_conflictofinterest", "UPDATE",
              "OLD.ended_at IS NOT NULL OR NEW.ended_at IS NULL OR OLD.claim_id <> NEW.claim_id"
              " OR OLD.person_id <> NEW.person_id OR OLD.statement <> NEW.statement OR OLD.declared_at <> NEW.declared_at"
              " OR OLD.declared_by_id <> NEW.declared_by_id",
              "a declared conflict of interest can only be ended"),
        Guard("invitation_kept", "claims_reviewinvitation", "DELETE", "1 = 1",
              "a link to a draft cannot be deleted"),
        Guard("invitation_only_revoked", "claims_reviewinvitation", "UPDATE",
              "OLD.revoked_at IS NOT NULL OR NEW.revoked_at IS NULL OR OLD.version_id <> NEW.version_id"
              " OR OLD.nonce <> NEW.nonce OR OLD.for_whom <> NEW.for_whom OR OLD.made_by_id <> NEW.made_by_id"
              " OR OLD.made_at <> NEW.made_at OR OLD.expires_at <> NEW.expires_at",
              "a link to a draft can only be revoked"),
        Guard("approval_kept", "claims_approval", "DELETE", "1 = 1", "an approval cannot be deleted"),
        Guard("approval_only_voided", "claims_approval", "UPDATE",
              "OLD.voided_at IS NOT NULL OR NEW.voided_at IS NULL OR OLD.version_id <> NEW.version_id"
              " OR OLD.approver_id <> NEW.approver_id OR OLD.at <> NEW.at OR OLD.comment <> NEW.comment"
              f" OR {_published('OLD')}",
              "an approval can only be voided, and only before publication"),
        # what stands with the claim was read by whoever approved: a change of it voids the approval
        Guard("relation_of_the_claim", "claims_versionrelation", "INSERT",
              f"{_published('NEW')} OR NOT EXISTS (SELECT 1 FROM claims_verdictversion v JOIN claims_claimrelation r"
              " ON r.claim_id = v.claim_id WHERE v.id = NEW.version_id AND r.other_id = NEW.other_id"
              " AND r.relation = NEW.relation)",
              "a version carries the relations of its claim, from its publication on"),
        Guard("relation_carried", "claims_versionrelation", "UPDATE", "1 = 1",
              "a relation that a version carries cannot be changed"),
        Guard("relation_kept", "claims_versionrelation", "DELETE", _published("OLD"),
              "the relations of a published version cannot be deleted"),
        Guard("edit_before_publication", "claims_versionedit", "INSERT", _published("NEW"),
              "a published version cannot be edited"),
    ]  # fmt: skip
    for event, rows in {"INSERT": ["NEW"], "UPDATE": ["OLD", "NEW"], "DELETE": ["OLD"]}.items():
        guards.append(
            Guard(
                f"evidence_frozen_{event.lower()}",
                "claims_evidence",
                event,
                " OR ".join(_published(row) for row in rows),
                "the evidence of a published version cannot be changed",
            )
        )
    return guards + [
        Guard(f"{table}_{event.lower()}", table, event, "1 = 1", f"{table} is append-only")
        for table in APPEND_ONLY
        for event in ("UPDATE", "DELETE")
    ]


GUARDS = _guards()

# what a version carries out beside its own text and evidence stands with its claim until publication
CARRIED_COLUMNS = ("slug", "body_id", "truth_condition", "aliases", "chart")
CARRIED_TABLES = (
    "claims_appearance", "claims_assertedquantity", "claims_claimantcontact", "claims_claimcheck", "claims_claimrelation",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Voiding:
    """One trigger: after ``event`` on ``table``, where ``condition`` holds, the approvals ``which`` are void.

    ``{distinct}`` stands for the operator by which the database tells two values apart, NULL included.
    """

    name: str
    table: str
    event: str
    which: str
    condition: str = "1 = 1"


def _changed(columns: tuple[str, ...]) -> str:
    return " OR ".join(f"OLD.{column} {{distinct}} NEW.{column}" for column in columns)


def _open_versions(claims: str) -> str:
    return (
        "version_id IN (SELECT v.id FROM claims_verdictversion v"
        f" WHERE v.claim_id IN ({claims}) AND v.state <> 'published')"
    )


def _voidings() -> list[Voiding]:
    voidings = [
        Voiding("void_after_edit_row", "claims_versionedit", "INSERT", "version_id = NEW.version_id"),
        Voiding("void_after_text_change", "claims_verdictversion", "UPDATE", "version_id = NEW.id",
                f"NEW.state <> 'published' AND ({_changed(TEXT_COLUMNS)})"),
        Voiding("void_after_evidence_insert", "claims_evidence", "INSERT", "version_id = NEW.version_id"),
        Voiding("void_after_evidence_update", "claims_evidence", "UPDATE", "version_id IN (OLD.version_id, NEW.version_id)"),
        Voiding("void_after_evidence_delete", "claims_evidence", "DELETE", "version_id = OLD.version_id"),
        Voiding("void_after_conflict", "claims_conflictofinterest", "INSERT",
                f"approver_id = NEW.person_id AND {_open_versions('NEW.claim_id')}"),
        Voiding("void_after_claim_change", "claims_claim", "UPDATE", _open_versions("NEW.id"), _changed(CARRIED_COLUMNS)),
        # a named comment is printed with the version
        Voiding("void_after_named_comment", "claims_reviewcomment", "INSERT",
                "version_id IN (SELECT i.version_id FROM claims_reviewinvitation i JOIN claims_verdictversion v"
                " ON v.id = i.version_id WHERE i.id = NEW.invitation_id AND v.state <> 'published')",
                "NEW.may_be_named"),
    ]  # fmt: skip
    claims = {"INSERT": "NEW.claim_id", "UPDATE": "OLD.claim_id, NEW.claim_id", "DELETE": "OLD.claim_id"}
    return voidings + [
        Voiding(
            f"void_after_{table.removeprefix('claims_')}_{event.lower()}", table, event, _open_versions(rows)
        )
        for table in CARRIED_TABLES
        for event, rows in claims.items()
    ]


# after an edit every standing approval of the version is void
VOIDINGS = _voidings()
