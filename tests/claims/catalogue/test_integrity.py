"""The nightly look at the record."""

import pytest
from django.conf import settings

from claims.integrity import look
from tests.record import LOADED_AT

DATA = settings.BASE_DIR / "data"


@pytest.mark.django_db
def test_it_finds_the_loaded_record_sound() -> None:
    seen = look(DATA, at=LOADED_AT)
    assert seen.findings == []
    assert seen.sound
    assert seen.counts["published versions"] == 100
    assert seen.counts["reviews overdue"] == 0
