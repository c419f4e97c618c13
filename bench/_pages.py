"""What each page costs in one process of the site, without server and network: prints JSON.

`python bench/_pages.py ADDRESS ...` on the state folder of HYPERBOLE_VAR.  A cost is processor time: on a machine
that does other things as well it is nearly the same, and time on the clock is not.  `ms` is of a page whose answer
is not kept, while the process remembers what it counted and wrote for others; `cold_ms` is of a process that
remembers nothing at all, as after its start.
"""

import gc
import io
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
ROUNDS, COLD_ROUNDS = 7, 3


def main(addresses: list[str]) -> list[dict[str, object]]:
    """Return a row an address: status, bytes, queries, median milliseconds of the processor."""
    from django.core.wsgi import get_wsgi_application
    from django.db import connection

    application = get_wsgi_application()
    from claims.delivery import answers
    from claims.kept import forget_everything

    def ask(address: str) -> tuple[str, int]:
        path, _, query = address.partition("?")
        told: list[str] = []
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80", "SCRIPT_NAME": "", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(),
            "wsgi.errors": sys.stderr, "REMOTE_ADDR": "127.0.0.1",
        }  # fmt: skip
        response = application(environ, lambda status, headers, exc_info=None: told.append(status))
        size = sum(map(len, response))
        response.close()
        return told[0][:3], size

    @contextmanager
    def counted():
        seen: list[str] = []

        def note(execute, sql, params, many, context):
            seen.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            yield seen

    def cost(address: str, forget: Callable[[], None], rounds: int) -> float:
        costs = []
        gc.collect()
        for _ in range(rounds):
            forget()
            began = time.process_time()
            ask(address)
            costs.append((time.process_time() - began) * 1000)
        return statistics.median(costs)

    rows = []
    for address in addresses:
        ask(address)
        with counted() as kept_queries:
            ask(address)
        answers.clear()
        with counted() as queries:
            status, size = ask(address)
        rows.append(
            {
                "address": address,
                "status": status,
                "bytes": size,
                "kept_queries": len(kept_queries),
                "queries": len(queries),
                "ms": cost(address, answers.clear, ROUNDS),
                "cold_ms": cost(address, forget_everything, COLD_ROUNDS),
            }
        )
    return rows


if __name__ == "__main__":
    json.dump(main(sys.argv[1:]), sys.stdout)
