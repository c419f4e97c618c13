"""A small invented world of observations, for every archive's fake.  Nothing in it was ever observed.

Products are what all formats are written from; `select` answers like a database does, by window, name and
instrument, so that a query that asks for something else gets something else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from ephemeris.archives.contract import Question, SkyPosition
from ephemeris.archives.names import spelling

SPELLING = spelling("3I", "3I/ATLAS", ["C/2025 N1 (ATLAS)"])


@dataclass(frozen=True)
class Product:
    """One invented product in the terms that all archives share."""

    archive: str
    uid: str
    target: str
    instrument: str
    observed: datetime
    level: str = "raw"
    release: datetime | None = None
    rights: str = "public"
    program: str = "SYN-1"
    facility: str = ""
    received: datetime | None = None


@dataclass
class World:
    """What the fake archives hold, and how each of them misbehaves."""

    products: list[Product] = field(default_factory=list)

    def select(
        self,
        archive: str,
        start: datetime,
        stop: datetime,
        patterns: Iterable[str] | None = None,
        levels: Iterable[str] | None = None,
        instruments: Iterable[str] | None = None,
    ) -> list[Product]:
        """Products of an archive in a window; patterns are SQL's, None means any target."""
        expressions = None if patterns is None else [
            re.compile(".*".join(re.escape(part) for part in pattern.split("%")), re.IGNORECASE) for pattern in patterns
        ]  # fmt: skip
        return [
            product
            for product in self.products
            if product.archive == archive
            and start <= product.observed < stop
            and (expressions is None or any(one.fullmatch(product.target) for one in expressions))
            and (levels is None or product.level in levels)
            and (instruments is None or product.instrument in instruments)
        ]

    def without(self, archive: str) -> None:
        """Let all products of the object vanish from an archive; strangers stay."""
        self.products = [
            product
            for product in self.products
            if product.archive != archive or not SPELLING.is_it(product.target)
        ]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _question(
    archive: str, facility: str, instrument: str, first: str, last: str, **more: object
) -> Question:
    return Question(
        key=f"sample-{archive}", body="3I", spelling=SPELLING, archive=archive, facility=facility,
        instrument=instrument, observed_from=date.fromisoformat(first), observed_to=date.fromisoformat(last), **more,
    )  # fmt: skip


# One question an archive, in the catalogue's words.
SAMPLES: dict[str, Question] = {
    "alma": _question("alma", "ALMA", "ACA 7 m", "2025-08-28", "2025-10-01"),
    "cadc": _question("mast", "JWST", "NIRSpec IFU", "2025-08-06", "2025-08-06"),
    "cobs": _question(
        "mpc", "International Asteroid Warning Network", "many observatories", "2025-11-27", "2026-01-27"
    ),
    "eso": _question("eso", "VLT", "UVES, X-shooter, FORS2", "2025-07-04", "2025-12-31"),
    "gemini": _question("gemini", "Gemini South", "GMOS", "2025-08-27", "2025-08-27"),
    "heasarc": _question("heasarc", "Swift", "UVOT", "2025-07-31", "2025-08-20"),
    "hirise": _question("pds", "Mars Reconnaissance Orbiter", "HiRISE", "2025-10-02", "2025-10-02"),
    "irsa": _question(
        "irsa", "SPHEREx", "0.75-5 um spectrophotometry", "2025-08-01", "2025-08-03",
        positions=tuple(SkyPosition(at(f"2025-08-0{day}T12:00"), 220.0 + day, -18.0) for day in (1, 2, 3)),
    ),
    "koa": _question("koa", "Keck II", "KCWI", "2025-08-24", "2025-08-24"),
    "mars2020": _question("mission", "Perseverance", "Navcam, Mastcam-Z", "2025-10-03", "2025-10-04"),
    "mast": _question("mast", "JWST", "NIRSpec IFU", "2025-08-06", "2025-08-06"),
    "mpc": _question("mpc", "ATLAS survey", "ATLAS-Chile (MPC code W68)", "2025-06-05", "2025-07-01"),
    "pds": _question("pds", "MAVEN", "IUVS", "2025-09-27", "2025-10-09"),
    "psa": _question("psa", "ExoMars Trace Gas Orbiter", "CaSSIS, NOMAD", "2025-10-01", "2025-10-07"),
    "tess": _question("mast", "TESS", "full-frame images, Sector 92", "2025-05-07", "2025-06-02"),
    "xsa": _question("xsa", "XMM-Newton", "EPIC-pn", "2025-12-03", "2025-12-04"),
}  # fmt: skip

# archive -> (target, instrument, facility) of the object's rows and the target of its neighbours
_ROWS = {
    "alma": ("3I/ATLAS", "7", "ALMA", "Callisto"),
    "cadc": ("3I", "NIRSPEC/IFU", "JWST", "NGC-1566"),
    "cobs": ("C/2025 N1 (ATLAS)", "V", "COBS", "C/2024 E1 (Wierzchos)"),
    "eso": ("3I", "UVES", "VLT", "STD"),
    "gemini": ("3I", "GMOS-S", "Gemini-South", "M83"),
    "heasarc": ("3I/ATLAS", "Swift", "Swift", "GRB 250803A"),
    "hirise": ("3I/ATLAS", "HiRISE", "MRO", "MARS"),
    "irsa": ("", "SPHEREx-D2", "SPHEREx", ""),
    "koa": ("3I", "kcwi", "Keck", "BD+33d2642"),
    "mars2020": ("sky", "NAVCAM_LEFT", "Perseverance", "ground"),
    "mast": ("3I-ATLAS", "NIRSPEC/IFU", "JWST", "NGC-1566"),
    "mpc": ("3I", "W68", "MPC", "2I"),
    "pds": ("", "IUVS", "MAVEN", ""),
    "psa": ("Sky", "CaSSIS", "TGO", "Mars"),
    "tess": ("C/2025 N1", "camera 2", "TESS", "Ceres"),
    "xsa": ("3I/ATLAS", "EPIC", "XMM", "NGC 4151"),
}


def standard_world(number: int = 6) -> World:
    """A few products of the object in every archive, and neighbours that a control question finds."""
    world = World()
    for archive, (target, instrument, facility, neighbour) in _ROWS.items():
        question = SAMPLES[archive]
        noon = datetime.combine(question.observed_from, datetime.min.time(), UTC) + timedelta(hours=12)
        for place in range(number):
            observed = noon + timedelta(minutes=place)
            world.products.append(
                Product(
                    archive, _uid(archive, place, observed), target, instrument, observed,
                    level=("raw", "calibrated", "calibration")[place % 3],
                    release=observed + timedelta(days=365), facility=facility, received=observed + timedelta(hours=20),
                )
            )  # fmt: skip
            # neighbours: another object in the same days, and where no names are known, other days
            elsewhen = observed - timedelta(days=20 if archive in ("psa", "mars2020", "pds", "irsa") else 0)
            world.products.append(
                Product(
                    archive, _uid(archive, 50 + place, elsewhen), neighbour or "other", instrument, elsewhen,
                    release=elsewhen, facility=facility, received=elsewhen + timedelta(hours=18),
                )
            )  # fmt: skip
    return world


def _uid(archive: str, place: int, observed: datetime) -> str:
    if archive == "hirise":
        return f"ESP_{89_960 + place % 50:06d}_{'9045' if place < 50 else '1650'}"
    if archive == "tess":
        return f"tess-s{92 if place < 50 else 14:04d}-{place % 4 + 1}-{place % 3 + 1}"
    if archive == "mast":
        return str(900_000_000 + place)
    return f"SYNTHETIC.{archive}.{observed:%Y%m%d}.{place:03d}"
