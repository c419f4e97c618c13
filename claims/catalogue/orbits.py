"""What an orbit solution of the catalogue must be."""

from __future__ import annotations

from typing import Any

from claims.catalogue.fields import SOLUTION, checked, day, flag, number, table, text, vector, whole
from claims.catalogue.problems import Problem, Row

ELEMENTS = (
    "eccentricity", "perihelion_distance_au", "perihelion_time_tdb_jd", "longitude_of_ascending_node_deg",
    "argument_of_perihelion_deg", "inclination_deg",
)  # fmt: skip
VECTORS = ("position_au", "velocity_au_d")
NON_GRAVITATIONAL = {
    name: number(required=True)
    for name in ("A1_au_d2", "A2_au_d2", "A3_au_d2", "ALN", "NK", "NM", "NN", "R0_au", "DT_d")
}
SIGMAS = {
    name: number(least=0) for name in ("e", "q", "tp_d", "om_deg", "w_deg", "i_deg", "a1", "a2", "a3", "dt_d")
}
EPOCHS_TDB_JD = (2400000.5, 2500000.5)  # 1858 to 2132

ORBIT = {
    "id": text(required=True, form=SOLUTION, called="made of letters, digits and hyphens", most=32),
    "producer": text(required=True, most=64),
    "default": flag(),
    "kind": text(required=True, most=128),
    "epoch_tdb_jd": number(required=True),
    "solution_date": text(most=32),
    "observations": whole(1, 10_000_000),
    "arc_from": day(),
    "arc_to": day(),
    "M1": number(),
    "k1": number(),
    "fit_rms_km": number(least=0),
    "fit_max_km": number(least=0),
    "source": text(required=True, most=255),
    "note": text(),
    "sigma": table(),
    "non_gravitational": table(),
    **{name: number() for name in ELEMENTS},
    **{name: vector() for name in VECTORS},
}


def check_orbit(row: Row, problems: list[Problem]) -> dict[str, Any]:
    good = checked(row, ORBIT, problems)
    given = (set(ELEMENTS) | set(VECTORS)) & set(row.values)
    if given not in (set(ELEMENTS), set(VECTORS)):
        problems.append(row.problem("needs either all six elements or position and velocity"))
    epoch = good.get("epoch_tdb_jd")
    if epoch is not None and not EPOCHS_TDB_JD[0] < epoch < EPOCHS_TDB_JD[1]:
        problems.append(row.problem(f"epoch_tdb_jd {epoch} is not a plausible Julian date", "epoch_tdb_jd"))
    if "arc_from" in good and "arc_to" in good and good["arc_from"] > good["arc_to"]:
        problems.append(row.problem("arc_from lies after arc_to", "arc_from"))
    for name, shape in (("sigma", SIGMAS), ("non_gravitational", NON_GRAVITATIONAL)):
        if name in good:
            checked(row.table(name), shape, problems)
    return good


def check_orbits(rows: list[Row], objects: dict[str, Row], problems: list[Problem]) -> None:
    """What holds for the solutions of a file together: the object, and exactly one default."""
    files: dict[str, list[Row]] = {}
    for row in rows:
        files.setdefault(row.file, []).append(row)
    for file, solutions in files.items():
        first = solutions[0]
        if body_of(first) not in objects:
            problems.append(Problem(file, 1, f"object {body_of(first)} has no file in objects/"))
        chosen = [row for row in solutions if row.values.get("default") is True]
        if len(chosen) != 1:
            at = chosen[1] if chosen else first
            problems.append(
                Problem(
                    file,
                    at.line("default"),
                    f"{len(chosen)} solutions are the default, exactly one is required",
                )
            )
    folder = next(iter(objects.values())).file.partition("/")[0] if objects else "data"
    problems += [
        Problem(f"{folder}/orbits/{name}.toml", 1, f"object {name} has no orbit solution")
        for name in sorted(objects.keys() - {body_of(solutions[0]) for solutions in files.values()})
    ]


def body_of(row: Row) -> str:
    """The object of a solution: the name of its file."""
    return row.file.rpartition("/")[2].removesuffix(".toml")
