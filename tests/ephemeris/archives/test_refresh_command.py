"""`manage.py refresh archives`: every question of an object, here and now, with how far it is."""

import re
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from claims.management.commands import refresh
from ephemeris import polling
from ephemeris.models import ArchivePoll
from ephemeris.schedule_of_polls import questions
from tests.ephemeris.archives.polls import forget, reach_of
from tests.fakes.server import Fake

pytestmark = pytest.mark.django_db


def test_it_asks_every_question_of_an_object_and_shows_how_far_it_is(
    fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = reach_of(fake)
    monkeypatch.setattr(polling, "reach", lambda: by)
    # the pace passes at once
    monkeypatch.setattr(refresh.time, "sleep", lambda seconds: forget(by.server, "host:"))
    fake.faults["archive.eso.org"] = "unavailable"
    out = StringIO()
    call_command("refresh", "archives", "--object", "2I", "--wait", stdout=out)
    lines = out.getvalue().splitlines()
    total = len(questions("2I"))
    assert total > 1
    shown = [re.findall(r"^archives \[[#.]{24}\] (\d+/\d+) ", line) for line in lines[:-1]]
    assert shown == [[f"{place}/{total}"] for place in range(1, total + 1)]
    assert lines[-1] == f"archives [{'#' * 24}] {total} done"
    assert any(" eso, campaign:2i-xshooter-2020-01 … maintenance: " in line for line in lines)
    assert ArchivePoll.objects.count() == total
    assert not ArchivePoll.objects.exclude(campaign__body__designation="2I").exists()
    forget(by.server)
    by.wire.close()
    by.server.close()


def test_it_names_the_objects_there_are() -> None:
    with pytest.raises(CommandError, match="no object '4I' is on record, there are: "):
        call_command("refresh", "archives", "--object", "4I", "--wait")
