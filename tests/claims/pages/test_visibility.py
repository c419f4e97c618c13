"""What is not published stands on no page, whichever way a reader turns."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver

from claims import editing
from claims.models import Appearance, Claim, ClaimRelation, GuidedReading, ReaderReport, VerdictVersion
from claims.tasks import dump_open_data
from tests.claims import publishing

pytestmark = pytest.mark.django_db
MARK = "zirconium"  # a word that no published text has
PUBLIC = "nickel-vapour-detected"
RELATED = "nickel-exceeds-iron-tenfold"


def hidden_claims() -> list[str]:
    """A draft, one in review, one approved, one withdrawn, and a published one with a new open version."""
    draft = publishing.claim("hidden-draft", title=f"{MARK} draft", statement=f"{MARK} draft.")
    publishing.draft(draft)
    waiting = publishing.claim("hidden-waiting", title=f"{MARK} waiting", statement=f"{MARK} waiting.")
    editing.submit_for_review(
        publishing.draft(waiting), actor=publishing.person("author"), at=publishing.START
    )
    approved = publishing.claim("hidden-approved", title=f"{MARK} approved", statement=f"{MARK} approved.")
    version = publishing.draft(approved)
    editing.submit_for_review(version, actor=publishing.person("author"), at=publishing.START)
    editing.approve(
        version, approver=publishing.person("reviewer"), at=publishing.START, checklist=publishing.CHECKLIST
    )
    gone = publishing.claim("hidden-withdrawn", title=f"{MARK} withdrawn", statement=f"{MARK} withdrawn.")
    publishing.published(gone)
    editing.withdraw(
        gone, actor=publishing.person("reviewer"), at=publishing.START, reason="It was two claims."
    )
    public = Claim.objects.get(slug=PUBLIC)
    related = Claim.objects.get(slug=RELATED)
    for row in (draft, waiting, approved, gone):
        ClaimRelation.objects.create(claim=related, other=row, relation="narrows")
        ClaimRelation.objects.create(claim=public, other=row, relation="narrows")  # no version carries these
    publishing.published(related, reason_code="wording", severity="typo")
    open_text(public)
    return ["hidden-draft", "hidden-waiting", "hidden-approved", "hidden-withdrawn"]


def open_text(public: Claim) -> None:
    """Everything that people may be at work on beside a published claim, each with the word that gives it away."""
    public.statement = f"{MARK} to come."
    public.truth_condition, public.aliases = f"{MARK} holds.", [*public.aliases, f"{MARK} by another name"]
    public.save()
    public.asserted.create(
        quantity="nucleus_radius", value=1.0, unit="km", relation="eq", note=f"{MARK} radius"
    )
    public.checks.create(name="size_from_magnitude", params={"note": MARK})
    person = publishing.person("author")
    editing.add_appearances(
        public, [Appearance(source=publishing.source(), phrase=f"{MARK} in a headline", stance="asserts")],
        actor=person, at=publishing.START,
    )  # fmt: skip
    editing.record_contact(
        public,
        claimant=f"{MARK} office",
        contacted_on=publishing.START.date(),
        way="",
        actor=person,
        at=publishing.START,
    )
    version = publishing.draft(public, change_note=f"{MARK} was found.")
    assert version.statement == f"{MARK} to come."
    version = editing.edit_version(
        VerdictVersion.objects.select_related("claim").get(pk=version.pk), {"one_line": f"{MARK} in one line."},
        editor=person, at=publishing.START,
    )  # fmt: skip
    editing.submit_for_review(version, actor=person, at=publishing.START)
    editing.request_changes(
        version, actor=publishing.person("reviewer"), at=publishing.START, reason=f"{MARK} is no reason."
    )
    ReaderReport.objects.create(
        claim=public, path=public.get_absolute_url(), text=f"{MARK} is wrong.", contact=f"{MARK}@reader.example",
        received_at=publishing.START,
    )  # fmt: skip


def routes(patterns: list[Any], before: str = "") -> Iterator[str]:
    """Every address that the site answers, as Django holds it: `claims/<slug:slug>/history/`."""
    for pattern in patterns:
        route = before + (getattr(pattern.pattern, "_route", None) or str(pattern.pattern).strip("^$"))
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def public_routes() -> list[str]:
    """The addresses outside the rooms of editors and the probes."""
    rooms = ("admin/", "accounts/", "healthz", "readyz", "csp-report")
    return sorted({route for route in routes(get_resolver().url_patterns) if not route.startswith(rooms)})


def filled(route: str, slugs: list[str]) -> list[str]:
    """A route with every value that could give something away; an unknown parameter is an error."""
    first = route.removeprefix("api/v1/").partition("/")[0]
    keys = {
        "objects": ["3I", "1I"], "sources": [publishing.source().key, "post-2025"], "measurements": [publishing.measurement().key],
        "charts": ["motion-3I", "path-3I", "passages", "releases-3I", "solutions-3I", "values-nucleus_radius", f"beside-{publishing.measurement().key}"],
        "archives": [publishing.campaign().key], "campaigns": [publishing.campaign().key],
        "readings": list(GuidedReading.objects.values_list("source__key", flat=True)),
    }  # fmt: skip
    values: dict[str, list[str]] = {
        "slug": [*slugs, PUBLIC, RELATED] if first == "claims" else ["carbon"], "number": ["1", "2"], "designation": ["3I"],
        "key": keys.get(first, []), "rest": ["no/such/thing"], "token": ["not-a-token"], "name": ["size_from_magnitude"],
    }  # fmt: skip
    names = re.findall(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)", route)
    found = [[]]  # type: ignore[var-annotated]
    for name in (one or other for one, other in names):
        assert values.get(name), f"{route}: the walk has no value for {name}"
        found = [[*chosen, value] for chosen in found for value in values[name]]
    shape = re.sub(r"<[^>]*>|\(\?P<\w+>[^)]*\)", "{}", route.replace("\\", ""))
    return ["/" + shape.format(*chosen) for chosen in found]


MORE = [
    "/claims/?topic=size-mass", "/claims/?object=3I", "/claims/?q=waiting", "/claims/?q=headline", "/claims/?verdict=contradicted",
    "/claims/feed.json?topic=size-mass", "/claims/feed.atom?verdict=contradicted", "/api/v1/claims/?object=3I&limit=200",
    "/api/v1/claims/?stale=true", "/api/v1/measurements/?object=3I", "/sitemap.xml", "/changes.json", "/de/claims/",
    *(f"/oembed?url=http%3A%2F%2F127.0.0.1%3A8000%2Fclaims%2Fhidden-{name}%2F" for name in ("draft", "waiting", "approved", "withdrawn")),
]  # fmt: skip
ASKED = (
    "Is it true that zirc is waiting? A zirc draft, in a headline, by another name: zirc withdrawn.".replace(
        "zirc", MARK
    )
)


def text_of(answer: Any) -> str:
    """The body of an answer; every file of a package."""
    body: bytes = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if answer.get("Content-Type", "").startswith("application/zip"):
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            return "\n".join(package.read(name).decode() for name in package.namelist())
    return body.decode(errors="replace")


def test_no_public_surface_gives_away_what_is_not_published(
    client: Client, tmp_path: Path, settings: Any
) -> None:
    settings.VAR_DIR = tmp_path / "var"
    settings.API_REQUESTS_PER_MINUTE = 100_000
    slugs = hidden_claims()
    dump_open_data()
    walked = public_routes()
    addresses = [address for route in walked for address in filled(route, slugs)] + MORE
    assert len(walked) > 55
    seen: Counter[int] = Counter()
    for address in addresses:
        answer = client.get(address)
        seen[answer.status_code] += 1
        assert answer.status_code < 500, address
        page = text_of(answer)
        assert MARK not in page, address
        allowed = [
            slug
            for slug in slugs
            if slug in address
            or (slug == "hidden-withdrawn" and ("changes" in address or "corrections" in address))
        ]
        for slug in slugs:
            assert slug not in page or slug in allowed, (address, slug)
        if any(slug in address for slug in slugs) and not address.startswith("/oembed"):
            expected = {410} if "hidden-withdrawn" in address else {404}
            assert answer.status_code in expected | {405}, (address, answer.status_code)
    assert seen[200] > 80, seen
    assert "100 claims" in client.get("/claims/").content.decode()


def test_no_question_that_is_sent_gives_away_what_is_not_published(client: Client) -> None:
    slugs = hidden_claims()
    sent = {
        "/api/v1/match": (json.dumps({"text": ASKED}), "application/json"),
        "/api/v1/checks/size_from_magnitude": (json.dumps({}), "application/json"),
    }
    for address, (body, kind) in sent.items():
        answer = client.post(address, body, content_type=kind)
        assert answer.status_code < 500, address
        page = answer.content.decode()
        # an article checker repeats the sentences it was given, and names no claim that is not public
        found = json.loads(page)
        assert not [
            row for row in found.get("matches", []) + found.get("related", []) if row["slug"] in slugs
        ], address
        assert not [slug for slug in slugs if slug in page], address


def test_it_answers_404_for_what_was_never_public(client: Client) -> None:
    for slug in hidden_claims()[:3]:
        for address in (f"/claims/{slug}/", f"/claims/{slug}/v/1/", f"/claims/{slug}/history/"):
            answer = client.get(address)
            assert answer.status_code == 404, address
            assert MARK not in answer.content.decode()
    assert client.get("/claims/nickel-vapour-detected/v/2/").status_code == 404


def test_it_leaves_a_stone_with_the_reason_for_a_withdrawn_claim(client: Client) -> None:
    hidden_claims()
    for address in (
        "/claims/hidden-withdrawn/",
        "/claims/hidden-withdrawn/v/1/",
        "/claims/hidden-withdrawn/history/",
    ):
        answer = client.get(address)
        page = answer.content.decode()
        assert answer.status_code == 410, address
        assert "It was two claims." in page
        assert MARK not in page
        assert "ClaimReview" not in page
