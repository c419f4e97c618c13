#!/bin/sh
# Writes the list of everything that is shipped, out of the lock: make sbom [SBOM=file] (CycloneDX 1.6, JSON).
set -eu
cd "$(dirname "$0")/.."
tools/bootstrap.sh test
target=${SBOM:-var/sbom.cdx.json}
mkdir -p "$(dirname "$target")"
.venv-test/bin/cyclonedx-py requirements requirements/run.lock --pyproject pyproject.toml --mc-type application \
    --spec-version 1.6 --output-reproducible --output-format JSON --output-file "$target"
.venv-test/bin/python - "$target" <<'END'
import json, sys
told = json.load(open(sys.argv[1]))
locked = sum(line[:1].isalnum() for line in open("requirements/run.lock"))
assert len(told["components"]) == locked, f"{len(told['components'])} components, {locked} in the lock"
print(f"{sys.argv[1]}: {locked} components of {told['metadata']['component']['name']}")
END
