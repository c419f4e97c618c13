"""From observation to publication: when each campaign observed, and when the public first saw of it.

A row for each observing campaign: the observing run, the first public image, data or statement, the
archive release, and an expected release as what it is, arithmetic on a rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from charts.figure import compose
from charts.labels import capitalised, row_label, shortened, source_label, source_link
from charts.numbers import NBSP, format_asserted, format_measurement, format_time
from charts.panels import Band, Interval, Mark, Row, RowPanel
from charts.registry import Chart
from charts.wording import measured_line, spoken_list
from science.records import CampaignRecord, ChartSubject, Drawing, MeasurementRecord, TableRow
from science.vocabulary import QUANTITIES

# the last cell carries the link of the row's source, which is one of the first publication
_COLUMNS = ("What", "Observed", "Archive release", "Days between", "First public")
_EVENTS = ("event_epoch", "close_approach_epoch", "discovery_epoch", "perihelion_epoch")


def draws(subject: ChartSubject) -> Drawing | None:
    """Return the timeline of a claim's campaigns and releases, None if none is dated."""
    campaigns = sorted(
        (row for row in subject.campaigns if row.observed_from or row.first_public),
        key=lambda row: row.observed_from or row.first_public or date.max,
    )
    releases = [row for row in _releases(subject) if not _covered(row, campaigns)]
    if not campaigns and not releases:
        return None
    rows = [_campaign_row(row) for row in campaigns]
    rows += [_release_row(row, subject) for row in releases]
    rows += [_event_row(row, subject) for row in _events(subject)]
    lines = [_campaign_line(row) for row in campaigns] + [_release_line(row) for row in releases]
    lines += [_event_line(row, subject) for row in _events(subject)]
    lines += [
        TableRow((f"Claimed: {QUANTITIES[claim.quantity].title}", format_asserted(claim), claim.note, "", ""))
        for claim in subject.asserted
        if format_asserted(claim)
    ]
    return Drawing(
        name="release_timeline",
        title="From observation to publication",
        figure=compose([RowPanel("Date (UTC)", "date", tuple(rows), bands=_bands(subject))]),
        columns=_COLUMNS,
        rows=tuple(lines),
        finding=_finding(campaigns, releases, subject),
        caption=_caption(campaigns, releases),
    )


def _releases(subject: ChartSubject) -> list[MeasurementRecord]:
    return [row for row in subject.measurements if row.quantity == "public_release_epoch" and row.value_time]


def _events(subject: ChartSubject) -> list[MeasurementRecord]:
    return [
        row
        for row in subject.measurements
        if row.quantity in _EVENTS
        and row.value_time
        and len(row.value_time) >= 10
        and row.key in subject.cited_keys
    ]


def _covered(row: MeasurementRecord, campaigns: Sequence[CampaignRecord]) -> bool:
    """Whether a campaign on the chart already shows this release: same instrument, same first day."""
    names = [name.strip() for name in (row.instrument or "").split(",") if name.strip()]
    return any(
        any(name in campaign.instrument for name in names)
        and campaign.first_public is not None
        and campaign.first_public.isoformat() == (row.value_time or "")[:10]
        for campaign in campaigns
    )


def _span(start: date | None, end: date | None) -> str:
    if start is None:
        return "dates not read"
    first = format_time(start.isoformat(), short=True)
    if end is None or end == start:
        return first
    return f"{first} to {format_time(end.isoformat(), short=True)}"


def _days_between(observed: date | None, public: date | None) -> int | None:
    """Days from the start of observing to the first release; None where a plan was announced before."""
    if observed is None or public is None or public < observed:
        return None
    return (public - observed).days


def _days(number: int) -> str:
    return f"{number}{NBSP}{'day' if number == 1 else 'days'}"


def _campaign_row(campaign: CampaignRecord) -> Row:
    marks: list[Mark | Interval] = []
    observed = _span(campaign.observed_from, campaign.observed_to)
    if campaign.observed_from is not None:
        end = (campaign.observed_to or campaign.observed_from) + timedelta(days=1)
        hover = f"{campaign.facility}: observed {observed}"
        marks.append(Interval(campaign.observed_from.isoformat(), end.isoformat(), "measured", hover))
    days = _days_between(campaign.observed_from, campaign.first_public)
    text = ""
    if campaign.first_public is not None:
        kind = campaign.first_public_kind or "release"
        when = format_time(campaign.first_public.isoformat(), short=True)
        hover = f"{campaign.facility}: first public {kind}, {when}"
        marks.append(Mark(campaign.first_public.isoformat(), "released", hover=hover, symbol="diamond"))
        text = f"{_days(days)}, {kind}" if days is not None else f"{kind} beforehand"
    if campaign.archive_release is not None:
        when = format_time(campaign.archive_release.isoformat(), short=True)
        hover = f"{campaign.facility}: archive release {when}"
        marks.append(Mark(campaign.archive_release.isoformat(), "released", hover=hover, symbol="square"))
    note = f"{shortened(campaign.instrument, 26)}, {observed}"
    if campaign.expected_release and campaign.archive_release is None:
        # a date by rule lies months ahead: drawn, it would squeeze everything that happened
        note += f"; archive by rule {_expected(campaign.expected_release)}"
    return Row(campaign.facility, note, text, tuple(marks))


def _release_row(row: MeasurementRecord, subject: ChartSubject) -> Row:
    marks: list[Mark | Interval] = []
    note = source_label(row.citation)
    days = None
    public = date.fromisoformat((row.value_time or "")[:10])
    if row.observed_from is not None:
        end = row.observed_to or row.observed_from
        hover = f"Observed {_span(row.observed_from.date(), end.date())}"
        stop = end.date() + timedelta(days=1)
        marks.append(Interval(row.observed_from.date().isoformat(), stop.isoformat(), "measured", hover))
        days = _days_between(row.observed_from.date(), public)
    label = row_label(row, subject.body)
    hover = f"{label}: first public {format_measurement(row)}"
    marks.append(Mark(public.isoformat(), "released", hover=hover, symbol="diamond"))
    text = _days(days) if days is not None else format_time(public.isoformat(), short=True)
    return Row(label, note, text, tuple(marks))


def _event_row(row: MeasurementRecord, subject: ChartSubject) -> Row:
    label = row_label(row, subject.body, with_quantity=row.subject is None)
    when = format_measurement(row)
    mark = Mark((row.value_time or "").rstrip("Z"), "other", hover=f"{label}: {when}", symbol="circle-open")
    day = format_time((row.value_time or "")[:10], short=True)
    return Row(label, source_label(row.citation), day, (mark,))


def _expected(text: str) -> str:
    """An expected release in words: ``2026-04/2026-10`` is ``Apr 2026 to Oct 2026``."""
    return " to ".join(format_time(part, short=True) for part in text.split("/"))


def _bands(subject: ChartSubject) -> tuple[Band, ...]:
    """Cited stretches of time that are no campaign, such as a funding lapse."""
    bands = []
    for row in subject.measurements:
        if (
            row.quantity == "duration"
            and row.key in subject.cited_keys
            and row.observed_from
            and row.observed_to
        ):
            if row.body == subject.body:
                continue
            start, end = row.observed_from.date().isoformat(), row.observed_to.date().isoformat()
            bands.append(Band(start, end, capitalised(row.subject or row.body)))
    return tuple(bands)


def _campaign_line(campaign: CampaignRecord) -> TableRow:
    public = ""
    if campaign.first_public is not None:
        day = format_time(campaign.first_public.isoformat(), short=True)
        public = f"{day} ({campaign.first_public_kind})" if campaign.first_public_kind else day
    days = _days_between(campaign.observed_from, campaign.first_public)
    if campaign.archive_release is not None:
        released = format_time(campaign.archive_release.isoformat(), short=True)
    else:
        released = (
            f"expected {_expected(campaign.expected_release)}" if campaign.expected_release else "not known"
        )
    return TableRow(
        (
            f"{campaign.facility}, {campaign.instrument}",
            _span(campaign.observed_from, campaign.observed_to),
            released,
            "" if days is None else str(days),
            public or "not known",
        ),
        source_link(campaign.citation) if campaign.citation else None,
        campaign.key,
    )


def _release_line(row: MeasurementRecord) -> TableRow:
    observed = row.observed_from.date() if row.observed_from else None
    until = row.observed_to.date() if row.observed_to else None
    days = _days_between(observed, date.fromisoformat((row.value_time or "")[:10]))
    cells = (
        row.subject or row.statement,
        _span(observed, until),
        "",
        "" if days is None else str(days),
        format_measurement(row),
    )
    return TableRow(cells, source_link(row.citation), row.key)


def _event_line(row: MeasurementRecord, subject: ChartSubject) -> TableRow:
    line = measured_line(row, subject.body)
    return TableRow((line.cells[0], line.cells[1], "", "", ""), line.link, line.key)


def _finding(
    campaigns: Sequence[CampaignRecord], releases: Sequence[MeasurementRecord], subject: ChartSubject
) -> str:
    parts = []
    for campaign in campaigns:
        days = _days_between(campaign.observed_from, campaign.first_public)
        if days is not None:
            kind = campaign.first_public_kind or "release"
            parts.append((days, f"{campaign.facility} {_days(days)} to the first {kind}"))
    for row in releases:
        observed = row.observed_from.date() if row.observed_from else None
        days = _days_between(observed, date.fromisoformat((row.value_time or "")[:10]))
        if days is not None:
            parts.append((days, f"{row.subject or row.body} {_days(days)}"))
    claims = [claim for claim in subject.asserted if claim.quantity == "release_interval"]
    start = f"the claim says {format_asserted(claims[0])}; " if claims else ""
    if not parts:
        names = spoken_list([f"{c.facility}, {_span(c.observed_from, c.observed_to)}" for c in campaigns])
        return (
            f"{capitalised(start)}Observing campaigns on record: {names}." if names else "Releases on record."
        )
    said = spoken_list([text for _, text in sorted(parts)], most=5)
    return f"{capitalised(start + 'from the start of observing it took ' + said)}."


def _caption(campaigns: Sequence[CampaignRecord], releases: Sequence[MeasurementRecord]) -> str:
    parts = [
        "Bar: observing run. Diamond: first public image, data or statement; days count from the start of "
        "observing to it."
    ]
    if any(campaign.archive_release for campaign in campaigns):
        parts.append("Square: archive release.")
    if any(campaign.expected_release for campaign in campaigns):
        parts.append(
            "Archive releases by rule are arithmetic, not an answer of the archive; they are not drawn."
        )
    citations = [row.citation for row in campaigns if row.citation is not None]
    citations += [row.citation for row in releases]
    names = list(dict.fromkeys(source_label(citation) for citation in citations))
    if names:
        parts.append(f"Sources: {'; '.join(names[:6])}{' and others' if len(names) > 6 else ''}.")
    return " ".join(parts)


CHART = Chart("release_timeline", "How long did it take from observation to publication?", draws)
