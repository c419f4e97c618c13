"""What a reader can take of a chart: files, our reference and those of the producers, the frame to paste."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from charts.numbers import format_time
from claims.addresses import absolute
from claims.citations import pinned_citation
from claims.document import LICENCE
from claims.exports.citation_formats import (
    CITATION_FORMATS,
    PUBLISHER,
    Reference,
    citation_links,
)
from claims.exports.frames import chart_frame
from claims.exports.signposts import pinned_frame
from claims.models import VerdictVersion
from claims.site_charts.contract import Origin, SiteChart
from science.records import Citation


@dataclass(frozen=True, slots=True)
class ChartParts:
    """The parts of a chart beside picture and table; empty ones are not shown."""

    files: tuple[tuple[str, str], ...]
    citation: str
    references: tuple[dict[str, str], ...]
    frame: str
    frame_is_claim: bool = False
    origins: tuple[Origin, ...] = ()
    as_of: str = ""


def of_version(version: VerdictVersion) -> ChartParts:
    """What can be taken of the chart of a published version; the frame shows the claim with its verdict."""
    document: dict[str, Any] = version.document or {}
    base = f"/claims/{document['slug']}/v/{version.number}/chart"
    return ChartParts(
        files=_files(base),
        citation=pinned_citation(document, version.content_sha256),
        references=tuple(citation_links(document)),
        frame=pinned_frame(document),
        frame_is_claim=True,
    )


def of_site_chart(found: SiteChart) -> ChartParts:
    """What can be taken of a chart that belongs to no claim; the frame shows it as it then is."""
    base = f"/charts/{found.key}"
    return ChartParts(
        files=_files(base),
        citation=plain_reference(found),
        references=tuple(
            {
                "label": form.label,
                "cite": f"{base}/cite.{form.extension}",
                "sources": f"{base}/sources.{form.extension}" if found.chart.sources else "",
            }
            for form in CITATION_FORMATS.values()
        ),
        frame=chart_frame(found),
        origins=found.origins,
        as_of=found.as_of,
    )


def _files(base: str) -> tuple[tuple[str, str], ...]:
    return tuple((extension, f"{base}.{extension}") for extension in ("svg", "csv", "json"))


def plain_reference(found: SiteChart) -> str:
    """The chart in one sentence, with the day of its data and what tells this edition from others."""
    day = date.fromisoformat(found.as_of) if found.as_of else None
    year = f" ({day.year})" if day else ""
    data = f" As of {format_time(found.as_of)}." if day else ""
    return f"Hyperbole{year}. “{found.chart.title}”, chart.{data} {found.pinned_url} (sha256 {found.edition})"


def reference(found: SiteChart) -> Reference:
    """The edition of a chart that is drawn now."""
    day = date.fromisoformat(found.as_of) if found.as_of else None
    data = f"as of {found.as_of}; " if day else ""
    return Reference(
        key=f"hyperbole-chart-{found.key}-{found.edition[:8]}",
        kind="catalogue",
        title=f"{found.chart.title} (chart)",
        author="Hyperbole",
        date=(day.year, day.month, day.day) if day else (),
        container=PUBLISHER,
        url=found.pinned_url,
        version=found.edition,
        note=f"{data}sha256 {found.digest}",
    )


def references_of(sources: tuple[Citation, ...]) -> list[Reference]:
    """The works that the values of a chart were read in."""
    return [
        Reference(
            key=source.key,
            kind=source.kind,
            title=source.title,
            author=source.authors,
            date=(source.year,) if source.year else (),
            url=source.url or "",
            doi=source.doi or "",
            arxiv=source.arxiv or "",
        )
        for source in sources
    ]


def about(found: SiteChart) -> dict[str, Any]:
    """What the JSON of a chart says about it beside its content."""
    return {
        "id": found.key,
        "url": found.url,
        "pinned_url": found.pinned_url,
        "embed_url": absolute(f"/charts/{found.key}/embed/"),
        "page_url": absolute(found.page),
        "as_of": found.as_of or None,
        "sha256": found.digest,
        "origins": [
            {"part": row.part, "words": row.words, "url": absolute(row.link) if row.link else None}
            for row in found.origins
        ],
        "license": LICENCE,
    }
