"""A real headless Chromium against the real running site; any console error or foreign request is a failure."""

import os
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from tests.conftest import scratch
from tests.live import LiveSite, live_site

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    # nothing but the loopback has an address
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Launch the Chromium that `tools/browser.py` found."""
    program = os.environ.get("HYPERBOLE_BROWSER")
    if not program:
        import subprocess
        import sys

        found = subprocess.run([sys.executable, "tools/browser.py"], capture_output=True, text=True)
        if found.returncode:
            pytest.fail(found.stderr)
        program = found.stdout.strip()
    return {**browser_type_launch_args, "executable_path": program, "args": list(FLAGS), "headless": True}


@pytest.fixture(scope="session")
def live() -> LiveSite:
    """Return the running site: `live.url`, `live.passwords["editor"]`, `live.manage("command")`."""
    return live_site(scratch())


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any], live: LiveSite) -> dict[str, Any]:
    """Let pages be opened by path: `page.goto("/claims/")`."""
    return {**browser_context_args, "base_url": live.url, "locale": "en-GB"}


class Complaints:
    """What a page did that no page of ours may do."""

    def __init__(self, allowed_origin: str) -> None:
        self._allowed = urlsplit(allowed_origin).netloc
        self.lines: list[str] = []

    def watch(self, page: Page) -> None:
        """Listen to a page from its first request on."""
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.lines.append(f"uncaught on {page.url}: {error}"))
        page.on("request", self._on_request)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.lines.append(f"console error on {message.location.get('url', '')}: {message.text}")

    def _on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self._allowed:
            self.lines.append(f"request to another site: {request.url}")


@pytest.fixture
def complaints(live: LiveSite) -> Iterator[Complaints]:
    """Collect complaints and fail the test on any; a test that provokes one empties `complaints.lines`."""
    collected = Complaints(live.url)
    yield collected
    assert collected.lines == []


@pytest.fixture
def context(context: BrowserContext, complaints: Complaints) -> BrowserContext:
    """Watch every page of the test's browser context."""
    context.on("page", complaints.watch)
    return context


@pytest.fixture
def page_without_scripts(
    browser: Browser, browser_context_args: dict[str, Any], complaints: Complaints
) -> Iterator[Page]:
    """Return a page whose browser has JavaScript switched off."""
    without = browser.new_context(**browser_context_args, java_script_enabled=False)
    without.on("page", complaints.watch)
    yield without.new_page()
    without.close()
