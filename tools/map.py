"""Draws docs/pictures/map.svg, the map of the code: tools/map.py.  Rooms and folders are read from the imports.

Bands are the five rooms in the order of the line of imports, cells the folders with the first sentence of their
`__init__.py`.  An arrow joins two rooms of which one imports the other; one that went up would be drawn red.
"""

import ast
import re
import sys
import textwrap
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DRAWN = ROOT / "docs" / "pictures" / "map.svg"
ROOMS = ("config", "claims", "ephemeris", "charts", "science")
COLOURS = dict(
    zip(ROOMS, ("#37698f", "#8a5a22", "#4d7a3a", "#7a4a80", "#444"), strict=True)
)  # of who imports
LEFT_OUT = ("migrations",)
WIDTH, CELL, ROW, HEAD, GAP, ACROSS = 1000, 300, 100, 34, 16, 3


def place(parts: tuple[str, ...]) -> str:
    """The folder that a module stands in, two levels deep: `claims/feeds`, or the room itself."""
    inner = len(parts) > 1 and (ROOT / parts[0] / parts[1]).is_dir()
    return "/".join(parts[:2]) if inner else parts[0]


def imports() -> dict[str, set[str]]:
    """What each folder imports of the others."""
    found: dict[str, set[str]] = {}
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if set(parts) & set(LEFT_OUT):
                continue
            names: set[str] = set()
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Import):
                    names |= {alias.name for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and not node.level:
                    names |= {f"{node.module}.{alias.name}" for alias in node.names}
            here = found.setdefault(place(parts), set())
            here |= {place(tuple(name.split("."))) for name in names if name.partition(".")[0] in ROOMS}
    return {name: others - {name} for name, others in found.items()}


def sentence(folder: str) -> str:
    """The first sentence of a folder's own words about itself."""
    first = ROOT / folder / "__init__.py"
    told = (ast.get_docstring(ast.parse(first.read_text())) or "") if first.exists() else ""
    return re.split(r"(?<=[\w)`])[.;](?:\s|$)", " ".join(told.replace("`", "").split()), maxsplit=1)[0]


def drawn() -> str:
    """The whole picture."""
    uses = imports()
    parts: list[str] = []
    top, bands = 10, {}
    for room in ROOMS:
        folders = [name for name in sorted(uses) if name.startswith(f"{room}/")]
        height = HEAD + ROW * -(-len(folders) // ACROSS) + (6 if folders else 0)
        bands[room] = (top, height)
        parts.append(
            f'<rect x="10" y="{top}" width="{CELL * ACROSS + 20}" height="{height}" rx="8" class="room"/>'
        )
        parts.append(f'<text x="24" y="{top + 22}"><tspan class="name">{room}</tspan>  <tspan>{escape(sentence(room))}</tspan></text>')  # fmt: skip
        for number, folder in enumerate(folders):
            x, y = 24 + CELL * (number % ACROSS), top + HEAD + ROW * (number // ACROSS)
            parts.append(
                f'<rect x="{x - 6}" y="{y}" width="{CELL - 8}" height="{ROW - 8}" rx="5" class="folder"/>'
            )
            parts.append(f'<text x="{x}" y="{y + 17}" class="name">{folder}/</text>')
            told = textwrap.wrap(sentence(folder), 45, max_lines=3, placeholder=" …")
            for line, words in enumerate(told):
                parts.append(f'<text x="{x}" y="{y + 34 + 15 * line}">{escape(words)}</text>')
            others = [
                name
                for name in ROOMS
                if name != room and any(one.split("/")[0] == name for one in uses[folder])
            ]
            parts.append(
                f'<text x="{x}" y="{y + 82}" class="uses">{"uses " + ", ".join(others) if others else ""}</text>'
            )
        top += height + GAP
    parts += arrows(uses, bands)
    style = (
        "text{font:12px sans-serif;fill:#222}.name{font-weight:700}.uses{fill:#666}.room{fill:#f4f1ea;stroke:#b9b1a1}"
        ".folder{fill:#fff;stroke:#d8d2c6}path{fill:none;stroke-width:1.6}"
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {top}" role="img" '
        'aria-label="Map of the code: rooms, folders, and which room imports which">\n'
        f"<style>{style}</style>\n"
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0L8 4L0 8z" style="fill:#444"/></marker></defs>\n'
        f'<rect width="{WIDTH}" height="{top}" fill="#fff"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def arrows(uses: dict[str, set[str]], bands: dict[str, tuple[int, int]]) -> list[str]:
    """A curve at the right from each room to those that it imports."""
    edge, found, lane = CELL * ACROSS + 30, [], 0
    pairs = sorted(
        {(name.split("/")[0], other.split("/")[0]) for name, others in uses.items() for other in others},
        key=lambda pair: (ROOMS.index(pair[0]), ROOMS.index(pair[1])),
    )
    for one, other in pairs:
        if one == other:
            continue
        near = ROOMS.index(other) - ROOMS.index(one)
        lane += 1
        start = bands[one][0] + 12 + (bands[one][1] - 24) * near / len(ROOMS)
        stop = bands[other][0] + 12 + (bands[other][1] - 24) * (len(ROOMS) - near) / (len(ROOMS) + 1)
        out = edge + 20 + 22 * abs(near)
        way = f"M{edge} {start:.0f}C{out} {start:.0f} {out} {stop:.0f} {edge + 2} {stop:.0f}"
        colour = COLOURS[one] if near > 0 else "#c00"
        found.append(
            f'<path d="{way}" style="stroke:{colour}" class="{"down" if near > 0 else "up"}" marker-end="url(#tip)"/>'
        )
    return found


if __name__ == "__main__":
    DRAWN.write_text(drawn())
    print(f"{DRAWN.relative_to(ROOT)}: {len(imports())} folders", file=sys.stderr)
