"""The clocks of remote hosts, on a real server of the Redis protocol."""

import threading
import time
from collections.abc import Iterator
from itertools import pairwise

import pytest
import redis
from django.conf import settings

from ephemeris import throttle as module
from ephemeris.throttle import PREFIX, Throttle

HOST = "archive.example"


@pytest.fixture
def server() -> Iterator[redis.Redis]:
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        for key in client.scan_iter(f"{PREFIX}*"):
            client.delete(key)
        yield client
        for key in client.scan_iter(f"{PREFIX}*"):
            client.delete(key)


@pytest.fixture
def throttle(server: redis.Redis) -> Throttle:
    return Throttle(server)


def rest_over(server: redis.Redis) -> None:
    """Let the rest of an opened circuit be over, as if its time had passed."""
    server.hset(f"{PREFIX}host:{HOST}", "open_until", int(time.time() * 1000) - 1)


def test_it_gives_one_turn_at_a_time_and_the_next_after_the_interval(throttle: Throttle) -> None:
    first = throttle.turn(HOST, 0.2)
    assert first.granted
    second = throttle.turn(HOST, 0.2)
    assert (second.granted, second.reason) == (False, "pace")
    assert 0 < second.wait_s <= 0.2
    time.sleep(0.21)
    busy = throttle.turn(HOST, 0.2)
    assert (busy.reason, busy.wait_s <= 0.5) == ("busy", True)
    assert throttle.release(first)
    assert throttle.turn(HOST, 0.2).granted


def test_it_keeps_the_hosts_apart(throttle: Throttle) -> None:
    assert throttle.turn(HOST, 10).granted
    assert throttle.turn("other.example", 10).granted


def test_it_lets_the_turn_of_a_killed_worker_expire_and_its_late_release_touches_nobody(
    throttle: Throttle,
) -> None:
    lost = throttle.turn(HOST, 0.01, lease_s=0.1)
    time.sleep(0.12)
    taken = throttle.turn(HOST, 0.01)
    assert taken.granted
    assert not throttle.release(lost)
    time.sleep(0.02)
    assert throttle.turn(HOST, 0.01).reason == "busy", "the late release gave away another's turn"


def test_it_never_grants_two_turns_at_once_to_many_threads(throttle: Throttle) -> None:
    inside, most, granted = 0, 0, []
    guard = threading.Lock()
    until = time.monotonic() + 1.0

    def work() -> None:
        nonlocal inside, most
        while time.monotonic() < until:
            turn = throttle.turn(HOST, 0.02)
            if not turn.granted:
                time.sleep(0.002)
                continue
            with guard:
                inside += 1
                most = max(most, inside)
                granted.append(time.monotonic())
            time.sleep(0.005)
            with guard:
                inside -= 1
            throttle.release(turn)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
    assert 5 < len(granted) <= 51
    # the server counts whole milliseconds, and a thread may be late to note its turn
    spans = [later - earlier for earlier, later in pairwise(granted)]
    assert sum(spans) / len(spans) >= 0.0195


def test_it_holds_everybody_back_when_the_host_asks_for_it_and_never_shortens_a_wait(
    throttle: Throttle,
) -> None:
    assert throttle.hold_back(HOST, 60) == pytest.approx(60, abs=0.1)
    assert throttle.hold_back(HOST, 5) == pytest.approx(60, abs=0.1)
    turn = throttle.turn(HOST, 1)
    assert (turn.reason, round(turn.wait_s)) == ("pace", 60)


def test_it_opens_the_circuit_after_five_failures_and_lets_one_probe_through(
    throttle: Throttle, server: redis.Redis
) -> None:
    assert [throttle.failed(HOST) for _ in range(4)] == [0, 0, 0, 0]
    assert throttle.turn(HOST, 0.0).granted
    assert throttle.circuit(HOST).state == "closed"
    assert throttle.failed(HOST) == 15 * 60
    turn = throttle.turn(HOST, 0.0)
    assert (turn.reason, round(turn.wait_s)) == ("circuit", 15 * 60)
    assert throttle.circuit(HOST).state == "open"
    server.hdel(f"{PREFIX}host:{HOST}", "token", "lease_until")
    rest_over(server)
    assert throttle.circuit(HOST).state == "half_open"
    probe = throttle.turn(HOST, 0.0)
    assert probe.granted
    assert throttle.turn(HOST, 0.0).reason == "busy", "there is one probe"
    assert throttle.failed(HOST) == 30 * 60
    throttle.release(probe)
    assert throttle.turn(HOST, 0.0).reason == "circuit"
    rest_over(server)
    probe = throttle.turn(HOST, 0.0)
    throttle.succeeded(HOST)
    throttle.release(probe)
    assert throttle.circuit(HOST).state == "closed"
    assert throttle.failed(HOST) == 0, "after a success it counts from one again"


def test_it_rests_at_most_six_hours(throttle: Throttle, server: redis.Redis) -> None:
    for _ in range(5):
        throttle.failed(HOST)
    rests = []
    for _ in range(6):
        rest_over(server)
        rests.append(throttle.failed(HOST) / 60)
    assert rests == [30, 60, 120, 240, 360, 360]


def test_it_holds_a_lock_by_its_token_and_lets_it_expire(throttle: Throttle) -> None:
    assert throttle.hold("poll:a", "one", 0.15)
    assert not throttle.hold("poll:a", "two", 10)
    assert throttle.hold("poll:a", "one", 0.15), "the holder may hold on"
    assert not throttle.let_go("poll:a", "two")
    time.sleep(0.17)
    assert throttle.hold("poll:a", "two", 10)
    assert not throttle.let_go("poll:a", "one")
    assert throttle.let_go("poll:a", "two")


def test_it_uses_the_rates_that_it_documents() -> None:
    assert (module.FAILURES_TO_OPEN, module.REST_S, module.LONGEST_REST_S) == (5, 900, 21_600)
