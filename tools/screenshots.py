"""Takes the pictures of docs/pictures from a site of its own: `make screenshots`."""

from pathlib import Path

from PIL import Image
from running_site import ROOT, browser, running_site

PICTURES = ROOT / "docs" / "pictures"
# written for the tests, no article of anybody
ARTICLE = ROOT / "tests" / "claims" / "articles" / "written" / "visitor-in-the-news.txt"
# name: (path, width, height, colour scheme)
VIEWS = {
    "dashboard": ("/", 1200, 900, "light"),
    "claim": ("/claims/manhattan-sized/", 1200, 1400, "light"),
    "claim-dark": ("/claims/manhattan-sized/", 1200, 1400, "dark"),
    "claim-narrow": ("/claims/manhattan-sized/", 390, 844, "light"),
    "object": ("/objects/3I/", 1200, 900, "light"),
    "archives": ("/archives/", 1200, 900, "light"),
    "compare": ("/objects/compare/", 1200, 1100, "light"),
    "measurements": ("/measurements/", 1200, 900, "light"),
    "reading": ("/readings/seed-mars-flyby/", 1200, 1400, "light"),
    "signs": ("/method/style/", 1200, 4700, "light"),
}


def lightened(picture: Path) -> None:
    """Write a picture again with a palette of its own: a page has few colours, and a third of the bytes shows them."""
    with Image.open(picture) as whole:
        whole.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(picture, optimize=True)


def main() -> None:
    """Start a site, take the pictures, stop the site."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with running_site() as address, browser() as chromium:
        for name, (path, width, height, scheme) in VIEWS.items():
            page = chromium.new_page(
                base_url=address, viewport={"width": width, "height": height}, color_scheme=scheme
            )
            answer = page.goto(path, wait_until="networkidle")
            if answer is None or answer.status != 200:
                raise RuntimeError(f"{path}: status {answer and answer.status}, expected 200")
            picture: Path = PICTURES / f"{name}.png"
            page.screenshot(path=picture)
            lightened(picture)
            page.close()
            print(picture.relative_to(ROOT))
        page = chromium.new_page(base_url=address, viewport={"width": 1200, "height": 1500})
        page.goto("/check/")
        page.get_by_label("The text of an article").fill(ARTICLE.read_text(encoding="utf-8"))
        page.get_by_role("button", name="Check the text").click()
        page.get_by_role("heading", name="The text, with notes").scroll_into_view_if_needed()
        page.evaluate("document.getElementById('checked').scrollIntoView()")
        page.screenshot(path=PICTURES / "check.png")
        lightened(PICTURES / "check.png")
        print((PICTURES / "check.png").relative_to(ROOT))


if __name__ == "__main__":
    main()
