"""Charts in other spellings: files of claims' charts and of the site's, references, and the frame for other pages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from claims.delivery import keep, open_data, with_last_modified
from claims.document import LICENCE
from claims.drawings import chart_of
from claims.exports.chart_files import CHART_FILES
from claims.exports.chart_parts import about, reference, references_of
from claims.exports.citation_formats import CITATION_FORMATS, own_reference
from claims.exports.frames import framed
from claims.exports.named_files import named_file
from claims.exports.views import pinned_version
from claims.generation import generation_of
from claims.problems import problem
from claims.site_charts.contract import SiteChart
from claims.site_charts.registry import site_chart
from claims.templatetags.figures import pictures


def _named(request: HttpRequest, key: str) -> SiteChart | HttpResponse:
    """A chart of the site, or the problem that stands in its place."""
    found = site_chart(key, generation_of(request))
    return found or problem(404, "there is no chart of this name, or nothing to draw")


@open_data
def chart_file(request: HttpRequest, key: str, extension: str) -> HttpResponse:
    """A chart of the site as a table, a picture, or all of it as JSON."""
    found = _named(request, key)
    if isinstance(found, HttpResponse):
        return found
    form = CHART_FILES[extension]
    response = named_file(
        form.writes(found.chart, about(found)), form.media_type, f"hyperbole-{key}.{extension}"
    )
    response["Link"] = f'<{found.url}>; rel="canonical"; type="text/html"'
    return response


@open_data
def chart_references(request: HttpRequest, key: str, whose: str, extension: str) -> HttpResponse:
    """Our reference to a chart as it is now (``cite``), or the works its values were read in (``sources``)."""
    found = _named(request, key)
    if isinstance(found, HttpResponse):
        return found
    works = [reference(found)] if whose == "cite" else references_of(found.chart.sources)
    if not works:
        return problem(404, "this chart is computed: its origins stand in its JSON")
    form = CITATION_FORMATS[extension]
    return named_file(form.writes(works), form.media_type, f"hyperbole-{key}-{whose}.{extension}")


@open_data
def version_chart(request: HttpRequest, slug: str, number: int, extension: str) -> HttpResponse:
    """The chart of one version of a claim as a file."""
    version = pinned_version(slug, number)
    if isinstance(version, HttpResponse):
        return version
    chart = chart_of(version)
    if chart is None:
        return problem(404, "this version has no number that a chart could show")
    form = CHART_FILES[extension]
    own = own_reference(version.document or {}, version.content_sha256)
    told = {"id": f"{slug}-v{number}", "url": own.url, "as_of": (version.document or {})["evidence_cutoff"], "license": LICENCE}  # fmt: skip
    response = named_file(form.writes(chart, told), form.media_type, f"{slug}-v{number}-chart.{extension}")
    response["Link"] = f'<{own.url}>; rel="canonical"; type="text/html"'
    # the facts are frozen, the drawing of them may still be corrected: so not immutable
    return with_last_modified(response, version.published_at)


def chart_embed(request: HttpRequest, key: str) -> HttpResponse:
    """A chart of the site as it is now, to be framed by anybody."""
    found = _named(request, key)
    if isinstance(found, HttpResponse):
        return framed(found)
    context = {
        "found": found,
        "chart": found.chart,
        "moved": request.GET.get("data", found.edition) != found.edition,
        **pictures(found.chart),
    }
    return keep(framed(render(request, "embed/chart.html", context)))
