"""Pages that anybody may frame: what they may load, what their headers say, and the markup that frames them."""

from __future__ import annotations

from html import escape

from django.http import HttpResponse
from django.urls import reverse

from claims.addresses import absolute
from claims.exports.chart_files import size_of
from claims.site_charts.contract import SiteChart

CHART_WIDTH = 760
# around the picture: title, finding, caption and the line below
CHART_MORE = 260

# an embedded page loads only our own stylesheet and pictures, and runs nothing
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors *"
)


def framed(response: HttpResponse) -> HttpResponse:
    """The answer with the headers of an embedded page."""
    response["Content-Security-Policy"] = POLICY
    # the policy above says who may frame it; the older header could only forbid
    response.xframe_options_exempt = True
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def frame_markup(address: str, width: int, height: int, title: str) -> str:
    """A frame as somebody pastes it: a plain text and not markup, since pages print it for copying."""
    return (
        f'<iframe src="{escape(address)}" width="{width}" height="{height}" title="{escape(title)}"></iframe>'
    )


def chart_frame_size(found: SiteChart) -> tuple[int, int]:
    """How large a frame shows the whole chart."""
    return CHART_WIDTH, size_of(found.chart)[1] + CHART_MORE


def chart_frame(found: SiteChart, size: tuple[int, int] | None = None) -> str:
    """The markup that shows a chart on somebody else's page."""
    width, height = size or chart_frame_size(found)
    address = absolute(reverse("chart-embed", args=[found.key]))
    return frame_markup(address, width, height, found.chart.title)
