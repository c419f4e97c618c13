"""A machine that acts at random as several people, by every way into the record, and looks after each action.

What it knows by itself (who wrote what, when a text last changed, what was published) is kept beside the
database and compared with it; it never asks the code under test whether the rules hold.
"""

from __future__ import annotations

from django.db.models import F, Q
from django.test import Client
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from claims import editing
from claims.editing.log import GENESIS
from claims.models import Approval, EditorialLog, VerdictVersion, VersionRelation
from tests.claims.editing.deciding import Deciding
from tests.claims.editing.stage import NAMES, SLUGS

ACTIONS = frozenset({
    "draft", "sign_the_catalogue", "bring_in_bulk", "edit", "edit_past_the_rules", "write_beside",
    "write_beside_past_the_rules", "load_a_screen", "submit", "approve", "request_changes", "declare_a_conflict",
    "publish", "lead_one_to_publication", "withdraw", "tamper", "write_through_the_api",
})  # fmt: skip
WAYS = 28
who = st.sampled_from(NAMES)
which = st.sampled_from(SLUGS)
SURFACES = (
    "/feed.json", "/changes.json", "/feed.atom", "/api/v1/claims/", "/claims/", "/", "/corrections/", "/sitemap.xml",
    "/claims/{slug}/", "/claims/{slug}.json", "/claims/{slug}/history/", "/api/v1/claims/{slug}/",
    "/claims/{slug}/embed/", "/claims/{slug}/v/1/", "/claims/?q=zq", "/objects/3I/",
)  # fmt: skip


class Story(Deciding):
    """People at work on three claims; after every action everything that the rules promise is looked at."""

    def __init__(self) -> None:
        super().__init__()
        for name, slug in (("first", "one-claim"), ("second", "other-claim")):
            self.draft(name, slug, 0)
        self._look_at_approvals()

    @rule(kind=st.sampled_from(sorted(ACTIONS)), name=who, slug=which, way=st.integers(0, WAYS - 1))
    def somebody_acts(self, kind: str, name: str, slug: str, way: int) -> None:
        """One rule for all: hypothesis would leave whole rules out of a story, and few stories are played."""
        # hypothesis likes some numbers better than others; a turn with each action gives every way its share
        getattr(self, kind)(name, slug, (way + 11 * self.tick) % WAYS)

    @invariant()
    def no_author_or_editor_approved_what_stands(self) -> None:
        own = Approval.objects.filter(voided_at__isnull=True).filter(
            Q(approver=F("version__author")) | Q(version__edits__editor=F("approver"))
        )
        assert not own.exists(), list(own.values())
        for version, approver in Approval.objects.filter(
            voided_at__isnull=True, version__state__in=["approved", "published"]
        ).values_list("version", "approver"):
            assert approver not in self.wrote.get(version, set()), (version, approver)
        lonely = VerdictVersion.objects.filter(state="published").exclude(
            approvals__in=Approval.objects.filter(voided_at__isnull=True)
        )
        assert not lonely.exists()

    @invariant()
    def no_approval_is_older_than_the_last_edit(self) -> None:
        for key, version in Approval.objects.filter(voided_at__isnull=True).values_list("pk", "version"):
            assert self.ticks[key] >= self.edited.get(version, 0), (key, version)

    @invariant()
    def no_row_of_the_log_is_lost_or_altered(self) -> None:
        rows = list(EditorialLog.objects.filter(pk__gt=self.base).order_by("pk"))
        seen = [
            (row.pk, row.at, row.actor_name, row.action, row.reason, row.previous_hash, row.row_hash)
            for row in rows
        ]
        assert seen[: len(self.log)] == self.log
        for place in range(len(self.log), len(rows)):
            row = rows[place]
            assert editing.log_row_hash(row) == row.row_hash
            before = rows[place - 1].row_hash if place else None
            assert row.previous_hash == before or (place == 0 and (self.base or row.previous_hash == GENESIS))
        self.log = seen

    @invariant()
    def what_was_published_stays_as_it_was(self) -> None:
        rows = {
            row[0]: row
            for row in VerdictVersion.objects.filter(state="published").values_list(
                "pk",
                "claim",
                "number",
                "author",
                "one_line",
                "rationale",
                "verdict",
                "content_sha256",
                "published_at",
            )
        }
        for key, other, relation in VersionRelation.objects.filter(version__in=rows).values_list(
            "version", "other", "relation"
        ):
            rows[key] += ((other, relation),)
        for key, row in self.frozen.items():
            assert rows.get(key) == row
        for key, row in rows.items():
            assert row[7] != "0" * 64, "published past the rules"
            self.frozen.setdefault(key, row)

    @invariant()
    def no_draft_is_public(self) -> None:
        shown = VerdictVersion.objects.filter(state="published", claim__withdrawn_at__isnull=True)
        public: set[str] = set()
        for key, slug in shown.values_list("pk", "claim__slug"):
            if key not in self.carried:  # published by the last action: it took along what stood beside it
                self.carried[key] = set(self.beside.get(slug, ()))
            public |= self.tokens.get(key, set()) | self.carried[key]
        surface = SURFACES[self.tick % len(SURFACES)].format(
            slug=SLUGS[self.tick // len(SURFACES) % len(SLUGS)]
        )
        answer = Client().get(surface)
        assert answer.status_code in (200, 404, 410), (surface, answer.status_code)
        body = answer.content.decode()
        leaked = [token for token in self.spoken - public if token in body]
        assert not leaked, (surface, leaked)
