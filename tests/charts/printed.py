"""Reading a printed chart back: its texts with their boxes, for tests of collisions and cut words."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass

from charts.geometry import Box

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class PrintedText:
    """A text of a picture, its role and the box it covers."""

    text: str
    role: str
    box: Box


def root_of(picture: str) -> ET.Element:
    """The picture as an element tree; raises if it is not well-formed XML."""
    return ET.fromstring(picture)


def view_box(picture: str) -> Box:
    """The paper of a picture."""
    left, top, width, height = (float(part) for part in root_of(picture).attrib["viewBox"].split())
    return Box(left, top, left + width, top + height)


def texts_of(picture: str) -> list[PrintedText]:
    """Every text of a picture.  Boxes are of an ordinary face, narrower than the generous estimate."""
    found = []
    base = float(root_of(picture).attrib["font-size"])
    for group in root_of(picture).iter(f"{SVG}g"):
        size = float(group.attrib.get("font-size", base))
        anchor = group.attrib.get("text-anchor", "start")
        for text in group.iter(f"{SVG}text"):
            words = text.text or ""
            box = Box.of_text(float(text.attrib["x"]), float(text.attrib["y"]), words, size * 0.9, anchor)
            found.append(PrintedText(words, group.attrib["class"].removeprefix("c-"), box))
    return found


def collisions(picture: str) -> list[tuple[str, str]]:
    """Pairs of texts that overlap."""
    texts = texts_of(picture)
    return [
        (one.text, other.text)
        for index, one in enumerate(texts)
        for other in texts[index + 1 :]
        if one.box.meets(other.box)
    ]


def cut_off(picture: str) -> list[str]:
    """Texts that reach beyond the paper."""
    paper = view_box(picture).grown(1.0)
    return [text.text for text in texts_of(picture) if not paper.holds(text.box)]
