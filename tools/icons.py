"""Draws the site's icons from static/img/mark.svg with the headless browser; run by hand when the mark changes."""

from running_site import ROOT, browser

IMAGES = ROOT / "static" / "img"
SIZES_PX = (48, 180, 192, 512)
PAPER = "#fbfaf7"  # --paper of the stylesheet


def main() -> None:
    """Write icon-<size>.png for every size."""
    whole = '<svg style="display:block;width:100%;height:100%" '
    mark = (IMAGES / "mark.svg").read_text().replace("<svg ", whole, 1)
    with browser() as chromium:
        for size in SIZES_PX:
            page = chromium.new_page(viewport={"width": size, "height": size}, color_scheme="light")
            # the margin keeps the mark inside the circle that phones may cut out
            margin = round(size * (0.06 if size == SIZES_PX[0] else 0.16))
            page.set_content(
                f"<body style='margin:0;background:{PAPER};padding:{margin}px;box-sizing:border-box;height:100vh'>"
                f"{mark}</body>"
            )
            page.screenshot(path=IMAGES / f"icon-{size}.png")


if __name__ == "__main__":
    main()
