"""The desk's first page with its counts, and one queue of it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from claims.desk.contract import Queue
from claims.desk.listing import WHO, narrowed, open_queues, page_of, tallies
from claims.desk.registry import queues
from claims.desk.shown import behind_sign_in, desk_page
from claims.models import Claim
from claims.refusals import chosen, refusing
from claims.scales import TOPICS
from ephemeris.models import SmallBody

SHOWN_TAKEN = 50


@behind_sign_in
def desk(request: HttpRequest) -> HttpResponse:
    """What waits in each queue, and what this person has taken."""
    person: Any = request.user
    taken = Claim.objects.filter(assigned_to=person).select_related("body").order_by("slug")
    return desk_page(
        request, "desk/desk.html", "Desk", tallies=tallies(person, timezone.now()), taken=taken[:SHOWN_TAKEN]
    )


@behind_sign_in
@refusing
def queue(request: HttpRequest, name: str) -> HttpResponse:
    """One queue, oldest first, narrowed by object, topic and who has taken it."""
    person: Any = request.user
    asked = queues().get(name)
    if asked is None or not person.has_perm(asked.right):
        raise Http404(f"There is no queue “{name}” that you may work on.")
    bodies = dict(SmallBody.objects.order_by("-designation").values_list("designation", "full_designation"))
    labels = {"object": bodies, "topic": TOPICS, "who": {key: label for key, label in WHO.items() if key}}
    picked = {key: chosen(request.GET.get(key, "").strip(), key, labels[key]) for key in labels}
    return desk_page(
        request, "desk/queue.html", asked.title, **_listed(request, asked, person, picked, labels)
    )


def _listed(
    request: HttpRequest,
    asked: Queue,
    person: User,
    picked: dict[str, str],
    labels: dict[str, dict[str, str]],
) -> dict[str, Any]:
    now = timezone.now()
    rows = narrowed(asked, asked.rows(person, now), person, picked)
    waiting, following = page_of(asked, rows, request.GET.get("after", ""), now)
    kept = {key: value for key, value in picked.items() if value}
    return {
        "queue": asked,
        "queues": open_queues(person),
        "waiting": waiting,
        "number": rows.count(),
        "filters": [] if asked.claim is None else [
            {"name": key, "chosen": picked[key], "values": labels[key].items()} for key in labels
        ],
        "narrowed": bool(kept),
        "here": request.get_full_path(),
        "first": f"?{urlencode(kept)}" if "after" in request.GET else "",
        "next": f"?{urlencode({**kept, 'after': following})}" if following else "",
        "may_take": person.has_perm("claims.change_claim"),
    }  # fmt: skip
