"""The corpus of the benchmarks stays out of every database but its own, and is marked there."""

import pytest
from django.db import connection

from bench.synthetic import corpus
from claims.database import missing_guards
from claims.models import Appearance, Claim, VerdictVersion
from ephemeris.models import ArchivePoll, EphemerisSnapshot

pytestmark = pytest.mark.django_db


def test_it_refuses_a_database_that_was_not_made_for_benchmarks() -> None:
    with pytest.raises(SystemExit, match="expected a name with 'bench' in it"):
        corpus.fill(100)
    assert not Claim.objects.filter(slug__contains=corpus.MARK).exists()


def test_it_marks_what_it_makes_and_leaves_the_guards_standing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus, "refuse_others", lambda connection: None)
    counts = corpus.fill(200, say=lambda line: None)
    assert counts["Claim"] == 300
    made = Claim.objects.filter(slug__contains=corpus.MARK)
    assert made.count() == 200
    assert (
        not VerdictVersion.objects.filter(claim__in=made)
        .exclude(title__startswith=f"[{corpus.MARK}]")
        .exists()
    )
    assert Appearance.objects.count() >= 1500
    assert ArchivePoll.objects.filter(synthetic=True).count() == ArchivePoll.objects.count() >= 1500
    assert EphemerisSnapshot.objects.count() >= 200
    assert missing_guards(connection) == []
