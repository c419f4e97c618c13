"""`manage.py match_article`: a table for people, the answer of the API for programs, plain errors."""

from __future__ import annotations

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db
ARTICLE = Path(__file__).parent / "written" / "visitor-in-the-news.txt"


def run(*given: str) -> str:
    out = StringIO()
    call_command("match_article", *given, stdout=out)
    return out.getvalue()


def test_it_prints_sentences_claims_verdicts_and_numbers() -> None:
    said = run(str(ARTICLE))
    assert "reviewed claims found" in said
    assert "manhattan-sized" in said
    assert "Contradicted by the data" in said
    assert re.search(
        r"“46 kilometres” is the claim's number; we have <\s?5\.6\s?km \(nucleus diameter\)", said
    )
    assert "the sentence reports that somebody says it" in said


def test_it_prints_the_answer_of_the_api(client: object) -> None:
    told = json.loads(run(str(ARTICLE), "--json"))
    assert set(told) == {"language", "sentences", "matches", "related", "message"}
    text = ARTICLE.read_text(encoding="utf-8")
    for match in told["matches"]:
        assert text[slice(*match["span"])] == match["sentence"]


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [("none.txt", None, "No such file"), ("a.pdf", b"x", "not .pdf"), ("a.txt", b"\xff\xfa\x00", "not valid UTF-8"),
     ("long.txt", b"a " * 60_000, "at most 100000")],
)  # fmt: skip
def test_what_cannot_be_read_ends_in_one_plain_line(
    tmp_path: Path, name: str, body: bytes | None, said: str
) -> None:
    if body is not None:
        (tmp_path / name).write_bytes(body)
    with pytest.raises(CommandError, match=said):
        run(str(tmp_path / name))
