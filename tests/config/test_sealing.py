"""What lies in the cache is believed only under the seal of the site, and never executed."""

import os
import pickle
from datetime import UTC, datetime
from pathlib import Path

import pytest
import redis
from django.conf import settings
from django.core.cache import cache
from django.db.models import TextChoices

from claims.delivery import answers
from tests.claims import publishing
from tests.claims.doors import signed_in


@pytest.fixture
def server() -> redis.Redis:
    return redis.Redis.from_url(settings.CACHE_URL)


class Bomb:
    def __init__(self, target: Path) -> None:
        self.target = target

    def __reduce__(self) -> tuple[object, ...]:
        return (os.mkdir, (str(self.target),))


def kept_key(name: str) -> str:
    return cache.make_key(name)


def test_it_keeps_what_json_keeps_and_bytes(server: redis.Redis) -> None:
    for value in ({"e": 6.139, "names": ["ʻOumuamua", None, True]}, b"\x00\xff", "", 0, None, [], b""):
        cache.set("value", value)
        assert cache.get("value", "absent") == value
        assert cache.get_many(["value", "absent"]) == {"value": value}
    assert b"pickle" not in (server.get(kept_key("value")) or b"")


def test_it_refuses_to_keep_what_would_come_back_as_something_else() -> None:
    for value in (
        datetime(2026, 1, 1, tzinfo=UTC),
        {1, 2},
        object(),
        {"kind": TextChoices("Kind", "ONE").ONE},
    ):
        cache.set("value", "older")
        with pytest.raises(TypeError, match=r"cache key '.*:value': expected what JSON gives back as it was"):
            cache.set("value", value)
        assert cache.get("value", "absent") == "absent", "an older value would pass for the refused one"
    with pytest.raises(TypeError, match="expected a whole number"):
        cache.set("rate:somebody", "many")
    with pytest.raises(TypeError, match="only keys that begin with 'rate:' count"):
        cache.incr("visits")


def test_it_neither_runs_nor_believes_what_somebody_else_wrote(server: redis.Redis, tmp_path: Path) -> None:
    cache.set("other", {"role": "chief editor"})
    moved = server.get(kept_key("other"))
    for planted in (pickle.dumps(Bomb(tmp_path / "ran")), b"", b"17", b"j{}", b"\x00" * 40, moved):
        assert planted is not None
        server.set(kept_key("value"), planted)
        assert cache.get_many(["value"]) == {}
        assert cache.get("value", "absent") == "absent", planted[:20]
        assert server.get(kept_key("value")) is None, "what is not ours is thrown away"
    assert not (tmp_path / "ran").exists()
    server.lpush(kept_key("value"), "a list")
    assert cache.get("value", "absent") == "absent"
    server.set(kept_key("rate:somebody"), "many")
    with pytest.raises(ValueError, match="found something else"):
        cache.incr("rate:somebody")
    assert cache.add("rate:somebody", 1)
    assert cache.incr("rate:somebody") == 2


@pytest.mark.django_db
def test_pages_survive_a_cache_full_of_garbage(server: redis.Redis) -> None:
    client = signed_in(publishing.person("staff-reviewer", is_staff=True))
    paths = ("/", "/claims/manhattan-sized/", "/feed.json", "/api/v1/claims/", "/admin/")
    before = {path: client.get(path) for path in paths}
    keys = list(server.scan_iter("hyperbole:*"))
    assert len(keys) >= 2, "a chart and a rate are kept"
    for garbage in (b"\x80\x05K\x01.", b"12", b"garbage", pickle.dumps({"_auth_user_id": "1"})):
        for key in keys:
            server.delete(key)
            server.set(key, garbage)
        answers.clear()
        for path in paths:
            answer = client.get(path)
            assert answer.status_code == before[path].status_code == 200, f"{path} after {garbage!r}"
    for key in keys:
        server.delete(key)
        server.sadd(key, "a set")
    answers.clear()
    assert {client.get(path).status_code for path in paths} == {200}


@pytest.mark.django_db
def test_a_kept_chart_is_the_chart_that_was_drawn() -> None:
    from claims.drawings import chart_of
    from claims.models import VerdictVersion

    drawn = {}
    versions = VerdictVersion.objects.filter(state="published").order_by("pk")[:12]
    for version in versions:
        drawn[version.pk] = chart_of(version)
    assert any(drawn.values())
    for version in versions:
        assert chart_of(version) == drawn[version.pk]
