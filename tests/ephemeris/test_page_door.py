"""The door to typed addresses: what is refused before a packet goes out, what is pinned, what is capped."""

from __future__ import annotations

import datetime
import gzip
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from ephemeris.page_door import REDIRECTS, Page, PageDoor
from ephemeris.public_addresses import refusal, target
from tests.fakes.packets import NAMED, ODD, PUBLIC, PUBLIC_V6, REFUSED, Packets, watched_packets

AGENT = "hyperbole-test/1.0"


@pytest.fixture
def packets(monkeypatch: pytest.MonkeyPatch) -> Packets:
    return watched_packets(monkeypatch)


class Site:
    """A web server on this machine that says what a test tells it to."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.says: Callable[[BaseHTTPRequestHandler], None] = lambda handler: None
        site = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, format: str, *args: Any) -> None:
                """Nothing is printed."""

            def do_GET(self) -> None:
                site.asked.append((self.path, dict(self.headers)))
                try:
                    site.says(self)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        self.port = self.server.server_address[1]


@pytest.fixture
def site(packets: Packets) -> Iterator[Site]:
    running = Site()
    packets.led[(PUBLIC, 80)] = packets.led[(PUBLIC, 443)] = running.port
    yield running
    running.server.shutdown()
    running.server.server_close()


def answer(body: bytes, status: int = 200, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    def say(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Type": "text/html", **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return say


def fetch(url: str, *addresses: str, **limits: Any) -> Page:
    return PageDoor(AGENT, resolve=lambda host, port: list(addresses or [PUBLIC]), **limits).fetch(url)


@pytest.mark.parametrize("url", REFUSED)
def test_it_refuses_an_address_inside_a_network_without_a_packet(url: str, packets: Packets) -> None:
    looked_up: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        looked_up.append(host)
        return [PUBLIC]

    page = PageDoor(AGENT, resolve=resolve).fetch(url)
    assert page.failure == "refused", page.detail
    assert page.detail
    assert (packets.tried, looked_up) == ([], [])


@pytest.mark.parametrize(("url", "why"), ODD)
def test_it_refuses_what_is_no_plain_address_and_says_what_is(url: str, why: str, packets: Packets) -> None:
    page = fetch(url)
    assert page.failure == "refused"
    assert why in page.detail
    assert packets.tried == []


@pytest.mark.parametrize("addresses", NAMED.values(), ids=NAMED)
def test_it_refuses_a_name_that_stands_for_an_address_inside(addresses: list[str], packets: Packets) -> None:
    page = fetch("https://site.example/", *addresses)
    assert page.failure == "refused"
    assert packets.tried == []


def test_every_refused_address_says_of_which_kind_it_is_and_public_ones_pass() -> None:
    assert refusal("169.254.169.254").startswith("link-local")
    assert refusal("::ffff:8.8.8.8") == "an IPv4 address in disguise"
    assert refusal("2002:808:808::1") == "6to4"
    assert [refusal(address) for address in (PUBLIC, "8.8.8.8", "1.1.1.1", PUBLIC_V6, "2a00:1450::1")] == [
        ""
    ] * 5


def test_it_connects_to_the_address_it_looked_at_and_asks_the_name_only_once(
    site: Site, packets: Packets
) -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"], ["127.0.0.1"]])
    site.says = answer(b"<p>Hello</p>")
    page = PageDoor(AGENT, resolve=lambda host, port: next(answers)).fetch(
        "http://Site.Example/a b?q=ü#top".replace(" ", "%20")
    )
    assert (page.status, page.body, page.failure) == (200, b"<p>Hello</p>", None)
    assert packets.tried == [(PUBLIC, 80)]
    [(path, headers)] = site.asked
    assert path == "/a%20b?q=%C3%BC"
    assert (headers["Host"], headers["User-Agent"]) == ("site.example", AGENT)
    assert {"Cookie", "Authorization", "Proxy-Authorization"}.isdisjoint(headers)


def test_it_asks_for_an_international_name_in_its_ascii_spelling() -> None:
    assert target("https://Bücher.example./x").host == "xn--bcher-kva.example"
    assert target("https://bücher.example").url == "https://xn--bcher-kva.example/"


@pytest.mark.parametrize(
    "onward", ["http://127.0.0.1/", "http://169.254.169.254/", "http://[::1]/", "//localhost/", "ftp://site.example/",
               "http://site.example:8080/", "http://inside.example/"],
)  # fmt: skip
def test_it_looks_at_every_redirect_anew(onward: str, site: Site, packets: Packets) -> None:
    site.says = answer(b"", 302, Location=onward)
    names = {"site.example": [PUBLIC], "inside.example": ["10.0.0.1"]}
    page = PageDoor(AGENT, resolve=lambda host, port: names[host]).fetch("http://site.example/")
    assert page.failure == "refused"
    assert page.hops == ((302, "http://site.example/"),)
    assert packets.tried == [(PUBLIC, 80)]


def test_it_follows_a_few_redirects_and_no_more(site: Site, packets: Packets) -> None:
    def once(handler: BaseHTTPRequestHandler) -> None:
        answer(b"", 301, Location="/new?a=1#part")(handler) if handler.path == "/old" else answer(b"here")(
            handler
        )

    site.says = once
    page = fetch("http://site.example/old")
    assert (page.url, page.body, page.moved_for_good) == ("http://site.example/new?a=1", b"here", True)
    site.says = answer(b"", 302, Location="/again")
    page = fetch("http://site.example/old")
    assert page.failure == "too_many_redirects"
    assert len(packets.tried) == 2 + REDIRECTS + 1


def test_it_takes_no_proxy_from_the_environment(
    site: Site, packets: Packets, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.says = answer(b"direct")
    assert fetch("http://site.example/").body == b"direct"
    assert packets.tried == [(PUBLIC, 80)]


def test_it_caps_the_size_after_decompression(site: Site, packets: Packets) -> None:
    bomb = gzip.compress(b"\0" * 3_000_000)
    assert len(bomb) < 5_000
    site.says = answer(bomb, Content_Encoding="gzip")
    page = fetch("http://site.example/", largest=1_000_000)
    assert (page.failure, page.body) == ("too_large", b"")
    assert fetch("http://site.example/", largest=4_000_000).body == b"\0" * 3_000_000


def test_it_reads_texts_and_leaves_other_kinds_unread(site: Site, packets: Packets) -> None:
    site.says = answer(b"%PDF-1.7", **{"Content-Type": "application/pdf"})
    page = fetch("http://site.example/")
    assert (page.status, page.failure, page.body) == (200, "wrong_type", b"")
    assert "application/pdf" in page.detail


def test_it_gives_up_at_the_end_of_its_time_on_dripping_headers_and_bodies(
    site: Site, packets: Packets
) -> None:
    let_go = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        if handler.path == "/body":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n")
        else:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        while not let_go.wait(0.02):
            handler.wfile.write(b"a")

    site.says = drip
    for path in ("/headers", "/body"):
        page = fetch(f"http://site.example{path}", silence_s=5.0, whole_s=0.3)
        assert (page.failure, page.body) == ("timeout", b"")
    let_go.set()
    site.says = lambda handler: let_go.wait(1) and None
    let_go.clear()
    assert fetch("http://site.example/", silence_s=0.1).failure == "timeout"
    let_go.set()


def test_a_name_without_an_address_and_a_closed_port_are_told_apart(packets: Packets) -> None:
    def nowhere(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    assert PageDoor(AGENT, resolve=nowhere).fetch("http://site.example/").failure == "no_such_host"
    assert fetch("http://site.example/").failure == "unreachable"
    assert packets.tried == [(PUBLIC, 80)]


def test_it_asks_for_the_certificate_of_the_name_and_trusts_no_other(
    site: Site, packets: Packets, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = _certificate(tmp_path / "cert.pem", "site.example")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority)
    named: list[str | None] = []
    context.sni_callback = lambda sock, name, context: named.append(name)
    site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
    site.says = answer(b"secret")

    assert fetch("https://site.example/").failure == "tls", "nobody vouches for it"
    monkeypatch.setattr("certifi.where", lambda: str(authority))
    assert fetch("https://site.example/").body == b"secret"
    assert fetch("https://other.example/").failure == "tls", "the certificate is of another name"
    assert named == ["site.example", "site.example", "other.example"]
    assert set(packets.tried) == {(PUBLIC, 443)}


def _certificate(path: Path, name: str) -> Path:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    today = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(today - datetime.timedelta(days=1))
        .not_valid_after(today + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    form = serialization.Encoding.PEM
    path.write_bytes(
        key.private_bytes(form, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(form)
    )
    return path


def test_a_route_leads_every_name_to_the_fake_server_and_still_refuses_addresses_inside(
    site: Site, packets: Packets
) -> None:
    packets.led[("127.0.0.1", site.port)] = site.port
    door = PageDoor(AGENT, route=f"http://127.0.0.1:{site.port}")
    site.says = answer(b"fake")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            socket,
            "getaddrinfo",
            lambda host, port, *_: [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))],
        )
        assert door.fetch("https://site.example/page").body == b"fake"
    assert site.asked[-1][0] == "/site.example/page"
    assert door.fetch("http://169.254.169.254/").failure == "refused"
