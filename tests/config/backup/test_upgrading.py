"""The database of the first migrations, with people's work in it, becomes today's without losing a row.

`first_release/` holds what the code of that day wrote: two published versions of one claim, a withdrawn one, a
draft, runs, polls, a snapshot and the log of it all, as SQL.
"""

import json
from pathlib import Path

import pytest
from django.db import connection

from claims.search_words import SQLITE_TABLE
from tests.config.backup.elsewhere import Elsewhere

pytestmark = [pytest.mark.django_db, pytest.mark.both]

# where migrations add rows of their own: roles, and what Django keeps of itself
GROWN = {
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "django_migrations",
}
LOOK = """
import json, django
from django.conf import settings
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
django.setup()
from django.db import connection
from django.test import Client
from claims.database import missing_guards
from claims.editing import first_broken_log_row
from claims.integrity import Integrity, _look_at_documents
seen = Integrity()
_look_at_documents(seen)
reader = Client(headers={"host": "localhost"})
paths = ["/", "/claims/as-wide-as-a-city/", "/claims/as-wide-as-a-city/v/1/", "/claims/withdrawn-claim/",
         "/claims/still-a-draft/", "/claims/?q=nucleus", "/feed.json", "/api/v1/claims/", "/corrections/", "/status/"]
pages = {path: reader.get(path) for path in paths}
print(json.dumps({
    "missing": missing_guards(connection), "broken": first_broken_log_row(), "findings": seen.findings,
    "statuses": {path: page.status_code for path, page in pages.items()},
    "found": "as-wide-as-a-city" in pages["/claims/?q=nucleus"].content.decode(),
}))
"""


def test_it_brings_the_first_releases_database_up_to_date_and_loses_nothing(elsewhere: Elsewhere) -> None:
    elsewhere.run_script((Path(__file__).parent / "first_release" / f"{connection.vendor}.sql").read_text())
    before = elsewhere.rows()
    assert len(before["claims_verdictversion"]) == 4
    assert len(before["claims_editoriallog"]) == 15
    migrated = elsewhere.manage("migrate")
    assert migrated.returncode == 0, migrated.stderr
    after = elsewhere.rows()
    for table, rows in before.items():
        remaining = list(after[table])
        for row in rows:
            match = [one for one in remaining if row.items() <= one.items()]
            assert match, f"{table}: lost or changed: {row}"
            remaining.remove(match[0])
        assert not remaining or table in GROWN, f"{table}: {len(remaining)} rows more than before"
    looked = elsewhere.python("-c", LOOK)
    assert looked.returncode == 0, looked.stderr
    seen = json.loads(looked.stdout.splitlines()[-1])
    assert seen["missing"] == []
    assert seen["broken"] is None
    assert seen["findings"] == []
    assert seen["found"]
    statuses = seen["statuses"]
    assert statuses.pop("/claims/withdrawn-claim/") == 410
    assert statuses.pop("/claims/still-a-draft/") == 404
    assert set(statuses.values()) == {200}, statuses
    if connection.vendor == "sqlite":
        index = elsewhere.ask("SELECT sql FROM sqlite_master WHERE name = 'claims_search'")
        assert index == [(SQLITE_TABLE,)], "the index still cuts words as the first release did"
    assert "the editorial log holds: 15 rows" in elsewhere.manage("verify_log").stdout
