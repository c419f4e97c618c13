"""Quotations are exact and short, and no wording of an article is taken over."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.catalogue.problems import CatalogueRefused
from claims.catalogue.reading import read_catalogue
from tests.claims.catalogue import small

ARTICLE = "They say the comet is as wide as a city, and that nobody on this planet could have expected such a thing."


def problems_of(data: Path, article: str) -> list[str]:
    try:
        read_catalogue(data, {"seed-text": article})
    except CatalogueRefused as refused:
        return [str(problem) for problem in refused.problems]
    return []


def test_an_exact_quotation_passes(tmp_path: Path) -> None:
    assert problems_of(small.write(tmp_path), ARTICLE) == []


def test_a_quotation_that_does_not_occur_is_a_fault(tmp_path: Path) -> None:
    problems = problems_of(small.write(tmp_path), ARTICLE.replace("wide as", "broad as"))
    assert [problem.partition(": ")[2] for problem in problems] == [
        "claim found-in-june: phrase 'as wide as a city' does not occur in seed-text",
        "claim wide-as-a-city: phrase 'as wide as a city' does not occur in seed-text",
    ]


def test_nine_words_in_a_row_are_not_our_own(tmp_path: Path) -> None:
    data = small.write(tmp_path)
    line = small.edit(
        data, "claims/wide-as-a-city.toml", 'would_change = "A direct image of the nucleus."',
        'would_change = "Nobody on this planet could have expected such a thing."',
    )  # fmt: skip
    assert problems_of(data, ARTICLE) == [
        f"data/claims/wide-as-a-city.toml:{line}: claim wide-as-a-city: shares nine words with seed-text: "
        "'nobody on this planet could have expected such a'"
    ]


def test_the_command_takes_articles_as_files(tmp_path: Path) -> None:
    data, article, told = small.write(tmp_path), tmp_path / "article.txt", io.StringIO()
    article.write_text("Nothing of the kind.")
    with pytest.raises(CommandError, match="2 faults in the catalogue"):
        call_command(
            "load_catalogue", check=True, folder=data, article=[f"seed-text={article}"], stderr=told, skip_checks=True
        )  # fmt: skip
    assert "does not occur in seed-text" in told.getvalue()


@pytest.mark.parametrize(
    ("given", "said"),
    [("seed-text", "expected SOURCE_ID=FILE"), ("seed-text=nowhere.txt", "nowhere.txt cannot be read")],
)
def test_an_article_that_cannot_be_read_is_named(tmp_path: Path, given: str, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        call_command(
            "load_catalogue", check=True, folder=small.write(tmp_path), article=[given], skip_checks=True
        )


def test_an_article_of_an_unknown_source_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(CatalogueRefused, match="article 'seed-other' is not among the sources"):
        read_catalogue(small.write(tmp_path), {"seed-other": ARTICLE})
