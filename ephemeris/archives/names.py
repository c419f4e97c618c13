"""How an object may be spelled in an archive: what is surely it, what may be it, what is not."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PROVISIONAL = re.compile(r"(?<!\d)(\d{4})\s*([A-Z]{1,2}\d+)(?!\d)", re.IGNORECASE)
_NUMBERED = re.compile(r"^(\d+)I$")


def folded(text: str) -> str:
    """A spelling without case, blanks and punctuation."""
    return re.sub(r"[^A-Z0-9]", "", text.upper())


@dataclass(frozen=True, slots=True)
class Spelling:
    """The spellings of one object.

    ``designation`` is short (3I), ``provisional`` as C/2025 N1 without the prefix, ``name`` what follows the
    stroke (ATLAS, which hundreds of comets share).  ``confirmed`` and ``rejected`` are what editors decided.
    """

    designation: str
    provisional: tuple[str, str] | None = None
    name: str = ""
    confirmed: frozenset[str] = frozenset()
    rejected: frozenset[str] = frozenset()

    @property
    def patterns(self) -> tuple[str, ...]:
        """SQL patterns that find every spelling we can think of, and strangers with them."""
        found = [f"%{self.designation}%"]
        if self.provisional:
            found.append(f"%{self.provisional[0]}%{self.provisional[1]}%")
        if self.name:
            found.append(f"%{self.name.upper()}%")
        return tuple(found)

    @property
    def exact(self) -> tuple[str, ...]:
        """Whole spellings for archives that match whole names, most likely first."""
        found = [self.designation]
        if self.name:
            found += [f"{self.designation}/{self.name}", f"{self.designation}-{self.name}"]
        if self.provisional:
            year, letters = self.provisional
            found += [f"C/{year} {letters}", f"C{year}{letters}"]
        return tuple(dict.fromkeys([*found, *sorted(self.confirmed)]))

    @property
    def smallbody(self) -> str:
        """The name that ephemeris services resolve."""
        return f"C/{self.provisional[0]} {self.provisional[1]}" if self.provisional else self.designation

    def is_it(self, target: str) -> bool:
        """Whether a target's name is surely this object."""
        text = folded(target)
        if text in {folded(name) for name in self.confirmed}:
            return True
        if text in {folded(name) for name in self.rejected}:
            return False
        if self.provisional and re.search(folded("".join(self.provisional)) + r"(?!\d)", text):
            return True
        if self.name and folded(self.designation + self.name) in text:
            return not re.search(rf"\d{folded(self.designation + self.name)}", text)
        return bool(re.search(rf"(?<![A-Z0-9]){self.designation}(?![A-Z0-9])", target.upper()))

    def may_be(self, target: str) -> bool:
        """Whether one of our own patterns would have found this name."""
        text = target.upper()
        return any(
            re.fullmatch(".*".join(re.escape(part) for part in pattern.split("%")), text, re.DOTALL)
            for pattern in self.patterns
        )


def spelling(
    designation: str,
    full_designation: str,
    others: list[str],
    *,
    confirmed: frozenset[str] = frozenset(),
    rejected: frozenset[str] = frozenset(),
) -> Spelling:
    """The spellings of an object, from the designations on record."""
    provisional = None
    for text in [full_designation, *others]:
        if found := _PROVISIONAL.search(text):
            provisional = (found[1], found[2].upper())
            break
    name = full_designation.partition("/")[2] if _NUMBERED.match(designation) else ""
    plain = "".join(letter for letter in name if letter.isascii())
    return Spelling(designation, provisional, plain, confirmed, rejected)
