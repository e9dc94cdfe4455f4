"""What the whole suite shares: a database, one loaded pipeline, and no clock on hypothesis."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.nlp.treebank import conllu
from tests.postgres import Databases, NoServer, start

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from quotes.nlp.parser import Parser
    from quotes.pipeline import Pipeline
    from quotes.store import Store
    from tests.postgres import Server

# A busy machine must not fail a test: laws are checked here, times are not. A change must not fail
# for an example that another run would not draw, so a run draws the same ones again; new ones are
# looked for by `make properties`.
settings.register_profile("repeatable", deadline=None, derandomize=True)
settings.register_profile("looking", deadline=None, max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A private PostgreSQL server; tests that need it are skipped where there can be none."""
    try:
        yield from start()
    except NoServer as error:
        pytest.skip(f"no PostgreSQL: {error}")


@pytest.fixture(scope="session")
def databases(postgres: Server) -> Databases:
    """Databases of that server, made on demand."""
    return Databases(postgres)


@pytest.fixture(autouse=True, scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The user's cache, where indexes over a server's vectors are kept: one of the tests' own."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cache")
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database of this schema, on each of the two that quotes can use."""
    if request.param == "postgres":
        return str(request.getfixturevalue("databases").filled())
    return f"sqlite:///{tmp_path / 'quotes.db'}"


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """A real database of either kind."""
    from quotes.store import Store

    with Store(database, create=True) as opened:
        yield opened


@pytest.fixture
def postgres_store(databases: Databases) -> Iterator[Store]:
    """A real database on a server, for what is PostgreSQL's alone."""
    from quotes.store import Store

    with Store(databases.filled()) as opened:
        yield opened


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """A real database on disk, for what is SQLite's alone."""
    from quotes.store import Store

    with Store(f"sqlite:///{tmp_path / 'quotes.db'}", create=True) as opened:
        yield opened


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
