"""The only writer of versions, approvals, stale marks and log rows.

Every action is one transaction: it takes the claim's row, checks the actor's right and the transition,
changes, and appends to the editorial log.  The same rules stand as triggers in the database
(claims/guards.py); here they are refused with a sentence a person can act on.
"""

from claims.editing.appearances import accept_suspicion, answer_source, decline_suspicion
from claims.editing.approval import approve, bar_to_approval, request_changes
from claims.editing.circumstances import (
    answer_report,
    assign,
    declare_conflict,
    end_conflict,
    record_answer,
    record_contact,
)
from claims.editing.external import invite_expert, is_open, record_expert_comment, revoke_invitation
from claims.editing.log import append_log, first_broken_log_row, log_row_hash
from claims.editing.publication import mark_stale, publish, withdraw
from claims.editing.rules import (
    CATALOGUE_ACCOUNTS,
    CHECKLIST,
    RIGHTS,
    TRANSITIONS,
    EditingRefused,
    approvals_needed,
    is_catalogue_account,
)
from claims.editing.versions import (
    EDITABLE,
    VerdictText,
    draft_for_signature,
    draft_version,
    edit_version,
    submit_for_review,
)
from claims.editing.wording import add_appearances, admit_claim, record_wording

__all__ = [
    "CATALOGUE_ACCOUNTS",
    "CHECKLIST",
    "EDITABLE",
    "RIGHTS",
    "TRANSITIONS",
    "EditingRefused",
    "VerdictText",
    "accept_suspicion",
    "add_appearances",
    "admit_claim",
    "answer_report",
    "answer_source",
    "append_log",
    "approvals_needed",
    "approve",
    "assign",
    "bar_to_approval",
    "declare_conflict",
    "decline_suspicion",
    "draft_for_signature",
    "draft_version",
    "edit_version",
    "end_conflict",
    "first_broken_log_row",
    "invite_expert",
    "is_catalogue_account",
    "is_open",
    "log_row_hash",
    "mark_stale",
    "publish",
    "record_answer",
    "record_contact",
    "record_expert_comment",
    "record_wording",
    "request_changes",
    "revoke_invitation",
    "submit_for_review",
    "withdraw",
]
