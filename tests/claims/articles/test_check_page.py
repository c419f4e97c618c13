"""`/check/`: pasted and uploaded texts, the marked answer, refusals, and no trace of a reader."""

from __future__ import annotations

import gzip
import re
import zipfile
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from claims.articles import fetching
from claims.articles.reading import LARGEST_FILE
from claims.models import WrongMatch
from ephemeris.page_door import Page, PageDoor
from tests.fakes.packets import NAMED, ODD, PUBLIC, REFUSED, watched_packets

pytestmark = pytest.mark.django_db
WRITTEN = Path(__file__).parent / "written"
ARTICLE = (WRITTEN / "visitor-in-the-news.txt").read_text(encoding="utf-8")


def send(**fields: Any) -> Any:
    # a client that insists on tokens against forgery, as a browser of a stranger
    return Client(enforce_csrf_checks=True).post("/check/", fields)


def upload(body: bytes, name: str) -> Any:
    return send(text="", file=SimpleUploadedFile(name, body))


def test_the_form_is_linked_from_every_page_and_sets_no_cookie() -> None:
    client = Client()
    assert b'href="/check/"' in client.get("/method/").content
    answer = client.get("/check/")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_the_text_returns_whole_with_marks_that_lead_to_their_notes() -> None:
    answer = send(text=ARTICLE)
    page = answer.content.decode()
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert not answer.cookies
    shown = answer.context["page"]
    assert "".join(
        "".join(part.text for part in line) for line in shown.paragraphs
    ).split() == ARTICLE.split() or ["".join(part.text for part in line) for line in shown.paragraphs] == [
        line for line in ARTICLE.split("\n") if line.strip()
    ]
    notes = {note.number: note for note in shown.notes}
    for number in notes:
        assert f'href="#note-{number}"' in page
        assert f'id="note-{number}"' in page
    slugs = {row.best.slug for row in shown.ranking}
    assert {"perseverance-streak-is-3i", "streak-moved-at-60-km-s", "nickel-exceeds-iron-tenfold",
            "jwst-confirmed-alien-alloy", "manhattan-sized", "passed-mars-in-october-2025"} <= slugs  # fmt: skip
    assert "The bakery" not in {note.sentence[:10] for note in shown.notes}
    scores = [row.best.score for row in shown.ranking]
    assert scores == sorted(scores, reverse=True)


def test_a_note_says_why_with_numbers_stance_and_likeness_in_words() -> None:
    page = send(text="The nucleus of 3I/ATLAS is 46 kilometres wide, astronomers say.").content.decode()
    assert "reports that somebody says it" in page
    assert "46 kilometres" in page
    assert re.search(r"the claim(&#x27;|')s number", page)
    assert "nucleus diameter" in page
    assert 'href="/sources/' in page
    assert re.search(r"close in (words and )?meaning", page)


def test_a_rejecting_sentence_is_never_shown_as_asserting() -> None:
    shown = send(text="Webb found no alien alloy in the gas around 3I/ATLAS.").context["page"]
    assert {line.match.stance for note in shown.notes for line in note.lines} <= {"refutes"}


def test_a_text_of_something_else_and_one_in_another_language_get_plain_words() -> None:
    assert (
        "does not speak of an interstellar object" in send(text="The bakery opens at seven.").content.decode()
    )
    french = "Le télescope a vu dans la comète un alliage que la nature ne connaît pas, selon une vidéo et des articles."
    assert "French" in send(text=french).content.decode()


@pytest.mark.parametrize("ending", [".txt", ".md", ".html", ".HTM"])
def test_files_of_text_are_read(ending: str) -> None:
    sentence = "The nucleus of 3I/ATLAS is 46 kilometres wide."
    body = {
        ".txt": sentence, ".md": f"# Size\n\n* {sentence.replace('46', '**46**')} [more](https://example.org/x)",
        ".html": f"<html><head><title>t</title><script>var comet = 'Earth';</script></head><body><article><h1>Size</h1><p>{sentence} It has been said by many people in many places for a long time now.</p></article></body></html>",
    }.get(ending.lower().replace(".htm", ".html").replace("htmll", "html"))  # fmt: skip
    assert body
    answer = upload(body.encode(), f"article{ending}")
    assert answer.status_code == 200, answer.content
    assert "manhattan-sized" in {row.best.slug for row in answer.context["page"].ranking}
    assert "var comet" not in answer.content.decode()


def packed_page() -> bytes:
    kept = BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("page.html", b"<p>comet</p>" * 500_000)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("body", "name", "status", "said"),
    [
        (b"caf\xe9 comet", "a.txt", 400, "not valid UTF-8 (byte 3)"),
        (b"<p>caf\xe9 comet", "a.html", 400, "not valid UTF-8"),
        (b"text", "a.docx", 400, "not .docx"),
        (b"text", "article", 400, "files without an ending"),
        (gzip.compress(b"<p>comet</p>" * 100_000), "a.html", 400, "packed (gzip)"),
        (packed_page(), "a.html", 400, "packed (ZIP)"),
        (b"%PDF-1.7", "a.txt", 400, "packed (PDF)"),
        (b"a" * (LARGEST_FILE + 1), "a.txt", 413, "at most 2000 kB"),
        (b"comet " * 20_000, "a.txt", 413, "120000 characters"),
        (b"", "a.txt", 400, "There is no text"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(body: bytes, name: str, status: int, said: str) -> None:
    answer = upload(body, name)
    assert (answer.status_code, answer["Cache-Control"]) == (status, "no-store")
    assert said in answer.content.decode()


def test_a_broken_form_is_refused() -> None:
    answer = Client().post("/check/", b"--x\r\nno", content_type="multipart/form-data; boundary=x")
    assert answer.status_code == 400
    answer = Client().post("/check/", b"", content_type="multipart/form-data")
    assert answer.status_code == 400


def test_no_upload_is_put_into_a_file(settings: Any, tmp_path: Path) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    upload(b"The nucleus of 3I/ATLAS is 46 kilometres wide. " * 200, "a.txt")
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_match_is_taken_down_with_ids_alone() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/check/wrong/", {"claim": "manhattan-sized", "band": "likely", "stance": "asserts", "sentence": "secret"})  # fmt: skip
    assert answer.status_code == 200
    (row,) = WrongMatch.objects.all()
    assert (row.claim.slug, row.version, row.band) == ("manhattan-sized", row.claim.current_version, "likely")
    assert {field.name for field in WrongMatch._meta.fields} == {
        "id",
        "claim",
        "version",
        "band",
        "stance",
        "at",
    }
    for wrong in ({"claim": "no-such"}, {"claim": "manhattan-sized", "band": "x"}, {"claim": "a\0b"}):
        refused = client.post("/check/wrong/", {"band": "likely", "stance": "asserts", **wrong})
        assert refused.status_code == 400
    assert WrongMatch.objects.count() == 1


def test_an_address_is_fetched_only_where_the_operator_allows_it(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Door:
        def __init__(self, *_: Any, **__: Any) -> None:
            pass

        def fetch(self, url: str) -> Page:
            if "inside" in url:
                return Page(url, failure="refused", detail="127.0.0.1 is not a public address")
            body = b"<html><body><article><p>The nucleus of 3I/ATLAS is 46 kilometres wide.</p></article></body></html>"
            return Page(
                url, 404 if "gone" in url else 200, body, {"Content-Type": "text/html; charset=utf-8"}
            )

    monkeypatch.setattr(fetching, "PageDoor", Door)
    assert b'name="url"' not in Client().get("/check/").content
    assert send(url="https://example.org/").status_code == 400
    settings.FETCH_ARTICLES = True
    assert b'name="url"' in Client().get("/check/").content
    answer = send(url="https://example.org/", text="")
    assert "manhattan-sized" in {row.best.slug for row in answer.context["page"].ranking}
    assert "not a public address" in send(url="http://inside.example/").content.decode()
    assert "status 404" in send(url="http://gone.example/").content.decode()


def test_an_address_inside_a_network_is_refused_in_words_and_no_packet_goes_out(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.FETCH_ARTICLES, settings.CHECKED_CHARACTERS_PER_MINUTE = True, 10**9
    packets = watched_packets(monkeypatch)
    names: dict[str, list[str]] = {}
    monkeypatch.setattr(fetching, "PageDoor", partial(PageDoor, resolve=lambda host, port: names[host]))
    for url in [*REFUSED, *(odd for odd, _ in ODD)]:
        answer = send(url=url, text="")
        assert answer.status_code == 400, url
        assert answer.context["refusal"], url
    for number, addresses in enumerate(NAMED.values()):
        names[f"name{number}.example"] = addresses
        answer = send(url=f"https://name{number}.example/", text="")
        assert (answer.status_code, "not fetched" in answer.content.decode()) == (400, True), addresses
    assert packets.tried == []
    # a name that stands for a public address when it is looked at, and for one inside when it is called
    names["turning.example"] = [PUBLIC]
    assert send(url="http://turning.example/", text="").status_code == 400
    assert packets.tried == [(PUBLIC, 80)]
