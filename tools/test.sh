#!/bin/sh
# The whole suite: tools/test.sh all, or tools/test.sh lint for the checks that run no test.
# Every step runs even when an earlier one failed; the failed ones are named at the end.
set -u
cd "$(dirname "$0")/.."
tools/bootstrap.sh test || exit 1
PATH=$PWD/.venv-test/bin:$PATH
export PATH
failed=

step() {
    name=$1
    shift
    began=$(date +%s)
    printf '\n== %s\n' "$name"
    if "$@"; then
        printf '== %s: passed (%s s)\n' "$name" $(($(date +%s) - began))
    else
        printf '== %s: FAILED (%s s)\n' "$name" $(($(date +%s) - began))
        failed="$failed
  $name"
    fi
}

migrations_complete() {
    # its own state folder: the check must not depend on, or touch, a site that runs here
    folder=$(mktemp -d) || return 1
    env -u DATABASE_URL -u REDIS_URL HYPERBOLE_VAR="$folder" python manage.py makemigrations --check --dry-run
    code=$?
    rm -rf "$folder"
    return $code
}

catalogue_sound() {
    folder=$(mktemp -d) || return 1
    env -u DATABASE_URL -u REDIS_URL HYPERBOLE_VAR="$folder" python manage.py load_catalogue --check
    code=$?
    rm -rf "$folder"
    return $code
}

templates_sound() {
    djlint templates --lint --quiet
}

types_sound() {
    folder=$(mktemp -d) || return 1  # the Django plug-in of mypy loads the settings
    HYPERBOLE_VAR="$folder" mypy
    code=$?
    rm -rf "$folder"
    return $code
}

on_postgresql() {
    HYPERBOLE_TEST_DATABASE=postgresql python -m pytest -n 2 --dist loadgroup
}

on_sqlite() {
    HYPERBOLE_TEST_DATABASE=sqlite HYPERBOLE_TEST_SECOND_RUN=1 python -m pytest -n 2 --dist loadgroup
}

if [ "$1" = all ]; then
    HYPERBOLE_BROWSER=$(python tools/browser.py) || exit 1
    export HYPERBOLE_BROWSER
fi
step "style (ruff check)" ruff check .
step "formatting (ruff format)" ruff format --check --quiet .
step "security of the code (bandit)" bandit --quiet --configfile pyproject.toml --severity-level medium --recursive \
    config claims ephemeris charts science
step "no secret committed" python tools/secrets.py
step "types (mypy)" types_sound
step "line of imports (lint-imports)" lint-imports --no-logo
step "templates (djlint)" templates_sound
step "migrations complete" migrations_complete
step "catalogue sound" catalogue_sound
if [ "$1" = all ]; then
    step "tests on PostgreSQL" on_postgresql
    step "tests on SQLite" on_sqlite
fi

if [ -n "$failed" ]; then
    printf '\nFAILED:%s\n' "$failed"
    exit 1
fi
printf '\nAll steps passed.\n'
