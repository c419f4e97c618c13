"""The JSON of the other services, written from the invented world: fields and shapes are the real ones."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote

from ephemeris.archives.reading import MJD_EPOCH, mjd
from tests.fakes.wire_format import JSON, Asked, Told, iso, told
from tests.fakes.world import Product, World


def _cut(rows: list[Any], fault: str) -> list[Any]:
    if fault == "empty":
        return []
    return rows[: max(1, len(rows) // 2)] if fault == "truncated" else rows


def _renamed(row: dict[str, Any], name: str, fault: str) -> dict[str, Any]:
    if fault == "changed_columns":
        row[f"{name}_v2"] = row.pop(name)
    return row


def mast(world: World, asked: Asked, fault: str) -> Told:
    if "tesscut" in asked.path:
        return tess(world, asked, fault)
    if fault == "wrong_query":
        return told({"status": "ERROR", "msg": "Unknown filter column target_nmae", "data": []})
    question = json.loads(asked.form["request"])
    if question["service"] == "Mast.Caom.Products":
        wanted = question["params"]["obsid"].split(",")
        rows = [p for p in world.products if p.archive == "mast" and p.uid in wanted]
        products = [row for p in rows for row in _mast_products(p)]
        if fault == "wrong_object":
            products = [{**row, "obsID": 1} for row in products]
        return told(_mashup(_cut(products, fault), len(products) if fault != "empty" else 0))
    filters = {one["paramName"]: one for one in question["params"]["filters"]}
    span = filters["t_min"]["values"][0]
    names = filters.get("target_name")
    patterns = None if names is None or fault == "wrong_object" else [names["freeText"]]
    found = world.select(
        "mast", MJD_EPOCH + timedelta(days=span["min"]), MJD_EPOCH + timedelta(days=span["max"]), patterns
    )
    rows = [
        _renamed(
            {"obsid": int(p.uid), "obs_collection": p.facility, "instrument_name": p.instrument, "obs_id": f"syn-{p.uid}",
             "target_name": p.target, "proposal_id": p.program, "calib_level": 3, "t_min": mjd(p.observed),
             "t_obs_release": None if p.release is None else mjd(p.release), "mtFlag": True,
             "dataRights": "EXCLUSIVE_ACCESS" if p.rights == "proprietary" else "PUBLIC"},
            "t_obs_release", fault,
        )
        for p in found
    ]  # fmt: skip
    return told(_mashup(_cut(rows, fault), len(rows) if fault != "empty" else 0))


def _mashup(rows: list[Any], total: int) -> dict[str, Any]:
    paging = {
        "page": 1,
        "pageSize": 5000,
        "pagesFiltered": 1,
        "rows": len(rows),
        "rowsFiltered": total,
        "rowsTotal": total,
    }
    return {"status": "COMPLETE", "msg": "", "data": rows, "fields": [], "paging": paging}  # fmt: skip


def _mast_products(product: Product) -> list[dict[str, Any]]:
    rights = "EXCLUSIVE_ACCESS" if product.rights == "proprietary" else "PUBLIC"
    rows = []
    for kind, suffix, level, access in (
        ("SCIENCE", "UNCAL", 1, rights),
        ("SCIENCE", "RATE", 2, rights),
        ("SCIENCE", "X1D", 3, rights),
        ("AUXILIARY", "TRAPSFILLED", 2, "PUBLIC"),
        ("INFO", "ASN", 2, "PUBLIC"),
    ):
        rows.append(
            {"obsID": product.uid, "obs_collection": product.facility, "productType": kind, "calib_level": level,
             "productSubGroupDescription": suffix, "dataURI": f"mast:{product.facility}/product/{product.uid}_{suffix}.fits",
             "dataRights": access, "size": 1000}
        )  # fmt: skip
    return rows


def tess(world: World, asked: Asked, fault: str) -> Told:
    name = "Ceres" if fault == "wrong_object" else asked.form["obj_id"]
    found = [p for p in world.products if p.archive == "tess" and p.target == name]
    rows = []
    for p in _cut(found, fault):
        _, sector, camera, chip = p.uid.split("-")
        rows.append(
            _renamed({"sectorName": p.uid, "sector": str(int(sector[1:])), "camera": camera, "ccd": chip}, "sector", fault)
        )  # fmt: skip
    if fault == "wrong_query":
        return Told(b'{"msg": "missing obj_id"}', JSON, 400)
    return told({"results": rows})


def gemini(world: World, asked: Asked, fault: str) -> Told:
    if fault == "wrong_query":
        return Told(b"<html><body>404 Not Found</body></html>", "text/html", 404)
    found = [p for p in world.products if p.archive == "gemini"]
    if (named := re.search(r"/object=([^/]+)", asked.path)) and fault != "wrong_object":
        found = [p for p in found if p.target == unquote(named[1])]
    if fault == "truncated" and found:
        found = [Product(**{**found[0].__dict__, "uid": f"{found[0].uid}-{place}"}) for place in range(250)]
    rows = [
        _renamed(
            {"object": p.target, "program_id": p.program, "observation_id": f"{p.program}-1", "filename": f"{p.uid}.fits",
             "ut_datetime": f"{p.observed:%Y-%m-%d %H:%M:%S}", "release": f"{p.release:%Y-%m-%d}" if p.release else None,
             "observation_class": "dayCal" if p.level == "calibration" else "science", "observation_type": "OBJECT",
             "qa_state": "Pass", "instrument": p.instrument, "telescope": p.facility,
             "reduction": "PROCESSED_SCIENCE" if p.level == "derived" else "RAW", "mdready": True},
            "release", fault,
        )
        for p in found
    ]  # fmt: skip
    return told([] if fault == "empty" else rows)


def pds(world: World, asked: Asked, fault: str) -> Told:
    if fault == "wrong_query":
        return Told(b'{"error": "Bad Request", "message": "q: mismatched input"}', JSON, 400)
    q = asked.query["q"]
    span = re.findall(r'start_date_time (?:ge|lt) "([^"Z]+)Z"', q)
    start, stop = (
        [datetime.fromisoformat(text).replace(tzinfo=UTC) for text in span]
        if span
        else [MJD_EPOCH, datetime(2100, 1, 1, tzinfo=UTC)]
    )
    if fault == "wrong_object":
        start, stop = start - timedelta(days=40), start
    found = world.select("pds", start, stop)[: int(asked.query["limit"])]
    levels = {"raw": "Raw", "calibrated": "Calibrated", "calibration": "Derived", "derived": "Derived"}
    rows = [
        {"id": f"urn:nasa:pds:synthetic:data:{p.uid}::1.0", "type": "Product_Observational", "title": "synthetic",
         "properties": _renamed(
             {"pds:Time_Coordinates.pds:start_date_time": [iso(p.observed)],
              "pds:Primary_Result_Summary.pds:processing_level": [levels[p.level]],
              "ref_lid_instrument_host": ["urn:nasa:pds:context:instrument_host:spacecraft.maven"],
              "ops:Harvest_Info.ops:harvest_date_time": [iso(p.received)]},
             "pds:Time_Coordinates.pds:start_date_time", fault)}
        for p in found
    ]  # fmt: skip
    kept = _cut(rows, fault)
    hits = 0 if fault == "empty" else len(rows)
    return told({"summary": {"q": q, "hits": hits, "took": 7, "limit": 200, "sort": []}, "data": kept})


def hirise(world: World, asked: Asked, fault: str) -> Told:
    if fault == "wrong_query":
        return told({"ODEResults": {"Status": "ERROR", "Error": "Invalid parameter: productidd"}})
    pattern = re.compile(asked.query["productid"].replace("*", ".*"))
    found = [p for p in world.products if p.archive == "hirise" and pattern.fullmatch(p.uid)]
    found = [p for p in found if asked.query["pt"] == ("EDR" if p.level != "calibrated" else "RDRV11")]
    if fault == "wrong_object":
        found = [p for p in world.products if p.archive == "hirise" and p.uid.endswith("1650")]
    rows = [
        _renamed({"pdsid": p.uid, "UTC_start_time": f"{p.observed:%Y-%m-%dT%H:%M:%S}", "Target_name": p.target,
                  "LabelURL": f"https://hirise-pds.lpl.arizona.edu/{p.uid}.LBL"}, "UTC_start_time", fault)
        for p in found
    ]  # fmt: skip
    kept = _cut(rows, fault)
    if not kept:
        return told({"ODEResults": {"Status": "Success", "Count": "0", "Products": "No Products Found"}})
    products = kept[0] if len(kept) == 1 else kept  # one product comes without its list
    total = len(rows) + (1 if fault == "truncated" and len(rows) == len(kept) else 0)
    return told({"ODEResults": {"Status": "Success", "Count": str(total), "Products": {"Product": products}}})


def mars2020(world: World, asked: Asked, fault: str) -> Told:
    if fault == "wrong_query":
        return Told(b"<html><body>404</body></html>", "text/html", 404)
    first = int(asked.query["condition_2"].partition(":")[0])
    last = int(asked.query["condition_3"].partition(":")[0])
    page, size = int(asked.query["page"]), min(int(asked.query["num"]), 100)
    found = [p for p in world.products if p.archive == "mars2020"]
    rows = [
        _renamed(
            {"imageid": f"N{p.uid}", "sol": _sol(p.observed), "camera": {"instrument": p.instrument},
             "date_taken_utc": iso(p.observed), "date_received": iso(p.received), "sample_type": "Full",
             "link": f"https://mars.nasa.gov/mars2020/multimedia/raw-images/N{p.uid}", "title": "synthetic"},
            "date_received", fault,
        )
        for p in found
    ]  # fmt: skip
    if fault != "wrong_object":
        rows = [row for row in rows if first <= row["sol"] <= last]
    total = 0 if fault == "empty" else len(rows) * (20 * 100 if fault == "truncated" else 1)
    kept = [] if fault == "empty" else rows[page * size : (page + 1) * size]
    if fault == "truncated":
        kept = [{**rows[0], "imageid": f"N{page}-{place}"} for place in range(size)]
    return told(
        {"images": kept, "total_results": total, "total_images": total, "page": page, "per_page": str(size)}
    )


def _sol(observed: datetime) -> int:
    """The sol of a moment, from the sol that is known: 2025-10-04 06:13 UTC lies in sol 1643."""
    return 1643 + round((observed - datetime(2025, 10, 4, 6, 13, tzinfo=UTC)) / timedelta(days=1.0274912517))


def mpc(world: World, asked: Asked, fault: str) -> Told:
    if fault == "wrong_query":
        return Told(b'{"error": "desigs: field required"}', JSON, 400)
    name = "1P" if fault == "wrong_object" else asked.body["desigs"][0]
    found = [p for p in world.products if p.archive == "mpc" and p.target == asked.body["desigs"][0]]
    rows = [
        _renamed({"permID": name, "provID": None, "stn": p.instrument, "obstime": iso(p.observed), "ra": "220.1",
                  "dec": "-18.2", "mag": "17.9"}, "obstime", fault)
        for p in found
    ]  # fmt: skip
    return told([{"ADES_DF": [] if fault == "empty" else rows}])


def cobs(world: World, asked: Asked, fault: str) -> Told:
    if fault == "wrong_query":
        return Told(b'{"code": 200, "message": "invalid parameter"}', JSON, 400)
    name = asked.query["des"]
    found = [p for p in world.products if p.archive == "cobs" and p.target.startswith(name)]
    if fault == "wrong_object":
        found = [p for p in world.products if p.archive == "cobs" and not p.target.startswith(name)]
    rows = [
        _renamed({"comet": {"fullname": p.target, "mpc_name": "syn"}, "obs_date": f"{p.observed:%Y-%m-%d %H:%M:%S}",
                  "magnitude": "12.1"}, "obs_date", fault)
        for p in found
    ]  # fmt: skip
    rows = [] if fault == "empty" else rows
    pages = 9 if fault == "truncated" else 1
    return told({"signature": {"version": "1.4", "source": "synthetic"},
                  "info": {"recordsTotal": len(rows) * pages, "pages": pages}, "objects": rows})  # fmt: skip
