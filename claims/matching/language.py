"""Which language a text is in, as far as needed: English, or one that we do not read."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_WORDS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
LEAST_KINDS = 3  # different function words that make a language
LEAST_SHARE = 0.12  # of all words
LEAST_WORDS = 12  # without a single English function word among so many, nothing is said
SAMPLE = 20_000  # characters: more say nothing new

# Function words that English shares with none of the others, and theirs.
_ENGLISH = frozenset(
    "the of and to that was is are were with for from by this it its has have had been which not be as at on their they would could when than there but who into no".split()
)
_OTHERS = {
    "de": frozenset("der die das und ist nicht ein eine den von mit des dem zu auf für im wird sich auch als sind wurde nach bei über hat aus einer noch war durch".split()),
    "fr": frozenset("le la les des est une et dans que qui pour sur pas au avec par du ce cette sont ont été plus ne il elle aux selon".split()),
    "es": frozenset("el la los las que en una del por con para es se al lo como más fue su sus este esta ha según y un no".split()),
    "it": frozenset("il che di la per una non è con del della sono gli dei nel alla da più si le ha anche come questo dalla un e".split()),
    "pt": frozenset("o a os as que de do da em um uma para com não é no na por mais foi dos das se ao pelo são como".split()),
    "nl": frozenset("de het een van en is dat op te zijn met voor niet aan door er die ook bij naar werd uit over heeft".split()),
    "pl": frozenset("i w na z że się do nie jest to o przez jak od po za są co ale był dla ma".split()),
    "sv": frozenset("och att det som en är på för av med till den inte har ett om från var vid".split()),
    "tr": frozenset("ve bir bu da de için ile olarak çok daha olan gibi kadar değil sonra ancak göre".split()),
    "ro": frozenset("și în de la cu pe din este care nu pentru că mai un o sunt prin fost după".split()),
}  # fmt: skip
_SCRIPTS = {
    "CYRILLIC": "ru", "CJK": "zh", "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko", "ARABIC": "ar",
    "HEBREW": "he", "GREEK": "el", "DEVANAGARI": "hi", "THAI": "th",
}  # fmt: skip


def language(text: str) -> str:
    """The code of the language of a text as sent; "und" where nothing can be said, "mis" for an unknown script."""
    sample = text[:SAMPLE]
    scripts: Counter[str] = Counter()
    for character in sample:
        if character.isascii():
            scripts["LATIN"] += character.isalpha()
        elif character.isalpha():
            scripts[unicodedata.name(character, "").split(" ")[0].split("-")[0]] += 1
    if not scripts.total():
        return "und"
    script, number = scripts.most_common(1)[0]  # of an unknown script there is no code either
    if script != "LATIN":
        if scripts["HIRAGANA"] + scripts["KATAKANA"] > number / 10:
            return "ja"
        return _SCRIPTS.get(script, "mis")
    words = [word.lower() for word in _WORDS.findall(sample)]
    found = Counter(words)
    counts = {code: sum(found[word] for word in function) for code, function in _OTHERS.items()}
    best = max(counts, key=lambda code: counts[code])
    english = sum(found[word] for word in _ENGLISH)
    kinds = sum(word in found for word in _OTHERS[best])
    if kinds >= LEAST_KINDS and counts[best] > english + 1 and counts[best] >= LEAST_SHARE * len(words):
        return best
    return "en" if english or len(words) < LEAST_WORDS else "und"
