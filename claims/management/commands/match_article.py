"""`manage.py match_article FILE`: the article checker on a file, as a table or as the answer of the API."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path
from typing import Any

import orjson
from django.core.management.base import BaseCommand, CommandError, CommandParser

from claims.articles.checking import CheckFailed, TooLong, check_text
from claims.articles.reading import KINDS, LARGEST_FILE, NotReadable, article_text
from claims.articles.record_index import RECORD
from claims.articles.result import NoteLine, checked_text
from claims.articles.words import STANCES, told_in_english
from claims.matching.records import MatchResult
from claims.scales import VERDICTS
from claims.templatetags.hyperbole import figure

WIDTH = 96


class Command(BaseCommand):
    """Say which published claims an article repeats; nothing of it is kept."""

    help = (
        f"Which published claims does an article ({', '.join(KINDS)}; - is standard input, as text) repeat?"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the article; - reads standard input")
        parser.add_argument("--json", action="store_true", help="print the answer of POST /api/v1/match")

    def handle(self, *args: Any, **options: Any) -> None:
        text = self._text(options["file"])
        RECORD.current(most=None)  # nobody else waits for this process
        try:
            found = check_text(text)
        except (TooLong, CheckFailed) as fault:
            raise CommandError(f"{options['file']}: {fault}") from None
        if options["json"]:
            self.stdout.write(
                orjson.dumps(found.as_json(told_in_english(found)), option=orjson.OPT_INDENT_2).decode()
            )
        else:
            self.stdout.write("\n".join(table(text, found)))

    def _text(self, name: str) -> str:
        try:
            if name == "-":
                return article_text(sys.stdin.buffer.read(LARGEST_FILE + 1), "standard input.txt")
            with Path(name).open("rb") as handle:
                return article_text(handle.read(LARGEST_FILE + 1), name)
        except OSError as fault:
            raise CommandError(f"{name}: {fault.strerror}") from None
        except NotReadable as fault:
            raise CommandError(f"{name}: {fault}") from None


def table(text: str, found: MatchResult) -> list[str]:
    """The answer in reading order, a marked sentence and its claims at a time."""
    page = checked_text(text, found)
    lines = [
        f"{told_in_english(found)} Language: {found.language}; sentences: {found.sentences}, marked: {len(page.notes)}."
    ]
    for note in page.notes:
        lines += ["", *textwrap.wrap(" ".join(note.sentence.split()), WIDTH, initial_indent=f"{note.number:>3}. ", subsequent_indent="     ")]  # fmt: skip
        for line in note.lines:
            lines += _claim(line)
    if found.related:
        lines += ["", "Near, but not repeated:"]
        lines += [f"     {claim.slug:<44} {VERDICTS[claim.verdict].label}" for claim in found.related]
    return lines


def _claim(line: NoteLine) -> list[str]:
    match = line.match
    lines = [
        f"     {match.slug:<44} {match.verdict_label}",
        f"       {match.score:.2f} {match.band}; the sentence {STANCES[match.stance]}; in common: {', '.join(match.shared) or 'no word'}",
    ]
    for number in line.numbers:
        ours = f"we have {figure(number.measured)} ({number.quantity})" if number.measured else "we have nothing of that kind"  # fmt: skip
        lines.append(
            f"       “{number.text}”{f' is {number.with_claim}' if number.with_claim else ''}; {ours}"
        )
    return lines
