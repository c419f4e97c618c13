"""What people of the random stories write: drafts, edits, and what a version carries out beside its own text."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User

from claims import editing
from claims.exchange.record import claim_rows
from claims.models import (
    Appearance,
    AssertedQuantity,
    Claim,
    ClaimCheck,
    ClaimRelation,
    Evidence,
    VerdictVersion,
    VersionEdit,
)
from tests.claims import publishing
from tests.claims.admin_pages import filled, with_a_row
from tests.claims.editing.stage import SLUGS, Stage, one_of, sql

VERDICT = {
    "verdict": "contradicted", "confidence": "high", "confidence_basis": "Hubble isolated the nucleus.",
    "key_points": "46 km is the coma.\nHubble: 1.3 km.", "rationale": " ".join(["word"] * 80),
    "would_change": "A direct image.", "evidence_cutoff": "2026-10-01", "next_review": "2027-10-01",
}  # fmt: skip


class Writing(Stage):
    """Writers, by every way into the record."""

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
        chosen = one_of(ways, way)
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
        chosen = one_of(ways, way)
        if self.act(f"{chosen}", ways[chosen]):
            self._changed_beside(row, None, token)

    def _changed_beside(self, row: Claim, person: User | None, token: str) -> None:
        self.beside.setdefault(row.slug, set()).add(token)
        version = self._open(row.slug)
        if version:
            self._changed(version, person)

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
        before, chosen = version.author_id, one_of(ways, way)
        touched = self.act(f"edit by {chosen}", lambda: ways[chosen]() or 0)
        if touched and not (chosen == "author" and before == self.people["third"].pk):
            assert chosen != "author", "whoever wrote it could approve it then"
            self._changed(version, None, token if chosen in ("update", "bulk", "sql", "fact changed") else "")
