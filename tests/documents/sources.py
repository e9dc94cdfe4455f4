"""What the tests of this folder read: bytes as a command would hand them to a reader."""

from __future__ import annotations

from quotes.documents.document import Document, Input, Reader, Skipped


def source(raw: bytes | str, path: str = "a.txt", encoding: str | None = None) -> Input:
    """Return bytes under a name; a string is given in UTF-8."""
    raw = raw.encode() if isinstance(raw, str) else raw
    return Input(path=path, uri=f"file:///tmp/{path}", raw=raw, encoding=encoding)


def read_one(reader: Reader, raw: bytes | str, encoding: str | None = None) -> Document:
    """Return the only document in these bytes."""
    (document,) = reader.read(source(raw, encoding=encoding))
    assert isinstance(document, Document)
    return document


def parted(results: list[Document | Skipped]) -> tuple[list[Document], list[Skipped]]:
    """Return the documents apart from the skips."""
    return (
        [r for r in results if isinstance(r, Document)],
        [r for r in results if isinstance(r, Skipped)],
    )
