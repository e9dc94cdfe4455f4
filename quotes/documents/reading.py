"""Paths in, documents out: the one way that commands read sources."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.documents.discover import STANDARD_INPUT, Found, LeftOut, discover, refusal
from quotes.documents.document import Document, Input, Skipped
from quotes.documents.encoding import check_encoding
from quotes.documents.files import DEFAULT_MAX_BYTES, bounded, bytes_of, standard_input
from quotes.documents.formats import choose_reader, may_be_a_source
from quotes.errors import BinaryDocument, DocumentError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

__all__ = [
    "DEFAULT_MAX_BYTES",
    "Skipped",
    "count_files",
    "file_uri",
    "read_found",
    "read_paths",
    "read_source",
]


def read_paths(
    paths: Iterable[str],
    *,
    encoding: str | None = None,
    max_bytes: int = DEFAULT_MAX_BYTES,
    stdin: BinaryIO | None = None,
    on_left_out: Callable[[str], None] | None = None,
) -> Iterator[Document | Skipped]:
    """Return the documents at these paths in order, and in their place those that were skipped.

    `-` is standard input, and folders are walked. Each path in a folder that is passed over because
    of its kind (a picture, a program, a database) goes to `on_left_out`. Files are read as they are
    asked for, so a caller may take as long as it likes. Raises WrongEncoding at once where
    `encoding` is no encoding.
    """
    if encoding is not None:
        check_encoding(encoding)
    return _read_each(paths, encoding, max_bytes, stdin, on_left_out or (lambda path: None))


def count_files(paths: Iterable[str]) -> int:
    """Return how many files `read_paths` would open, for a progress bar; opens none itself."""
    return sum(not isinstance(item, LeftOut) for item in discover(paths))


def read_source(source: Input) -> Iterator[Document | Skipped]:
    """Yield the documents in bytes already at hand; never raises DocumentError."""
    try:
        yield from choose_reader(source).read(source)
    except DocumentError as error:
        yield Skipped(path=source.path, error=error)


def _read_each(
    paths: Iterable[str],
    encoding: str | None,
    max_bytes: int,
    stdin: BinaryIO | None,
    on_left_out: Callable[[str], None],
) -> Iterator[Document | Skipped]:
    for item in discover(paths):
        if isinstance(item, Skipped):
            yield item
        elif isinstance(item, LeftOut):
            on_left_out(item.path)
        else:
            yield from read_found(
                item,
                encoding=encoding,
                max_bytes=max_bytes,
                stdin=stdin,
                on_left_out=on_left_out,
            )


def read_found(
    item: Found,
    *,
    encoding: str | None,
    max_bytes: int,
    stdin: BinaryIO | None,
    on_left_out: Callable[[str], None],
) -> Iterator[Document | Skipped]:
    """Yield the documents in one file that was found; never raises DocumentError."""
    try:
        source = _load(item.path, encoding, max_bytes, stdin)
    except DocumentError as error:
        yield Skipped(path=item.path, error=error)
        return
    for result in read_source(source):
        if _is_stray_binary(item, result):
            on_left_out(item.path)
        else:
            yield result


def _is_stray_binary(item: Found, result: Document | Skipped) -> bool:
    """Tell whether a folder holds binary data of unknown kind, which nobody meant as a source."""
    return (
        isinstance(result, Skipped)
        and isinstance(result.error, BinaryDocument)
        and not item.named
        and not may_be_a_source(item.path)
    )


def _load(path: str, encoding: str | None, max_bytes: int, stdin: BinaryIO | None) -> Input:
    """Return the bytes at a path; raises DocumentError where there are none to be had."""
    try:
        if path == STANDARD_INPUT:
            raw = bounded(stdin or standard_input(), max_bytes)
            uri = "stdin:" + hashlib.sha256(raw).hexdigest()
        else:
            raw = bytes_of(path, max_bytes)
            uri = file_uri(path)
    except OSError as error:
        raise refusal(error) from error
    return Input(path=path, uri=uri, raw=raw, encoding=encoding)


def file_uri(path: str) -> str:
    """Return a file's identity: its folder's real absolute path and its own name, as a URI.

    A link that is a file keeps its own name, so that it may lead to another file tomorrow.
    """
    parent = Path(path).parent.resolve()
    return (parent / Path(path).name).as_uri()
