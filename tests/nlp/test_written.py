"""A document from words that cover some of a text: every character is in it, at its place."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from quotes.nlp.pieces import Piece, pieces_of
from quotes.nlp.plain import plain
from quotes.nlp.written import Parsed, written
from tests.nlp.odd import ODD_TEXT

if TYPE_CHECKING:
    from spacy.tokens import Doc

VOCAB = spacy.blank("en").vocab


def word(start: int, end: int, *, head: int = 0, entity: str = "O") -> Parsed:
    return Parsed(
        start=start,
        end=end,
        tag="NN",
        pos="NOUN",
        morph="",
        lemma="x",
        head=head,
        label="dep",
        entity=entity,
    )


def of(text: str, *entities: str) -> Doc:
    """Return a document of one sentence, a word for each run of letters."""
    found, start = [], 0
    for part, entity in zip(text.split(), entities or ["O"] * len(text.split()), strict=True):
        start = text.index(part, start)
        found.append(word(start, start + len(part), entity=entity))
        start += len(part)
    return written(VOCAB, text, [found] if found else [])


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n ", "a b", "a  b", " a\nb ", "a \n\n b", "a\r\n b\t", "a\u2028b  "]
)
def test_white_space_is_cut_as_spacy_cuts_it(text: str) -> None:
    told, own = spacy.blank("en")(text), of(text)
    assert [(t.text, t.whitespace_) for t in own] == [(t.text, t.whitespace_) for t in told]
    assert all(t.tag_ == "_SP" for t in own if t.is_space)


def test_signs_that_no_word_covers_belong_to_the_word_they_touch() -> None:
    text = "\u200bab\u200b c \u200b d"
    doc = written(VOCAB, text, [[word(1, 3), word(5, 6), word(9, 10)]])
    assert [t.text for t in doc] == ["\u200bab\u200b", "c", "\u200b", "d"]
    assert doc.text == text


def test_white_space_hangs_on_the_word_before() -> None:
    doc = written(VOCAB, " \na\n\nb", [[word(2, 3)], [word(5, 6)]])
    assert [(t.text, t.head.text) for t in doc] == [
        (" \n", "a"),
        ("a", "a"),
        ("\n\n", "a"),
        ("b", "b"),
    ]
    assert [sentence.text for sentence in doc.sents] == [" \na\n\n", "b"]


def test_entities_hold_the_white_space_inside_them() -> None:
    doc = of("Ada\nMarsh of  Lima\n", "B-PERSON", "E-PERSON", "O", "S-GPE")
    assert [(e.text, e.label_) for e in doc.ents] == [("Ada\nMarsh", "PERSON"), ("Lima", "GPE")]
    odd = of("Ada Marsh Lima", "I-PERSON", "B-PERSON", "E-GPE")
    assert [e.text for e in odd.ents] == ["Ada", "Marsh", "Lima"]


def test_signs_by_themselves_start_a_sentence_where_one_must_start() -> None:
    doc = written(VOCAB, "\u200b\n\nab \u200b\n\n\u200b \n", [[word(3, 5)]], [0, 3, 9])
    assert [sentence.text for sentence in doc.sents] == ["\u200b\n\n", "ab \u200b\n\n", "\u200b \n"]


@given(ODD_TEXT, st.data())
def test_any_words_of_any_text(text: str, data: st.DataObject) -> None:
    bounds = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=12)))
    spans = [
        (a, b)
        for a, b in itertools.pairwise(bounds)
        if data.draw(st.booleans()) and not any(c.isspace() for c in text[a:b])
    ]
    half = data.draw(st.integers(0, len(spans)))
    sentences = [[word(a, b) for a, b in part] for part in (spans[:half], spans[half:]) if part]
    doc = written(VOCAB, text, sentences)
    assert doc.text == text
    for token in doc:
        assert text[token.idx : token.idx + len(token)] == token.text


@given(ODD_TEXT)
def test_plain_characters_know_where_they_stood(text: str) -> None:
    pieces = list(pieces_of([text, "One more."]))
    made = plain(pieces)
    assert len(made.text) == len(made.places)
    for char, place in zip(made.text, made.places, strict=True):
        if place is None:
            assert char == "\n"
        else:
            origin = pieces[place.piece].text[place.at]
            assert origin == char or (char == " " and origin.isspace())
    assert "  " not in made.text
    assert made.text.endswith("One more.")


def test_wrapped_lines_are_joined_and_paragraphs_are_not() -> None:
    text = "One\u200b \n two.\n\n\nThree\x07\tfour.\n"
    piece = Piece(text=text, openings=(0, text.index("Three")), is_last=True)
    assert plain([piece]).text == "One two.\n\nThree four."
