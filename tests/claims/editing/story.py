"""A machine that acts at random as several people, by every way into the record, and looks after each action.

What it knows by itself (who wrote what, when a text last changed, what was published) is kept beside the
database and compared with it; it never asks the code under test whether the rules hold.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.db.models import F, ProtectedError, Q
from django.test import Client
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from claims import editing
from claims.catalogue.publication import catalogue_accounts
from claims.editing.log import GENESIS
from claims.exchange.record import claim_rows
from claims.models import (
    Appearance,
    Approval,
    AssertedQuantity,
    Claim,
    ClaimCheck,
    ClaimRelation,
    EditorialLog,
    Evidence,
    VerdictVersion,
    VersionEdit,
    VersionRelation,
)
from tests.claims import publishing
from tests.claims.admin_pages import filled, with_a_row
from tests.claims.doors import signed_in

NAMES = ("first", "second", "third", "chief")
SLUGS = ("one-claim", "other-claim", "catalogue-claim")
REFUSALS = (editing.EditingRefused, DatabaseError, ProtectedError)
ACTIONS = frozenset({
    "draft", "sign_the_catalogue", "bring_in_bulk", "edit", "edit_past_the_rules", "write_beside",
    "write_beside_past_the_rules", "load_a_screen", "submit", "approve", "request_changes", "declare_a_conflict",
    "publish", "lead_one_to_publication", "withdraw", "tamper", "write_through_the_api",
})  # fmt: skip
WAYS = 28
who = st.sampled_from(NAMES)
which = st.sampled_from(SLUGS)
VERDICT = {
    "verdict": "contradicted", "confidence": "high", "confidence_basis": "Hubble isolated the nucleus.",
    "key_points": "46 km is the coma.\nHubble: 1.3 km.", "rationale": " ".join(["word"] * 80),
    "would_change": "A direct image.", "evidence_cutoff": "2026-10-01", "next_review": "2027-10-01",
}  # fmt: skip
FROZEN = {"state": "published", "document": {}, "chart_subject": {}, "content_sha256": "0" * 64}
SURFACES = (
    "/feed.json", "/changes.json", "/feed.atom", "/api/v1/claims/", "/claims/", "/", "/corrections/", "/sitemap.xml",
    "/claims/{slug}/", "/claims/{slug}.json", "/claims/{slug}/history/", "/api/v1/claims/{slug}/",
    "/claims/{slug}/embed/", "/claims/{slug}/v/1/", "/claims/?q=zq", "/objects/3I/",
)  # fmt: skip


def sql(statement: str, *values: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


class Story(RuleBasedStateMachine):
    """People at work on three claims, one of them of the initial catalogue."""

    told: ClassVar[int] = 0
    done: ClassVar[Counter[str]] = Counter()
    refused: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        cache.clear()
        Story.told += 1
        self.frame = transaction.atomic()
        self.frame.__enter__()
        self.now = publishing.START
        self.words = 0
        self.people = {name: self._person(name) for name in NAMES}
        self.clients = {name: signed_in(person) for name, person in self.people.items()}
        self.read: dict[str, VerdictVersion] = {}  # what somebody still has on the screen
        self.wrote: dict[int, set[int]] = {}  # version -> people who wrote or edited it
        self.edited: dict[int, int] = {}  # version -> tick of the last change of its text or facts
        self.ticks: dict[int, int] = {}  # approval -> tick
        self.tick = 0
        self.tokens: dict[int, set[str]] = {}  # version -> words only it has
        self.beside: dict[str, set[str]] = {}  # claim -> words that its next publication carries out
        self.spoken: set[str] = set()  # every such word
        self.carried: dict[int, set[str]] = {}  # published version -> words that it took from its claim
        self.frozen: dict[int, tuple[Any, ...]] = {}  # published version -> its row
        self.facts = [publishing.measurement(), publishing.source(), publishing.campaign()]
        self.base = EditorialLog.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        self.log: list[tuple[Any, ...]] = []
        for slug in SLUGS:
            self._claim(slug)
        self._catalogue_claim()
        for name, slug in (("first", "one-claim"), ("second", "other-claim")):
            self.draft(name, slug, 0)
        self._look_at_approvals()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.frame.__exit__(None, None, None)

    # -- people and words ----------------------------------------------------------------------------

    def _person(self, name: str) -> User:
        person = publishing.person(name)
        person.is_staff, person.is_superuser = True, name == "chief"
        person.save()
        return person

    def _claim(self, slug: str) -> None:
        plain = slug.replace("-", " ")
        publishing.claim(
            slug, statement=f"The {plain} says that the nucleus is 46 km wide.",
            aliases=[f"{plain} one way", f"{plain} another way", f"{plain} third way"],
        )  # fmt: skip

    def _catalogue_claim(self) -> None:
        author, second = catalogue_accounts()
        row = Claim.objects.get(slug="catalogue-claim")
        version = editing.draft_version(
            row, publishing.text(), [], author=author, at=self.now, review_level="catalogue"
        )
        editing.submit_for_review(version, actor=author, at=self.now)
        editing.approve(version, approver=second, at=self.now, checklist={"second_reading": "2026-11-01"})
        editing.publish(version, actor=second, at=self.now)
        self.wrote[version.pk], self.edited[version.pk], self.tokens[version.pk] = {author.pk}, 0, set()

    def _token(self) -> str:
        self.words += 1
        # no word of an earlier story: on SQLite a rolled-back log gives its numbers to the next, and a cache
        # that was too busy to be cleared may still hold an answer under them
        token = f"zq{Story.told}n{self.words:05d}x"
        self.spoken.add(token)
        return token

    def _open(self, slug: str) -> VerdictVersion | None:
        rows = VerdictVersion.objects.select_related("claim").filter(claim__slug=slug)
        return rows.exclude(state="published").first()

    # -- one action ----------------------------------------------------------------------------------

    def act(self, name: str, action: Callable[[], Any]) -> Any:
        """Take one action; a refusal leaves nothing behind."""
        self.tick += 1
        self.now += timedelta(minutes=1)
        try:
            with transaction.atomic():
                result = action()
        except REFUSALS:
            Story.refused[name] += 1
            return None
        if result != 0 and result != (0, {}):  # a statement that met no row did nothing
            Story.done[name] += 1
        return True if result is None else result

    def _changed(self, version: VerdictVersion, person: User | None, token: str = "") -> None:
        self.edited[version.pk] = self.tick
        if person:
            self.wrote.setdefault(version.pk, set()).add(person.pk)
        if token:
            self.tokens.setdefault(version.pk, set()).add(token)

    @rule(kind=st.sampled_from(sorted(ACTIONS)), name=who, slug=which, way=st.integers(0, WAYS - 1))
    def somebody_acts(self, kind: str, name: str, slug: str, way: int) -> None:
        """One rule for all: hypothesis would leave whole rules out of a story, and few stories are played."""
        # hypothesis likes some numbers better than others; a turn with each action gives every way its share
        getattr(self, kind)(name, slug, (way + 11 * self.tick) % WAYS)

    # -- drafting ------------------------------------------------------------------------------------

    def draft(self, name: str, slug: str, way: int) -> None:
        token, person, row = self._token(), self.people[name], Claim.objects.get(slug=slug)
        if way % 3:
            self._draft_elsewhere(person, row, token, way)
            return
        text = publishing.text(one_line=f"A line with {token}.")
        evidence = [
            Evidence(measurement=self.facts[0], stance="refutes"),
            Evidence(source=self.facts[1], stance="context"),
        ]
        version = self.act(
            "draft", lambda: editing.draft_version(row, text, evidence, author=person, at=self.now)
        )
        if version:
            self._changed(version, person, token)

    def _draft_elsewhere(self, person: User, row: Claim, token: str, way: int) -> None:
        """The form of the admin, and a file that changes the verdict of a claim that is known."""
        name, before = person.get_username(), row.versions.count()

        def in_the_admin() -> int:
            address = f"/admin/claims/verdictversion/add/?claim={row.pk}"
            given = filled(self.clients[name].get(address)) | VERDICT | {"claim": row.pk}
            given |= {"one_line": f"A line with {token}.", "evidence-0-measurement": self.facts[0].pk}
            self._desk(name, address, **given | {"evidence-0-stance": "refutes"})
            return row.versions.count() - before

        def by_a_file() -> int:
            entry = next(claim_rows(Claim.objects.filter(pk=row.pk)))
            evidence = [{"measurement": self.facts[0].key, "stance": "refutes"}]
            entry["review"] = {
                **VERDICT, "key_points": ["46 km is the coma.", "Hubble: 1.3 km."], "evidence": evidence,
                "one_line": f"A line with {token}.",
            }  # fmt: skip
            entry["change"] = {
                "reason_code": "new_evidence",
                "severity": "correction",
                "change_note": "Read once more.",
            }
            self._desk(
                name, "/admin/desk/exchange/", what="claims", form="json", text=json.dumps({"claims": [entry]}), carry_out="1",
            )  # fmt: skip
            return row.versions.count() - before

        chosen = ("admin", in_the_admin) if way % 3 == 1 else ("import of a next version", by_a_file)
        if self.act(f"draft by {chosen[0]}", chosen[1]):
            self._changed(row.versions.get(number=before + 1), person, token)

    def sign_the_catalogue(self, name: str, slug: str, way: int) -> None:
        self.act("sign", lambda: self._desk(name, "/admin/desk/claims/catalogue-claim/", action="sign"))
        version = self._open("catalogue-claim")
        if version and version.pk not in self.wrote:
            self._changed(version, version.author)

    def bring_in_bulk(self, name: str, slug: str, way: int) -> None:
        """A file with a claim: always a draft in the name of whoever brought it."""
        from tests.claims.desk.test_exchange import claim_row

        token = self._token()
        row = claim_row(f"bulk-{self.words}", title=f"A title with {token}")
        self.act("import", lambda: self._desk(
            name, "/admin/desk/exchange/", what="claims", form="json", text=json.dumps({"claims": [row]}), carry_out="1",
        ))  # fmt: skip
        version = VerdictVersion.objects.filter(claim__slug=row["slug"]).first()
        if version:
            assert version.state == "draft"
            assert version.author == self.people[name]
            self._changed(version, version.author, token)

    # -- editing, by the rules and past them ---------------------------------------------------------

    def edit(self, name: str, slug: str, way: int) -> None:
        version, person, token = self._open(slug), self.people[name], self._token()
        if version and way % 2:
            self._edit_in_the_admin(version, person, token, way)
        elif version and self.act("edit", lambda: editing.edit_version(
            version, {"one_line": f"Edited to {token}."}, editor=person, at=self.now
        )):  # fmt: skip
            self._changed(version, person, token)

    def _edit_in_the_admin(self, version: VerdictVersion, person: User, token: str, way: int) -> None:
        """The form of the admin: its words, or only a row of evidence beside them."""
        name, address = person.get_username(), f"/admin/claims/verdictversion/{version.pk}/change/"
        given = filled(self.clients[name].get(address))
        words = way % 4 == 1
        if words:
            given |= {"one_line": f"Edited to {token}."}
        else:
            given = with_a_row(
                given, "evidence", source=self.facts[1].pk, stance="context", note=f"Noted {token}."
            )

        def in_the_admin() -> int:
            before = VersionEdit.objects.filter(version=version).count()
            self._desk(name, address, **given)
            return VersionEdit.objects.filter(version=version).count() - before

        if self.act(f"edit of {'words' if words else 'evidence'} in the admin", in_the_admin):
            self._changed(version, person, token)

    # -- what a version carries out beside its own text ----------------------------------------------

    def write_beside(self, name: str, slug: str, way: int) -> None:
        """Appearances, numbers, relations, the truth condition, the claimant's answer: by the rules, each way."""
        row, person, token = Claim.objects.get(slug=slug), self.people[name], self._token()
        address, source = f"/admin/claims/claim/{row.pk}/change/", self.facts[1]
        phrase = f"{token} in a headline"

        def in_the_admin(prefix: str = "", **given: Any) -> Callable[[], int]:
            def save() -> int:
                shown = filled(self.clients[name].get(address))
                return self._logged(
                    lambda: self._desk(
                        name, address, **with_a_row(shown, prefix, **given) if prefix else shown | given
                    )
                )

            return save

        def by_a_file() -> int:
            seen = {"claim": slug, "source": source.key, "phrase": phrase, "stance": "asserts"}
            text = json.dumps({"appearances": [seen]})
            return self._logged(lambda: self._desk(
                name, "/admin/desk/exchange/", what="appearances", form="json", text=text, carry_out="1",
            ))  # fmt: skip

        def an_answer() -> int:
            contact = editing.record_contact(
                row, claimant="A claimant", contacted_on=self.now.date(), way="", actor=person, at=self.now
            )
            return self._logged(lambda: self._desk(name, f"/admin/desk/claims/{slug}/", **{
                "action": "answer", "answer-contact": str(contact.pk), "answer-answered_on": self.now.date().isoformat(),
                "answer-answer": f"It was {token}.",
            }))  # fmt: skip

        other = Claim.objects.get(slug=SLUGS[(SLUGS.index(slug) + 1) % len(SLUGS)])
        ways: dict[str, Callable[[], Any]] = {
            "appearance in the admin": in_the_admin("appearances", source=source.pk, phrase=phrase, stance="asserts", state="confirmed", position=0),
            "appearances by a file": by_a_file,
            "appearance by model": lambda: editing.add_appearances(
                row, [Appearance(source=source, phrase=phrase, stance="asserts")], actor=person, at=self.now
            ),
            "number in the admin": in_the_admin("asserted", quantity="nucleus_radius", value="24", unit="km", relation="eq", note=token, position=0),
            "truth condition in the admin": in_the_admin(truth_condition=f"It holds that {token}."),
            "relation in the admin": in_the_admin("relations", other=other.pk, relation="narrows"),
            "answer at the desk": an_answer,
        }  # fmt: skip
        chosen = _one_of(ways, way)
        if self.act(f"{chosen}", ways[chosen]):
            self._changed_beside(row, person, token)

    def write_beside_past_the_rules(self, name: str, slug: str, way: int) -> None:
        row, token = Claim.objects.get(slug=slug), self._token()
        claims, seen = Claim.objects.filter(pk=row.pk), Appearance.objects.filter(claim=row)
        other = Claim.objects.get(slug=SLUGS[(SLUGS.index(slug) + 1) % len(SLUGS)])
        new = Appearance(claim=row, source=self.facts[1], phrase=token, stance="asserts")
        ways: dict[str, Callable[[], Any]] = {
            "appearance in bulk": lambda: Appearance.objects.bulk_create([new]),
            "appearances updated": lambda: seen.filter(pk__in=seen.values("pk")[:1]).update(phrase=token),
            "appearance by sql": lambda: sql("UPDATE claims_appearance SET locator = %s WHERE claim_id = %s", token, row.pk),
            "appearances gone": lambda: seen.delete()[0],
            "numbers updated": lambda: AssertedQuantity.objects.filter(claim=row).update(note=token),
            "check added": lambda: ClaimCheck.objects.create(claim=row, name="size_from_magnitude", params={"albedo": 0.04, "note": token}),
            "paraphrases updated": lambda: claims.update(aliases=[*row.aliases[:2], token]),
            "relation in bulk": lambda: ClaimRelation.objects.bulk_create(
                [ClaimRelation(claim=row, other=other, relation="contradicts")]
            ),
            "relations gone": lambda: ClaimRelation.objects.filter(claim=row).delete()[0],
        }  # fmt: skip
        chosen = _one_of(ways, way)
        if self.act(f"{chosen}", ways[chosen]):
            self._changed_beside(row, None, token)

    def _changed_beside(self, row: Claim, person: User | None, token: str) -> None:
        self.beside.setdefault(row.slug, set()).add(token)
        version = self._open(row.slug)
        if version:
            self._changed(version, person)

    def _logged(self, action: Callable[[], Any]) -> int:
        before = EditorialLog.objects.count()
        action()
        return EditorialLog.objects.count() - before

    def edit_past_the_rules(self, name: str, slug: str, way: int) -> None:
        version, token = self._open(slug), self._token()
        if version is None:
            return
        rows, words = VerdictVersion.objects.filter(pk=version.pk), f"Silently {token}."
        version.rationale = words
        facts = Evidence.objects.filter(version=version)
        ways: dict[str, Callable[[], Any]] = {
            "update": lambda: rows.update(rationale=words),
            "bulk": lambda: VerdictVersion.objects.bulk_update([version], ["rationale"]),
            "sql": lambda: sql(
                "UPDATE claims_verdictversion SET rationale = %s WHERE id = %s", words, version.pk
            ),
            "author": lambda: rows.update(author=self.people["third"]),
            "fact added": lambda: (
                Evidence.objects.create(version=version, campaign=self.facts[2], stance="supports").pk
            ),
            "fact changed": lambda: facts.update(note=words),
            "fact gone": lambda: facts.delete()[0],
        }
        before, chosen = version.author_id, _one_of(ways, way)
        touched = self.act(f"edit by {chosen}", lambda: ways[chosen]() or 0)
        if touched and not (chosen == "author" and before == self.people["third"].pk):
            assert chosen != "author", "whoever wrote it could approve it then"
            self._changed(version, None, token if chosen in ("update", "bulk", "sql", "fact changed") else "")

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
            "desk": lambda: self._step(name, version, "approve", **_ticked("approve-")),
            "admin": lambda: self._step_in_the_admin(name, version),
            "create": lambda: Approval.objects.create(**row),
            "bulk": lambda: Approval.objects.bulk_create([Approval(**row)]),
            "sql": lambda: sql(
                "INSERT INTO claims_approval (version_id, approver_id, at, checklist, comment) VALUES (%s, %s, %s, %s, '')",
                version.pk, person.pk, self.now, json.dumps(publishing.CHECKLIST),
            ),
        }  # fmt: skip
        chosen = _one_of(ways, way // 4)
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
        chosen = _one_of(ways, way)
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
            for step, given in (("submit", {}), ("approve", _ticked("approve-")), ("publish", {})):
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
        chosen = _one_of(ways, way)
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

    def _desk(self, name: str, address: str, **given: Any) -> None:
        assert self.clients[name].post(address, given).status_code in (200, 302, 403)

    def _step(self, name: str, version: VerdictVersion, step: str, **given: str) -> int:
        """Press a button of the version's page; 0 where the page answered with words only."""
        before = self._standing(version)
        self._desk(name, f"/admin/desk/versions/{version.pk}/", **{
            "step": step, f"{step}-edited_at": version.edited_at.isoformat(), **given,
        })  # fmt: skip
        return int(self._standing(version) != before)

    def _step_in_the_admin(self, name: str, version: VerdictVersion) -> int:
        before = self._standing(version)
        self._desk(
            name, f"/admin/claims/verdictversion/{version.pk}/approve/",
            edited_at=version.edited_at.isoformat(), **_ticked(""),
        )  # fmt: skip
        return int(self._standing(version) != before)

    def _standing(self, version: VerdictVersion) -> tuple[str, int]:
        state = VerdictVersion.objects.values_list("state", flat=True).get(pk=version.pk)
        return state, Approval.objects.filter(version=version).count()

    # -- what must hold after every action -----------------------------------------------------------

    def _look_at_approvals(self) -> None:
        for key in Approval.objects.exclude(pk__in=self.ticks).values_list("pk", flat=True):
            self.ticks[key] = self.tick

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


def _one_of(ways: dict[str, Any], number: int) -> str:
    return list(ways)[number % len(ways)]


def _ticked(prefix: str) -> dict[str, str]:
    return {
        f"{prefix}{name}": "on" if value is True else str(value)
        for name, value in publishing.CHECKLIST.items()
    }
