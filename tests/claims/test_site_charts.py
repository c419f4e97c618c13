"""Charts that belong to no claim, and claims' charts as files: one address, origins, references, a frame for anybody."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client

from claims import editing
from claims.exports.chart_files import CHART_FILES
from claims.exports.citation_formats import CITATION_FORMATS
from claims.generation import generation
from claims.models import Measurement
from claims.site_charts.registry import keys, kinds, site_chart
from tests.claims.publishing import START, claim, person, published

pytestmark = pytest.mark.django_db
KEYS = ["motion-3I", "path-3I", "passages", "releases-3I", "solutions-3I", "values-nucleus_radius"]
CLAIM = "/claims/manhattan-sized"


def found(key: str) -> Any:
    chart = site_chart(key, generation())
    assert chart is not None, key
    return chart


def test_it_knows_a_chart_of_every_kind_and_names_each_once() -> None:
    named = keys()
    assert set(KEYS) <= set(named)
    assert len(set(named)) == len(named)
    assert {key.partition("-")[0] for key in named} == set(kinds())


@pytest.mark.parametrize("key", KEYS)
def test_its_page_has_every_part_of_a_chart_without_a_script(client: Client, key: str) -> None:
    page = client.get(f"/charts/{key}/").content.decode()
    parts = re.findall(r'data-tab="(\w+)"', page)
    assert parts == ["Chart", "Table", "Sources", "Download", "Cite", "Embed"]
    chart = found(key)
    assert chart.edition in page
    for extension in CHART_FILES:
        assert f'href="/charts/{key}.{extension}"' in page
    for extension in CITATION_FORMATS:
        assert f'href="/charts/{key}/cite.{extension}"' in page
    # the frame stands there as a text to copy, not as a frame
    assert "<iframe" not in page
    assert "&lt;iframe src=" in page
    assert chart.origins
    for origin in chart.origins:
        assert not origin.link or client.get(origin.link).status_code == 200, origin.link


@pytest.mark.parametrize("address", ["/objects/3I/", "/objects/compare/", "/objects/3I/solutions/", "/archives/", "/measurements/?quantity=nucleus_radius", "/measurements/3i-ni-fe-2025-11-16-keck/", f"{CLAIM}/"])  # fmt: skip
def test_every_chart_of_a_page_is_the_same_component(client: Client, address: str) -> None:
    page = client.get(address).content.decode()
    figures = page.split("<figure")[1:]
    assert figures
    for figure in figures:
        parts = re.findall(r'data-tab="(\w+)"', figure)
        assert parts == ["Chart", "Table", "Sources", "Download", "Cite", "Embed"], address


@pytest.mark.parametrize("key", KEYS)
def test_its_table_picture_and_record_are_the_same_as_on_the_page(client: Client, key: str) -> None:
    chart = found(key)
    rows = list(csv.reader(io.StringIO(client.get(f"/charts/{key}.csv").content.decode())))
    assert rows[0] == [*chart.chart.columns, "Link"]
    assert len(rows) == len(chart.chart.rows) + 1
    picture = ElementTree.fromstring(client.get(f"/charts/{key}.svg").content)
    assert picture.tag.endswith("svg")
    assert float(picture.attrib["width"]) > 300
    whole = json.loads(client.get(f"/charts/{key}.json").content)
    assert whole["sha256"] == chart.digest
    assert whole["finding"] == chart.chart.finding
    assert len(whole["rows"]) == len(chart.chart.rows)
    assert whole["figure"]["data"]
    assert {row["part"] for row in whole["origins"]} == {row.part for row in chart.origins}
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", whole["as_of"])


@pytest.mark.parametrize("extension", CITATION_FORMATS)
def test_its_reference_names_the_day_and_the_edition_in_every_form(client: Client, extension: str) -> None:
    chart = found("motion-3I")
    answer = client.get(f"/charts/motion-3I/cite.{extension}")
    text = answer.content.decode().replace("\\_", "_")
    assert answer["Content-Type"] == CITATION_FORMATS[extension].media_type
    assert chart.edition in text
    assert chart.as_of in text
    assert chart.digest in text


def test_it_refers_to_the_works_of_read_values_and_to_none_for_computed_ones(client: Client) -> None:
    read = client.get("/charts/values-nucleus_radius/sources.bib").content.decode()
    assert read.count("@") >= 4
    assert client.get("/charts/motion-3I/sources.bib").status_code == 404


def test_its_page_says_whether_the_data_moved_since_it_was_cited(client: Client) -> None:
    chart = found("values-nucleus_radius")
    cited = chart.pinned_url.removeprefix(settings.SITE_URL)
    assert "as it was cited" in client.get(cited).content.decode()
    Measurement.objects.filter(quantity="nucleus_radius", value__isnull=False).order_by("pk")[:1].get()
    row = Measurement.objects.filter(quantity="nucleus_radius", limit="value").exclude(value=None).first()
    assert row is not None
    row.value = 9.75
    row.save()
    page = client.get(f"{cited}&again").content.decode()
    assert "The data have moved" in page
    assert found("values-nucleus_radius").edition != chart.edition
    assert "The data have moved" in client.get(f"/charts/values-nucleus_radius/embed/?data={chart.edition}").content.decode()  # fmt: skip


@pytest.mark.parametrize("key", KEYS)
def test_anybody_may_frame_its_embed_which_runs_nothing(client: Client, key: str) -> None:
    answer = client.get(f"/charts/{key}/embed/")
    text = answer.content.decode()
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "script-src" not in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer.headers
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "<script" not in text
    for address in re.findall(r'(?:src|<link rel="stylesheet" href)="([^"]+)"', text):
        assert address.startswith("/static/")
    page = client.get(f"/charts/{key}/")
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"


def test_oembed_gives_the_frame_of_a_chart_within_the_size_asked_for(client: Client) -> None:
    url = quote(f"{settings.SITE_URL}/charts/passages/", safe="")
    answer = json.loads(client.get(f"/oembed?url={url}&maxwidth=400").content)
    assert (answer["type"], answer["width"]) == ("rich", 400)
    frame = re.fullmatch(r'<iframe src="([^"]+)" width="400" height="\d+" title="[^"<>]+"></iframe>', answer["html"])  # fmt: skip
    assert frame is not None
    assert client.get(frame[1].removeprefix(settings.SITE_URL)).status_code == 200
    assert "json+oembed" in client.get("/charts/passages/").content.decode()
    for name in ("no-such-chart", "motion-9X", "values-no_such"):
        url = quote(f"{settings.SITE_URL}/charts/{name}/", safe="")
        assert client.get(f"/oembed?url={url}").status_code == 404


def test_it_refuses_a_name_that_no_chart_has(client: Client) -> None:
    for rest in ("/", "/embed/", ".csv", "/cite.bib"):
        assert client.get(f"/charts/nothing-3I{rest}").status_code == 404, rest
    assert "motion" in client.get("/charts/nothing-3I/").content.decode()


def test_a_claims_chart_is_a_file_until_the_claim_is_withdrawn(client: Client) -> None:
    for extension, form in CHART_FILES.items():
        answer = client.get(f"{CLAIM}/v/1/chart.{extension}")
        assert answer.status_code == 200
        assert answer["Content-Type"] == form.media_type
    assert client.get(f"{CLAIM}/v/99/chart.csv").status_code == 404
    row = claim()
    published(row)
    editing.withdraw(row, actor=person("reviewer"), at=START, reason="A duplicate.")
    assert client.get(f"/claims/{row.slug}/v/1/chart.csv").status_code == 410


def test_a_table_of_a_chart_cannot_run_in_a_spreadsheet(client: Client) -> None:
    for key in KEYS:
        for row in csv.reader(io.StringIO(client.get(f"/charts/{key}.csv").content.decode())):
            assert not [cell for cell in row if cell.startswith(("=", "@", "\t"))], key
