"""The rules that the test run itself keeps: nothing leaves the loopback, nothing is skipped in silence."""

import os
import re
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import network
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
OUTSIDE = "192.0.2.1"  # an address that belongs to nobody (RFC 5737)


def test_it_refuses_connections_and_look_ups_that_leave_the_loopback() -> None:
    with socket.socket() as stream, pytest.raises(network.LeftTheLoopbackError, match=OUTSIDE):
        stream.connect((OUTSIDE, 80))
    with socket.socket() as stream, pytest.raises(network.LeftTheLoopbackError):
        stream.connect_ex((OUTSIDE, 80))
    with socket.socket(type=socket.SOCK_DGRAM) as datagram, pytest.raises(network.LeftTheLoopbackError):
        datagram.sendto(b"x", (OUTSIDE, 53))
    with pytest.raises(network.LeftTheLoopbackError, match=r"ssd\.example"):
        urllib.request.urlopen("https://ssd.example/", timeout=1)
    assert len(network.attempts) == 4
    network.attempts.clear()  # they were meant


def test_it_lets_the_loopback_be(httpserver) -> None:
    httpserver.expect_request("/").respond_with_data("near")
    assert urllib.request.urlopen(httpserver.url_for("/"), timeout=5).read() == b"near"
    assert network.attempts == []


def test_it_guards_the_processes_that_tests_start_as_well() -> None:
    program = f"import socket; socket.create_connection(({OUTSIDE!r}, 80), 1)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert "LeftTheLoopbackError" in done.stderr


PLANTED = {
    "skip": (
        "import pytest\ndef test_a():\n    pytest.skip('not today')",
        "was skipped; here a test runs or fails",
    ),
    "importorskip": ("import pytest\npytest.importorskip('no_such_module')", "was skipped as a whole; here"),
    "skipif": (
        "import pytest\n@pytest.mark.skipif(True, reason='x')\ndef test_a(): pass",
        "was skipped; here",
    ),
    "warning": (
        "import warnings\ndef test_a():\n    warnings.warn('old', DeprecationWarning)",
        "DeprecationWarning: old",
    ),
    "swallowed": (
        "import socket\ndef test_a():\n    try: socket.create_connection(('192.0.2.1', 80), 1)\n"
        "    except AssertionError: pass",
        "the test left the loopback",
    ),
}


@pytest.mark.timeout(240)  # two whole runs of pytest, each with a server of its own
def test_it_fails_tests_that_skip_warn_or_swallow_a_refusal(tmp_path: Path) -> None:
    for name, (body, _) in PLANTED.items():
        (tmp_path / f"test_planted_{name}.py").write_text(body)
    (tmp_path / "test_planted_sound.py").write_text("def test_a(): pass")
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "HYPERBOLE_"))
    }
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-c",
        str(ROOT / "pyproject.toml"),
        "-p",
        "tests.conftest",
    ]
    done = subprocess.run(
        [*command, str(tmp_path)], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    # a module that cannot be collected stops the run, so the others are asked without it
    (tmp_path / "test_planted_importorskip.py").unlink()
    rest = subprocess.run(
        [*command, str(tmp_path)], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    output = done.stdout + rest.stdout
    for name, (_, message) in PLANTED.items():
        assert message in output, f"{name}:\n{output}"
    assert done.returncode != 0
    assert "2 passed" in rest.stdout, "the sound one, and the call whose refusal the teardown then counts"
    assert len(re.findall(r"^(?:FAILED|ERROR) ", rest.stdout, re.MULTILINE)) == len(PLANTED) - 1
