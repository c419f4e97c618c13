"""What every archive of the registry does with every kind of reply."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ephemeris.archives.contract import LEVELS
from ephemeris.archives.registry import archives, archives_for, hosts
from ephemeris.wire import HostRefused, Request, Wire
from tests.ephemeris.archives.asking import put
from tests.ephemeris.archives.conftest import USER_AGENT
from tests.fakes.formats import FORMATS
from tests.fakes.server import Fake
from tests.fakes.world import SAMPLES, SPELLING

EVERY = sorted(archives())
# where a reply cannot be cut short: all observations of one object come at once
NEVER_CUT = {"mpc", "tess"}
# services that say a wrong query by a word inside a good reply are read as such; the others by status 400 or 404
# asked for all that was observed in the window: the strangers in it are the control
WHOLE_WINDOW = {"koa", "xsa"}
WRONG_QUERY_READS_AS = {"hirise": "unexpected_reply"}


def host_of(name: str) -> str:
    return archives()[name].hosts[0]


def test_it_has_a_sample_question_and_a_fake_for_every_archive() -> None:
    assert set(SAMPLES) == set(archives())
    assert set(FORMATS) == hosts()


@pytest.mark.parametrize("name", EVERY)
def test_it_takes_its_own_sample_question(name: str) -> None:
    assert archives()[name] in archives_for(SAMPLES[name])


@pytest.mark.parametrize("name", EVERY)
def test_it_reads_a_normal_reply_into_holdings(name: str, wire: Wire, fake: Fake) -> None:
    found = put(archives()[name], SAMPLES[name], wire)
    assert found.outcome == "answered", found.message
    assert found.holdings
    assert found.row_count == sum(holding.number for holding in found.holdings)
    assert found.archive_count is not None
    assert found.synthetic, "what a fake said must say so"
    for holding in found.holdings:
        assert holding.uid
        assert holding.level in LEVELS
        assert holding.observed is not None
        assert holding.observed.tzinfo is UTC
        assert SAMPLES[name].start <= holding.observed < SAMPLES[name].stop
        assert holding.release is None or holding.release.tzinfo is UTC
        assert not holding.target or SPELLING.is_it(holding.target) or name in ("psa", "mars2020")
    assert found.query_text.count("\n") + 1 == len(fake.visits(host_of(name)))
    assert {visit.user_agent for visit in fake.visits(host_of(name))} == {USER_AGENT}


@pytest.mark.parametrize("name", EVERY)
def test_it_gives_the_same_digest_for_the_same_holdings_in_another_order(
    name: str, wire: Wire, fake: Fake
) -> None:
    first = put(archives()[name], SAMPLES[name], wire)
    fake.world.products.reverse()
    assert put(archives()[name], SAMPLES[name], wire).reply_digest == first.reply_digest


@pytest.mark.parametrize("name", EVERY)
def test_it_calls_a_reply_without_rows_empty_and_its_control_finds_rows(
    name: str, wire: Wire, fake: Fake
) -> None:
    for vanished in [product for product in fake.world.products if product.archive == name][::2]:
        fake.world.products.remove(vanished)  # the object's; every second one is a neighbour
    found = put(archives()[name], SAMPLES[name], wire)
    assert (found.outcome, found.holdings, found.row_count) == ("empty", (), 0), found.message
    control = put(archives()[name], replace(SAMPLES[name], control=True), wire)
    assert control.outcome in ("answered", "truncated"), control.message
    assert control.row_count
    assert (control.query_text == found.query_text) == (name in WHOLE_WINDOW)


@pytest.mark.parametrize("name", EVERY)
def test_it_finds_nothing_by_its_control_in_an_archive_that_serves_nothing(
    name: str, wire: Wire, fake: Fake
) -> None:
    fake.faults[host_of(name)] = "empty"
    assert put(archives()[name], SAMPLES[name], wire).outcome == "empty"
    assert put(archives()[name], replace(SAMPLES[name], control=True), wire).outcome == "empty"


@pytest.mark.parametrize("name", sorted(set(EVERY) - NEVER_CUT))
def test_it_marks_a_reply_that_was_cut_short_as_truncated(name: str, wire: Wire, fake: Fake) -> None:
    fake.faults[host_of(name)] = "truncated"
    found = put(archives()[name], SAMPLES[name], wire)
    assert found.outcome == "truncated", found.message
    assert found.holdings


@pytest.mark.parametrize("name", EVERY)
@pytest.mark.parametrize(
    ("fault", "outcome", "words"),
    [
        ("page", "maintenance", "web page"),
        ("unavailable", "maintenance", "503"),
        ("too_fast", "rate_limited", "slow down"),
        ("stall", "timeout", "within"),
        ("refused", "refused", "403"),
        ("moved", "unexpected_reply", "elsewhere.example"),
        ("changed_columns", "unexpected_reply", "missing"),
        ("wrong_object", "unexpected_reply", "answered with"),
        ("wrong_query", "wrong_query", ""),
    ],
)
def test_it_tells_whose_failure_it_was(
    name: str, fault: str, outcome: str, words: str, wire: Wire, hasty: Wire, fake: Fake
) -> None:
    fake.faults[host_of(name)] = fault
    found = put(archives()[name], SAMPLES[name], hasty if fault == "stall" else wire)
    if fault == "wrong_object" and name == "tess":
        # sectors of another object are no holdings of this one; the poll says which they were
        assert (found.outcome, found.message) == ("empty", "also in sector 14")
        return
    if fault == "wrong_query":
        outcome = WRONG_QUERY_READS_AS.get(name, outcome)
    assert found.outcome == outcome, found.message
    assert words in found.message
    assert found.holdings == ()
    assert found.row_count is None
    assert found.query_text
    if fault in ("unavailable", "too_fast"):
        assert found.retry_after_s == 37.0


@pytest.mark.parametrize("fault", ["stall", "drip"])
def test_it_gives_up_on_a_server_that_stalls_or_drips(fault: str, hasty: Wire, fake: Fake) -> None:
    fake.faults[host_of("eso")], fake.stall_s = fault, 5.0
    began = datetime.now(UTC)
    assert put(archives()["eso"], SAMPLES["eso"], hasty).outcome == "timeout"
    assert (datetime.now(UTC) - began).total_seconds() < fake.stall_s, "it did not wait for the server"


def test_it_stops_reading_a_reply_that_is_too_large(fake: Fake) -> None:
    small = Wire(hosts(), USER_AGENT, route=fake.route, largest=500)
    found = put(archives()["eso"], SAMPLES["eso"], small)
    assert (found.outcome, found.message) == ("unexpected_reply", "the reply is larger than 500 bytes")
    small.close()


@pytest.mark.parametrize(
    "url", ["https://example.org/tap", "http://archive.eso.org/tap", "https://archive.eso.org.evil.example/"]
)
def test_it_reaches_no_host_that_is_not_on_the_list_and_none_without_tls(url: str, wire: Wire) -> None:
    with pytest.raises(HostRefused, match="expected https:// and a host of the list"):
        wire.send(Request("GET", url))


def test_it_routes_to_no_other_machine() -> None:
    with pytest.raises(HostRefused, match="expected a fake server on this machine"):
        Wire(hosts(), USER_AGENT, route="http://archives.example")


def test_it_keeps_near_misses_for_an_editor_and_out_of_the_holdings(wire: Wire, fake: Fake) -> None:
    stranger = next(p for p in fake.world.products if p.archive == "eso" and p.target == "STD")
    fake.world.products.append(replace(stranger, uid="SYNTHETIC.near", target="C/2024 E1 ATLAS"))
    found = put(archives()["eso"], SAMPLES["eso"], wire)
    assert found.possible == ("C/2024 E1 ATLAS",)
    assert "SYNTHETIC.near" not in {holding.uid for holding in found.holdings}
    question = replace(SAMPLES["eso"], spelling=replace(SPELLING, confirmed=frozenset(("C/2024 E1 ATLAS",))))
    again = put(archives()["eso"], question, wire)
    assert "SYNTHETIC.near" in {holding.uid for holding in again.holdings}


@pytest.mark.parametrize("name", ["alma", "cadc", "eso", "koa", "mast", "xsa"])
def test_it_counts_a_near_miss_under_a_confirmed_programme_and_no_stranger(
    name: str, wire: Wire, fake: Fake
) -> None:
    near, other = "C/2024 E1 ATLAS", "C/2023 A3 TSUCHINSHAN-ATLAS"
    mine = [place for place, product in enumerate(fake.world.products) if product.archive == name][:4]
    for place, (target, program) in zip(
        mine,
        [(near, "115.29F3"), (near, "115.2A01"), (other, "115.29F3.002"), (near, "115.29F33")],
        strict=True,
    ):
        fake.world.products[place] = replace(fake.world.products[place], target=target, program=program)
    question = replace(SAMPLES[name], spelling=replace(SPELLING, rejected=frozenset((other,))))
    without = put(archives()[name], question, wire)
    found = put(archives()[name], replace(question, programs=("115.29F3",)), wire)
    ours = {(row.target, row.program) for row in found.holdings} - {
        (row.target, row.program) for row in without.holdings
    }
    assert ours == {(near, "115.29F3")}
    assert near in found.possible, "the same name under another programme is an editor's to decide"


def test_it_counts_calibration_files_apart_and_by_their_own_access(wire: Wire, fake: Fake) -> None:
    fake.world.products = [
        replace(p, rights="proprietary") if p.archive == "mast" else p for p in fake.world.products
    ]
    found = put(archives()["mast"], SAMPLES["mast"], wire)
    by_level = {level: [h for h in found.holdings if h.level == level] for level in LEVELS}
    assert {h.rights for h in by_level["raw"]} == {"proprietary"}
    assert {(h.rights, h.release) for h in by_level["calibration"]} == {("public", None)}
    assert len(by_level["raw"]) == len(by_level["calibrated"]) == len(by_level["derived"]) == 6


def test_it_spares_the_long_list_of_products_while_the_observations_are_the_same(
    wire: Wire, fake: Fake
) -> None:
    mast = archives()["mast"]
    first = put(mast, SAMPLES["mast"], wire)
    asked = len(fake.visits(host_of("mast")))
    again = put(mast, replace(SAMPLES["mast"], known_rows=first.observations), wire)
    assert (again.outcome, again.unchanged) == ("answered", True)
    assert len(fake.visits(host_of("mast"))) - asked == asked - 1
    newer = next(p for p in fake.world.products if p.archive == "mast" and SPELLING.is_it(p.target))
    fake.world.products.append(replace(newer, uid="900000099"))
    changed = put(mast, replace(SAMPLES["mast"], known_rows=first.observations), wire)
    assert not changed.unchanged
    assert len(changed.holdings) > len(first.holdings)


def test_it_measures_how_long_rover_images_took_to_arrive(wire: Wire) -> None:
    found = put(archives()["mars2020"], SAMPLES["mars2020"], wire)
    assert found.message == "received 20.0 h after they were taken (median of 6)"
