"""`quotes extract`: files in, records out, nothing stored."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from quotes.cli.options import (
    coref_option,
    extractor_option,
    min_confidence_option,
    parser_option,
    people_option,
    reading_options,
    resolver_option,
)
from quotes.cli.output import print_json_line, quiet_option
from quotes.cli.teller import Teller

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quotes.documents.document import Document, Skipped
    from quotes.pipeline import Result
    from quotes.speakers.recognition import KnownPeople


@click.command("extract")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@reading_options
@parser_option
@extractor_option
@resolver_option
@coref_option
@people_option
@min_confidence_option
@quiet_option
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    encoding: str | None,
    max_size: int | None,
    parser: str,
    extractor: str,
    resolver: str,
    coref: str,
    people: str | None,
    min_confidence: float | None,
    quiet: bool,
) -> None:
    """Print the quotations of files as JSON Lines; no database.

    A folder is read with everything below it, - is standard input. The exit status is 1 where
    anything was skipped.

    Example: quotes extract interview.txt > quotations.jsonl
    """
    from quotes import pipeline
    from quotes.batching import run_batches
    from quotes.documents.reading import DEFAULT_MAX_BYTES, read_paths
    from quotes.speakers.known import read_people
    from quotes.speakers.recognition import KnownPeople

    known = KnownPeople(read_people(people) if people else ())
    work = _Extraction(Teller(quiet=quiet), known, min_confidence=min_confidence)
    read = read_paths(
        paths,
        encoding=encoding,
        max_bytes=max_size or DEFAULT_MAX_BYTES,
        on_left_out=work.teller.left_out,
    )
    documents = work.without_skipped(read)
    # The first document is read before the model is loaded, which takes a second.
    first = next(documents, None)
    if first is not None:
        # On a terminal the records are the progress.
        with nullcontext() if sys.stdout.isatty() else work.teller.bar():
            loaded = pipeline.load(parser, extractor=extractor, resolver=resolver, coref=coref)
            for document, result in run_batches(loaded, _chain(first, documents)):
                work.take(document, result)
    work.conclude()
    ctx.exit(1 if work.reasons else 0)


def _chain(first: Document, rest: Iterator[Document]) -> Iterator[Document]:
    yield first
    yield from rest


class _Extraction:
    """Prints what is found and counts it."""

    def __init__(
        self, teller: Teller, people: KnownPeople, *, min_confidence: float | None
    ) -> None:
        self.teller = teller
        self._people = people
        self._min_confidence = min_confidence
        self.reasons: list[str] = []
        self._read = 0
        self._quotations = 0

    def without_skipped(self, items: Iterable[Document | Skipped]) -> Iterator[Document]:
        """Yield the documents; what was skipped is told when its turn comes."""
        from quotes.documents.document import Document

        for item in items:
            if isinstance(item, Document):
                self._read += 1
                yield item
            else:
                self._skip(item.path, item.error)

    def take(self, document: Document, result: Result | Exception) -> None:
        """Print the records of one document, or tell why there are none."""
        from quotes.records import quotation_records

        if isinstance(result, Exception):
            self._skip(document.path, result)
            return
        on = document.published_at.date() if document.published_at is not None else None
        known = self._people.recognise(result.text, result.quotations, on=on)
        sure = [one for one in known if one.is_sure(self._min_confidence)]
        for record in quotation_records(document, sure):
            print_json_line(record)
        self._quotations += len(sure)
        self.teller.noticed(document.path, document.text, (*document.notices, *result.notices))
        self.teller.progress(read=self._read, quotations=self._quotations)

    def conclude(self) -> None:
        """Sum up."""
        counts = (f"{self._read} read", f"{self._quotations} quotations")
        self.teller.conclude(*counts, reasons=self.reasons)

    def _skip(self, path: str, error: Exception) -> None:
        from quotes.batching import reason

        self.reasons.append(reason(error))
        self.teller.skipped(path, self.reasons[-1])
