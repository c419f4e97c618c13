"""Whatever bytes come, a reader takes them or refuses them in its own words; it neither breaks nor hangs."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from random import Random
from typing import Any

import pytest

from claims.matching.encoder import sentence_encoder
from claims.matching.index import index_of
from claims.matching.prepared import prepared
from ephemeris.archives.contract import ArchiveAnswer
from ephemeris.archives.registry import archives
from ephemeris.models import SmallBody
from ephemeris.refreshing import question_of
from ephemeris.services.registry import hosts, services
from ephemeris.wire import Reply, Wire
from tests.claims.catalogue import small
from tests.claims.matching.catalogue import DATA, claim_text
from tests.ephemeris.services.conftest import NOW, TARGETS, invented
from tests.fakes.jpl import FakeJpl
from tests.fuzz import targets
from tests.fuzz.conftest import EXAMPLES, SEED
from tests.fuzz.mutating import mutated

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(120 if EXAMPLES < 100 else 0), pytest.mark.once]
archive_replies = cache(targets.recorded_archive_replies)
TEXTS = ("article text", "article page", "cursor", "oEmbed address")
FILES = sorted(small.FILES)


@cache
def service_replies() -> dict[str, list[tuple[object, list[Reply]]]]:
    """What a fake JPL and MPC say about 3I, and about the path of JWST."""
    jpl = FakeJpl(solutions={"C/2025 N1": invented(61, "2026-10-02 09:00:00")}, targets=TARGETS)
    wire = Wire(hosts(), "hyperbole-test/1.0", route=jpl.start())
    found: dict[str, list[tuple[object, list[Reply]]]] = {}
    try:
        for name, service in services().items():
            body = None if service.spacecraft else SmallBody.objects.get(designation="3I")
            question = question_of(service, body, NOW)
            replies: list[Reply] = []
            while len(replies) < 8 and (request := service.ask(question, replies)) is not None:
                replies.append(wire.send(request))
            assert replies[-1].status == 200, f"{name}: {replies[-1]}"
            found[name] = [(question, replies)]
    finally:
        wire.close()
        jpl.stop()
    return found


@cache
def texts() -> dict[str, targets.Target]:
    paths = sorted((DATA / "claims").glob("*.toml"))[::12]
    return targets.text_targets(
        index_of([prepared(claim_text(path)) for path in paths], sentence_encoder()), sentence_encoder()
    )


def fuzzed(name: str, target: targets.Target, noted: Callable[[str], Any], examples: int = EXAMPLES) -> None:
    """Put damaged versions of the good inputs, and the good ones themselves, to a parser."""
    for seed in target.seeds:
        target.put(seed)
    with noted(name) as tally:
        seeds = list(target.seeds)
        for number in range(examples):
            random = Random(f"{SEED} {name} {number}")
            content = mutated(random.choice(seeds), random)
            tally["inputs"] += 1
            try:
                target.put(content)
            except target.refusals:
                tally["refused"] += 1
            except Exception as error:
                tally["failures"] += 1
                raise AssertionError(f"{name} broke on {content[:3000]!r}: {error!r}") from error
            else:
                tally["taken"] += 1


@pytest.mark.parametrize("name", sorted(archives()))
def test_it_reads_any_reply_of_an_archive(name: str, campaign: Callable[[str], Any]) -> None:
    target = targets.archive_targets_of(archive_replies())[f"archive {name}"]
    fuzzed(f"archive {name}", target, campaign)


@pytest.mark.parametrize("name", sorted(services()))
def test_it_reads_any_reply_of_a_service(name: str, campaign: Callable[[str], Any]) -> None:
    fuzzed(f"service {name}", targets.service_targets(service_replies())[f"service {name}"], campaign)


@pytest.mark.parametrize("file", FILES)
def test_it_reads_any_file_of_the_catalogue(file: str, campaign: Callable[[str], Any]) -> None:
    fuzzed(
        f"catalogue {file}",
        targets.catalogue_target(file, small.FILES[file]),
        campaign,
        max(10, EXAMPLES // 2),
    )


@pytest.mark.parametrize("name", TEXTS)
def test_it_reads_whatever_people_paste(name: str, campaign: Callable[[str], Any]) -> None:
    slow = name.startswith("article")
    fuzzed(name, texts()[name], campaign, max(10, EXAMPLES // 2) if slow else EXAMPLES * 2)


BROKE_ONCE = (
    # found by a campaign: each broke its reader once
    ("archive hirise", b'{"ODEResults": {"Status": "Success", "Count": "0", "Products": false}}'),
    ("archive koa", b'<?xml version="1.0"?><VOTABLE version="1.3" xmlns="http://www.ivoa.net/xml/VOTable/v1.3">'
                    b'<RESOURCE type="results"><INFO name="QUERY_STATUS" value="OK"/><TABLE><FIELD uame="koaid" '
                    b'datatype="char"/></TABLE></RESOURCE></VOTABLE>'),
    ("service mpc", b'[{"ADES_DF": ["one", "two"]}]'),
    ("service sbdb", b'{"signature": {"source": "NASA/JPL Small-Body Database (SBDB) API", "version": "1.3"}, '
                     b'"object": {"fullname": "ATLAS (C/2025 N1)", "des": "C/2025 N1"}, "orbit": {"elements": ["e"]}}'),
    ("article text", b"He wrote of 31e999 billion tons and of (4 \xc2\xb1 1) \xc3\x97 10^999 km."),
)  # fmt: skip


@pytest.mark.parametrize(("name", "content"), BROKE_ONCE, ids=[name for name, _ in BROKE_ONCE])
def test_it_refuses_what_once_broke_a_reader(name: str, content: bytes) -> None:
    if name in TEXTS:
        texts()[name].put(content)
        return
    known = targets.archive_targets_of(archive_replies()) | targets.service_targets(service_replies())
    try:
        told = known[name].put(content)
    except known[name].refusals:
        return
    assert isinstance(told, ArchiveAnswer)
    assert told.outcome == "unexpected_reply"
    assert told.message


def test_it_has_a_fuzzed_reader_for_every_archive_and_service() -> None:
    assert set(archive_replies()) == set(archives())
    assert {name for name, (_, replies) in archive_replies().items() if replies} == set(archives())
    assert set(service_replies()) == set(services())
