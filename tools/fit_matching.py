"""Fits the weights of claims/matching/scoring.py on the labelled sentences for development.

    python tools/fit_matching.py

Prints the weights and the bias to be written there, and the threshold that serves best.  The held-out
half is not read.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

# in place of this folder, whose `secrets` is not the one that SciPy asks for
sys.path.remove(str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scipy.optimize import minimize

from claims.matching import comparison, scoring
from claims.matching.article import read_sentences
from claims.matching.encoder import sentence_encoder
from claims.matching.normalise import plain
from claims.matching.sentences import sentences
from tests.claims.matching.catalogue import catalogue_index
from tests.claims.matching.evaluation import Labelled, labelled

REGULAR = 3.0  # weight decay: some hundred positives deserve no extreme weights
# what speaks for a match never counts against it, and the other way round
AGAINST = ("conflicts", "fact", "fact_ahead", "fact_terms")
SETS = ("development", "loose_development", "second_held_out", "third_held_out")


def sentences_to_fit() -> list[Labelled]:
    """The labelled sentences, and true facts and others two by two.

    Those that repeat a claim are longer than those that do not; without the pairs the weights would learn that.
    """
    rows: list[Labelled] = []
    for half in SETS:
        given = labelled(half)
        rows += given
        for kind in ("true_fact", "same_number", "other_object"):
            same = [row for row in given if row.kind == kind]
            for one, other in zip(same, same[1:] + same[:1], strict=True):
                rows.append(Labelled(kind, f"{one.text.rstrip('.')}, and {other.text}"))
    return rows


def samples() -> tuple[np.ndarray, np.ndarray, list[tuple[str, str]]]:
    """Likenesses of all candidate pairs, and whether the sentence repeats the claim."""
    index, encode = catalogue_index(), sentence_encoder()
    pairs: list[tuple[float, ...]] = []
    truth: list[int] = []
    names: list[tuple[str, str]] = []
    kept: dict[int, scoring.Likeness] = {}
    original = comparison.likeness

    def spy(index, number, *rest):
        kept[number] = original(index, number, *rest)
        return kept[number]

    comparison.likeness = spy
    comparison.LONG = sys.maxsize  # whole sentences only: the label is one of the sentence
    for row in sentences_to_fit():
        kept.clear()
        found = read_sentences(sentences(plain(row.text)))
        comparison.compare(found, index, encode)
        for number, likeness in kept.items():
            slug = index.claims[number].claim.slug
            if (
                slug in row.also
                or (row.kind == "refuting" and slug in row.claims)
                or number not in {key for one in found for key in (*one.scores, *one.near)}
            ):
                continue
            pairs.append(tuple(likeness))
            truth.append(int(slug in row.claims))
            names.append((row.text, slug))
    comparison.likeness = original
    return np.array(pairs), np.array(truth), names


def fit(x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, float]:
    """Logistic regression on standardised likenesses, with floors on the weights."""
    mean, spread = x.mean(axis=0), x.std(axis=0)
    z = np.c_[(x - mean) / spread, np.ones(len(x))]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        told = z @ weights
        kept = np.r_[weights[:-1], 0.0]
        slope = z.T @ (1 / (1 + np.exp(-told)) - y) + REGULAR * kept
        return float(np.logaddexp(0, told).sum() - y @ told + REGULAR / 2 * kept @ kept), slope

    bounds = [(None, 0.0) if name in AGAINST else (0.0, None) for name in scoring.Likeness._fields]
    found = minimize(
        loss, np.zeros(z.shape[1]), jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)]
    ).x
    return found[:-1] / spread, found[-1] - float((found[:-1] * mean / spread).sum())


def main() -> None:
    x, y, names = samples()
    weights, bias = fit(x, y)
    for name, weight in zip(scoring.Likeness._fields, weights, strict=True):
        print(f"{name:<14} {weight:7.3f}")
    print("WEIGHTS =", tuple(round(float(weight), 2) for weight in weights))
    print("BIAS =", round(bias, 2))
    p = 1 / (1 + np.exp(-(x @ weights + bias)))
    for threshold in np.arange(0.2, 0.75, 0.05):
        shown = p >= threshold
        print(f"{threshold:.2f}  precision {y[shown].mean():.3f}  recall {shown[y == 1].mean():.3f}")
    if "-v" in sys.argv:
        for place in np.argsort(-p):
            if (y[place] == 0 and p[place] > 0.3) or (y[place] == 1 and p[place] < 0.5):
                print(f"{p[place]:.2f} {y[place]} {names[place]} {np.round(x[place], 2)}")


if __name__ == "__main__":
    main()
