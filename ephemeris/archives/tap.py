"""Table Access Protocol: the synchronous query, and the VOTable that comes back.

The parser is astropy's, which pyvo uses too; the request is our own, because pyvo has no time-out and
reports a stalled server, a web page and a broken table by one exception (see docs/decisions).
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from ephemeris.archives.contract import Question
from ephemeris.archives.reading import Unexpected, WrongQuery, shortened
from ephemeris.wire import Reply, Request

MOST_ROWS = 2000
CONTROL_ROWS = 10


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a reply by column name in lower case, and whether the server cut them short."""

    rows: tuple[dict[str, Any], ...]
    columns: frozenset[str]
    overflow: bool

    def need(self, *names: str, where: str) -> None:
        """Refuse the table when a column is gone, also when it has no rows."""
        missing = [name for name in names if name not in self.columns]
        if missing:
            known = ", ".join(sorted(self.columns)[:12])
            raise Unexpected(f"{where}: column {', '.join(missing)} is missing, there are {known}")


def query(base: str, adql: str, most: int = MOST_ROWS) -> Request:
    """One synchronous query."""
    adql = " ".join(adql.split())
    return Request(
        "POST",
        f"{base}/sync",
        form=(
            ("REQUEST", "doQuery"),
            ("LANG", "ADQL"),
            ("FORMAT", "votable"),
            ("MAXREC", str(most)),
            ("QUERY", adql),
        ),
        text=f"{base}/sync {adql}",
    )


def table(reply: Reply) -> Table:
    """The table of a reply.

    Raises
    ------
    WrongQuery
        The service says ERROR, with status 400 or 200: our ADQL or our columns are wrong.
    Unexpected
        It is no VOTable, or one without a table or without its status.
    """
    from astropy.io.votable import parse  # half a second, and only the worker needs it
    from astropy.io.votable.exceptions import VOTableSpecError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            document = parse(BytesIO(reply.body), verify="ignore")
    except (VOTableSpecError, ValueError, OSError, IndexError, KeyError, TypeError) as error:
        if reply.status == 400:
            raise WrongQuery(f"the archive calls our query wrong: {shortened(reply.body)}") from None
        raise Unexpected(
            f"expected a VOTable, got {shortened(reply.body)} ({type(error).__name__})"
        ) from None
    states = [
        (str(info.value), str(info.content or ""))
        for resource in document.resources
        for info in resource.infos
        if info.name == "QUERY_STATUS"
    ]
    for value, words in states:
        if value == "ERROR":
            raise WrongQuery(f"the archive calls our query wrong: {' '.join(words.split())[:300]}")
    if reply.status == 400:
        raise WrongQuery(f"the archive calls our query wrong: {shortened(reply.body)}")
    found = next((one for resource in document.resources for one in resource.tables), None)
    if found is None or not states:
        raise Unexpected(f"a VOTable without table or status: {shortened(reply.body)}")
    names = [field.name.lower() for field in found.fields]
    array = found.array
    rows = tuple(dict(zip(names, (plain(value) for value in row), strict=True)) for row in array)
    overflow = any(value == "OVERFLOW" for value, _ in states)
    return Table(rows, frozenset(names), overflow)


def plain(value: Any) -> Any:
    """A cell as a plain value; masked cells and empty text are None."""
    import numpy as np

    if value is None or value is np.ma.masked:
        return None
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and value != value:
        return None
    return value


def literal(text: str) -> str:
    """A text as ADQL literal."""
    return "'" + text.replace("'", "''") + "'"


def one_of(column: str, values: Iterable[str]) -> str:
    return f"{column} IN ({', '.join(literal(value) for value in values)})"


def named(question: Question, *columns: str, fold: bool = False) -> str:
    """The condition that a target column matches one of the object's patterns; always true for a control.

    ``fold`` compares in upper case, for archives that keep the observer's own letters.
    """
    if question.control:
        return "1 = 1"
    left = [f"UPPER({column})" if fold else column for column in columns]
    return "(" + " OR ".join(f"{name} LIKE {literal(pattern)}"
                             for pattern in question.spelling.patterns for name in left) + ")"  # fmt: skip


def most(question: Question) -> int:
    """How many rows a question needs: all of them, or just a few to see that there are any."""
    return CONTROL_ROWS if question.control else MOST_ROWS
