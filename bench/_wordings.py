"""Gives every synthetic claim of a state folder wordings of its own, and all their vectors: `python bench/_wordings.py`.

For the benchmark's own folder alone (HYPERBOLE_VAR), after `_synthetic.py`.  The words are the catalogue's, exchanged
between its claims.  The vectors of the synthetic wordings are mixtures of real ones, put where the worker would have
left them: computing 190,000 takes half an hour and changes no other figure.
"""

import json
import os
import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

EXCHANGED = 0.3  # of the words
AT_A_TIME = 2_000


def main() -> None:
    """Rewrite the documents of the synthetic claims and keep the vectors of every wording."""
    import django

    django.setup()
    from django.db import connection

    from bench._synthetic import OFFSET
    from claims import database
    from claims.articles.record_index import claim_text, read_wordings
    from claims.queries import published_claims

    with connection.cursor() as cursor:
        cursor.execute("UPDATE claims_claim SET withdrawn_at = '2026-01-01' WHERE id >= %s", [OFFSET])
        read_wordings()
        own = [
            claim_text(one) for one in published_claims().values_list("current_version__document", flat=True)
        ]
        words = [word for claim in own for text in claim.variants for word in text.split()]
        chance = random.Random(1)

        def altered(text: str) -> str:
            return " ".join(
                chance.choice(words) if chance.random() < EXCHANGED else word for word in text.split()
            )

        database.lift(connection)
        cursor.execute("UPDATE claims_claim SET withdrawn_at = NULL WHERE id >= %s", [OFFSET])
        cursor.execute(
            "SELECT id, document FROM claims_verdictversion WHERE state = 'published' AND id >= %s", [OFFSET]
        )
        texts: list[str] = []
        for pk, written in cursor.fetchall():
            document = json.loads(written)
            for name in ("title", "statement", "one_line"):
                document[name] = altered(document[name])
            for name in ("aliases", "key_points"):
                document[name] = list(map(altered, document[name]))
            for row in document["evidence"]:
                row["title"] = altered(row["title"])
            for row in document["appearances"]:
                row["phrase"] = ""
            cursor.execute(
                "UPDATE claims_verdictversion SET document = %s WHERE id = %s", [json.dumps(document), pk]
            )
            claim = claim_text(document)
            texts += [*claim.variants, *claim.facts]
        database.install(connection)
    _keep(texts)


def _keep(texts: list[str]) -> None:
    import numpy as np

    from claims.articles import wordings
    from claims.matching.encoder import sentence_encoder
    from claims.matching.normalise import plain
    from claims.matching.objects import without_names

    wordings.TOGETHER = AT_A_TIME
    real = sentence_encoder()(texts[:500])
    numbers = np.random.default_rng(1)

    def mixed(asked: list[str]) -> np.ndarray:
        rows = numbers.integers(0, len(real), (len(asked), 2))
        made = (
            real[rows[:, 0]] + 0.8 * real[rows[:, 1]] + numbers.normal(0, 0.01, (len(asked), real.shape[1]))
        )
        return (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)

    keep = wordings.KeptVectors(mixed, wordings.drawer())
    for first in range(0, len(texts), AT_A_TIME):
        keep([without_names(plain(text)) for text in texts[first : first + AT_A_TIME]])


if __name__ == "__main__":
    main()
