"""The addresses of the feeds: filters and cursor in, one page of a format out."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from claims.delivery import open_data, with_last_modified
from claims.feeds.change_items import changes_feed, read_event_cursor
from claims.feeds.claim_items import claims_feed
from claims.feeds.records import Feed
from claims.feeds.registry import Format
from claims.generation import generation_of
from claims.keyset import BadCursorError, read_cursor
from claims.problems import problem
from claims.scales import TOPICS, VERDICTS
from ephemeris.models import SmallBody


def _written(feed: Feed, format_: Format) -> HttpResponse:
    response = HttpResponse(format_.writes(feed), content_type=format_.media_type)
    # a subscriber of WebSub learns hub and topic here: a JSON document is not looked into
    links = [(hub, "hub") for hub in feed.hubs] + [(feed.url(format_.extension), "self")]
    following = feed.next_url(format_.extension)
    if following:
        links.append((following, "next"))
    response["Link"] = ", ".join(f'<{address}>; rel="{relation}"' for address, relation in links)
    return with_last_modified(response, feed.modified)


def _bad_cursor(request: HttpRequest, error: BadCursorError) -> HttpResponse:
    return problem(400, f"before: {error}", parameter="before")


@open_data
def all_claims(request: HttpRequest, format_: Format) -> HttpResponse:
    """Every published claim."""
    try:
        cursor = read_cursor(request.GET.get("before", ""))
    except BadCursorError as error:
        return _bad_cursor(request, error)
    feed = claims_feed(
        format_, "/feed", "Hyperbole: reviewed claims", "/", cursor, generation_of(request), shown={}
    )
    return _written(feed, format_)


@open_data
def filtered_claims(request: HttpRequest, format_: Format) -> HttpResponse:
    """The published claims of one object, verdict or topic, or of any combination."""
    chosen = {
        name: value for name in ("object", "verdict", "topic") if (value := request.GET.get(name, "").strip())
    }
    for name, allowed in (("verdict", VERDICTS), ("topic", TOPICS)):
        if name in chosen and chosen[name] not in allowed:
            return problem(
                400, f"{name}: not a value of this record", parameter=name, allowed=sorted(allowed)
            )
    if "object" in chosen and not SmallBody.objects.filter(designation=chosen["object"]).exists():
        known = SmallBody.objects.values_list("designation", flat=True)
        return problem(400, "object: not an object of this record", parameter="object", allowed=sorted(known))
    try:
        cursor = read_cursor(request.GET.get("before", ""))
    except BadCursorError as error:
        return _bad_cursor(request, error)
    words = ", ".join(
        [
            *([chosen["object"]] if "object" in chosen else []),
            *([TOPICS[chosen["topic"]]] if "topic" in chosen else []),
            *([VERDICTS[chosen["verdict"]].label] if "verdict" in chosen else []),
        ]
    )
    title = f"Hyperbole: reviewed claims ({words})" if words else "Hyperbole: reviewed claims"
    feed = claims_feed(
        format_, "/claims/feed", title, "/claims/", cursor, generation_of(request), shown=chosen, **chosen
    )
    return _written(feed, format_)


@open_data
def claims_of_object(request: HttpRequest, designation: str, format_: Format) -> HttpResponse:
    """The published claims about one object."""
    body = SmallBody.objects.filter(designation=designation).first()
    if body is None:
        known = SmallBody.objects.values_list("designation", flat=True)
        return problem(404, "no such object in this record", allowed=sorted(known))
    try:
        cursor = read_cursor(request.GET.get("before", ""))
    except BadCursorError as error:
        return _bad_cursor(request, error)
    path = f"/objects/{body.designation}/"
    title = f"Hyperbole: reviewed claims about {body.full_designation}"
    feed = claims_feed(
        format_, f"{path}feed", title, path, cursor, generation_of(request), shown={}, object=body.designation
    )
    return _written(feed, format_)


@open_data
def changes(request: HttpRequest, format_: Format) -> HttpResponse:
    """Every event of the public record."""
    try:
        cursor = read_event_cursor(request.GET.get("before", ""))
    except BadCursorError as error:
        return _bad_cursor(request, error)
    return _written(changes_feed(format_, cursor), format_)
