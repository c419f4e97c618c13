"""Datasette on an immutable file (BENCH_DATABASE) with one row a claim, tuned: no facets, counts known, page of 50."""

import os
from pathlib import Path

from datasette.app import Datasette

datasette = Datasette(
    immutables=[Path(os.environ["BENCH_DATABASE"])],
    settings={
        "default_page_size": 50,
        "suggest_facets": False,
        "allow_facet": False,
        "default_cache_ttl": 60,
        "num_sql_threads": 2,
    },
)
application = datasette.app()
