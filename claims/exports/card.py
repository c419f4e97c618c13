"""The picture of a claim that a link shows when it is shared: the claim, its verdict, one line, who read it.

Drawn from a frozen document alone, so a version always has the same picture.
"""

from __future__ import annotations

import io
from functools import cache
from typing import Any

from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT, MARGIN = 1200, 630, 72
PAPER, INK, SOFT, RULE = "#101c2c", "#f4f1e8", "#b9c4d2", "#f2c14e"
# the normalised verdict as a colour that stays apart in grey and for colour-blind eyes; the word stands beside it
COLOURS = {"TRUE": "#7cc6a4", "MIXTURE": "#f2c14e", "FALSE": "#f08a6b", "OTHER": "#b9c4d2"}
# letters that Pillow's own font lacks: the okina of ʻOumuamua, signs of formulae
SPELT = str.maketrans({"ʻ": "‘", "₂": "2", "₃": "3", "−": "-", "≈": "~", "≤": "<=", "≥": ">="})
SIGNS = {"TRUE": "check", "MIXTURE": "half", "FALSE": "cross", "OTHER": "ring"}


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.load_default(size)
    if not isinstance(font, ImageFont.FreeTypeFont):
        raise TypeError("Pillow was built without FreeType, so no card can be drawn")
    return font


def card_png(document: dict[str, Any]) -> bytes:
    """The card of a version as PNG, 1200 by 630 pixels."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    colour = COLOURS[document["normalized"]]
    pen.rectangle((0, 0, 14, HEIGHT), fill=colour)
    pen.text((MARGIN, 54), "Hyperbole", font=_font(34), fill=RULE)
    pen.text(
        (WIDTH - MARGIN, 58),
        document["object"]["name"].translate(SPELT),
        font=_font(28),
        fill=SOFT,
        anchor="ra",
    )
    y = 128
    for line in _lines(f"“{document['statement']}”", 46, WIDTH - 2 * MARGIN, most=4):
        pen.text((MARGIN, y), line, font=_font(46), fill=INK)
        y += 60
    y = max(y + 26, 300)
    _sign(pen, SIGNS[document["normalized"]], MARGIN, y + 4, 48, colour)
    pen.text((MARGIN + 70, y), document["verdict_label"], font=_font(46), fill=colour)
    y += 76
    for line in _lines(document["one_line"], 32, WIDTH - 2 * MARGIN, most=(HEIGHT - 100 - y) // 44):
        pen.text((MARGIN, y), line, font=_font(32), fill=INK)
        y += 44
    pen.line((MARGIN, HEIGHT - 92, WIDTH - MARGIN, HEIGHT - 92), fill="#3a4d66", width=2)
    below = f"Version {document['version']}, {document['published_at'][:10]}. {document['confidence'].capitalize()} confidence."
    pen.text((MARGIN, HEIGHT - 72), below, font=_font(26), fill=SOFT)
    written = io.BytesIO()
    # few colours: the palette makes a file of a third of the size without a visible loss
    image.quantize(64).save(written, "PNG", optimize=True)
    return written.getvalue()


def _lines(text: str, size: int, width: int, most: int) -> list[str]:
    """``text`` broken into at most ``most`` lines of ``width`` pixels; what does not fit ends in an ellipsis."""
    font, lines, line = _font(size), [], ""
    for word in text.translate(SPELT).split():
        longer = f"{line} {word}".strip()
        if font.getlength(longer) <= width or not line:
            line = longer
        else:
            lines.append(line)
            line = word
    lines.append(line)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1].rstrip('.,;')} …"]
    return lines


def _sign(pen: ImageDraw.ImageDraw, sign: str, x: int, y: int, size: int, colour: str) -> None:
    """The shape of a verdict, so that colour is never the only sign."""
    box = (x, y, x + size, y + size)
    pen.ellipse(box, outline=colour, width=4)
    third = size / 3.2
    if sign == "check":
        points = [
            (x + third * 0.8, y + size * 0.55),
            (x + size * 0.45, y + size * 0.74),
            (x + size * 0.76, y + size * 0.32),
        ]
        pen.line(points, fill=colour, width=5, joint="curve")
    elif sign == "cross":
        pen.line((x + third, y + third, x + size - third, y + size - third), fill=colour, width=5)
        pen.line((x + size - third, y + third, x + third, y + size - third), fill=colour, width=5)
    elif sign == "half":
        pen.pieslice(box, 90, 270, fill=colour)
