"""Keeps tests on the loopback: whatever would leave it raises, and is remembered against the test."""

import ipaddress
import socket
from typing import Any

attempts: list[str] = []


class LeftTheLoopbackError(AssertionError):
    """A test, or code under test, tried to reach another machine."""


def _refuse(where: str) -> LeftTheLoopbackError:
    attempts.append(where)  # code under test may swallow the exception; the test fails all the same
    return LeftTheLoopbackError(f"{where}: tests stay on the loopback; fake the wire with pytest-httpserver")


def _is_loopback(host: Any) -> bool:
    name = host.decode() if isinstance(host, bytes) else str(host)
    if name in ("localhost", ""):
        return True
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _check(address: Any) -> None:
    if isinstance(address, tuple) and not _is_loopback(address[0]):
        raise _refuse(f"connection to {address[0]}:{address[1]}")


def install() -> None:
    """Put the guard before `connect`, `sendto` and name resolution of this process."""
    if getattr(socket, "_hyperbole_guard", False):
        return
    connect, connect_ex, sendto = socket.socket.connect, socket.socket.connect_ex, socket.socket.sendto
    getaddrinfo, gethostbyname = socket.getaddrinfo, socket.gethostbyname

    def guarded_connect(self: socket.socket, address: Any) -> None:
        _check(address)
        return connect(self, address)

    def guarded_connect_ex(self: socket.socket, address: Any) -> int:
        _check(address)
        return connect_ex(self, address)

    def guarded_sendto(self: socket.socket, *args: Any) -> int:
        _check(args[-1])
        return sendto(self, *args)

    def guarded_getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host is not None and not _is_loopback(host):
            raise _refuse(f"look-up of {host!r}")
        return getaddrinfo(host, *args, **kwargs)

    def guarded_gethostbyname(host: Any) -> str:
        if not _is_loopback(host):
            raise _refuse(f"look-up of {host!r}")
        return gethostbyname(host)

    for name, guarded in {
        "connect": guarded_connect,
        "connect_ex": guarded_connect_ex,
        "sendto": guarded_sendto,
    }.items():
        setattr(socket.socket, name, guarded)
    socket.getaddrinfo, socket.gethostbyname = guarded_getaddrinfo, guarded_gethostbyname
    socket._hyperbole_guard = True  # type: ignore[attr-defined]
