"""Text as the matching reads it, with the way back to the text as sent.

NFKC (C₂ becomes C2), plain quotes, hyphens and spaces, no accents, no invisible characters.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

LONGEST_EXPANSION = 4  # some ligatures unfold into eighteen letters: hostile, never English

_PLAIN = {
    **dict.fromkeys("‘’‚‛ʼʻ′`´＇", "'"),
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‐‑‒–−﹣－", "-"),
    **dict.fromkeys("—―⸺⸻", "—"),
    **dict.fromkeys("\u2028\u2029\u0085\r\v\f", "\n"),
    "…": "...",
    "⁄": "/",
    "∕": "/",
    "∼": "~",
    "≈": "~",
    "µ": "μ",
    "×": "×",
}


@lru_cache(maxsize=8192)
def _plain(character: str) -> str:
    """What one character of the text becomes; nothing, for what a reader cannot see."""
    if character in _PLAIN:
        return _PLAIN[character]
    if character == "\t":
        return " "
    category = unicodedata.category(character)
    if category in ("Cf", "Cc", "Mn", "Me", "Cs", "Co", "Cn"):
        return ""  # zero width, bidirectional marks, soft hyphens, accents that stand alone
    if category == "Zs":
        return " "
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", character))
    folded = "".join(_PLAIN.get(part, part) for part in folded if unicodedata.category(part) != "Mn")
    return folded if len(folded) <= LONGEST_EXPANSION else " "


@lru_cache(maxsize=8192)
def _raised(character: str) -> str:
    """The digit or sign that a superscript stands for, else nothing."""
    if not unicodedata.decomposition(character).startswith("<super>"):
        return ""
    raised = unicodedata.normalize("NFKC", character).replace("\u2212", "-")
    return raised if raised in tuple("0123456789+-") else ""


@dataclass(frozen=True, slots=True)
class PlainText:
    """Normalised text; ``origin[i]`` is the place of character i in the text as sent."""

    text: str
    origin: list[int]
    length: int  # of the text as sent

    def span(self, start: int, stop: int) -> tuple[int, int]:
        """Where the characters from ``start`` up to ``stop`` stand in the text as sent."""
        if start >= stop:
            return (self.length, self.length)
        first = self.origin[start]
        last = self.origin[stop - 1]
        return first, last + 1


def plain_text(sent: str) -> PlainText:
    """The normalised text and the way back."""
    parts: list[str] = []
    origin: list[int] = []
    in_exponent = False
    for place, character in enumerate(sent):
        if character.isascii() and character.isprintable():
            plain, in_exponent = character, False
        elif character == "\n":
            plain, in_exponent = "\n", False
        elif raised := _raised(character):
            plain, in_exponent = (raised if in_exponent else "^" + raised), True  # 10¹³ becomes 10^13
        else:
            plain, in_exponent = _plain(character), False
        if plain:
            parts.append(plain)
            origin.extend([place] * len(plain))
    return PlainText("".join(parts), origin, len(sent))


def plain(sent: str) -> str:
    """The normalised text alone."""
    if sent.isascii() and sent.isprintable():
        return sent
    return plain_text(sent).text
