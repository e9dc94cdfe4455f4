"""Bytes that are no text: what they look like, by their magic and by their control characters."""

from __future__ import annotations

from quotes.errors import BinaryDocument

_LATER = "support for it comes later; until then save its text as .txt or .html"
_NOT_TEXT = "give a text, HTML or JSON Lines file"

# Signatures of four bytes and more, which no text begins with.
_SIGNATURES = (
    (b"%PDF-", "a PDF", _LATER),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file such as .doc", _LATER),
    (b"{\\rtf", "an RTF document", _LATER),
    (b"PK\x03\x04", "a ZIP archive", "unpack it and give the files in it"),
    (b"PK\x05\x06", "an empty ZIP archive", _NOT_TEXT),
    (b"\x1f\x8b\x08", "a gzip archive", "unpack it and give the files in it"),
    (b"BZh91AY&SY", "a bzip2 archive", "unpack it and give the files in it"),
    (b"\xfd7zXZ\x00", "an xz archive", "unpack it and give the files in it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it and give the files in it"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", "unpack it and give the files in it"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image", _NOT_TEXT),
    (b"\xff\xd8\xff", "a JPEG image", _NOT_TEXT),
    (b"GIF87a", "a GIF image", _NOT_TEXT),
    (b"GIF89a", "a GIF image", _NOT_TEXT),
    (b"SQLite format 3\x00", "an SQLite database", "name it with --db to use it as the store"),
    (b"\x7fELF", "a program", _NOT_TEXT),
)
# What a ZIP archive holds, by a name near its start or in its directory at the end.
_ZIPPED = (
    (b"word/document.xml", "a DOCX document", _LATER),
    (b"opendocument.text", "an ODT document", _LATER),
    (b"application/epub+zip", "an EPUB book", _LATER),
)

# Tab, line feed, vertical tab, form feed, carriage return and escape (coloured logs) occur in text.
_CONTROLS = tuple(chr(c) for c in range(32) if chr(c) not in "\t\n\v\f\r\x1b")
_MOST_CONTROLS = 0.02
_FEW_CONTROLS = 8


def check_not_binary(raw: bytes) -> None:
    """Raise BinaryDocument where the bytes begin as a file of a known other kind does."""
    for signature, kind, hint in _SIGNATURES:
        if raw.startswith(signature):
            if signature == b"PK\x03\x04":
                for name, kind_inside, hint_inside in _ZIPPED:
                    if name in raw:
                        raise BinaryDocument(f"it looks like {kind_inside}", hint=hint_inside)
            raise BinaryDocument(f"it looks like {kind}", hint=hint)


def check_not_binary_bytes(raw: bytes) -> None:
    """Raise BinaryDocument where bytes of no known encoding are full of control characters.

    Text in UTF-16 without its mark may have as many, so the hint leaves room for that.
    """
    if _has_many_controls(raw.decode("latin-1")):
        raise BinaryDocument(
            "it is binary: it is full of control characters",
            hint="give a text file, or say its encoding with --encoding",
        )


def _has_many_controls(text: str) -> bool:
    return sum(map(text.count, _CONTROLS)) > max(_FEW_CONTROLS, _MOST_CONTROLS * len(text))


def check_not_binary_text(text: str) -> None:
    """Raise BinaryDocument where decoded text holds U+0000 or is full of control characters.

    U+0000 never occurs in text, and PostgreSQL cannot store it.
    """
    nulls = text.count("\0")
    if nulls:
        halves = (text[1::2].count("\0"), text[::2].count("\0"))
        for side, name in zip(halves, ("utf-16-le", "utf-16-be"), strict=True):
            if side > 0.4 * len(text) and sum(halves) < 0.6 * len(text):
                raise BinaryDocument(
                    "it looks like UTF-16 without a byte order mark",
                    hint=f"read it with --encoding {name}",
                )
        raise BinaryDocument("it is binary: it holds NUL characters", hint=_NOT_TEXT)
    if _has_many_controls(text):
        raise BinaryDocument("it is binary: it is full of control characters", hint=_NOT_TEXT)
