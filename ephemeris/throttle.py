"""One clock for each remote host, shared by all workers: its pace, its turn, its rest after failures.

Everything is decided inside Redis by the server's own time, so any number of workers agree.  A turn and a lock
are held by a token and expire: what a killed worker held comes free by itself.  Being told to wait is no
failure; the caller comes back later and never sleeps.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import redis

PREFIX = "hyperbole:remote:"
LEASE_S = 120.0  # longer than the longest request may take
FAILURES_TO_OPEN = 5
REST_S = 15 * 60.0  # of an opened circuit, doubled at each failed probe
LONGEST_REST_S = 6 * 3600.0
LONGEST_HOLD_BACK_S = 24 * 3600.0
FORGOTTEN_AFTER_S = 7 * 86_400.0
BUSY_AGAIN_S = 0.5

Reason = Literal["granted", "pace", "busy", "circuit"]

_NOW = "local t = redis.call('TIME'); local now = t[1] * 1000 + math.floor(t[2] / 1000); "
_TURN = (
    _NOW
    + """
local h = redis.call('HMGET', KEYS[1], 'open_until', 'lease_until', 'next')
local open_until, lease_until, next = tonumber(h[1] or 0), tonumber(h[2] or 0), tonumber(h[3] or 0)
if open_until > now then return {'circuit', open_until - now} end
if next > now then return {'pace', next - now} end
if lease_until > now then return {'busy', math.min(lease_until - now, tonumber(ARGV[4]))} end
redis.call('HSET', KEYS[1], 'token', ARGV[1], 'lease_until', now + ARGV[2], 'next', now + ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return {'granted', 0}
"""
)
_RELEASE = """
if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return 0 end
redis.call('HDEL', KEYS[1], 'token', 'lease_until')
return 1
"""
_HOLD_BACK = (
    _NOW
    + """
local next = math.max(tonumber(redis.call('HGET', KEYS[1], 'next') or 0), now + ARGV[1])
redis.call('HSET', KEYS[1], 'next', next)
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return next - now
"""
)
_FAILED = (
    _NOW
    + """
local h = redis.call('HMGET', KEYS[1], 'failures', 'openings')
local failures, openings = tonumber(h[1] or 0) + 1, tonumber(h[2] or 0)
if openings == 0 and failures < tonumber(ARGV[1]) then
    redis.call('HSET', KEYS[1], 'failures', failures)
    redis.call('PEXPIRE', KEYS[1], ARGV[4])
    return 0
end
local rest = math.min(ARGV[2] * 2 ^ openings, tonumber(ARGV[3]))
redis.call('HSET', KEYS[1], 'failures', failures, 'openings', openings + 1, 'open_until', now + rest)
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return rest
"""
)
_HOLD = """
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
"""
_LET_GO = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn at a host, or how long to stay away and why."""

    host: str
    reason: Reason
    token: str = ""
    wait_s: float = 0.0

    @property
    def granted(self) -> bool:
        return self.reason == "granted"


@dataclass(frozen=True, slots=True)
class Circuit:
    """How a host has been: failures in a row, and for how long it is still left alone."""

    failures: int
    openings: int
    rests_s: float

    @property
    def state(self) -> Literal["closed", "open", "half_open"]:
        if self.openings == 0:
            return "closed"
        return "open" if self.rests_s > 0 else "half_open"


class Throttle:
    """The clocks and locks on one Redis server."""

    def __init__(self, server: redis.Redis) -> None:
        self._server = server
        self._turn = server.register_script(_TURN)
        self._release = server.register_script(_RELEASE)
        self._hold_back = server.register_script(_HOLD_BACK)
        self._failed = server.register_script(_FAILED)
        self._hold = server.register_script(_HOLD)
        self._let_go = server.register_script(_LET_GO)

    def turn(self, host: str, interval_s: float, lease_s: float = LEASE_S) -> Turn:
        """Take the only turn there is at a host; the next one begins ``interval_s`` after this one began.

        While the circuit is open nobody gets a turn; the first one afterwards is the probe, and alone.
        """
        token = secrets.token_hex(8)
        arguments: list[str | int] = [
            token,
            _ms(lease_s),
            _ms(interval_s),
            _ms(max(interval_s, BUSY_AGAIN_S)),
            _ms(FORGOTTEN_AFTER_S),
        ]
        told, wait_ms = self._turn(keys=[_host(host)], args=arguments)
        reason: Reason = told.decode() if isinstance(told, bytes) else told  # type: ignore[assignment]
        if reason == "granted":
            return Turn(host, "granted", token)
        return Turn(host, reason, wait_s=int(wait_ms) / 1000)

    def release(self, turn: Turn) -> bool:
        """Give a turn back; False when it had expired and is another's by now."""
        return bool(self._release(keys=[_host(turn.host)], args=[turn.token]))

    def hold_back(self, host: str, seconds: float) -> float:
        """Let nobody have a turn for a while, because the host asked for it; return for how long."""
        wait_s = min(max(seconds, 0.0), LONGEST_HOLD_BACK_S)
        return int(self._hold_back(keys=[_host(host)], args=[_ms(wait_s), _ms(FORGOTTEN_AFTER_S)])) / 1000

    def succeeded(self, host: str) -> None:
        """Note that a host served; whatever it failed before is forgotten."""
        self._server.hdel(_host(host), "failures", "openings", "open_until")

    def failed(self, host: str) -> float:
        """Note that a host did not serve; return for how long it is left alone now, zero for not yet."""
        arguments = [FAILURES_TO_OPEN, _ms(REST_S), _ms(LONGEST_REST_S), _ms(FORGOTTEN_AFTER_S)]
        return float(self._failed(keys=[_host(host)], args=arguments)) / 1000

    def circuits(self, hosts: Iterable[str]) -> dict[str, Circuit]:
        """How each host has been, asked for in one go."""
        names = sorted(hosts)
        with self._server.pipeline(transaction=False) as asked:
            asked.time()
            for host in names:
                asked.hmget(_host(host), "failures", "openings", "open_until")
            (seconds, micros), *told = asked.execute()
        now = seconds + micros / 1e6
        return {
            host: Circuit(int(failures or 0), int(openings or 0), max(0.0, float(until or 0) / 1000 - now))
            for host, (failures, openings, until) in zip(names, told, strict=True)
        }

    def circuit(self, host: str) -> Circuit:
        """How one host has been."""
        return self.circuits([host])[host]

    def hold(self, name: str, token: str, seconds: float) -> bool:
        """Take a named lock, or hold it for longer with the token that has it; False: somebody else has it."""
        return bool(self._hold(keys=[f"{PREFIX}lock:{name}"], args=[token, _ms(seconds)]))

    def let_go(self, name: str, token: str) -> bool:
        """Give a lock back; False when it was not this token's any more."""
        return bool(self._let_go(keys=[f"{PREFIX}lock:{name}"], args=[token]))


def _host(host: str) -> str:
    return f"{PREFIX}host:{host}"


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
