"""Plain text: the canonical text is the decoded file, character for character."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quotes.documents.document import Document, Input
from quotes.documents.encoding import decode, encoding_notices

if TYPE_CHECKING:
    from collections.abc import Iterator


class PlainReader:
    """Reads text, Markdown and transcripts as they stand; gives no title, since text names none."""

    name = "plain"
    version = "1"

    def read(self, source: Input) -> Iterator[Document]:
        """Yield the one document; raises DocumentError where the bytes are no text."""
        decoded = decode(source.raw, given=source.encoding, declared=source.declared_charset)
        yield Document(
            uri=source.uri,
            path=source.path,
            raw=source.raw,
            text=decoded.text,
            media_type="text/plain",
            reader=self.name,
            reader_version=self.version,
            encoding=decoded.encoding,
            encoding_choice=decoded.choice,
            notices=encoding_notices(decoded),
        )
