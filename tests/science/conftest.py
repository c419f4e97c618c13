"""The orbit solutions of the catalogue, their state tables, and numbers that others computed."""

import csv
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from science.orbits import orbit_solution
from science.propagation import state_table
from science.records import OrbitSolutionRecord
from science.state_table import StateTable

ROOT = Path(__file__).parents[2]
AUTHORITIES = Path(__file__).parent / "authorities"

# two years about the passage of each object
SPANS = {"1I": (2457754.5, 2458484.5), "2I": (2458484.5, 2459214.5), "3I": (2460676.5, 2461406.5)}


@cache
def _solution(body: str, solution_id: str) -> OrbitSolutionRecord:
    tables = tomllib.loads((ROOT / "data" / "orbits" / f"{body}.toml").read_text("utf-8"))["solution"]
    return orbit_solution(next(table for table in tables if table["id"] == solution_id), body)


@cache
def _table(body: str, solution_id: str) -> StateTable:
    return state_table(_solution(body, solution_id), *SPANS[body])


@pytest.fixture(scope="session")
def solution() -> Callable[[str, str], OrbitSolutionRecord]:
    """A solution of data/orbits by body and id."""
    return _solution


@pytest.fixture(scope="session")
def table() -> Callable[[str, str], StateTable]:
    """The state table of a solution over the two years of SPANS."""
    return _table


@pytest.fixture(scope="session")
def authority() -> Callable[[str], dict[str, np.ndarray]]:
    """Columns of a file in authorities/: numbers where a column holds numbers, else texts."""

    def columns(name: str) -> dict[str, np.ndarray]:
        lines = (AUTHORITIES / name).read_text("utf-8").splitlines()
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
        found = {}
        for key in rows[0]:
            texts = np.array([row[key] for row in rows])
            try:
                found[key] = texts.astype(float)
            except ValueError:
                found[key] = texts
        return found

    return columns
