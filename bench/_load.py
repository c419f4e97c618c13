"""Load on an address: wrk where the machine has it, a small client of threads otherwise."""

import http.client
import re
import shutil
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

CONNECTIONS = 8
CLIENT = "wrk" if shutil.which("wrk") else "Python threads"
# every request asks for an address that nobody asked for before, so no kept answer can serve it
FRESH = """
local n = 0
local mark = tostring({}):gsub("[^%w]", "")
request = function()
  n = n + 1
  return wrk.format("GET", wrk.path .. "?fresh=" .. mark .. n, wrk.headers)
end
"""
_numbers = count()


@dataclass(frozen=True)
class Load:
    """Requests a second, the median and the 99th percentile of their milliseconds, and wrong answers."""

    per_s: float
    p50_ms: float
    p99_ms: float
    wrong: int


def load(url: str, seconds: float, headers: dict[str, str] | None = None, fresh: bool = False) -> Load:
    """Ask for ``url`` over eight connections for ``seconds``."""
    if CLIENT == "wrk":
        return _wrk(url, seconds, headers or {}, fresh)
    return _threads(url, seconds, headers or {}, fresh)


def _wrk(url: str, seconds: float, headers: dict[str, str], fresh: bool) -> Load:
    command = [
        "wrk",
        "-t1",
        f"-c{CONNECTIONS}",
        f"-d{max(1, round(seconds))}",
        "--timeout",
        "30",
        "--latency",
    ]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        if fresh:
            script.write(FRESH)
            script.flush()
            command += ["-s", script.name]
        told = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout

    def found(pattern: str) -> str:
        match = re.search(pattern, told)
        return match[1] if match else "0"

    def milliseconds(percent: str) -> float:
        value, unit = re.search(rf"^\s+{percent}%\s+([\d.]+)(us|ms|s)", told, re.MULTILINE).groups()
        return float(value) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[unit]

    wrong = int(found(r"Non-2xx or 3xx responses: (\d+)")) + int(found(r"read (\d+)"))
    return Load(float(found(r"Requests/sec:\s+([\d.]+)")), milliseconds("50"), milliseconds("99"), wrong)


def _threads(url: str, seconds: float, headers: dict[str, str], fresh: bool) -> Load:
    parts = urlsplit(url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    times: list[float] = []
    wrong: list[int] = []
    end = time.monotonic() + seconds

    def asks() -> None:
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
        while (began := time.monotonic()) < end:
            address = f"{path}?fresh={id(times)}-{next(_numbers)}" if fresh else path
            connection.request("GET", address, headers=headers)
            answer = connection.getresponse()
            answer.read()
            times.append(time.monotonic() - began)
            if answer.status >= 400:
                wrong.append(answer.status)
        connection.close()

    threads = [threading.Thread(target=asks) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times.sort()
    return Load(
        len(times) / seconds, times[len(times) // 2] * 1000, times[int(len(times) * 0.99)] * 1000, len(wrong)
    )


def read(url: str, headers: dict[str, str] | None = None) -> tuple[int, dict[str, str], bytes]:
    """One answer: status, headers in small letters, body."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    try:
        connection.request(
            "GET", f"{parts.path}?{parts.query}" if parts.query else parts.path, headers=headers or {}
        )
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def logs(folder: Path) -> str:
    """The end of every log of a folder, for an error."""
    return "\n".join(f"{path.name}: {path.read_text()[-800:]}" for path in sorted(folder.glob("*.log")))
