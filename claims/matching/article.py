"""An article against the claims: sentence by sentence, which reviewed claims does it repeat?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from claims.matching.agreement import beside
from claims.matching.comparison import SentenceRead, compare
from claims.matching.encoder import Encode
from claims.matching.index import ClaimIndex
from claims.matching.language import language
from claims.matching.normalise import PlainText, plain_text
from claims.matching.objects import bodies_spoken_of
from claims.matching.prepared import read
from claims.matching.quantities import read_quantities
from claims.matching.records import Band, Match, MatchResult, Outcome, RelatedClaim, Stance
from claims.matching.sentences import Sentence, sentences
from claims.matching.stance import stance
from claims.matching.words import stem

# Tuned on tests/claims/matching/labelled/development.toml.
THRESHOLD = 0.38  # a match below it is not shown
LIKELY, STRONG = 0.65, 0.85  # the bands
RELATED = 0.25  # below the threshold, but near: named without a sentence
MOST_PER_SENTENCE = 4
# A text that repeats so many claims beyond doubt repeats others too: the threshold is lowered.
MANY, LENIENT = 5, 0.85
LOWERED: dict[Stance, float] = {
    "asserts": 1.0,
    "attributes": 1.0,
    "unclear": 0.95,
    "refutes": 0.85,
}  # cues only lower

MOST_MATCHES = 200
MOST_RELATED = 10
# A text without any of these, and without the name of a body, probably speaks of something else.
# A few sentences may leave the subject out, an article names it: the threshold for a text that does not.
FEW, OFF_SUBJECT_FEW, OFF_SUBJECT = 3, 0.85, 0.95
SUBJECT_STEMS = frozenset(
    stem(word)
    for word in """comet interstellar mars martian webb jwst perseverance nasa esa cia alien extraterrestrial spacecraft
    coma nucleus nickel visitor dicarbon anti-tail antitail perihelion outgassing maven hirise infrared meerkat
    mothership civilization loeb harvard telescope observatory rover orbiter astronomer astrophysicist asteroid jupiter
    planet planetary sunward flyby ephemeris meteor solar cometary astronomical""".split()
)


def match_text(text: str, index: ClaimIndex, encode: Encode, *, threshold: float = THRESHOLD) -> MatchResult:
    """The claims that a text repeats.  Offsets count code points of ``text``."""
    code = language(text)
    if code not in ("en", "und"):
        return _nothing(code, 0, "other_language")
    normal = plain_text(text)
    found = sentences(normal.text)
    if not found and code == "und":
        return _nothing(code, 0, "unreadable")
    if not found:
        return _nothing(code, 0, "no_sentence")
    if not len(index):
        return _nothing(code, len(found), "no_claims")
    rows = read_sentences(found)
    on_subject = any(
        row.named or any(word.stem in SUBJECT_STEMS for word in row.reading.words) for row in rows
    )
    if not on_subject:
        threshold = max(threshold, OFF_SUBJECT_FEW if len(found) <= FEW else OFF_SUBJECT)
    left_out = compare(rows, index, encode)
    matches = [match for row in rows for match in _matches_of(row, index, normal, text)]
    if len({match.slug for match in matches if match.score >= STRONG}) >= MANY:
        threshold *= LENIENT
    matches = [match for match in matches if match.score >= threshold]
    matches.sort(key=lambda match: (-match.score, match.start, match.slug))
    if not on_subject and not matches:
        return _nothing(code, len(found), "off_subject")
    related = _related(rows, index, {match.slug for match in matches})
    return MatchResult(
        code,
        len(found),
        tuple(matches[:MOST_MATCHES]),
        tuple(related),
        "found" if matches else "near" if related else "nothing",
        left_out,
    )


def _nothing(code: str, number: int, outcome: Outcome) -> MatchResult:
    return MatchResult(code, number, (), (), outcome)


def read_sentences(found: Sequence[Sentence]) -> list[SentenceRead]:
    """Each sentence read once, with the bodies it names or takes over from the text around it."""
    readings = {sentence.text: read(sentence.text) for sentence in found}
    numbers = {text: tuple(read_quantities(text)) for text in readings}
    named = {text: bodies_spoken_of(text) for text in readings}
    tally = Counter(body for sentence in found for body in named[sentence.text])
    # what the text is about as a whole, and what was named last
    main = frozenset(body for body, count in tally.items() if count == max(tally.values()))
    last: frozenset[str] = frozenset()
    rows = []
    for sentence in found:
        bodies = named[sentence.text]
        last = bodies or last
        rows.append(
            SentenceRead(
                sentence,
                readings[sentence.text],
                numbers[sentence.text],
                bodies or (last | main),
                bool(bodies),
            )
        )
    return rows


def _matches_of(row: SentenceRead, index: ClaimIndex, normal: PlainText, sent: str) -> list[Match]:
    """The claims of one sentence, best first."""
    if not row.scores:
        return []
    ranked = sorted(row.scores, key=lambda number: (-row.scores[number], index.claims[number].claim.slug))
    return [_match(row, index, number, normal, sent) for number in ranked[:MOST_PER_SENTENCE]]


def _match(row: SentenceRead, index: ClaimIndex, number: int, normal: PlainText, sent: str) -> Match:
    indexed = index.claims[number]
    claim = indexed.claim
    attitude = stance_of(row, index, number)
    value = round(row.scores[number] * LOWERED[attitude], 3)
    first = row.sentence.start
    start, stop = normal.span(first, row.sentence.stop)
    spans = [normal.span(first + one.start, first + one.stop) for one in row.quantities]
    return Match(
        slug=claim.slug,
        title=claim.title,
        verdict=claim.verdict,
        verdict_label=claim.verdict_label,
        score=value,
        band=band(value),
        start=start,
        stop=stop,
        sentence=sent[start:stop],
        stance=attitude,
        quantities=beside(row.quantities, index.claims.quantities(number), [sent[a:b] for a, b in spans]),
        shared=_shared(row, index, number),
        url=claim.url,
    )


def band(value: float) -> Band:
    """The band of a score, for words instead of numbers."""
    return "strong" if value >= STRONG else "likely" if value >= LIKELY else "possible"


def stance_of(row: SentenceRead, index: ClaimIndex, number: int) -> Stance:
    """What a sentence does with a claim."""
    indexed = index.claims[number]
    weights = dict(index.core(number))
    # whoever repeats a phrase on record word for word negates nothing in it
    states = {} if number in row.quoted else row.readings.get(number, row.reading).states
    return stance(
        row.sentence.text,
        states,
        indexed.states,
        weights,
        indexed.rejects,
        indexed.remarkable,
        indexed.negates,
    )


def _shared(row: SentenceRead, index: ClaimIndex, number: int) -> tuple[str, ...]:
    """The words of the sentence that the claim has too, the most telling first."""
    words = {word.stem: word.word for word in row.reading.words if index.lexical.has(number, word.stem)}
    return tuple(words[stem] for stem in sorted(words, key=lambda stem: -index.lexical.idf(stem))[:8])


def _related(rows: Sequence[SentenceRead], index: ClaimIndex, shown: set[str]) -> list[RelatedClaim]:
    best: dict[int, float] = {}
    for row in rows:
        for number, value in (*row.scores.items(), *row.near.items()):
            best[number] = max(best.get(number, 0.0), value)
    related: list[RelatedClaim] = []
    near = [number for number, value in best.items() if value >= RELATED]
    for number in sorted(near, key=lambda number: (-best[number], index.claims[number].claim.slug)):
        claim = index.claims[number].claim
        if claim.slug not in shown and len(related) < MOST_RELATED:
            related.append(
                RelatedClaim(claim.slug, claim.title, claim.verdict, round(best[number], 3), claim.url)
            )
    return related
