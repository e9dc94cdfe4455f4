"""What the whole suite shares: one loaded pipeline, and no clock on hypothesis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.nlp.treebank import conllu

if TYPE_CHECKING:
    from pathlib import Path

    from quotes.nlp.parser import Parser
    from quotes.pipeline import Pipeline

# A busy machine must not fail a test: laws are checked here, times are not.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """The default pipeline; `quotes.extract` and the command line share its loaded model."""
    from quotes.pipeline import load

    return load()


@pytest.fixture(scope="session")
def parser(pipeline: Pipeline) -> Parser:
    """The real model, loaded once."""
    return pipeline.parser


@pytest.fixture(scope="session")
def stanza_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of tiny Stanza models, trained here on sentences of ours; a minute's work."""
    pytest.importorskip("stanza")
    from quotes.nlp.stanza_training import TrainingOptions, train_processors

    data = tmp_path_factory.mktemp("treebank")
    (data / "train.conllu").write_text(conllu(56), encoding="utf-8")
    (data / "dev.conllu").write_text(conllu(14, skip=70), encoding="utf-8")
    folder = tmp_path_factory.mktemp("stanza")
    train_processors(
        data / "train.conllu",
        data / "dev.conllu",
        folder,
        options=TrainingOptions(steps=140, epochs=10, dimension=40),
    )
    return folder


@pytest.fixture(scope="session")
def stanza_parser(stanza_folder: Path) -> Parser:
    """Stanza with the tiny models."""
    from quotes.nlp.stanza_parser import StanzaParser

    return StanzaParser(stanza_folder)
