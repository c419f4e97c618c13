"""A site of its own, started for pictures or measurements and stopped again, and the browser to look at it with."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
READY_WITHIN_S = 120.0
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
)


@contextmanager
def running_site(**settings: str) -> Iterator[str]:
    """Give the address of a new embedded site; ``settings`` are further variables of its environment."""
    with tempfile.TemporaryDirectory(prefix="hyp-site-") as var:
        environment = {
            **os.environ, "HYPERBOLE_VAR": var, "PORT": "0", "DATABASE_URL": "", "REDIS_URL": "", **settings,
        }  # fmt: skip
        output = Path(var) / "out"
        with output.open("w") as out:
            site = subprocess.Popen(
                [sys.executable, "manage.py", "up"], cwd=ROOT, env=environment, stdout=out, stderr=out
            )
        try:
            deadline = time.monotonic() + READY_WITHIN_S
            while not (ready := re.search(r"ready at (http://\S+)/ ", output.read_text())):
                if site.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError(f"the site did not start:\n{output.read_text()}")
                time.sleep(0.1)
            yield ready[1]
        finally:
            site.send_signal(signal.SIGTERM)
            site.wait(60)


@contextmanager
def browser() -> Iterator[Browser]:
    """Give the headless Chromium that `tools/browser.py` finds."""
    program = subprocess.run(
        [sys.executable, ROOT / "tools" / "browser.py"], check=True, stdout=subprocess.PIPE, text=True
    ).stdout.strip()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield chromium
        chromium.close()
