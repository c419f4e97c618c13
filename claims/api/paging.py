"""Lists of the API: filters, sparse fields, keyset pages, and the answer in bytes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any
from urllib.parse import urlencode

import orjson
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import Field, StringConstraints

from claims.addresses import absolute
from claims.delivery import DATA, keep, with_last_modified
from claims.problems import problem

MOST = 200
Word = Annotated[str, StringConstraints(max_length=96, pattern=r"^[^\x00]*$")]


class PageQuery(Schema):
    """What every list takes."""

    limit: int = Field(50, ge=1, le=MOST, description="how many items on a page")
    after: Word = Field("", description="the cursor of a next link", examples=[""])
    fields: Annotated[str, StringConstraints(max_length=600)] = ""


def chosen_fields(names: Sequence[str]) -> Any:
    """The parameter ``fields`` of items with these fields; `sparse` refuses others with better words."""
    one = "|".join(names)
    return Field(
        "",
        description="names of fields of an item, by commas; empty: all of them",
        examples=[",".join(names[:2])],
        json_schema_extra={"pattern": f"^(({one})(,({one}))*)?$"},
    )


class BadField(ValueError):
    """A name in ``fields`` that the items do not have; becomes a 422 problem."""

    def __init__(self, name: str, allowed: Sequence[str]) -> None:
        self.allowed = sorted(allowed)
        # only what could be a name is repeated
        named = repr(name) if name.isascii() and name.isidentifier() else "one of the names"
        super().__init__(f"fields: {named} is not a field of these items")


def sparse(items: list[dict[str, Any]], fields: str, known: Sequence[str]) -> list[dict[str, Any]]:
    """The items with the fields that were asked for, in the order of the items."""
    asked = {name.strip() for name in fields.split(",") if name.strip()}
    if not asked:
        return items
    for name in sorted(asked):
        if name not in known:
            raise BadField(name[:60], known)
    return [{name: value for name, value in item.items() if name in asked} for item in items]


def answer(record: Any, changed: datetime | None = None, cache_control: str = DATA) -> HttpResponse:
    """One record as JSON, kept until the public record changes."""
    response = HttpResponse(orjson.dumps(record), content_type="application/json")
    response["Cache-Control"] = cache_control
    return keep(with_last_modified(response, changed))


def list_answer(
    request: HttpRequest,
    items: list[dict[str, Any]],
    cursor: str | None,
    page: PageQuery,
    known: Sequence[str],
    changed: datetime | None = None,
) -> HttpResponse:
    """A page of a list: items, the absolute address of the next page or null, and the same as a Link."""
    following = None
    if cursor is not None:
        asked = [(name, value) for name, value in request.GET.items() if name != "after" and value]
        following = absolute(f"{request.path}?{urlencode([*asked, ('after', cursor)])}")
    response = answer({"items": sparse(items, page.fields, known), "next": following}, changed)
    if following:
        response["Link"] = f'<{following}>; rel="next"'
    return response


def by_key(rows: QuerySet[Any], page: PageQuery, column: str = "key") -> tuple[list[Any], str | None]:
    """One page of rows in the order of a unique text column, and the cursor of the next."""
    after = Q(**{f"{column}__gt": page.after}) if page.after else Q()
    found = list(rows.filter(after).order_by(column)[: page.limit + 1])
    more, found = len(found) > page.limit, found[: page.limit]
    return found, getattr(found[-1], column) if more else None


def not_found(what: str) -> HttpResponse:
    return problem(404, what)
