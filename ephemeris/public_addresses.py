"""Addresses of public sites: how one is taken apart, what its name stands for, and which are not public at all."""

from __future__ import annotations

import re
import socket
import threading
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

import idna
from urllib3.exceptions import LocationParseError
from urllib3.util import parse_url

LONGEST_ADDRESS = 2_000
LOOK_UP_S = 5.0
PORTS = {"http": 80, "https": 443}
# Written out, for what Python's `ipaddress` calls global has changed between its releases.
# https://www.iana.org/assignments/iana-ipv4-special-registry/ and iana-ipv6-special-registry, with multicast
SPECIAL = {
    "0.0.0.0/8": "this network",
    "10.0.0.0/8": "private",
    "100.64.0.0/10": "shared between a provider and its customers",
    "127.0.0.0/8": "loopback",
    "169.254.0.0/16": "link-local, where clouds keep their metadata",
    "172.16.0.0/12": "private",
    "192.0.0.0/24": "protocol assignments",
    "192.0.2.0/24": "documentation",
    "192.31.196.0/24": "AS112",
    "192.52.193.0/24": "automatic multicast tunnelling",
    "192.88.99.0/24": "6to4 relays",
    "192.168.0.0/16": "private",
    "192.175.48.0/24": "AS112",
    "198.18.0.0/15": "benchmarking",
    "198.51.100.0/24": "documentation",
    "203.0.113.0/24": "documentation",
    "224.0.0.0/4": "multicast",
    "240.0.0.0/4": "reserved or broadcast",
    "2001::/23": "protocol assignments, Teredo among them",
    "2001:db8::/32": "documentation",
    "2002::/16": "6to4",
    "2620:4f:8000::/48": "AS112",
    "3fff::/20": "documentation",
}
_V4 = [(IPv4Network(net), what) for net, what in SPECIAL.items() if ":" not in net]
_V6 = [(IPv6Network(net), what) for net, what in SPECIAL.items() if ":" in net]
# all that is routed in public; loopback, ::ffff:0:0/96, 64:ff9b::/96, fc00::/7, fe80::/10 and ff00::/8 lie outside
GLOBAL_V6 = IPv6Network("2000::/3")
NAMED_V6 = {
    "::/128": "unspecified",
    "::1/128": "loopback",
    "::ffff:0:0/96": "an IPv4 address in disguise",
    "64:ff9b::/96": "NAT64",
    "64:ff9b:1::/48": "local NAT64",
    "fc00::/7": "private",
    "fe80::/10": "link-local",
    "fec0::/10": "site-local",
    "ff00::/8": "multicast",
}


def refusal(address: str) -> str:
    """Why an address is not of the public Internet; empty for one that is."""
    found = ip_address(address.partition("%")[0])
    if found.version == 4:
        return next((what for net, what in _V4 if found in net), "")
    if found not in GLOBAL_V6:
        return next(
            (what for net, what in NAMED_V6.items() if found in ip_network(net)), "not routed in public"
        )
    return next((what for net, what in _V6 if found in net), "")


class AddressRefused(Exception):
    """An address that this door does not open to; nothing was sent."""


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart once: what is looked at is what is asked for."""

    scheme: str
    host: str
    port: int
    path: str
    literal: str = ""  # the host as an address, where it is one in any spelling

    @property
    def url(self) -> str:
        return f"{self.scheme}://{f'[{self.host}]' if ':' in self.host else self.host}{self.path}"


def target(url: str) -> Target:
    """Take an address apart.

    Raises
    ------
    AddressRefused
        For anything but a plain address of a public site; the message names what is allowed.
    """
    if len(url) > LONGEST_ADDRESS:
        raise AddressRefused(f"an address of {len(url)} characters, expected at most {LONGEST_ADDRESS}")
    if re.search(r"[\x00-\x20\x7f\\]", url):
        raise AddressRefused("the address has a space, a control character or a backslash in it")
    try:
        parts = urlsplit(url)
        name, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise AddressRefused(f"this is no address: {error}") from None
    if parts.scheme not in PORTS:
        raise AddressRefused(f"scheme {parts.scheme or 'missing'}, expected http or https")
    if parts.username is not None or parts.password is not None:
        raise AddressRefused("the address carries a user name or password")
    if port is not None and port != PORTS[parts.scheme]:
        raise AddressRefused(f"port {port}, expected {PORTS[parts.scheme]} for {parts.scheme}")
    host, literal = _host(name)
    try:
        sent = parse_url(f"{parts.scheme}://h{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}")
    except LocationParseError as error:
        raise AddressRefused(f"this is no address: {error}") from None
    return Target(parts.scheme, host, PORTS[parts.scheme], sent.request_uri, literal)


def _host(name: str) -> tuple[str, str]:
    """A host in the spelling that is asked for, and its address where it is written as one."""
    if not name:
        raise AddressRefused("the address names no host")
    if ":" in name:
        try:
            literal = socket.inet_ntop(socket.AF_INET6, socket.inet_pton(socket.AF_INET6, name))
        except OSError:
            raise AddressRefused(f"host {name} is no address") from None
        return literal, literal
    try:
        host = (
            idna.encode(name.rstrip("."), uts46=True).decode().lower()
            if not name.isascii()
            else name.rstrip(".")
        )
    except idna.IDNAError as error:
        raise AddressRefused(f"host {name}: {error}") from None
    if not re.fullmatch(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*", host) or len(host) > 253:
        raise AddressRefused(f"host {name} is no name of a site")
    # 127.1, 2130706433, 0x7f.1, 0177.0.0.1: every spelling that a resolver would take for an address
    if re.fullmatch(r"(0x[0-9a-f]*|[0-9]+)", host.rpartition(".")[2]):
        try:
            literal = socket.inet_ntoa(socket.inet_aton(host))
        except OSError:
            raise AddressRefused(f"host {name} ends in a number and is no address") from None
        return literal, literal
    if "." not in host:
        raise AddressRefused(f"host {name}, expected the full name of a public site")
    return host, ""


def system_addresses(host: str, port: int) -> list[str]:
    """The addresses that a name stands for, as the machine's resolver says."""
    found: list[str] = []
    problem: list[OSError] = []

    def look_up() -> None:
        try:
            found.extend(
                str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            )
        except OSError as error:
            problem.append(error)

    # getaddrinfo takes no time-out, and whoever runs the name server of a stranger's host decides how long it takes
    asking = threading.Thread(target=look_up, daemon=True)
    asking.start()
    asking.join(LOOK_UP_S)
    if asking.is_alive():
        raise TimeoutError(f"no address of {host} within {LOOK_UP_S:.0f} s")
    if problem:
        raise problem[0]
    return list(dict.fromkeys(found))
