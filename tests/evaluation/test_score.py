from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from quotes.evaluation.corpus import Corpus, read_corpus
from quotes.evaluation.predictions import Prediction
from quotes.evaluation.score import Scores, score
from quotes.quotation import Act, Kind
from tests.evaluation.corpora import GOLD, place, write_corpus

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return read_corpus(write_corpus(tmp_path))


@pytest.fixture
def bare(tmp_path: Path) -> Corpus:
    """The same without kinds, acts and speakers, as PolNeAR has it."""
    gold = "".join(line + "\n" for line in GOLD.splitlines() if line[0] in "TE")
    return read_corpus(write_corpus(tmp_path, gold=gold))


def perfect(corpus: Corpus) -> list[Prediction]:
    return [
        Prediction(content=q.content, cue=q.cue, source=q.source, kind=q.kind, speaker=q.speaker)
        for q in corpus.documents[0].quotations
    ]


def scores_of(corpus: Corpus, *predictions: Prediction) -> Scores:
    return score(corpus, {"story": predictions})


def test_gold_against_itself_is_perfect(corpus: Corpus) -> None:
    scores = scores_of(corpus, *perfect(corpus))
    tallies = [scores.attribution, scores.content, *scores.exact.values(), *scores.overlap.values()]
    assert [t.f1 for t in tallies] == [100.0] * 8
    assert scores.speakers == {"resolved": 1, "left_open": 2}


def test_nothing_predicted_scores_zero_without_division_by_zero(corpus: Corpus) -> None:
    scores = score(corpus, {})
    assert (scores.attribution.precision, scores.attribution.recall) == (0.0, 0.0)
    assert scores.attribution.f1 == 0.0
    assert scores.kinds[Kind.DIRECT].f1 == 0.0


def test_counts_made_by_hand(bare: Corpus) -> None:
    scores = scores_of(
        bare,
        # The first, without marks, the wrong source: content found, attribution not.
        Prediction(
            content=place("The bridge opens in May,"),
            cue=place("said"),
            source=place("the harbour master"),
        ),
        # The second, a word short and with a longer source.
        Prediction(content=place("the tolls will double"), source=place("Boatmen fear")),
        # One that is none.
        Prediction(content=place("the plan"), source=place("The council")),
    )
    assert (scores.content.right, scores.content.predicted, scores.content.gold) == (2, 3, 3)
    assert scores.attribution.right == 1
    assert scores.attribution.f1 == pytest.approx(100 / 3)
    # Edge marks and the comma do not count for an exact match; the missing word does.
    assert (scores.exact["content"].right, scores.exact["content"].predicted) == (1, 3)
    assert (scores.exact["cue"].right, scores.exact["cue"].predicted) == (1, 1)
    assert scores.exact["source"].right == 0
    # Characters without white space and double marks: 7 of "Boatmen", 0 of the others.
    assert scores.overlap["source"].right == 7
    assert scores.overlap["source"].predicted == len("theharbourmasterBoatmenfearThecouncil")
    assert scores.overlap["source"].gold == len("MaraLindqvistBoatmentwoclerks")
    assert scores.overlap["cue"].gold == len("saidfearaccordingto")
    direct, indirect, mixed = (scores.kinds[k] for k in (Kind.DIRECT, Kind.INDIRECT, Kind.MIXED))
    assert (direct.found, direct.with_source, direct.gold) == (1, 0, 1)
    assert (indirect.found, indirect.with_source, indirect.gold) == (1, 1, 1)
    assert (mixed.found, mixed.with_source, mixed.gold) == (0, 0, 1)
    # By their marks, all three predictions are indirect.
    assert (indirect.predicted, indirect.predicted_right) == (3, 1)


def test_less_than_half_the_content_is_not_found(bare: Corpus) -> None:
    source = place("Boatmen")
    half = scores_of(bare, Prediction(content=place("tolls will double"), source=source))
    less = scores_of(bare, Prediction(content=place("will double"), source=source))
    assert (half.content.right, less.content.right) == (1, 0)


def test_each_attribution_is_matched_once(bare: Corpus) -> None:
    one = Prediction(content=place("that the tolls will double"), source=place("Boatmen"))
    scores = scores_of(bare, one, one)
    assert (scores.attribution.right, scores.attribution.predicted) == (1, 2)


def test_the_agreeing_source_wins_between_equal_contents(bare: Corpus) -> None:
    wrong = Prediction(content=place("that the tolls will double"), source=place("two clerks"))
    right = replace(wrong, source=place("Boatmen"))
    assert scores_of(bare, wrong, right).attribution.right == 1


def test_absent_sources_agree_with_absent_ones_only(tmp_path: Path) -> None:
    gold = "T1\tContent 81 107\tx\nT2\tCue 76 80\tfear\nE1\tAttribution:T2 Content:T1 Cue:T2\n"
    sourceless = read_corpus(write_corpus(tmp_path, gold=gold))
    content = place("that the tolls will double")
    assert scores_of(sourceless, Prediction(content=content)).attribution.right == 1
    named = Prediction(content=content, source=place("Boatmen"))
    assert scores_of(sourceless, named).attribution.right == 0


def test_a_prediction_without_content_does_not_count(bare: Corpus) -> None:
    assert scores_of(bare, Prediction(content=(), source=place("Boatmen"))).content.predicted == 0


def test_annotated_kinds_and_acts_go_before_the_marks(corpus: Corpus) -> None:
    first, second, third = perfect(corpus)
    scores = scores_of(
        corpus,
        replace(first, kind=Kind.MIXED, act=Act.SPEECH),
        replace(second, act=Act.SPEECH),
        third,
    )
    assert scores.kinds[Kind.MIXED].predicted == 2
    assert scores.kinds[Kind.DIRECT].recall == 100.0
    assert scores.kind_agreement == {True: 2, False: 1}
    assert scores.act_agreement == {True: 1, False: 1}


def test_a_confidence_is_judged_by_content_and_source(bare: Corpus) -> None:
    first, second, third = perfect(bare)
    wrong = replace(second, source=place("two clerks"))
    scores = scores_of(bare, replace(first, confidence=0.9), replace(wrong, confidence=0.4), third)
    assert scores.judged == [(0.9, True), (0.4, False)]


@pytest.mark.parametrize(
    ("name", "aliases", "outcome"),
    [
        ("Mara Lindqvist", (), "resolved"),
        ("Lindqvist Mara", (), "resolved"),
        ("Harbour Master Lindqvist", ("Mara Lindqvist",), "resolved"),
        ("Lindqvist", (), "wrong"),
        ("Mara Lindqvist-Berg", (), "wrong"),
        (None, (), "unknown"),
    ],
)
def test_speakers(corpus: Corpus, name: str | None, aliases: tuple[str, ...], outcome: str) -> None:
    first = replace(perfect(corpus)[0], speaker=name, aliases=aliases)
    assert scores_of(corpus, first).speakers == {outcome: 1}


def test_a_name_for_a_speaker_that_cannot_be_known_is_invented(corpus: Corpus) -> None:
    second = replace(perfect(corpus)[1], speaker="Olaf Brandt")
    assert scores_of(corpus, second).speakers == {"invented": 1}


def test_speakers_are_not_counted_where_the_corpus_names_none(bare: Corpus) -> None:
    assert not scores_of(bare, *perfect(bare)).speakers
