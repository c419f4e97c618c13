"""The description of the API for people, made from its OpenAPI document and served from here."""

from __future__ import annotations

from functools import cache
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import resolve

from claims.addresses import absolute
from claims.api.router import api
from claims.delivery import keep, open_data
from claims.problems import problem


@cache
def openapi_document() -> dict[str, Any]:
    """The OpenAPI document, made once: it depends on the code alone."""
    # a copy, with the numbers of statuses spelt as JSON spells them
    document: dict[str, Any] = orjson.loads(
        orjson.dumps(api.get_openapi_schema(), option=orjson.OPT_NON_STR_KEYS)
    )
    document["servers"] = [{"url": absolute("")}]
    document["info"]["license"] = {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"}
    for methods in document["paths"].values():
        for operation in methods.values():
            for status, response in operation["responses"].items():
                if int(status) >= 400 and "content" in response:
                    [shape] = response["content"].values()
                    response["content"] = {"application/problem+json": shape}
    return document


@open_data
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI 3.1 document."""
    return HttpResponse(
        orjson.dumps(openapi_document(), option=orjson.OPT_INDENT_2), content_type="application/json"
    )


def docs(request: HttpRequest) -> HttpResponse:
    """Every operation with its parameters, answers and an example to follow."""
    document = openapi_document()
    operations = [
        {
            "method": method.upper(),
            "path": path,
            "summary": operation.get("summary", ""),
            "description": operation.get("description", ""),
            "tag": (operation.get("tags") or ["other"])[0],
            "anchor": operation["operationId"],
            "parameters": [_parameter(entry) for entry in operation.get("parameters", [])],
            "answers": [
                (status, _shape(response), response.get("description", ""))
                for status, response in operation["responses"].items()
            ],
            "example": _example(path) if method == "get" else "",
        }
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    context = {"document": document, "operations": operations, "shapes": _shapes(document)}
    return keep(render(request, "api/docs.html", context))


def unknown(request: HttpRequest, rest: str) -> HttpResponse:
    """What is asked for below /api/ and is not there; an address that is there with another slash is shown."""
    other = request.path.removesuffix("/") if request.path.endswith("/") else f"{request.path}/"
    if request.method in ("GET", "HEAD") and resolve(other).func is not unknown:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{other}?{query}" if query else other)
    return problem(404, "there is nothing at this address; /api/v1/docs lists what there is")


# what the paths' parameters are filled with in the examples
FILLED = {
    "{slug}": "manhattan-sized", "{designation}": "3I", "{number}": "1", "{key}": "",
}  # fmt: skip


def _example(path: str) -> str:
    if "{key}" in path:
        return ""
    for name, value in FILLED.items():
        path = path.replace(name, value)
    return "" if "{" in path else absolute(path)


def _kind(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_kind(one) for one in schema["anyOf"]))
    if "enum" in schema:
        return "one of " + ", ".join(str(value) or "(empty)" for value in schema["enum"])
    if "const" in schema:
        return str(schema["const"]) or "(empty)"
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    limits = [
        f"{sign} {schema[name]}" for name, sign in (("minimum", "≥"), ("maximum", "≤")) if name in schema
    ]
    kind = schema.get("format") or schema.get("type") or "any"
    return f"{kind} {' and '.join(limits)}".strip()


def _parameter(entry: dict[str, Any]) -> dict[str, Any]:
    schema = entry.get("schema", {})
    return {
        "name": entry["name"],
        "place": entry["in"],
        "required": entry.get("required", False),
        "kind": _kind(schema),
        "default": schema.get("default", ""),
        "description": entry.get("description") or schema.get("description", ""),
    }


def _shape(response: dict[str, Any]) -> str:
    content = response.get("content") or {}
    return _kind(next(iter(content.values())).get("schema", {})) if content else ""


def _shapes(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "description": schema.get("description", ""),
            "fields": [
                {"name": field, "kind": _kind(entry), "description": entry.get("description", "")}
                for field, entry in schema.get("properties", {}).items()
            ],
        }
        for name, schema in document.get("components", {}).get("schemas", {}).items()
        if "enum" not in schema
    ]
