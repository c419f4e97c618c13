"""How well the article checker does on labelled sentences: the figures and the table."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from claims.matching.article import match_text
from claims.matching.encoder import Encode
from claims.matching.index import ClaimIndex
from claims.matching.records import MatchResult

LABELLED = Path(__file__).parent / "labelled"
NEGATIVES = ("true_fact", "same_number", "other_object", "off_topic")


@dataclass(frozen=True)
class Labelled:
    """One sentence with its label; ``claims`` is empty for a negative."""

    kind: str
    text: str
    claims: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    stance: str = ""


def labelled(half: str) -> list[Labelled]:
    """The sentences of a file of labelled/."""
    rows: list[Labelled] = []
    for kind, entries in tomllib.loads((LABELLED / f"{half}.toml").read_text()).items():
        for entry in entries:
            if isinstance(entry, str):
                rows.append(Labelled(kind, entry))
            else:
                rows.append(
                    Labelled(
                        kind,
                        entry["text"],
                        tuple(entry["claims"]),
                        tuple(entry.get("also", ())),
                        entry["stance"],
                    )
                )
    return rows


@dataclass(frozen=True)
class Answer:
    """What the checker said of one labelled sentence."""

    row: Labelled
    result: MatchResult

    @property
    def shown(self) -> list[str]:
        """Claims above the threshold, best first."""
        return list(dict.fromkeys(match.slug for match in self.result.matches))

    @property
    def ranked(self) -> list[str]:
        """The same, then the claims that came near."""
        return [*self.shown, *(claim.slug for claim in self.result.related)]


# What every article about the object says somewhere; a sentence alone often leaves it out.
LEAD = "The comet 3I/ATLAS came to us from another star.\n\n"
FOLLOWING = ("paraphrase", "refuting", "true_fact")


def answers(
    rows: Iterable[Labelled], index: ClaimIndex, encode: Encode, *, led: bool = False
) -> list[Answer]:
    """The checker's answers to sentences given one by one.

    ``led`` puts the first sentence of an article before those that speak of an object; matches of that
    sentence do not count.
    """
    found = []
    for row in rows:
        lead = LEAD if led and row.kind in FOLLOWING else ""
        result = match_text(lead + row.text, index, encode)
        inside = tuple(match for match in result.matches if match.start >= len(lead))
        found.append(Answer(row, replace(result, matches=inside)))
    return found


def _paraphrases(found: Iterable[Answer]) -> list[Answer]:
    return [answer for answer in found if answer.row.kind == "paraphrase"]


def recall_at(found: Iterable[Answer], depth: int, *, shown: bool) -> float:
    """Share of paraphrases whose claim is among the first: of those shown, or of all ranked."""
    rows = _paraphrases(found)
    hits = sum(
        any(slug in answer.row.claims for slug in (answer.shown if shown else answer.ranked)[:depth])
        for answer in rows
    )
    return hits / len(rows)


def mean_average_precision(found: Iterable[Answer], depth: int = 5) -> float:
    """MAP at a depth over the paraphrases, with one right claim each."""
    rows = _paraphrases(found)
    total = 0.0
    for answer in rows:
        for rank, slug in enumerate(answer.ranked[:depth], 1):
            if slug in answer.row.claims:
                total += 1 / rank
                break
    return total / len(rows)


def wrong_matches(answer: Answer) -> Iterator[str]:
    """Claims shown that the sentence does not repeat; for a rejecting sentence, those not shown as rejected."""
    for match in answer.result.matches:
        row = answer.row
        if row.kind == "refuting":
            if match.stance != "refutes":
                yield match.slug
        elif match.slug not in (*row.claims, *row.also):
            yield match.slug


def precision(found: Iterable[Answer]) -> float:
    """Right matches over all matches shown, for paraphrases and negatives together.

    A rejecting sentence counts as wrong when a claim is shown as asserted.
    """
    shown = wrong = 0
    for answer in found:
        shown += len(answer.result.matches)
        wrong += len(list(wrong_matches(answer)))
    return (shown - wrong) / shown if shown else 1.0


def false_match_rate(found: Iterable[Answer], kinds: tuple[str, ...]) -> float:
    """Share of sentences of some kinds with at least one wrong match."""
    rows = [answer for answer in found if answer.row.kind in kinds]
    return sum(any(True for _ in wrong_matches(answer)) for answer in rows) / max(1, len(rows))


def stance_accuracy(found: Iterable[Answer]) -> float:
    """Share of right matches with the right stance."""
    right = total = 0
    for answer in found:
        for match in answer.result.matches:
            if match.slug in answer.row.claims:
                total += 1
                right += match.stance == answer.row.stance
    return right / total if total else 0.0


def quantity_agreement(found: Iterable[Answer]) -> float:
    """Of paraphrases with a number that the claim has too: share where the agreement is seen."""
    rows = [
        match
        for answer in _paraphrases(found)
        for match in answer.result.matches
        if match.slug in answer.row.claims
        and any(one.agrees_with_claim is not None for one in match.quantities)
    ]
    return sum(any(one.agrees_with_claim for one in match.quantities) for match in rows) / len(rows)


def table(found: list[Answer], title: str) -> str:
    """The figures of a set of answers, to print."""
    kinds = {
        kind: sum(answer.row.kind == kind for answer in found)
        for kind in ("paraphrase", "refuting", *NEGATIVES)
    }
    lines = [
        ("recall@1 (shown)", recall_at(found, 1, shown=True)),
        ("recall@3 (shown)", recall_at(found, 3, shown=True)),
        ("recall@3 (shown and near)", recall_at(found, 3, shown=False)),
        ("MAP@5", mean_average_precision(found)),
        ("precision at the threshold", precision(found)),
        ("false matches, hard negatives", false_match_rate(found, ("refuting", "true_fact", "same_number", "other_object"))),
        *((f"  {kind.replace('_', ' ')}", false_match_rate(found, (kind,))) for kind in ("refuting", *NEGATIVES)),
        ("stance accuracy", stance_accuracy(found)),
        ("quantity agreement", quantity_agreement(found)),
    ]  # fmt: skip
    head = f"{title}: {len(found)} sentences ({', '.join(f'{n} {kind}' for kind, n in kinds.items())})"
    return "\n".join([head, *(f"  {name:<32} {value:6.3f}" for name, value in lines)])
