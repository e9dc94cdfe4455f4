"""A source as it was read: bytes, canonical text, and what is known of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from quotes.errors import DocumentError
    from quotes.quotation import Notice


@dataclass(frozen=True, kw_only=True)
class Document:
    """One source, immutable; offsets everywhere are code points of `text`.

    `uri` is the stable identity (a `file:` URI of the absolute path, or what the exporter gave as
    the record's address); `path` is the name as the user gave it. `encoding_choice` says how the
    encoding was found: `given`, `declared`, `bom`, `utf-8`, `cp1252`, `detected`, or `record` for
    text that came inside JSON. `published_at` is aware (UTC where the source names no zone).
    """

    uri: str
    path: str
    raw: bytes
    text: str
    media_type: str
    reader: str
    reader_version: str
    encoding: str
    encoding_choice: str
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    published_at: datetime | None = None
    notices: tuple[Notice, ...] = ()

    @cached_property
    def sha256(self) -> str:
        """The hex digest of the raw bytes."""
        return hashlib.sha256(self.raw).hexdigest()

    @cached_property
    def text_sha256(self) -> str:
        """The hex digest of the canonical text in UTF-8 (lone surrogates passed through)."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def id(self) -> str:
        """The public id, the same wherever this source is read."""
        return document_id(self.uri)


def document_id(uri: str) -> str:
    """Return the public id of the document with this URI."""
    return "d_" + hashlib.sha256(uri.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """Bytes with the name they came by; `path` is as given, `uri` the identity."""

    path: str
    uri: str
    raw: bytes
    encoding: str | None = None
    declared_charset: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A source that was not read, and why; the error's message does not repeat the path."""

    path: str
    error: DocumentError

    def __str__(self) -> str:
        """Return one line fit for a terminal: the path, what is wrong, what to do next."""
        path = "".join(c if c.isprintable() else repr(c)[1:-1] for c in self.path)
        return f"{path}: {self.error}"


class Reader(Protocol):
    """Turns bytes into documents; one format each."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    def read(self, source: Input) -> Iterator[Document | Skipped]:
        """Yield the documents in these bytes, and the parts of them that are none.

        Raises DocumentError where the bytes as a whole cannot be read.
        """
        ...
