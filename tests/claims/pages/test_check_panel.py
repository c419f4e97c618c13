"""The check panel of claim pages, with every check of the catalogue run."""

import pytest
from django.test import Client
from django.utils import timezone

from claims.checking import run_all_checks
from claims.queries import published_claims

pytestmark = pytest.mark.django_db


def test_every_claim_page_shows_what_its_checks_said(client: Client) -> None:
    run_all_checks(timezone.now())
    for claim in published_claims().prefetch_related("checks"):
        page = client.get(claim.get_absolute_url())
        assert page.status_code == 200, claim.slug
        text = page.content.decode()
        assert text.count("<b>Outcome: ") == len(claim.checks.all()), claim.slug
        if claim.checks.all():
            assert "Run it yourself" in text


def test_a_run_names_its_inputs_and_its_seed(client: Client) -> None:
    run_all_checks(timezone.now())
    text = client.get("/claims/mass-exceeds-ten-billion-tons/").content.decode()
    assert "/measurements/3i-radius-hst-2026/" in text
    assert "random numbers with seed 1" in text
    assert "computed 1.09" in text
    text = client.get("/claims/discovered-in-2017/").content.decode()
    assert "computed 2025-07-01" in text
