"""The long campaign of tests/fuzz, with a table: tools/fuzz.py [examples a parser] (default 4000).

The tests run a few damaged inputs each time; here they run many, two at a time, each target in its own process.
Requests get 25 times as many: with 4000 that is 200,000 over all public entries.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main(examples: int, chosen: list[str]) -> int:
    """Run the campaign; return the tests' own code."""
    with tempfile.TemporaryDirectory(prefix="hyperbole-fuzz-") as folder:
        record = Path(folder) / "record"
        record.touch()
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-n",
            "2",
            "--dist",
            "worksteal",
            "-p",
            "no:randomly",
        ]
        environment = {
            **os.environ,
            "HYPERBOLE_FUZZ_EXAMPLES": str(examples),
            "HYPERBOLE_FUZZ_RECORD": str(record),
        }
        code = subprocess.run([*command, *(chosen or ["tests/fuzz"])], cwd=ROOT, env=environment).returncode
        rows = sorted(
            (json.loads(line) for line in record.read_text().splitlines()), key=lambda row: row["target"]
        )
    columns = ("inputs", "taken", "refused", "failures", "seconds")
    widest = max([len(row["target"]) for row in rows] + [6])
    print(f"\n{'target':{widest}}" + "".join(f"{name:>10}" for name in columns))
    total = dict.fromkeys(columns, 0.0)
    for row in rows:
        print(f"{row['target']:{widest}}" + "".join(f"{row[name]:>10.0f}" for name in columns))
        for name in columns:
            total[name] += row[name]
    print(f"{'all':{widest}}" + "".join(f"{total[name]:>10.0f}" for name in columns))
    return code


if __name__ == "__main__":
    os.environ.setdefault("HYPERBOLE_TEST_DATABASE", "sqlite")
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 4000, sys.argv[2:]))
