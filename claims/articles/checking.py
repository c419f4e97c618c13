"""A text held against the published record; nothing of it outlives the call."""

from __future__ import annotations

import logging
import traceback

from claims.articles.kept_index import give_back_memory
from claims.articles.record_index import RECORD
from claims.matching.article import match_text
from claims.matching.encoder import sentence_encoder
from claims.matching.objects import mentions
from claims.matching.records import MatchResult

log = logging.getLogger(__name__)
MOST_CHARACTERS = 100_000


class TooLong(ValueError):
    """A text of more characters than one check reads; the error has its length, never its words."""

    def __init__(self, characters: int) -> None:
        self.characters = characters
        super().__init__(
            f"the text has {characters} characters; at most {MOST_CHARACTERS} are read at once: check it in parts"
        )


class CheckFailed(RuntimeError):
    """The check broke off; what it was about is not said."""


def check_text(text: str) -> MatchResult:
    """The published claims that a text repeats.

    A fault inside is logged as its kind and place alone: messages and local variables may quote the text.
    """
    if len(text) > MOST_CHARACTERS:
        raise TooLong(len(text))
    index = RECORD.current()
    failed = ""
    try:
        found = match_text(text, index, sentence_encoder())
    except Exception as fault:  # whatever it is, its message may quote the text
        last = traceback.extract_tb(fault.__traceback__)[-1]
        failed = f"{type(fault).__name__} at {last.filename.rpartition('/')[2]}:{last.lineno}"
    mentions.cache_clear()  # it has sentences of the text
    give_back_memory()
    if failed:
        log.error("an article could not be checked: %s", failed)
        raise CheckFailed("the text could not be checked; nothing of it was kept")
    return found
