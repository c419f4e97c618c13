"""Pages find their rows by an index in a large record, on both databases: nothing large is read from end to end."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client

from bench.synthetic import corpus, plans
from claims.delivery import answers

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]
# what a page is for, not how it finds something: every claim's address stands in the sitemap
WHOLE = {"/sitemap.xml": {"claims_claim", "claims_verdictversion"}}


def test_no_page_reads_a_large_table_from_end_to_end(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus, "refuse_others", lambda connection: None)
    corpus.fill(1100, say=lambda line: None)
    large = {name for name, rows in plans.table_sizes(connection).items() if rows > plans.LARGE}
    assert large >= {"claims_claim", "claims_appearance", "claims_editoriallog", "ephemeris_archivepoll"}
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # read from end to end is then only what no index serves, not what is quicker so at this size
            cursor.execute("SET LOCAL enable_seqscan = off")
    for page in ("/claims/", "/objects/3I/"):
        client.get(page)  # what is read through once a publication
    found = {}
    for page in plans.PAGES:
        asked: list[tuple[str, Any]] = []

        def noted(
            execute: Any, sql: str, params: Any, many: bool, context: Any, asked: list[Any] = asked
        ) -> Any:
            asked.append((sql, params))
            return execute(sql, params, many, context)

        answers.clear()
        with connection.execute_wrapper(noted):
            assert client.get(page).status_code == 200, page
        assert asked, page
        for sql, params in asked:
            whole = (plans.whole_tables(connection, sql, params) & large) - WHOLE.get(page, set())
            if whole:
                found[page, tuple(whole)] = sql[:2000]
    assert not found, found
