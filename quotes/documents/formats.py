"""Which reader takes which bytes: by the name's suffix, then by what the bytes begin with."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from quotes.documents.html import HtmlReader
from quotes.documents.jsonl import JsonLinesReader
from quotes.documents.plain import PlainReader
from quotes.errors import UnknownFormat

if TYPE_CHECKING:
    from collections.abc import Callable

    from quotes.documents.document import Input, Reader

# Each comment is taken once and for all; else a page of many comments takes exponential time.
_MARKUP = re.compile(
    rb"(?:<\?xml[^>]*>|(?><!--.*?-->)|\s)*+<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)


@dataclass(frozen=True, slots=True)
class Format:
    """A reader with the suffixes it goes by and what its bytes look like without one."""

    reader: Reader
    suffixes: frozenset[str]
    looks_like: Callable[[bytes], bool]


def _looks_like_html(head: bytes) -> bool:
    return bool(_MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")))


def _looks_like_records(head: bytes) -> bool:
    first = head.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")[0]
    if not first.startswith(b"{"):
        return False
    try:
        value = json.loads(first)
    except (ValueError, RecursionError):
        # The head may end inside a long record.
        return re.match(rb'\{\s*"(?:id|text|title|url)"\s*:', first) is not None
    return isinstance(value, dict) and "text" in value


# PDF and DOCX readers join here. The last format takes what no other does.
READERS: tuple[Format, ...] = (
    Format(HtmlReader(), frozenset({".html", ".htm", ".xhtml"}), _looks_like_html),
    Format(JsonLinesReader(), frozenset({".jsonl", ".ndjson"}), _looks_like_records),
    Format(PlainReader(), frozenset({".txt", ".text", ".md", ".markdown"}), lambda head: True),
)
_HEAD = 8192


# Sources by their names, though no reader takes them yet.
_TO_COME = frozenset({".pdf", ".doc", ".docx", ".odt", ".rtf", ".epub"})


def choose_reader(source: Input) -> Reader:
    """Return the reader for these bytes; raises UnknownFormat on JSON that is no JSON Lines."""
    suffix = PurePath(source.path).suffix.lower()
    for candidate in READERS:
        if suffix in candidate.suffixes:
            return candidate.reader
    head = source.raw[:_HEAD]
    if suffix == ".json" and source.raw and not _looks_like_records(head):
        raise UnknownFormat(
            "it is JSON and not JSON Lines",
            hint='write one object a line, such as {"id": "a1", "text": "…"}',
        )
    return next(f.reader for f in READERS if f.looks_like(head))


def may_be_a_source(name: str) -> bool:
    """Tell by a file's suffix whether a user may expect it to be read."""
    suffix = PurePath(name).suffix.lower()
    return suffix in _TO_COME or any(suffix in f.suffixes for f in READERS)
