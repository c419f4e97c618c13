"""The addresses of a claim's other spellings, and of what the site tells programs about itself."""

from django.urls import URLPattern, path

from claims.exports import chart_views, site_notes, views
from claims.exports.chart_files import CHART_FILES
from claims.exports.citation_formats import CITATION_FORMATS

urlpatterns: list[URLPattern] = [
    path("claims/<slug:slug>.json", views.claim_json, name="claim-json"),
    path("claims/<slug:slug>.csv", views.claim_csv, name="claim-csv"),
    path("claims/<slug:slug>/v/<version:number>.json", views.version_json, name="claim-version-json"),
    path("claims/<slug:slug>/card.png", views.card, name="claim-card"),
    path("claims/<slug:slug>/embed/", views.embed, name="claim-embed"),
    path("claims/<slug:slug>/v/<version:number>/embed/", views.pinned_embed, name="claim-version-embed"),
    path("charts/<slug:key>/embed/", chart_views.chart_embed, name="chart-embed"),
    path("oembed", views.oembed, name="oembed"),
    path("data/hyperbole.zip", views.bulk, name="bulk"),
    path("robots.txt", site_notes.robots, name="robots"),
    path("sitemap.xml", site_notes.sitemap, name="sitemap"),
    path("sitemap-pages.xml", site_notes.sitemap_of_pages, name="sitemap-pages"),
    path("sitemap-claims-<int:number>.xml", site_notes.sitemap_of_claims, name="sitemap-claims"),
    path("opensearch.xml", site_notes.opensearch, name="opensearch"),
    path("manifest.webmanifest", site_notes.manifest, name="manifest"),
    path("favicon.ico", site_notes.favicon, name="favicon"),
    path(".well-known/security.txt", site_notes.security, name="security-txt"),
]
for extension in CHART_FILES:
    urlpatterns += [
        path(
            f"charts/<slug:key>.{extension}",
            chart_views.chart_file,
            {"extension": extension},
            name=f"chart-{extension}",
        ),
        path(
            f"claims/<slug:slug>/v/<version:number>/chart.{extension}",
            chart_views.version_chart,
            {"extension": extension},
            name=f"claim-chart-{extension}",
        ),
    ]
for extension in CITATION_FORMATS:
    urlpatterns += [
        path(
            f"charts/<slug:key>/{whose}.{extension}",
            chart_views.chart_references,
            {"whose": whose, "extension": extension},
            name=f"chart-{whose}-{extension}",
        )
        for whose in ("cite", "sources")
    ]
    urlpatterns += [
        path(
            f"claims/<slug:slug>/v/<version:number>/{whose}.{extension}",
            views.references,
            {"whose": whose, "extension": extension},
            name=f"{whose}-{extension}",
        )
        for whose in ("cite", "sources")
    ]
