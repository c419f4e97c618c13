"""Guided readings in public: each step with its claims, and nothing of a claim that is not public."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from claims import editing
from claims.models import Claim, GuidedReading
from tests.claims import publishing

pytestmark = pytest.mark.django_db
ADDRESS = "/readings/seed-mars-flyby/"


def text_of(client: Client, address: str = ADDRESS) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_shows_every_claim_of_the_article_with_verdict_and_fact(client: Client) -> None:
    page = text_of(client)
    reading = GuidedReading.objects.get(key="seed-mars-flyby")
    for slug in {slug for step in reading.steps for slug in step["claims"]}:
        claim = Claim.objects.select_related("current_version").get(slug=slug)
        assert f'href="/claims/{slug}/"' in page
        assert claim.current_version is not None
    row = re.search(r'id="opening-streak-moved-at-60-km-s".*?</tr>', page, re.S)
    assert row is not None
    assert "Sixty kilometers per second" in row[0]
    assert "Contradicted by the data" in row[0]
    assert "66.55" in row[0]
    assert 'href="#silence"' in page, "a step names the steps that it rests on"


def test_it_quotes_at_most_eight_words_a_claim(client: Client) -> None:
    for key in GuidedReading.objects.values_list("key", flat=True):
        page = text_of(client, f"/readings/{key}/")
        quoted: dict[str, int] = {}
        for row in re.findall(r'<tr role="row" id="[a-z0-9-]+".*?</tr>', page, re.S):
            slug = re.search(r'href="/claims/([a-z0-9-]+)/"', row)
            assert slug is not None
            for phrase in re.findall(r"<q>(.*?)</q>", row):
                quoted[slug[1]] = quoted.get(slug[1], 0) + len(phrase.split())
        assert quoted
        assert {slug: words for slug, words in quoted.items() if words > 8} == {}


def test_it_does_not_name_a_withdrawn_claim(client: Client) -> None:
    assert "mechanical-hum-in-radio-noise" in text_of(client)
    editing.withdraw(
        Claim.objects.get(slug="mechanical-hum-in-radio-noise"),
        actor=publishing.person("reviewer"),
        reason="withdrawn for this test",
        at=publishing.START,
    )
    assert "mechanical-hum" not in text_of(client)


def test_it_is_linked_from_its_source_and_in_the_sitemap(client: Client) -> None:
    assert f'href="{ADDRESS}"' in text_of(client, "/sources/seed-mars-flyby/")
    assert f'href="{ADDRESS}"' in text_of(client, "/readings/")
    assert ADDRESS in client.get("/sitemap.xml").content.decode()


def test_it_says_which_readings_there_are(client: Client) -> None:
    answer = client.get("/readings/no-such-article/")
    assert answer.status_code == 404
    assert "seed-alien-alloy" in answer.content.decode()
