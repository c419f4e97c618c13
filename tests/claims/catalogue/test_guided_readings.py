"""A guided reading covers what the article says, in order, and nothing that it does not say."""

from pathlib import Path

import pytest

from claims.catalogue.problems import CatalogueRefused
from claims.catalogue.reading import read_catalogue
from tests.claims.catalogue import small

FILE = "readings/seed-text.toml"
READING = """\
source = "seed-text"
title = "From a coma to a city"
lead = "The text takes the coma for the nucleus."
closing = "A comet of ordinary size remains."

[[step]]
id = "size"
heading = "A size"
locators = ["paragraph 3"]
move = "A number is given."
gap = "It is the number of something else."
claims = ["wide-as-a-city", "found-in-june"]

[[step]]
id = "meaning"
heading = "A meaning"
locators = ["paragraph 3"]
rests_on = ["size"]
move = "The number is made to mean something."
gap = "It means nothing."
claims = ["wide-as-a-city"]
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = small.write(tmp_path)
    (folder / "readings").mkdir()
    (folder / FILE).write_text(READING)
    return folder


def test_it_reads_a_sound_reading(data: Path) -> None:
    assert list(read_catalogue(data).readings) == ["seed-text"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('source = "seed-text"', 'source = "paper-2025"', "source 'paper-2025' is not an article under review"),
        ('source = "seed-text"', 'source = "seed-test"', "source 'seed-test' does not exist"),
        ('title = "From a coma to a city"', 'titel = "From a coma to a city"', "was title meant?"),
        ('closing = "A comet of ordinary size remains."', 'closing = "A comet"', "closing is not a sentence"),
        ('id = "meaning"', 'id = "size"', "step 'size' is there twice"),
        ('rests_on = ["size"]', 'rests_on = ["meaning"]', "rests_on 'meaning' is no earlier step"),
        ('"wide-as-a-city", "found-in-june"', '"wide-as-a-city"', "claim found-in-june appears at 'paragraph 3' and in no step"),
        ('rests_on = ["size"]\n', 'gaps = "none"\n', "unknown field gaps; was gap meant?"),
        ('claims = ["wide-as-a-city"]', 'claims = ["wide-as-a-town"]', "claim 'wide-as-a-town' has no appearance in this passage"),
    ],
)  # fmt: skip
def test_it_names_what_is_wrong(data: Path, old: str, new: str, said: str) -> None:
    small.edit(data, FILE, old, new)
    with pytest.raises(CatalogueRefused) as refused:
        read_catalogue(data)
    assert said in str(refused.value)


def test_it_shares_no_nine_words_with_the_article(data: Path) -> None:
    article = "Now a number is made to mean something else entirely, as wide as a city. " * 2
    small.edit(data, FILE, "A number is given.", "Now a number is made to mean something else entirely.")
    with pytest.raises(CatalogueRefused, match="shares nine words with seed-text"):
        read_catalogue(data, {"seed-text": article})
