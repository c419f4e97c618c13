"""What templates may say: numbers, moments, verdicts, tiers and charts, each printed in one way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

import orjson
from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.dates import MONTHS_AP
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from charts.labels import body_name
from charts.numbers import NBSP, format_asserted, format_time, format_value
from charts.units import subscript_formula
from claims import scales
from science.records import AssertedRecord
from science.vocabulary import QUANTITIES

register = template.Library()

_MINUS = re.compile(r"(?<=[\s(=])-(?=\d)")
# a data block may not end its own element, whatever a text says
_SCRIPT_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def figure(number: Any) -> str:
    """A number with its error or limit and its unit: of a frozen document, or of a measurement row."""
    if not number:
        return ""
    if not isinstance(number, Mapping):
        return _row_figure(number)
    if "relation" in number:
        return format_asserted(
            AssertedRecord(
                quantity="",
                value=number["value"],
                unit=number["unit"],
                relation=number["relation"],
                value_time=number.get("value_time"),
            )
        )
    if number.get("value_time"):
        return format_time(number["value_time"])
    return format_value(
        number["value"],
        number.get("plus"),
        number.get("minus"),
        number.get("limit") or "value",
        number.get("unit") or "",
        number.get("as_printed"),
        error_kind=number.get("error_kind"),
    )


def _row_figure(row: Any) -> str:
    if row.value_time:
        return format_time(row.value_time)
    if row.value is None:
        return str(row.get_presence_display())
    return format_value(
        row.value, row.plus, row.minus, row.limit, row.unit, row.as_printed or None,
        error_kind=row.error_kind or None,
    )  # fmt: skip


@register.filter
def plain_number(value: float | None, unit: str = "") -> str:
    """A single number in its unit; empty where it is missing."""
    return "" if value is None else format_value(value, unit=unit)


@register.filter
def brief_number(value: float | None, unit: str = "") -> str:
    """A single number in four digits, for an overview."""
    return "" if value is None else format_value(float(f"{value:.4g}"), unit=unit)


@register.filter
def clock(hours: float | None) -> str:
    """A time of day in hours as a clock shows it."""
    if hours is None:
        return ""
    seconds = round(hours * 3600.0) % 86_400
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


@register.filter
def quantity(key: str) -> str:
    """A quantity of the vocabulary in words, with a capital."""
    kind = QUANTITIES.get(key)
    title = kind.title if kind else key.replace("_", " ")
    return title[:1].upper() + title[1:]


@register.filter
def formula(text: str) -> str:
    """A sentence with the counts of chemical formulae lowered and true minus signs."""
    return subscript_formula(_MINUS.sub("\u2212", text))


@register.filter
def words(code: str, scale: str) -> str:
    """What a code means on one of the scales of `claims.scales`."""
    meaning = str(getattr(scales, scale).get(code, code))
    return gettext(meaning) if meaning else ""


@register.filter
def translated(text: object) -> str:
    """A label of a scale or of a column's choices in the language of the page."""
    return gettext(str(text)) if text else ""


@register.filter
def verdict_label(slug: str) -> str:
    """A verdict in words alone, for lists of the desk."""
    return scales.VERDICTS[slug].label


_ARCHIVES = {
    "mast": "MAST", "psa": "ESA Planetary Science Archive", "pds": "NASA Planetary Data System", "eso": "ESO archive",
    "alma": "ALMA archive", "irsa": "IRSA", "heasarc": "HEASARC", "xsa": "XMM-Newton archive",
    "mpc": "Minor Planet Center", "gemini": "Gemini archive", "koa": "Keck archive",
    "mission": "mission's own pages", "manual": "no archive that answers questions",
}  # fmt: skip


@register.filter
def archive_name(code: str) -> str:
    """An archive by the name that astronomers use."""
    return _ARCHIVES.get(code, code)


@register.filter
def months(span: str) -> str:
    """An expected release in words: ``2026-04/2026-10`` is ``Apr 2026 to Oct 2026``."""
    return " to ".join(format_time(part, short=True) for part in span.split("/"))


@register.filter
def spaced(code: str) -> str:
    """A machine's name as words."""
    return str(code).replace("_", " ")


@register.simple_tag
def english() -> SafeString:
    """The language of an element that holds words of the record, on a page in another language."""
    return mark_safe("" if get_language() == settings.LANGUAGE_CODE else ' lang="en"')  # noqa: S308  a constant


_DAY = re.compile(r"(?:(\d{1,2})([ \u00a0]))?\b([A-Z][a-z]{2})([ \u00a0])(\d{4})\b")
_MONTHS = {f"{date(2000, number, 1):%b}": number for number in range(1, 13)}


def _in_language(text: str) -> str:
    """A printed day with the month as the page's language writes it."""
    if get_language() == settings.LANGUAGE_CODE:
        return text

    def month(found: re.Match[str]) -> str:
        number = _MONTHS.get(found[3])
        if number is None:
            return found[0]
        # in German a day is an ordinal
        before = f"{found[1]}.{found[2]}" if found[1] else ""
        return f"{before}{MONTHS_AP[number]}{found[4]}{found[5]}"

    return _DAY.sub(month, text)


@register.simple_tag
def when(moment: datetime | date | str | None) -> SafeString | str:
    """A day or an instant (UTC) in words, as precise as it is known, with its machine spelling."""
    if not moment:
        return ""
    if isinstance(moment, str) and "T" in moment:
        moment = datetime.fromisoformat(moment)
    if isinstance(moment, datetime):
        utc = moment.astimezone(UTC)
        # a plain space before the clock lets a narrow column break there
        text = f"{_in_language(format_time(f'{utc:%Y-%m-%d}', short=True))} {utc:%H:%M}{NBSP}UTC"
        return format_html('<time datetime="{}Z">{}</time>', f"{utc:%Y-%m-%dT%H:%M}", text)
    iso = moment if isinstance(moment, str) else moment.isoformat()
    return format_html('<time datetime="{}">{}</time>', iso, _in_language(format_time(iso, short=True)))


@register.simple_tag
def day(moment: datetime | str | None) -> SafeString | str:
    """The day of an instant, in words."""
    if not moment:
        return ""
    iso = moment[:10] if isinstance(moment, str) else moment.astimezone(UTC).date().isoformat()
    return format_html('<time datetime="{}">{}</time>', iso, _in_language(format_time(iso, short=True)))


@register.simple_tag
def period(start: datetime | date | None, end: datetime | date | None) -> SafeString | str:
    """The days from ``start`` to ``end``, or the one day where they are the same."""
    first, last = _utc_day(start), _utc_day(end)
    if first is None or last is None or first == last:
        return when(first or last)
    return format_html(gettext("{} to {}"), when(first), when(last))


def _utc_day(moment: datetime | date | None) -> date | None:
    return moment.astimezone(UTC).date() if isinstance(moment, datetime) else moment


@register.filter
def body(designation: str) -> str:
    """An object or comparison body as a reader knows it."""
    return body_name(designation)


@register.inclusion_tag("includes/nav_link.html", takes_context=True)
def nav_link(context: dict[str, Any], name: str, label: str, key: str = "") -> dict[str, str]:
    """A link of the main navigation, marked where the reader is on its page or below it; g and ``key`` lead there."""
    address, request = reverse(name), context.get("request")
    here = request.path if request else ""
    current = "page" if here == address else "true" if here.startswith(address) else ""
    return {"address": address, "label": label, "current": current, "key": key}


@register.inclusion_tag("includes/verdict.html")
def verdict(slug: str) -> dict[str, Any]:
    """A verdict as shape, word and colour."""
    return {"verdict": scales.VERDICTS[slug]}


@register.inclusion_tag("includes/tier.html")
def tier(number: int | None) -> dict[str, Any]:
    """How close a source is to the data, from 1 (archive data) to 7 (blog)."""
    steps = [number is not None and step >= number for step in sorted(scales.TIERS, reverse=True)]
    return {"number": number, "steps": steps, "meaning": scales.TIERS.get(number or 0, "")}


def script_text(value: Any) -> SafeString:
    """A value as JSON that may stand inside a script element."""
    text = orjson.dumps(value).decode().translate(_SCRIPT_ESCAPES)
    return mark_safe(text)  # noqa: S308  < > and & are escaped


@register.simple_tag
def json_ld(value: dict[str, Any]) -> SafeString:
    """A schema.org document as a data block, which browsers read and never run."""
    return format_html('<script type="application/ld+json">{}</script>', script_text(value))
