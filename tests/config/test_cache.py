"""The cache may go away; pages are then slower, not gone."""

import logging
from pathlib import Path

import pytest
from django.core.cache import cache

from config import cache as module
from config.cache import ForgivingRedisCache
from tests import services


def test_it_keeps_and_counts_while_its_server_is_there() -> None:
    cache.set("orbit", {"e": 6.139})
    assert cache.get("orbit") == {"e": 6.139}
    assert cache.add("orbit", 1) is False
    cache.set("rate:visits", 1)
    assert cache.incr("rate:visits", 2) == 3
    assert cache.get_many(["orbit", "rate:visits", "absent"]) == {"orbit": {"e": 6.139}, "rate:visits": 3}
    cache.delete("orbit")
    assert not cache.has_key("orbit")


def test_it_answers_not_there_while_its_server_is_away_and_says_so_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    away = ForgivingRedisCache(f"unix://{tmp_path}/nobody?db=1", {"OPTIONS": {"socket_timeout": 1}})
    with caplog.at_level(logging.WARNING, "config.cache"):
        assert away.get("orbit", "computed") == "computed"
        away.set("orbit", 1)
        assert away.add("orbit", 1) is False
        assert away.touch("orbit") is False
        assert away.delete("orbit") is False
        assert away.get_many(["orbit"]) == {}
        assert away.set_many({"orbit": 1}) == ["orbit"]
        assert away.get_or_set("orbit", lambda: "computed") == "computed"
        away.delete_many(["orbit"])
        away.clear()
        with pytest.raises(ValueError, match="expected a number, found none"):
            away.incr("rate:visits")
    assert len(caplog.records) == 1
    assert "cache is away" in caplog.text


def test_it_finds_its_server_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PAUSE_S", 0.0)
    (tmp_path / "s").mkdir()
    returning = ForgivingRedisCache(f"unix://{tmp_path}/s/socket?db=1", {"OPTIONS": {"socket_timeout": 1}})
    for _ in range(2):  # the second time, connections of the first stand dead in the pool
        assert returning.get("orbit") is None
        server = services.start_redis_server(services.valkey_program(), tmp_path / "s")
        try:
            returning.set("orbit", 1)
            assert returning.get("orbit") == 1
            returning.delete("orbit")
        finally:
            server.stop()
    assert returning.get("orbit", "computed") == "computed"
