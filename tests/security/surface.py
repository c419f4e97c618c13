"""Every kind of address that the site answers, one example each."""

PUBLIC = (
    "/", "/claims/", "/claims/manhattan-sized/", "/claims/manhattan-sized/v/1/", "/claims/manhattan-sized/history/",
    "/objects/", "/objects/3I/", "/measurements/", "/sources/", "/archives/", "/corrections/", "/method/", "/status/",
)  # fmt: skip
MACHINES = (
    "/feed.json", "/feed.atom", "/changes.json", "/changes.atom", "/objects/3I/feed.json", "/claims/feed.json",
    "/api/v1/claims/", "/api/v1/claims/manhattan-sized/", "/api/v1/openapi.json", "/api/v1/docs", "/sitemap.xml",
    "/robots.txt", "/.well-known/security.txt", "/opensearch.xml", "/claims/manhattan-sized/card.png",
    "/oembed?url=http://127.0.0.1:8000/claims/manhattan-sized/&format=json",
)  # fmt: skip
FRAMES = ("/claims/manhattan-sized/embed/", "/claims/manhattan-sized/v/1/embed/")
PRIVATE = ("/admin/", "/admin/login/", "/admin/claims/claim/")
PROBES = ("/healthz", "/readyz")
MISSING = ("/nowhere/", "/claims/no-such-claim/", "/api/v1/nowhere")
EVERYTHING = (*PUBLIC, *MACHINES, *FRAMES, *PRIVATE, *PROBES, *MISSING)
