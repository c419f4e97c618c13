"""Hostile bytes out of good ones: what is cut, doubled, swapped, nested, or says what no sender should."""

from __future__ import annotations

import json
from random import Random
from typing import Any

NUMBERS = (
    "NaN",
    "Infinity",
    "-Infinity",
    "1e999",
    "-1e999",
    "-0",
    "9" * 400,
    "0x10",
    "1_000",
    "١٢٣",
    "1e-400",
    "",
    "n.a.",
)
WORDS = (
    "\x00", "\ud7ff", "\ufeff", "\u202e", "'; DROP TABLE claims_claim; --", "<script>alert(1)</script>", "{{7*7}}", "${7*7}",
    "../../../../etc/passwd", "%00", "%0d%0aX: y", "A" * 5000, "=cmd|' /C calc'!A0", "null", "true", "[]", "{}", "-1", "0",
    "3I/ATLAS", "2025-13-45", "0000-00-00T00:00:00Z", "9999-12-31T23:59:59Z", "-4713-01-01", "2460000.5", "\n", "\r\n\r\n",
    "a" * 60 + "!", "(" * 200, "[" * 200, "é" * 300, "𝟛𝕀", "İ", "ß" * 50, "<!DOCTYPE x [<!ENTITY a 'b'>]>", "<![CDATA[", *NUMBERS,
)  # fmt: skip
VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 10**400, 1.5, -0.0, 1e308, "", [], {}, [[]], {"": None}, [None] * 50, "x" * 2000,
    *WORDS[:20],
)  # fmt: skip


def mutated(good: bytes, random: Random) -> bytes:
    """Some hostile version of good bytes."""
    if good[:1] in (b"{", b"[") and random.random() < 0.6:
        try:
            return _mutated_json(json.loads(good), random)
        except ValueError:
            pass
    content = bytearray(good)
    for _ in range(random.choice((1, 1, 1, 2, 3, 6))):
        _damage(content, random)
    return bytes(content)


def _damage(content: bytearray, random: Random) -> None:
    at = random.randrange(len(content) + 1)
    length = random.choice((1, 1, 4, 20, 200, 2000))
    kind = random.randrange(9)
    if kind == 0 and at < len(content):
        content[at] ^= 1 << random.randrange(8)
    elif kind == 1:
        del content[at : at + length]
    elif kind == 2:
        content[at:at] = content[at : at + length] * random.choice((1, 2, 30))
    elif kind == 3:
        content[at:at] = random.choice(WORDS).encode("utf-8", "surrogatepass")
    elif kind == 4:
        del content[at:]
    elif kind == 5:
        content[at : at + length] = bytes(random.randrange(256) for _ in range(min(length, 40)))
    elif kind == 6:
        _swap_a_number(content, random)
    elif kind == 7:
        lines = bytes(content).split(b"\n")
        random.shuffle(lines)
        content[:] = b"\n".join(lines)
    else:
        lines = bytes(content).split(b"\n")
        del lines[random.randrange(len(lines))]
        content[:] = b"\n".join(lines)


def _swap_a_number(content: bytearray, random: Random) -> None:
    digits = [place for place in range(len(content)) if 48 <= content[place] <= 57][:5000]
    if digits:
        start = end = random.choice(digits)
        while end < len(content) and (48 <= content[end] <= 57 or content[end] in b".eE+-"):
            end += 1
        content[start:end] = random.choice(NUMBERS).encode()


def _mutated_json(content: Any, random: Random) -> bytes:
    for _ in range(random.choice((1, 1, 2, 4))):
        places = list(_places(content))
        if not places:
            break
        holder, key = random.choice(places)
        kind = random.randrange(5)
        if kind == 0:
            del holder[key]
        elif kind == 1 and isinstance(holder, list):
            holder[:] = holder * random.choice((2, 3))
        elif kind == 2:
            holder[key] = [holder[key]]
        elif kind == 3 and isinstance(holder, dict):
            holder[random.choice(WORDS)] = holder.pop(key)
        else:
            holder[key] = random.choice(VALUES)
    return json.dumps(content, default=str).encode("utf-8", "surrogatepass")


def _places(content: Any, deep: int = 0) -> Any:
    if deep > 12:
        return
    keys = (
        content.keys()
        if isinstance(content, dict)
        else range(len(content))
        if isinstance(content, list)
        else ()
    )
    for key in list(keys)[:60]:
        yield content, key
        yield from _places(content[key], deep + 1)
