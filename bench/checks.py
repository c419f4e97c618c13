"""What the checks cost: all of them cold in one process, one claim's warm, beside the ephemeris they stand on.

A fresh process on a database of its own in memory of this run; ratios to the integration of one state table.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PASSES = 20

WHOLE = """
import json, time
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("load_catalogue", verbosity=0)
from django.utils import timezone
from claims.checking import ground, run_all_checks, run_claim_checks
from claims.models import CheckRun, Claim
from ephemeris.orbits import orbit_in_use
from science.propagation import state_table

began = time.perf_counter()
counts = run_all_checks(timezone.now())
cold = time.perf_counter() - began

solution = orbit_in_use("3I").solution
began = time.perf_counter()
state_table(solution, solution.epoch_tdb_jd - 500, solution.epoch_tdb_jd + 1000)
integration = time.perf_counter() - began

claim = Claim.objects.select_related("body", "current_version").prefetch_related("checks", "asserted")
claim = claim.get(slug="fastest-object-above-mars")
standing = ground(timezone.now())
run_claim_checks(claim, standing, timezone.now())
best = 1e9
for _ in range({passes}):
    began = time.perf_counter()
    run_claim_checks(claim, standing, timezone.now())
    best = min(best, time.perf_counter() - began)
print(json.dumps(dict(cold=cold, warm=best, integration=integration, checks=CheckRun.objects.count())))
"""


def main() -> list[dict[str, Any]]:
    """Rows: all checks cold, one claim's checks warm, one integration."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", WHOLE.format(passes=PASSES)],
            cwd=ROOT, capture_output=True, text=True, check=True,
            env={"PATH": "/usr/bin:/bin", "HYPERBOLE_VAR": folder, "DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        whole = time.perf_counter() - began
    found = json.loads(done.stdout.strip().splitlines()[-1])
    unit = found["integration"]
    return [
        {"name": f"all {found['checks']} checks, cold", "s": found["cold"], "ratio to one integration": found["cold"] / unit},
        {"name": "one claim's three checks again, warm", "s": found["warm"], "ratio to one integration": found["warm"] / unit},
        {"name": "one state table of four years", "s": unit, "ratio to one integration": 1.0},
        {"name": "the whole process with migrations and catalogue", "s": whole, "ratio to one integration": whole / unit},
    ]  # fmt: skip
