"""What a site holds, counted in a process of its own: rows that may not be lost, and rows that may not be there twice."""

from __future__ import annotations

import json

from tools.faults.stack import Stack

PROGRAM = """
import json, django
django.setup()
from django.db.models import Count
from claims.database import missing_guards
from claims.editing import first_broken_log_row
from claims.models import Approval, CheckRun, Claim, ClaimCheck, EditorialLog, Evidence, VerdictVersion
from django.db import connection
from ephemeris.models import ArchivePoll, ServiceRefresh
doubled = CheckRun.objects.values("claim", "name", "params", "input_digest").annotate(n=Count("pk")).filter(n__gt=1)
published = ClaimCheck.objects.filter(claim__current_version__isnull=False)
run = set(CheckRun.objects.values_list("claim_id", "name"))
print(json.dumps({
    "rows": {model.__name__: model.objects.count() for model in (
        Claim, VerdictVersion, Evidence, Approval, EditorialLog, CheckRun, ArchivePoll, ServiceRefresh)},
    "doubled": sum(row["n"] - 1 for row in doubled),
    "half done": VerdictVersion.objects.filter(state="published", document__isnull=True).count(),
    "checks without a run": sum(key not in run for key in published.values_list("claim_id", "name")),
    "broken": first_broken_log_row(), "missing guards": missing_guards(connection),
}))
"""


def count(stack: Stack) -> dict[str, object]:
    """The accounts of a site as of now."""
    told: dict[str, object] = json.loads(stack.python("-c", PROGRAM).stdout.splitlines()[-1])
    return told


def lost(before: dict[str, object], after: dict[str, object]) -> int:
    """How many rows are gone; every table here only grows."""
    rows, now = before["rows"], after["rows"]
    assert isinstance(rows, dict)
    assert isinstance(now, dict)
    return sum(max(0, number - now[name]) for name, number in rows.items())


def doubled(after: dict[str, object]) -> int:
    return int(str(after["doubled"]))


def unsound(after: dict[str, object]) -> list[str]:
    """What does not hold."""
    return [name for name in ("half done", "broken", "missing guards") if after[name] not in (0, None, [])]
