"""The command from a corpus to the shipped files, on two stories and a tiny pretrained model."""

from __future__ import annotations

import json
import string
from typing import TYPE_CHECKING

import pytest

pytest.importorskip("torch", reason="training needs: pip install 'quotes[train]'")
pytest.importorskip("onnx", reason="training needs: pip install 'quotes[train]'")
pytest.importorskip("safetensors", reason="training needs: pip install 'quotes[train]'")

from safetensors.torch import save_file
from tokenizers import Tokenizer
from tokenizers.models import WordPiece

from quotes.extraction.learned.extractor import LearnedExtractor, Trained
from quotes.extraction.learned.inputs import Special
from quotes.extraction.learned.model import Model
from quotes.training import learn
from quotes.training.fit import Recipe
from quotes.training.learn import base
from tests.evaluation.corpora import STORY, write_corpus
from tests.training.networks import network_of
from tests.training.test_network import pretrained

if TYPE_CHECKING:
    from pathlib import Path

    from quotes.nlp.parser import Parser

pytestmark = [pytest.mark.slow, pytest.mark.model]

BERT = ("[PAD]", "[CLS]", "[SEP]", "[UNK]")
MPNET = ("<s>", "<pad>", "</s>", "[UNK]")


def tokenizer_of(folder: Path, *special: str) -> Path:
    """Write a tokenizer that knows letters, after its special pieces."""
    letters = [*string.ascii_letters, *(f"##{letter}" for letter in string.ascii_letters)]
    pieces = {piece: number for number, piece in enumerate([*special, *letters])}
    folder.mkdir(parents=True, exist_ok=True)
    Tokenizer(WordPiece(pieces, unk_token="[UNK]")).save(str(folder / "tokenizer.json"))
    return folder


def model_of(folder: Path, *, relative: bool) -> Path:
    """Write a pretrained model with random weights."""
    tokenizer_of(folder, *(MPNET if relative else BERT))
    encoder = network_of(relative=relative, vocabulary=108).encoder
    save_file(pretrained(encoder, relative=relative), folder / "model.safetensors")
    config = {
        "model_type": "mpnet" if relative else "bert",
        "vocab_size": encoder.shape.vocabulary,
        "hidden_size": encoder.shape.hidden,
        "num_hidden_layers": encoder.shape.layers,
        "num_attention_heads": encoder.shape.heads,
        "intermediate_size": encoder.shape.inner,
        "max_position_embeddings": encoder.shape.positions,
        "layer_norm_eps": encoder.shape.epsilon,
    }
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    return folder


class TestBase:
    """What is read of a pretrained model's tokenizer."""

    def test_bert_s_special_pieces(self, tmp_path: Path) -> None:
        found = base(tokenizer_of(tmp_path, *BERT))
        assert found.special == Special(pad=0, opening=1, closing=2, unknown=3)
        assert len(found.read("pier")) == 4

    def test_mpnet_s_are_its_own_though_it_keeps_bert_s(self, tmp_path: Path) -> None:
        found = base(tokenizer_of(tmp_path, *MPNET, *BERT[:3]))
        assert found.special == Special(pad=1, opening=0, closing=2, unknown=3)

    def test_a_tokenizer_without_them_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(SystemExit, match="PAD"):
            base(tokenizer_of(tmp_path, "[UNK]"))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("teacher", [False, True])
def test_from_a_corpus_to_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parser: Parser, teacher: bool
) -> None:
    for part in ("train", "dev"):
        write_corpus(tmp_path / "corpus" / part)
    small = model_of(tmp_path / "small", relative=False)
    monkeypatch.setattr(learn, "small_model", lambda: small)
    for name in ("TEACHER", "ALONE", "PUPIL"):
        monkeypatch.setattr(learn, name, Recipe(epochs=1, rate=1e-3, head_rate=1e-2, soft=0.5))
    # A network that has learned so little finds nothing that a calibration could be fitted to.
    monkeypatch.setattr(learn, "calibrate", lambda _: learn.PLAIN)
    arguments = [str(tmp_path / "corpus"), "--work", str(tmp_path / "work")]
    arguments += ["--output", str(tmp_path / "out"), "--hashes", str(tmp_path / "hashes.py")]
    if teacher:
        arguments += ["--teacher", str(model_of(tmp_path / "large", relative=True))]
    learn.main(arguments)
    model = Model(tmp_path / "out", hashes=learn._hashes(tmp_path / "hashes.py"))
    settings = model.settings
    assert settings.calibration == learn.PLAIN
    trained = Trained(model, settings.vocabulary, settings.calibration, settings.cue_threshold)
    for quotation in LearnedExtractor(trained=trained).extract(parser.parse(STORY)).quotations:
        quotation.check(STORY)
    digest = model.digest
    learn.main(arguments)
    again = Model(tmp_path / "out", hashes=learn._hashes(tmp_path / "hashes.py"))
    assert again.digest == digest


def test_the_mean_of_two_networks_lies_between_them() -> None:
    one, other = network_of(seed=1), network_of(seed=2)
    before = {name: t.clone() for name, t in one.state_dict().items()}
    learn.average(one, other.state_dict())
    for name, tensor in one.state_dict().items():
        wanted = (before[name] + other.state_dict()[name]) / 2
        assert tensor.dtype == before[name].dtype
        assert (tensor - wanted).abs().max() < 1e-6
