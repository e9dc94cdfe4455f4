from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotes.documents.plain import PlainReader
from quotes.errors import EmptyDocument
from tests.documents.sources import read_one

ODD = (
    "\ufeffOne\r\ntwo\rthree\n\ffour\x85five\u2028six\u2029 e\u0301 "
    "\u202eright\u202c \N{WOMAN}\u200d\N{ROCKET} \u00a0."
)


def test_the_text_is_the_file_line_ends_and_all() -> None:
    document = read_one(PlainReader(), "\ufeff" + ODD)
    assert document.text == ODD
    assert document.raw == ("\ufeff" + ODD).encode()
    assert document.sha256 == hashlib.sha256(document.raw).hexdigest()
    assert (document.encoding, document.encoding_choice) == ("utf-8-sig", "bom")
    assert (document.media_type, document.reader, document.title) == ("text/plain", "plain", None)


@given(st.lists(st.sampled_from(["\r\n", "\r", "\n", "\f", "“Go,” she said.", " "]), min_size=1))
def test_no_line_end_is_ever_translated(parts: list[str]) -> None:
    text = "x" + "".join(parts)
    assert read_one(PlainReader(), text).text == text


def test_the_encoding_given_is_used_and_recorded() -> None:
    document = read_one(PlainReader(), "Ž “Ano”".encode("cp1250"), encoding="cp1250")
    assert document.text == "Ž “Ano”"
    assert (document.encoding, document.encoding_choice) == ("cp1250", "given")


def test_a_file_without_text_is_an_error() -> None:
    with pytest.raises(EmptyDocument):
        read_one(PlainReader(), "\n\n")
