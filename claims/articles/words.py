"""What a check came to, in the language of the page; the matching itself gives codes and numbers and knows no pages."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext, override
from django.utils.translation import gettext_noop as _

from claims.matching.records import MatchResult, Outcome

LANGUAGES = {
    "en": _("English"), "de": _("German"), "fr": _("French"), "es": _("Spanish"), "it": _("Italian"), "pt": _("Portuguese"),
    "nl": _("Dutch"), "pl": _("Polish"), "sv": _("Swedish"), "tr": _("Turkish"), "ro": _("Romanian"), "ru": _("Russian or another language in Cyrillic letters"),
    "zh": _("Chinese"), "ja": _("Japanese"), "ko": _("Korean"), "ar": _("Arabic or another language in Arabic letters"), "he": _("Hebrew"), "el": _("Greek"),
    "hi": _("Hindi or another language in Devanagari letters"), "th": _("Thai"), "mis": _("a script that the checker does not know"),
}  # fmt: skip
OUTCOMES: dict[Outcome, str] = {
    "near": _("No reviewed claim is repeated here. Some come near."),
    "nothing": _("No reviewed claim was found in this text."),
    "unreadable": _("There is no text here that the checker can read."),
    "no_sentence": _("There is no sentence in this text."),
    "no_claims": _("No claim has been published yet."),
    "off_subject": _("This text does not speak of an interstellar object."),
}
# what a sentence does with a claim
STANCES = {
    "asserts": _("asserts it"),
    "attributes": _("reports that somebody says it"),
    "refutes": _("rejects it"),
    "unclear": _("mentions it, without taking a side"),
}
# how near a sentence comes to a claim
BANDS = {
    "strong": _("close in words and meaning"),
    "likely": _("close in meaning"),
    "possible": _("may be meant: read it yourself"),
}
# what became of the claim's number
AGREEMENT = {True: _("the claim's number"), False: _("not the claim's number"), None: ""}


def told(result: MatchResult) -> str:
    """What a check came to, in the language in force."""
    if result.outcome == "other_language":
        text = gettext("This text seems to be in %(language)s. The checker reads English only.")
        return text % {"language": gettext(LANGUAGES[result.language])}
    if result.outcome == "found":
        number = result.claims
        said = ngettext("%(number)s reviewed claim found.", "%(number)s reviewed claims found.", number) % {
            "number": number
        }
    else:
        said = gettext(OUTCOMES[result.outcome])
    if result.left_out:
        said += " " + gettext(
            "The text is long: %(number)s sentences with few telling words were not compared."
        ) % {"number": result.left_out}
    return said


def told_in_english(result: MatchResult) -> str:
    """The same for programs, whose interface exists in one language."""
    with override("en"):
        return told(result)
