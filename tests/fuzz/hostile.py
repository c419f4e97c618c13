"""Hostile requests over all public entries: paths, parameters, bodies, headers and methods that no reader sends."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from random import Random
from urllib.parse import quote

from tests.fuzz.mutating import NUMBERS, VALUES, WORDS, mutated

PATHS = (
    "/", "/claims/", "/claims/{w}/", "/claims/{c}/v/{w}/", "/claims/{c}/history/", "/claims/{c}/embed/", "/claims/{c}/{w}",
    "/claims/{c}/v/{w}/embed/", "/claims/{c}/card.png", "/claims/{c}.json", "/claims/feed.json", "/objects/{w}/",
    "/objects/{o}/", "/objects/compare/", "/objects/{w}/feed.json", "/objects/{o}/sky/", "/measurements/", "/measurements/{w}/",
    "/sources/", "/sources/{w}/", "/archives/", "/archives/{w}/", "/corrections/", "/method/", "/status/", "/check/", "/signs/",
    "/feed.json", "/feed.atom", "/changes.json", "/changes.atom", "/oembed", "/sitemap.xml", "/robots.txt", "/opensearch.xml",
    "/data/hyperbole.zip", "/.well-known/security.txt", "/healthz", "/{w}", "/{w}/{w}", "/static/{w}", "/csp-report", "/report/",
    "/api/v1/claims/", "/api/v1/claims/{w}/", "/api/v1/claims/{c}/versions/{w}/", "/api/v1/claims/{c}/checks/",
    "/api/v1/objects/{w}/", "/api/v1/objects/{o}/ephemeris/", "/api/v1/objects/{o}/vectors/", "/api/v1/objects/{o}/solutions/",
    "/api/v1/objects/{o}/close-approaches/", "/api/v1/objects/{o}/windows/", "/api/v1/measurements/", "/api/v1/sources/",
    "/api/v1/campaigns/", "/api/v1/campaigns/{w}/", "/api/v1/checks/", "/api/v1/checks/{k}", "/api/v1/match", "/api/v1/{w}",
    "/admin/login/", "/accounts/{w}/", "/admin/{w}/",
)  # fmt: skip
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
CHECKS = (
    "excess_speed",
    "close_approach",
    "ratio_series",
    "field_of_regard",
    "chance_alignment",
    "local_time_at_site",
)


@dataclass(frozen=True, slots=True)
class Hostile:
    """One request."""

    method: str
    path: str
    query: str = ""
    body: bytes = b""
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


def hostile_request(random: Random) -> Hostile:
    """One request that somebody with bad intentions, or a broken program, could send."""
    path = random.choice(PATHS)
    while "{w}" in path:
        path = path.replace(
            "{w}", quote(_word(random)[:400], safe=random.choice(("", "/:?#[]@!$&'()*+,;=%"))), 1
        )
    path = path.replace("{c}", random.choice(("manhattan-sized", "no-such-claim", "nickel-vapour-detected")))
    path = path.replace("{o}", random.choice(("3I", "1I", "9I"))).replace("{k}", random.choice(CHECKS))
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
