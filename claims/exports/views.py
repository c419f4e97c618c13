"""One claim in other spellings: JSON, CSV, citations, card, embeds, oEmbed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import orjson
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response

from claims.bulk import store
from claims.bulk.package import ARCHIVE
from claims.delivery import DATA, IMMUTABLE, keep, open_data, with_last_modified
from claims.exports.card import card_png
from claims.exports.citation_formats import CITATION_FORMATS, own_reference, producers_references
from claims.exports.frames import framed
from claims.exports.named_files import named_file
from claims.exports.numbers_csv import key_numbers_csv
from claims.exports.oembed import chart_of_url, claim_of, rich, rich_chart
from claims.exports.whole import last_modified, pinned_record, whole_claim
from claims.generation import generation_of
from claims.gone import gone_problem
from claims.live import last_change, stale_reasons
from claims.models import Claim, VerdictVersion
from claims.problems import problem
from claims.queries import published_claim, published_versions, withdrawn_claims
from claims.site_charts.registry import site_chart


def _public(slug: str) -> Claim | HttpResponse:
    """A published claim, or the problem that stands in its place."""
    claim = published_claim(slug)
    if claim is not None:
        return claim
    gone = withdrawn_claims().filter(slug=slug).first()
    if gone is not None:
        return gone_problem(gone)
    return problem(404, "there is no published claim of this name")


def pinned_version(slug: str, number: int) -> VerdictVersion | HttpResponse:
    """A published version, or the problem that stands in its place."""
    claim = _public(slug)
    if isinstance(claim, HttpResponse):
        return claim
    version = published_versions(claim).filter(number=number).select_related("claim").first()
    return version or problem(404, "this version was never published")


def _current(claim: Claim) -> VerdictVersion:
    version = claim.current_version
    if version is None or version.document is None:
        raise ValueError(f"{claim.slug} is public and has no published version")
    return version


@open_data
def claim_json(request: HttpRequest, slug: str) -> HttpResponse:
    """The whole record of a claim."""
    claim = _public(slug)
    if isinstance(claim, HttpResponse):
        return claim
    record = whole_claim(claim)
    response = HttpResponse(orjson.dumps(record), content_type="application/json")
    response["Link"] = f'<{record["url"]}>; rel="canonical"; type="text/html"'
    return with_last_modified(response, last_modified(claim, record))


@open_data
def claim_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """The key numbers of a claim as a table."""
    claim = _public(slug)
    if isinstance(claim, HttpResponse):
        return claim
    version = _current(claim)
    numbers = key_numbers_csv(version.document or {})
    response = named_file(numbers, "text/csv; charset=utf-8; header=present", f"{slug}.csv")
    return with_last_modified(response, version.published_at)


@open_data
def version_json(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A version as it was frozen."""
    version = pinned_version(slug, number)
    if isinstance(version, HttpResponse):
        return version
    response = HttpResponse(orjson.dumps(pinned_record(version)), content_type="application/json")
    response["Cache-Control"] = IMMUTABLE
    return with_last_modified(response, version.published_at)


@open_data
def references(request: HttpRequest, slug: str, number: int, whose: str, extension: str) -> HttpResponse:
    """Our reference to a version (``cite``), or those of the data it rests on (``sources``)."""
    version = pinned_version(slug, number)
    if isinstance(version, HttpResponse):
        return version
    document: dict[str, Any] = version.document or {}
    works = (
        [own_reference(document, version.content_sha256)]
        if whose == "cite"
        else producers_references(document)
    )
    form = CITATION_FORMATS[extension]
    response = named_file(form.writes(works), form.media_type, f"{slug}-v{number}-{whose}.{extension}")
    response["Cache-Control"] = IMMUTABLE
    return with_last_modified(response, version.published_at)


@open_data
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture of a claim; ``v`` names the version, and the answer for a named version never changes."""
    claim = _public(slug)
    if isinstance(claim, HttpResponse):
        return claim
    asked = request.GET.get("v", "")
    version: VerdictVersion | None = _current(claim)
    if asked:
        known = asked.isascii() and asked.isdigit() and len(asked) < 10
        version = published_versions(claim).filter(number=int(asked)).first() if known else None
    if version is None or version.document is None:
        return problem(404, "this version was never published", parameter="v")
    response = HttpResponse(card_png(version.document), content_type="image/png")
    if asked:
        response["Cache-Control"] = IMMUTABLE
    return with_last_modified(response, version.published_at)


def _frame(request: HttpRequest, claim: Claim, version: VerdictVersion, pinned: bool) -> HttpResponse:
    newest = _current(claim)
    stale = stale_reasons([version.pk]).get(version.pk, []) if version.pk == newest.pk else []
    context = {
        "document": version.document, "version": version, "newest": newest, "stale": stale, "pinned": pinned,
        "updated": pinned and version.pk != newest.pk,
    }  # fmt: skip
    response = framed(render(request, "embed/claim.html", context))
    moved = last_change(newest.published_at, stale) if newest.published_at else None
    return keep(with_last_modified(response, moved))


def embed(request: HttpRequest, slug: str) -> HttpResponse:
    """The current version of a claim, to be framed by anybody."""
    claim = _public(slug)
    if isinstance(claim, HttpResponse):
        return framed(claim)
    return _frame(request, claim, _current(claim), pinned=False)


def pinned_embed(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version of a claim, to be framed by anybody; it says so when a newer one stands."""
    claim = _public(slug)
    if isinstance(claim, HttpResponse):
        return framed(claim)
    version = published_versions(claim).filter(number=number).first()
    if version is None:
        return framed(problem(404, "this version was never published"))
    return _frame(request, claim, version, pinned=True)


@open_data
def oembed(request: HttpRequest) -> HttpResponse:
    """The frame of a claim or chart, as oEmbed describes it."""
    form = request.GET.get("format", "json")
    if form != "json":
        # the specification wants 501 for a format that is not offered
        return problem(501, "format: only json is offered", parameter="format", allowed=["json"])
    sizes: list[int | None] = []
    for name in ("maxwidth", "maxheight"):
        text = request.GET.get(name, "")
        if text and (not (text.isascii() and text.isdigit() and len(text) < 7) or int(text) < 1):
            return problem(400, f"{name}: expected a number of pixels", parameter=name)
        sizes.append(int(text) if text else None)
    url = request.GET.get("url", "")
    key = chart_of_url(url)
    if key is not None:
        found = site_chart(key, generation_of(request))
        if found is None:
            return problem(404, "url: there is no chart of this name, or nothing to draw", parameter="url")
        return HttpResponse(orjson.dumps(rich_chart(found, *sizes)), content_type="application/json")
    named = claim_of(url)
    if named is None:
        return problem(404, "url: not the address of a claim or chart on this site", parameter="url")
    slug, number = named
    version: VerdictVersion | HttpResponse
    if number is None:
        claim = _public(slug)
        version = claim if isinstance(claim, HttpResponse) else _current(claim)
    else:
        version = pinned_version(slug, number)
    if isinstance(version, HttpResponse):
        return problem(404, "url: no published claim has this address", parameter="url")
    answer = rich(version.document or {}, number is not None, *sizes)
    return HttpResponse(orjson.dumps(answer), content_type="application/json")


@open_data
def bulk(request: HttpRequest) -> HttpResponseBase:
    """The whole public record as one Data Package."""
    kept = store.current()
    if kept is None:
        response = problem(503, "the package is being written for the first time; try again in a moment")
        response["Retry-After"] = "5"
        return response
    modified = datetime.fromisoformat(kept["created"]) if kept["created"] else None
    etag = f'"{kept["sha256"][:32]}"'
    headers = {
        "ETag": etag,
        "Cache-Control": DATA,
        "Content-Disposition": f'attachment; filename="{ARCHIVE}"',
    }
    bare = with_last_modified(HttpResponse(headers=headers), modified)
    seconds = int(modified.timestamp()) if modified else None
    conditional = get_conditional_response(request, etag=etag, last_modified=seconds, response=bare)
    if conditional is not None and conditional is not bare:
        return conditional
    whole = FileResponse(
        (store.folder() / ARCHIVE).open("rb"), content_type="application/zip", headers=headers
    )
    return with_last_modified(whole, modified)
