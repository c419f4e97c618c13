"""How hard to try: a little in every test run, long in a campaign (`make fuzz`)."""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

EXAMPLES = int(os.environ.get("HYPERBOLE_FUZZ_EXAMPLES", "10"))
SEED = os.environ.get("HYPERBOLE_FUZZ_SEED", "0")  # another seed, other inputs; the same one, the same again
RECORD = os.environ.get("HYPERBOLE_FUZZ_RECORD", "")


@pytest.fixture
def campaign() -> Callable[[str], Any]:
    """A context that notes how a target fared, for the table of a campaign."""

    @contextmanager
    def noted(name: str) -> Iterator[dict[str, int]]:
        tally = {"inputs": 0, "taken": 0, "refused": 0, "failures": 0}
        began = time.monotonic()
        try:
            yield tally
        finally:
            if RECORD:
                with open(RECORD, "a") as record:
                    record.write(
                        json.dumps({"target": name, **tally, "seconds": time.monotonic() - began}) + "\n"
                    )

    return noted
