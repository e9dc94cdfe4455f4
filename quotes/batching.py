"""Texts through a pipeline in batches, one failure never taking another text along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from quotes.errors import ModelError, QuotesError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quotes.documents.document import Document
    from quotes.pipeline import Result

# A batch ends at whichever comes first, so that neither memory nor lost work grows with the input.
BATCH_DOCUMENTS = 16
BATCH_CHARACTERS = 200_000


class Runnable(Protocol):
    """What a batch asks of a pipeline; `quotes.pipeline.Pipeline` is one."""

    def run(self, texts: Iterable[str]) -> Iterator[Result]: ...


def run_batches(
    pipeline: Runnable, documents: Iterable[Document]
) -> Iterator[tuple[Document, Result | Exception]]:
    """Yield each document with its result, or with the error that the pipeline raised for it."""
    batch: list[Document] = []
    for document in documents:
        batch.append(document)
        if is_full([document.text for document in batch]):
            yield from _with_results(pipeline, batch)
            batch = []
    yield from _with_results(pipeline, batch)


def _with_results(
    pipeline: Runnable, batch: Sequence[Document]
) -> Iterator[tuple[Document, Result | Exception]]:
    texts = [document.text for document in batch]
    return zip(batch, run_batch(pipeline, texts), strict=True)


def is_full(texts: Sequence[str]) -> bool:
    """Tell whether these texts are enough for one batch."""
    return len(texts) >= BATCH_DOCUMENTS or sum(map(len, texts)) >= BATCH_CHARACTERS


def run_batch(pipeline: Runnable, texts: Sequence[str]) -> Iterator[Result | Exception]:
    """Yield what the pipeline makes of each text, or the error that it raises for that one.

    Raises ModelError, for a model that cannot be used fails every text alike.
    """
    done = 0
    try:
        for result in pipeline.run(texts):
            yield result
            done += 1
    except ModelError:
        raise
    except Exception:
        # Which text it was is not known, for parsers work in batches: take the rest one by one.
        for text in texts[done:]:
            yield _one_result(pipeline, text)


def _one_result(pipeline: Runnable, text: str) -> Result | Exception:
    try:
        (result,) = pipeline.run([text])
    except Exception as error:
        return error
    return result


def reason(error: Exception) -> str:
    """Return why a document is left out, with what to do next where that is known."""
    if isinstance(error, QuotesError):
        return str(error)
    return f"extraction failed: {type(error).__name__}: {error}"
