"""Draws the site's icons from static/img/mark.svg with the headless browser; run by hand when the mark changes."""

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "static" / "img"
SIZES_PX = (48, 180, 192, 512)
PAPER = "#fbfaf7"  # --paper of the stylesheet


def main() -> None:
    """Write icon-<size>.png for every size."""
    program = subprocess.run(
        [sys.executable, ROOT / "tools" / "browser.py"], check=True, stdout=subprocess.PIPE, text=True
    ).stdout.strip()
    whole = '<svg style="display:block;width:100%;height:100%" '
    mark = (IMAGES / "mark.svg").read_text().replace("<svg ", whole, 1)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for size in SIZES_PX:
            page = browser.new_page(viewport={"width": size, "height": size}, color_scheme="light")
            # the margin keeps the mark inside the circle that phones may cut out
            margin = round(size * (0.06 if size == SIZES_PX[0] else 0.16))
            page.set_content(
                f"<body style='margin:0;background:{PAPER};padding:{margin}px;box-sizing:border-box;height:100vh'>"
                f"{mark}</body>"
            )
            page.screenshot(path=IMAGES / f"icon-{size}.png")
        browser.close()


if __name__ == "__main__":
    main()
