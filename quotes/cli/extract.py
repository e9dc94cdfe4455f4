"""`quotes extract`: files in, records out, nothing stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from quotes.cli.options import reading_options
from quotes.cli.output import notice, print_json_line, printable, quiet_option
from quotes.errors import QuotesError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from quotes.documents.document import Document, Skipped
    from quotes.pipeline import Result

MOST_NOTICES = 10


@click.command("extract")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@reading_options
@quiet_option
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    encoding: str | None,
    max_size: int | None,
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

    teller = _Teller(quiet=quiet)
    read = read_paths(
        paths,
        encoding=encoding,
        max_bytes=max_size or DEFAULT_MAX_BYTES,
        on_left_out=teller.leave_out,
    )
    documents = teller.without_skipped(read)
    # The first document is read before the model is loaded, which takes a second.
    first = next(documents, None)
    if first is not None:
        for document, result in run_batches(pipeline.load(), _chain(first, documents)):
            _print(document, result, teller)
    teller.conclude()
    ctx.exit(1 if teller.skipped else 0)


def _chain(first: Document, rest: Iterator[Document]) -> Iterator[Document]:
    yield first
    yield from rest


def _print(document: Document, result: Result | Exception, teller: _Teller) -> None:
    from quotes.records import quotation_records

    if isinstance(result, Exception):
        teller.skip(document.path, result)
        return
    for record in quotation_records(document, result.quotations):
        print_json_line(record)
    teller.remark(document, result)


class _Teller:
    """Says on stderr what was skipped, always, and what is odd, unless told to be quiet."""

    def __init__(self, *, quiet: bool) -> None:
        self.skipped = 0
        self._left_out = 0
        self._quiet = quiet

    def without_skipped(self, items: Iterable[Document | Skipped]) -> Iterator[Document]:
        """Yield the documents; what was skipped is told when its turn comes."""
        from quotes.documents.document import Document

        for item in items:
            if isinstance(item, Document):
                yield item
            else:
                self.skip(item.path, item.error)

    def leave_out(self, path: str) -> None:
        """Count a file of a kind that holds no articles."""
        self._left_out += 1

    def conclude(self) -> None:
        """Tell how many files were passed over for their kind."""
        if self._left_out and not self._quiet:
            kinds = (
                "1 file of another kind"
                if self._left_out == 1
                else (f"{self._left_out} files of other kinds")
            )
            notice(f"passed over {kinds}")

    def skip(self, path: str, error: Exception) -> None:
        """Tell why a document is left out."""
        self.skipped += 1
        known = isinstance(error, QuotesError)
        reason = str(error) if known else f"extraction failed: {type(error).__name__}: {error}"
        notice(printable(f"skipped {path}: {reason}"))

    def remark(self, document: Document, result: Result) -> None:
        """Tell what is odd in a document, the first few places."""
        from quotes.links.position import position

        notices = [*document.notices, *result.notices]
        for one in notices[:MOST_NOTICES] if not self._quiet else ():
            place = position(document.text, one.start)
            notice(printable(f"{document.path}:{place}: {one.message}"))
        if len(notices) > MOST_NOTICES and not self._quiet:
            rest = len(notices) - MOST_NOTICES
            notice(printable(f"{document.path}: {rest} more notices like these"))
