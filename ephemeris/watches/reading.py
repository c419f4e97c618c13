"""What a watch says of replies, whatever shape they have."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from ephemeris.archives.reading import MISSHAPEN, misshapen
from ephemeris.services.contract import UnexpectedReply
from ephemeris.watches.contract import Finding, SourceQuestion, Watch
from ephemeris.wire import Reply

log = logging.getLogger(__name__)


def finding(watch: Watch, question: SourceQuestion, replies: Sequence[Reply]) -> Finding:
    """What the replies say.

    Raises
    ------
    RemoteUnavailable, UnexpectedReply
        As the watch's reader does; a reply on which the reader trips is an unexpected one.
    """
    try:
        return watch.read(question, replies)
    except MISSHAPEN as error:
        log.warning("%s: a reply of a shape that its reader does not know", watch.title, exc_info=True)
        raise UnexpectedReply(f"{watch.title}: {misshapen(error)}") from error
