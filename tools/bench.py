"""Runs every benchmark of bench/: a module whose `main()` returns its rows, each a flat dict with a name.

Prints what each measures and one table, and writes bench/results/<module>.json with the machine it was measured on.
`tools/bench.py NAME ...` runs only these.  The modules run on the settings and the database of the environment.
"""

import importlib.util
import json
import os
import platform
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "bench"
Rows = list[dict[str, Any]]


def benchmark(path: Path) -> ModuleType | None:
    """Return the module if it is a benchmark."""
    spec = importlib.util.spec_from_file_location(f"bench.{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module if callable(getattr(module, "main", None)) else None


def table(rows: Rows) -> str:
    """Return the rows under their column names, numbers to four figures."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    cells = [
        [
            f"{row.get(name, ''):.4g}" if isinstance(row.get(name), float) else str(row.get(name, ""))
            for name in columns
        ]
        for row in rows
    ]
    widths = [max(len(line[i]) for line in [columns, *cells]) for i in range(len(columns))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in [columns, *cells]
    )


def machine() -> dict[str, Any]:
    """Return what the figures were measured on."""
    revision = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True
    )
    processor = (
        next(
            (
                line.partition(":")[2].strip()
                for line in Path("/proc/cpuinfo").read_text().splitlines()
                if line.startswith("model name")
            ),
            platform.processor(),
        )
        if Path("/proc/cpuinfo").exists()
        else platform.processor()
    )
    return {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "revision": revision.stdout.strip(),
        "python": platform.python_version(),
        "system": platform.system(),
        "processor": processor,
        "cores": os.cpu_count(),
    }


def main(names: list[str]) -> int:
    """Run the benchmarks; name those that failed."""
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    paths = sorted(path for path in FOLDER.glob("*.py") if not path.name.startswith("_"))
    unknown = set(names) - {path.stem for path in paths}
    if unknown:
        print(
            f"no benchmark {', '.join(sorted(unknown))}; there are {', '.join(path.stem for path in paths)}",
            file=sys.stderr,
        )
        return 2
    (FOLDER / "results").mkdir(exist_ok=True)
    failed = []
    for path in paths:
        if names and path.stem not in names:
            continue
        began = time.monotonic()
        try:
            module = benchmark(path)
            if module is None:
                continue
            rows = module.main()
        except Exception as error:  # the others are still worth measuring
            failed.append(path.stem)
            print(f"\n{path.stem}: {type(error).__name__}: {error}", file=sys.stderr)
            continue
        said = (module.__doc__ or "").strip()
        print(f"\n{path.stem} ({time.monotonic() - began:.1f} s): {said}\n\n{table(rows)}")
        result = {"benchmark": path.stem, "machine": machine(), "rows": rows}
        (FOLDER / "results" / f"{path.stem}.json").write_text(json.dumps(result, indent=2) + "\n")
    if failed:
        print(f"\nfailed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
