from __future__ import annotations

import io
import random
import zipfile

import pytest

from quotes.documents.binary import (
    check_not_binary,
    check_not_binary_bytes,
    check_not_binary_text,
)
from quotes.documents.encoding import decode
from quotes.errors import BinaryDocument


def zipped(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"%PDF-1.7\n", "looks like a PDF; support for it comes later"),
        (zipped("word/document.xml"), "looks like a DOCX document; support for it comes later"),
        (zipped("a.txt"), "looks like a ZIP archive; unpack it"),
        (b"\x1f\x8b\x08\x00", "looks like a gzip archive; unpack it"),
        (b"\x89PNG\r\n\x1a\n", "looks like a PNG image"),
        (b"SQLite format 3\x00", "looks like an SQLite database"),
        (rb"{\rtf1\ansi Hello}", "looks like an RTF document"),
    ],
)
def test_known_kinds_are_named(raw: bytes, said: str) -> None:
    with pytest.raises(BinaryDocument) as caught:
        check_not_binary(raw)
    assert said in str(caught.value)


@pytest.mark.parametrize("text", ["PK is short for Peter", "GIF is a format", "BM, MZ and %PDF"])
def test_words_that_signatures_begin_with_are_text(text: str) -> None:
    check_not_binary(text.encode())
    check_not_binary_text(text)


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_told_from_other_binary(order: str) -> None:
    raw = "She said “no” and left.".encode(order)
    with pytest.raises(BinaryDocument, match=f"--encoding {order}"):
        check_not_binary_text(raw.decode("latin-1"))
    with pytest.raises(BinaryDocument, match="NUL characters"):
        check_not_binary_text("\0" * 20)


def test_bytes_without_any_order_are_binary_and_not_a_riddle() -> None:
    noise = random.Random(4).randbytes(4000)
    with pytest.raises(BinaryDocument, match="--encoding"):
        check_not_binary_bytes(noise)
    with pytest.raises(BinaryDocument, match="full of control characters"):
        decode(noise)
    check_not_binary_bytes(bytes(range(0x80, 0x100)) * 10)


def test_control_characters_make_binary_only_in_number() -> None:
    check_not_binary_text("\x1b[1mBold\x1b[0m\f\v and a bell \x07 in a longer text" + "." * 60)
    check_not_binary_text("A \x07 in a short one, and \x1c\x1d\x1e.")
    with pytest.raises(BinaryDocument, match="control characters"):
        check_not_binary_text("\x01\x02ab" * 10)
