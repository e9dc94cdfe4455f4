"""Reading coreference chains from GUM's and LitBank's layouts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from quotes.errors import CorpusError
from quotes.evaluation.chains import ChainedDocument, read_gum, read_litbank
from tests.evaluation.corpora import CHAINS

if TYPE_CHECKING:
    from pathlib import Path


def shown(document: ChainedDocument) -> list[tuple[str, str, str]]:
    return [(document.text[m.start : m.end], m.entity, m.kind) for m in document.mentions]


def test_gum_gives_the_text_and_its_mentions(tmp_path: Path) -> None:
    path = tmp_path / "GUM_news_harbour.conllu"
    path.write_text(CHAINS, encoding="utf-8")
    document = read_gum(path)
    assert document.name == "GUM_news_harbour"
    assert document.text == "Mara Lindqvist didn't wait.\n\nShe met her clerk's aunt."
    assert shown(document) == [
        ("Mara Lindqvist", "1", "person"),
        ("She", "1", "person"),
        ("her clerk's aunt", "3", "person"),
        ("her clerk", "2", "person"),
        ("her", "1", "person"),
    ]


def test_an_entity_that_closes_before_it_opens_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "GUM_news_harbour.conllu"
    path.write_text(CHAINS.replace("(1-person-new-coref", "_"), encoding="utf-8")
    with pytest.raises(CorpusError, match="closes entity 1 that is not open"):
        read_gum(path)
    with pytest.raises(CorpusError, match="cannot be read"):
        read_gum(tmp_path / "absent.conllu")


def test_litbank_gives_the_text_and_its_mentions(tmp_path: Path) -> None:
    (tmp_path / "tale.txt").write_text(
        "Mara Lindqvist did n't wait .\nShe met her clerk .\n", encoding="utf-8"
    )
    lines = [
        "MENTION\tT1\t0\t0\t0\t1\tMara Lindqvist\tPER\tPROP",
        "MENTION\tT2\t1\t0\t1\t0\tShe\tPER\tPRON",
        "MENTION\tT3\t1\t2\t1\t3\ther clerk\tPER\tNOM",
        "MENTION\tT4\t1\t1\t1\t1\tmet\tVEH\tNOM",
        "COREF\tT1\tMara-0",
        "COREF\tT2\tMara-0",
        "COREF\tT3\tclerk-1",
    ]
    (tmp_path / "tale.ann").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert shown(read_litbank(tmp_path / "tale.ann")) == [
        ("Mara Lindqvist", "Mara-0", "person"),
        ("She", "Mara-0", "person"),
        ("her clerk", "clerk-1", "person"),
    ]
