"""The long campaign of tests/fuzz, with a table: tools/fuzz.py [examples a parser] [seed] [tests] (default 4000, 0).

The tests run a few damaged inputs each time; here they run many, two at a time, each target in its own process.
Requests get 25 times as many: with 4000 that is 200,000 over all public entries.  Inputs follow from the seed, so a
campaign can be done in parts, each under its own seed: all tables are kept in bench/results/fuzz.jsonl, and the sum of
all that is in it is printed at the end.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "bench" / "results" / "fuzz.jsonl"
COLUMNS = ("inputs", "taken", "refused", "failures", "seconds")


def main(examples: int, seed: str, chosen: list[str]) -> int:
    """Run the campaign; return the tests' own code."""
    with tempfile.TemporaryDirectory(prefix="hyperbole-fuzz-") as folder:
        record = Path(folder) / "record"
        record.touch()
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "--show-capture=no",
            "--tb=short",
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
            "HYPERBOLE_FUZZ_SEED": seed,
            "HYPERBOLE_FUZZ_RECORD": str(record),
        }
        code = subprocess.run([*command, *(chosen or ["tests/fuzz"])], cwd=ROOT, env=environment).returncode
        rows = [{**json.loads(line), "seed": seed} for line in record.read_text().splitlines()]
    KEPT.parent.mkdir(exist_ok=True)
    with KEPT.open("a") as kept:
        kept.writelines(json.dumps(row) + "\n" for row in rows)
    show(f"seed {seed}", rows)
    earlier = [json.loads(line) for line in KEPT.read_text().splitlines()]
    if len({row["seed"] for row in earlier}) > 1:
        show("all seeds so far", earlier)
    return code


def show(title: str, rows: list[dict[str, float]]) -> None:
    """Print what each target was given, with a sum."""
    sums: dict[str, dict[str, float]] = {}
    for row in sorted(rows, key=lambda row: str(row["target"])):
        for target in (str(row["target"]), "~"):
            one = sums.setdefault(target, dict.fromkeys(COLUMNS, 0.0))
            for name in COLUMNS:
                one[name] += row[name]
    widest = max([len(target) for target in sums] + [len(title)])
    print(f"\n{title:{widest}}" + "".join(f"{name:>10}" for name in COLUMNS))
    for target, one in sorted(sums.items()):
        print(
            f"{'all' if target == '~' else target:{widest}}"
            + "".join(f"{one[name]:>10.0f}" for name in COLUMNS)
        )


if __name__ == "__main__":
    os.environ.setdefault("HYPERBOLE_TEST_DATABASE", "sqlite")
    words = [*sys.argv[1:], *("4000", "0")[len(sys.argv) - 1 :]]
    sys.exit(main(int(words[0]), words[1], words[2:]))
