"""The real catalogue as rows: what is published, and that loading again changes nothing."""

import io
import tomllib
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.catalogue.loading import Loaded, load
from claims.catalogue.reading import read_catalogue
from claims.editing import CATALOGUE_ACCOUNTS, first_broken_log_row
from claims.models import Appearance, Claim, EditorialLog, Evidence, Measurement, Source
from claims.queries import published_claims
from ephemeris.models import Campaign, Observer, OrbitSolution, SmallBody
from tests.claims.catalogue.small import edit
from tests.record import LOADED_AT

pytestmark = pytest.mark.django_db


def reload(folder: Path, at: datetime = LOADED_AT) -> Loaded:
    return load(read_catalogue(folder), at=at, progress=lambda what, done, total: None)


def test_every_claim_read_twice_is_published_as_version_one() -> None:
    claims = list(published_claims())
    assert len(claims) == 100
    for claim in claims:
        version = claim.current_version
        assert (version.number, version.state, version.review_level) == (1, "published", "catalogue")
        assert version.published_at == LOADED_AT
        assert version.document["evidence"], claim.slug
        assert [person["name"] for person in version.document["reviewers"]] == [
            "Initial catalogue",
            "Catalogue second reading",
        ]
        assert version.review_note
    assert Counter(claim.current_version.verdict for claim in claims) == {
        "contradicted": 44, "unsupported": 21, "misleading": 18, "outdated": 7, "supported": 5,
        "mostly_supported": 2, "unresolved": 2, "not_checkable": 1,
    }  # fmt: skip


def test_every_fact_has_its_row() -> None:
    assert Source.objects.count() == 202
    assert Measurement.objects.count() == 360
    assert Campaign.objects.count() == 65
    claims = [
        tomllib.loads(file.read_text()) for file in (settings.BASE_DIR / "data" / "claims").glob("*.toml")
    ]
    assert Evidence.objects.count() == sum(len(claim["review"]["evidence"]) for claim in claims)
    assert Appearance.objects.count() == sum(len(claim.get("appearances", [])) for claim in claims)
    assert list(SmallBody.objects.values_list("designation", flat=True)) == ["1I", "2I", "3I"]
    assert Measurement.objects.filter(superseded_by__isnull=False).count() == 21
    of_objects = Measurement.objects.filter(body__in=["1I", "2I", "3I"])
    assert of_objects.count() > 250
    assert all(row.small_body.designation == row.body for row in of_objects.select_related("small_body"))
    assert not Measurement.objects.exclude(body__in=["1I", "2I", "3I"]).filter(small_body__isnull=False)
    defaults = OrbitSolution.objects.filter(is_default=True).values_list("body__designation", "solution_id")
    assert sorted(defaults) == [("1I", "fit-2026-07"), ("2I", "fit-2026-07"), ("3I", "fit-2026-07")]
    replaced = OrbitSolution.objects.get(body__designation="3I", solution_id="JPL44").replaces
    assert replaced is not None
    assert replaced.solution_id == "JPL27"


def test_a_measurement_carries_what_the_catalogue_says() -> None:
    row = Measurement.objects.select_related("source").get(key="3i-discovery-2025-07-01")
    assert (row.quantity, row.value, row.value_time) == ("discovery_epoch", None, "2025-07-01")
    assert row.observed_from == datetime(2025, 7, 1, tzinfo=UTC)
    assert row.source.key == "2025ApJ...989L..36S"
    assert row.as_printed == "1 July 2025 UT"


def test_an_asserted_date_stays_a_date() -> None:
    (asserted,) = Claim.objects.get(slug="knocked-out-maven").asserted.all()
    assert (asserted.value, asserted.value_time) == (None, "2025-12-06")


def test_observers_have_the_numbers_that_the_physics_uses() -> None:
    from science.observers import PERSEVERANCE

    row = Observer.objects.get(code="perseverance")
    assert (row.longitude_east_deg, row.latitude_deg) == (
        PERSEVERANCE.longitude_east_deg,
        PERSEVERANCE.latitude_deg,
    )
    assert set(Observer.objects.values_list("code", flat=True)) == {
        "500", "500@10", "500@499", "perseverance", "curiosity", "jwst",
    }  # fmt: skip
    assert Observer.objects.get(code="500").longitude_east_deg is None


def test_the_accounts_of_the_catalogue_cannot_sign_in() -> None:
    from django.contrib.auth.models import User

    accounts = User.objects.filter(username__in=CATALOGUE_ACCOUNTS.values())
    assert len(accounts) == 2
    for account in accounts:
        assert not account.is_active
        assert not account.has_usable_password()


def test_every_step_stands_in_the_log() -> None:
    actions = Counter(EditorialLog.objects.values_list("action", flat=True))
    assert actions == {"draft": 100, "submit": 100, "approve": 100, "publish": 100, "load_catalogue": 1}
    assert first_broken_log_row() is None


def test_loading_again_writes_nothing() -> None:
    with CaptureQueriesContext(connection) as queries:
        loaded = reload(settings.BASE_DIR / "data")
    assert not loaded
    writes = [query["sql"] for query in queries if query["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert writes == []
    assert len(queries) < 20


def test_the_command_says_that_nothing_changed() -> None:
    said = io.StringIO()
    call_command("load_catalogue", stdout=said, skip_checks=True)
    assert said.getvalue().startswith("catalogue unchanged: 3 objects, 202 sources, 360 measurements")


@pytest.mark.usefixtures("empty_record")
def test_the_command_shows_what_it_loads(data: Path) -> None:
    said = io.StringIO()
    call_command("load_catalogue", folder=data, stdout=said, skip_checks=True)
    lines = said.getvalue().splitlines()
    assert lines[:3] == ["  objects: 3", "  observers: 6", "  sources: 202"]
    assert lines[-1].startswith("catalogue loaded: 3 objects,")
    assert "100 claims published" in lines[-1]


def test_what_people_edited_is_never_overwritten(data: Path) -> None:
    Claim.objects.filter(slug="will-hit-earth").update(title="Edited by a person")
    edit(data, "claims/will-hit-earth.toml", 'kind = "', 'kind = "')
    text = (data / "claims/will-hit-earth.toml").read_text()
    (data / "claims/will-hit-earth.toml").write_text(text.replace('title = "', 'title = "Other: ', 1))
    assert not reload(data)
    assert Claim.objects.get(slug="will-hit-earth").title == "Edited by a person"


@pytest.mark.parametrize(("status", "state"), [("needs_work", "draft"), ("proposed", "in_review")])
def test_a_claim_that_was_not_read_twice_is_not_public(data: Path, status: str, state: str) -> None:
    text = (data / "claims/will-hit-earth.toml").read_text()
    new = (
        text.replace('slug = "will-hit-earth"', 'slug = "will-hit-mars"')
        .replace('status = "second_read"', f'status = "{status}"')
        .replace("Earth", "Mars")
    )
    # its wordings must be its own
    for alias in tomllib.loads(new)["aliases"]:
        new = new.replace(alias, f"on Mars {alias}"[:80])
    (data / "claims/will-hit-mars.toml").write_text(new)
    loaded = reload(data)
    assert loaded.states == {state: 1}
    claim = Claim.objects.get(slug="will-hit-mars")
    assert claim.current_version is None
    assert claim.versions.get().state == state
    assert claim not in published_claims()


def test_a_source_may_change_and_the_change_is_told_and_logged(data: Path) -> None:
    edit(
        data,
        "sources.toml",
        'journal = "Astrophysical Journal Letters 989, L36"',
        'journal = "ApJL 989, L36"',
    )
    loaded = reload(data)
    assert loaded.changes == [
        "source 2025ApJ...989L..36S: journal 'Astrophysical Journal Letters 989, L36' -> 'ApJL 989, L36'"
    ]
    assert Source.objects.get(key="2025ApJ...989L..36S").journal == "ApJL 989, L36"
    row = EditorialLog.objects.order_by("-pk").first()
    assert row is not None
    assert row.after["changed"] == loaded.changes
    assert first_broken_log_row() is None
    assert not reload(data)


def test_a_campaign_may_change(data: Path) -> None:
    edit(data, "campaigns/3I.toml", "first_public_date = 2025-07-02", "first_public_date = 2025-07-03")
    loaded = reload(data)
    assert loaded.changes == ["campaign atlas-discovery: first_public_date 2025-07-02 -> 2025-07-03"]
    assert Campaign.objects.get(key="atlas-discovery").first_public_date == date(2025, 7, 3)


def test_a_newer_default_solution_moves_the_default_once(data: Path) -> None:
    orbits = data / "orbits/3I.toml"
    text = orbits.read_text()
    orbits.write_text(
        text.replace("default = true\n", "").replace('id = "JPL44"\n', 'id = "JPL44"\ndefault = true\n')
    )
    assert reload(data).changes == ["orbit solution 3I/JPL44: default instead of fit-2026-07"]
    assert OrbitSolution.objects.get(body__designation="3I", is_default=True).solution_id == "JPL44"
    assert not reload(data)


def test_a_default_that_a_worker_fetched_stays(data: Path) -> None:
    OrbitSolution.objects.filter(body__designation="3I", is_default=True).update(is_default=False)
    fetched = OrbitSolution.objects.get(body__designation="3I", solution_id="JPL44")
    fetched.pk, fetched.solution_id, fetched.is_default, fetched.retrieved_at = None, "JPL50", True, LOADED_AT
    fetched.save()
    assert not reload(data)
    assert OrbitSolution.objects.get(body__designation="3I", is_default=True).solution_id == "JPL50"
