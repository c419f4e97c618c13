"""What the physics refuses to answer: each refusal names the object, the value and what is allowed."""

from __future__ import annotations


class Refused(ValueError):
    """A question that has no honest answer here."""


class OutsideSpan(Refused):
    """A time outside the planetary kernel, the state table or the time scale: nothing is extrapolated."""


class UnknownObserver(Refused):
    """An observer that is neither a body, a site, a spacecraft of ours nor an observatory code."""


class UnknownParameter(Refused):
    """A parameter of an orbit solution that this force model does not know."""
