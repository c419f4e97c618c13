"""The name of a chart, as the registry of charts knows it."""

from __future__ import annotations

from typing import Any

from claims.catalogue.fields import Field, one_of


def chart() -> Field:
    """The name of a chart; the registry is imported only when a name has to be looked up."""

    def fault(value: Any) -> str | None:
        from charts.registry import charts

        return one_of(charts().keys()).fault(value)

    return Field(fault)
