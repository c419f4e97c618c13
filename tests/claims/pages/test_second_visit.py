"""A page is read again from what another process kept, and is the same page."""

import pytest
from django.test import Client

from claims.kept import forget_everything
from tests.claims.pages.test_queries import PAGES
from tests.claims.pages.test_weights import MORE

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", [*PAGES, *MORE, "/objects/1I/", "/objects/2I/scene.json"])
def test_it_is_the_same_page_to_a_process_that_finds_the_shared_cache_full(
    client: Client, address: str
) -> None:
    first = client.get(address)
    forget_everything()  # the memory of one process; what all share stays
    second = client.get(address)
    assert (second.status_code, second.get("ETag")) == (first.status_code, first.get("ETag"))
    assert second.status_code < 500
