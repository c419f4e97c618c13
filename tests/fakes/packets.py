"""Addresses that lead inside a network in every spelling, and a watch over the packets that go out."""

from __future__ import annotations

import socket
from typing import Any

import pytest

PUBLIC, PUBLIC_V6 = "93.184.216.34", "2606:2800:220:1::1"
# every way to write or to name an address that is not of the public Internet
REFUSED = [
    "http://127.0.0.1/", "http://127.1/", "http://127.0.1/", "http://2130706433/", "http://0x7f.1/", "http://0x7f000001/",
    "http://0177.0.0.1/", "http://0177.1/", "http://127.0.0.1./", "http://[::1]/", "http://[0:0:0:0:0:0:0:1]/",
    "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/", "http://[::]/", "http://0/",
    "http://0.0.0.0/", "http://0.1.2.3/", "http://10.0.0.1/", "http://10.1/", "http://172.16.0.1/", "http://172.31.255.255/",
    "http://192.168.1.1/", "http://3232235777/", "http://169.254.169.254/latest/meta-data/", "http://0xa9fea9fe/",
    "http://[fe80::1]/", "http://[fe80::1%25eth0]/", "http://[fd00:ec2::254]/", "http://[fec0::1]/", "http://100.64.0.1/",
    "http://100.127.255.254/", "http://198.18.0.1/", "http://192.0.2.1/", "http://203.0.113.9/", "http://224.0.0.1/",
    "http://239.255.255.250/", "http://255.255.255.255/", "http://240.0.0.1/", "http://[ff02::1]/",
    "http://[64:ff9b::7f00:1]/", "http://[64:ff9b::808:808]/", "http://[64:ff9b:1::1]/", "http://[2002:7f00:1::]/",
    "http://[2001:0:7f00:1::]/", "http://[2001:db8::1]/", "http://[100::1]/", "http://１２７.０.０.１/", "http://①②⑦.①/",
    "http://127。0。0。1/", "http://1.2.3.4.5/", "http://256.1.1.1/", "http://1.2.3.0x/", "http://localhost/", "http://LOCALHOST/",
    "http://redis/", "http://[::1/", "http://[x]/",
]  # fmt: skip
ODD = [
    ("ftp://site.example/", "expected http or https"), ("file:///etc/passwd", "expected http or https"),
    ("gopher://site.example/", "expected http or https"), ("//site.example/", "expected http or https"),
    ("http://site.example:22/", "expected 80"), ("http://site.example:443/", "expected 80"),
    ("https://site.example:80/", "expected 443"), ("http://site.example:6379/", "expected 80"),
    ("http://site.example:99999/", "no address"), ("http://a@site.example/", "user name or password"),
    ("http://site.example@127.0.0.1/", "user name or password"), ("http://:b@site.example/", "user name or password"),
    ("http://site.example\\@127.0.0.1/", "backslash"), ("http://site.example/ a", "space"),
    ("http://site.example/\r\nHost: x", "control"), ("http:///path", "names no host"),
    ("http://site.example/" + "a" * 2000, "at most 2000"),
]  # fmt: skip
NAMED = {
    "loopback": ["127.0.0.1"], "private": ["10.0.0.8"], "metadata": ["169.254.169.254"], "shared": ["100.64.1.1"],
    "one bad among good": [PUBLIC, "127.0.0.1"], "mapped": ["::ffff:10.0.0.1"], "nat64": ["64:ff9b::a00:1"],
    "six": ["::1"], "zone": ["fe80::1%2"], "good four, bad six": [PUBLIC, "fd00::1"],
}  # fmt: skip


class Packets:
    """Connections that were tried; those to a known address are led to a server on this machine."""

    def __init__(self) -> None:
        self.tried: list[tuple[str, int]] = []
        self.led: dict[tuple[str, int], int] = {}


def watched_packets(monkeypatch: pytest.MonkeyPatch) -> Packets:
    """All connections of this process from now on, none of which leaves it."""
    seen = Packets()
    connect = socket.socket.connect

    def watched(self: socket.socket, address: Any) -> None:
        onward = address
        if self.family != socket.AF_UNIX:  # the cache of the tests
            seen.tried.append(address[:2])
            if address[:2] not in seen.led:
                raise ConnectionRefusedError
            onward = ("127.0.0.1", seen.led[address[:2]])
        connect(self, onward)

    def numeric(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        if host != PUBLIC:
            raise AssertionError(f"{host} was looked up again")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]

    monkeypatch.setattr(socket.socket, "connect", watched)
    monkeypatch.setattr(socket, "getaddrinfo", numeric)
    return seen
