"""A small supervisor: starts processes in order, watches them, stops them in reverse order."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

REAPER = Path(__file__).with_name("reaper.py")
LARGEST_LOG = 10_000_000  # bytes; a larger log is set aside when its process starts
STEADY_S = 30.0  # a process that lived this long did not fail at its start
LONGEST_PAUSE_S = 30.0

_PR_SET_PDEATHSIG = 1
try:
    _prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None
except (OSError, AttributeError):
    _prctl = None


@dataclass
class Child:
    """One process under supervision: how to start it, when it is ready, how long it may take to stop."""

    name: str
    command: Sequence[str]
    log: Path
    ready: Callable[[], bool]
    stop_within_s: float
    before: Callable[[], None] = lambda: None  # runs before every start
    environment: Mapping[str, str] = field(default_factory=dict)
    keep_open: Sequence[int] = ()  # file descriptors that the process inherits, such as the run lock
    outlasts: bool = False  # the others need it to their end, so the kernel must not end it beside them
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_again_at: float | None = None
    failures: int = 0

    def start(self) -> None:
        """Start the process in a process group of its own, so that nothing it started can outlive it."""
        self.before()
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        supervisor = os.getpid()

        def die_with_supervisor() -> None:
            if self.told_by_kernel:
                assert _prctl is not None
                _prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
                if os.getppid() != supervisor:  # it died between the fork and the line above
                    os._exit(1)

        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                pass_fds=self.keep_open,
                start_new_session=True,
                preexec_fn=die_with_supervisor,  # safe: the supervisor has one thread
            )
        self.started_at = time.monotonic()
        self.start_again_at = None

    @property
    def told_by_kernel(self) -> bool:
        """Return whether the kernel asks the process to stop when the supervisor is killed."""
        return _prctl is not None and not self.outlasts

    def exit_code(self) -> int | None:
        """Return how the process ended, or None while it runs."""
        return self.process.poll() if self.process else None

    def signal_group(self, number: int) -> None:
        """Send a signal to the process and to all that it started."""
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    def stop(self) -> None:
        """Ask the process to stop; insist when its time is over; leave nothing of its group behind."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(self.stop_within_s)
        self.signal_group(signal.SIGKILL)
        self.process.wait()

    def last_lines(self, count: int = 15) -> str:
        """Return the end of the log."""
        with self.log.open("rb") as log:
            log.seek(max(0, self.log.stat().st_size - 8192))
            return "\n".join(log.read().decode(errors="replace").splitlines()[-count:])


class NotReady(Exception):
    """A process ended, or took too long, before it was ready."""


class Supervisor:
    """Holds children in the order in which they depend on one another."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._children: list[Child] = []
        self._stopping = False
        self._reaper = subprocess.Popen(
            [sys.executable, "-S", str(REAPER)], stdin=subprocess.PIPE, start_new_session=True, text=True
        )

    def listen_to_signals(self) -> None:
        """Stop on Ctrl-C, on termination and on a closed terminal; a second request stops without patience."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def _on_signal(self, *_: object) -> None:
        if self._stopping:
            for child in self._children:
                child.signal_group(signal.SIGKILL)
        else:
            self._stopping = True
            raise KeyboardInterrupt

    def start(self, *children: Child) -> None:
        """Start children side by side, without waiting for them."""
        for child in children:
            self._children.append(child)
            self._start(child)

    def _start(self, child: Child) -> None:
        child.start()
        assert child.process is not None
        told = "told" if child.told_by_kernel else "not-told"
        self._tell_reaper(f"{child.name} {child.process.pid} {min(child.stop_within_s, 6.0)} {told}\n")

    def _tell_reaper(self, line: str) -> None:
        assert self._reaper.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # killed: nothing but the kernel then watches over us
            self._reaper.stdin.write(line)
            self._reaper.stdin.flush()

    def wait_ready(self, within_s: float) -> None:
        """Return when every child is ready; raise `NotReady` when one ends or the time is over."""
        deadline = time.monotonic() + within_s
        for child in self._children:
            while not child.ready():
                code = child.exit_code()
                if code is not None or time.monotonic() > deadline:
                    why = f"not ready after {within_s:.0f} s" if code is None else f"ended with {code}"
                    raise NotReady(f"{child.name}: {why}; the end of {child.log}:\n{child.last_lines()}")
                time.sleep(0.05)

    def watch(self) -> None:
        """Restart what ends, at once the first time and then with growing pauses.  Returns never."""
        while True:
            for child in self._children:
                self._look_after(child, time.monotonic())
            time.sleep(0.2)

    def _look_after(self, child: Child, now: float) -> None:
        code = child.exit_code()
        if code is None:
            return
        if child.start_again_at is None:
            child.signal_group(signal.SIGKILL)  # its own children would hold the port or the queue
            child.failures = 1 if now - child.started_at > STEADY_S else child.failures + 1
            pause = 0.0 if child.failures == 1 else min(2.0 ** (child.failures - 2), LONGEST_PAUSE_S)
            child.start_again_at = now + pause
            self._say(
                f"{child.name} ended with {code}; starting it again" + (f" in {pause:.0f} s" if pause else "")
            )
        if now >= child.start_again_at:
            self._start(child)

    def stop(self) -> None:
        """Stop all children, the last started first."""
        self._stopping = True
        for child in reversed(self._children):
            child.stop()
        self._tell_reaper("done\n")
        self._reaper.communicate()
