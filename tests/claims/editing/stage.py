"""The stage of the random stories: people, three claims, what is known of them beside the database, and one action."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

from django.contrib.auth.models import User
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError
from hypothesis.stateful import RuleBasedStateMachine

from claims import editing
from claims.catalogue.publication import catalogue_accounts
from claims.models import Approval, Claim, EditorialLog, VerdictVersion
from tests.claims import publishing
from tests.claims.doors import signed_in

NAMES = ("first", "second", "third", "chief")
SLUGS = ("one-claim", "other-claim", "catalogue-claim")
REFUSALS = (editing.EditingRefused, DatabaseError, ProtectedError)


def sql(statement: str, *values: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def one_of(ways: dict[str, Any], number: int) -> str:
    return list(ways)[number % len(ways)]


def ticked(prefix: str) -> dict[str, str]:
    return {
        f"{prefix}{name}": "on" if value is True else str(value)
        for name, value in publishing.CHECKLIST.items()
    }


class Stage(RuleBasedStateMachine):
    """People and three claims, one of them of the initial catalogue."""

    told: ClassVar[int] = 0
    done: ClassVar[Counter[str]] = Counter()
    refused: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        cache.clear()
        type(self).told += 1
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
        token = f"zq{type(self).told}n{self.words:05d}x"
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
            type(self).refused[name] += 1
            return None
        if result != 0 and result != (0, {}):  # a statement that met no row did nothing
            type(self).done[name] += 1
        return True if result is None else result

    def _changed(self, version: VerdictVersion, person: User | None, token: str = "") -> None:
        self.edited[version.pk] = self.tick
        if person:
            self.wrote.setdefault(version.pk, set()).add(person.pk)
        if token:
            self.tokens.setdefault(version.pk, set()).add(token)

    def _logged(self, action: Callable[[], Any]) -> int:
        before = EditorialLog.objects.count()
        action()
        return EditorialLog.objects.count() - before

    def _look_at_approvals(self) -> None:
        for key in Approval.objects.exclude(pk__in=self.ticks).values_list("pk", flat=True):
            self.ticks[key] = self.tick

    # -- doors of the desk and of the admin ------------------------------------------------------------

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
            edited_at=version.edited_at.isoformat(), **ticked(""),
        )  # fmt: skip
        return int(self._standing(version) != before)

    def _standing(self, version: VerdictVersion) -> tuple[str, int]:
        state = VerdictVersion.objects.values_list("state", flat=True).get(pk=version.pk)
        return state, Approval.objects.filter(version=version).count()
