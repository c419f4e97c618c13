"""A question led through an archive as a worker does, without queue, database or pace."""

from ephemeris.archives.contract import Archive, ArchiveAnswer, Question
from ephemeris.archives.reading import answer, ends_it
from ephemeris.wire import Reply, Request, Wire

LONGEST = 40


def put(archive: Archive, question: Question, wire: Wire) -> ArchiveAnswer:
    """Ask until nothing is left to ask or a request failed, then read."""
    requests: list[Request] = []
    replies: list[Reply] = []
    while (request := archive.ask(question, replies)) is not None:
        assert len(requests) < LONGEST, "it asks without end"
        requests.append(request)
        replies.append(wire.send(request))
        if ends_it(replies[-1]):
            break
    return answer(archive, question, replies, requests)
