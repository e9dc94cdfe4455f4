"""A loaded pipeline and encoder, reading one text at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from quotes.batching import reason
from quotes.engines.engine import Failed, Found, Identity
from quotes.errors import ModelError
from quotes.vectors.meanings import Meanings, meanings
from quotes.vectors.sentences import sentences as sentences_of

if TYPE_CHECKING:
    from quotes.engines.engine import Outcome
    from quotes.pipeline import Result
    from quotes.vectors.encoder import Encoder


class ReadingPipeline(Protocol):
    """What an engine asks of a pipeline; `quotes.pipeline.Pipeline` is one."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def models(self) -> Any: ...

    def read(self, text: str) -> Result: ...


class Workshop:
    """Reads texts with a pipeline, and makes vectors where there is an encoder.

    One text at a time: a batch is no faster, and its neighbours could change the last bit of a
    score, so that results would depend on how texts are spread.
    """

    def __init__(self, pipeline: ReadingPipeline, encoder: Encoder | None = None) -> None:
        self._pipeline = pipeline
        self._encoder = encoder

    @property
    def identity(self) -> Identity:
        """The pipeline's name, version and models."""
        of = self._pipeline
        return Identity(name=of.name, version=of.version, models=dict(of.models))

    def read(self, text: str, *, sentences: bool) -> Outcome:
        """Return what a text holds, or why it cannot be read; raises ModelError."""
        try:
            result = self._pipeline.read(text)
            return Found(result=result, vectors=self._vectors(result, sentences=sentences))
        except (ModelError, MemoryError):
            raise
        except Exception as error:
            return Failed(reason=reason(error))

    def _vectors(self, result: Result, *, sentences: bool) -> Meanings | None:
        if self._encoder is None:
            return None
        spans = sentences_of(result.text) if sentences else ()
        texts = [one.text(result.text) for one in result.quotations]
        return meanings(self._encoder, result.text, spans, texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """The names of the parts of a pipeline: a loader that can be sent to another process."""

    parser: str
    extractor: str
    resolver: str
    coref: str
    vectors: bool

    def __call__(self) -> Workshop:
        """Load the parts; raises ModelError."""
        from quotes import pipeline
        from quotes.vectors.encoder import Encoder

        parts = {"extractor": self.extractor, "resolver": self.resolver, "coref": self.coref}
        return Workshop(pipeline.load(self.parser, **parts), Encoder() if self.vectors else None)
