"""The graph that ships is the one that the script writes, and runs nearly as the package's own."""

from __future__ import annotations

import numpy as np
import pytest

from quotes.vectors.encoder import Encoder
from quotes.vectors.model import GRAPH, Model, weights_path

onnx = pytest.importorskip("onnx")

TEXTS = ("The ferry will stop for good in May.", "Nine engineers examined the bridge twice.")


def test_the_graph_is_what_the_script_writes() -> None:
    from quotes.training.sentence_graph import build

    assert build(weights_path()) == GRAPH.read_bytes()


def test_its_vectors_are_nearly_those_of_the_package() -> None:
    import onnxruntime

    session = onnxruntime.InferenceSession(str(weights_path()))
    model = Model()
    for text, ours in zip(TEXTS, Encoder(model).encode(TEXTS), strict=True):
        ids = np.array([model.pieces(text)])
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        (states,) = session.run(None, given | {"token_type_ids": np.zeros_like(ids)})
        theirs = states[0].mean(axis=0)
        assert float(ours @ theirs / np.linalg.norm(theirs)) > 0.99
