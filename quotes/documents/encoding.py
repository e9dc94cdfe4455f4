"""Bytes to text: which encoding, and how it was found.

The order: the encoding the user gave; a byte order mark; the charset the source declares; strict
UTF-8; cp1252; what charset-normalizer detects. Two rules keep mojibake out of the canonical text:
a declaration gives way where the bytes contradict it (a byte order mark, or UTF-8 beyond ASCII
under a declared single-byte charset, as in pages saved by a browser), and a file that is UTF-8 but
for a few broken bytes is refused instead of being read as cp1252.

A byte order mark is the encoding's signature, not text: it is left out of the canonical text, and
`raw.decode(decoded.encoding) == decoded.text` always.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from quotes.documents.binary import (
    check_not_binary,
    check_not_binary_bytes,
    check_not_binary_text,
)
from quotes.errors import EmptyDocument, WrongEncoding
from quotes.quotation import Notice

# Longest first: the mark of UTF-32-LE begins with that of UTF-16-LE.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)

# Labels that mean a larger encoding on the web than in Python (WHATWG Encoding Standard, 4.2).
_WEB_MEANING = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}

_SAY_WHICH = "say which encoding it is with --encoding, such as --encoding cp1252"
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text with the encoding it was read in; `choice` is as in `Document.encoding_choice`."""

    text: str
    encoding: str
    choice: str


def decode(raw: bytes, *, given: str | None = None, declared: str | None = None) -> Decoded:
    """Return the text of these bytes, character for character.

    Raises EmptyDocument, BinaryDocument or WrongEncoding where there is none.
    """
    if not raw:
        raise EmptyDocument("it is empty", hint="nothing to read")
    check_not_binary(raw)
    decoded = _decode_as_given(raw, given) if given else _decode_unaided(raw, declared)
    check_not_binary_text(decoded.text)
    if not decoded.text.strip():
        raise EmptyDocument("it holds white space only", hint="nothing to read")
    return decoded


def check_encoding(name: str) -> str:
    """Return the codec's own name; raises WrongEncoding where no text encoding is called this."""
    try:
        b" ".decode(name)
    except UnicodeDecodeError:
        pass
    except (LookupError, ValueError):
        raise WrongEncoding(
            f"{name!r} is not an encoding",
            hint="name one that Python knows, such as utf-8, cp1252, shift_jis or utf-16",
        ) from None
    return codecs.lookup(name).name


def _decode_as_given(raw: bytes, given: str) -> Decoded:
    name = check_encoding(given)
    for mark, signed, plain in _BYTE_ORDER_MARKS:
        if name == plain and raw.startswith(mark):
            name = signed
    try:
        text = raw.decode(name)
    except UnicodeError as error:
        raise WrongEncoding(
            f"it is not {given} text{_place(error)}",
            hint="leave --encoding out to have the encoding found, or name another",
        ) from None
    if _SURROGATES.search(text):
        raise WrongEncoding(f"read as {given} it holds lone surrogates", hint=_SAY_WHICH)
    return Decoded(text=text, encoding=name, choice="given")


def _decode_unaided(raw: bytes, declared: str | None) -> Decoded:
    for mark, name, _ in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return _decode_by_mark(raw, name)
    return (
        (_decode_as_declared(raw, declared) if declared else None)
        or _decode_utf8(raw)
        or _decode_cp1252(raw)
        or _detect(raw)
    )


def _decode_by_mark(raw: bytes, name: str) -> Decoded:
    try:
        return Decoded(text=raw.decode(name), encoding=name, choice="bom")
    except UnicodeError as error:
        said = name.removesuffix("-sig").upper()
        raise WrongEncoding(
            f"it begins with the mark of {said} and is not {said}{_place(error)}",
            hint="get a whole copy, or " + _SAY_WHICH,
        ) from None


def _decode_as_declared(raw: bytes, declared: str) -> Decoded | None:
    """Return None where the declaration is unknown or the bytes contradict it."""
    try:
        name = check_encoding(declared)
    except WrongEncoding:
        return None
    # A declaration that could be read as ASCII proves that the bytes are not UTF-16 or UTF-32.
    name = "utf-8" if name.startswith(("utf-16", "utf-32")) else _WEB_MEANING.get(name, name)
    if name.startswith(("cp125", "iso8859", "koi8", "mac")) and not raw.isascii() and _is_utf8(raw):
        return None
    try:
        text = raw.decode(name)
    except UnicodeError:
        return None
    if _SURROGATES.search(text):
        return None
    return Decoded(text=text, encoding=name, choice="declared")


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decode_utf8(raw: bytes) -> Decoded | None:
    """Return None where the bytes are not UTF-8; raises WrongEncoding where they almost are."""
    try:
        return Decoded(text=raw.decode("utf-8"), encoding="utf-8", choice="utf-8")
    except UnicodeDecodeError as error:
        if _almost_utf8(raw):
            cut = error.reason == "unexpected end of data"
            raise WrongEncoding(
                f"it ends inside a UTF-8 character at byte {error.start}"
                if cut
                else f"it is UTF-8 but for byte 0x{raw[error.start]:02x} at byte {error.start}",
                hint="get a whole copy, or " + _SAY_WHICH,
            ) from None
        return None


# UTF-8 that is cut off, in a character that news texts hold: a typographic mark (E2 80), or the
# first byte of one, of a Latin-1 sign or letter, or of an emoji at the very end. Read as cp1252
# these end in Â, Ã, â or ð, which end no word.
_CUT_OFF = re.compile(rb"\xe2\x80(?![\x80-\xbf])|(?:[\xc2\xc3\xe2]|\xf0[\x80-\xbf]{0,2})\Z")


def _almost_utf8(raw: bytes) -> bool:
    """Tell whether bytes that are not UTF-8 were meant to be.

    In cp1252, UTF-8's sequences read as an accented capital and a sign (`É”`, rarely) or as Ã, Â, â
    and signs (never, but for mojibake). So sequences that begin with these count fourfold.
    """
    text = raw.decode("utf-8", "surrogateescape")
    broken = whole = typical = 0
    for char in text:
        if char < "\x80":
            continue
        if "\udc80" <= char <= "\udcff":
            broken += 1
        else:
            whole += 1
            typical += char <= "\xff" or "\u2000" <= char <= "\u2fff" or char > "\uffff"
    typical += len(_CUT_OFF.findall(raw))
    return whole > broken or (typical > 0 and 4 * typical >= broken)


def _decode_cp1252(raw: bytes) -> Decoded | None:
    """Return None where bytes are undefined in cp1252, or most letters would be accented ones."""
    try:
        text = raw.decode("cp1252")
    except UnicodeDecodeError:
        return None
    letters = re.sub(r"[\W\d_]", "", text)
    if len(re.sub("[A-Za-z]", "", letters)) > len(letters) / 2:
        return None
    return Decoded(text=text, encoding="cp1252", choice="cp1252")


def _detect(raw: bytes) -> Decoded:
    from charset_normalizer import from_bytes

    best = from_bytes(raw).best()
    # Without coherence (a likeness to some language) the guess is a toss between codecs.
    if best is None or not best.coherence:
        check_not_binary_bytes(raw)
        raise WrongEncoding("its encoding cannot be told", hint=_SAY_WHICH)
    try:
        text = raw.decode(best.encoding)
    except UnicodeError as error:
        raise WrongEncoding(
            f"its encoding cannot be told; it looks like {best.encoding} and is not{_place(error)}",
            hint=_SAY_WHICH,
        ) from None
    return Decoded(text=text, encoding=best.encoding, choice="detected")


def _place(error: UnicodeError) -> str:
    return f" at byte {error.start}" if isinstance(error, UnicodeDecodeError) else ""


def encoding_notices(decoded: Decoded) -> tuple[Notice, ...]:
    """Return the warning that a guessed encoding deserves, or nothing."""
    if decoded.choice != "detected":
        return ()
    message = f"its encoding was guessed as {decoded.encoding}; if letters look wrong, {_SAY_WHICH}"
    return (Notice(message=message, start=0),)
