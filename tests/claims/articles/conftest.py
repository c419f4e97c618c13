"""What tests of the article checker share: each looks at the record anew, and has the minute to itself."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache

from claims.articles.record_index import RECORD


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    # a rolled-back transaction gives the numbers of its log rows to the next test
    RECORD.look_again()
    cache.clear()
    yield
    RECORD.look_again()
