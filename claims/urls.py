"""Addresses of the public site: pages, which exist in every language of the interface, and everything else."""

from django.urls import URLPattern, URLResolver, include, path, register_converter

from claims.views import (
    archives,
    charts,
    check,
    claim,
    claim_list,
    dashboard,
    external,
    measurements,
    objects,
    readings,
    record,
    report,
    sky,
    sources,
    style,
)


class KeyConverter:
    """A bibcode, a designation or a slug."""

    regex = r"[A-Za-z0-9._&+-]{1,96}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class VersionConverter(KeyConverter):
    """The number of a version, small enough for every database."""

    regex = r"[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:  # type: ignore[override]
        return int(value)

    def to_url(self, value: int) -> str:  # type: ignore[override]
        return str(value)


register_converter(KeyConverter, "key")
register_converter(VersionConverter, "version")

pages: list[URLPattern | URLResolver] = [
    path("", dashboard.dashboard, name="dashboard"),
    path("claims/", claim_list.claim_list, name="claims"),
    path("claims/<slug:slug>/", claim.claim, name="claim"),
    path("claims/<slug:slug>/v/<version:number>/", claim.pinned, name="claim-version"),
    path("claims/<slug:slug>/history/", claim.history, name="claim-history"),
    path("objects/", objects.object_list, name="objects"),
    path("objects/compare/", objects.compare, name="compare"),
    path("objects/<key:designation>/", objects.small_body, name="object"),
    path("objects/<key:designation>/sky/", sky.sky, name="sky"),
    path("objects/<key:designation>/scene.json", objects.scene, name="scene"),
    path("objects/<key:designation>/solutions/", objects.solutions, name="solutions"),
    path("measurements/", measurements.measurement_list, name="measurements"),
    path("measurements/<slug:key>/", measurements.measurement, name="measurement"),
    path("sources/", sources.source_list, name="sources"),
    path("sources/<key:key>/", sources.source, name="source"),
    path("readings/", readings.reading_list, name="readings"),
    path("readings/<key:key>/", readings.reading, name="reading"),
    path("archives/", archives.archives, name="archives"),
    path("archives/<slug:key>/", archives.campaign, name="campaign"),
    path("charts/<slug:key>/", charts.chart, name="chart"),
    path("check/", check.check, name="check"),
    path("check/wrong/", check.wrong_match, name="wrong-match"),
    path("corrections/", record.corrections, name="corrections"),
    path("method/", record.method, name="method"),
    path("method/style/", style.style, name="style"),
    path("status/", record.status, name="status"),
    path("review/<str:token>/", external.review, name="external-review"),
    path("review/<str:token>/thanks/", external.thanks, name="external-review-thanks"),
    path("report/", report.report, name="report"),
    path("report/thanks/", report.thanks, name="report-thanks"),
    # further pages stand above this line
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("claims.feeds.urls")),
    path("", include("claims.exports.urls")),
    path("api/", include("claims.api.urls")),
]
