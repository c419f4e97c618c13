"""The site's own settings, with the state and the services of this test run.

`HYPERBOLE_TEST_DATABASE` chooses sqlite (the default) or postgresql; `make test` runs both.
"""

import os
import tempfile
from pathlib import Path

# The first process of a run makes the folder; the parallel workers inherit its name.
if "HYPERBOLE_TEST_SCRATCH" not in os.environ:
    os.environ["HYPERBOLE_TEST_SCRATCH"] = tempfile.mkdtemp(prefix="hyp-test-")
SCRATCH = Path(os.environ["HYPERBOLE_TEST_SCRATCH"])
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
# two Redis databases a worker: broker and cache
REDIS_DATABASE = 2 * (int(WORKER.removeprefix("gw")) % 7 + 1) if WORKER else 0
TESTED_DATABASE = os.environ.setdefault("HYPERBOLE_TEST_DATABASE", "sqlite")
if TESTED_DATABASE not in ("sqlite", "postgresql"):
    raise ValueError(f"HYPERBOLE_TEST_DATABASE is {TESTED_DATABASE!r}, expected sqlite or postgresql")

for name in ("SECRET_KEY", "HYPERBOLE_MODE", "HYPERBOLE_SITE_URL", "HYPERBOLE_DEBUG", "PORT"):
    os.environ.pop(name, None)  # the tests do not depend on the developer's shell
os.environ |= {
    "HYPERBOLE_VAR": str(SCRATCH / "var"),
    "REDIS_URL": f"unix://{SCRATCH}/valkey/socket?db={REDIS_DATABASE}",
    "DATABASE_URL": (
        f"postgresql://hyperbole@/hyperbole?host={SCRATCH}/postgresql"
        if TESTED_DATABASE == "postgresql"
        else f"sqlite:///{SCRATCH}/hyperbole.sqlite3"
    ),
}

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, STORAGES  # noqa: E402

if TESTED_DATABASE == "sqlite":
    # a file, not memory: other threads and processes must see the same rows
    DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH / "test.sqlite3")}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
