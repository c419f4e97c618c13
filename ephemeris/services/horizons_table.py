"""The table of a Horizons VECTORS reply, every cell of it looked at."""

from __future__ import annotations

import numpy as np

from ephemeris.services.contract import Question, UnexpectedReply
from ephemeris.services.horizons_text import HorizonsText
from ephemeris.services.reading import finite
from science.state_table import StateTable, table_from_vectors

STATES = ("JDTDB", "Calendar Date (TDB)", "X", "Y", "Z", "VX", "VY", "VZ")
# light time, range and its rate, of tables that carry more than was asked for
SPARE = ("LT", "RG", "RR")
MOST_OFF_D = 1e-6


def states_table(text: HorizonsText, question: Question, solution_id: str) -> StateTable:
    """The states of a reply, if they are all that was asked for and nothing else.

    Raises
    ------
    UnexpectedReply
        For columns of another table, a cell that is no number, rows that are missing or elsewhere in time.
    """
    unknown = [name for name in text.columns if name not in (*STATES, *SPARE)]
    missing = [name for name in STATES if name not in text.columns]
    if unknown or missing:
        raise UnexpectedReply(
            f"Horizons sent {'the unknown column ' + ', '.join(unknown) if unknown else 'no column ' + ', '.join(missing)}, "
            f"expected {', '.join(STATES)}"
        )
    places = [text.columns.index(name) for name in STATES if name != "Calendar Date (TDB)"]
    rows = [
        _row(line, number, text.columns, places) for number, line in enumerate(text.rows, 1) if line.strip()
    ]
    expected = question.start_tdb_jd + question.step_d * np.arange(
        round((question.stop_tdb_jd - question.start_tdb_jd) / question.step_d) + 1
    )
    if len(rows) != len(expected):
        raise UnexpectedReply(f"Horizons sent {len(rows)} rows, expected {len(expected)}")
    numbers = np.array(rows)
    off = np.abs(numbers[:, 0] - expected)
    if np.max(off) > MOST_OFF_D:
        place = int(np.argmax(off > MOST_OFF_D))
        raise UnexpectedReply(
            f"Horizons: row {place + 1} is of JD {numbers[place, 0]} TDB, expected {expected[place]}"
        )
    return table_from_vectors(question.subject, solution_id, expected, numbers[:, 1:4], numbers[:, 4:7])


def _row(line: str, number: int, columns: tuple[str, ...], places: list[int]) -> list[float]:
    cells = [cell.strip() for cell in line.split(",")]
    if cells and cells[-1] == "":
        cells.pop()
    if len(cells) != len(columns):
        raise UnexpectedReply(f"Horizons: row {number} has {len(cells)} cells, expected {len(columns)}")
    return [finite(cells[place], f"Horizons: row {number}, {columns[place]}") for place in places]
