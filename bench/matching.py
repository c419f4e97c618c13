"""The article checker on an article of 2,000 words, against the claims of the catalogue and against 10,000.

Each size in a process of its own, with Django and the real encoder, as a web process has them.  The further
claims are the catalogue's with words exchanged between them; the vectors of their wordings are mixtures of real
ones, put into the file where the worker would have left them, because computing 120,000 takes minutes and
changes no other figure.  `cold` is from the start of the process to the first answer, `warm` the best of
several (beside it the processor's time, which a busy machine does not lengthen), memory the peak of the process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
SIZES = (100, 10_000)
PASSES = 3
WORDS = 2_000

PROCESS = """
import time
began = time.perf_counter()
import django
django.setup()
import json, random, resource, sys
from dataclasses import replace
from pathlib import Path
import numpy as np
from claims.articles.wordings import KeptVectors
from claims.matching.article import match_text
from claims.matching.encoder import sentence_encoder
from claims.matching.index import ClaimIndex, prepared
from tests.claims.matching.catalogue import DATA, claim_text
from tests.claims.matching.evaluation import labelled

size, folder, fill = int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3] == "fill"
catalogue = [claim_text(path, phrases=True) for path in sorted((DATA / "claims").glob("*.toml"))]
chance = random.Random(1)
words = [word for claim in catalogue for text in claim.variants for word in text.split()]

def altered(text):
    return " ".join(chance.choice(words) if chance.random() < 0.3 else word for word in text.split())

claims = catalogue + [
    replace(one, slug=f"{one.slug}-{number}", title=altered(one.title), statement=altered(one.statement),
            aliases=tuple(map(altered, one.aliases)), facts=tuple(map(altered, one.facts)), phrases=())
    for number in range(1, size // len(catalogue)) for one in catalogue
]
known = []
def encode(texts):
    if len(known) < 500 or not fill:
        made = sentence_encoder()(texts)
        known.extend(made)
        return made
    base = np.array(known[:500])
    rows = np.random.default_rng(len(texts)).integers(0, 500, (len(texts), 2))
    mixed = base[rows[:, 0]] + 0.8 * base[rows[:, 1]] + np.random.default_rng(1).normal(0, 0.01, (len(texts), base.shape[1]))
    return (mixed / np.linalg.norm(mixed, axis=1, keepdims=True)).astype(np.float32)

index = ClaimIndex(map(prepared, claims), KeptVectors(encode, folder / f"{size}.sqlite3"))
if fill:
    raise SystemExit
article, count = [], 0
for row in labelled("development"):
    if count < WORDS_WANTED:
        article.append(row.text)
        count += len(row.text.split())
text = "\\n\\n".join(" ".join(article[n : n + 4]) for n in range(0, len(article), 4))
found = match_text(text, index, sentence_encoder())
cold = time.perf_counter() - began
warm = cpu = 1e9
for _ in range(PASSES_WANTED):
    began, used = time.perf_counter(), time.process_time()
    found = match_text(text, index, sentence_encoder())
    warm, cpu = min((warm, cpu), (time.perf_counter() - began, time.process_time() - used))
print(json.dumps(dict(words=count, sentences=found.sentences, matches=len(found.matches), cold=cold, warm=warm, cpu=cpu,
    rss=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, torch="torch" in sys.modules)))
"""


def main() -> list[dict[str, Any]]:
    """Rows: one a number of claims."""
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        for size in SIZES:
            _run(size, folder, "fill")
            told = json.loads(_run(size, folder, "check").splitlines()[-1])
            rows.append(
                {
                    "name": f"{told['words']} words, {size:,} claims", "sentences": told["sentences"],
                    "matches": told["matches"], "cold_s": told["cold"], "warm_s": told["warm"], "warm_processor_s": told["cpu"],
                    "warm_to_fewest_claims": told["warm"] / (rows[0]["warm_s"] if rows else told["warm"]),
                    "memory_mb": told["rss"], "torch": told["torch"],
                }
            )  # fmt: skip
    return rows


def _run(size: int, folder: str, step: str) -> str:
    script = PROCESS.replace("WORDS_WANTED", str(WORDS)).replace("PASSES_WANTED", str(PASSES))
    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(ROOT), "HYPERBOLE_VAR": folder,
        "OPENBLAS_NUM_THREADS": "1",
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", script, str(size), folder, step],
        cwd=ROOT, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr[-2_000:])
    return done.stdout


if __name__ == "__main__":
    for row in main():
        print(row)
