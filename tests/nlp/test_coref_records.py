"""Chains as Stanza's coreference trainer reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.errors import CorpusError
from quotes.nlp.coref_records import SentenceWords, coref_record, coref_records, read_words
from tests.evaluation.corpora import CHAINS

if TYPE_CHECKING:
    from pathlib import Path


def test_words_heads_and_chains_are_read(tmp_path: Path) -> None:
    path = tmp_path / "GUM_news_harbour.conllu"
    path.write_text(CHAINS, encoding="utf-8")
    (record,) = coref_records(tmp_path)
    assert record["document_id"] == "GUM_news_harbour"
    words = record["cased_words"]
    assert words[:5] == ["Mara", "Lindqvist", "did", "n't", "wait"]
    assert len(record["sent_id"]) == len(record["head"]) == len(record["deprel"]) == len(words)
    (chain,) = record["span_clusters"]
    assert [" ".join(words[start:end]) for start, end in chain] == ["Mara Lindqvist", "She", "her"]
    assert record["head2span"] == [
        [head, *span] for head, span in zip(record["word_clusters"][0], chain, strict=True)
    ]
    assert coref_records(path, kind="place") == []


def test_a_file_may_hold_several_texts(tmp_path: Path) -> None:
    path = tmp_path / "all.conllu"
    path.write_text(CHAINS + "\n" + CHAINS.replace("harbour", "lighthouse"), encoding="utf-8")
    assert [record["document_id"] for record in coref_records(path)] == [
        "GUM_news_harbour",
        "GUM_news_lighthouse",
    ]


def test_of_mentions_with_one_head_the_longest_is_kept() -> None:
    sentence = SentenceWords(
        words=["the", "mayor", "of", "Norwell", "voted", "herself"],
        heads=[1, 4, 3, 1, None, 4],
        relations=["det", "nsubj", "case", "nmod", "root", "obj"],
        mentions=[("1", "person", 0, 1), ("1", "person", 0, 3), ("1", "person", 5, 5)],
    )
    record = coref_record("a", [sentence], kind=None)
    assert record["span_clusters"] == [[[0, 4], [5, 6]]]
    assert record["word_clusters"] == [[1, 5]]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("1\tShe\tshe\n", "a.conllu:1 has 3 columns, not 10"),
        ("1\tShe" + "\t_" * 7 + "\tEntity=1)\n", "closes entity 1 that is not open"),
    ],
)
def test_what_is_no_corpus_is_told(tmp_path: Path, given: str, told: str) -> None:
    path = tmp_path / "a.conllu"
    path.write_text(given, encoding="utf-8")
    with pytest.raises(CorpusError, match=told):
        read_words(path)
    with pytest.raises(CorpusError, match="cannot be read"):
        read_words(tmp_path / "absent.conllu")
