#!/bin/sh
# Makes an environment from its lock file: tools/bootstrap.sh run (.venv), test (.venv-test), or bench (.venv-bench,
# what the benchmarks compare with, apart from everything else).
# Needs Python 3.11 to 3.14 with pip, and nothing else: no root, no python3-venv, no compiler.
set -eu
cd "$(dirname "$0")/.."

case "${1:-}" in
    run) venv=.venv ;;
    test) venv=.venv-test ;;
    bench) venv=.venv-bench ;;
    *) echo "usage: tools/bootstrap.sh run|test|bench" >&2; exit 2 ;;
esac
lock="requirements/$1.lock"

# 1. A Python that the locked wheels know, asked by running it: a launcher may stand for a version that is not there.
python=
for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 /usr/bin/python3; do
    if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null; then
        python=$(command -v "$candidate")
        break
    fi
done
if [ -z "$python" ]; then
    echo "bootstrap: no Python from 3.11 to 3.14 found; install one, or name it: make $1 PYTHON=/path/to/python3" >&2
    exit 1
fi

# 2. Nothing to do when the environment was made from this very lock (and its Python still runs).
want=$("$python" -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest())' "$lock")
if [ "$(cat "$venv/.made-from" 2>/dev/null)" = "$want" ] && "$venv/bin/python" -c "" 2>/dev/null; then
    exit 0
fi
started=$(date +%s)
echo "bootstrap: making $venv from $lock with $python"

# 3. uv, from the machine or from its pinned wheel.  --target also works in an externally managed Python.
if command -v uv >/dev/null 2>&1; then
    uv=uv
else
    uv=$PWD/.boot/bin/uv
    if [ "$(cat .boot/.made-from 2>/dev/null)" != "$(cat requirements/boot.txt)" ]; then
        rm -rf .boot
        "$python" -m pip --version >/dev/null 2>&1 || {
            echo "bootstrap: $python has no pip and there is no uv; install one of them" >&2
            exit 1
        }
        "$python" -m pip install --quiet --disable-pip-version-check --no-deps --only-binary :all: \
            --root-user-action ignore --require-hashes --target .boot -r requirements/boot.txt
        cp requirements/boot.txt .boot/.made-from
    fi
fi

# 4. The environment.  Certificates of the system: a site's own authority may be only there.
export UV_SYSTEM_CERTS=1 UV_PYTHON_DOWNLOADS=never UV_NO_CONFIG=1 UV_NO_PROGRESS=1
[ -n "${UV_CACHE_DIR:-}" ] || unset UV_CACHE_DIR  # set but empty is an error to uv
rm -f "$venv/.made-from"
if ! "$venv/bin/python" -c "" 2>/dev/null; then
    "$uv" venv --quiet --clear --python "$python" "$venv"
fi
# one of the bench's packages, astroplan, comes as source alone; what is run or tested is made of wheels
built=
[ "$1" = bench ] && built="--no-binary astroplan"
# shellcheck disable=SC2086  # two words or none
"$uv" pip sync --quiet --python "$venv/bin/python" --require-hashes --only-binary :all: $built "$lock"
printf '%s\n' "$want" > "$venv/.made-from"
echo "bootstrap: $venv is ready after $(($(date +%s) - started)) s"
