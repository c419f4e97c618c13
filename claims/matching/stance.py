"""What a sentence does with a claim: asserts it, reports it, rejects it, or leaves it open.

Polarity is compared concept by concept: "found no alloy" negates what the claim affirms, "there is a
tail" affirms what the claim negates.  A cue may only lower the certainty of a match, never raise it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from claims.matching.concepts import Found
from claims.matching.records import Stance
from claims.matching.words import Token

SCOPE = 6  # words after a negation that it can reach
LEAD = 2  # words before a word such as "absent" that it can reach back to

_NEGATIONS = frozenset(
    "no not never none neither nor nothing nobody without cannot can't hardly nowhere zero lack lacks lacked lacking absence devoid".split()
)
_BACKWARD = frozenset("absent missing impossible false untrue fake faked wrong unlikely excluded".split())
_SAYS_NO = re.compile(rf"\b(?:{'|'.join(sorted(_NEGATIONS))}|\w+n't|missing|absent)\b", re.IGNORECASE)
_STOPPERS = frozenset("but yet however although though because while instead except rather".split())
_NOT_QUITE = {
    ("not", "only"),
    ("no", "longer"),
    ("no", "other"),
    ("not", "alone"),
    ("no", "doubt"),
    ("no", "lesser"),
    ("not", "just"),
    ("no", "wonder"),
    ("not", "merely"),
    ("nor", "deny"),
    ("neither", "confirm"),
    ("not", "human"),
    ("nothing", "more"),
    ("nothing", "less"),
    ("nothing", "but"),
    ("nothing", "short"),
}
_INVERTED = frozenset("has have had before was were did in".split())  # "Never has a comet ..." asserts

# Somebody says that the claim is wrong.
_REJECTS = re.compile(
    r"""\b(?:
      (?:is|are|was|were|has\ been|have\ been|be|been|as|entirely|simply|completely|it's)\s+(?:a\s+|an\s+|all\s+|thus\s+|also\s+|simply\s+|plainly\s+|completely\s+)?(?:false|untrue|wrong|fake[ds]?|fabricated|baseless|unfounded|debunked|refuted|disproved|disproven|nonsense|hoax|myth|fiction|misinformation|disinformation|rumou?rs?|incorrect|mistaken|misleading|invented|made\ up|bogus)
    | (?:a|another|pure|this|the|old|internet|viral)\s+(?:hoax|myth|fabrication|urban\ legend|conspiracy\ theory|falsehood|false\ (?:claim|rumou?r|story))
    | contrary\ to | debunk(?:s|ed|ing)? | refut(?:e|es|ed|ing) | disprov(?:e|es|ed|en) | deepfakes? | fact[- ]check(?:s|ers?|ing)?
    | (?<!confirm\ or\ )(?<!confirm\ nor\ )(?<!confirming\ nor\ )den(?:y|ies|ied)(?!\ (?:having|knowing|that\ it\ keeps)) | reject(?:s|ed)? | rul(?:e|es|ed|ing)\ out | dismiss(?:es|ed|ing)?\ (?:the|such|any|these|claims|rumou?rs|talk|all|as)
    | (?:not|isn't|wasn't|aren't|never)\ (?:been\ )?(?:true|correct|right|the\ case|proved|proven|confirmed|shown|supported|established)
    | (?:is|was)\ not\ (?:a\ )?(?:sign|evidence|proof) | (?:does|do|did)\ not\ (?:mean|prove|show|imply|stand\ up|hold\ up)
    | (?:says?|shows?|proves?|means?|implies|meant|showed|proved)\ nothing
    | out\ of\ the\ question | far\ from\ (?:being\ )?\w+ing | never\ happened
    | groundless | unsubstantiated | misread(?:s|ing)? | misinterpret(?:s|ed|ation)? | misunderst(?:and|ood|anding) | mistook | mistaken\ for | exaggerat(?:es|ed|ion) | clickbait | doctored | photoshopped | ai-generated | satire | spoof
    | (?:story|claim|claims|idea|notion|rumou?r)\ (?:that\ )?.{0,60}?\bis\ (?:false|wrong|not)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)  # fmt: skip
# The sentence says no: against a claim that says no itself this proves nothing.
_NEGATES = re.compile(
    r"""\b(?:
      no\ (?:\w+\ )?(?:evidence|sign|signs|proof|indication|indications|trace|reason|basis|support|hint|hints|data|confirmation|truth|shred|scrap)\ (?:that|of|for|to|whatsoever|in|was|were|has|suggests)
    | not\ (?:a|one|the\ slightest)\ (?:single\ )?(?:shred|scrap|hint|bit|piece|sign|trace)
    | nothing\ (?:of\ the\ kind|of\ the\ sort|suggests|indicates|supports|points|unnatural|artificial|to\ do\ with\ (?:the\ |this\ )?(?:comet|object|visitor|3I))
    | nothing\ (?:\w+\ )?to\ do\ with | (?:have|has|had|with|see|sees|saw|is|was|find|found)\ no\ (?:\w+\ )?(?:connection|link|relation|bearing) | (?:unconnected|unrelated)\b
    | (?:no|never)\ such\ \w+ | (?:does|do|did)\ not\ exist(?!\ (?:\w+\ )?(?:in\ nature|on\ earth|naturally|elsewhere))
    | (?:did|does|do|has|have|had)\ not\ (?:say|said|claim|claimed|confirm|confirmed|state|stated|find|found|detect|detected|see|seen|show|shown|record|recorded|receive|received|hear|heard|happen|happened|change|changed|break|broken|fall|fallen|go|gone|require|need)
    | (?:didn't|doesn't|don't|hasn't|haven't)\ (?:say|said|claim|claimed|confirm|confirmed|find|found|detect|detected|see|seen|show|shown|record|recorded|receive|received|hear|heard|happen|happened|change|changed|require|need)
    | no\ (?:\w+\ )?(?:is|was|are|were)\ (?:needed|required|at\ work|involved) | not\ (?:in|since|on|at)\ (?:\w+\ )?\d+
    | in\ one\ piece | (?:remains?|remained|stayed)\ intact | empty-handed
    | ^no,\ | (?:is|was|are|were)\ no\ (?:first|rarity|novelty|surprise|mystery|exception) | nothing\ (?:new|unusual|special|extraordinary|mysterious|impossible|out\ of\ the\ ordinary)
    | (?:is|are|has\ been|have\ been)\ (?:long\ |also\ )?(?:well\ known|commonplace|routine|common)\ (?:from|in|among|for|at)
    | (?:perfectly|entirely|completely|quite|purely|wholly|fully)\ (?:natural|normal|ordinary|harmless|explained|explainable|expected)
    | explain(?:s|ed)?\ (?:by\ )?(?:the\ whole|all\ of\ it|everything|ordinary|natural|well-known)
    | already\ (?:been\ )?(?:seen|found|detected|observed|measured|known|reported)\ (?:in|at|around|from)\ (?:other|earlier|many|several|dozens)
    | poses?\ no | (?:not|no)\ (?:a\ )?(?:threat|danger)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)  # fmt: skip
_ATTRIBUTES = re.compile(
    r"""\b(?:according\ to | (?<!will\ )(?<!would\ )(?<!we\ )(?<!I\ )(?:say|says|said|claims|claimed|claim|claiming|argue|argues|argued|suggest|suggests|suggested|allege|alleges|alleged|insist|insists|insisted|believe|believes|believed|speculate|speculates|speculated|assert|asserts|asserted|reported|reports|report|reckons|calculates|calculated|estimated|suspect|suspects|suspected|announce|announces|announced|writes|wrote|adds|added|concedes|conceded|maintain|maintains|contend|contends|warns|warned|think|thinks|proposed|proposes|hypothesized)\b(?!\ (?:it|them|him|her)\ (?:was|is)\ (?:false|wrong))
    | (?:theory|story|argument|reasoning|rumou?r)\ (?:goes|runs|has\ it)\b | (?:author|blogger|post|video|article|site|page|channel)\ (?:states|goes\ on|concludes|has\ it|puts\ it)\b
    | (?:was|were|been)\ told\ that | allegedly | reportedly | supposedly | purportedly | rumou?red | so-called | labell?ed | (?:officially|officials)\b.{0,30}\b(?:explained|labell?ed|filed|put|called|said|dismissed|brushed)
    | (?:official|officials')\ (?:explanation|label|line) | agenc(?:y|ies)\b.{0,30}\b(?:explained|cited|citing|justified|blamed|said)
    | (?:theory|idea|notion|hypothesis)\ (?:that|of)\b | (?:begun|begins|starting)\ to\ gain\ traction | widely\ shared | conspiracy | in\ the\ eyes\ of
    | supporters | lean\ towards? | increasingly\ favou?r
    )""",
    re.IGNORECASE | re.VERBOSE,
)  # fmt: skip
# "the 'alloy'": whoever puts a few words into quotation marks reports them.
_QUOTES = re.compile(r'"[\w][^"\s]*(?: [^"\s]+){0,3}"')
_QUESTION = re.compile(r"\?[\"')\]]*\s*$")
_OPEN = re.compile(r"\b(?:whether|if\ it\ (?:is|were)\ true)\b", re.IGNORECASE | re.VERBOSE)


# Concepts that say "no" themselves: a claim and a sentence that share one are on the same side.
_SAYING_NO = frozenset({"impossible", "first", "rare", "nothing_released", "record_speed"})


def negated_tokens(words: Sequence[Token], text: str, found: Sequence[Found]) -> frozenset[int]:
    """The places of the words that a negation reaches.

    A negation inside a longer phrase of the lexicon ("practically never", "never before") is part of that
    concept and reaches nothing.
    """
    spent = {place for one in found if one.stop - one.first > 1 for place in range(one.first, one.stop)}
    reached: set[int] = set()
    for place, token in enumerate(words):
        if place in spent:
            continue
        word = token.word
        following = words[place + 1].word if place + 1 < len(words) else ""
        if word in _NEGATIONS or word.endswith("n't"):
            if (word, following) in _NOT_QUITE or (place == 0 and word == "never" and following in _INVERTED):
                continue
            for ahead in range(place + 1, min(place + 1 + SCOPE, len(words))):
                between = text[words[ahead - 1].stop : words[ahead].start]
                if words[ahead].word in _STOPPERS or any(mark in between for mark in ";:—"):
                    break
                reached.add(ahead)
        elif word in _BACKWARD:
            reached.update(range(max(0, place - LEAD - 2), place))
    return frozenset(reached)


def polarities(found: Sequence[Found], negated: frozenset[int]) -> dict[str, bool]:
    """Whether each concept of a sentence is affirmed (True) or negated (False); affirmed once is affirmed."""
    states: dict[str, bool] = {}
    for concept, first, stop in found:
        affirmed = not any(place in negated for place in range(first, stop))
        states[concept] = states.get(concept, False) or affirmed
    return states


def stance(
    text: str,
    states: Mapping[str, bool],
    claim_states: Mapping[str, bool],
    weights: Mapping[str, float],
    claim_rejects: bool,
    remarkable: frozenset[str] = frozenset(),
    claim_negates: bool = False,
) -> Stance:
    """The stance of a sentence towards a claim.

    ``states`` are the polarities of the sentence's concepts, ``claim_states`` those of the claim's,
    ``weights`` how much each concept tells; ``claim_rejects`` is True for a claim that itself says
    "false" or "no sign of", ``claim_negates`` for one that says "no" at all: a sentence that says "no" as well
    is on its side.  ``remarkable`` are the concepts that make the claim remarkable: a sentence that
    negates what it has of them rejects the claim, whatever else the two share.
    """
    flipped = sum(
        weights.get(name, 0.0)
        for name, state in states.items()
        if name in claim_states and claim_states[name] != state
    )
    kept = sum(
        weights.get(name, 0.0)
        for name, state in states.items()
        if name in claim_states and claim_states[name] == state
    )
    shared_no = [
        states[name] for name in _SAYING_NO if name in states and claim_states.get(name) and weights.get(name)
    ]
    if _REJECTS.search(text) and not claim_rejects:
        return "refutes"
    told = [
        states[name] == claim_states[name]
        for name in remarkable - _SAYING_NO
        if name in states and name in claim_states
    ]
    against = bool(told) and not any(told)
    if claim_negates and negates(text):
        wrong = against
    elif claim_negates:
        wrong = flipped > kept
    elif shared_no and not _NEGATES.search(text):
        wrong = not all(shared_no)
    else:
        wrong = bool(_NEGATES.search(text)) or flipped > kept or against
    if wrong:
        return "refutes"
    if _QUESTION.search(text) or _OPEN.search(text):
        return "unclear"
    if _ATTRIBUTES.search(text) or _QUOTES.search(text):
        return "attributes"
    return "asserts"


def rejects(text: str) -> bool:
    """True when a sentence has words that reject what it speaks of: false, no evidence, nothing unusual."""
    return calls_false(text) or _NEGATES.search(text) is not None


def calls_false(text: str) -> bool:
    """True when a wording calls something false or denied."""
    return _REJECTS.search(text) is not None


def negates(text: str) -> bool:
    """True when a wording says no, whatever it is that it says it of."""
    return _SAYS_NO.search(text) is not None
