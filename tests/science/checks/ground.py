"""Facts for checks, read straight from the catalogue's files, without a database."""

import tomllib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from science.checks.contract import CheckResult, Facts
from science.checks.registry import checks
from science.checks.running import run_check
from science.orbits import orbit_solution
from science.propagation import state_table
from science.records import AssertedRecord, Citation, MeasurementRecord, OrbitSolutionRecord
from science.state_table import StateTable

DATA = Path(__file__).parents[3] / "data"
AS_OF = datetime(2026, 11, 23, tzinfo=UTC)
CITATION = Citation("test", "A source", "author", 2025, "peer_reviewed", 2)


class Orbit:
    """The default solution of a body in data/orbits/."""

    def __init__(self, body: str) -> None:
        rows = tomllib.loads((DATA / "orbits" / f"{body}.toml").read_text())["solution"]
        self.solution: OrbitSolutionRecord = orbit_solution(
            next(row for row in rows if row.get("default")), body
        )

    def states(self, start_tdb_jd: float, stop_tdb_jd: float) -> StateTable:
        return _table(self.solution.body, start_tdb_jd, stop_tdb_jd)


@cache
def orbit(body: str) -> Orbit:
    if not (DATA / "orbits" / f"{body}.toml").exists():
        raise LookupError(body)
    return Orbit(body)


@cache
def _table(body: str, start_tdb_jd: float, stop_tdb_jd: float) -> StateTable:
    epoch = orbit(body).solution.epoch_tdb_jd
    if epoch - 400 < start_tdb_jd and stop_tdb_jd < epoch + 800:
        if (start_tdb_jd, stop_tdb_jd) != (epoch - 399, epoch + 799):
            return _table(body, epoch - 399, epoch + 799)
        return state_table(orbit(body).solution, start_tdb_jd, stop_tdb_jd)
    return state_table(orbit(body).solution, start_tdb_jd, stop_tdb_jd, step_d=1.0, with_covariance=False)


@cache
def measurements() -> dict[str, MeasurementRecord]:
    """The catalogue's measurements, as far as checks read them."""
    found = {}
    for path in sorted((DATA / "measurements").glob("*.toml")):
        for row in tomllib.loads(path.read_text())["measurement"]:
            moment = row.get("observed_from")
            if moment is not None and not isinstance(moment, datetime):
                moment = datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
            found[row["id"]] = MeasurementRecord(
                key=row["id"],
                body=row["object"],
                quantity=row["quantity"],
                unit=row["unit"],
                statement=row["statement"],
                citation=CITATION,
                limit=row.get("limit", "value"),
                observed_from=moment,
                **{
                    name: row.get(name)
                    for name in (
                        "value", "plus", "minus", "error_kind", "value_time", "presence", "subject", "r_h_au", "leg",
                        "instrument", "series", "superseded_by",
                    )
                },
                disputed=row["disputed"],
            )  # fmt: skip
    return found


def facts(body: str = "3I", **changed: object) -> Facts:
    given = {"measurements": measurements(), "orbit_of": orbit, **changed}
    return Facts(as_of=AS_OF, body=body, **given)  # type: ignore[arg-type]


def result_of(
    name: str, params: dict, *asserted: AssertedRecord, body: str = "3I", **changed: object
) -> CheckResult:
    return run_check(checks()[name], params, facts(body, **changed), asserted)


def asserts(
    quantity: str, value: float | None, unit: str = "", relation: str = "eq", when: str | None = None
) -> AssertedRecord:
    return AssertedRecord(quantity, value, unit, relation, value_time=when)  # type: ignore[arg-type]


def measured(key: str, quantity: str, value: float, unit: str, **more: object) -> MeasurementRecord:
    """A measurement made up for a test."""
    given = {"body": "3I", "statement": "made up for a test", "citation": CITATION, **more}
    return MeasurementRecord(key=key, quantity=quantity, value=value, unit=unit, **given)  # type: ignore[arg-type]
