from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quotes.evaluation.anchoring import main, outcomes, table
from quotes.evaluation.anchoring_edits import EDITS
from quotes.evaluation.corpus import read_corpus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quotes.evaluation.corpus import GoldDocument
    from quotes.spans import Spans


GOLD = Path(__file__).parents[2] / "fixtures" / "gold"


@pytest.fixture(scope="module")
def documents() -> tuple[GoldDocument, ...]:
    return read_corpus(GOLD).documents


def _quotations(document: GoldDocument) -> list[Mapping[str, Spans]]:
    return [{"content": q.content, "cue": q.cue, "source": q.source} for q in document.quotations]


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_knows_where_everything_stands(
    documents: tuple[GoldDocument, ...], name: str
) -> None:
    for document in documents:
        edited = EDITS[name](document.text, _quotations(document), random.Random(1))
        if edited is None:
            continue
        for quotation in document.quotations:
            for span in quotation.content:
                if edited.stands(span):
                    (place,) = edited.places(span)
                    there = edited.text[place.start : place.end]
                    assert there.split() == document.text[span.start : span.end].split()


def test_our_own_articles_are_found_again_and_nothing_is_wrong(
    documents: tuple[GoldDocument, ...],
) -> None:
    found = list(outcomes(documents, seed=1))
    wrong = sum(one.outcome == "wrong" for one in found)
    right = sum(one.outcome == "right" for one in found)
    assert len(found) > 1_000
    assert wrong <= 0.001 * len(found)
    assert right >= 0.97 * len(found)
    assert list(outcomes(documents, seed=1)) == found
    assert next(iter(table(found))).split() == ["edit", "quotations", "right", "doubt", "wrong"]


def test_what_is_no_corpus_is_said_in_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["/nowhere"]) == 1
    assert capsys.readouterr().err.count("\n") == 1
