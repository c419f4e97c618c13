# Every verb a developer needs.  `make help` prints this list.
.DEFAULT_GOAL := help
.PHONY: help run test lint bench fuzz faults audit sbom backup restore lock pages screenshots translations clean
export PYTHON

help:  ## print every target with one line
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' Makefile | expand -t 22

run:  ## start the whole site on this machine (PORT, HYPERBOLE_VAR); Ctrl-C stops it
	@tools/bootstrap.sh run
	@exec .venv/bin/python manage.py up

test:  ## run every check and test: lint, types, architecture, PostgreSQL, SQLite, worker, browser
	@exec tools/test.sh all

lint:  ## run the checks that need no test: ruff, mypy, import-linter, templates, migrations
	@exec tools/test.sh lint

bench:  ## run the benchmarks, print their tables, write bench/results/*.json
	@tools/bootstrap.sh test
	@tools/bootstrap.sh bench || echo "bench: the rivals did not install; their rows will say so"
	@exec .venv-test/bin/python tools/bench.py

faults:  ## try faults on a running site of real processes, with a table (DATABASE=postgresql or sqlite)
	@tools/bootstrap.sh test
	@exec .venv-test/bin/python -m tools.faults $(or $(DATABASE),postgresql)

fuzz:  ## put many damaged inputs to every parser and entry, with a table (EXAMPLES a parser, 4000; SEED, 0)
	@tools/bootstrap.sh test
	@exec .venv-test/bin/python tools/fuzz.py $(or $(EXAMPLES),4000) $(or $(SEED),0)

audit:  ## ask the advisory database about every locked dependency (needs the network, fails without it)
	@exec tools/audit.sh

sbom:  ## write the list of all that is shipped (CycloneDX) to var/sbom.cdx.json (or SBOM)
	@exec tools/sbom.sh

backup:  ## copy the database into a new folder below var/backups (or TO), while the site runs
	@tools/bootstrap.sh run
	@exec .venv/bin/python manage.py backup $(TO)

restore:  ## put a backup back: make restore FROM=folder (REPLACE=yes throws away what is there)
	@test -n "$(FROM)" || { echo "make restore FROM=folder"; exit 2; }
	@tools/bootstrap.sh run
	@exec .venv/bin/python manage.py restore $(if $(filter yes,$(REPLACE)),--replace) "$(FROM)"

lock:  ## renew requirements/*.lock from pyproject.toml
	@exec tools/lock.sh

pages:  ## look at every page type at 360, 768 and 1280 px, light and dark: axe, sideways scroll, console, other sites
	@tools/bootstrap.sh test
	@HYPERBOLE_WHOLE_MATRIX=1 HYPERBOLE_TEST_DATABASE=sqlite HYPERBOLE_BROWSER=$$(.venv-test/bin/python tools/browser.py) exec .venv-test/bin/python -m pytest tests/browser -n 2

screenshots:  ## draw the pictures of docs/pictures with the headless browser
	@tools/bootstrap.sh test
	@exec .venv-test/bin/python tools/screenshots.py

translations:  ## bring locale/de in step with templates and code; fails while a German text is missing
	@tools/bootstrap.sh test
	@exec .venv-test/bin/python tools/translations.py compile

clean:  ## remove environments and caches (var/ stays: it is yours)
	rm -rf .venv .venv-test .venv-bench .boot .browser .mypy_cache .ruff_cache .import_linter_cache .hypothesis
