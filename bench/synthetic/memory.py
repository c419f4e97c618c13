"""The memory of running processes over time: what each holds for itself, and its share of what several hold together."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from subprocess import Popen
from typing import Self

EVERY_S = 10.0


def proportional_mb(group: int) -> dict[int, float]:
    """Megabytes of each process of a group, shared pages divided among their holders (PSS)."""
    found = {}
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and os.getpgid(int(folder.name)) == group:
                told = (folder / "smaps_rollup").read_text().splitlines()
                kilobytes = next((int(line.split()[1]) for line in told if line.startswith("Pss:")), 0)
                found[int(folder.name)] = kilobytes / 1000
        except (OSError, ValueError):
            continue  # it ended meanwhile
    return found


class Curve:
    """Looks at named process groups every ten seconds while its block runs."""

    def __init__(self, processes: Mapping[str, Popen[bytes]]) -> None:
        self.groups = {name: processes[name].pid for name in ("web", "worker")}
        self.rows: list[dict[str, float]] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Self:
        self._began = time.monotonic()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join(EVERY_S)

    def _look(self) -> None:
        while True:
            sums = {name: sum(proportional_mb(group).values()) for name, group in self.groups.items()}
            self.rows.append({"seconds": round(time.monotonic() - self._began, 1), **sums})
            if self._over.wait(EVERY_S):
                return

    def growth(self, name: str, warm_s: float) -> float:
        """By which share the highest value of the last third after the warm-up is above the highest of the first."""
        held = [row[name] for row in self.rows if row["seconds"] >= warm_s]
        third = max(1, len(held) // 3)
        return max(held[-third:]) / max(held[:third]) - 1

    def table(self) -> str:
        """A line each half minute."""
        shown = self.rows[::3]
        lines = [
            f"{row['seconds']:>6.0f} s" + "".join(f"{row[name]:>10.0f}" for name in self.groups)
            for row in shown
        ]
        return "\n".join([f"{'MB at':>8}" + "".join(f"{name:>10}" for name in self.groups), *lines])
