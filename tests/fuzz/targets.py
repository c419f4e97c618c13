"""Every parser of foreign bytes: a good example, and what it may say to a bad one."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings

from claims.catalogue.problems import CatalogueRefused
from claims.catalogue.reading import read_catalogue
from claims.exports.oembed import claim_of
from claims.keyset import BadCursorError, read_cursor
from claims.matching.article import match_text
from claims.matching.index import ClaimIndex
from claims.watching.reading import page_text
from ephemeris.archives.reading import answer as archive_answer
from ephemeris.archives.reading import ends_it
from ephemeris.archives.registry import archives
from ephemeris.archives.registry import hosts as archive_hosts
from ephemeris.services.contract import RemoteUnavailable, UnexpectedReply
from ephemeris.services.reading import answer as service_answer
from ephemeris.services.registry import services
from ephemeris.wire import Reply, Request, Wire
from tests.claims.catalogue import small
from tests.fakes.server import Fake
from tests.fakes.world import SAMPLES


@dataclass(frozen=True, slots=True)
class Target:
    """One parser: good inputs, how an input is put to it, and the refusals that belong to it."""

    seeds: Sequence[bytes]
    put: Callable[[bytes], object]
    refusals: tuple[type[Exception], ...] = ()


ARTICLE = (
    "Comet 3I/ATLAS shed pure nickel vapour, and NASA's HiRISE pictures from 2 October 2025 were held back. "
    "It passed Mars at 0.19 au, at 58 km/s. “It is as wide as Manhattan,” he wrote; 33 billion tons.\n\n"
    "<p>On 2025-10-03 the rover's camera saw a streak.</p> “No comet moves like this.”"
)
PAGE = (
    "<!doctype html><html><head><title>3I</title><meta charset='utf-8'></head><body><article><h1>A probe?</h1>"
    f"<p>{ARTICLE}</p><table><tr><td>1.3 km</td></tr></table><ul><li>x</li></ul></article></body></html>"
)


def recorded_archive_replies() -> dict[str, tuple[list[Request], list[Reply]]]:
    """What the fake archives say to each archive's sample question."""
    fake = Fake()
    wire = Wire(archive_hosts(), "hyperbole-test/1.0", route=fake.start())
    found: dict[str, tuple[list[Request], list[Reply]]] = {}
    try:
        for name, archive in archives().items():
            requests: list[Request] = []
            replies: list[Reply] = []
            while len(requests) < 40 and (request := archive.ask(SAMPLES[name], replies)) is not None:
                requests.append(request)
                replies.append(wire.send(request))
                if ends_it(replies[-1]):
                    break
            found[name] = requests, replies
    finally:
        wire.close()
        fake.stop()
    return found


def archive_targets_of(recorded: dict[str, tuple[list[Request], list[Reply]]]) -> dict[str, Target]:
    """The readers of the archives, with the last reply damaged; `answer` may raise nothing at all."""

    def target(name: str, requests: list[Request], replies: list[Reply]) -> Target:
        def put(content: bytes) -> object:
            told = [*replies[:-1], replace(replies[-1], body=content)]
            return archive_answer(archives()[name], SAMPLES[name], told, requests)

        return Target([replies[-1].body], put)

    return {f"archive {name}": target(name, *heard) for name, heard in recorded.items()}


def service_targets(recorded: dict[str, list[tuple[object, list[Reply]]]]) -> dict[str, Target]:
    """The readers of the orbit services, each with recorded replies."""

    def target(name: str, heard: list[tuple[object, list[Reply]]]) -> Target:
        question, replies = heard[0]

        def put(content: bytes) -> object:
            told = [*replies[:-1], replace(replies[-1], body=content)]
            return service_answer(services()[name], question, told)  # type: ignore[arg-type]

        return Target([replies[-1].body], put, (RemoteUnavailable, UnexpectedReply))

    return {f"service {name}": target(name, heard) for name, heard in recorded.items()}


def catalogue_target(file: str, good: str) -> Target:
    """The catalogue with one of its files damaged."""

    def put(content: bytes) -> object:
        folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
        try:
            data = small.write(folder)
            (data / file).write_bytes(content)
            return read_catalogue(data)
        finally:
            shutil.rmtree(folder)

    return Target([good.encode()], put, (CatalogueRefused,))


def text_targets(index: ClaimIndex, encode: object) -> dict[str, Target]:
    """Readers of what people type or paste."""

    def matched(content: bytes) -> object:
        text = content.decode("utf-8", "replace")[:4000]
        found = match_text(text, index, encode)  # type: ignore[arg-type]
        for match in found.matches:
            assert 0 <= match.start < match.stop <= len(text)
        return found

    own = f"{settings.SITE_URL}/claims/manhattan-sized/v/1/"
    return {
        "article text": Target([ARTICLE.encode()], matched),
        "article page": Target([PAGE.encode()], lambda content: page_text(content, "text/html")),
        "cursor": Target(
            [b"1763769600000000-42"], lambda text: read_cursor(text.decode("latin-1")), (BadCursorError,)
        ),
        "oEmbed address": Target([own.encode()], lambda text: claim_of(text.decode("utf-8", "replace"))),
    }
