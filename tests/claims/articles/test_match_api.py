"""`POST /api/v1/match`: the contract, its limits, and that nothing of a text stays behind."""

from __future__ import annotations

import io
import json
import logging
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from claims import editing
from claims.articles import checking
from claims.articles.record_index import RECORD
from claims.articles.wordings import KeptVectors, NotReadYet
from claims.models import Claim
from config.logs import logging_settings
from tests.claims.publishing import START, claim, draft, person, published

pytestmark = pytest.mark.django_db
ALLOY = "Webb confirmed that 3I/ATLAS leaks an alloy that does not exist in nature."


def post(text: Any, client: Client | None = None, **headers: str) -> Any:
    return (client or Client()).post(
        "/api/v1/match", json.dumps({"text": text}), content_type="application/json", headers=headers
    )


def found(text: str) -> dict[str, Any]:
    answer = post(text)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_it_answers_in_the_shape_of_the_contract() -> None:
    answer = post(f"A word first. {ALLOY} It measures 46 kilometres across.")
    told = answer.json()
    assert set(told) == {"language", "sentences", "matches", "related", "message"}
    assert (told["language"], told["sentences"]) == ("en", 3)
    first = next(row for row in told["matches"] if row["slug"] == "jwst-confirmed-alien-alloy")
    assert first["title"] == Claim.objects.get(slug=first["slug"]).current_version.title
    assert (first["verdict"], first["band"], first["stance"]) == ("contradicted", "strong", "asserts")
    assert first["url"].endswith("/claims/jwst-confirmed-alien-alloy/")
    assert [row["score"] for row in told["matches"]] == sorted(
        (row["score"] for row in told["matches"]), reverse=True
    )
    wide = next(row for row in told["matches"] if row["slug"] == "manhattan-sized")
    (number,) = wide["quantities"]
    assert (number["text"], number["value"], number["unit"]) == ("46 kilometres", 46.0, "km")
    assert number["agrees_with_claim"] is True
    assert number["measured"]["quantity"] == "nucleus diameter"
    assert number["measured"]["limit"] == "upper"
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies


def test_offsets_count_code_points_of_the_text_as_sent() -> None:
    before = "🛰️ The ﬁrst line, cafe\u0301 and C₂.\r\n\u200bNo\u00adthing here. "
    text = before + ALLOY + " 👽"
    first = found(text)["matches"][0]
    start, stop = first["span"]
    assert text[start:stop] == first["sentence"] == ALLOY


def test_a_number_in_other_words_agrees_and_another_one_does_not() -> None:
    sixty = "The streak in the rover's footage moved at thirty-seven miles a second."
    row = next(one for one in found(sixty)["matches"] if one["slug"] == "streak-moved-at-60-km-s")
    assert row["quantities"][0]["agrees_with_claim"] is True
    five = "The streak in the rover's footage moved at about 5 kilometres per second."
    told = found(five)
    rows = [one for one in told["matches"] if one["slug"] == "streak-moved-at-60-km-s"]
    assert all(one["quantities"][0]["agrees_with_claim"] is False for one in rows)


def test_nothing_matched_is_an_honest_empty_answer() -> None:
    told = found(
        "The comet was observed with a small telescope in a garden. Perseverance drills cores on Mars."
    )
    assert told["matches"] == []
    assert "found" in told["message"] or "near" in told["message"]
    off = found("The bakery on the corner opens at seven. Its bread is good.")
    assert off["matches"] == off["related"] == []
    assert off["message"] == "This text does not speak of an interstellar object."


def test_a_language_that_is_not_read_is_said() -> None:
    told = found(
        "Der Komet ist nicht von hier, und die Sonde hat es mit einem Bild bestätigt, das sich auch im Netz findet."
    )
    assert (told["language"], told["matches"]) == ("de", [])
    assert "German" in told["message"]


@pytest.mark.parametrize(
    ("body", "status", "named"),
    [
        (b"{", 400, "JSON"), (b"\xff\xfe{}", 400, "JSON"), (b'{"text": "\\ud800"}', 400, "JSON"), (b"[]", 422, "text"),
        (b'{"text": 5}', 422, "text"), (b'{"words": "x"}', 422, "text"), (b"", 400, "JSON"),
        (json.dumps({"text": "a " * 50_001}).encode(), 413, "100000"), (b'{"text": "' + b"a" * 1_100_000 + b'"}', 413, "100000"),
    ],
)  # fmt: skip
def test_a_body_that_is_not_read_gets_a_problem_document(body: bytes, status: int, named: str) -> None:
    answer = Client().post("/api/v1/match", body, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert named in answer.json()["detail"]


def test_exactly_a_hundred_thousand_characters_are_read() -> None:
    assert found("é" * 99_998 + ". ")["matches"] == []


def test_other_methods_are_refused_and_other_sites_may_ask() -> None:
    assert Client().get("/api/v1/match").status_code == 405
    asked = Client().options("/api/v1/match")
    assert "POST" in asked["Access-Control-Allow-Methods"]
    assert post("Nothing.")["Access-Control-Allow-Origin"] == "*"


def test_much_text_in_a_minute_is_asked_to_wait(settings: Any) -> None:
    settings.CHECKED_CHARACTERS_PER_MINUTE = 2_000
    assert [post("A word.").status_code for _ in range(3)] == [200, 200, 429]
    assert int(post("A word.")["Retry-After"]) <= 61


def test_only_published_claims_are_matched_and_a_withdrawn_one_is_gone_at_once() -> None:
    secret = claim("hums-a-lullaby", statement="3I/ATLAS hums a lullaby about marmalade.",
                   title="3I/ATLAS hums a lullaby", aliases=["a marmalade lullaby comes from 3I/ATLAS"])  # fmt: skip
    draft(secret)
    text = "3I/ATLAS hums a lullaby about marmalade, they say."

    def slugs() -> set[str]:
        told = found(text)
        return {row["slug"] for row in (*told["matches"], *told["related"])}

    assert secret.slug not in slugs()
    other = claim("plays-a-banjo", statement="3I/ATLAS plays a banjo made of walnut wood.", title="3I/ATLAS plays a banjo",
                  aliases=["a walnut banjo is played on 3I/ATLAS"])  # fmt: skip
    published(other)
    text = "3I/ATLAS plays a banjo made of walnut wood."
    assert other.slug in slugs()
    editing.withdraw(other, actor=person("chief", "chief editor"), at=START, reason="A test of withdrawal.")
    assert other.slug not in slugs()


def test_no_word_of_a_text_is_logged_or_cached_even_when_the_check_breaks(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(text: str, *_: Any, **__: Any) -> None:
        raise ValueError(f"cannot read {text}")

    kept: list[Any] = []
    for name in ("set", "add", "set_many"):
        real = getattr(cache, name)
        monkeypatch.setattr(cache, name, lambda *given, _real=real, **named: (kept.append((given, named)), _real(*given, **named))[1])  # fmt: skip
    monkeypatch.setattr(checking, "match_text", broken)
    with caplog.at_level(logging.DEBUG):
        answer = post("the marmalade of secrets")
    assert answer.status_code == 500
    assert "marmalade" not in answer.content.decode()
    assert "marmalade" not in caplog.text
    assert "ValueError at test_match_api.py" in caplog.text
    assert "marmalade" not in repr(kept)


def test_the_log_prints_no_local_variables() -> None:
    for style in ("json", "text"):
        formatter = logging_settings("INFO", style)["formatters"]["structured"]
        made = formatter["()"](
            foreign_pre_chain=formatter["foreign_pre_chain"], processors=formatter["processors"]
        )
        handler = logging.StreamHandler(io.StringIO())
        handler.setFormatter(made)
        try:
            secret = "marma" + "lade"
            raise KeyError("x" if secret else "")
        except KeyError:
            import sys

            record = logging.LogRecord("t", logging.ERROR, "f", 1, "broken", None, sys.exc_info())
        said = handler.format(record)
        assert "KeyError" in said
        assert secret not in said


def test_more_new_wordings_than_a_request_may_pay_for_wait_for_the_worker(tmp_path: Path) -> None:
    calls: list[int] = []

    def encode(texts: Any) -> Any:
        calls.append(len(texts))
        return RECORD.current().vectors[: len(texts)].astype("f4")

    drawer = tmp_path / "wordings.sqlite3"
    with pytest.raises(NotReadYet, match="5 wordings"):
        KeptVectors(encode, drawer, most=4)(list("abcde"))
    assert calls == []
    first = KeptVectors(encode, drawer)(list("abcdea"))[:]
    assert calls == [5]
    assert (KeptVectors(encode, drawer, most=0)(list("abcdea"))[:] == first).all()
    assert calls == [5]
    drawer.write_bytes(b"this is no database" * 100)
    assert (KeptVectors(encode, drawer)(list("abcdea"))[:] == first).all()
