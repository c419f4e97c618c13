"""How each public list and queue finds its rows in a large database: `python -m bench.synthetic.plans [database url]`.

Every statement of a request is explained; a whole table of more than a thousand rows that is read is printed, with the
statement's own time.
"""

from __future__ import annotations

import os
import re
import sys
import time
from typing import Any

from claims.generation import TABLES

PAGES = (
    "/", "/claims/", "/claims/?topic=composition", "/claims/?verdict=contradicted", "/claims/?object=3I", "/claims/?q=nickel+vapour", "/claims/?q=the",
    "/claims/nickel-vapour-detected/", "/claims/nickel-vapour-detected/history/", "/objects/", "/objects/3I/", "/measurements/",
    "/sources/", "/archives/", "/corrections/", "/status/", "/objects/compare/", "/readings/", "/check/", "/method/", "/feed.json", "/changes.json", "/objects/3I/feed.json",
    "/claims/feed.json?topic=composition", "/api/v1/claims/", "/api/v1/claims/?topic=composition", "/api/v1/measurements/",
    "/api/v1/campaigns/", "/sitemap.xml",
)  # fmt: skip
LARGE = 1000
# the largest number of several tables: each is the last entry of its own index, which SQLite's plan does not say
NEWEST = "SELECT " + ", ".join(f"(SELECT max(id) FROM {table})" for table in TABLES)

# read backwards from the newest row to the first that fits, by the number that orders the table itself
FROM_THE_END = re.compile(r'ORDER BY "\w+"\."id" DESC LIMIT 1$')
# a virtual table, which SQLite calls scanned although it is searched by its own index
OWN_INDEX = {"claims_search"}


def main() -> int:
    """Print the table; 1 when a page failed."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    from bench.synthetic.corpus import refuse_others
    from claims.delivery import answers

    refuse_others(connection)
    settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    sizes = table_sizes(connection)
    reader, failed = Client(headers={"host": "localhost"}, raise_request_exception=False), 0
    print(f"{'page':42}{'status':>7}{'queries':>8}{'first s':>9}{'again s':>9}  whole tables read")
    for page in PAGES:
        answers.clear()
        reader.get(page)
        answers.clear()
        asked: list[tuple[str, object, float]] = []

        def noted(
            execute: Any, sql: str, params: Any, many: bool, context: Any, asked: list[Any] = asked
        ) -> Any:
            start = time.perf_counter()
            try:
                return execute(sql, params, many, context)
            finally:
                asked.append((sql, params, time.perf_counter() - start))

        began = time.perf_counter()
        with connection.execute_wrapper(noted):
            status = reader.get(page).status_code
        first = time.perf_counter() - began
        began = time.perf_counter()
        reader.get(page)
        again = time.perf_counter() - began
        failed += status != 200
        found: dict[str, float] = {}
        for sql, params, seconds in asked:
            for table in whole_tables(connection, sql, params):
                if sizes.get(table, 0) > LARGE:
                    found[table] = max(found.get(table, 0.0), seconds)
        told = ", ".join(f"{table} ({seconds:.2f} s)" for table, seconds in sorted(found.items())) or "none"
        print(
            f"{page:42}{status:>7}{len(asked):>8}{first:>9.3f}{again:>9.3f}  {told}",
            flush=True,
        )
    return 1 if failed else 0


def table_sizes(connection: object) -> dict[str, int]:
    with connection.cursor() as cursor:  # type: ignore[attr-defined]
        sizes = {}
        for table in connection.introspection.table_names(cursor):  # type: ignore[attr-defined]
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            sizes[table] = cursor.fetchone()[0]
        return sizes


def whole_tables(connection: object, statement: str, params: object) -> set[str]:
    """The tables that a statement reads from end to end."""
    if (
        statement == NEWEST
        or FROM_THE_END.search(statement)
        or not statement.lstrip().upper().startswith(("SELECT", "WITH"))
    ):
        return set()
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "  # type: ignore[attr-defined]
    with connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(explain + statement, params)
        lines = [str(row[-1]) for row in cursor.fetchall()]
    pattern = r"^SCAN (\w+)(?! .*USING)" if connection.vendor == "sqlite" else r"Seq Scan on (\w+)"  # type: ignore[attr-defined]
    aliases = dict(re.findall(r'"(\w+)" (?:AS )?"?([A-Z]\w*)"?', statement))
    names = {match for line in lines for match in re.findall(pattern, line)}
    found = {next((table for table, alias in aliases.items() if alias == name), name) for name in names}
    return found - OWN_INDEX


if __name__ == "__main__":
    if len(sys.argv) > 1:
        os.environ["DATABASE_URL"] = sys.argv[1]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django

    django.setup()
    sys.exit(main())
