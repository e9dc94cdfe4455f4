"""Documents through a pipeline in batches, one failure never taking another document along."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from quotes.documents.document import Document
    from quotes.pipeline import Pipeline, Result

# A batch ends at whichever comes first, so that memory does not grow with the input.
BATCH_DOCUMENTS = 16
BATCH_CHARACTERS = 200_000


def run_batches(
    pipeline: Pipeline, documents: Iterable[Document]
) -> Iterator[tuple[Document, Result | Exception]]:
    """Yield each document with its result, or with the error that the pipeline raised for it."""
    batch: list[Document] = []
    for document in documents:
        batch.append(document)
        if len(batch) >= BATCH_DOCUMENTS or sum(len(d.text) for d in batch) >= BATCH_CHARACTERS:
            yield from zip(batch, _results(pipeline, batch), strict=True)
            batch = []
    yield from zip(batch, _results(pipeline, batch), strict=True)


def _results(pipeline: Pipeline, batch: Sequence[Document]) -> Iterator[Result | Exception]:
    done = 0
    try:
        for result in pipeline.run([document.text for document in batch]):
            yield result
            done += 1
    except Exception:
        # Which text it was is not known, for parsers work in batches: take the rest one by one.
        for document in batch[done:]:
            yield _one_result(pipeline, document.text)


def _one_result(pipeline: Pipeline, text: str) -> Result | Exception:
    try:
        (result,) = pipeline.run([text])
    except Exception as error:
        return error
    return result
