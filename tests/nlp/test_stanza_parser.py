"""Stanza's parser with tiny models of our own: spaCy documents, character for character."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotes.errors import DocumentError, MissingModel
from quotes.extraction import load_extractor
from quotes.nlp import pieces
from quotes.nlp.stanza_parser import LONGEST_SENTENCE, StanzaParser
from tests.nlp.odd import ODD_TEXT, paragraphs_crossed

if TYPE_CHECKING:
    from pathlib import Path

    from quotes.nlp.parser import Parser

pytestmark = pytest.mark.slow

TOLD = """\
“We didn't wait,” said Ada Marsh.

Norwell's ferry had been closed by the council, she said. The train cannot leave Osaka, according
to Ines Vance.
"""


@settings(max_examples=40)
@given(ODD_TEXT)
def test_the_parse_holds_the_text_character_for_character(stanza_parser: Parser, text: str) -> None:
    doc = stanza_parser.parse(text)
    assert doc.text == text
    for token in doc:
        assert text[token.idx : token.idx + len(token)] == token.text
    assert paragraphs_crossed(doc) == []


@pytest.mark.parametrize("text", ["", " ", "\n", "\r\n\r\n", "\u200b", "“", "\u0301", "\ufeff\n"])
def test_texts_of_next_to_nothing(stanza_parser: Parser, text: str) -> None:
    assert stanza_parser.parse(text).text == text


@settings(max_examples=10)
@given(st.lists(ODD_TEXT, max_size=6))
def test_a_batch_comes_back_in_order(stanza_parser: Parser, texts: list[str]) -> None:
    assert [doc.text for doc in stanza_parser.pipe(texts)] == texts


@pytest.mark.parametrize("run", ["x" * 100_000, "word " * 3_000, "—" * 20_000])
def test_long_runs(stanza_parser: Parser, run: str) -> None:
    doc = stanza_parser.parse(run)
    assert doc.text == run
    assert max(len(sentence) for sentence in doc.sents) <= LONGEST_SENTENCE + 1


@pytest.mark.parametrize("text", ["\ud800", "The ferry \udcff sails."])
def test_half_a_character_is_one_clear_error(stanza_parser: Parser, text: str) -> None:
    with pytest.raises(DocumentError):
        stanza_parser.parse(text)


def test_multi_word_tokens_are_their_words(stanza_parser: Parser) -> None:
    doc = stanza_parser.parse(TOLD)
    words = [token.text for token in doc]
    for first, second in (("did", "n't"), ("can", "not"), ("Norwell", "'s")):
        assert words[words.index(first) + 1] == second
        assert not doc[words.index(first)].whitespace_


def test_the_parse_has_what_the_rules_read(stanza_parser: Parser) -> None:
    doc = stanza_parser.parse(TOLD)
    assert all(doc.has_annotation(name) for name in ("TAG", "POS", "LEMMA", "DEP", "ENT_IOB"))
    drawn = {(token.text, token.dep_, token.head.text) for token in doc}
    assert {
        ("wait", "ccomp", "said"),
        ("Marsh", "nsubj", "said"),
        ("Ada", "compound", "Marsh"),
        ("ferry", "nsubjpass", "closed"),
        ("by", "agent", "closed"),
        ("council", "pobj", "by"),
        ("closed", "ccomp", "said"),
        ("n't", "neg", "wait"),
    } <= drawn
    assert ("Ada Marsh", "PERSON") in {(entity.text, entity.label_) for entity in doc.ents}
    assert {token.dep_ for token in doc} <= set(stanza_parser.labels["parser"])
    assert {token.tag_ for token in doc} <= set(stanza_parser.labels["tagger"])


def test_wrapping_makes_no_difference_to_the_parse(stanza_parser: Parser) -> None:
    def words(text: str) -> list[tuple[str, str, str, str]]:
        parsed = [token for token in stanza_parser.parse(text) if not token.is_space]
        return [(t.text, t.tag_, t.dep_, t.head.text) for t in parsed]

    told = (
        "The boat cannot leave Lima, according to Tove Quill, who said on Friday that it was late."
    )
    long = " ".join([told] * 5)
    assert words(textwrap.fill(long, 72)) == words(long)


def test_a_text_in_many_pieces_is_one_parse(
    stanza_parser: Parser, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "\n\n".join([TOLD] * 6)
    whole = stanza_parser.parse(text)
    monkeypatch.setattr(pieces, "PIECE", 100)
    cut = stanza_parser.parse(text)
    assert [(t.text, t.dep_, t.head.i) for t in cut] == [(t.text, t.dep_, t.head.i) for t in whole]
    assert all(token.head.sent.start == token.sent.start for token in cut)


@pytest.mark.parametrize("extractor", ["rules", "learned"])
def test_extractors_read_its_parses_as_they_read_spacy_s(
    parser: Parser, stanza_parser: Parser, extractor: str
) -> None:
    text = TOLD + "\nLeonor Okafor said on Friday that the boat was late.\n"

    def told(by: Parser) -> set[tuple[str, str]]:
        found = load_extractor(extractor).extract(by.parse(text)).quotations
        return {
            (text[one.source[0].start : one.source[-1].end], text[one.hull.start : one.hull.end])
            for one in found
            if one.source
        }

    assert ("Ada Marsh", "“We didn't wait,”") in told(stanza_parser)
    # The models have seen 56 sentences; one of the four may be beyond them.
    assert len(told(parser)) == 4
    assert len(told(stanza_parser) & told(parser)) >= 3


def test_the_version_and_the_hashes_name_the_models(
    stanza_parser: Parser, stanza_folder: Path
) -> None:
    assert stanza_parser.version.endswith("/quotes")
    assert set(stanza_parser.models) == {
        f"stanza-en-{name}-quotes"
        for name in ("tokenize", "mwt", "pos", "lemma", "depparse", "ner")
    }
    assert all(digest.startswith("sha256:") for digest in stanza_parser.models.values())
    assert dict(StanzaParser(stanza_folder).models) == dict(stanza_parser.models)


def test_a_folder_without_models(tmp_path: Path) -> None:
    with pytest.raises(MissingModel, match="quotes models"):
        StanzaParser(tmp_path)
