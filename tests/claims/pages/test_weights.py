"""What a page weighs before anything is drawn, and that nothing holds up its first paint."""

from __future__ import annotations

import gzip
import re

import pytest
from django.conf import settings
from django.test import Client

from tests.claims.pages.test_queries import PAGES

pytestmark = pytest.mark.django_db
MOST_BYTES = 60_000
MORE = [
    "/objects/2I/",
    "/objects/3I/solutions/",
    "/archives/tgo-cassis-2025/",
    "/de/objects/3I/",
    "/check/",
    "/report/",
    "/measurements/?quantity=nucleus_radius",
    "/charts/motion-3I/",
    "/charts/releases-3I/embed/",
]


def test_it_weighs_at_most_60_kb_with_its_styles_on_every_kind_of_page(client: Client) -> None:
    styles = len(gzip.compress((settings.BASE_DIR / "static/css/hyperbole.css").read_bytes(), 6))
    heavy = {
        address: weight
        for address in [*PAGES, *MORE]
        if (weight := styles + len(gzip.compress(client.get(address).content, 6))) > MOST_BYTES
    }
    assert heavy == {}


def test_it_waits_for_no_script_and_loads_one_stylesheet(client: Client) -> None:
    for address in [*PAGES, *MORE]:
        answer = client.get(address)
        if not answer["Content-Type"].startswith("text/html"):
            continue  # what a page's script reads
        page = answer.content.decode()
        for tag in re.findall(r"<script\b[^>]*\bsrc=[^>]*>", page):
            assert " defer" in tag or 'type="module"' in tag or " async" in tag, (address, tag)
        assert len(re.findall(r'<link rel="stylesheet"', page)) == 1, address
