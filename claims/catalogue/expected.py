"""Charts that claims name before the code that draws them is there.

One place to shrink: whoever writes a chart takes its name out here, and the registry knows it from then
on.  A name in neither place is a misspelling and stops the load.
"""

from __future__ import annotations

from typing import Any

from claims.catalogue.fields import Field, one_of

# charts that are announced and not yet drawn
CHARTS_TO_COME = frozenset(("orbit_3d",))


def chart() -> Field:
    """The name of a chart that is drawn or announced; the drawn ones are imported only when asked for."""

    def fault(value: Any) -> str | None:
        if value in CHARTS_TO_COME:
            return None
        from charts.registry import charts

        return one_of(CHARTS_TO_COME | charts().keys()).fault(value)

    return Field(fault)
