from __future__ import annotations

import codecs

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quotes.documents.encoding import check_encoding, decode, encoding_notices
from quotes.errors import BinaryDocument, DocumentError, EmptyDocument, WrongEncoding

ENGLISH = "The warden said, “We close at nine – no later.” Nobody at the café objected.\r\n"
# Text as files hold it: no surrogates, no control characters but those that lay text out.
TEXTS = st.text(
    st.one_of(
        st.characters(exclude_categories=["Cs", "Cc"]), st.sampled_from("\t\n\r\f\v\x85\u2028")
    ),
    min_size=1,
).filter(lambda text: bool(text.strip()) and not text.startswith("\ufeff"))
CP1252_TEXTS = st.text(st.sampled_from("aeiou tnrs.,\n\r“”’–éèçñü"), max_size=60).map(
    lambda text: "It was late, they said. " + text
)


@given(TEXTS)
def test_utf8_is_read_character_for_character(text: str) -> None:
    decoded = decode(text.encode())
    assert (decoded.text, decoded.encoding, decoded.choice) == (text, "utf-8", "utf-8")


@given(TEXTS, st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]))
def test_a_byte_order_mark_names_the_encoding_and_is_no_text(text: str, name: str) -> None:
    decoded = decode(("\ufeff" + text).encode(name))
    assert (decoded.text, decoded.choice) == (text, "bom")


@given(TEXTS, st.sampled_from(["utf-8", "utf-16", "utf-16-be", "utf-32", "gb18030"]))
def test_a_given_encoding_round_trips(text: str, name: str) -> None:
    decoded = decode(text.encode(name), given=name)
    assert (decoded.text, decoded.choice) == (text, "given")


@given(CP1252_TEXTS)
def test_cp1252_is_read_as_such_or_refused_but_never_as_something_else(text: str) -> None:
    raw = text.encode("cp1252")
    # `ç––` is a character of UTF-8 as well; a file of such luck cannot be told from UTF-8.
    assume("\ufffd" in raw.decode(errors="replace") or raw.isascii())
    try:
        decoded = decode(raw)
    except WrongEncoding:
        return
    assert decoded.text == text


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "cp1252", "utf-16", "utf-7"]))
def test_any_bytes_give_storable_text_or_an_error_of_ours(raw: bytes, name: str | None) -> None:
    try:
        decoded = decode(raw, given=name)
    except DocumentError:
        return
    assert raw.decode(decoded.encoding) == decoded.text
    assert "\0" not in decoded.text
    decoded.text.encode()


@given(st.text(st.sampled_from("abc “”’—é\n"), min_size=1), st.data())
def test_utf8_cut_anywhere_is_never_read_as_cp1252(text: str, data: st.DataObject) -> None:
    raw = ("She said: “well” " + text).encode()
    cut = raw[: data.draw(st.integers(20, len(raw)))]
    if "\ufffd" in cut.decode(errors="replace"):
        with pytest.raises(WrongEncoding, match="inside a UTF-8 character at byte"):
            decode(cut)
    else:
        assert decode(cut).encoding == "utf-8"


@pytest.mark.parametrize("mark", ["“", "’", "—", "…", "é", "😀"])
def test_utf8_whose_only_character_beyond_ascii_is_cut_off_is_refused(mark: str) -> None:
    with pytest.raises(WrongEncoding, match="at byte 3"):
        decode(b"no " + mark.encode()[:-1])


@pytest.mark.parametrize("broken", [b"\xff", b"\x93", b"\xe2\x80", b"\xc3"])
def test_utf8_with_a_broken_byte_in_its_middle_is_refused(broken: bytes) -> None:
    raw = "“One,” she said. ".encode() + broken + " “Two,” he said.".encode()
    with pytest.raises(WrongEncoding, match=r"at byte 21; .*--encoding"):
        decode(raw)
    assert decode(raw, given="latin-1").choice == "given"


@pytest.mark.parametrize("text", [ENGLISH, "“CAFÉ” said the sign", "We met at the café", "É", "ñ"])
def test_cp1252_without_any_utf8_in_it_is_read(text: str) -> None:
    if len(text) > 1:
        assert decode(text.encode("cp1252")).text == text
    else:
        with pytest.raises(WrongEncoding, match="cannot be told"):
            decode(text.encode("cp1252"))


def test_other_alphabets_are_detected_and_the_guess_is_said() -> None:
    text = "Rada města se sešla v pondělí a rozhodla, že most otevře na jaře příštího roku. Ať!"
    decoded = decode(text.encode("cp1250"))
    assert (decoded.text, decoded.encoding, decoded.choice) == (text, "cp1250", "detected")
    assert "guessed as cp1250" in encoding_notices(decoded)[0].message
    assert encoding_notices(decode(ENGLISH.encode())) == ()


def test_a_declared_charset_comes_before_cp1252() -> None:
    text = "Příliš žluťoučký kůň"
    decoded = decode(text.encode("cp1250"), declared="windows-1250")
    assert (decoded.text, decoded.encoding, decoded.choice) == (text, "cp1250", "declared")


@pytest.mark.parametrize(
    ("declared", "raw", "encoding"),
    [
        ("iso-8859-1", "“so”".encode("cp1252"), "cp1252"),
        ("shift_jis", "首相は①と言った".encode("cp932"), "cp932"),
        ("utf-16", "naïve".encode(), "utf-8"),
    ],
)
def test_a_declaration_means_what_it_means_on_the_web(
    declared: str, raw: bytes, encoding: str
) -> None:
    decoded = decode(raw, declared=declared)
    assert (decoded.text, decoded.choice) == (raw.decode(encoding), "declared")


@pytest.mark.parametrize("declared", ["no-such-charset", "ascii", "iso-8859-2", "hex", "utf-16"])
def test_a_declaration_that_the_bytes_contradict_gives_way(declared: str) -> None:
    assert decode(ENGLISH.encode(), declared=declared).text == ENGLISH
    assert decode(b"\xef\xbb\xbf" + ENGLISH.encode(), declared=declared).text == ENGLISH


def test_only_the_first_byte_order_mark_is_a_signature() -> None:
    assert decode(codecs.BOM_UTF8 * 2 + b"a").text == "\ufeffa"
    assert decode(codecs.BOM_UTF8 + b"a", given="utf8").text == "a"
    assert decode("\ufeffa".encode("utf-16-le"), given="utf-16-le").text == "a"


@pytest.mark.parametrize("name", ["nonsense", "hex", "rot13", "base64", "", "\0", "utf-8\ud800"])
def test_what_is_no_encoding_is_said_by_name(name: str) -> None:
    with pytest.raises(WrongEncoding, match="is not an encoding"):
        check_encoding(name)


@pytest.mark.parametrize("name", ["utf-8", "UTF8", "cp1252", "shift_jis", "utf-16", "utf-7"])
def test_encodings_go_by_any_of_their_names(name: str) -> None:
    assert check_encoding(name) == codecs.lookup(name).name


def test_bytes_outside_the_given_encoding_are_placed() -> None:
    with pytest.raises(WrongEncoding, match="not ascii text at byte 3"):
        decode("caf\xe9".encode("cp1252"), given="ascii")


def test_a_given_encoding_that_yields_surrogates_is_refused() -> None:
    with pytest.raises(WrongEncoding, match="lone surrogates"):
        decode(rb"a \ud800 b", given="unicode_escape")


@pytest.mark.parametrize("raw", [b"", b" \r\n\t", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, "\u3000"])
def test_nothing_and_white_space_are_empty(raw: bytes | str) -> None:
    with pytest.raises(EmptyDocument):
        decode(raw.encode() if isinstance(raw, str) else raw)


def test_utf16_cut_inside_a_character_is_refused() -> None:
    with pytest.raises(WrongEncoding, match="mark of UTF-16"):
        decode("“no”".encode("utf-16")[:-1])


def test_binary_is_refused_whatever_encoding_is_given() -> None:
    with pytest.raises(BinaryDocument, match="NUL"):
        decode(b"abc\0def and so on", given="latin-1")
