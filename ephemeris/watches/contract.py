"""What a watch's file exports, what it is asked about a source, and the record that every one gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ephemeris.wire import Reply, Request


@dataclass(frozen=True, slots=True)
class SourceQuestion:
    """A source as the services know it: by its address, its DOI, its arXiv number.

    ``arxiv_version`` is the version that the record cites, None where it cites none in particular.
    """

    key: str
    url: str = ""
    doi: str = ""
    arxiv: str = ""
    arxiv_version: int | None = None
    job: str = ""  # of a capture that was asked for


@dataclass(frozen=True, slots=True)
class Finding:
    """What a service knows of a source.

    Parameters
    ----------
    state : str
        One of the watch's ``states``.
    sentence : str
        The same in words, as it is printed.
    print_ : str
        What two findings share when nothing has happened between them; the state, unless there is more to it.
    facts : mapping
        What stands behind it, for the record and the API.
    """

    state: str
    sentence: str
    print_: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        return f"{self.state} {self.print_}".strip()


Takes = Callable[[SourceQuestion], bool]
Ask = Callable[[SourceQuestion, Sequence[Reply]], Request | None]
Read = Callable[[SourceQuestion, Sequence[Reply]], Finding]


@dataclass(frozen=True, slots=True)
class Watch:
    """One service: its host, its pace, how it is asked and read.

    ``read`` is pure; it raises `ephemeris.services.contract.RemoteUnavailable` where nobody answered, and
    `UnexpectedReply` where the answer must not be believed.  ``states`` gives each state its meaning in words.
    """

    name: str
    title: str
    hosts: tuple[str, ...]
    home_url: str
    gives: str
    states: Mapping[str, str]
    takes: Takes
    ask: Ask
    read: Read
    interval_s: float
    with_keys: bool = False  # asked only where the operator gave keys
