"""The tables of TAP services, written from the invented world: columns and shapes are the real ones."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.sax.saxutils import escape

from ephemeris.archives.reading import MJD_EPOCH, mjd
from tests.fakes.wire_format import VOTABLE, Asked, Told, iso
from tests.fakes.world import Product, World

JD_MINUS_MJD = 2_400_000.5


def votable(columns: dict[str, str], rows: list[dict[str, Any]], fault: str) -> Told:
    """A VOTable as TAP services write it: status before the table, and again after it when it was cut."""
    if fault == "wrong_query":
        text = (
            '<VOTABLE version="1.3" xmlns="http://www.ivoa.net/xml/VOTable/v1.3"><RESOURCE type="results">'
            '<INFO name="QUERY_STATUS" value="ERROR">Unknown column "exp_strat"</INFO></RESOURCE></VOTABLE>'
        )
        return Told(text.encode(), VOTABLE, 400)
    if fault == "empty":
        rows = []
    if fault == "truncated":
        rows = rows[: max(1, len(rows) // 2)]
    names = {
        name: (f"{name}_v2" if fault == "changed_columns" and place == 0 else name)
        for place, name in enumerate(columns)
    }
    fields = "".join(
        f'<FIELD name="{names[name]}" datatype="{kind}"' + (' arraysize="*"/>' if kind == "char" else "/>")
        for name, kind in columns.items()
    )
    body = "".join(
        "<TR>"
        + "".join(f"<TD>{escape('' if row.get(name) is None else str(row[name]))}</TD>" for name in columns)
        + "</TR>"
        for row in rows
    )
    overflow = '<INFO name="QUERY_STATUS" value="OVERFLOW"/>' if fault == "truncated" else ""
    text = (
        '<?xml version="1.0" encoding="UTF-8"?><VOTABLE version="1.3" xmlns="http://www.ivoa.net/xml/VOTable/v1.3">'
        '<RESOURCE type="results"><INFO name="QUERY_STATUS" value="OK"/><TABLE>'
        f"{fields}<DATA><TABLEDATA>{body}</TABLEDATA></DATA></TABLE>{overflow}</RESOURCE></VOTABLE>"
    )
    return Told(text.encode(), VOTABLE)


def _window(adql: str) -> tuple[datetime, datetime]:
    """The first window of times in a query, whatever its units."""
    found = re.search(r"BETWEEN '?([\d.T: -]+?)'? AND '?([\d.T: -]+?)'?(?= |$|\))", adql) or re.search(
        r"time_min >= ([\d.]+) AND time_min < ([\d.]+)", adql
    )
    if found is None:
        raise ValueError(f"no window in {adql}")
    return _instant(found[1]), _instant(found[2])


def _instant(text: str) -> datetime:
    if re.fullmatch(r"[\d.]+", text):
        days = float(text)
        return MJD_EPOCH + timedelta(days=days - JD_MINUS_MJD if days > 1_000_000 else days)
    given = datetime.fromisoformat(text.strip().replace(" ", "T"))
    return given.replace(tzinfo=UTC) + (timedelta(days=1) if len(text.strip()) == 10 else timedelta())


def _patterns(adql: str) -> list[str] | None:
    found = re.findall(r"LIKE '([^']*)'", adql)
    return found or None


def _found(world: World, archive: str, adql: str, fault: str, **more: Any) -> list[Product]:
    start, stop = _window(adql)
    patterns = None if fault == "wrong_object" else _patterns(adql)
    if fault == "wrong_object":  # the filter is ignored: strangers, and for surveys other days
        start, stop = start - timedelta(days=40), start if archive in ("psa", "irsa", "xsa", "koa") else stop
    rows = world.select(archive, start, stop, patterns, **more)
    if fault == "wrong_object" and archive in ("xsa", "koa"):
        rows = [_moved(product, start) for product in world.products if product.archive == archive]
    return rows


def _moved(product: Product, moment: datetime) -> Product:
    return Product(**{**product.__dict__, "observed": moment})


def eso(world: World, asked: Asked, fault: str) -> Told:
    adql = asked.form["QUERY"]
    if "ivoa.ObsCore" in adql:
        rows = _found(world, "eso", adql, fault, levels=("calibrated", "derived"))
        return votable(
            {"dp_id": "char", "target_name": "char", "instrument_name": "char", "t_min": "double",
             "obs_release_date": "char", "proposal_id": "char", "calib_level": "int", "access_url": "char"},
            [{"dp_id": f"ADP.{p.uid}", "target_name": p.target, "instrument_name": p.instrument, "t_min": mjd(p.observed),
              "obs_release_date": iso(p.release), "proposal_id": p.program, "calib_level": 2,
              "access_url": f"https://archive.eso.org/{p.uid}"} for p in rows],
            fault,
        )  # fmt: skip
    rows = _found(world, "eso", adql, fault, levels=("raw", "calibration"))
    return votable(
        {"dp_id": "char", "object": "char", "target": "char", "prog_id": "char", "instrument": "char",
         "dp_cat": "char", "exp_start": "char", "release_date": "char", "access_url": "char"},
        [{"dp_id": p.uid, "object": p.target, "target": p.target, "prog_id": p.program, "instrument": p.instrument,
          "dp_cat": "CALIB" if p.level == "calibration" else "SCIENCE", "exp_start": iso(p.observed),
          "release_date": iso(p.observed if p.level == "calibration" else p.release),
          "access_url": f"https://archive.eso.org/{p.uid}"} for p in rows],
        fault,
    )  # fmt: skip


def alma(world: World, asked: Asked, fault: str) -> Told:
    rows = _found(world, "alma", asked.form["QUERY"], fault)
    return votable(
        {"obs_publisher_did": "char", "target_name": "char", "proposal_id": "char", "member_ous_uid": "char",
         "t_min": "double", "data_rights": "char", "obs_release_date": "char", "band_list": "char"},
        [{"obs_publisher_did": f"ADS/JAO.ALMA#{p.uid}", "target_name": p.target, "proposal_id": p.program,
          "member_ous_uid": f"uid://A001/{p.uid}", "t_min": mjd(p.observed),
          "data_rights": "Proprietary" if p.rights == "proprietary" else "Public",
          "obs_release_date": iso(p.release), "band_list": p.instrument} for p in rows],
        fault,
    )  # fmt: skip


def psa(world: World, asked: Asked, fault: str) -> Told:
    adql = asked.form["QUERY"]
    wanted = re.findall(r"'([^']+)'", adql.partition("instrument_name IN")[2])
    rows = _found(world, "psa", adql, fault, instruments=wanted)
    numbers = {"raw": 2, "calibrated": 3, "calibration": 3, "derived": 5}
    return votable(
        {"granule_uid": "char", "target_name": "char", "instrument_host_name": "char", "instrument_name": "char",
         "processing_level": "int", "time_min": "double", "release_date": "char", "access_url": "char"},
        [{"granule_uid": f"urn:esa:psa:{p.uid}::1.0", "target_name": p.target, "instrument_host_name": p.facility,
          "instrument_name": p.instrument, "processing_level": numbers[p.level],
          "time_min": mjd(p.observed) + JD_MINUS_MJD, "release_date": iso(p.release),
          "access_url": f"https://psa.esa.int/{p.uid}"} for p in rows],
        fault,
    )  # fmt: skip


def irsa(world: World, asked: Asked, fault: str) -> Told:
    adql = asked.form["QUERY"]
    rows = _found(world, "irsa", adql, fault)
    return votable(
        {"uri": "char", "obsid": "char", "energy_bandpassname": "char", "time_bounds_lower": "double",
         "provenance_version": "char"},
        [{"uri": f"ivo://irsa/spherex_qr2/{p.uid}", "obsid": p.uid, "energy_bandpassname": p.instrument,
          "time_bounds_lower": mjd(p.observed), "provenance_version": "qr2"} for p in rows],
        fault,
    )  # fmt: skip


def heasarc(world: World, asked: Asked, fault: str) -> Told:
    rows = _found(world, "heasarc", asked.form["QUERY"], fault)
    return votable(
        {"obsid": "char", "name": "char", "start_time": "double", "ra": "double", "dec": "double"},
        [{"obsid": p.uid, "name": p.target, "start_time": mjd(p.observed), "ra": 220.0, "dec": -18.0} for p in rows],
        fault,
    )  # fmt: skip


def xsa(world: World, asked: Asked, fault: str) -> Told:
    rows = _found(world, "xsa", asked.form["QUERY"], fault)
    return votable(
        {"observation_id": "char", "target": "char", "start_utc": "char", "end_utc": "char", "proposal_id": "char",
         "proprietary_end_date": "char", "moving_target": "char"},
        [{"observation_id": p.uid, "target": p.target, "start_utc": f"{p.observed:%Y-%m-%d %H:%M:%S}",
          "proposal_id": p.program, "proprietary_end_date": f"{p.release:%Y-%m-%d %H:%M:%S}" if p.release else None,
          "moving_target": "true"} for p in rows],
        fault,
    )  # fmt: skip


def cadc(world: World, asked: Asked, fault: str) -> Told:
    rows = _found(world, "cadc", asked.form["QUERY"], fault)
    numbers = {"raw": 1, "calibrated": 2, "calibration": 2, "derived": 3}
    return votable(
        {"observationID": "char", "target_name": "char", "proposal_id": "char", "instrument_name": "char",
         "dataRelease": "char", "calibrationLevel": "int", "time_bounds_lower": "double", "planeURI": "char"},
        [{"observationID": p.uid, "target_name": p.target, "proposal_id": p.program, "instrument_name": p.instrument,
          "dataRelease": iso(p.release), "calibrationLevel": numbers[p.level], "time_bounds_lower": mjd(p.observed),
          "planeURI": f"caom:JWST/{p.uid}"} for p in rows],
        fault,
    )  # fmt: skip


def koa(world: World, asked: Asked, fault: str) -> Told:
    rows = _found(world, "koa", asked.form["QUERY"], fault)
    return votable(
        {"koaid": "char", "targname": "char", "koaimtyp": "char", "date_obs": "char", "progid": "char",
         "propint": "int"},
        [{"koaid": p.uid, "targname": p.target, "koaimtyp": "biasflat" if p.level == "calibration" else "object",
          "date_obs": f"{p.observed:%Y-%m-%d}", "progid": p.program, "propint": 18} for p in rows],
        fault,
    )  # fmt: skip
