"""Reports of readers without an account: the form's seal, what is refused, and the row that lands in the queue.

There is no session and no cookie, so the form carries a signed seal instead: it says when it was handed out and for
which page, is good for a day and for one report, and a machine that posts without fetching the page has none
(docs/decisions/0009-reports-without-a-cookie.md).
"""

from __future__ import annotations

import re
import secrets
import time
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core import signing
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest

from claims.models import Claim, ReaderReport
from claims.queries import published_claim
from claims.visitors import visitor_address

SALT = "claims.reports"
QUICKEST_S = 4
LONGEST_S = 24 * 3600
PER_ADDRESS, ADDRESS_WINDOW_S = 5, 3600
IN_TOTAL, TOTAL_WINDOW = 60, timedelta(hours=1)
SAME_WITHIN = timedelta(days=30)
MOST_LINKS = 3
LOCAL_PAGE = re.compile(r"/(?!/)[A-Za-z0-9._~&+%?=/,@:-]{0,199}", re.ASCII)
CLAIM_PAGE = re.compile(r"/claims/([-a-zA-Z0-9_]+)/")
INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")

NOT_OURS = "The form was not one of ours or got damaged. Your words are still here: send them again."


def page_of(asked: str) -> str:
    """The page that a report is about; the front page where the address is not one of this site."""
    return asked if LOCAL_PAGE.fullmatch(asked) else "/"


def seal(page: str) -> str:
    """What a fresh form carries."""
    return signing.dumps([page, int(time.time()), secrets.token_urlsafe(9)], salt=SALT)


class ReportForm(forms.Form):
    """A report: plain words, and an address only if the reader wants an answer."""

    text = forms.CharField(
        label="What is wrong?",
        min_length=10,
        max_length=4000,
        help_text="Plain words, 10 to 4,000 characters. A source helps us most.",
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={
            "required": "Say what is wrong.",
            "min_length": "Say a little more: at least %(limit_value)d characters.",
            "max_length": "This is %(show_value)d characters long; at most %(limit_value)d can be taken.",
        },
    )
    contact = forms.CharField(
        label="Your address, if you want an answer",
        required=False,
        max_length=200,
        help_text="Seen by the editors only, and not published.",
        widget=forms.TextInput(attrs={"autocomplete": "email"}),
    )
    website = forms.CharField(label="Leave this field empty", required=False, max_length=200)
    seal = forms.CharField(
        max_length=600,
        widget=forms.HiddenInput,
        error_messages={"required": NOT_OURS, "max_length": NOT_OURS},
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].replace("\r\n", "\n").strip()
        if INVISIBLE.search(text):
            raise forms.ValidationError("The text holds invisible control characters; type them away.")
        links = len(re.findall(r"https?://|www\.", text, re.IGNORECASE))
        if links > MOST_LINKS:
            raise forms.ValidationError(f"The text has {links} links; at most {MOST_LINKS} can be taken.")
        return text

    def clean_contact(self) -> str:
        contact: str = self.cleaned_data["contact"]
        if INVISIBLE.search(contact) or "\n" in contact:
            raise forms.ValidationError("The address holds control characters.")
        return contact

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError("This field tells machines from people: empty it, and send again.")
        return ""

    def clean_seal(self) -> list[Any]:
        try:
            page, handed_out, number = signing.loads(self.cleaned_data["seal"], salt=SALT)
        except (signing.BadSignature, ValueError, TypeError):
            raise forms.ValidationError(NOT_OURS) from None
        age = time.time() - handed_out
        if age > LONGEST_S:
            raise forms.ValidationError(
                "The form was older than a day. Your words are still here: send them again."
            )
        if age < QUICKEST_S:
            raise forms.ValidationError("That was quicker than a person reads. Wait a few seconds, then send it again.", code="quick")  # fmt: skip
        return [page, number]


class TooMany(Exception):
    """More reports than can be taken now; ``seconds`` says when to try again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def receive(request: HttpRequest, form: ReportForm, at: datetime) -> ReaderReport:
    """Store a report, once: the same words about the same page are the same report.

    The limit of one address lives in the cache and is gone with it; the limit of all together is counted in
    the database and always stands.
    """
    page, number = form.cleaned_data["seal"]
    text, contact = form.cleaned_data["text"], form.cleaned_data["contact"]
    same = ReaderReport.objects.filter(path=page, text=text, received_at__gt=at - SAME_WITHIN).first()
    if same is not None:
        return same
    if _by_this_address(request) > PER_ADDRESS:
        raise TooMany(ADDRESS_WINDOW_S)
    with transaction.atomic():
        if ReaderReport.objects.filter(received_at__gt=at - TOTAL_WINDOW).count() >= IN_TOTAL:
            raise TooMany(int(TOTAL_WINDOW.total_seconds()))
        if not _first_use(number):
            raise forms.ValidationError(
                "This form was sent before. Your words are still here: send them again."
            )
        return ReaderReport.objects.create(
            claim=_claim_of(page), path=page, text=text, contact=contact, received_at=at
        )


def _claim_of(page: str) -> Claim | None:
    found = CLAIM_PAGE.match(page)
    return published_claim(found[1]) if found else None


def _by_this_address(request: HttpRequest) -> int:
    key = f"rate:report:{visitor_address(request)}:{int(time.time() // ADDRESS_WINDOW_S)}"
    if cache.add(key, 1, ADDRESS_WINDOW_S):
        return 1
    try:
        return cache.incr(key)
    except ValueError:  # the cache is away
        return 0


def _first_use(number: str) -> bool:
    key = f"report-seal:{number}"
    if cache.add(key, 1, LONGEST_S):
        return True
    return cache.get(key) is None  # the cache is away, and remembers nothing
