"""The measure of growth measures what it says; and what can be counted is counted, not timed."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest

from quotes.nlp.paragraphs import paragraphs
from quotes.scale.growth import Row, growth
from quotes.scale.shapes import BLOCK, SHAPES, Shape, turned
from quotes.scale.stages import STAGES, Case, NotTried, Stage
from tests.steps import lines_run

if TYPE_CHECKING:
    from pathlib import Path


BY_NAME = {stage.name: stage for stage in STAGES}
OURS = ("paragraphs", "pieces", "marks", "turns", "layout", "sentences")
FEW = (SHAPES[0], next(shape for shape in SHAPES if shape.name == "labels"))


def steps(stage: Stage, shape: Shape, size: int, folder: Path) -> float:
    """Return how many lines of Python a stage runs for a character, the same on any machine."""
    case = Case.of(shape, size, folder)
    given = stage.given(case)
    return lines_run(lambda: stage.run(given)) / len(case.text)


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_a_character_of_a_long_text_takes_what_one_of_a_short_one_does(
    shape: Shape, tmp_path: Path
) -> None:
    for name in OURS:
        short = steps(BY_NAME[name], shape, 2_000, tmp_path)
        # A thousandth of a step for a character is a step for the whole text.
        assert steps(BY_NAME[name], shape, 8_000, tmp_path) < 1.5 * short + 0.01, name


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_a_shape_has_the_length_it_is_asked_for(shape: Shape) -> None:
    assert len(shape.text(500)) == 500
    assert shape.text(BLOCK) == shape.block()[:BLOCK]
    long = shape.text(50_000)
    assert abs(len(long) - 50_000) < 0.1 * 50_000
    assert long == shape.text(50_000)


def test_every_copy_names_others() -> None:
    assert len({turned("Marsh", number) for number in range(10_000)}) == 10_000
    assert turned("Marsh", 0) == "Marsh"
    labels = next(shape for shape in SHAPES if shape.name == "labels")
    lines = {line.partition(":")[0] for line in labels.text(200_000).split("\n\n")}
    assert len(lines) > 1_000


@pytest.mark.model
def test_the_parse_of_a_long_text_is_that_of_its_words(tmp_path: Path) -> None:
    for shape in FEW:
        with Case.of(shape, 30_000, tmp_path) as case:
            doc = case.doc()
            assert doc.text == case.text
            assert len(list(doc.sents)) > 100


def test_what_grows_is_called_so() -> None:
    flat = {1_000: 0.1, 10_000: 1.0, 100_000: 10.0}
    square = {1_000: 0.1, 10_000: 10.0}
    assert not Row(shape="a", stage="b", seconds=flat).grows
    assert Row(shape="a", stage="b", seconds=square).grows
    assert Row(shape="a", stage="b", seconds={1_000: 0.1, 10_000: None}).grows
    assert Row(shape="a", stage="b", seconds={1_000: 1e-6, 10_000: 1e-2}).growth is None


def test_a_stage_that_takes_too_long_is_stopped_and_not_tried_again(tmp_path: Path) -> None:
    tried: list[int] = []

    def endless(text: str) -> None:
        tried.append(len(text))
        for _ in itertools.count():
            pass

    stages = [BY_NAME["paragraphs"], Stage("endless", endless)]
    found = growth(
        tmp_path, sizes=(100, 1_000, 10_000), shapes=SHAPES[:1], stages=stages, limit=0.2
    )
    rows = {row.stage: row for row in found}
    assert list(rows["paragraphs"].seconds) == [100, 1_000, 10_000]
    assert rows["endless"].seconds == {100: None}
    assert tried == [100]


@pytest.mark.model
def test_every_stage_is_measured(tmp_path: Path) -> None:
    rows = list(growth(tmp_path, sizes=(1_000,), shapes=FEW[:1], limit=300))
    assert {row.stage for row in rows} == {stage.name for stage in STAGES}
    assert not list(tmp_path.iterdir())
    assert all(row.as_json()["microseconds_per_character"]["1000"] >= 0 for row in rows)


def test_a_stage_waits_for_those_before_it(tmp_path: Path) -> None:
    with pytest.raises(NotTried):
        BY_NAME["store"].given(Case.of(SHAPES[0], 1_000, tmp_path))
    assert paragraphs(SHAPES[0].text(1_000))
