"""Stanza's coreference for real: a tiny model trained here, its chains, and what is missing."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from quotes.errors import CorpusError, CorruptModel, MissingModel
from quotes.nlp import load_parser
from quotes.nlp import stanza_coref as module
from quotes.nlp.stanza_coref import StanzaCoref, coref_model
from quotes.nlp.stanza_coref_training import train_coref
from quotes.quotation import Kind, Quotation
from quotes.spans import Span
from quotes.speakers import load_resolver
from tests.nlp.coref_models import random_bert, record, train_tiny

if TYPE_CHECKING:
    from pathlib import Path

    from quotes.nlp.parser import Parser

STORY = "Marsh spoke. Then she left."


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A models folder with a model in it."""
    folder = tmp_path_factory.mktemp("models")
    place = folder / "en" / "coref"
    place.mkdir(parents=True)
    return train_tiny(place)


@pytest.fixture(scope="module")
def coref(model: Path) -> StanzaCoref:
    return StanzaCoref(model)


@pytest.fixture(scope="module")
def spacy_parser() -> Parser:
    return load_parser("spacy")


def test_no_model_is_told_with_what_to_do(tmp_path: Path) -> None:
    pytest.importorskip("stanza")
    with pytest.raises(MissingModel, match=r"no coreference model of Stanza's in .*coref") as told:
        coref_model(tmp_path)
    assert "quotes models" in told.value.hint
    with pytest.raises(MissingModel, match=r"no coreference model .*absent\.pt"):
        StanzaCoref(tmp_path / "absent.pt")


@pytest.mark.parametrize("content", [b"", b"no model", b"PK\x03\x04"])
def test_a_broken_model_is_told(tmp_path: Path, content: bytes) -> None:
    pytest.importorskip("stanza")
    pytest.importorskip("transformers")
    (tmp_path / "broken.pt").write_bytes(content)
    with pytest.raises(CorruptModel, match=r"broken\.pt is no coreference model"):
        StanzaCoref(tmp_path / "broken.pt")


@pytest.mark.parametrize("part", ["train", "dev"])
def test_nothing_to_learn_from_is_told(tmp_path: Path, part: str) -> None:
    pytest.importorskip("stanza")
    given = [record("Marsh", "she", "spoke", "left")]
    train, dev = ([], given) if part == "train" else (given, [])
    with pytest.raises(CorpusError, match=f"the {part} part has no chain"):
        train_coref(train, dev, tmp_path / "a.pt", bert=tmp_path)
    with pytest.raises(MissingModel, match="holds no BERT"):
        train_coref(given, given, tmp_path / "a.pt", bert=tmp_path)


@pytest.mark.slow
def test_chains_stand_at_their_tokens(coref: StanzaCoref, spacy_parser: Parser) -> None:
    doc = spacy_parser.parse(STORY)
    (chain,) = coref.chains(doc)
    assert [doc[mention.first : mention.last].text for mention in chain] == ["Marsh", "she"]
    assert [doc[mention.head].text for mention in chain] == ["Marsh", "she"]


@pytest.mark.slow
def test_odd_and_long_texts_are_read(coref: StanzaCoref, spacy_parser: Parser) -> None:
    for text in ("", " ", "Marsh", "\u200b \ufe0f 🙂", "\n\n".join([STORY] * 3)):
        for chain in coref.chains(spacy_parser.parse(text)):
            assert len(chain) > 1


@pytest.mark.slow
def test_a_long_text_is_read_in_windows(
    coref: StanzaCoref, spacy_parser: Parser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_WINDOW", 40)
    monkeypatch.setattr(module, "_SENTENCE", 10)
    # The last sentence has more words than a window.
    doc = spacy_parser.parse(" ".join([STORY] * 12) + " then" * 90 + " she left.")
    heads = [mention.head for chain in coref.chains(doc) for mention in chain]
    assert len(heads) == len(set(heads))
    assert min(heads) < 7
    assert max(heads) > 60


@pytest.mark.slow
def test_the_chain_decides_whom_the_pronoun_means(
    model: Path, spacy_parser: Parser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STANZA_RESOURCES_DIR", str(model.parents[2]))
    resolver = load_resolver("learned", coref="stanza")
    assert resolver.name == "learned+stanza-coref"
    assert resolver.models.keys() == {
        "stanza-en-coref-tiny",
        "ranker.json",
        "given.json",
        "given_names.txt",
    }
    source = Span(STORY.index("she"), STORY.index("she") + 3)
    quotation = Quotation(kind=Kind.INDIRECT, content=(Span(0, 5),), source=(source,))
    (found,) = resolver.resolve(spacy_parser.parse(STORY), [quotation])
    assert found.attribution is not None
    assert (found.attribution.name, found.attribution.method) == ("Marsh", "stanza-coreference")


@pytest.mark.slow
def test_the_bert_beside_the_model_is_taken(model: Path, tmp_path: Path) -> None:
    moved = tmp_path / "moved.pt"
    shutil.copyfile(model, moved)
    shutil.copytree(model.with_suffix(".bert"), moved.with_suffix(".bert"))
    hidden = model.parent / "random"
    hidden.rename(model.parent / "gone")
    try:
        assert StanzaCoref(moved).models.keys() == {"stanza-en-coref-moved"}
        shutil.rmtree(moved.with_suffix(".bert"))
        with pytest.raises(MissingModel, match=r"is built on .*random, which is not"):
            StanzaCoref(moved)
    finally:
        (model.parent / "gone").rename(hidden)


@pytest.mark.slow
def test_the_command_line_takes_it_as_evidence(model: Path, tmp_path: Path) -> None:
    import subprocess
    import sys

    file = tmp_path / "story.txt"
    file.write_text('Marsh spoke. Then she said, "The harbour is closed for good."\n')
    ran = subprocess.run(
        [sys.executable, "-m", "quotes", "extract", "--coref", "stanza", str(file)],
        env={**os.environ, "STANZA_RESOURCES_DIR": str(model.parents[2]), "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    (printed,) = map(json.loads, ran.stdout.splitlines())
    assert (printed["speaker"]["name"], printed["method"]) == ("Marsh", "stanza-coreference")
    assert "\n" not in ran.stderr.strip()
    ran = subprocess.run(
        [sys.executable, "-m", "quotes", "extract", "--coref", "stanza", str(file)],
        env={**os.environ, "STANZA_RESOURCES_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 1
    assert len(ran.stderr.strip().splitlines()) == 1
    assert "no coreference model of Stanza's" in ran.stderr


@pytest.mark.slow
def test_a_model_is_trained_from_the_command_line(tmp_path: Path) -> None:
    pytest.importorskip("stanza")
    pytest.importorskip("transformers")
    import torch
    from click.testing import CliRunner

    from quotes.cli.models import command
    from tests.evaluation.corpora import CHAINS

    torch.set_num_threads(1)
    corpus = tmp_path / "corpus"
    for part in ("train", "dev"):
        (corpus / part).mkdir(parents=True)
        (corpus / part / "a.conllu").write_text(CHAINS, encoding="utf-8")
    bert = random_bert(tmp_path / "random")
    arguments = ["train-coref", str(corpus), "--bert", str(bert), "--folder", str(tmp_path)]
    ran = CliRunner().invoke(command, [*arguments, "--epochs", "1"], catch_exceptions=False)
    path = tmp_path / "en" / "coref" / "quotes.pt"
    assert ran.stdout == f"{path}\n"
    assert coref_model(tmp_path) == path
    assert StanzaCoref(path).name == "stanza"
