"""The catalogue against the articles it judges: quotations are exact, and nothing else is taken over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from claims.catalogue.fields import words
from claims.catalogue.lines import Path
from claims.catalogue.problems import Problem, Row

SHARED_RUN = 9  # so many words in a row are no longer our own


def check_articles(rows: list[Row], articles: Mapping[str, str], problems: list[Problem]) -> None:
    """Every phrase quoted from an article occurs in it, and no text shares nine words in a row with it."""
    spoken = {key: words(text) for key, text in articles.items()}
    runs = {
        tuple(told[start : start + SHARED_RUN]): key
        for key, told in spoken.items()
        for start in range(len(told) - SHARED_RUN + 1)
    }
    for row in rows:
        for place, text in _texts(row.values):
            told = words(text)
            taken = [tuple(told[start : start + SHARED_RUN]) for start in range(len(told) - SHARED_RUN + 1)]
            found = next((run for run in taken if run in runs), None)
            if found:
                problems.append(
                    row.problem(f"shares nine words with {runs[found]}: {' '.join(found)!r}", *place)
                )
        for seen in row.inner("appearances"):
            article, phrase = spoken.get(str(seen.values.get("source"))), seen.values.get("phrase")
            if article is None or not isinstance(phrase, str):
                continue
            if f" {' '.join(words(phrase))} " not in f" {' '.join(article)} ":
                problems.append(
                    seen.problem(f"phrase {phrase!r} does not occur in {seen.values['source']}", "phrase")
                )


def _texts(value: Any, place: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text of a table with the keys that lead to it."""
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*place, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*place, index))
