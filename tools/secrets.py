"""Looks for secrets in what is committed: keys, tokens, private keys, passwords in addresses.  Ends with 1 and the place."""

import math
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMED = {
    "private key": re.compile(r"-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----"),
    "cloud key": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    "token of a forge": re.compile(r"\b(?:gh[opsur]_[A-Za-z0-9]{36}|github_pat_\w{40,}|glpat-[\w-]{20})\b"),
    "token of a chat or mail service": re.compile(r"\b(?:xox[abprs]-[\w-]{10,}|SG\.[\w-]{20,}\.[\w-]{20,})"),
    "token of a registry": re.compile(r"\b(?:pypi-AgE[\w-]{50,}|npm_[A-Za-z0-9]{36})\b"),
    "signed token": re.compile(r"\beyJ[\w-]{15,}\.eyJ[\w-]{15,}\.[\w-]{10,}"),
}
# a password in an address, and a long random word beside a telling name
ADDRESS = re.compile(r"\b[a-z][a-z0-9+]*://[^\s:/@'\"<>]*:([^\s@'\"<>{}$]+)@")
ASSIGNED = re.compile(
    r"(?i)(?:secret|password|passwd|token|api_?key)\w*[\"']?\s*[:=]\s*[\"']([A-Za-z0-9+/_=.-]{20,})[\"']"
)
# of examples and tests, where anybody may read them
KNOWN = {
    "password", "se%2Fcret", "hunter2", "k7Qm3xVt9RbLw2ZsYh6NcJf4PdGa8TuEo5XiKq1BvMnCzW0yHrSj",
}  # fmt: skip
UNREAD = (".lock", ".png", ".ico", ".woff2", ".min.js", ".npz", ".bsp")


def entropy(word: str) -> float:
    """Bits a character."""
    return -sum(n / len(word) * math.log2(n / len(word)) for n in Counter(word).values())


def found_in(text: str) -> list[tuple[int, str]]:
    """The line and the kind of each secret in a text."""
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        found += [(number, kind) for kind, pattern in NAMED.items() if pattern.search(line)]
        found += [
            (number, "password in an address")
            for word in ADDRESS.findall(line)
            if len(word) > 3 and word not in KNOWN
        ]
        found += [
            (number, "random word under a telling name")
            for word in ASSIGNED.findall(line)
            if word not in KNOWN and entropy(word) > 4
        ]
    return found


def main() -> int:
    """Read every committed text."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    names = [name for name in listed.decode().split("\0") if name and not name.endswith(UNREAD)]
    faults = []
    for name in names:
        try:
            text = (ROOT / name).read_text()
        except (UnicodeDecodeError, FileNotFoundError):
            continue
        faults += [f"{name}:{line}: {kind}" for line, kind in found_in(text)]
    print("\n".join(faults) if faults else f"no secret in {len(names)} committed files")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
