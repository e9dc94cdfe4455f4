"""Chains of people held against GUM's layout."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.errors import CorpusError
from quotes.evaluation.chains import ChainedDocument, GoldMention
from quotes.evaluation.coreference import (
    ResolverChains,
    chief,
    distinct,
    gold_heads,
    main,
    measure,
    read_texts,
)
from quotes.nlp import load_parser
from tests.evaluation.corpora import CHAINS

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.model


@pytest.mark.parametrize(
    ("phrase", "word"),
    [
        ("the old mayor of Norwell", "mayor"),
        ("Ada Marsh", "Marsh"),
        ("Ada Marsh and Silas Brook", "and"),
        ("bakers and sailors", "and"),
    ],
)
def test_a_phrase_turns_on_its_chief_word(phrase: str, word: str) -> None:
    text = f"Nobody saw {phrase}."
    doc = load_parser("spacy").parse(text)
    span = doc.char_span(11, 11 + len(phrase))
    assert span is not None
    assert doc[chief(span)].text == word


def test_gold_chains_are_those_of_several_mentions_of_people() -> None:
    text = "Ada Marsh saw her boat. Marsh liked the boat. Brook came."
    doc = load_parser("spacy").parse(text)
    marks = [
        ("Ada Marsh", 0, "1", "person"),
        ("her", 0, "1", "person"),
        ("her boat", 0, "2", "object"),
        ("Marsh", 10, "1", "person"),
        ("the boat", 0, "2", "object"),
        ("Brook", 0, "3", "person"),
    ]
    mentions = []
    for words, after, entity, kind in marks:
        start = text.index(words, after)
        mentions.append(GoldMention(start, start + len(words), entity, kind))
    gold = gold_heads(ChainedDocument(name="a", text=text, mentions=tuple(mentions)), doc)
    assert [sorted(doc[head].text for head in chain) for chain in gold] == [
        ["Marsh", "Marsh", "her"]
    ]


def test_a_word_stands_in_one_chain() -> None:
    assert distinct([[1, 2], [2, 3], [4, 5, 2]]) == [{1, 2}, {4, 5}]


def test_a_corpus_is_measured_and_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "GUM_news_harbour.conllu").write_text(CHAINS, encoding="utf-8")
    (text,) = read_texts(tmp_path, ["news"])
    # "Mara Lindqvist … She … her" is found; nothing else is a chain.
    assert measure(ResolverChains(name="rules"), [text]).conll_f1 == 1.0
    main([str(tmp_path), "--genre", "news", "--resolver", "rules", "--resolver", "learned"])
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[2:]] == ["rules", "learned"]
    assert lines[2].split()[-1] == "100.0"


def test_a_genre_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="holds no text of GUM of news"):
        read_texts(tmp_path, ["news"])
