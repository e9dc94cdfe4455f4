from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from quotes.batching import BATCH_DOCUMENTS, reason, run_batches
from quotes.errors import CorruptModel, EmptyDocument
from quotes.pipeline import Result
from tests.test_records import DOCUMENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quotes.documents.document import Document


class Stub:
    """Fails on every text with "bad" in it, and counts its batches."""

    def __init__(self) -> None:
        self.batches = 0

    def run(self, texts: Iterable[str]) -> Iterator[Result]:
        self.batches += 1
        for text in texts:
            if "bad" in text:
                raise ValueError(text)
            yield Result(text=text, quotations=())


def outcomes(stub: Stub, *texts: str) -> list[str]:
    documents: list[Document] = [replace(DOCUMENT, text=text) for text in texts]
    ran = list(run_batches(stub, documents))
    assert [document for document, _ in ran] == documents
    return [str(r) if isinstance(r, Exception) else r.text for _, r in ran]


@pytest.mark.parametrize(
    "texts", [(), ("a",), ("bad",), ("a", "bad 1", "b", "bad 2", "c"), ("bad", "a")]
)
def test_each_document_gets_its_own_result_or_error(texts: tuple[str, ...]) -> None:
    assert outcomes(Stub(), *texts) == list(texts)


def test_batches_end_by_count_and_by_length() -> None:
    stub = Stub()
    outcomes(stub, *["a"] * (BATCH_DOCUMENTS + 1))
    assert stub.batches == 2
    stub = Stub()
    outcomes(stub, "a" * 300_000, "b", "c")
    assert stub.batches == 2


def test_a_model_that_cannot_be_used_fails_at_once() -> None:
    class Broken(Stub):
        def run(self, texts: Iterable[str]) -> Iterator[Result]:
            self.batches += 1
            raise CorruptModel("the model is corrupt")

    stub = Broken()
    with pytest.raises(CorruptModel):
        outcomes(stub, "a", "b")
    assert stub.batches == 1


def test_a_reason_says_what_to_do_or_what_went_wrong() -> None:
    assert reason(EmptyDocument("it is empty", hint="nothing to read")) == (
        "it is empty; nothing to read"
    )
    assert reason(ValueError("odd")) == "extraction failed: ValueError: odd"
