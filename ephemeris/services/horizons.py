"""JPL Horizons: heliocentric states of an object, and the orbit solution that they were computed from.

Observer-independent vectors are asked for, one table a solution: our own observer routine then serves every
place from it.  The solution is read from the raw text, because its identity, its date and its force model
stand there and nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence

from ephemeris.services.contract import Question, Service, ServiceAnswer, UnexpectedReply
from ephemeris.services.horizons_header import Header, header
from ephemeris.services.horizons_table import states_table
from ephemeris.services.horizons_text import address, calendar, horizons_text
from ephemeris.wire import Reply, Request
from science.refusals import Refused


def vectors_request(command: str, question: Question) -> Request:
    """The request for heliocentric vectors at even steps, in TDB, on the axes of the ecliptic."""
    parameters = {
        "COMMAND": f"'{command}'",
        "OBJ_DATA": "'YES'",
        "MAKE_EPHEM": "'YES'",
        "EPHEM_TYPE": "'VECTORS'",
        "CENTER": "'500@10'",
        "REF_PLANE": "'ECLIPTIC'",
        "REF_SYSTEM": "'ICRF'",
        "START_TIME": f"'{calendar(question.start_tdb_jd)}'",
        "STOP_TIME": f"'{calendar(question.stop_tdb_jd)}'",
        "STEP_SIZE": f"'{question.step_d:g} d'",
        "TIME_TYPE": "'TDB'",
        "OUT_UNITS": "'AU-D'",
        "VEC_TABLE": "'2'",
        "VEC_CORR": "'NONE'",
        "VEC_LABELS": "'NO'",
        "VEC_DELTA_T": "'NO'",
        "CSV_FORMAT": "'YES'",
    }
    return Request("GET", address(), query=(("format", "text"), *parameters.items()))


def ask(question: Question, replies: Sequence[Reply]) -> Request | None:
    return None if replies else vectors_request(f"DES={question.sought};", question)


def read(question: Question, replies: Sequence[Reply]) -> ServiceAnswer:
    text = horizons_text(replies[0])
    found: Header = header(text, question.subject)
    if question.spelling is None or not question.spelling.is_it(found.target):
        raise UnexpectedReply(f"Horizons was asked for {question.sought} and answered with {found.target!r}")
    try:
        solution = found.solution()
        states = states_table(text, question, solution.solution_id)
    except Refused as problem:
        raise UnexpectedReply(f"Horizons: {problem}") from problem
    provenance = {
        "api_version": text.version,
        "run": found.run,
        "target": found.target,
        "source": found.source,
        "perturbers": found.perturbers,
        "requested": f"{calendar(question.start_tdb_jd)} to {calendar(question.stop_tdb_jd)} TDB, {question.step_d:g} d",
    }
    return ServiceAnswer(solution=solution, states=states, provenance=provenance)


SERVICE = Service(
    name="horizons",
    title="JPL Horizons",
    hosts=("ssd.jpl.nasa.gov",),
    home_url="https://ssd.jpl.nasa.gov/horizons/",
    gives="orbit solutions and heliocentric states",
    ask=ask,
    read=read,
)
