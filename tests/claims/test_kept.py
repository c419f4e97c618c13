"""Answers kept in memory: bounded in bytes and in time, whoever asks for how many addresses."""

import threading
from dataclasses import dataclass

import pytest
from django.test import Client

from claims import delivery
from claims.kept import Kept


@dataclass(frozen=True)
class Block:
    size: int


def test_what_was_asked_for_least_is_left_out_first() -> None:
    kept: Kept[Block] = Kept(100)
    for name in "abc":
        kept.set(name, Block(30), 60)
    assert kept.get("a") is not None
    kept.set("d", Block(30), 60)
    assert [name for name in "abcd" if kept.get(name)] == ["a", "c", "d"]
    assert kept.used_bytes == 90
    kept.set("e", Block(101), 60)
    assert kept.get("e") is None, "larger than the whole memory"
    kept.set("d", Block(50), 60)
    assert kept.used_bytes <= 100


def test_what_is_too_old_is_gone() -> None:
    kept: Kept[Block] = Kept(100)
    kept.set("a", Block(30), -1)
    assert kept.get("a") is None
    assert kept.used_bytes == 0


def test_many_threads_leave_its_sum_right() -> None:
    kept: Kept[Block] = Kept(1000)

    def work(number: int) -> None:
        for place in range(400):
            kept.set(f"{number}-{place % 50}", Block(7), 60)
            kept.get(f"{(number + 1) % 4}-{place % 50}")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert kept.used_bytes == sum(value.size for _, value in kept._rows.values()) <= 1000


@pytest.mark.django_db
def test_as_many_addresses_as_one_likes_cost_no_more_memory(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "answers", Kept(500_000))
    for number in range(12):
        assert client.get(f"/feed.json?nothing={number}").status_code == 200
    assert 0 < delivery.answers.used_bytes <= 500_000
