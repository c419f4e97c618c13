"""A published number is superseded and never edited."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.models import EditorialLog, Measurement, StaleMark
from tests.claims.catalogue.small import edit
from tests.claims.catalogue.test_loading import reload
from tests.record import LOADED_AT

pytestmark = pytest.mark.django_db
MEASURED = "measurements/3I.toml"


def refused(folder: Path) -> list[str]:
    told = io.StringIO()
    with pytest.raises(CommandError):
        call_command("load_catalogue", folder=folder, stdout=io.StringIO(), stderr=told, skip_checks=True)
    return told.getvalue().splitlines()


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (MEASURED, 'id = "3i-third-interstellar-object"\nobject = "3I"\nquantity = "count"\nsubject = "known interstellar objects including this one"\nvalue = 3.0',
         'id = "3i-third-interstellar-object"\nobject = "3I"\nquantity = "count"\nsubject = "known interstellar objects including this one"\nvalue = 4.0',
         "measurement 3i-third-interstellar-object: value is published as 3.0 and cannot become 4.0; add the better value as a new measurement and name it here in superseded_by"),
        (MEASURED, 'as_printed = "1 July 2025 UT"', 'as_printed = "2 July 2025 UT"',
         "measurement 3i-discovery-2025-07-01: as_printed is published as '1 July 2025 UT' and cannot become '2 July 2025 UT'"),
        ("orbits/3I.toml", "eccentricity = 6.139422831829797", "eccentricity = 6.139422831829798",
         "orbit solution 3I/JPL44: eccentricity is published as 6.139422831829797 and cannot become 6.139422831829798; add the newer solution behind it under its own id"),
    ],
)  # fmt: skip
def test_a_silent_change_is_refused_with_old_and_new(
    data: Path, name: str, old: str, new: str, said: str
) -> None:
    edit(data, name, old, new)
    before = list(Measurement.objects.order_by("pk").values())
    lines = refused(data)
    assert len(lines) == 1
    assert said in lines[0]
    assert lines[0].startswith(f"data/{name}:")
    assert list(Measurement.objects.order_by("pk").values()) == before


def test_a_refused_change_keeps_every_other_change_out(data: Path) -> None:
    edit(data, MEASURED, 'as_printed = "1 July 2025 UT"', 'as_printed = "2 July 2025 UT"')
    edit(
        data,
        "sources.toml",
        'journal = "Astrophysical Journal Letters 989, L36"',
        'journal = "ApJL 989, L36"',
    )
    rows = EditorialLog.objects.count()
    refused(data)
    assert EditorialLog.objects.count() == rows


def test_a_row_that_vanishes_is_refused(data: Path) -> None:
    text = (data / "campaigns/2I.toml").read_text()
    head, *rows = text.split("[[campaign]]")
    (data / "campaigns/2I.toml").write_text("[[campaign]]".join([head, *rows[1:]]) or head)
    assert any("gone from the catalogue; keep its row" in line for line in refused(data))


def test_remarks_and_places_in_a_plot_may_change(data: Path) -> None:
    """Series, note, locator, verification, dispute and further sources are ours, not the source's number."""
    edit(
        data, MEASURED, 'locator = "abstract"\nverification = "verbatim"\ndisputed = false\nstatement = "3I/ATLAS was discovered',
        'locator = "title"\nverification = "secondary"\ndisputed = false\nnote = "seen again"\nalso_in = ["jewitt-2025-hst"]\nstatement = "3I/ATLAS was discovered',
    )  # fmt: skip
    (told,) = reload(data).changes
    assert told == (
        "measurement 3i-discovery-2025-07-01: also_in absent -> ['jewitt-2025-hst'], locator 'abstract' -> 'title', "
        "verification 'verbatim' -> 'secondary', note absent -> 'seen again'"
    )
    row = Measurement.objects.get(key="3i-discovery-2025-07-01")
    assert [source.key for source in row.also_in.all()] == ["jewitt-2025-hst"]
    assert not reload(data)


def supersede(data: Path) -> str:
    """A new row takes the place of one that published verdicts rest on; returns the old key."""
    row = (
        Measurement.objects.filter(
            superseded_by=None,
            evidence__version__state="published",
            body="3I",
            series="",
            value__isnull=False,
        )
        .order_by("key")
        .first()
    )
    assert row is not None
    file = data / MEASURED
    text = file.read_text()
    start = text.index(f'id = "{row.key}"')
    end = text.find("[[measurement]]", start)
    table = text[start : end if end > 0 else None]
    better = table.replace(f'id = "{row.key}"', f'id = "{row.key}-better"')
    old = table.rstrip() + f'\nsuperseded_by = "{row.key}-better"\n\n'
    file.write_text(text.replace(table, f"{old}[[measurement]]\n{better}\n"))
    # evidence that is superseded says why it stays
    for claim in (data / "claims").glob("*.toml"):
        words = claim.read_text()
        piece = f'measurement = "{row.key}"\n'
        head, found, tail = words.partition(f"[[review.evidence]]\n{piece}")
        block, sep, rest = tail.partition("[[")
        if found and "note = " not in block:
            claim.write_text(f'{head}{found}note = "as published"\n{block}{sep}{rest}')
    return row.key


def test_superseding_marks_the_verdicts_that_rest_on_it_stale_once(data: Path) -> None:
    key = supersede(data)
    resting = sorted(
        Measurement.objects.get(key=key).evidence.values_list("version__claim__slug", flat=True).distinct()
    )
    loaded = reload(data, at=LOADED_AT + timedelta(days=1))
    row = Measurement.objects.select_related("superseded_by").get(key=key)
    assert row.superseded_by is not None
    assert row.superseded_by.key == f"{key}-better"
    marks = StaleMark.objects.filter(reason="measurement_superseded")
    assert sorted(marks.values_list("version__claim__slug", flat=True)) == resting
    assert all(
        mark.detail.startswith(f"The measurement {key} was superseded by {key}-better:") for mark in marks
    )
    assert len(loaded.marked_stale) == len(resting)
    assert EditorialLog.objects.filter(action="mark_stale").count() == len(resting)
    assert not reload(data, at=LOADED_AT + timedelta(days=2))
    assert marks.count() == len(resting)


def test_a_superseded_row_stays_superseded(data: Path) -> None:
    key = (
        Measurement.objects.filter(superseded_by__isnull=False, body="3I")
        .order_by("key")
        .values_list("key", flat=True)[0]
    )
    text = (data / MEASURED).read_text()
    start = text.index(f'id = "{key}"')
    line = next(line for line in text[start:].splitlines() if line.startswith("superseded_by"))
    (data / MEASURED).write_text(text[:start] + text[start:].replace(f"{line}\n", "", 1))
    assert any(
        "superseded_by is" in line and "cannot become absent" in line.replace("None", "absent")
        for line in refused(data)
    )
