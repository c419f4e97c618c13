"""What an archive's file exports, what it is asked, and the record that every one of them gives back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from ephemeris.archives.names import Spelling
from ephemeris.wire import Reply, Request

Level = Literal["raw", "calibrated", "derived", "calibration", "preview", "unspecified"]
LEVELS: dict[str, str] = {
    "raw": "raw data",
    "calibrated": "calibrated data",
    "derived": "derived products",
    "calibration": "calibration files",
    "preview": "previews",
    "unspecified": "level not given",
}
Rights = Literal["public", "proprietary", "restricted", "unknown"]
Outcome = Literal[
    "answered", "empty", "truncated", "maintenance", "timeout", "rate_limited", "refused", "wrong_query",
    "unexpected_reply",
]  # fmt: skip
# the outcomes in which the archive told us something about its holdings
LOOKED = frozenset(("answered", "empty", "truncated"))
MARGIN = timedelta(days=1)  # catalogue dates are days, observations cross midnight


@dataclass(frozen=True, slots=True)
class SkyPosition:
    """Where the object stood at a moment, ICRF degrees: for surveys that know positions, not names."""

    utc: datetime
    ra_deg: float
    dec_deg: float


@dataclass(frozen=True, slots=True)
class Question:
    """What we want to know: which products of an object, by a facility, from a window of days.

    ``control`` turns it into the same question without the object: it must find rows, or else a zero to the
    question itself says nothing.  ``programs`` are confirmed: what a near miss of a spelling observed under one of them
    is the object's.  ``known_rows`` is the digest of the observation list of the last full
    answer, where an archive can spare its long product list when nothing changed.
    """

    key: str
    body: str
    spelling: Spelling
    archive: str
    facility: str
    instrument: str
    observed_from: date
    observed_to: date
    programs: tuple[str, ...] = ()
    positions: tuple[SkyPosition, ...] = ()
    known_rows: str = ""
    control: bool = False

    @property
    def start(self) -> datetime:
        """First moment of the window, UTC."""
        return datetime.combine(self.observed_from, time(), UTC) - MARGIN

    @property
    def stop(self) -> datetime:
        """First moment after the window, UTC."""
        return datetime.combine(self.observed_to, time(), UTC) + timedelta(days=1) + MARGIN

    def is_of_ours(self, program: str) -> bool:
        """Whether a programme, or the run of one (115.29F3.001), is among the confirmed ones."""
        return any(program == ours or program.startswith(f"{ours}.") for ours in self.programs)

    def speaks_of(self, facility: str) -> bool:
        """Whether a word names this question's facility or instrument."""
        return facility.lower() in f"{self.facility} {self.instrument}".lower()


@dataclass(frozen=True, slots=True)
class Holding:
    """One product, or ``number`` like products, that an archive holds; the same shape from every archive.

    ``release`` is when the archive says the public may have it, ``received`` when the ground had it.
    ``target`` and ``program`` are as the archive spells them.
    """

    uid: str
    facility: str
    instrument: str
    level: Level
    observed: datetime | None
    release: datetime | None
    rights: Rights
    url: str = ""
    target: str = ""
    program: str = ""
    received: datetime | None = None
    number: int = 1


@dataclass(frozen=True, slots=True)
class Rows:
    """What `read` makes of the replies: the holdings, the archive's own count, and near misses.

    ``possible`` are target spellings that may or may not be the object: an editor decides.  ``observations``
    is the digest of the cheap list that decides whether the long one is worth asking for.
    """

    holdings: tuple[Holding, ...]
    archive_count: int | None = None
    truncated: bool = False
    possible: tuple[str, ...] = ()
    observations: str = ""
    unchanged: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class ArchiveAnswer:
    """How a question went: an outcome, what was found, and enough to repeat and to verify it."""

    archive: str
    outcome: Outcome
    query_text: str
    holdings: tuple[Holding, ...] = ()
    archive_count: int | None = None
    reply_digest: str = ""
    message: str = ""
    possible: tuple[str, ...] = ()
    observations: str = ""
    unchanged: bool = False
    synthetic: bool = False
    retry_after_s: float | None = None
    control_query_text: str = ""
    control_row_count: int | None = None

    @property
    def looked(self) -> bool:
        return self.outcome in LOOKED

    @property
    def row_count(self) -> int | None:
        """How many products the answer holds; None when the archive told us nothing."""
        return sum(holding.number for holding in self.holdings) if self.looked else None


Ask = Callable[[Question, Sequence[Reply]], Request | None]
Read = Callable[[Question, Sequence[Reply]], Rows]


@dataclass(frozen=True, slots=True)
class Archive:
    """One archive: its hosts, its pace, which questions it takes, how it is asked and read.

    Parameters
    ----------
    name : str
        The file's name; also the name under which polls are kept.
    hosts : tuple of str
        The only hosts it may be asked at.
    takes : callable(question) -> bool
        Whether this archive is where the answer to a question lies: by archive, facility, instrument and days,
        never by a spelling.
    ask : callable(question, replies) -> Request or None
        The next request, given the replies so far; None when all has been asked.
    read : callable(question, replies) -> Rows
        Pure.  Raises one of `ephemeris.archives.reading` where the replies cannot be taken.
    interval_s : float
        Shortest time between two requests to one of its hosts.
    witness : bool
        A second witness: its answers are shown, the state rests on the archive of record.
    """

    name: str
    title: str
    hosts: tuple[str, ...]
    home_url: str
    takes: Callable[[Question], bool]
    ask: Ask
    read: Read
    policy: str = ""
    interval_s: float = 1.0
    witness: bool = False
    licence: str = ""
    conditional: bool = False
    caveats: tuple[str, ...] = field(default=())
