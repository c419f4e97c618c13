"""The first known appearance of a claim, as editors confirm earlier ones and take them back."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client

from claims import editing
from claims.models import Appearance, Claim, SuspectedAppearance
from tests.claims import publishing
from tests.claims.desk.people import at_the_desk, colleague

pytestmark = pytest.mark.django_db
NOW = publishing.START
DAY = timedelta(days=1)
EARLIER = "as wide as a whole city"


def suspicion(claim: Claim, name: str) -> SuspectedAppearance:
    """A page of the record's sources that seems to repeat a claim."""
    source = publishing.source(
        name, kind="social", tier=7, title=f"A page of {name}", url=f"https://{name}.example/1"
    )
    return SuspectedAppearance.objects.create(
        url=source.url, claim=claim, stance="asserts", score=0.9, phrase=EARLIER, found_at=NOW
    )


def accept(claim: Claim, name: str, day: date | None) -> Appearance:
    return editing.accept_suspicion(
        suspicion(claim, name), stance="asserts", phrase=EARLIER, first_seen=day,
        actor=colleague("second", "editor"), at=NOW,
    )  # fmt: skip


def told(address: str) -> tuple[str, list[str]]:
    """The day that a page calls the first known, and the sources of its appearances from the top."""
    page = Client().get(address).content.decode()
    part = page[page.index('id="appearances"') :]
    part = part[: part.index("</section>")]
    day = re.search(r'First known <time datetime="([^"]*)"', part)
    return day[1] if day else "", re.findall(r'/sources/([^/"]+)/"', part)


def publish_again(claim: Claim, after: timedelta) -> None:
    publishing.published(
        claim,
        at=NOW + after,
        reason_code="new_evidence",
        severity="clarification",
        change_note="An appearance.",
    )


def test_an_earlier_appearance_moves_the_first_known_back_with_the_next_version_and_its_end_forward() -> None:
    claim = publishing.claim()
    publishing.published(claim)
    address = f"/claims/{claim.slug}/"
    assert told(address) == ("2025-09-01", ["post-2025"])

    found = accept(claim, "forum-2025", date(2025, 7, 20))
    accept(claim, "blog-2025", date(2025, 10, 2))
    accept(claim, "undated", None)
    assert told(address) == ("2025-09-01", ["post-2025"]), "nobody has signed the earlier one"
    publish_again(claim, DAY)
    moved = ("2025-07-20", ["forum-2025", "post-2025", "blog-2025", "undated"])
    assert told(address) == moved

    # it was no appearance after all
    desk = at_the_desk("second", "editor")
    page = desk.get(f"/admin/claims/claim/{claim.pk}/change/")
    assert page.status_code == 200
    form = page.context["inline_admin_formsets"]
    given = {}
    for part in [page.context["adminform"].form, *(each.formset.management_form for each in form)]:
        given |= {part.add_prefix(name): part[name].value() for name in part.fields}
    for each in form:
        for row in each.formset.initial_forms:
            given |= {row.add_prefix(name): row[name].value() for name in row.fields}
            if row.instance == found:
                given[row.add_prefix("state")] = "rejected"
    given = {name: value for name, value in given.items() if value is not None and value is not False}
    answer = desk.post(f"/admin/claims/claim/{claim.pk}/change/", given)
    assert answer.status_code == 302, answer.context["errors"]
    assert told(address) == moved
    publish_again(claim, 2 * DAY)
    assert told(address) == ("2025-09-01", ["post-2025", "blog-2025", "undated"])
    assert told(f"{address}v/2/") == moved
    assert told(f"{address}v/1/") == ("2025-09-01", ["post-2025"])


def test_without_a_day_nothing_is_called_the_first_known() -> None:
    claim = publishing.claim()
    Appearance.objects.filter(claim=claim).update(first_seen=None)
    publishing.published(claim)
    assert told(f"/claims/{claim.slug}/") == ("", ["post-2025"])
