"""The article checker: a text comes in, its marked copy goes out, and nothing of it stays.

There is no cookie, so there is no token against forged requests, and none is needed: a check changes nothing
and answers the same to everybody, and the word that a match was wrong is taken from anybody, without a sign-in
to misuse.  Uploads are read in memory: Django's own handlers would put large ones into a file.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.shortcuts import render
from django.utils import timezone
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from claims.articles.checking import MOST_CHARACTERS, CheckFailed, TooLong, check_text
from claims.articles.fetching import NotFetched, fetched_text
from claims.articles.rate import seconds_to_wait
from claims.articles.reading import KINDS, LARGEST_FILE, NotReadable, article_text
from claims.articles.result import checked_text
from claims.articles.wordings import NotReadYet
from claims.articles.words import told
from claims.models import WrongMatch
from claims.models.checker import BANDS, STANCES
from claims.queries import published_claim

MOST_BODY = LARGEST_FILE + 1_000_000  # bytes of a whole form
_BROKEN = (MultiPartParserError, UnreadablePostError, TooManyFieldsSent, TooManyFilesSent, MultiValueDictKeyError)  # fmt: skip


class _InMemory(FileUploadHandler):
    """An upload kept in memory, and cut off where it is larger than any article."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.name, self.parts, self.size, self.cut = "", [], 0, False  # type: ignore[var-annotated]

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.name = self.file_name or ""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.size += len(raw_data)
        if self.size > LARGEST_FILE:
            self.cut = True
            raise StopUpload(connection_reset=False)
        self.parts.append(raw_data)

    def file_complete(self, file_size: int) -> None:
        return None


class Refused(ValueError):
    """A text that is not checked, with the status and the words of the answer."""

    def __init__(self, status: int, words: str, wait_s: int = 0) -> None:
        self.status, self.wait_s = status, wait_s
        super().__init__(words)


def kept_nowhere(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view whose answers no cache may hold."""

    @wraps(view)
    def answered(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    return answered


@csrf_exempt
@kept_nowhere
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The form, and the answer to it."""
    if request.method != "POST":
        return render(request, "claims/check.html", _form())
    try:
        text = _sent_text(request)
        if wait := seconds_to_wait(request, min(len(text), MOST_CHARACTERS)):
            raise Refused(
                429,
                gettext("That was much text for one minute. Try again in %(wait)s seconds.") % {"wait": wait},
                wait,
            )
        page = checked_text(text, check_text(text))
    except Refused as refusal:
        return _refusal(request, refusal)
    except (NotReadable, NotFetched) as fault:
        return _refusal(request, Refused(400, f"{str(fault)[:1].upper()}{str(fault)[1:]}."))
    except TooLong as fault:
        return _refusal(request, Refused(413, f"{str(fault)[:1].upper()}{str(fault)[1:]}."))
    except NotReadYet:
        return _refusal(request, Refused(503, gettext("The record is being read for the checker. Try again in half a minute."), 30))  # fmt: skip
    except CheckFailed:
        return _refusal(
            request, Refused(500, gettext("Something failed on our side. Nothing of your text was kept."))
        )
    message = told(page.result)
    return render(request, "claims/check_result.html", {"page": page, "message": message, **_form()})


def _form() -> dict[str, Any]:
    return {
        "most_characters": MOST_CHARACTERS, "kinds": KINDS, "largest_kb": LARGEST_FILE // 1000,
        "by_address": settings.FETCH_ARTICLES,
    }  # fmt: skip


def _refusal(request: HttpRequest, refusal: Refused) -> HttpResponse:
    response = render(
        request, "claims/check.html", {"refusal": str(refusal), **_form()}, status=refusal.status
    )
    if refusal.wait_s:
        response["Retry-After"] = str(refusal.wait_s)
    return response


def _sent_text(request: HttpRequest) -> str:
    """The text that was pasted, uploaded, or stands at an address, whichever field is filled in."""
    too_large = Refused(
        413, gettext("That is too large: a file has at most %(size)s kB.") % {"size": LARGEST_FILE // 1000}
    )
    try:
        announced = int(request.headers.get("Content-Length") or 0)
    except ValueError:
        announced = MOST_BODY + 1
    if announced > MOST_BODY:
        raise too_large
    upload = _InMemory(request)
    request.upload_handlers = [upload]
    try:
        pasted = request.POST.get("text", "")
        address = request.POST.get("url", "").strip()
    except RequestDataTooBig:
        raise Refused(
            413,
            gettext("That is too large: a text has at most %(number)s characters.")
            % {"number": f"{MOST_CHARACTERS:,}"},
        ) from None
    except _BROKEN:
        raise Refused(400, gettext("The form did not arrive whole. Send it again.")) from None
    if upload.cut:
        raise too_large
    if upload.parts:
        return article_text(b"".join(upload.parts), upload.name)
    if address and settings.FETCH_ARTICLES:
        if wait := seconds_to_wait(request, MOST_CHARACTERS):
            raise Refused(
                429,
                gettext("That was much for one minute. Try again in %(wait)s seconds.") % {"wait": wait},
                wait,
            )
        return fetched_text(address)
    if not pasted.strip():
        raise Refused(400, gettext("There is no text. Paste one, or choose a file."))
    return pasted


@csrf_exempt
@kept_nowhere
@require_http_methods(["POST"])
def wrong_match(request: HttpRequest) -> HttpResponse:
    """Take down that a match was wrong: the claim, its version, band and stance, and nothing of the sentence."""
    if wait := seconds_to_wait(request, 0):
        return _refusal(
            request, Refused(429, gettext("Try again in %(wait)s seconds.") % {"wait": wait}, wait)
        )
    try:
        sent = {name: request.POST.get(name, "") for name in ("claim", "band", "stance")}
    except (RequestDataTooBig, *_BROKEN):
        return _refusal(request, Refused(400, gettext("The form did not arrive whole. Send it again.")))
    claim = published_claim(sent["claim"][:200].replace("\0", ""))
    version = claim.current_version if claim else None
    if (
        claim is None
        or version is None
        or sent["band"] not in dict(BANDS)
        or sent["stance"] not in dict(STANCES)
    ):
        return _refusal(request, Refused(400, gettext("This names no match of a published claim.")))
    WrongMatch.objects.create(
        claim=claim,
        version=version,
        band=sent["band"],
        stance=sent["stance"],
        at=timezone.now(),
    )
    return render(request, "claims/wrong_match.html", {"claim": claim})
