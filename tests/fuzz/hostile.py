"""Hostile requests over all public entries: paths, parameters, bodies, headers and methods that no reader sends."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cache
from random import Random
from urllib.parse import quote

from django.urls import get_resolver

from tests.claims.pages.test_visibility import routes
from tests.fuzz.mutating import NUMBERS, VALUES, WORDS, mutated

# beside every route of the site: what no route stands for
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")
ADMIN_TABLE = re.compile(r"admin/(?!login/|logout/|desk/|password_change/)\w+/\w+/|admin/.*\^")
BESIDE = (
    "/{w}",
    "/{w}/{w}",
    "/static/{w}",
    "/claims/{w}/",
    "/claims/{c}/{w}",
    "/objects/{w}/",
    "/api/v1/{w}",
    "/admin/{w}/",
    "/de/{w}/",
)
NAMES = (
    "q", "object", "topic", "verdict", "after", "cursor", "before", "page", "limit", "quantity", "series", "observer", "start",
    "stop", "step", "times", "format", "solution", "body", "center", "frame", "url", "maxwidth", "maxheight", "theme", "next",
    "sort", "fields", "since", "version", "lang", "kind", "state", "\x00", "a" * 300,
)  # fmt: skip
TELLING = (
    "3I", "500", "500@10", "perseverance", "2025-10-01T00:00Z", "2025-10-05T00:00Z", "6h", "1e-9s", "json", "csv", "votable",
    "JPL44", "mars", "icrf", "ecliptic", "contradicted", "nickel", "1763769600000000-42", "99999999999999999-1", "2460950.5,nan",
)  # fmt: skip
HEADERS = (
    "if-none-match", "if-modified-since", "range", "accept", "accept-encoding", "accept-language", "cookie", "authorization",
    "x-forwarded-for", "x-forwarded-proto", "content-encoding", "origin", "referer", "user-agent", "x-http-method-override",
    "x-requested-with", "forwarded", "transfer-encoding",
)  # fmt: skip
METHODS = ("GET",) * 12 + (
    "HEAD",
    "HEAD",
    "POST",
    "POST",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "OPTIONS",
    "TRACE",
    "BREW",
)
BODIES = (
    json.dumps({"text": "3I/ATLAS is as wide as Manhattan and shed pure nickel vapour at Mars."}).encode(),
    json.dumps(
        {"params": {"quantity": "nucleus_radius", "object": "3I"}, "asserted": {"value": 23.0, "unit": "km"}}
    ).encode(),
    json.dumps({"csp-report": {"violated-directive": "img-src"}}).encode(),
    b"text=3I+has+a+tail&title=x&csrfmiddlewaretoken=x&verdict=supported",
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.html"\r\n\r\n<p>3I</p>\r\n--x--\r\n',
)
KINDS = (
    "application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data",
    "text/plain", "application/csp-report", "application/json; charset=utf-7", "text/html; charset=nonsense", "x" * 200,
)  # fmt: skip
# what a part of an address may truly be; `w` is anything
PARTS = {
    "c": ("manhattan-sized", "nickel-vapour-detected", "no-such-claim", "hidden-draft", "hidden-waiting", "hidden-withdrawn"),
    "o": ("3I", "1I", "9I"), "n": ("1", "2", "0", "99999999999999999999"),
    "k": ("excess_speed", "close_approach", "ratio_series", "field_of_regard", "chance_alignment", "local_time_at_site"),
}  # fmt: skip
KINDS_OF_PARTS = {"slug": "c", "designation": "o", "number": "n", "version": "n", "pk": "n", "name": "k"}


@dataclass(frozen=True, slots=True)
class Hostile:
    """One request."""

    method: str
    path: str
    query: str = ""
    body: bytes = b""
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


@cache
def paths() -> tuple[str, ...]:
    """Every route of the site with its parameters by kind, outside the tables of the admin, which nobody enters."""
    kept = sorted({route for route in routes(get_resolver().url_patterns) if not ADMIN_TABLE.match(route)})
    return tuple(f"/{PARAMETER.sub(_kind_of, route.replace(chr(92), ''))}" for route in kept) + BESIDE


def _kind_of(found: re.Match[str]) -> str:
    return f"{{{KINDS_OF_PARTS.get(found[1] or found[2], 'w')}}}"


def _part(kind: str, random: Random) -> str:
    if kind in PARTS and random.random() < 0.7:
        return random.choice(PARTS[kind])
    return quote(_word(random)[:400], safe=random.choice(("", "/:?#[]@!$&'()*+,;=%")))


def hostile_request(random: Random) -> Hostile:
    """One request that somebody with bad intentions, or a broken program, could send."""
    path = re.sub(r"{(\w)}", lambda found: _part(found[1], random), random.choice(paths()))
    if random.random() < 0.05:
        path = f"/de{path}"
    pairs = []
    for _ in range(random.choice((0, 0, 1, 1, 2, 5, 40))):
        name = random.choice(NAMES)
        word = random.choice(TELLING) if random.random() < 0.4 else _word(random)
        pairs.append(f"{quote(name)}={quote(word) if random.random() < 0.8 else _latin(word)}")
    method = random.choice(METHODS)
    posted = method not in ("GET", "HEAD", "OPTIONS", "TRACE")
    body = mutated(random.choice(BODIES), random)[:200_000] if posted else b""
    headers = {}
    for _ in range(random.choice((0, 0, 0, 1, 3))):
        headers[random.choice(HEADERS)] = _latin(_word(random))[:1000].replace("\r", "").replace("\n", "")
    return Hostile(method, path[:4000], "&".join(pairs)[:8000], body, random.choice(KINDS), headers)


def _word(random: Random) -> str:
    kind = random.random()
    if kind < 0.6:
        return random.choice(WORDS)
    if kind < 0.75:
        return random.choice(NUMBERS)
    if kind < 0.85:
        return str(random.choice(VALUES))[:500]
    return "".join(
        chr(random.choice((random.randrange(32, 127), random.randrange(0xD7FF))))
        for _ in range(random.randrange(40))
    )


def _latin(text: str) -> str:
    return text.encode("utf-8", "replace").decode("latin-1")
