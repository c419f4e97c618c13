"""What happened to the machines' rows, for whoever rests on them; sent after the transaction, never lost silently.

`orbit_changed`: a newer orbit solution became the default of a body.  Keywords: ``designation``,
``solution_id``, ``previous`` (empty for the first one).
"""

from django.dispatch import Signal

orbit_changed = Signal()
