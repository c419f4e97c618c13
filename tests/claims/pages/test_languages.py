"""The interface in German: chosen by the address alone, complete, and with the record in its own language."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from claims.scales import VERDICTS

sys.path.insert(0, str(settings.BASE_DIR / "tools"))

import translations

pytestmark = pytest.mark.django_db
PAGES = [
    "/", "/claims/", "/claims/manhattan-sized/", "/claims/manhattan-sized/history/", "/objects/", "/objects/3I/",
    "/objects/compare/", "/charts/motion-3I/", "/archives/", "/sources/", "/measurements/", "/readings/", "/readings/seed-mars-flyby/",
    "/corrections/", "/method/", "/method/style/", "/status/",
]  # fmt: skip
# a template's own words, outside of tags, variables and what is marked for translation
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.S)
MARKED = re.compile(
    r"\{% blocktranslate\b.*?\{% endblocktranslate %\}|\{% comment %\}.*?\{% endcomment %\}", re.S
)
NOT_READ = re.compile(r"<(script|style|pre|code|kbd)\b.*?</\1>", re.S)
ELEMENT = re.compile(r"<[^>]*>")
NAMES = {
    "https://",
    "Hyperbole",
    "JSON",
    "API",
    "Atom",
    "JSON Feed",
    "BibTeX",
    "DOI",
    "arXiv",
    "UTC",
    "kicker",
    "lead",
    "prose",
    "small",
    "code",
}


def unmarked(template: str) -> list[str]:
    text = NOT_READ.sub("", MARKED.sub("", template))
    attributes = re.findall(r'(?<![\w-])(?:placeholder|aria-label)="([^"{]*)"', text)
    # quotes inside a template tag would end an attribute too early
    parts = ELEMENT.sub("\n", TAG.sub("", text)).split("\n")
    return [
        part.strip()
        for part in [*parts, *attributes]
        if re.search(r"[A-Za-z]{3,}", part) and part.strip(" .,:·") not in NAMES
    ]


def public_templates() -> list[Path]:
    folder = settings.BASE_DIR / "templates"
    return [
        path
        for path in sorted(folder.rglob("*.html"))
        if path.relative_to(folder).parts[0] not in (*translations.NOT_PUBLIC, "api", "embed", "500.html")
    ]


@pytest.mark.parametrize("path", public_templates(), ids=lambda path: path.stem)
def test_it_marks_every_word_of_a_public_template_for_translation(path: Path) -> None:
    assert unmarked(path.read_text()) == []


def test_it_would_notice_an_unmarked_word() -> None:
    assert unmarked('<p aria-label="Plain">{% if a %}Plain words{% endif %}</p>') == ["Plain words", "Plain"]
    assert unmarked('<p title="{% translate "x" %}">{% translate "Marked" %} {{ value }}</p>') == []


def test_it_has_a_german_text_for_everything_and_the_compiled_file_is_made_from_it() -> None:
    kept = translations.read()
    catalogue = translations.wanted(kept)
    assert translations.missing(catalogue) == []
    assert translations.as_po(catalogue) == translations.SOURCE.read_bytes(), "run: make translations"
    assert translations.as_mo(catalogue) == translations.SOURCE.with_suffix(".mo").read_bytes()


@pytest.mark.parametrize("path", PAGES)
def test_it_answers_each_page_in_german_under_its_prefix(client: Client, path: str) -> None:
    german = client.get(f"/de{path}")
    page = german.content.decode()
    assert german.status_code == 200
    assert german["Content-Language"] == "de"
    assert '<html lang="de">' in page
    assert "Zum Inhalt springen" in page
    assert f'hreflang="en-gb" href="{settings.SITE_URL}{path}"' in page
    leading_out = re.findall(
        r'href="(/(?:(?:claims|objects|archives|sources|measurements|method|readings|check)/[^".]*)?)"(?! hreflang)',
        page,
    )
    assert leading_out == []
    english = client.get(path)
    assert '<html lang="en-gb">' in english.content.decode()
    assert f'hreflang="de" href="{settings.SITE_URL}/de{path}"' in english.content.decode()


def test_it_asks_neither_header_nor_cookie_for_the_language(client: Client) -> None:
    client.cookies["django_language"] = "de"
    answer = client.get("/method/", headers={"accept-language": "de"})
    assert "The verdict scale" in answer.content.decode()
    assert "accept-language" not in answer.get("Vary", "").lower()
    assert not answer.cookies


def test_it_says_every_verdict_in_german_and_keeps_the_exchange_words(client: Client) -> None:
    page = client.get("/de/method/").content.decode()
    for verdict in VERDICTS.values():
        assert verdict.label not in page
        assert verdict.normalized in page
    assert "Von den Daten widerlegt" in page


def test_it_writes_days_as_german_does_and_numbers_as_the_field_does(client: Client) -> None:
    page = client.get("/de/objects/compare/").content.decode().replace("\u00a0", " ")
    assert "29. Okt. 2025" in page
    assert "57.98" in page


def test_it_gives_data_in_one_language_only(client: Client) -> None:
    assert client.get("/de/feed.json").status_code == 404
    assert client.get("/de/api/v1/claims/").status_code == 404
    assert client.get("/de/claims/manhattan-sized.json").status_code == 404
