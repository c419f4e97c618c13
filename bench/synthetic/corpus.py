"""Fills a benchmark database with many times the catalogue: `python -m bench.synthetic.corpus [claims] [database url]`.

Rows are copied inside the database from the loaded catalogue, each marked as synthetic.  The database's name must hold
the word "bench": nothing here can reach a database that a site serves.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

MARK = "synthetic"


def refuse_others(connection: Any) -> None:
    """Stop unless the database was made for benchmarks."""
    if "bench" not in str(connection.settings_dict["NAME"]):
        raise SystemExit(f"database {connection.settings_dict['NAME']}: expected a name with 'bench' in it")


class Filler:
    """Copies rows of one table, ids shifted by a stride that is wider than the table."""

    def __init__(self, connection: Any, say: Callable[[str], None]) -> None:
        self.connection, self.say = connection, say
        self.sqlite = connection.vendor == "sqlite"

    def series(self, copies: int) -> str:
        if self.sqlite:
            return f"(WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {copies}) SELECT n FROM s) s"
        return f"generate_series(1, {copies}) AS s(n)"

    def run(self, statement: str) -> int:
        with self.connection.cursor() as cursor:
            cursor.execute(statement)
            return int(cursor.rowcount)

    def top(self, table: str) -> int:
        with self.connection.cursor() as cursor:
            cursor.execute(f"SELECT coalesce(max(id), 0) FROM {table}")
            return int(cursor.fetchone()[0])

    def copy(self, model: Any, copies: int, where: str = "1 = 1", **other: str) -> int:
        """Copy the rows of a model; ``other`` gives expressions for columns, with ``{stride}`` the shift of the id."""
        table = model._meta.db_table
        stride = self.top(table) + 1
        names, expressions = [], []
        for field in model._meta.concrete_fields:
            names.append(f'"{field.column}"')
            given = other.get(field.column)
            expressions.append(
                (
                    given or ("t.id + s.n * {stride}" if field.column == "id" else f't."{field.column}"')
                ).format(stride=stride)
            )
        began = time.monotonic()
        rows = self.run(
            f'INSERT INTO "{table}" ({", ".join(names)}) SELECT {", ".join(expressions)} FROM "{table}" t CROSS JOIN {self.series(copies)} WHERE {where}'
        )
        self.say(f"{table}: {rows} rows in {time.monotonic() - began:.1f} s")
        return stride


def fill(claims: int, *, say: Callable[[str], None] = print) -> dict[str, int]:
    """Bring the loaded catalogue up to about ``claims`` claims, with ten times the appearances and polls."""
    from django.db import connection, transaction
    from django.db.models import Count
    from django.utils import timezone

    from claims import database
    from claims.models import (
        Appearance,
        AssertedQuantity,
        CheckRun,
        Claim,
        ClaimCheck,
        EditorialLog,
        Evidence,
        VerdictVersion,
    )
    from claims.search_words import sqlite_words
    from ephemeris.models import ArchivePoll, Campaign, EphemerisSnapshot, OrbitSolution, PollTally

    refuse_others(connection)
    filler = Filler(connection, say)
    copies = max(1, claims // Claim.objects.count())
    minutes = (
        "datetime(t.{0}, '-' || s.n || ' minutes')" if filler.sqlite else "t.{0} - s.n * interval '1 minute'"
    )
    with transaction.atomic():
        if filler.sqlite:
            database.lift(connection)
        else:
            filler.run("SET LOCAL session_replication_role = replica")
        claim_stride = filler.top("claims_claim") + 1
        version_stride = filler.top("claims_verdictversion") + 1
        original = f"t.id < {claim_stride}"
        filler.copy(
            Claim, copies, original, slug=f"substr(t.slug, 1, 60) || '-{MARK}-' || s.n", current_version_id=f"t.current_version_id + s.n * {version_stride}",
            first_published_at=minutes.format("first_published_at"),
        )  # fmt: skip
        filler.copy(
            VerdictVersion, copies, f"t.id < {version_stride}", claim_id=f"t.claim_id + s.n * {claim_stride}",
            published_at=minutes.format("published_at"), title=f"substr('[{MARK}] ' || t.title, 1, 80)",
            content_sha256=f"'{MARK}'",
        )  # fmt: skip
        filler.copy(
            Evidence, copies, version_id=f"t.version_id + s.n * {version_stride}", check_run_id="NULL"
        )
        for model in (AssertedQuantity, ClaimCheck, CheckRun):
            filler.copy(model, copies, claim_id=f"t.claim_id + s.n * {claim_stride}")
        filler.copy(
            EditorialLog, copies, "t.claim_id IS NOT NULL", claim_id=f"t.claim_id + s.n * {claim_stride}",
            version_id=f"t.version_id + s.n * {version_stride}", at=minutes.format("at"),
            previous_hash=f"substr(t.previous_hash, 1, 40) || ' {MARK} ' || s.n",
            row_hash=f"substr(t.row_hash, 1, 40) || ' {MARK} ' || s.n",
        )  # fmt: skip
        before = Appearance.objects.count()
        position = "t.position + s.n" if before else "0"
        per_claim = max(1, round(10 * claims / max(1, before * copies)))
        stride = filler.top("claims_appearance") + 1
        filler.copy(Appearance, copies, f"t.id < {stride}", claim_id=f"t.claim_id + s.n * {claim_stride}")
        if per_claim > 1:
            filler.copy(Appearance, per_claim - 1, position=position, locator=f"'{MARK} ' || s.n")
        if not ArchivePoll.objects.exists():
            for row in Campaign.objects.all():
                ArchivePoll.objects.create(
                    campaign=row, archive=row.archive, asked_at=timezone.now(), outcome="answered", query_text=MARK,
                    row_count=1, idempotency_key=f"{MARK}-{row.pk}", synthetic=True,
                )  # fmt: skip
        polls = ArchivePoll.objects.count()
        filler.copy(
            ArchivePoll, max(1, 10 * claims // polls), idempotency_key=f"'{MARK}-' || t.id || '-' || s.n", asked_at=minutes.format("asked_at"),
        )  # fmt: skip
        for key, number in (
            ArchivePoll.objects.filter(witness=False)
            .order_by()
            .values_list("campaign")
            .annotate(number=Count("pk"))
        ):
            PollTally.objects.update_or_create(campaign_id=key, defaults={"polls": number})
        if not EphemerisSnapshot.objects.exists():
            solution = OrbitSolution.objects.filter(is_default=True).first()
            assert solution is not None
            EphemerisSnapshot.objects.create(
                body=solution.body, solution=solution, engine="embedded", start_tdb_jd=2460000.5, stop_tdb_jd=2460010.5,
                step_d=1.0, table=bytes(11 * 56), digest=MARK, retrieved_at=timezone.now(), last_confirmed_at=timezone.now(),
            )  # fmt: skip
        filler.copy(
            EphemerisSnapshot, max(1, claims // EphemerisSnapshot.objects.count()), digest=f"'{MARK}-' || s.n",
            start_tdb_jd="t.start_tdb_jd - s.n * 1000",
        )  # fmt: skip
        if filler.sqlite:
            filler.run(f"INSERT INTO claims_search(rowid, words_of_shard) SELECT id, {sqlite_words()} FROM claims_verdictversion "
                       f"WHERE state = 'published' AND id >= {version_stride}")  # fmt: skip
            database.install(connection)
    if (
        not filler.sqlite
    ):  # a site's SQLite has no statistics: nothing there gathers them, as PostgreSQL does by itself
        filler.run("ANALYZE")
    return {
        model.__name__: model.objects.count()
        for model in (Claim, VerdictVersion, Appearance, ArchivePoll, EphemerisSnapshot, EditorialLog)
    }


if __name__ == "__main__":
    import os

    import django

    if len(sys.argv) > 2:
        os.environ["DATABASE_URL"] = sys.argv[2]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    print(fill(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
