"""Which small body a sentence speaks of: names of the interstellar objects and of others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# The word that stands for the object of a claim once its name is taken out.
STAND_IN = "the comet"

_NAMES = (
    # named before 2I: its discoverer has found other comets too
    ("C/2025V1", r"C/2025\s?V1(?:\s?\(?Borisov\)?)?|(?:comet\s+)?V1\s+Borisov"),
    ("3I", r"\b3[Ii]\s?[/-]?\s?-?(?:ATLAS|Atlas|atlas)\b|C/2025\s?N1(?:\s?\(?ATLAS\)?)?|A11pl3Z|\b3I\b|\bthird (?:known |confirmed )?interstellar (?:object|visitor|comet|body)"),
    ("1I", r"(?:1I\s?/?\s?-?\s?)?'?\s?\b[Oo]umuamua\b|1I/2017\s?U1|\b1I\b|\bfirst (?:known |confirmed )?interstellar (?:object|visitor|asteroid|body)"),
    ("2I", r"2I\s?/?\s?-?\s?Borisov|C/2019\s?Q4(?:\s?\(?Borisov\)?)?|\b2I\b|(?<!Gennady )(?<!Gennadiy )\bBorisov\b|\bsecond (?:known |confirmed )?interstellar (?:object|visitor|comet|body)"),
    ("other", r"[CPDXA]/\d{4}\s?[A-Z]{1,2}\d{0,3}(?:\s?\([A-Za-z0-9\-–]+\))?|\b\d{1,3}P\b(?:/[A-Z][A-Za-z\-]+(?:-[A-Z][a-z]+)*)?"),
    ("other", r"\b(?:Halley|Hale-?Bopp|Hyakutake|Encke|NEOWISE|Lovejoy|Churyumov(?:-Gerasimenko)?|Tsuchinshan(?:-ATLAS)?|Lemmon|Siding Spring|Shoemaker-?Levy(?: 9)?|Tempel(?: 1)?|Wild 2|Hartley(?: 2)?|Borrelly|Wirtanen|Holmes|Bernardinelli-Bernstein|Leonard|ISON|Elenin|Apophis|Bennu|Ryugu|Eros|Ceres|Vesta|Psyche|Dimorphos|Didymos|Itokawa|Chicxulub|Phoebe|Enceladus|Europa|Ganymede|Titan|Pluto|Arrokoth)\b"),
    # the survey, the detector and the mountains share the comet's name
    ("none", r"\bATLAS (?:survey|telescope|project|system|team|detector|experiment|collaboration|mountains?|robot)\b|\b(?:Boston Dynamics'?s?|Large Hadron Collider'?s?) Atlas\b"),
    ("3I", r"\b(?:comet )?ATLAS\b|\b[Cc]omet Atlas\b"),
)  # fmt: skip
_ANY = re.compile("|".join(f"(?P<n{number}>{pattern})" for number, (_, pattern) in enumerate(_NAMES)))
_BODIES = {f"n{number}": body for number, (body, _) in enumerate(_NAMES)}
# A name after one of these is compared with, not spoken of.
_COMPARED = re.compile(
    r"(?:\bunlike|\bthan|\bcompared (?:with|to)|\bsimilar to|\bjust like|\blike|\bas (?:with|in)|\bsuccessor (?:of|to)|\bafter)"
    r"\s+(?:(?:the|comet|comets|asteroid|that of|those of|its predecessors?|earlier|objects?)\s+)*(?:[12]I\b[^,.;]{0,12}\s(?:and|or)\s+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A body that is named: 1I, 2I, 3I, or the name of another; ``compared`` when it only serves as a yardstick."""

    body: str
    start: int
    stop: int
    compared: bool


@lru_cache(maxsize=4096)
def mentions(text: str) -> tuple[Mention, ...]:
    """The bodies named in a normalised sentence."""
    found = []
    for match in _ANY.finditer(text):
        body = _BODIES[str(match.lastgroup)]
        if body == "other":
            body = re.sub(r"[^A-Z0-9/]", "", match.group().upper().split("(")[0])
        if body != "none":
            compared = _COMPARED.search(text, max(0, match.start() - 40), match.start()) is not None
            found.append(Mention(body, match.start(), match.end(), compared))
    return tuple(found)


def bodies_spoken_of(text: str) -> frozenset[str]:
    """The bodies a sentence is about; those it only compares with count when there are no others."""
    named = mentions(text)
    spoken = frozenset(mention.body for mention in named if not mention.compared)
    return spoken or frozenset(mention.body for mention in named)


def without_names(text: str) -> str:
    """The sentence with every name of an interstellar object replaced: names say nothing about the claim."""
    parts, place = [], 0
    for mention in mentions(text):
        if mention.body in ("1I", "2I", "3I"):
            parts += [text[place : mention.start], STAND_IN]
            place = mention.stop
    joined = "".join([*parts, text[place:]])
    return re.sub(
        r"\b(?:[Tt]he |[Aa]n? )?(?:[Cc]omet|(?:interstellar )?(?:object|visitor|comet)),? the comet\b",
        STAND_IN,
        joined,
    )
