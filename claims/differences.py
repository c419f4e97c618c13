"""What changed from one document of a claim to the next: word by word, and fact by fact."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from charts.numbers import format_asserted, format_value
from claims.scales import CLAIM_KINDS, CLAIM_STANCES, CONFIDENCES, EVIDENCE_STANCES, TOPICS
from science.records import AssertedRecord

# a word with the space behind it; a number keeps its decimal point, a date its hyphens
_WORD = re.compile(r"\w+(?:[.,:/\u2212-]\w+)*\s*|[^\w\s]\s*|\s+")
_BREAK = re.compile(r"(?<!\n)\n(?!\n)")
# matching is quadratic at worst: a longer text, which no review has, is shown as replaced whole
MOST_WORDS = 2_000

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in a row that stayed (`same`), came (`added`) or went (`removed`)."""

    kind: str
    text: str


def word_differences(before: str, after: str) -> tuple[Piece, ...]:
    """The words of both texts in reading order; spaces alone make no difference."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) > MOST_WORDS or len(new) > MOST_WORDS:
        whole = (
            [Piece("same", after)] if before == after else [Piece("removed", before), Piece("added", after)]
        )
        return tuple(piece for piece in whole if piece.text)
    pieces: list[Piece] = []
    matcher = SequenceMatcher(
        None, [word.strip() for word in old], [word.strip() for word in new], autojunk=False
    )
    for change, a, b, c, d in matcher.get_opcodes():
        if change == "equal":
            pieces.append(Piece("same", "".join(new[c:d])))
            continue
        if b > a:
            pieces.append(Piece("removed", "".join(old[a:b])))
        if d > c:
            pieces.append(Piece("added", "".join(new[c:d])))
    return tuple(pieces)


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One text of a document, before and after."""

    name: str
    label: str
    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        return any(piece.kind != "same" for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class FactDifference:
    """One fact of the evidence: `added`, `removed`, `changed` in stance, number or note, or `same`."""

    change: str
    row: Document
    before: Document | None = None


def _lines(value: Any) -> str:
    return "\n".join(value)


def _paragraphs(text: str) -> str:
    """A text without the line breaks of its file; paragraphs stay apart."""
    return _BREAK.sub(" ", text.strip())


def _asserted(rows: list[Document]) -> str:
    return "\n".join(
        f"{row['quantity'].replace('_', ' ')} "
        + format_asserted(
            AssertedRecord(
                quantity="", value=row.get("value"), unit=row.get("unit", ""), relation=row["relation"],
                value_time=row.get("value_time"),
            )
        )
        for row in rows
    )  # fmt: skip


def _appearances(rows: list[Document]) -> str:
    return "\n".join(
        f"{row['source']['title']}{', ' + row['locator'] if row['locator'] else ''}: "
        f"{'“' + row['phrase'] + '” ' if row['phrase'] else ''}({CLAIM_STANCES[row['stance']]})"
        for row in rows
    )


def _conflicts(rows: list[Document]) -> str:
    return "\n".join(f"{row['name']}: {row['statement']}" for row in rows)


def _replies(rows: list[Document]) -> str:
    return "\n".join(
        f"{row['claimant']}, contacted on {row['contacted_on']}: {row['answer'] or 'no answer yet'}"
        for row in rows
    )


def _checks(rows: list[Document]) -> str:
    return "\n".join(
        f"{row['name'].replace('_', ' ')}: "
        + ", ".join(f"{key} {value}" for key, value in row["params"].items())
        for row in rows
    )


def _reviews(rows: list[Document]) -> str:
    return "\n".join(f"{row['name']}, {row['affiliation']}, {row['on']}: {row['text']}" for row in rows)


# name in the document, label, how the value reads as a text
FIELDS: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
    ("title", "Title", str),
    ("statement", "The claim", str),
    ("truth_condition", "True if and only if", str),
    ("verdict_label", "Verdict", str),
    ("confidence", "Confidence", lambda code: CONFIDENCES[code]),
    ("confidence_basis", "Basis of the confidence", str),
    ("one_line", "In one line", str),
    ("key_points", "Key points", _lines),
    ("rationale", "Why", _paragraphs),
    ("would_change", "What would change it", str),
    ("asserted", "Claimed numbers", _asserted),
    ("appearances", "Where it was said", _appearances),
    ("right_of_reply", "Right of reply", _replies),
    ("conflicts_of_interest", "Conflicts of interest", _conflicts),
    ("external_reviews", "Comments of experts", _reviews),
    ("checks", "Checks", _checks),
    ("chart", "Chart", lambda name: name.replace("_", " ")),
    ("evidence_cutoff", "Evidence up to", str),
    ("next_review", "Next review", str),
    ("kind", "Kind", lambda code: CLAIM_KINDS[code]),
    ("topic", "Topic", lambda code: TOPICS[code]),
    ("aliases", "Other wordings", _lines),
)


def field_differences(before: Document, after: Document) -> list[FieldDifference]:
    """Every text of two documents, in the order of the page; a field that a document lacks is empty."""
    return [
        FieldDifference(
            name,
            label,
            word_differences(
                spelt(before[name]) if before.get(name) else "", spelt(after[name]) if after.get(name) else ""
            ),
        )
        for name, label, spelt in FIELDS
        if before.get(name) or after.get(name)
    ]


def fact_differences(before: Document, after: Document) -> list[FactDifference]:
    """The evidence of ``after`` in its order, then what ``before`` had and ``after`` has not."""
    old = {(row["kind"], row["id"]): row for row in before.get("evidence", [])}
    new = {(row["kind"], row["id"]): row for row in after.get("evidence", [])}
    found = []
    for key, row in new.items():
        was = old.get(key)
        change = "added" if was is None else "same" if fact_text(was) == fact_text(row) else "changed"
        found.append(FactDifference(change, row, was))
    return found + [FactDifference("removed", row) for key, row in old.items() if key not in new]


def fact_text(row: Document) -> str:
    """What a fact says for the claim: stance, number and note."""
    number = row.get("measured")
    value = number["value_time"] or _value(number) if number else ""
    return f"{EVIDENCE_STANCES[row['stance']]}: {row['title']} {value} {row.get('note') or ''}".strip()


def _value(number: Document) -> str:
    return format_value(
        number["value"], number.get("plus"), number.get("minus"), number.get("limit") or "value",
        number.get("unit") or "", number.get("as_printed"), error_kind=number.get("error_kind"),
    )  # fmt: skip
