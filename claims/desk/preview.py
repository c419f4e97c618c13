"""A version as it would be published now, in memory only."""

from __future__ import annotations

from datetime import datetime

from claims.document import claim_document, document_sha256, version_chart_subject
from claims.models import VerdictVersion
from claims.records import to_json


def previewed(version: VerdictVersion, at: datetime) -> VerdictVersion:
    """``version`` with the document that its publication at ``at`` would freeze; never saved."""
    if version.state == "published":
        return version
    version.document = claim_document(version, at)
    version.chart_subject = to_json(version_chart_subject(version))
    version.content_sha256 = document_sha256(version.document, version.chart_subject)
    return version
