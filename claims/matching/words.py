"""Words: tokens with their places, a light stemmer, spelling and stop words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(r"[a-z0-9]+(?:[./][0-9]+)?(?:'[a-z]+)?", re.IGNORECASE)
LONGEST_TOKEN = 40

# Words that carry no meaning of their own; negations are not among them, they matter.
STOP_WORDS = frozenset(
    """a about above after again all also am an and any are as at be because been before being below between both
    but by can could did do does doing down during each even ever every few for from further had has have having
    he her here hers him his how however i if in into is it its itself just let me more most much my of off on
    once one only or other our ours out over own same she should since so some still such than that the their
    theirs them then there these they this those though through thus to too under until up upon us very was we
    were what when where which while who whom why will with would yet you your yours say says said may might must
    shall really actually now according like get got make makes made way thing things something today year years
    new show shows shown""".split()
)

_SPELLING = {
    "vapour": "vapor", "vapours": "vapor", "colour": "color", "colours": "color", "tonne": "ton", "tonnes": "ton",
    "metre": "meter", "metres": "meter", "kilometre": "kilometer", "kilometres": "kilometer", "km": "kilometer",
    "defence": "defense", "behaviour": "behavior", "centre": "center", "grey": "gray", "programme": "program",
    "towards": "toward", "jwst": "webb", "aluminium": "aluminum", "honour": "honor", "catalogue": "catalog",
}  # fmt: skip
_IRREGULAR = {
    "flew": "fly", "flown": "fly", "flies": "fly", "fell": "fall", "fallen": "fall", "broke": "break", "broken": "break",
    "went": "go", "gone": "go", "came": "come", "saw": "see", "seen": "see", "found": "find", "hid": "hide",
    "hidden": "hide", "kept": "keep", "took": "take", "taken": "take", "sent": "send", "heard": "hear", "held": "hold",
    "caught": "catch", "knew": "know", "known": "know", "lost": "lose", "struck": "strike", "spun": "spin",
    "shone": "shine", "stuck": "stick", "met": "meet", "built": "build", "left": "leave", "bodies": "body",
    "spectra": "spectrum", "nuclei": "nucleus", "comae": "coma", "data": "data", "hit": "hit", "forged": "forge",
    "pieces": "piece", "moves": "move", "moving": "move", "moved": "move", "pulses": "pulse", "pulsed": "pulse",
    "pulsing": "pulse", "species": "species", "mars": "mars", "gas": "gas", "gases": "gas", "lens": "lens",
    "venus": "venus", "atlas": "atlas", "this": "this", "is": "is", "was": "was", "has": "has", "its": "its",
    "juice": "juice", "swarm": "swarm", "iron": "iron", "ionised": "ionize", "ionized": "ionize", "denser": "dense",
    "densest": "dense", "density": "dense", "faster": "fast", "fastest": "fast", "heavier": "heavy", "heaviest": "heavy",
    "bluer": "blue", "brighter": "bright", "brightest": "bright", "hotter": "hot", "cooler": "cool", "unique": "unique",
}  # fmt: skip
# Longest first; each needs a stem of at least the given length.
_SUFFIXES = (
    ("isation", 3, "ize"), ("ization", 3, "ize"), ("ations", 4, "ate"), ("ation", 4, "ate"), ("ities", 4, ""),
    ("ising", 3, "ize"), ("ised", 3, "ize"), ("ises", 3, "ize"), ("ise", 4, "ize"), ("ments", 4, "ment"),
    ("ness", 4, ""), ("ingly", 3, ""), ("edly", 3, ""), ("ally", 4, "al"), ("ities", 4, ""), ("ity", 4, ""),
    ("ions", 4, ""), ("ion", 4, ""), ("ies", 2, "y"), ("ied", 2, "y"), ("ing", 3, ""), ("ers", 4, "er"),
    ("ed", 3, ""), ("ly", 3, ""), ("ses", 3, "s"), ("xes", 2, "x"), ("ches", 2, "ch"), ("shes", 2, "sh"), ("s", 3, ""),
)  # fmt: skip


class Token(NamedTuple):
    """A word of a normalised text with its stem and place."""

    word: str
    stem: str
    start: int
    stop: int


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The common root of the forms of a lower-case word, good enough to compare two wordings."""
    word = word.removesuffix("'s").removesuffix("'")
    word = _SPELLING.get(word, word)
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) <= 3 or word.isdigit() or any(character.isdigit() for character in word):
        return word
    for suffix, least, ending in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= least:
            if suffix == "s" and word.endswith(("ss", "us", "is")):
                break
            word = word[: -len(suffix)] + ending
            if suffix in ("ing", "ed") and len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
                word = word[:-1]  # stopped, running
            break
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def tokens(text: str) -> list[Token]:
    """The words and numbers of a normalised text."""
    found = []
    for match in _TOKEN.finditer(text):
        word = match.group().lower()[:LONGEST_TOKEN]
        found.append(Token(word, stem(word), match.start(), match.end()))
    return found


def content_stems(text: str) -> list[str]:
    """Stems of the words that mean something, in reading order."""
    return [token.stem for token in tokens(text) if token.word not in STOP_WORDS]


def vocabulary(texts: Iterable[str]) -> set[str]:
    """The distinct words of normalised texts."""
    return {word[:LONGEST_TOKEN] for text in texts for word in _TOKEN.findall(text.lower())}
