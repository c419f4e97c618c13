#!/bin/sh
# Renews the lock files from pyproject.toml: hashes for every platform, no host named.
# Commit requirements/*.lock; uv.lock names hosts and stays out.
set -eu
cd "$(dirname "$0")/.."
export UV_SYSTEM_CERTS=1 UV_PYTHON_DOWNLOADS=never
if ! command -v uv >/dev/null 2>&1; then
    [ -x .boot/bin/uv ] || python3 -m pip install --quiet --disable-pip-version-check --no-deps \
        --root-user-action ignore --only-binary :all: --require-hashes --target .boot -r requirements/boot.txt
    PATH=$PWD/.boot/bin:$PATH
fi
uv lock "$@"
set -- export --quiet --frozen --no-emit-project --no-header --no-annotate
uv "$@" --no-default-groups --output-file requirements/run.lock
uv "$@" --no-default-groups --group test --output-file requirements/test.lock
# what the benchmarks compare with asks for older versions than the site, so it is resolved apart
uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
    --only-binary :all: --no-binary astroplan requirements/bench.in --output-file requirements/bench.lock
