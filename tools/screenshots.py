"""Takes the pictures of docs/pictures from a site of its own: `make screenshots`."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
READY_WITHIN_S = 60.0
# name: (path, width, height, colour scheme)
VIEWS = {
    "dashboard": ("/", 1200, 900, "light"),
    "claim": ("/claims/manhattan-sized/", 1200, 1400, "light"),
    "claim-dark": ("/claims/manhattan-sized/", 1200, 1400, "dark"),
    "claim-narrow": ("/claims/manhattan-sized/", 390, 844, "light"),
    "object": ("/objects/3I/", 1200, 900, "light"),
}


def take(address: str, browser_program: str) -> None:
    """Take every view and write it."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
        browser = playwright.chromium.launch(executable_path=browser_program, args=flags)
        for name, (path, width, height, scheme) in VIEWS.items():
            page = browser.new_page(
                base_url=address, viewport={"width": width, "height": height}, color_scheme=scheme
            )
            answer = page.goto(path, wait_until="networkidle")
            if answer is None or answer.status != 200:
                raise RuntimeError(f"{path}: status {answer and answer.status}, expected 200")
            page.screenshot(path=PICTURES / f"{name}.png")
            page.close()
            print(PICTURES / f"{name}.png")
        browser.close()


def main() -> None:
    """Start a site, take the pictures, stop the site."""
    browser_program = subprocess.run(
        [sys.executable, ROOT / "tools" / "browser.py"], check=True, stdout=subprocess.PIPE, text=True
    ).stdout.strip()
    with tempfile.TemporaryDirectory(prefix="hyp-shot-") as var:
        environment = {**os.environ, "HYPERBOLE_VAR": var, "PORT": "0", "DATABASE_URL": "", "REDIS_URL": ""}
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
            take(ready[1], browser_program)
        finally:
            site.send_signal(signal.SIGTERM)
            site.wait(30)


if __name__ == "__main__":
    main()
