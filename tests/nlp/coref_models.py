"""A tiny coreference model of Stanza's on a random BERT, trained on sentences of ours."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

import pytest

from quotes.nlp.coref_records import SentenceWords, coref_record
from quotes.nlp.stanza_coref_training import CorefOptions, train_coref

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

PEOPLE = (("Marsh", "she"), ("Roe", "he"), ("Febo", "she"), ("Noll", "he"))
VERBS = ("spoke", "voted", "left", "said")


def record(name: str, pronoun: str, verb: str, other: str) -> dict[str, Any]:
    """Return "Marsh spoke . Then she left ." with its one chain."""
    first = SentenceWords(
        words=[name, verb, "."],
        heads=[1, None, 1],
        relations=["nsubj", "root", "punct"],
        mentions=[("1", "person", 0, 0)],
    )
    second = SentenceWords(
        words=["Then", pronoun, other, "."],
        heads=[2, 2, None, 2],
        relations=["advmod", "nsubj", "root", "punct"],
        mentions=[("1", "person", 1, 1)],
    )
    return coref_record(name, [first, second], kind="person")


def random_bert(folder: Path) -> Path:
    """Write a BERT of one layer that has learned nothing, with a vocabulary of our words."""
    transformers = pytest.importorskip("transformers")
    torch = pytest.importorskip("torch")
    torch.manual_seed(1)
    folder.mkdir()
    names = [word.lower() for pair in PEOPLE for word in pair]
    words = dict.fromkeys([*names, *VERBS, "then", ".", '"', ","])
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    (folder / "vocab.txt").write_text("\n".join([*special, *words]), encoding="utf-8")
    transformers.BertTokenizerFast(vocab=str(folder / "vocab.txt")).save_pretrained(folder)
    config = transformers.BertConfig(
        vocab_size=len(special) + len(words),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=128,
    )
    transformers.BertModel(config).save_pretrained(folder)
    return folder


def train_tiny(folder: Path) -> Path:
    """Train a model that leads "she" back to the one name before it; takes some seconds."""
    for module in ("stanza", "torch", "transformers", "peft"):
        pytest.importorskip(module)
    import torch

    # More threads than free cores wait for each other in such small steps.
    torch.set_num_threads(1)
    records = [
        record(name, pronoun, verb, other)
        for name, pronoun in PEOPLE
        for verb, other in permutations(VERBS, 2)
    ]
    path = folder / "tiny.pt"
    train_coref(
        records[::2],
        records[1::6],
        path,
        bert=random_bert(folder / "random"),
        options=CorefOptions(
            epochs=2, hidden=32, antecedents=8, window=64, bert_rate=1e-3, rate=3e-3, fixed=False
        ),
    )
    return path
