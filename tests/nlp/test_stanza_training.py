"""Training Stanza's processors: what it needs, what it leaves, and what it says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from quotes.errors import CorpusError, MissingModel
from quotes.nlp import stanza_training
from quotes.nlp.stanza_training import TrainingOptions, parts_of, train_processors
from tests.nlp.treebank import conllu

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    for part, skip in (("train", 0), ("dev", 70)):
        (folder / part).mkdir(parents=True)
        (folder / part / "one.conllu").write_text(conllu(14, skip=skip), encoding="utf-8")
    return folder


def test_parts_are_folders_or_files(corpus: Path, tmp_path: Path) -> None:
    assert parts_of(corpus) == (corpus / "train", corpus / "dev")
    for name in ("en_own-ud-train.conllu", "en_own-ud-dev.conllu"):
        (tmp_path / name).touch()
    assert [path.name for path in parts_of(tmp_path)] == [
        "en_own-ud-train.conllu",
        "en_own-ud-dev.conllu",
    ]


def test_a_corpus_without_a_dev_part(corpus: Path) -> None:
    (corpus / "dev" / "one.conllu").unlink()
    (corpus / "dev").rmdir()
    with pytest.raises(CorpusError, match="no dev part"):
        parts_of(corpus)


def test_without_stanza_nothing_is_read(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> str:
        raise MissingModel("Stanza is not installed")

    monkeypatch.setattr(stanza_training, "stanza_version", refuse)
    with pytest.raises(MissingModel):
        train_processors(corpus / "train", corpus / "dev", tmp_path / "models")
    assert not (tmp_path / "models").exists()


@pytest.mark.slow
def test_what_the_treebank_has_not_is_left_out(corpus: Path, tmp_path: Path) -> None:
    pytest.importorskip("stanza")
    plain = (
        "1\tRain\train\tNOUN\tNN\t_\t2\tnsubj\t_\t_\n2\tfell\tfall\tVERB\tVBD\t_\t0\troot\t_\t_\n"
    )
    for part in ("train", "dev"):
        (corpus / part / "one.conllu").write_text(f"{plain}\n" * 8, encoding="utf-8")
    folder, told = tmp_path / "models", list[str]()
    folder.mkdir()
    (folder / "resources.json").write_text(
        json.dumps({"en": {"packages": {"default": {"pos": "other", "ner": "other"}}}, "fr": {}})
    )
    written = train_processors(
        corpus / "train",
        corpus / "dev",
        folder,
        processors=["mwt", "pos", "ner"],
        options=TrainingOptions(package="plain", steps=5, epochs=1, dimension=8),
        tell=told.append,
    )
    assert [path.relative_to(folder).as_posix() for path in written] == ["en/pos/plain.pt"]
    assert ["mwt" in told[0], "ner" in told[1], told[2]] == [True, True, "training pos"]
    resources = json.loads((folder / "resources.json").read_text())
    assert resources["en"]["packages"]["default"] == {"pos": "plain", "ner": "other"}
    assert "fr" in resources
