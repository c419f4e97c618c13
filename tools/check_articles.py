"""Are the appearances that the catalogue lists found in the articles themselves?

    HYPERBOLE_ARTICLES=folder python tools/check_articles.py [-v]
    HYPERBOLE_ARTICLES=folder HYPERBOLE_BROWSER=chromium python tools/check_articles.py --browser [PICTURES]

The folder holds the articles as received, `<source>.txt` each; their text is not part of the project.  An
appearance counts as found when the checker marks a sentence in which its quoted phrase stands with its claim.
Two figures: as the site does it, and without the phrases of known appearances, so that nothing is recognised by
its own quotation.  With `--browser` the articles are pasted into `/check/` of a site of its own and the marks are
counted as a reader sees them; pictures go to the folder PICTURES, which is not to be committed either.
"""

from __future__ import annotations

import os
import re
import sys
import tomllib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from claims.matching.article import match_text
from claims.matching.encoder import sentence_encoder
from claims.matching.index import ClaimIndex
from claims.matching.normalise import plain
from tests.claims.matching.catalogue import DATA, catalogue_index

BROWSER_WAITS_MS = 120_000
SUPERSCRIPT = re.compile(r"note \d+")  # what follows a mark for those who hear the page


def appearances(source: str) -> list[tuple[str, str]]:
    """Claim and quoted phrase of every appearance in a source."""
    rows = []
    for path in sorted((DATA / "claims").glob("*.toml")):
        claim = tomllib.loads(path.read_text(encoding="utf-8"))
        rows += [
            (claim["slug"], row["phrase"])
            for row in claim.get("appearances", [])
            if row["source"] == source and row.get("phrase")
        ]
    return rows


def spelled(text: str) -> str:
    return " ".join(plain(text).casefold().split())


def found_in(text: str, wanted: list[tuple[str, str]], index: ClaimIndex) -> dict[tuple[str, str], bool]:
    """For each appearance, whether its claim is marked in a sentence with its phrase."""
    matches = match_text(text, index, sentence_encoder()).matches
    return {
        (slug, phrase): any(
            match.slug == slug and spelled(phrase) in spelled(_around(text, match.start, match.stop))
            for match in matches
        )
        for slug, phrase in wanted
    }


def _around(text: str, start: int, stop: int) -> str:
    """The sentence, and a little more where a phrase crosses its end."""
    return text[max(0, start - 60) : stop + 60]


def _beside(whole: str, mark: str) -> str:
    """A marked sentence in its paragraph, and a little more where a phrase crosses its end."""
    place = max(0, whole.find(mark))
    return SUPERSCRIPT.sub("", _around(whole, place, place + len(mark)))


def in_the_browser(folder: Path, pictures: Path | None) -> int:
    """Paste every article into the form of a running site; 0 when 95% of its claims are marked in the right sentence."""
    from running_site import browser, running_site

    hits = total = 0
    with running_site() as address, browser() as chromium:
        page = chromium.new_page(base_url=address, viewport={"width": 1280, "height": 1500})
        page.set_default_timeout(BROWSER_WAITS_MS)
        for path in sorted(folder.glob("seed-*.txt")):
            page.goto("/check/")
            page.get_by_label("The text of an article").fill(path.read_text(encoding="utf-8"))
            page.get_by_role("button", name="Check the text").click()
            page.locator(".check-notes").wait_for()
            # the marks of the text and the claims of the notes that they lead to
            marked = page.eval_on_selector_all(
                ".check-text p",
                "all => all.flatMap(p => [...p.querySelectorAll('a.check-mark')].map(a => [p.textContent, a.querySelector('mark').textContent, a.hash.slice(1)]))",
            )
            noted = page.eval_on_selector_all(
                ".check-notes > li",
                "all => all.map(li => [li.id, [...li.querySelectorAll('input[name=claim]')].map(one => one.value)])",
            )
            claims = dict(noted)
            wanted = appearances(path.stem)
            right = {
                slug
                for slug, phrase in wanted
                if any(
                    slug in claims[note] and spelled(phrase) in spelled(_beside(whole, mark))
                    for whole, mark, note in marked
                )
            }
            listed = {slug for slug, _ in wanted}
            hits, total = hits + len(right), total + len(listed)
            print(f"in the browser  {path.stem:<20} claims found {len(right)} of {len(listed)}; missed: {', '.join(sorted(listed - right)) or 'none'}")  # fmt: skip
            if pictures:
                pictures.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=pictures / f"{path.stem}.png", full_page=True)
    print(f"in the browser  together: {hits / total:.1%}")
    return 1 if hits / total < 0.95 else 0


def main() -> int:
    folder = os.environ.get("HYPERBOLE_ARTICLES")
    if not folder:
        print("HYPERBOLE_ARTICLES: not set, need the folder of the articles as received")
        return 2
    if "--browser" in sys.argv:
        after = sys.argv[sys.argv.index("--browser") + 1 :]
        return in_the_browser(Path(folder), Path(after[0]) if after else None)
    missed = 0
    for known in (True, False):
        index = catalogue_index(phrases=known)
        hits = total = 0
        for path in sorted(Path(folder).glob("seed-*.txt")):
            wanted = appearances(path.stem)
            told = found_in(path.read_text(encoding="utf-8"), wanted, index)
            claims = {slug for slug, _ in wanted}
            right = {slug for slug in claims if any(hit for (one, _), hit in told.items() if one == slug)}
            hits, total = hits + len(right), total + len(claims)
            print(f"{'with' if known else 'without'} phrases on record  {path.stem:<20} claims found {len(right)} of {len(claims)}")  # fmt: skip
            if "-v" in sys.argv:
                print("   missed:", ", ".join(sorted(claims - right)) or "none")
        print(f"{'with' if known else 'without'} phrases on record  together: {hits / total:.1%}")
        missed = missed or (known and hits / total < 0.95)
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
