"""CoNLL-U in, and what Stanza's trainers want out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.errors import CorpusError
from quotes.nlp.treebank import (
    as_characters,
    as_conllu,
    entity_rows,
    multiwords,
    read_treebank,
)
from tests.nlp.treebank import conllu

if TYPE_CHECKING:
    from pathlib import Path

GUM = """\
# newpar
1-2\tLima's\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
1\tLima\tLima\tPROPN\tNNP\t_\t4\tnmod:poss\t_\tEntity=(1-person-new-coref(2-place-new-coref)
2\t's\t's\tPART\tPOS\t_\t1\tcase\t_\t_
2.1\tnew\tnew\tADJ\tJJ\t_\t_\t_\t4:amod\t_
3\t-\t-\tPUNCT\tHYPH\t_\t4\tpunct\t_\tSpaceAfter=No
4\tmayor\tmayor\tNOUN\tNN\t_\t0\troot\t_\t_
5\tAda\tAda\tPROPN\tNNP\t_\t4\tappos\t_\tEntity=(3-person-giv-coref
6\tMarsh\tMarsh\tPROPN\tNNP\t_\t5\tflat\t_\t_
7\there\there\tADV\tRB\t_\t5\tadvmod\t_\tEntity=3)1)
"""


def read(tmp_path: Path, text: str) -> list[str]:
    (tmp_path / "one.conllu").write_text(text, encoding="utf-8")
    return [w.entity for s in read_treebank(tmp_path / "one.conllu") for w in s.words]


def test_what_is_read_is_written_again(tmp_path: Path) -> None:
    text = conllu(24)
    (tmp_path / "a.conllu").write_text(text, encoding="utf-8")
    sentences = read_treebank(tmp_path)
    assert len(sentences) == 24
    columns = [line.split("\t")[:9] for line in text.splitlines()]
    assert [line.split("\t")[:9] for line in as_conllu(sentences).splitlines()] == columns


def test_characters_and_their_labels(tmp_path: Path) -> None:
    (tmp_path / "a.conllu").write_text("# newpar\n" + conllu(1) + "# newpar\n" + conllu(1, skip=2))
    sentences = read_treebank(tmp_path)
    text, labels = as_characters(sentences)
    first, second = text.strip().split("\n\n")
    assert first.startswith("“We didn't wait,” said ")
    assert second.endswith(" she said.")
    assert [len(part) for part in labels.strip().split("\n\n")] == [len(first), len(second)]
    assert labels.startswith("1010000003")
    assert labels.strip().split("\n\n")[0].endswith("12")
    assert next(one[0] for one in multiwords(sentences)) == ["didn't", ["did", "n't"]]


def test_entities_of_their_own_column_go_before_mentions(tmp_path: Path) -> None:
    assert read(tmp_path, conllu(1))[8:] == ["B-PERSON", "I-PERSON", "O"]
    marked = "1\tLima\tLima\tPROPN\tNNP\t_\t0\troot\t_\tEntity=(1-person-new)|NER=S-GPE\n"
    assert read(tmp_path, marked) == ["B-GPE"]


def test_names_are_found_in_gum_s_mentions(tmp_path: Path) -> None:
    assert read(tmp_path, GUM) == ["B-GPE", "O", "O", "O", "B-PERSON", "I-PERSON", "O"]
    (sentence,) = read_treebank(tmp_path)
    assert entity_rows([sentence])[0][4] == {"text": "Ada", "ner": "B-PERSON"}
    assert as_characters([sentence])[0] == "Lima's-mayor Ada Marsh here\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# only a comment\n",
        "1\tno\tcolumns\n",
        "2\tLima\tLima\tPROPN\tNNP\t_\t0\troot\t_\t_\n",
        "1\tLima\tLima\tPROPN\tNNP\t_\t7\troot\t_\t_\n",
        "one\tLima\tLima\tPROPN\tNNP\t_\t0\troot\t_\t_\n",
    ],
    ids=["empty", "comment", "columns", "numbers", "head", "letters"],
)
def test_what_is_no_treebank_is_one_clear_error(tmp_path: Path, text: str) -> None:
    with pytest.raises(CorpusError) as refused:
        read(tmp_path, text)
    assert refused.value.hint


def test_a_folder_without_one(tmp_path: Path) -> None:
    with pytest.raises(CorpusError):
        read_treebank(tmp_path)
    with pytest.raises(CorpusError):
        read_treebank(tmp_path / "none.conllu")
