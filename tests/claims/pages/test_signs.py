"""The page of signs shows every state that a page can show, each with its words; icons and manifest stand."""

from __future__ import annotations

import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from charts.style import PALETTE
from claims import scales
from ephemeris.models import ArchivePoll

pytestmark = pytest.mark.django_db


def test_it_shows_every_verdict_stance_tier_freshness_and_error_with_words(client: Client) -> None:
    page = client.get("/method/style/").content.decode()
    for verdict in scales.VERDICTS.values():
        assert f"#v-{verdict.icon}" in page
        assert verdict.label in page
        assert verdict.meaning in page
    for words in (
        *scales.EVIDENCE_STANCES.values(), *scales.CLAIM_STANCES.values(), *scales.TIERS.values(),
        *scales.CONFIDENCES.values(), *scales.REVIEW_LEVELS.values(),
        *(label for _, label in ArchivePoll.OUTCOMES), "not reached yet",
    ):  # fmt: skip
        assert words in page, words
    for words in scales.STALE_REASONS.values():
        assert words.replace("'", "&#x27;").capitalize()[:10] in page
    for code in ("400", "404", "410", "429", "500"):
        assert f"Error {code}" in page
    for role, (light, dark) in PALETTE.items():
        assert f"c-{role}" in page
        assert light in page
        assert dark in page


def test_it_prints_a_limit_as_a_limit(client: Client) -> None:
    page = client.get("/method/style/").content.decode()
    assert re.search(r"&lt;\s2.8", page)
    assert re.search(r"&gt;\s0.22", page)


def test_it_has_an_icon_for_every_program_that_asks(client: Client) -> None:
    manifest = client.get("/manifest.webmanifest")
    assert manifest["Content-Type"] == "application/manifest+json"
    for icon in manifest.json()["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/")), icon
    answer = client.get("/favicon.ico")
    assert answer.status_code == 302
    assert finders.find(answer["Location"].removeprefix("/static/"))
