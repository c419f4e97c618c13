"""What Django's models cannot state: triggers that hold the editorial guarantees, and the search index.

Installed after every ``migrate`` and idempotent, because SQLite drops a table's triggers whenever a
migration rebuilds the table.  The nightly integrity task asks `missing_guards` whether all stand.
Every refusal reaches Django as ``IntegrityError`` with the sentence given here.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

# columns whose change is an edit of a version's text: any approval is void afterwards
TEXT_COLUMNS = (
    "title", "statement", "kind", "topic", "verdict", "confidence", "confidence_basis", "one_line",
    "key_points", "rationale", "would_change", "evidence_cutoff", "next_review", "reason_code",
    "severity", "change_note", "review_level", "author_id",
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
    "claims_reviewinvitation",
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
        Guard("version_frozen", "claims_verdictversion", "UPDATE", "OLD.state = 'published'",
              "a published version cannot be changed"),
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
        Guard("claim_shows_published_insert", "claims_claim", "INSERT",
              "NEW.current_version_id IS NOT NULL", "a new claim has no published version yet"),
        Guard("claim_shows_published_update", "claims_claim", "UPDATE",
              "NEW.current_version_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM claims_verdictversion v"
              " WHERE v.id = NEW.current_version_id AND v.claim_id = NEW.id AND v.state = 'published')",
              "a claim shows a published version of its own"),
        Guard("claim_stays_published", "claims_claim", "UPDATE",
              "OLD.current_version_id IS NOT NULL AND NEW.current_version_id IS NULL",
              "a published claim is withdrawn, not unpublished"),
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
        Guard("edit_before_publication", "claims_versionedit", "INSERT", _published("NEW"),
              "a published version cannot be edited"),
    ]  # fmt: skip
    for event in ("INSERT", "UPDATE", "DELETE"):
        rows = {"INSERT": ["NEW"], "UPDATE": ["OLD", "NEW"], "DELETE": ["OLD"]}[event]
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

# its words are folded by claims/search.py, which asks for prefixes
SEARCH_TABLE = "CREATE VIRTUAL TABLE claims_search USING fts5(search_text, tokenize='unicode61')"

# after an edit every standing approval of the version is void: (name, table, event, condition, which approvals)
VOIDINGS = (
    ("void_after_edit_row", "claims_versionedit", "INSERT", "1 = 1", "version_id = NEW.version_id"),
    ("void_after_evidence_insert", "claims_evidence", "INSERT", "1 = 1", "version_id = NEW.version_id"),
    (
        "void_after_evidence_update",
        "claims_evidence",
        "UPDATE",
        "1 = 1",
        "version_id IN (OLD.version_id, NEW.version_id)",
    ),
    ("void_after_evidence_delete", "claims_evidence", "DELETE", "1 = 1", "version_id = OLD.version_id"),
    (
        "void_after_conflict",
        "claims_conflictofinterest",
        "INSERT",
        "1 = 1",
        "approver_id = NEW.person_id AND version_id IN (SELECT v.id FROM claims_verdictversion v"
        " WHERE v.claim_id = NEW.claim_id AND v.state <> 'published')",
    ),
)


def _text_changed(distinct: str) -> str:
    return " OR ".join(f"OLD.{column} {distinct} NEW.{column}" for column in TEXT_COLUMNS)


def trigger_names() -> list[str]:
    return [guard.name for guard in GUARDS] + [name for name, *_ in VOIDINGS] + ["void_after_text_change"]


def _sqlite_statements() -> list[str]:
    statements = []
    for guard in GUARDS:
        statements.append(f"DROP TRIGGER IF EXISTS {guard.name}")
        statements.append(
            f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} WHEN {guard.condition} "
            f"BEGIN SELECT RAISE(ABORT, '{guard.refusal}'); END"
        )
    voidings = [*VOIDINGS, ("void_after_text_change", "claims_verdictversion", "UPDATE",
                            f"NEW.state <> 'published' AND ({_text_changed('IS NOT')})", "version_id = NEW.id")]  # fmt: skip
    for name, table, event, condition, which in voidings:
        statements.append(f"DROP TRIGGER IF EXISTS {name}")
        statements.append(
            f"CREATE TRIGGER {name} AFTER {event} ON {table} WHEN {condition} BEGIN "
            f"UPDATE claims_approval SET voided_at = strftime('%Y-%m-%d %H:%M:%f', 'now') "
            f"WHERE {which} AND voided_at IS NULL; END"
        )
    statements += [
        "DROP TRIGGER IF EXISTS index_published_version",
        "CREATE TRIGGER index_published_version AFTER UPDATE OF state ON claims_verdictversion "
        "WHEN NEW.state = 'published' BEGIN "
        "INSERT INTO claims_search(rowid, search_text) VALUES (NEW.id, NEW.search_text); END",
    ]
    return statements


def _postgresql_statements() -> list[str]:
    statements = []

    def trigger(name: str, table: str, when: str, body: str, level: str = "ROW") -> None:
        statements.append(
            f"CREATE OR REPLACE FUNCTION guard_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"
        )
        statements.append(f"DROP TRIGGER IF EXISTS {name} ON {table}")
        statements.append(
            f"CREATE TRIGGER {name} {when} ON {table} FOR EACH {level} EXECUTE FUNCTION guard_{name}()"
        )

    def refusal(text: str) -> str:
        return f"RAISE EXCEPTION '{text}' USING ERRCODE = 'integrity_constraint_violation';"

    for guard in GUARDS:
        row = "OLD" if guard.event == "DELETE" else "NEW"
        trigger(
            guard.name,
            guard.table,
            f"BEFORE {guard.event}",
            f"IF {guard.condition} THEN {refusal(guard.refusal)} END IF; RETURN {row};",
        )
    voidings = [*VOIDINGS, ("void_after_text_change", "claims_verdictversion", "UPDATE",
                            f"NEW.state <> 'published' AND ({_text_changed('IS DISTINCT FROM')})", "version_id = NEW.id")]  # fmt: skip
    for name, table, event, condition, which in voidings:
        trigger(
            name,
            table,
            f"AFTER {event}",
            f"IF {condition} THEN UPDATE claims_approval SET voided_at = clock_timestamp() "
            f"WHERE {which} AND voided_at IS NULL; END IF; RETURN NULL;",
        )
    for table in FROZEN_TABLES:
        trigger(
            f"{table}_truncate",
            table,
            "BEFORE TRUNCATE",
            refusal(f"{table} cannot be truncated"),
            "STATEMENT",
        )
    statements.append(
        "CREATE INDEX IF NOT EXISTS claims_search ON claims_verdictversion "
        "USING gin (to_tsvector('simple', search_text))"
    )
    return statements


def install(connection: BaseDatabaseWrapper) -> None:
    """Create or renew every trigger and the search index on ``connection``."""
    statements = _sqlite_statements() if connection.vendor == "sqlite" else _postgresql_statements()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            _keep_search_table(cursor)
        for statement in statements:
            cursor.execute(statement)


def _keep_search_table(cursor: CursorWrapper) -> None:
    """Make SQLite's index, anew when it stands as an earlier release made it, out of what is published."""
    cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'claims_search'")
    standing = cursor.fetchone()
    if standing and standing[0] == SEARCH_TABLE:
        return
    cursor.execute("DROP TABLE IF EXISTS claims_search")
    cursor.execute(SEARCH_TABLE)
    cursor.execute(
        "INSERT INTO claims_search(rowid, search_text) "
        "SELECT id, search_text FROM claims_verdictversion WHERE state = 'published'"
    )


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take SQLite's triggers away before a migration, `install` brings them back behind it.

    SQLite changes a table by copying and dropping it; triggers of other tables that name it break that
    half-way.  PostgreSQL alters in place and keeps its triggers standing.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name in [*trigger_names(), "index_published_version"]:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")


def missing_guards(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that should stand in the database and do not."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        standing = {name for (name,) in cursor.fetchall()}
    return sorted(set(trigger_names()) - standing)
