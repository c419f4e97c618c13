"""The questions that checks put to archives, as standing enquiries that the pollers ask.

A check of an archive's holdings names a facility and a window of days; no campaign need have observed there, and
the point may be that none did.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.text import slugify

from claims.models import ClaimCheck
from ephemeris.models import Enquiry

CHECK = "archive_holdings"
LONGEST = 96


def enquiry_key(archive: str, facility: str, window_from: str, window_to: str) -> str:
    """The key of the enquiry that asks what a check wants to know."""
    return slugify(f"{archive} {facility} {window_from[:10]} {window_to[:10]}")[:LONGEST]


def renew_enquiries() -> int:
    """Have every question of a check asked, and no other; returns how many are."""
    wanted: dict[str, dict[str, Any]] = {}
    rows = ClaimCheck.objects.filter(name=CHECK, claim__withdrawn_at=None).select_related("claim")
    for row in rows.order_by("pk"):
        asked = [str(row.params[name]) for name in ("archive", "facility", "window_from", "window_to")]
        wanted.setdefault(
            enquiry_key(*asked),
            {
                "body_id": row.claim.body_id,
                "archive": asked[0],
                "facility": asked[1],
                "window_from": date.fromisoformat(asked[2][:10]),
                "window_to": date.fromisoformat(asked[3][:10]),
                "active": True,
            },
        )
    standing = {row.key: row for row in Enquiry.objects.all()}
    for key, columns in wanted.items():
        known = standing.get(key)
        if known is None or any(getattr(known, name) != value for name, value in columns.items()):
            Enquiry.objects.update_or_create(key=key, defaults=columns)
    retired = [row.pk for key, row in standing.items() if row.active and key not in wanted]
    if retired:
        Enquiry.objects.filter(pk__in=retired).update(active=False)
    return len(wanted)
