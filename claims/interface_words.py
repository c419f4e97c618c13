"""Words that columns hold and pages print: named here, so that the interface's other languages know them.

The scales of `claims.scales` are known without being named; these are the choices of the machines' columns and the few
words that the catalogue uses as a scale.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

WORDS = (
    # states of a campaign in its archive, and what moved them
    _("planned"), _("observed"), _("ingested, proprietary"), _("partly public"), _("public"), _("on hold"),
    _("withdrawn"), _("unknown"), _("no public archive"), _("archive"), _("clock"), _("editor"),
    # what came of asking
    _("answered"), _("answered: no rows"), _("answered, cut short"), _("in maintenance"), _("no answer in time"),
    _("asked us to wait"), _("refused"), _("our query was wrong"), _("an answer we cannot read"),
    _("answered, nothing new"), _("answered, something new"), _("could not look"),
    _("answered with something we cannot read"), _("looked"),
    # levels of products and kinds of first publications
    _("raw data"), _("calibrated data"), _("derived products"), _("calibration files"), _("previews"), _("level not given"),
    _("image"), _("data"), _("statement"),
    _("not public yet"), _("restricted"), _("access not given"),
    # objects, people, moments
    _("interstellar comet"), _("interstellar object"), _("author"), _("second reader"), _("reviewer"), _("year"),
    _("month"), _("day"), _("hour"), _("minute"), _("second"),
    # the light at a site, proposals, facets
    _("daylight"), _("civil twilight"), _("nautical twilight"), _("astronomical twilight"), _("night"), _("spelling of the target"), _("program id"), _("first count"),
    _("object"), _("topic"), _("verdict"),
    # parts of a verdict that a history compares
    _("Title"), _("True if and only if"), _("Basis of the confidence"), _("In one line"), _("Claimed numbers"),
    _("Evidence up to"), _("Other wordings"), _("Comments of experts"), _("Checks"), _("Chart"),
    # states of a version
    _("draft"), _("in review"), _("approved"), _("published"),
)  # fmt: skip
