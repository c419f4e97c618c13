"""What a chart of the site is: a drawing with its name, its page, the day up to which it goes, and where each part comes from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

import orjson

from claims.addresses import absolute
from claims.drawings import ShownChart

# of a digest in an address: enough to tell editions of one chart apart
SHORT = 16


@dataclass(frozen=True, slots=True)
class Origin:
    """Where one part of a chart comes from; ``link`` is a page of ours that tells more."""

    part: str
    words: str
    link: str = ""


# without slots: its digest is computed once, and a page names it several times
@dataclass(frozen=True)
class SiteChart:
    """A chart of the site as it is drawn now; ``as_of`` is the ISO day up to which its data go."""

    key: str
    chart: ShownChart
    page: str
    page_title: str
    as_of: str
    origins: tuple[Origin, ...] = ()

    @cached_property
    def digest(self) -> str:
        """The sha256 of what is drawn: another one means that the data, or how they are drawn, changed."""
        drawn = [
            self.chart.title,
            self.chart.columns,
            [row.cells for row in self.chart.rows],
            self.chart.figure,
        ]
        return sha256(orjson.dumps(drawn, option=orjson.OPT_SORT_KEYS)).hexdigest()

    @property
    def edition(self) -> str:
        """The digest as an address says it."""
        return self.digest[:SHORT]

    @property
    def url(self) -> str:
        return absolute(f"/charts/{self.key}/")

    @property
    def pinned_url(self) -> str:
        """The address that says whether the chart still is the one that was cited."""
        return f"{self.url}?data={self.edition}"


@dataclass(frozen=True, slots=True)
class Kind:
    """Charts of one kind: how their names begin, of what there is one each, and how one is gathered.

    A kind that has one chart only has the subject "".  ``gathers`` takes a subject and the generation of the
    record, and returns None where there is nothing to draw.
    """

    name: str
    subjects: Callable[[], Sequence[str]]
    gathers: Callable[[str, str], SiteChart | None]

    def key(self, subject: str) -> str:
        """The name of the chart of a subject."""
        return f"{self.name}-{subject}" if subject else self.name
