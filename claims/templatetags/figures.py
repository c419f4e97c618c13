"""Charts in templates: one component for every chart, whatever it belongs to."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from claims.drawings import ShownChart
from claims.exports.chart_parts import ChartParts, of_site_chart
from claims.site_charts.contract import SiteChart
from claims.templatetags.hyperbole import script_text

register = template.Library()


def pictures(drawing: ShownChart) -> dict[str, SafeString]:
    """The two pictures of a chart as markup."""
    # our own writer's: every text in them was escaped when they were drawn
    return {"wide": mark_safe(drawing.wide), "narrow": mark_safe(drawing.narrow)}  # noqa: S308


@register.inclusion_tag("includes/chart.html")
def chart(drawing: ShownChart, parts: ChartParts | None = None) -> dict[str, Any]:
    """A drawn chart: finding, picture, the same as a table, what can be taken of it, and its figure for the script."""
    return {
        "drawing": drawing,
        **pictures(drawing),
        "figure": script_text(drawing.figure),
        "parts": parts,
    }


@register.inclusion_tag("includes/chart.html")
def site_chart(found: SiteChart) -> dict[str, Any]:
    """A chart that belongs to no claim, with its origins, files, references and frame."""
    return chart(found.chart, of_site_chart(found))


@register.inclusion_tag("includes/chart.html", takes_context=True)
def scene(context: dict[str, Any], found: SiteChart) -> dict[str, Any]:
    """The path of an object: the plan as a picture, over which a script draws the scene in three dimensions."""
    kept = {name: context[name] for name in ("body", "scene_from", "viewpoints")}
    return {
        "drawing": found.chart,
        **pictures(found.chart),
        "parts": of_site_chart(found),
        "scene": kept,
    }


@register.simple_tag
def spark(picture: str) -> SafeString:
    """A small chart, which our own writer drew."""
    return mark_safe(picture)  # noqa: S308  every text in it was escaped when it was drawn
