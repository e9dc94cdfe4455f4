"""What the whole suite shares: one loaded pipeline, and no clock on hypothesis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
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
