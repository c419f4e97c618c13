"""These tests build their own small record, so they start without the catalogue."""

import pytest


@pytest.fixture(autouse=True)
def own_record(request: pytest.FixtureRequest) -> None:
    """Empty the record for every test that may touch the database."""
    if request.node.get_closest_marker("django_db") or {"db", "client"} & set(request.fixturenames):
        request.getfixturevalue("empty_record")
