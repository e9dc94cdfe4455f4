"""Paths in, documents out: the one way that commands read sources."""

from __future__ import annotations

import hashlib
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.documents.discover import STANDARD_INPUT, Found, LeftOut, discover, refusal
from quotes.documents.document import Document, Input, Skipped
from quotes.documents.encoding import check_encoding
from quotes.documents.formats import choose_reader, may_be_a_source
from quotes.errors import (
    BinaryDocument,
    DocumentError,
    MissingDocument,
    TooLarge,
    UnreadableDocument,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import BinaryIO

__all__ = ["DEFAULT_MAX_BYTES", "Skipped", "count_files", "file_uri", "read_paths", "read_source"]

DEFAULT_MAX_BYTES = 10_000_000


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
            try:
                source = _load(item.path, encoding, max_bytes, stdin)
            except DocumentError as error:
                yield Skipped(path=item.path, error=error)
                continue
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
            raw = _bounded(stdin or _standard_input(), max_bytes)
            uri = "stdin:" + hashlib.sha256(raw).hexdigest()
        else:
            raw = _bytes_of(path, max_bytes)
            uri = file_uri(path)
    except OSError as error:
        raise refusal(error) from error
    return Input(path=path, uri=uri, raw=raw, encoding=encoding)


def _standard_input() -> BinaryIO:
    # Python has none where the shell closed it.
    if sys.stdin is None:
        raise UnreadableDocument("standard input is closed", hint="give a file, or pipe one in")
    return sys.stdin.buffer


def file_uri(path: str) -> str:
    """Return a file's identity: its folder's real absolute path and its own name, as a URI.

    A link that is a file keeps its own name, so that it may lead to another file tomorrow.
    """
    parent = Path(path).parent.resolve()
    return (parent / Path(path).name).as_uri()


def _bytes_of(path: str, max_bytes: int) -> bytes:
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        raise UnreadableDocument(
            "its name is not valid UTF-8, so no record could name it", hint="rename it"
        ) from None
    if not path or "\0" in path:
        raise MissingDocument("there is no such file or folder", hint="check the path")
    file = Path(path)
    status = file.stat()
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableDocument(
            "it is a pipe, a socket or a device and not a file",
            hint="give its content on standard input with `-`",
        )
    if status.st_size > max_bytes:
        raise _too_large(f"it has {status.st_size:,} bytes", max_bytes)
    with file.open("rb") as stream:
        return _bounded(stream, max_bytes)


def _bounded(stream: BinaryIO, max_bytes: int) -> bytes:
    """Return all bytes of a stream; raises TooLarge without reading far past the limit."""
    raw = stream.read(max_bytes + 1)
    if len(raw) > max_bytes:
        raise _too_large("it goes on", max_bytes)
    return raw


def _too_large(size: str, max_bytes: int) -> TooLarge:
    return TooLarge(
        f"{size}, over the limit of {max_bytes:,}",
        hint="raise the limit with --max-size, or split it",
    )
