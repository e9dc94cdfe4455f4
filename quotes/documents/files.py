"""The bytes of a file, bounded: whatever stands at a path, reading it ends, and soon.

A pipe without a writer blocks whoever opens it, a device has no end, and a sparse file is as large
as it says. None of these is a source.
"""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from quotes.errors import MissingDocument, TooLarge, UnreadableDocument

if TYPE_CHECKING:
    from typing import BinaryIO

    from quotes.errors import DocumentError

DEFAULT_MAX_BYTES: Final = 10_000_000
# Where the system has them: neither wait for a pipe's other end nor take a terminal for our own.
_CAREFUL: Final = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)


def bytes_of(path: str, max_bytes: int = DEFAULT_MAX_BYTES) -> bytes:
    """Return the bytes of a regular file, which a link may lead to.

    Raises MissingDocument, UnreadableDocument, TooLarge, and OSError as the system gives it.
    """
    if refused := refused_name(path):
        raise refused
    with opened(path) as stream:
        size = os.fstat(stream.fileno()).st_size
        if size > max_bytes:
            raise _too_large(f"it has {size:,} bytes", max_bytes)
        return bounded(stream, max_bytes)


def refused_name(path: str) -> DocumentError | None:
    """Return why no file can be read by this name, or none be kept; None where it can."""
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return UnreadableDocument(
            "its name is not valid UTF-8, so no record could name it", hint="rename it"
        )
    if not path or "\0" in path:
        return MissingDocument("there is no such file or folder", hint="check the path")
    return None


def opened(path: str) -> BinaryIO:
    """Open a regular file, which a link may lead to.

    Raises UnreadableDocument where it is none, OSError as the system gives it.
    """
    # To open some devices does something, so what stands there is asked first; and again when it
    # is open, for it may be another by then.
    _check(Path(path).stat())
    stream = open(path, "rb", opener=_opener)  # noqa: SIM115 - Path.open takes no opener; the caller closes
    try:
        _check(os.fstat(stream.fileno()))
    except UnreadableDocument:
        stream.close()
        raise
    return stream


def bounded(stream: BinaryIO, max_bytes: int = DEFAULT_MAX_BYTES) -> bytes:
    """Return all bytes of a stream; raises TooLarge without reading far past the limit."""
    raw = stream.read(max_bytes + 1)
    if len(raw) > max_bytes:
        raise _too_large("it goes on", max_bytes)
    return raw


def standard_input() -> BinaryIO:
    """Return standard input; raises UnreadableDocument where the shell closed it."""
    if sys.stdin is None:
        raise UnreadableDocument("standard input is closed", hint="give a file, or pipe one in")
    return sys.stdin.buffer


def _opener(path: str, flags: int) -> int:
    return os.open(path, flags | _CAREFUL)


def _check(status: os.stat_result) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise UnreadableDocument("it is a folder, not a file", hint="name a file in it")
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableDocument(
            "it is a pipe, a socket or a device and not a file",
            hint="give its content on standard input with `-`",
        )


def _too_large(size: str, max_bytes: int) -> TooLarge:
    return TooLarge(
        f"{size}, over the limit of {max_bytes:,}",
        hint="raise the limit with --max-size, or split it",
    )
