"""What an editor does about each reason for which a verdict may be out of date."""

from __future__ import annotations

from typing import Any

from claims.desk.contract import Reason
from claims.scales import STALE_REASONS

TODO = {
    "review_due": "Read the evidence again and publish the next version, also when nothing changed.",
    "check_changed": "Compare the new run with the verdict; a check's outcome is an argument and not the verdict.",
    "key_number_moved": "Put the new number beside the claimed one and say whether the verdict still follows.",
    "orbit_changed": "Look at the runs with the new orbit solution; where no outcome moved, say so in a new version.",
    "archive_transition": "Open the campaign on the archive board, then say what the release means for the claim.",
    "source_changed": "Read the source as it stands now, and say whether what was taken from it still stands there.",
    "source_vanished": "Read the archived copy if there is one; cite it, or carry the verdict on another source.",
    "source_corrected": "Read the notice; take over corrected numbers as new measurements, and say what follows.",
    "source_retracted": "Weigh the verdict without this source, and publish what is left.",
    "measurement_superseded": "Replace the superseded measurement by its successor, or note why it stays.",
}


def stale_reason(mark: dict[str, Any]) -> Reason:
    """A standing mark (of `claims.live.stale_reasons`) as the desk says it."""
    code = mark["reason"]
    label = STALE_REASONS[code]
    return Reason(f"{label[:1].upper()}{label[1:]}: {mark['detail']}", TODO[code], mark["since"])
