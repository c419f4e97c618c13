"""The OpenAPI document against the API: schemathesis sends what it allows, and what it forbids."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from jsonschema import Draft202012Validator
from schemathesis import GenerationMode

from claims.api.views import openapi_document
from tests.claims.publishing import claim, measurement, published

pytestmark = pytest.mark.django_db
OPERATIONS = [
    (method, path, operation)
    for path, methods in openapi_document()["paths"].items()
    for method, operation in methods.items()
]
# a free text in a path cannot be wrong, so nothing forbidden could be sent there
SENT = [
    pytest.param(method, path, mode, id=f"{method} {path} {mode.value}")
    for method, path, operation in OPERATIONS
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    if mode is GenerationMode.POSITIVE
    or any(entry["in"] == "query" for entry in operation.get("parameters", []))
]


@pytest.fixture
def schema(db: None) -> Iterator[Any]:
    """The API as its own document describes it, on a small record, without a rate."""
    published(claim("manhattan-sized"))
    measurement()
    cache.clear()
    # as Django's own test client does: the connection of the test's transaction must stay open
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    with override_settings(API_REQUESTS_PER_MINUTE=1_000_000, ALLOWED_HOSTS=["*"]):
        yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.parametrize(("method", "path", "mode"), SENT)
def test_the_api_does_what_its_document_says(
    schema: Any, method: str, path: str, mode: GenerationMode
) -> None:
    operation = schema[path][method]
    cases = operation.as_strategy(generation_mode=mode)

    @settings(
        max_examples=20,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=cases)
    def sends(case: Any) -> None:
        case.call_and_validate(headers={"Accept-Encoding": "identity"})  # its WSGI transport does not unpack

    sends()


def test_every_shape_of_the_document_is_a_json_schema() -> None:
    shapes = openapi_document()["components"]["schemas"]
    assert {"ClaimList", "WholeClaim", "PinnedVersion", "Problem"} <= set(shapes)
    for shape in shapes.values():
        Draft202012Validator.check_schema(shape)
