"""The one article at a path, for commands that take no more."""

from __future__ import annotations

import os

from quotes.documents.discover import STANDARD_INPUT
from quotes.documents.document import Document
from quotes.documents.reading import DEFAULT_MAX_BYTES, read_paths
from quotes.errors import DocumentError, UnreadableDocument

_ONE_EACH = "give one article at a time"
_AS_READ = f"give a text file in UTF-8 of at most {DEFAULT_MAX_BYTES:,} bytes"


def read_one(path: str) -> Document:
    """Return the one article at a path, or on standard input for `-`.

    Raises DocumentError, which names the file, where there is none, it cannot be read or holds
    several.
    """
    name = "standard input" if path == STANDARD_INPUT else path
    if path != STANDARD_INPUT and os.path.isdir(path):  # noqa: PTH112 - Path takes "" for this folder
        raise UnreadableDocument(f"{path} is a folder, not one file", hint=_ONE_EACH)
    found: Document | None = None
    for item in read_paths([path], max_bytes=DEFAULT_MAX_BYTES):
        if not isinstance(item, Document):
            raise _refusal(item.error, item.path if path != STANDARD_INPUT else name)
        if found is not None:
            raise UnreadableDocument(f"{name} holds several articles", hint=_ONE_EACH)
        found = item
    assert found is not None
    return found


def _refusal(error: DocumentError, name: str) -> DocumentError:
    """Return the error with the file's name; who asks for one article has no option for readers."""
    hint = _AS_READ if "--" in error.hint else error.hint
    return type(error)(f"{name}: {error.message}", hint=hint)
