"""The checker's answers in the language of the page; the matching itself speaks one language and knows no pages."""

from __future__ import annotations

import re

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as _

_FOUND = re.compile(r"^(\d+) reviewed claims? found\.")
_LONG = re.compile(r" The text is long: (\d+) sentences with few telling words were not compared\.$")
_OTHER = re.compile(r"^This text seems to be in ([\w ()-]+)\. The checker reads English only\.$")

WORDS = (
    _("No reviewed claim is repeated here. Some come near."), _("No reviewed claim was found in this text."),
    _("There is no text here that the checker can read."), _("There is no sentence in this text."),
    _("No claim has been published yet."), _("This text does not speak of an interstellar object."),
    # what a sentence does with a claim, how near it is, and what became of its numbers
    _("asserts it"), _("reports that somebody says it"), _("rejects it"), _("mentions it, without taking a side"),
    _("close in words and meaning"), _("close in meaning"), _("may be meant: read it yourself"),
    _("the claim's number"), _("not the claim's number"),
)  # fmt: skip


def message_of_the_page(message: str) -> str:
    """A message of the matching as the page's language says it; an unknown one stays as it is."""
    if other := _OTHER.match(message):
        text = gettext("This text seems to be in %(language)s. The checker reads English only.")
        return text % {"language": other[1]}
    long = _LONG.search(message)
    rest = message[: long.start()] if long else message
    found = _FOUND.match(rest)
    if found:
        number = int(found[1])
        said = ngettext("%(number)s reviewed claim found.", "%(number)s reviewed claims found.", number) % {
            "number": number
        }
    else:
        said = gettext(rest)
    if long:
        said += " " + gettext(
            "The text is long: %(number)s sentences with few telling words were not compared."
        ) % {"number": long[1]}
    return said
