"""Fitting the cue weights on a corpus small enough to read."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from quotes.evaluation.corpus import GoldDocument, read_corpus
from quotes.evaluation.matching import characters
from quotes.extraction.rules import RuleExtractor
from quotes.extraction.scoring import Weights
from quotes.training import cue_weights
from quotes.training.cue_weights import Article, article
from tests.evaluation.corpora import STORY, place, write_corpus

if TYPE_CHECKING:
    from pathlib import Path

    from quotes.nlp.parser import Parser

pytestmark = pytest.mark.model


@pytest.fixture
def gold(tmp_path: Path) -> GoldDocument:
    """The annotated story."""
    (document,) = read_corpus(write_corpus(tmp_path / "corpus")).documents
    return document


class TestArticle:
    """What the fit learns from: which proposals are right."""

    def judged(self, parser: Parser, gold: GoldDocument) -> Article:
        return article(parser.parse(gold.text), gold)

    def test_every_annotation_has_a_proposal_that_matches_it(
        self, parser: Parser, gold: GoldDocument
    ) -> None:
        judged = self.judged(parser, gold)
        assert judged.gold == len(gold.quotations) == 3
        assert len(judged.targets) == len(judged.candidates)
        assert set(judged.targets) - {-1} == {0, 1, 2}

    def test_a_match_shares_half_of_the_content_and_the_source(
        self, parser: Parser, gold: GoldDocument
    ) -> None:
        judged = self.judged(parser, gold)
        for candidate, target in zip(judged.candidates, judged.targets, strict=True):
            if target < 0:
                continue
            theirs = characters(STORY, gold.quotations[target].content)
            ours = characters(STORY, candidate.content)
            assert len(ours & theirs) >= 0.5 * len(ours | theirs)
            source = characters(STORY, gold.quotations[target].source)
            assert source & characters(STORY, candidate.source)

    def test_another_source_is_no_match(self, parser: Parser, gold: GoldDocument) -> None:
        first, *rest = gold.quotations
        elsewhere = replace(first, source=place("shipping"))
        judged = self.judged(parser, replace(gold, quotations=(elsewhere, *rest)))
        assert set(judged.targets) - {-1} == {1, 2}

    def test_a_source_where_the_gold_has_none_is_no_match(
        self, parser: Parser, gold: GoldDocument
    ) -> None:
        first, *rest = gold.quotations
        judged = self.judged(parser, replace(gold, quotations=(replace(first, source=()), *rest)))
        assert set(judged.targets) - {-1} == {1, 2}

    def test_without_annotations_every_proposal_is_wrong(
        self, parser: Parser, gold: GoldDocument
    ) -> None:
        judged = self.judged(parser, replace(gold, quotations=()))
        assert set(judged.targets) == {-1}
        assert judged.gold == 0


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What the program writes for six copies of the story; scikit-learn is an extra (`train`)."""
    pytest.importorskip("sklearn", reason="fitting needs the extra: pip install 'quotes[train]'")
    folder = tmp_path_factory.mktemp("training")
    for name in "abcdef":
        write_corpus(folder / "corpus", name=name)
    digest = read_corpus(folder / "corpus").digest
    cue_weights.main([str(folder / "corpus"), "--output", str(folder / "weights.json")])
    first = (folder / "weights.json").read_text(encoding="utf-8")
    cue_weights.main([str(folder / "corpus"), "--output", str(folder / "weights.json")])
    content: dict[str, Any] = json.loads(first)
    return {
        **content,
        "expected digest": digest,
        "same twice": first == (folder / "weights.json").read_text(encoding="utf-8"),
    }


def test_the_weights_name_the_corpus_they_were_fitted_to(written: dict[str, Any]) -> None:
    assert written["corpus"] == written["expected digest"]


def test_two_fits_are_the_same(written: dict[str, Any]) -> None:
    assert written["same twice"]


def test_the_threshold_is_one_that_was_tried(written: dict[str, Any]) -> None:
    held_out = {float(t): f1 for t, f1 in written["held_out_f1"].items()}
    assert written["threshold"] in held_out
    assert held_out[written["threshold"]] >= max(held_out.values()) - 1.0
    assert all(0.0 <= f1 <= 100.0 for f1 in held_out.values())


def test_what_was_fitted_finds_the_story_again(parser: Parser, written: dict[str, Any]) -> None:
    weights = Weights(
        intercept=written["intercept"],
        threshold=written["threshold"],
        features=written["features"],
        digest="sha256:tiny",
    )
    found = RuleExtractor(weights=weights).extract(parser.parse(STORY)).quotations
    assert [quotation.text(STORY) for quotation in found] == [
        "“The bridge opens in May,”",
        "that the tolls will double",
        "The council called the plan “a gift” to shipping",
    ]
