"""JSON Lines: one document a line, for people who export from elsewhere.

A record is `{"id", "text", "title", "url", "published_at", "author", "publisher", "language"}`;
only `text` is required, other keys are ignored. The document's identity is the file's URI with the
record's id as fragment; its url stands in where there is no id, the line's number where there is
neither. Its raw bytes are the line's. U+0000 and lone surrogates, which JSON can escape, are
refused: PostgreSQL cannot store them, and a text with a character taken out is not the source's.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from quotes.documents.binary import check_not_binary
from quotes.documents.document import Document, Input, Skipped
from quotes.documents.encoding import check_encoding
from quotes.errors import DocumentError, EmptyDocument, MalformedRecord, WrongEncoding
from quotes.quotation import Notice

if TYPE_CHECKING:
    from collections.abc import Iterator

_STRINGS = ("text", "title", "url", "published_at", "author", "publisher", "language")
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_ONE_OBJECT = 'write one JSON object a line, such as {"id": "a1", "text": "…"}'


@dataclass(frozen=True, slots=True)
class _Record:
    id: str | None
    fields: dict[str, str]


class JsonLinesReader:
    """Reads each line as a document; a line that is none is skipped with its number."""

    name = "jsonl"
    version = "1"

    def read(self, source: Input) -> Iterator[Document | Skipped]:
        """Yield a document or a skip for each line; raises DocumentError where there are none."""
        encoding = _encoding_of(source)
        raw = source.raw.removeprefix(b"\xef\xbb\xbf")
        seen: dict[str, int] = {}
        number = 0
        for number, line in _numbered_lines(raw):
            try:
                record = _parse(line, encoding)
                identity = record.id or record.fields.get("url") or f"L{number}"
                if identity in seen:
                    raise MalformedRecord(
                        f"the id {identity!r} stands on line {seen[identity]} already",
                        hint="give each record its own id",
                    )
                seen[identity] = number
                yield self._document(source, line, record, identity=identity, encoding=encoding)
            except DocumentError as error:
                yield Skipped(path=f"{source.path}:{number}", error=error)
        if not number:
            raise EmptyDocument("it holds no records", hint=_ONE_OBJECT)

    def _document(
        self, source: Input, line: bytes, record: _Record, *, identity: str, encoding: str
    ) -> Document:
        text = record.fields.get("text", "")
        if not text.strip():
            raise EmptyDocument("its text is empty", hint="nothing to read")
        published_at, notices = _published_at(record.fields.get("published_at"))
        return Document(
            uri=f"{source.uri}#{quote(identity, safe='')}",
            path=f"{source.path}#{identity}",
            raw=line,
            text=text,
            media_type="application/json",
            reader=self.name,
            reader_version=self.version,
            encoding=encoding,
            encoding_choice="record",
            title=record.fields.get("title"),
            author=record.fields.get("author"),
            publisher=record.fields.get("publisher"),
            url=record.fields.get("url"),
            language=record.fields.get("language"),
            published_at=published_at,
            notices=notices,
        )


def _encoding_of(source: Input) -> str:
    """Return the lines' encoding; raises DocumentError where the bytes do not fall into lines."""
    check_not_binary(source.raw)
    encoding = check_encoding(source.encoding or "utf-8").removesuffix("-sig")
    wide = source.raw.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff"))
    if wide or "\n".encode(encoding) != b"\n":
        raise WrongEncoding(
            "it is JSON Lines in UTF-16 or UTF-32", hint="convert it to UTF-8, as JSON Lines are"
        )
    return encoding


def _numbered_lines(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are not blank, numbered from 1, without their ends."""
    start, number = 0, 0
    while start < len(raw):
        number += 1
        end = raw.find(b"\n", start)
        end = len(raw) if end < 0 else end
        line = raw[start:end].removesuffix(b"\r")
        if line.strip():
            yield number, line
        start = end + 1


def _parse(line: bytes, encoding: str) -> _Record:
    """Return the record on a line; raises MalformedRecord where it is none."""
    try:
        value = json.loads(line.decode(encoding))
    except UnicodeError:
        raise MalformedRecord(
            f"its bytes are not {encoding}", hint="convert it to UTF-8, or name it with --encoding"
        ) from None
    except RecursionError:
        raise MalformedRecord("it is nested too deep to read", hint=_ONE_OBJECT) from None
    except json.JSONDecodeError as error:
        raise MalformedRecord(
            f"it is not JSON ({error.msg} at column {error.colno})", hint=_ONE_OBJECT
        ) from None
    except ValueError:
        raise MalformedRecord("it holds a number too long to read", hint=_ONE_OBJECT) from None
    if not isinstance(value, dict):
        raise MalformedRecord("it is not a JSON object", hint=_ONE_OBJECT)
    if value.get("text") is None:
        raise MalformedRecord('it has no "text"', hint=_ONE_OBJECT)
    fields = {n: _string(value, n) for n in _STRINGS if value.get(n) not in (None, "")}
    return _Record(_id(value), fields)


def _id(value: dict[str, Any]) -> str | None:
    identifier = value.get("id")
    if isinstance(identifier, int) and not isinstance(identifier, bool):
        return str(identifier)
    return None if identifier in (None, "") else _string(value, "id")


def _string(value: dict[str, Any], name: str) -> str:
    string = value[name]
    if not isinstance(string, str):
        kind = type(string).__name__
        raise MalformedRecord(f'its "{name}" is no string but {kind}', hint="write it as a string")
    found = _UNSTORABLE.search(string)
    if found:
        raise MalformedRecord(
            f'its "{name}" holds U+{ord(found[0]):04X} at character {found.start()}, which no '
            "database can store",
            hint="export it again without that character",
        )
    return string


def _published_at(string: str | None) -> tuple[datetime | None, tuple[Notice, ...]]:
    """Return the time in UTC, or None and a notice where the string is no time."""
    if string is None or not string.strip():
        return None, ()
    try:
        time = datetime.fromisoformat(string.strip())
        return (time if time.tzinfo else time.replace(tzinfo=UTC)).astimezone(UTC), ()
    except (ValueError, OverflowError):
        message = f"its published_at {string!r} is no ISO 8601 time, and is left out"
        return None, (Notice(message=message, start=0),)
