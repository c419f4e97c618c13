"""The fake archives and the wire to them."""

from collections.abc import Iterator

import pytest

from ephemeris.archives.registry import hosts
from ephemeris.wire import Wire
from tests.fakes.server import Fake

USER_AGENT = "hyperbole-test/1.0 (+https://hyperbole.example/about; mailto:ops@hyperbole.example)"


@pytest.fixture
def fake() -> Iterator[Fake]:
    running = Fake()
    running.start()
    yield running
    running.stop()


@pytest.fixture
def wire(fake: Fake) -> Iterator[Wire]:
    """A wire that waits, since a busy machine may keep the fake from answering for a second."""
    made = Wire(hosts(), USER_AGENT, route=fake.route, silence_s=20, whole_s=30)
    yield made
    made.close()


@pytest.fixture
def hasty(fake: Fake) -> Iterator[Wire]:
    """A wire for servers that do not answer in time."""
    made = Wire(hosts(), USER_AGENT, route=fake.route, silence_s=0.4, whole_s=0.8)
    yield made
    made.close()
