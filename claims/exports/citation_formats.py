"""References in the forms that reference managers read: ours to a pinned version, and the data producers'.

Our own reference names the pinned version, whose bytes never change, and the digest of its content.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from claims.addresses import absolute, pinned_url

PUBLISHER = "Hyperbole: the reviewed record of claims about interstellar objects"
# what BibTeX would take for its own syntax
BIBTEX = {
    "\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "{}$&#%_"},
}  # fmt: skip
BIBTEX_KINDS = {"peer_reviewed": "article", "preprint": "article"}
CSL_KINDS = {"peer_reviewed": "article-journal", "preprint": "article", "social": "post", "blog": "post-weblog", "press": "article-newspaper", "data_service": "dataset", "catalogue": "dataset"}  # fmt: skip
RIS_KINDS = {"peer_reviewed": "JOUR", "preprint": "UNPB", "data_service": "DATA", "catalogue": "DATA", "press": "NEWS", "blog": "BLOG"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reference:
    """One work to cite; ``date`` is (year,) or (year, month, day), empty where no year is known."""

    key: str
    kind: str
    title: str
    author: str
    date: tuple[int, ...]
    container: str = ""
    url: str = ""
    doi: str = ""
    arxiv: str = ""
    version: str = ""
    note: str = ""


def own_reference(document: dict[str, Any], sha256: str) -> Reference:
    """The pinned version that ``document`` is."""
    published = datetime.fromisoformat(document["published_at"])
    return Reference(
        key=f"hyperbole-{document['slug']}-v{document['version']}",
        kind="own",
        title=f"{document['title']}: {document['verdict_label'].lower()} (version {document['version']})",
        author="Hyperbole",
        date=(published.year, published.month, published.day),
        container=PUBLISHER,
        url=pinned_url(document["slug"], document["version"]),
        version=str(document["version"]),
        note=f"sha256 {sha256}",
    )


def producers_references(document: dict[str, Any]) -> list[Reference]:
    """The sources that the evidence of ``document`` rests on, each once."""
    found = {entry["source"]["key"]: entry["source"] for entry in document["evidence"] if entry.get("source")}
    return [
        Reference(
            key=source["key"],
            kind=source["kind"],
            title=source["title"],
            author=source["authors"],
            date=(source["year"],) if source.get("year") else (),
            url=source.get("url") or "",
            doi=source.get("doi") or "",
            arxiv=source.get("arxiv") or "",
        )
        for source in found.values()
    ]


def plain(references: Sequence[Reference]) -> str:
    """One reference a line."""
    lines = []
    for work in references:
        year = f" ({work.date[0]})" if work.date else ""
        parts = [f"{work.author}{year}. {work.title}.", f"{work.container}." if work.container else ""]
        parts += [
            f"https://doi.org/{work.doi}" if work.doi else work.url,
            f"({work.note})" if work.note else "",
        ]
        lines.append(" ".join(part for part in parts if part))
    return "".join(f"{line}\n" for line in lines)


def bibtex(references: Sequence[Reference]) -> str:
    """BibTeX; titles and authors stand in a second pair of braces, so that they stay as written."""

    def quoted(text: str) -> str:
        return "".join(BIBTEX.get(sign, sign) for sign in text)

    entries = []
    for work in references:
        fields = {
            "title": f"{{{quoted(work.title)}}}",
            "author": f"{{{quoted(work.author)}}}",
            "year": str(work.date[0]) if work.date else "",
            "howpublished": quoted(work.container),
            "doi": quoted(work.doi),
            "eprint": work.arxiv,
            "archiveprefix": "arXiv" if work.arxiv else "",
            "url": work.url,
            "version": work.version,
            "note": quoted(work.note),
        }
        lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
        key = re.sub(r"[^A-Za-z0-9.:_+-]", "", work.key)
        entries.append(f"@{BIBTEX_KINDS.get(work.kind, 'misc')}{{{key},\n{lines}\n}}\n")
    return "\n".join(entries)


def csl_json(references: Sequence[Reference]) -> str:
    """CSL-JSON 1.0.2, a list."""
    items: list[dict[str, Any]] = []
    for work in references:
        item: dict[str, Any] = {
            "id": work.key,
            "type": CSL_KINDS.get(work.kind, "webpage"),
            "title": work.title,
            "author": [{"literal": work.author}],
            "container-title": work.container,
            "URL": work.url,
            "DOI": work.doi,
            "version": work.version,
            "note": " ".join(filter(None, [work.note, f"arXiv:{work.arxiv}" if work.arxiv else ""])),
        }
        if work.date:
            item["issued"] = {"date-parts": [list(work.date)]}
        items.append({name: value for name, value in item.items() if value})
    return orjson.dumps(items, option=orjson.OPT_INDENT_2).decode() + "\n"


def ris(references: Sequence[Reference]) -> str:
    """RIS, one tag a line; a value may not hold a line break."""
    lines = []
    for work in references:
        year = str(work.date[0]) if work.date else ""
        day = "/".join(
            [year, *(f"{number:02d}" for number in work.date[1:]), *[""] * (4 - max(len(work.date), 1))]
        )
        tags = [
            ("TY", RIS_KINDS.get(work.kind, "ELEC")),
            ("TI", work.title),
            ("AU", work.author),
            ("PY", year),
            ("DA", day if work.date else ""),
            ("T2", work.container),
            ("DO", work.doi),
            ("ET", work.version),
            ("UR", work.url),
            ("N1", work.note),
        ]
        lines += [f"{tag}  - {' '.join(value.split())}" for tag, value in tags if value]
        lines += ["ER  - ", ""]
    return "\r\n".join(lines)


@dataclass(frozen=True, slots=True)
class CitationFormat:
    """A form of reference lists: extension, media type, label, and how it is written."""

    extension: str
    media_type: str
    label: str
    writes: Callable[[Sequence[Reference]], str]


CITATION_FORMATS = {
    form.extension: form
    for form in (
        CitationFormat("txt", "text/plain; charset=utf-8", "Plain text", plain),
        CitationFormat("bib", "application/x-bibtex; charset=utf-8", "BibTeX", bibtex),
        CitationFormat("csl.json", "application/vnd.citationstyles.csl+json", "CSL-JSON", csl_json),
        CitationFormat("ris", "application/x-research-info-systems; charset=utf-8", "RIS", ris),
    )
}


def citation_links(document: dict[str, Any]) -> list[dict[str, str]]:
    """Every form of our reference and of the producers', for the citation box of a version's page."""
    base = absolute(f"/claims/{document['slug']}/v/{document['version']}")
    return [
        {
            "label": form.label,
            "cite": f"{base}/cite.{form.extension}",
            "sources": f"{base}/sources.{form.extension}",
        }
        for form in CITATION_FORMATS.values()
    ]
