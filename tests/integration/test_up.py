"""`manage.py up` as a visitor's machine runs it: real processes, signals, ports and a state folder."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from tests.integration.conftest import ROOT, processes_mentioning, wait_for

# One state folder for all: the first start prepares it, and every later one shows how quick a start is then.
pytestmark = pytest.mark.xdist_group("up")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Site:
    """One `manage.py up`."""

    def __init__(self, var: Path, port: int) -> None:
        self.var = var
        self._out = var.parent / f"up-{time.monotonic_ns()}.out"
        environment = {**os.environ, "HYPERBOLE_VAR": str(var), "PORT": str(port)}
        environment |= {"DATABASE_URL": "", "REDIS_URL": "", "DJANGO_SETTINGS_MODULE": "config.settings"}
        with self._out.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "up"],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
            )

    @property
    def output(self) -> str:
        return self._out.read_text()

    def wait_ready(self) -> None:
        """Return when the site says that all of it runs."""
        last = "worker and beat are running"
        wait_for("the site", lambda: last in self.output or self.process.poll() is not None, 60)
        ready = re.search(r"ready at (http://\S+)/ after ", self.output)
        assert ready, self.output
        self.url = ready[1]

    def status(self, path: str) -> int:
        web = http.client.HTTPConnection(urllib.parse.urlsplit(self.url).netloc, timeout=10)
        try:
            web.request("GET", path)
            return web.getresponse().status
        finally:
            web.close()

    def child(self, name: str) -> int:
        """Return the process id of the one child whose command line holds a word."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        found = [int(pid) for pid in children if name.encode() in Path(f"/proc/{pid}/cmdline").read_bytes()]
        assert len(found) == 1, f"{name}: {found}"
        return found[0]


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the state folder, prepared by a first start."""
    folder = tmp_path_factory.mktemp("up") / "var"
    first = Site(folder, free_port())
    first.wait_ready()
    first.process.send_signal(signal.SIGINT)
    assert first.process.wait(30) == 0
    (folder.parent / "first.out").write_text(first.output)
    return folder


@pytest.fixture
def site(var: Path) -> Iterator[Site]:
    """Return a running site on the prepared state."""
    running = Site(var, free_port())
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.process.terminate()
            running.process.wait(30)
        wait_for("the end of all processes", lambda: not processes_mentioning(str(var)), 15)


def test_it_prints_the_demo_passwords_at_the_first_start_only_and_they_open_the_admin(
    var: Path, site: Site
) -> None:
    printed = dict(
        re.findall(r"^ {4}(editor|reviewer) +(\S+)$", (var.parent / "first.out").read_text(), re.MULTILINE)
    )
    assert set(printed) == {"editor", "reviewer"}
    assert printed["editor"] != printed["reviewer"]
    site.wait_ready()
    assert printed["editor"] not in site.output
    assert "demo accounts" not in site.output
    for name, password in printed.items():
        cookies = CookieJar()
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))
        opener.open(f"{site.url}/admin/login/", timeout=10).read()
        token = next(cookie.value for cookie in cookies if cookie.name == "csrftoken")
        fields = {"username": name, "password": password, "csrfmiddlewaretoken": token, "next": "/admin/"}
        page = opener.open(f"{site.url}/admin/login/", urllib.parse.urlencode(fields).encode(), timeout=10)
        # who may approve is led to enrolment first: without a second factor there is no admin
        inside = "/accounts/2fa/totp/activate/" if name == "reviewer" else "/admin/"
        assert page.url == f"{site.url}{inside}", f"{name} was not let in"


def test_it_prepares_nothing_a_second_time_and_leaves_no_process_after_ctrl_c(var: Path, site: Site) -> None:
    site.wait_ready()  # how long it takes is for bench/start_up.py: here other tests share the cores
    assert "preparing the database" not in site.output
    assert site.status("/readyz") == 200
    assert len(processes_mentioning(str(var))) >= 8
    os.killpg(site.process.pid, signal.SIGINT)  # as the terminal does
    assert site.process.wait(30) == 0
    assert processes_mentioning(str(var)) == []
    assert site.output.endswith("hyperbole: stopping\nhyperbole: stopped\n")


def test_it_refuses_a_second_start_and_says_where_the_first_one_is(var: Path, site: Site) -> None:
    site.wait_ready()
    second = Site(var, free_port())
    assert second.process.wait(30) == 1
    assert f"already running: pid {site.process.pid}, {site.url}/" in second.output
    assert site.status("/healthz") == 200


def test_it_moves_on_from_a_busy_port_and_says_so(var: Path) -> None:
    with socket.socket() as busy:
        # The worst neighbour: another server that shares its port with whoever asks.
        busy.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        site = Site(var, port)
        try:
            site.wait_ready()
            assert f"port {port} is taken, using " in site.output
            assert not site.url.endswith(f":{port}")
        finally:
            site.process.terminate()
            site.process.wait(30)


def test_it_leaves_no_orphan_when_it_is_killed_and_starts_again_right_away(var: Path, site: Site) -> None:
    site.wait_ready()
    site.process.kill()
    site.process.wait()
    again = Site(var, free_port())  # it waits for the remains of the first
    try:
        again.wait_ready()
        left = {int(line.split()[0]) for line in [(var / "run" / "lock").read_text()]}
        assert left == {again.process.pid}
        assert again.status("/readyz") == 200
    finally:
        again.process.terminate()
        again.process.wait(30)
    wait_for("the end of all processes", lambda: not processes_mentioning(str(var)), 10)


def test_it_starts_a_killed_worker_and_a_killed_web_server_again(site: Site) -> None:
    site.wait_ready()
    for name in ("celery\0--app\0config\0--quiet\0worker", "granian"):
        before = site.child(name)
        os.kill(before, signal.SIGKILL)
        wait_for(f"{name} to be back", lambda name=name, before=before: _replaced(site, name, before))
    wait_for("the site to be ready again", lambda: _answers(site))
    assert "worker ended with -9; starting it again" in site.output
    assert "web ended with -9; starting it again" in site.output


def _replaced(site: Site, name: str, before: int) -> bool:
    try:
        return site.child(name) != before
    except (AssertionError, FileNotFoundError):
        return False


def _answers(site: Site) -> bool:
    try:
        return site.status("/readyz") == 200
    except OSError:
        return False
