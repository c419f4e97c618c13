"""What every test run stands on: real services, the loopback, and no silent skip."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

sys.path.insert(0, str(Path(__file__).parent / "guard"))

import network

from tests import live, services
from tests.record import django_db_setup, empty_record  # noqa: F401  (fixtures: what every test starts from)

ROOT = Path(__file__).parent
# Folders whose tests the choice of database does not touch; the SQLite run leaves them out.
ONCE = ("science", "charts", "browser", "integration")

network.install()
# Speed is measured in bench/, never asserted by a test; a first call pays for its imports.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")
os.environ["PYTHONPATH"] = os.pathsep.join(
    [str(ROOT / "guard"), *filter(None, [os.environ.get("PYTHONPATH")])]
)
# Playwright's synchronous interface keeps an event loop in the thread, which Django takes for a view of its own.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

_servers: list[services.Server] = []


def scratch() -> Path:
    """Return the folder of this run, shared by its parallel workers."""
    return Path(os.environ["HYPERBOLE_TEST_SCRATCH"])


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "once: the choice of database does not matter (not run on SQLite again)"
    )
    config.addinivalue_line("markers", "both: run on both databases in spite of its folder")
    if "PYTEST_XDIST_WORKER" in os.environ or config.option.collectonly:
        return
    try:
        _servers.append(services.start_redis_server(services.valkey_program(), _made(scratch() / "valkey")))
        if os.environ["HYPERBOLE_TEST_DATABASE"] == "postgresql":
            _servers.append(services.start_postgresql(_made(scratch() / "postgresql")))
    except services.ServiceMissingError as error:
        pytest_unconfigure(config)
        raise pytest.UsageError(str(error)) from None


def pytest_unconfigure(config: pytest.Config) -> None:
    if "PYTEST_XDIST_WORKER" in os.environ:
        return
    live.stop_live_site(scratch())
    for server in reversed(_servers):
        server.stop()
    shutil.rmtree(scratch(), ignore_errors=True)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        ours = item.path.is_relative_to(ROOT) and item.path.relative_to(ROOT).parts[0] in ONCE
        if ours and not item.get_closest_marker("both"):
            item.add_marker("once")
    if os.environ["HYPERBOLE_TEST_DATABASE"] == "sqlite" and os.environ.get("HYPERBOLE_TEST_SECOND_RUN"):
        again = [item for item in items if not item.get_closest_marker("once")]
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("once")])
        items[:] = again


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped; here a test runs or fails: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    report = yield
    if report.outcome == "skipped":
        report.outcome = "failed"
        report.longrepr = (
            f"{collector.nodeid} was skipped as a whole; here a test runs or fails: {report.longrepr}"
        )
    return report


@pytest.fixture(autouse=True)
def loopback_only() -> Iterator[None]:
    """Fail the test that tried to leave the loopback, even when the code under test swallowed the refusal."""
    network.attempts.clear()
    yield
    assert network.attempts == [], "the test left the loopback"


@pytest.fixture(autouse=True)
def fresh_cache(request: pytest.FixtureRequest) -> None:
    """Start every test that may touch the site with an empty cache."""
    if request.node.get_closest_marker("django_db") or {"db", "client", "transactional_db"} & set(
        request.fixturenames
    ):
        from django.core.cache import cache

        from claims.kept import forget_everything

        cache.clear()
        forget_everything()
