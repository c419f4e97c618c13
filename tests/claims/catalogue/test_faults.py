"""Every rule of the catalogue finds its fault, names the line, and finds nothing else."""

from pathlib import Path

import pytest

from claims.catalogue.problems import CatalogueRefused
from claims.catalogue.reading import read_catalogue
from tests.claims.catalogue import small

SOURCES, MEASURED, CAMPAIGNS = "sources.toml", "measurements/3I.toml", "campaigns/3I.toml"
ORBITS, OBJECT, CLAIM = "orbits/3I.toml", "objects/3I.toml", "claims/wide-as-a-city.toml"

# (file, text that stands there, the fault planted in its place, what is said about it)
FAULTS = [
    # sources
    (SOURCES, 'title = "Another paper"', 'titel = "Another paper"', "source 2025ApJ...989L..36S: unknown field titel; was title meant?"),
    (SOURCES, "year = 2025\n", 'year = "2025"\n', "source paper-2025: year is '2025', expected a whole number from 1900 to 2100"),
    (SOURCES, 'doi = "10.5555/example"', 'doi = "doi:10.5555"', "doi 'doi:10.5555' is not a DOI"),
    (SOURCES, 'arxiv = "2507.00001v2"', 'arxiv = "arXiv:2507.1"', "is not an arXiv number"),
    (SOURCES, 'url = "https://journal.example/nucleus"', 'url = "journal.example"', "url 'journal.example' is not a web address"),
    (SOURCES, 'kind = "seed_article"', 'kind = "article"', "kind 'article' is not one of"),
    (SOURCES, "tier = 7", "tier = 8", "tier is 8, expected a whole number from 1 to 7"),
    (SOURCES, 'bibcode = "2025ApJ...989L..36S"\n', "", "id is a bibcode and differs from the field bibcode"),
    (SOURCES, 'verification = "Abstract read."', 'verification = ""', "verification is empty"),
    (SOURCES, 'verification = "Supplied as text."', 'verification = "kept in /home/somebody/text"', "names a path of a machine"),
    # objects
    (OBJECT, 'discovery_source = "paper-2025"', 'discovery_source = "paper-2024"', "object 3I: discovery_source 'paper-2024' does not exist"),
    (OBJECT, 'discovery_date = "2025-07-01"', 'discovery_date = "July 2025"', "discovery_date 'July 2025' is not a date"),
    (OBJECT, 'discovery_precision = "day"', 'discovery_precision = "month"', "is not cut to the month"),
    # measurements
    (MEASURED, 'id = "nickel"', 'id = "radius-one"', "measurement radius-one: is there twice, first at data/measurements/3I.toml:1"),
    (MEASURED, "value = 1.3\n", "", "measurement radius-one: value is missing, nucleus_radius is a number"),
    (MEASURED, "value = 1.3\n", "value = nan\n", "value is nan, expected a finite number"),
    (MEASURED, "plus = 0.2\n", "plus = -0.2\n", "plus is -0.2, expected at least 0"),
    (MEASURED, "minus = 0.2\n", "", "plus and minus must come together"),
    (MEASURED, 'limit = "upper"', 'limit = "below"', "limit 'below' is not one of lower, upper, value"),
    (MEASURED, 'object = "3I"\nquantity = "presence"', 'object = "4I"\nquantity = "presence"', "measurement nickel: object '4I' does not exist"),
    (MEASURED, 'error_kind = "sigma"', 'error_kind = "sigmas"', "was sigma meant?"),
    (MEASURED, 'unit = "km"\nas_printed = "1.3', 'unit = "m"\nas_printed = "1.3', "unit 'm', the vocabulary has 'km'"),
    (MEASURED, 'as_printed = "< 2.8 km"\n', "", "as_printed is missing and no note says why"),
    (MEASURED, 'quantity = "presence"', 'quantity = "presense"', "was presence meant?"),
    (MEASURED, 'presence = "detected"', 'presence = "seen"', "presence 'seen' is not one of"),
    (MEASURED, 'subject = "nickel"\n', "", "subject is missing, presence is a presence"),
    (MEASURED, 'value_time = "2025-07-01"', 'value_time = "1 July"', "value_time '1 July' is not a date"),
    (MEASURED, 'time_scale = "utc"\n', 'time_scale = "utc"\nvalue = 1\n', "value does not belong to discovery_epoch, a time"),
    (MEASURED, "observed_to = 2025-07-21T23:59:59Z", "observed_to = 2025-07-20T23:59:59Z", "lies after observed_to"),
    (MEASURED, "observed_to = 2025-07-21T23:59:59Z", "observed_to = 2025-07-21T23:59:59", "has no zone"),
    (MEASURED, 'leg = "inbound"', 'leg = "outbound"', "leg outbound contradicts the observing dates"),
    (MEASURED, 'also_in = ["2025ApJ...989L..36S"]', 'also_in = ["2026ApJ...989L..36S"]', "also_in '2026ApJ...989L..36S' does not exist"),
    (MEASURED, "disputed = true", 'disputed = "yes"', "disputed is 'yes', expected true or false"),
    (MEASURED, 'dispute_note = "Another group did not see it."\n', "", "is disputed and has no dispute_note"),
    (MEASURED, 'superseded_by = "radius-one"', 'superseded_by = "radius-two"', "superseded_by 'radius-two' does not exist"),
    (MEASURED, 'superseded_by = "radius-one"', 'superseded_by = "radius-one"\nseries = "sizes"', "must not stay in the plot series sizes"),
    (MEASURED, 'series = "nucleus_radius"', 'series = "nucleus_radius"\nsuperseded_by = "radius-old"', "superseded_by runs in a circle"),
    (MEASURED, 'statement = "Nickel vapour was detected."', 'statement = "One. Two. Three, or more."', "more than two sentences"),
    # campaigns
    (CAMPAIGNS, 'archive = "mast"', 'archive = "stsci"', "archive 'stsci' is not one of"),
    (CAMPAIGNS, 'archive = "mast"', 'archive = "manual"', "next_review is missing: no archive answers"),
    (CAMPAIGNS, 'object = "3I"', 'object = "4I"', "campaign hst-2025-07: object '4I' does not exist"),
    (CAMPAIGNS, 'access_policy = "months:6"', 'access_policy = "six months"', "is not none, unknown or months:N"),
    (CAMPAIGNS, "program_id_confirmed = true\n", "", "program_id_confirmed is missing beside program_id"),
    (CAMPAIGNS, "program_id_confirmed = true", "program_id_confirmed = false", "program_note is missing: the program id is not confirmed"),
    (CAMPAIGNS, "first_public_date = 2025-08-07", "first_public_date = 2025-07-07", "before it was observed on 2025-07-21"),
    (CAMPAIGNS, 'first_public_source = "paper-2025"\n', "", "first_public_source is missing beside first_public_date"),
    (CAMPAIGNS, 'expected_release = "2026-01/2026-02"', 'expected_release = "2026-01/spring"', "expected_release 'spring' is not a date"),
    (CAMPAIGNS, 'expected_release_basis = "six months of the policy"\n', "", "expected_release_basis is missing"),
    (CAMPAIGNS, 'sources = ["paper-2025"]', 'sources = ["paper-2024"]', "sources 'paper-2024' does not exist"),
    (CAMPAIGNS, "observed_from = 2025-07-21\nobserved_to = 2025-07-21\n", "", "has neither observing dates nor a time_note"),
    # orbits
    (ORBITS, "inclination_deg = 175.11\n", "", "needs either all six elements or position and velocity"),
    (ORBITS, "position_au = [1.0, 0.5, 0.25]", "position_au = [1.0, 0.5]", "expected a list of three finite numbers"),
    (ORBITS, "epoch_tdb_jd = 2460878.5", "epoch_tdb_jd = 60878.5", "is not a plausible Julian date"),
    (ORBITS, "arc_to = 2025-08-27", "arc_to = 2025-04-27", "arc_from lies after arc_to"),
    (ORBITS, "e = 1.4e-05", "ecc = 1.4e-05", "orbit solution 3I/JPL26: unknown field ecc"),
    (ORBITS, "A3_au_d2 = 0.0\n", "", "A3_au_d2 is missing"),
    # claims
    (CLAIM, 'slug = "wide-as-a-city"', 'slug = "wide-as-a-town"', "differs from the file name"),
    (CLAIM, 'title = "3I is as wide as a city"', 'title = "3I is wide"', None),
    (CLAIM, 'title = "3I is as wide as a city"', 'title = "Wide"', "title has 4 characters, allowed 10 to 60"),
    (CLAIM, "46 km wide.", "46 km wide", "statement is not a sentence"),
    (CLAIM, 'topic = "size-mass"', 'topic = "size"', "was size-mass meant?"),
    (CLAIM, 'chart = "asserted_vs_measured"', 'chart = "asserted_vs_mesured"', "was asserted_vs_measured meant?"),
    (CLAIM, '  "a nucleus of forty-six kilometres",\n', "", "aliases has 2 entries, allowed 3 to 9"),
    (CLAIM, '"a nucleus of forty-six kilometres"', '"wide nucleus"', "alias has 2 words, allowed 3 to 20"),
    (CLAIM, '"a nucleus of forty-six kilometres"', '"3I was discovered in June"', "shares a wording with found-in-june"),
    (CLAIM, 'unit = "km"', 'unit = "m"', "asserted unit 'm', the vocabulary has 'km'"),
    (CLAIM, "value = 23.0", 'value = "23"', "asserted value '23' is not a number"),
    (CLAIM, 'phrase = "as wide as a city"', 'phrase = "one two three four five six seven eight nine"', "quoted phrase has 9 words"),
    (CLAIM, 'locator = "paragraph 3"\n', "", "locator is missing: where in the article?"),
    (CLAIM, 'slug = "found-in-june"', 'slug = "found-in-july"', "slug 'found-in-july' does not exist"),
    (CLAIM, 'name = "population_comparison"', 'name = "population_comparision"', "was population_comparison meant?"),
    (CLAIM, 'params = { quantity = "nucleus_radius"', 'params = { quantity = "nucleus_radii"', "check population_comparison: quantity: 'nucleus_radii' is not a quantity of the vocabulary"),
    (CLAIM, 'params = { quantity = "nucleus_radius", object', 'params = { quantity = "nucleus_radius", body', "check population_comparison: body: unknown; allowed: "),
    (CLAIM, 'object = "3I" }', 'object = "4I" }', "object '4I' does not exist"),
    (CLAIM, 'name = "population_comparison"\nparams = { quantity = "nucleus_radius", object = "3I" }', 'name = "release_interval"\nparams = { campaigns = ["hst"], asserted_max_days = 3.0 }', "campaigns 'hst' does not exist"),
    # reviews
    (CLAIM, 'verdict = "contradicted"', 'verdict = "false"', "verdict 'false' is not one of"),
    (CLAIM, 'key_points = ["The coma is that wide.", "The nucleus is not."]', 'key_points = ["The coma is that wide."]', "key_points has 1 entries, allowed 2 to 4"),
    (CLAIM, "next_review = 2027-02-20", "next_review = 2027-03-20", "next_review is 118 days after the cut-off"),
    (CLAIM, 'reviewed_by = "catalogue-second-reading"', 'reviewed_by = "initial-catalogue"', "a second reader is somebody else"),
    (CLAIM, 'reviewed_by = "catalogue-second-reading"', 'reviewed_by = ""', "reviewed_by is missing, and the status is second_read"),
    (CLAIM, 'measurement = "radius-one"', 'measurement = "radius-ten"', "evidence measurement 'radius-ten' does not exist"),
    (CLAIM, 'measurement = "radius-one"', 'measurement = "radius-old"', "is superseded and no note says why it stays"),
    (CLAIM, 'source = "2025ApJ...989L..36S"', 'source = "seed-text"', "is an article under review, which is never evidence"),
    (CLAIM, 'campaign = "hst-2025-07"', 'measurement = "radius-one"', "evidence 'radius-one' is listed twice"),
    (CLAIM, 'campaign = "hst-2025-07"', 'campaign = "hst-2025-07"\nsource = "paper-2025"', "names exactly one measurement, campaign or source"),
    (CLAIM, 'verdict = "contradicted"', 'verdict = contradicted', "is not TOML"),
]  # fmt: skip


def problems_of(data: Path) -> list[str]:
    try:
        read_catalogue(data)
    except CatalogueRefused as refused:
        return [str(problem) for problem in refused.problems]
    return []


def test_it_accepts_the_small_catalogue(tmp_path: Path) -> None:
    catalogue = read_catalogue(small.write(tmp_path))
    assert catalogue.counts() == {
        "objects": 1, "sources": 3, "measurements": 4, "campaigns": 1, "solutions": 2, "claims": 2, "readings": 0,
    }  # fmt: skip


def _table_around(file: Path, line: int) -> tuple[int, int]:
    """The first and last line of the table that a line belongs to."""
    lines = file.read_text().splitlines()
    heads = [number for number, text in enumerate(lines, 1) if text.startswith("[")]
    return (
        max([number for number in heads if number <= line], default=1),
        min([number - 1 for number in heads if number > line], default=len(lines)),
    )


@pytest.mark.parametrize(("name", "old", "new", "said"), FAULTS)
def test_it_names_a_planted_fault_and_its_line(
    tmp_path: Path, name: str, old: str, new: str, said: str | None
) -> None:
    data = small.write(tmp_path)
    line = small.edit(data, name, old, new)
    problems = problems_of(data)
    if said is None:
        assert problems == []
        return
    assert said in "\n".join(problems)
    told = [int(problem.split(":")[1]) for problem in problems if said in problem]
    first, last = _table_around(data / name, line)
    assert any(first <= number <= last for number in told), problems


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("default = true", "default = false", "data/orbits/3I.toml:1: 0 solutions are the default, exactly one is required"),
        ('producer = "JPL"', 'producer = "JPL"\ndefault = true', "data/orbits/3I.toml:23: 2 solutions are the default, exactly one is required"),
    ],
)  # fmt: skip
def test_an_object_has_exactly_one_default_solution(tmp_path: Path, old: str, new: str, said: str) -> None:
    data = small.write(tmp_path)
    small.edit(data, ORBITS, old, new)
    assert problems_of(data) == [said]


def test_a_broken_file_does_not_hide_the_faults_of_the_others(tmp_path: Path) -> None:
    data = small.write(tmp_path)
    small.edit(data, CLAIM, 'title = "3I is as wide as a city"', "title = [")
    small.edit(data, SOURCES, "tier = 7", "tier = 9")
    said = "\n".join(problems_of(data))
    assert "data/claims/wide-as-a-city.toml:" in said
    assert "tier is 9" in said


@pytest.mark.parametrize("name", small.FILES)
def test_a_missing_file_is_a_fault(tmp_path: Path, name: str) -> None:
    data = small.write(tmp_path)
    (data / name).unlink()
    assert problems_of(data)


def test_a_missing_folder_is_a_fault(tmp_path: Path) -> None:
    assert problems_of(tmp_path / "nowhere") == ["nowhere:1: the catalogue's folder does not exist"]


@pytest.mark.parametrize(
    "text",
    [
        "source = 3",
        "source = [1, 2]",
        "[source]\nid = 3",
        "[[source]]\nid = []\nkind = {}\ntier = [1]\nyear = true",
        "",
    ],
)
def test_odd_shapes_are_faults_and_no_crash(tmp_path: Path, text: str) -> None:
    data = small.write(tmp_path)
    (data / SOURCES).write_text(text)
    assert any(problem.startswith("data/sources.toml:1") for problem in problems_of(data))
