#!/bin/sh
# Asks the advisory database whether a locked dependency has a known fault: make audit.
# It needs the network and says so when there is none: not asked is not the same as nothing found.
set -u
cd "$(dirname "$0")/.."
tools/bootstrap.sh test || exit 1
failed=
for lock in run test; do
    printf '== requirements/%s.lock\n' "$lock"
    .venv-test/bin/pip-audit --strict --disable-pip --require-hashes --progress-spinner off --timeout 30 \
        --requirement "requirements/$lock.lock" 2>".audit.$$"
    code=$?
    if [ $code -ne 0 ] && ! grep -q 'Found [0-9]* known vulnerabilit' ".audit.$$"; then
        tail -3 ".audit.$$" >&2
        printf 'audit: requirements/%s.lock was NOT audited: it could not be asked about all of them\n' "$lock" >&2
    else
        cat ".audit.$$" >&2
    fi
    [ $code -eq 0 ] || failed=1
    rm -f ".audit.$$"
done
[ -z "$failed" ] || exit 1
