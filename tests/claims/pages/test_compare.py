"""The objects side by side: what is on record of each, and what is not."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from claims.comparing_objects import SHOWN_CLAIMS, claimed, measured
from claims.generation import generation
from claims.queries import published_claims
from ephemeris.models import SmallBody

pytestmark = pytest.mark.django_db


def bodies() -> list[SmallBody]:
    return list(SmallBody.objects.order_by("designation"))


def test_it_shows_paths_measurements_and_claims_of_each_object(client: Client) -> None:
    page = client.get("/objects/compare/").content.decode()
    for told in ("1.201", "3.356", "6.139", "26.41", "32.28", "57.98"):
        assert told in page
    assert "chart-svg-wide" in page
    assert 'href="/claims/oumuamua-proved-light-sail/"' in page
    assert "none on record" in page


def test_it_compares_only_what_two_objects_have_and_says_where_nothing_is_on_record() -> None:
    lines = {line.quantity: line for line in measured(bodies())}
    assert "nucleus_radius" in lines
    assert "discovery_epoch" not in lines
    names = [body.designation for body, _ in lines["nucleus_radius"].cells]
    assert names == ["1I", "2I", "3I"]
    for line in lines.values():
        assert sum(bool(cell) for _, cell in line.cells) > 1
        for body, cell in line.cells:
            assert {row.body for row in cell} <= {body.designation}


def test_it_lists_at_most_a_few_claims_a_cell_and_counts_the_rest() -> None:
    for line in claimed(bodies(), generation()):
        for cell in line.cells:
            there = published_claims().filter(body=cell.body, current_version__topic=line.topic)
            assert len(cell.claims) + cell.more == there.count()
            assert list(cell.claims) == list(there.order_by("-first_published_at", "-pk")[:SHOWN_CLAIMS])


def test_it_names_the_object_in_every_cell_of_a_narrow_page(client: Client) -> None:
    page = client.get("/objects/compare/").content.decode()
    table = page[page.index('id="claimed"') :]
    first = re.search(r"<tbody.*?</tr>", table, re.S)
    assert first is not None
    assert re.findall(r'data-label="([^"]+)"', first[0]) == ["1I/&#x27;Oumuamua", "2I/Borisov", "3I/ATLAS"]
