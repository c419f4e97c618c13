"""The scan for committed secrets finds what it is for."""

import importlib.util
from pathlib import Path

spec = importlib.util.spec_from_file_location(
    "scan", Path(__file__).resolve().parents[2] / "tools" / "secrets.py"
)
assert spec is not None
assert spec.loader is not None
scan = importlib.util.module_from_spec(spec)
spec.loader.exec_module(scan)


def test_it_finds_planted_secrets_and_passes_what_only_looks_like_one() -> None:
    planted = {
        "-----BEGIN RSA " + "PRIVATE KEY-----": "private key",
        'key = "AKIA' + "Q3VZ7L2MND5XKT8W" + '"': "cloud key",
        "postgresql://hyperbole:" + "tr0ub4dor" + "@db.example/site": "password in an address",
        'API_KEY = "' + "q8Zt5vXw2LpR7nKd4HsY9mBc" + '"': "random word under a telling name",
        "ghp_" + "a1B2c3D4e5" * 3 + "f6G7h8": "token of a forge",
    }
    for line, kind in planted.items():
        assert scan.found_in(f"harmless\n{line}\n") == [(2, kind)], line
    for line in (
        "https://hyperbole.example/claims/",
        'csrf_token = "{{ csrf_token }}"',
        "redis://host:6379/0",
    ):
        assert scan.found_in(line) == []
