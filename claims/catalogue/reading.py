"""The whole catalogue, read and validated: rows by key, or every fault at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from claims.catalogue.articles import check_articles
from claims.catalogue.campaigns import check_campaign
from claims.catalogue.claims import check_claim, check_wordings
from claims.catalogue.files import Folder, by_key
from claims.catalogue.measurements import check_measurement
from claims.catalogue.orbits import body_of, check_orbit, check_orbits
from claims.catalogue.problems import CatalogueRefused, Problem, Row
from claims.catalogue.readings import check_guided_reading
from claims.catalogue.references import References
from claims.catalogue.reviews import check_review
from claims.catalogue.sources import check_object, check_source


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A sound catalogue; keys are designations, ids and slugs, a solution's is ``3I/JPL44``."""

    objects: dict[str, Row]
    sources: dict[str, Row]
    measurements: dict[str, Row]
    campaigns: dict[str, Row]
    solutions: dict[str, Row]
    claims: dict[str, Row]
    readings: dict[str, Row]

    def counts(self) -> dict[str, int]:
        return {name: len(getattr(self, name)) for name in self.__slots__}


def read_catalogue(folder: Path, articles: Mapping[str, str] | None = None) -> Catalogue:
    """The catalogue of ``folder``; raises `CatalogueRefused` with every fault of every file.

    ``articles`` are texts of articles under review by source id: what is quoted from them is then compared.
    """
    problems: list[Problem] = []
    if not folder.is_dir():
        raise CatalogueRefused([Problem(str(folder.name), 1, "the catalogue's folder does not exist")])
    files = Folder(folder, problems)
    objects = by_key(files.whole_files("objects/*.toml", "object"), problems)
    sources = by_key(files.rows("sources.toml", "source", "source"), problems)
    measurements = by_key(files.rows("measurements/*.toml", "measurement", "measurement"), problems)
    campaigns = by_key(files.rows("campaigns/*.toml", "campaign", "campaign"), problems)
    solutions = _solutions(files, problems)
    claims = by_key(files.whole_files("claims/*.toml", "claim"), problems)
    readings = by_key(files.whole_files("readings/*.toml", "guided reading"), problems)
    known = References(objects, sources, measurements, campaigns, claims)

    for row in objects.values():
        check_object(row, sources, problems)
    for row in sources.values():
        check_source(row, problems)
    for row in measurements.values():
        check_measurement(row, known, problems)
    for row in campaigns.values():
        check_campaign(row, known, problems)
    for row in solutions.values():
        check_orbit(row, problems)
    check_orbits(list(solutions.values()), objects, problems)
    for row in claims.values():
        check_claim(row, known, problems)
        check_review(row, known, problems)
    check_wordings(claims, problems)
    for row in readings.values():
        check_guided_reading(row, known, problems)
    problems += [
        Problem(files.shown("sources.toml"), 1, f"article {key!r} is not among the sources")
        for key in sorted((articles or {}).keys() - sources.keys())
    ]
    everything = [
        *objects.values(),
        *sources.values(),
        *measurements.values(),
        *campaigns.values(),
        *claims.values(),
        *readings.values(),
    ]
    check_articles(everything, articles or {}, problems)
    problems += [
        Problem(files.shown(f"{name}/"), 1, "has no file that can be read")
        for name, rows in (("objects", objects), ("claims", claims))
        if not rows
    ]
    if "sources.toml" not in files.documents and not any(
        problem.file.endswith("sources.toml") for problem in problems
    ):
        problems.append(Problem(files.shown("sources.toml"), 1, "is missing"))
    if problems:
        raise CatalogueRefused(problems)
    return Catalogue(objects, sources, measurements, campaigns, solutions, claims, readings)


def _solutions(files: Folder, problems: list[Problem]) -> dict[str, Row]:
    """Orbit solutions by object and id: an id is unique in its file only."""
    rows = files.rows("orbits/*.toml", "solution", "orbit solution")
    named = [
        Row(row.kind, f"{body_of(row)}/{row.key}", row.values, row.file, row.path, row.lines) for row in rows
    ]
    return by_key(named, problems)
