"""Replies that were recorded from the real services and ship with astroquery and pyvo."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.util import find_spec
from pathlib import Path

import pytest

from ephemeris.archives import gemini, mast, tap, tess
from ephemeris.archives.contract import Question
from ephemeris.archives.names import Spelling
from ephemeris.archives.reading import Unexpected, WrongQuery
from ephemeris.wire import Reply
from tests.fakes.world import SAMPLES


def recorded(package: str, *path: str) -> Reply:
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return Reply(200, Path(spec.origin).parent.joinpath(*path).read_bytes())


def about(name: str, first: str, last: str, archive: str, facility: str) -> Question:
    return Question(
        key="recorded", body=name, spelling=Spelling(name), archive=archive, facility=facility, instrument="",
        observed_from=date.fromisoformat(first), observed_to=date.fromisoformat(last),
    )  # fmt: skip


def test_it_reads_a_recorded_list_of_gemini() -> None:
    question = about("M101-pos1", "2007-02-21", "2007-02-21", "gemini", "Gemini North")
    rows = recorded("astroquery", "gemini", "tests", "data", "m101.json")
    # the whole recorded list names several fields of M101: asked for one of them, that is another object
    with pytest.raises(Unexpected, match="asked for M101-pos1 and answered with"):
        gemini.read(question, [rows])
    found = gemini.read(replace(question, control=True), [rows])
    assert found.truncated, "250 rows are a round number"
    one = next(h for h in found.holdings if h.uid == "mrgN20070221S0137_add.fits.bz2")
    assert (one.level, one.instrument, one.program) == ("derived", "GMOS-N", "GN-2007A-Q-72")
    assert one.observed == datetime(2007, 2, 21, 15, 49, 30, tzinfo=UTC)


def test_it_reads_a_recorded_list_of_mast_observations() -> None:
    rows = recorded("astroquery", "mast", "tests", "data", "caom.json")
    question = replace(about("LO-LAT", "1994-01-01", "2005-12-31", "mast", "Hubble"), control=True)
    # recorded for a place on the sky, so other collections are in it: asked for Hubble, that is a wrong answer
    with pytest.raises(Unexpected, match="asked for HST in the window and answered with HLA of 1995-02-08"):
        mast.read(question, [rows])
    content = json.loads(rows.body)
    content["data"] = [row for row in content["data"] if row["obs_collection"] == "HST"]
    found = mast.read(question, [Reply(200, json.dumps(content).encode())])
    assert found.truncated, "the reply says that it has 19 rows"
    first = next(holding for holding in found.holdings if holding.uid == "2003585980")
    assert (first.target, first.program, first.instrument) == ("LO-LAT", "5371", "WFPC2/WFC")
    assert first.observed == datetime(1995, 2, 8, 6, 7, 17, tzinfo=UTC)
    assert first.release == datetime(1996, 2, 8, 19, 4, 5, tzinfo=UTC)


def test_it_reads_a_recorded_list_of_tess_sectors() -> None:
    rows = recorded("astroquery", "mast", "tests", "data", "tess_sector.json")
    found = tess.read(replace(SAMPLES["tess"], instrument="full-frame images, Sector 1"), [rows])
    assert [holding.uid for holding in found.holdings] == ["tess-s0001-1-3"]
    assert tess.read(SAMPLES["tess"], [rows]).note == "also in sector 1"


def test_it_reads_a_cut_table_of_a_vo_service() -> None:
    found = tap.table(recorded("pyvo", "dal", "tests", "data", "query", "overflowstatus.xml"))
    assert found.overflow
    assert [row["1"] for row in found.rows] == [23, 42, 1337]


def test_it_reads_the_error_of_a_vo_service_even_when_it_comes_with_rows() -> None:
    with pytest.raises(WrongQuery, match="calls our query wrong: ERROR"):
        tap.table(recorded("pyvo", "dal", "tests", "data", "query", "errorstatus.xml"))


@pytest.mark.parametrize("name", ["missingtable.xml", "missingresource.xml"])
def test_it_calls_a_table_without_its_table_unexpected(name: str) -> None:
    with pytest.raises(Unexpected, match="VOTable"):
        tap.table(recorded("pyvo", "dal", "tests", "data", "query", name))
