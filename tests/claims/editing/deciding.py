"""What people of the random stories decide, and how some attack what stands: review, publication, tampering."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from claims import editing
from claims.models import (
    Approval,
    Claim,
    EditorialLog,
    Evidence,
    VerdictVersion,
    VersionEdit,
    VersionRelation,
)
from tests.claims import publishing
from tests.claims.editing.stage import one_of, sql, ticked
from tests.claims.editing.writing import Writing

FROZEN = {"state": "published", "document": {}, "chart_subject": {}, "content_sha256": "0" * 64}


class Deciding(Writing):
    """Reviewers, publishers and attackers, by every way into the record."""

    # -- review --------------------------------------------------------------------------------------

    def load_a_screen(self, name: str, slug: str, way: int) -> None:
        version = self._open(slug)
        if version:
            self.read[name] = version

    def submit(self, name: str, slug: str, way: int) -> None:
        version = self._open(slug)
        if version is None:
            return
        if way % 2:
            self.act(
                "submit", lambda: editing.submit_for_review(version, actor=self.people[name], at=self.now)
            )
        else:
            self.act("submit at the desk", lambda: self._step(name, version, "submit"))

    def approve(self, name: str, slug: str, way: int) -> None:
        stale = way % 4 == 0
        person, version = self.people[name], self.read.get(name) if stale else self._open(slug)
        if version is None:
            return
        row = {
            "version_id": version.pk,
            "approver": person,
            "at": self.now,
            "checklist": publishing.CHECKLIST,
        }
        ways: dict[str, Callable[[], Any]] = {
            "model": lambda: editing.approve(version, approver=person, at=self.now, checklist=publishing.CHECKLIST),
            "desk": lambda: self._step(name, version, "approve", **ticked("approve-")),
            "admin": lambda: self._step_in_the_admin(name, version),
            "create": lambda: Approval.objects.create(**row),
            "bulk": lambda: Approval.objects.bulk_create([Approval(**row)]),
            "sql": lambda: sql(
                "INSERT INTO claims_approval (version_id, approver_id, at, checklist, comment) VALUES (%s, %s, %s, %s, '')",
                version.pk, person.pk, self.now, json.dumps(publishing.CHECKLIST),
            ),
        }  # fmt: skip
        chosen = one_of(ways, way // 4)
        self.act("approve at the desk" if chosen == "desk" else f"approve by {chosen}", ways[chosen])
        self._look_at_approvals()

    def request_changes(self, name: str, slug: str, way: int) -> None:
        version = self._open(slug)
        if version:
            self.act("request changes", lambda: editing.request_changes(
                version, actor=self.people[name], at=self.now, reason="Which epoch?"
            ))  # fmt: skip

    def declare_a_conflict(self, name: str, slug: str, way: int) -> None:
        person, row = self.people[name], Claim.objects.get(slug=slug)
        if name != "first" or way % 3:  # somebody stays free to approve
            return
        self.act("conflict", lambda: editing.declare_conflict(
            row, person=person, statement="A co-author.", actor=person, at=self.now
        ))  # fmt: skip

    # -- publication ---------------------------------------------------------------------------------

    def publish(self, name: str, slug: str, way: int) -> None:
        version = self._open(slug)
        if version is None:
            return
        rows = VerdictVersion.objects.filter(pk=version.pk)
        ways: dict[str, Callable[[], Any]] = {
            "model": lambda: editing.publish(version, actor=self.people[name], at=self.now),
            "desk": lambda: self._step(name, version, "publish"),
            "update": lambda: rows.update(**FROZEN, published_at=self.now, rationale="Other words."),
            "bulk": lambda: self._publish_in_bulk(version),
            "sql": lambda: sql("UPDATE claims_verdictversion SET state = 'published' WHERE id = %s", version.pk),
            "approved": lambda: self._force_approved(version),
        }  # fmt: skip
        chosen = one_of(ways, way)
        self.act(f"publish by {chosen}", ways[chosen])

    def _publish_in_bulk(self, version: VerdictVersion) -> None:
        for column, value in (FROZEN | {"published_at": self.now}).items():
            setattr(version, column, value)
        VerdictVersion.objects.bulk_update([version], [*FROZEN, "published_at"])

    def _force_approved(self, version: VerdictVersion) -> None:
        """Only a version with an approval that stands can be called approved."""
        VerdictVersion.objects.filter(pk=version.pk).update(state="approved")

    def lead_one_to_publication(self, name: str, slug: str, way: int) -> None:
        """The straight way, so that every story has something published to attack."""
        version = self._open(slug)
        if version is None:
            return
        writers = self.wrote.get(version.pk, set())
        free = [
            person for name, person in self.people.items()
            if person.pk not in writers and not version.claim.conflicts.filter(person=person).exists() and name != "chief"
        ]  # fmt: skip
        if not free:
            return
        person = free[way // 2 % len(free)]
        checklist = publishing.CHECKLIST
        if way % 2:
            for step, given in (("submit", {}), ("approve", ticked("approve-")), ("publish", {})):
                again = VerdictVersion.objects.select_related("claim").get(pk=version.pk)
                self.act(
                    f"{step} at the desk",
                    lambda again=again, step=step, given=given: self._step(
                        person.get_username(), again, step, **given
                    ),
                )  # type: ignore[misc]
                self._look_at_approvals()
            return
        if version.state == "draft":
            self.act("submit", lambda: editing.submit_for_review(version, actor=person, at=self.now))
        if version.state == "in_review":
            self.act(
                "approve by model",
                lambda: editing.approve(version, approver=person, at=self.now, checklist=checklist),
            )
            self._look_at_approvals()
        if version.state == "approved":
            self.act("publish by model", lambda: editing.publish(version, actor=person, at=self.now))

    def withdraw(self, name: str, slug: str, way: int) -> None:
        row = Claim.objects.get(slug=slug)
        if way == 1:
            self.act("withdraw in the admin", lambda: self._logged(
                lambda: self._desk(name, f"/admin/claims/claim/{row.pk}/withdraw/", reason="Said twice.", successors="")
            ))  # fmt: skip
        if way == 0:  # seldom: nothing happens to a claim after it
            self.act(
                "withdraw",
                lambda: editing.withdraw(row, actor=self.people[name], at=self.now, reason="Said twice."),
            )

    # -- attacks on what stands ----------------------------------------------------------------------

    def tamper(self, name: str, slug: str, way: int) -> None:
        last = EditorialLog.objects.order_by("-pk")[0]
        last.reason = "rewritten"
        published = VerdictVersion.objects.filter(state="published")
        draft = VerdictVersion.objects.exclude(state="published").first()
        ways: dict[str, Callable[[], Any]] = {
            "log update": lambda: EditorialLog.objects.update(reason="rewritten"),
            "log sql": lambda: sql("UPDATE claims_editoriallog SET actor_name = 'nobody'"),
            "log delete": lambda: sql("DELETE FROM claims_editoriallog WHERE id = %s", last.pk),
            "log bulk": lambda: EditorialLog.objects.bulk_update([last], ["reason"]),
            "log model": last.save,
            "approval delete": lambda: sql("DELETE FROM claims_approval"),
            "approval revive": lambda: Approval.objects.update(voided_at=None),
            "published update": lambda: published.update(one_line="Otherwise."),
            "published delete": lambda: sql("DELETE FROM claims_verdictversion WHERE state = 'published'"),
            "published facts": lambda: Evidence.objects.filter(version__state="published").delete(),
            "edits delete": lambda: VersionEdit.objects.all().delete(),
            "claim hidden": lambda: Claim.objects.filter(current_version__isnull=False).update(current_version=None),
            "withdrawal undone": lambda: Claim.objects.filter(withdrawn_at__isnull=False).update(withdrawn_at=None),
            "claim shows draft": lambda: Claim.objects.filter(pk=draft.claim_id).update(
                current_version=draft, first_published_at=self.now
            ) if draft else None,
            "conflict delete": lambda: sql("DELETE FROM claims_conflictofinterest"),
            "relations of a version": lambda: VersionRelation.objects.filter(version__in=published).delete()[0],
            "relation of a version": lambda: VersionRelation.objects.create(
                version=published[0], other=Claim.objects.get(slug="other-claim"), relation="depends_on"
            ),
            "admin action": lambda: self._deleted_in_the_admin(name),
        }  # fmt: skip
        chosen = one_of(ways, way)
        self.act(f"tamper: {chosen}", ways[chosen])

    def _deleted_in_the_admin(self, name: str) -> int:
        """What Django's admin offers for everything: delete what is chosen, and the page that deletes one row."""
        before = [model.objects.count() for model in (VerdictVersion, Claim, Approval, EditorialLog)]
        for model in (VerdictVersion, Claim, Approval, EditorialLog):
            address = f"/admin/claims/{model._meta.model_name}/"
            some = [str(key) for key in model.objects.values_list("pk", flat=True)[:3]]
            self.clients[name].post(
                address, {"action": "delete_selected", "_selected_action": some, "post": "yes"}
            )
            if some:
                answer = self.clients[name].post(f"{address}{some[0]}/delete/", {"post": "yes"})
                assert answer.status_code == 403, answer.status_code
        after = [model.objects.count() for model in (VerdictVersion, Claim, Approval, EditorialLog)]
        assert after == before
        return 0

    def write_through_the_api(self, name: str, slug: str, way: int) -> None:
        method = ("post", "put", "patch", "delete")[way % 4]
        for address in (
            f"/api/v1/claims/{slug}/",
            f"/api/v1/claims/{slug}/versions/1/",
            f"/api/v1/claims/{slug}/versions/1/approve/",
            "/api/v1/claims/",
            f"/claims/{slug}.json",
        ):
            answer = getattr(self.clients["chief"], method)(address, "{}", content_type="application/json")
            assert answer.status_code in (403, 404, 405, 410), (address, answer.status_code)
