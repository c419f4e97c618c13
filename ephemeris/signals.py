"""What happened to the machines' rows, for whoever rests on them.

`orbit_changed`: a newer orbit solution became the default of a body; sent within the transaction.
Keywords: ``designation``, ``solution_id``, ``previous`` (empty for the first one).
`archive_status_changed`: what an archive holds of a campaign changed its state; sent within the transaction.
Keyword: ``change``, the row.
"""

from django.dispatch import Signal

orbit_changed = Signal()
archive_status_changed = Signal()
