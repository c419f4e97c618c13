"""The API as a whole: its routers, and how its errors are said."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from claims.api import almanac, campaigns, checks, claims, match, measurements, objects, sources
from claims.api.paging import BadField
from claims.problems import problem

DESCRIPTION = """\
Read-only, without a key. Lists are pages by keyset: follow `next` (also a `Link` header) until it is null; no item
comes twice and none is left out, also while claims are published. `fields=` names the fields of an item.
Every error is a problem document (RFC 9457). Every answer has a strong ETag; ask again with `If-None-Match`.
The rate stands in `RateLimit` and `RateLimit-Policy`; 429 carries `Retry-After`.
Words and verdicts: CC BY 4.0. Measured values belong to the sources that each of them names."""

api = NinjaAPI(
    title="Hyperbole",
    version="1",
    description=DESCRIPTION,
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="api",
)
for prefix, module in (
    ("claims", claims),
    ("objects", objects),
    ("measurements", measurements),
    ("sources", sources),
    ("campaigns", campaigns),
    ("checks", checks),
):
    api.add_router(f"/{prefix}/", module.router)
api.add_router("/claims/", checks.of_claims)
api.add_router("/objects/", almanac.router)
api.add_router("", match.router)


@api.exception_handler(ValidationError)
def _not_accepted(request: HttpRequest, error: Any) -> HttpResponse:
    """Name each parameter that was not accepted and what it should be; values are not repeated."""
    faults = [
        {"parameter": str(fault["loc"][-1]), "place": str(fault["loc"][0]), "expected": fault["msg"]}
        for fault in error.errors
    ]
    said = "; ".join(f"{fault['parameter']}: {fault['expected']}" for fault in faults)
    return problem(422, said, errors=faults)


@api.exception_handler(BadField)
def _no_such_field(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(422, str(error), parameter="fields", allowed=error.allowed)


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(404, "there is nothing at this address; /api/v1/docs lists what there is")


@api.exception_handler(HttpError)
def _refused(request: HttpRequest, error: Any) -> HttpResponse:
    status = error.status_code
    return problem(
        status if status in (400, 401, 403, 404, 405, 413, 415, 422, 429, 503) else 400, str(error)
    )
