"""The supervisor on small processes; `tests/integration/test_up.py` has it run the whole site."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from config.runlock import AlreadyRunning, RunLock
from config.stamps import Stamp, digest_of
from config.supervisor import Child, NotReady, Supervisor
from config.valkey import LONGEST_SOCKET_PATH, socket_path

ROOT = Path(__file__).resolve().parent.parent.parent
SLEEP = "import time; time.sleep(60)"


def child(tmp_path: Path, name: str, program: str = SLEEP, **more: object) -> Child:
    options = {"ready": lambda: True, "stop_within_s": 5.0, **more}
    return Child(name, [sys.executable, "-c", program], tmp_path / f"{name}.log", **options)  # type: ignore[arg-type]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_it_stops_processes_in_the_reverse_order_of_their_start(tmp_path: Path) -> None:
    order = tmp_path / "order"
    program = (
        "import signal, sys, time\n"
        "def end(*_):\n    open({!r}, 'a').write({!r}); sys.exit(0)\n"
        "signal.signal(signal.SIGTERM, end)\nopen({!r}, 'w')\ntime.sleep(60)"
    )
    supervisor = Supervisor(print)
    for name in "abc":
        mark = tmp_path / f"{name}.ready"
        supervisor.start(
            child(tmp_path, name, program.format(str(order), name, str(mark)), ready=mark.exists)
        )
    supervisor.wait_ready(10)
    supervisor.stop()
    assert order.read_text() == "cba"


def test_it_does_not_wait_for_ever_for_a_process_that_will_not_stop(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    deaf = f"import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); open({str(mark)!r}, 'w'); time.sleep(60)"
    stubborn = child(tmp_path, "stubborn", deaf, ready=mark.exists, stop_within_s=0.3)
    supervisor = Supervisor(print)
    supervisor.start(stubborn)
    supervisor.wait_ready(10)
    began = time.monotonic()
    supervisor.stop()
    assert time.monotonic() - began < 3
    assert stubborn.exit_code() == -signal.SIGKILL


def test_it_leaves_nothing_behind_that_its_processes_started(tmp_path: Path) -> None:
    grandchild = tmp_path / "grandchild"
    program = (
        "import os, signal, subprocess, sys, time\n"
        "p = subprocess.Popen([sys.executable, '-c', 'import signal, time; "
        "signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)'])\n"
        f"open({str(grandchild)!r}, 'w').write(str(p.pid))\ntime.sleep(60)"
    )
    supervisor = Supervisor(print)
    supervisor.start(
        child(tmp_path, "parent", program, ready=lambda: grandchild.exists() and grandchild.read_text())
    )
    supervisor.wait_ready(10)
    supervisor.stop()
    pid = int(grandchild.read_text())
    deadline = time.monotonic() + 5
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(pid)


def test_it_names_the_process_that_ended_before_it_was_ready_and_shows_its_last_words(tmp_path: Path) -> None:
    supervisor = Supervisor(print)
    supervisor.start(
        child(tmp_path, "broken", "print('no such comet'); raise SystemExit(3)", ready=lambda: False)
    )
    with pytest.raises(NotReady, match=r"(?s)broken: ended with 3.*no such comet"):
        supervisor.wait_ready(10)
    supervisor.stop()


def test_it_restarts_what_ends_at_once_and_then_with_growing_pauses(tmp_path: Path) -> None:
    said: list[str] = []
    starts = tmp_path / "starts"
    failing = child(tmp_path, "failing", f"open({str(starts)!r}, 'a').write('x'); raise SystemExit(1)")
    supervisor = Supervisor(said.append)
    supervisor.start(failing)

    class EnoughError(Exception):
        pass

    def stop_watching(*_: object) -> None:
        raise EnoughError

    assert threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGALRM, stop_watching)
    signal.setitimer(signal.ITIMER_REAL, 3.0)
    try:
        with pytest.raises(EnoughError):
            supervisor.watch()
    finally:
        signal.signal(signal.SIGALRM, before)
        supervisor.stop()
    assert said[0] == "failing ended with 1; starting it again"
    assert said[1] == "failing ended with 1; starting it again in 1 s"
    assert said[2] == "failing ended with 1; starting it again in 2 s"
    assert starts.read_text() == "xxx", "the third pause is longer than this test watched"


def test_it_refuses_a_second_start_and_tells_the_address_of_the_first(tmp_path: Path) -> None:
    first = RunLock(tmp_path / "run" / "lock")
    first.take()
    first.announce("http://127.0.0.1:8123/")
    with pytest.raises(AlreadyRunning, match=rf"already running: pid {os.getpid()}, http://127.0.0.1:8123/"):
        RunLock(tmp_path / "run" / "lock").take()
    first.release()
    second = RunLock(tmp_path / "run" / "lock")
    second.take()
    second.release()


def test_it_waits_for_the_remains_of_a_supervisor_that_is_gone(tmp_path: Path) -> None:
    first = RunLock(tmp_path / "lock")
    first.take()
    gone = child(tmp_path, "gone", "pass")
    gone.start()
    assert gone.process
    gone.process.wait()
    (tmp_path / "lock").write_text(f"{gone.process.pid} http://127.0.0.1:8123/\n")
    began = time.monotonic()
    with pytest.raises(AlreadyRunning):
        RunLock(tmp_path / "lock").take(patience_s=0.5)
    assert time.monotonic() - began >= 0.5
    first.release()


def test_it_does_a_step_again_only_when_its_sources_change(tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    (sources / "a").write_text("1")
    stamp = Stamp(tmp_path / "stamp")
    before = digest_of([sources], "5.2")
    assert not stamp.shows(before)
    stamp.set(before)
    assert stamp.shows(digest_of([sources], "5.2"))
    assert not stamp.shows(digest_of([sources], "5.3"))
    (sources / "a").write_text("2")
    assert not stamp.shows(digest_of([sources], "5.2"))
    (sources / "a").write_text("1")
    (sources / "a").rename(sources / "b")
    assert not stamp.shows(digest_of([sources], "5.2"))


def test_it_finds_a_socket_path_that_can_be_bound_however_deep_the_folder_lies(tmp_path: Path) -> None:
    near, deep = tmp_path / "var", tmp_path / ("d" * 100) / "var"
    assert socket_path(Path("/srv/var")) == Path("/srv/var/run/valkey.sock")
    assert len(str(socket_path(deep))) <= LONGEST_SOCKET_PATH
    assert socket_path(deep) == socket_path(deep)
    assert socket_path(deep) != socket_path(near)


def test_it_has_what_a_killed_supervisor_left_ended_in_order_and_the_deaf_ones_too(tmp_path: Path) -> None:
    order, pids = tmp_path / "order", tmp_path / "pids"
    leaving = (
        "import signal, sys, time\n"
        "def end(*_):\n    time.sleep({pause}); open({order!r}, 'a').write({name!r}); sys.exit(0)\n"
        "signal.signal(signal.SIGTERM, end)\nopen({mark!r}, 'w')\ntime.sleep(60)"
    )
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); open({mark!r}, 'w'); time.sleep(60)"
    programs = {"server": (leaving, 0.0, True), "worker": (leaving, 0.5, False), "deaf": (deaf, 0.0, False)}
    children = []
    for name, (text, pause, outlasts) in programs.items():
        mark = str(tmp_path / name)
        program = text.format(pause=pause, order=str(order), name=f"{name} ", mark=mark)
        children.append(
            f"Child({name!r}, [sys.executable, '-c', {program!r}], Path({mark + '.log'!r}), "
            f"Path({mark!r}).exists, 1.0, outlasts={outlasts})"
        )
    supervising = (
        "import sys\nfrom pathlib import Path\nfrom config.supervisor import Child, Supervisor\n"
        f"children = [{', '.join(children)}]\nsupervisor = Supervisor(print)\nsupervisor.start(*children)\n"
        "supervisor.wait_ready(10)\n"
        f"Path({str(pids)!r}).write_text(' '.join(str(child.process.pid) for child in children) + ' .')\n"
        "supervisor.watch()"
    )
    process = subprocess.Popen([sys.executable, "-c", supervising], cwd=ROOT)
    deadline = time.monotonic() + 20
    while not (pids.exists() and pids.read_text().endswith(".")):
        assert time.monotonic() < deadline, "the supervisor did not start"
        time.sleep(0.05)
    process.kill()
    process.wait()
    left = [int(pid) for pid in pids.read_text().split()[:-1]]
    while any(alive(pid) for pid in left) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(alive(pid) for pid in left)
    assert order.read_text() == "worker server "
