"""What a service's file exports, what it is asked, and the record that every one of them gives back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ephemeris.archives.names import Spelling
from ephemeris.wire import Reply, Request
from science.records import OrbitSolutionRecord
from science.state_table import StateTable


class RemoteUnavailable(Exception):
    """The service did not answer; asking again later may help."""

    def __init__(self, message: str, *, retry_after_s: float | None = None, reply_digest: str = "") -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s
        self.reply_digest = reply_digest


class UnexpectedReply(Exception):
    """The service answered with something that must not be stored; asking again gives the same."""

    def __init__(self, message: str, *, reply_digest: str = "") -> None:
        super().__init__(message)
        self.reply_digest = reply_digest


@dataclass(frozen=True, slots=True)
class Question:
    """Which object (or spacecraft), and between which TDB midnights its states are wanted.

    ``sought`` is the designation that the service is asked for; a record number never is one, because the
    same comet had three of them within a year.
    """

    subject: str
    sought: str
    spelling: Spelling | None
    start_tdb_jd: float
    stop_tdb_jd: float
    step_d: float = 1.0


@dataclass(frozen=True, slots=True)
class AstrometryRecord:
    """How much astrometry of an object is published, and under which names it is known."""

    body: str
    names: tuple[str, ...]
    observations: int
    observatories: int
    first_utc: datetime | None
    last_utc: datetime | None


@dataclass(frozen=True, slots=True)
class ServiceAnswer:
    """What a service said; at most one field of each kind is filled."""

    solution: OrbitSolutionRecord | None = None
    states: StateTable | None = None
    track: StateTable | None = None
    astrometry: AstrometryRecord | None = None
    provenance: dict[str, str] = field(default_factory=dict)


Ask = Callable[[Question, Sequence[Reply]], Request | None]
Read = Callable[[Question, Sequence[Reply]], ServiceAnswer]


@dataclass(frozen=True, slots=True)
class Service:
    """One service: its hosts, its pace, how it is asked and read.

    Parameters
    ----------
    name : str
        The file's name; also the name under which refreshes are kept.
    hosts : tuple of str
        The only hosts it may be asked at.
    gives : str
        What it is good for, in words for the status page.
    ask : callable(question, replies) -> Request or None
        The next request, given the replies so far; None when all has been asked.
    read : callable(question, replies) -> ServiceAnswer
        Pure.  Raises `RemoteUnavailable` or `UnexpectedReply`.
    spacecraft : str
        Observer code of the spacecraft it is about; empty when it is asked about small bodies.
    interval_s : float
        Shortest time between two requests to one of its hosts, on average.
    most_requests : int
        How many requests a question may take; they go out in one turn.
    """

    name: str
    title: str
    hosts: tuple[str, ...]
    home_url: str
    gives: str
    ask: Ask
    read: Read
    spacecraft: str = ""
    interval_s: float = 2.0
    most_requests: int = 1
