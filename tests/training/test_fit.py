"""Training: it learns, and where it was cut off it goes on as if it had not been."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs: pip install 'quotes[train]'")

import torch

from quotes.extraction.learned.inputs import Cue, Stretch, inputs, surroundings
from quotes.training import fit as fitting
from quotes.training.data import Part, path_of
from quotes.training.fit import Fit, Recipe, _cues, _targets
from quotes.training.teach import taught
from quotes.training.torch_scorer import TorchScorer
from tests.training.made import (
    FERRY,
    FERRY_GOLD,
    SPECIAL,
    TOLLS,
    TOLLS_GOLD,
    article_of,
    read_pieces,
)
from tests.training.networks import network_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from quotes.training.data import Article
    from quotes.training.network import Network

pytestmark = pytest.mark.slow

ARTICLES = [article_of(FERRY, FERRY_GOLD), article_of(TOLLS, TOLLS_GOLD)]


class Stopped(Exception):
    """What cuts a training off."""


def nothing(_: int) -> str:
    return ""


def stop(_: int) -> str:
    raise Stopped


def recipe(epochs: int, **changes: float) -> Recipe:
    return Recipe(epochs=epochs, rate=1e-2, head_rate=2e-2, rows=2, **changes)  # type: ignore[arg-type]  # only floats are changed


def scorer_of(network: Network) -> TorchScorer:
    return TorchScorer(network.eval(), special=SPECIAL, read_pieces=read_pieces)


def losses(network: Network, articles: Sequence[Article]) -> tuple[float, float]:
    """Return how unlikely the annotated labels and paths are to a network."""
    scorer = scorer_of(network)
    tagging = reading = 0.0
    for item in articles:
        row = Stretch(item.tokens, item.pieces, 0, len(item.tokens))
        states, chances = scorer.tag(inputs([row], SPECIAL))
        tagging -= float(np.log(chances[0, np.arange(len(item.labels)), item.labels]).sum())
        around = surroundings([row], [Cue(0, *cue) for cue in item.cues])
        scores = scorer.read(states[0], np.zeros(len(item.cues), np.int64), around)
        paths = np.stack([path_of(roles) for roles in item.roles])
        tensors = map(torch.from_numpy, (scores, paths, around.exists))
        with torch.no_grad():
            reading += network.chain.loss(*tensors).sum().item()
    return tagging, reading


def weights(network: Network) -> dict[str, torch.Tensor]:
    return {name: value.clone() for name, value in network.state_dict().items()}


def test_both_losses_fall(tmp_path: Path) -> None:
    network = network_of()
    before = losses(network, ARTICLES)
    Fit(network, recipe(12), tmp_path, special=SPECIAL).run(ARTICLES, after=nothing)
    after = losses(network, ARTICLES)
    assert after[0] < 0.8 * before[0]
    assert after[1] < 0.8 * before[1]


def test_a_training_cut_off_ends_as_one_that_was_not(tmp_path: Path) -> None:
    whole = network_of(seed=1)
    Fit(whole, recipe(3), tmp_path / "whole", special=SPECIAL).run(ARTICLES, after=nothing)
    began = network_of(seed=1)
    with pytest.raises(Stopped):
        Fit(began, recipe(3), tmp_path / "cut", special=SPECIAL).run(ARTICLES, after=stop)
    other = network_of(seed=2)
    fit = Fit(other, recipe(3), tmp_path / "cut", special=SPECIAL)
    fit.run(ARTICLES, after=nothing)
    assert fit.epoch == 3
    expected = weights(whole)
    assert all(value.equal(expected[name]) for name, value in weights(other).items())
    assert not all(value.equal(expected[name]) for name, value in weights(began).items())


def test_one_cut_off_inside_an_epoch_goes_on_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fitting, "_SAVED_EVERY", 1)
    small = replace(recipe(2), rows=1)
    whole = network_of(seed=1)
    Fit(whole, small, tmp_path / "whole", special=SPECIAL).run(ARTICLES, after=nothing)
    cut_off = Fit(network_of(seed=1), small, tmp_path / "cut", special=SPECIAL)
    set_rate, steps = cut_off._set_rate, iter(range(3))

    def stop_at_third(total: int) -> None:
        if next(steps) == 2:
            raise Stopped
        set_rate(total)

    monkeypatch.setattr(cut_off, "_set_rate", stop_at_third)
    with pytest.raises(Stopped):
        cut_off.run(ARTICLES, after=nothing)
    assert (cut_off.epoch, cut_off.step) == (0, 2)
    other = network_of(seed=2)
    Fit(other, small, tmp_path / "cut", special=SPECIAL).run(ARTICLES, after=nothing)
    expected = weights(whole)
    assert all(value.equal(expected[name]) for name, value in weights(other).items())


def test_a_finished_training_is_not_trained_again(tmp_path: Path) -> None:
    network = network_of()
    Fit(network, recipe(1), tmp_path, special=SPECIAL).run(ARTICLES, after=nothing)
    again = network_of(seed=5)
    Fit(again, recipe(1), tmp_path, special=SPECIAL).run(ARTICLES, after=stop)
    expected = weights(network)
    assert all(value.equal(expected[name]) for name, value in weights(again).items())


def test_the_log_and_the_recipe_are_kept(tmp_path: Path) -> None:
    fit = Fit(network_of(), recipe(2), tmp_path, special=SPECIAL)
    fit.run(ARTICLES, after=lambda epoch: f"so far {epoch}")
    log = (tmp_path / "log").read_text(encoding="utf-8").splitlines()
    assert [line for line in log if line.startswith("epoch")] == [
        "epoch 1: so far 1",
        "epoch 2: so far 2",
    ]
    assert json.loads((tmp_path / "recipe.json").read_text(encoding="utf-8"))["epochs"] == 2


class TestTeacher:
    """A network's chances as another's targets."""

    def test_they_are_chances_of_every_token(self) -> None:
        pupils = taught(ARTICLES, ARTICLES, scorer_of(network_of()))
        for pupil, item in zip(pupils, ARTICLES, strict=True):
            assert pupil.soft_labels is not None
            assert pupil.soft_roles is not None
            assert pupil.soft_labels.sum(axis=1) == pytest.approx(1.0, abs=0.01)
            assert len(pupil.soft_roles) == len(item.cues)
            for roles in pupil.soft_roles:
                assert roles.sum(axis=1) == pytest.approx(1.0, abs=0.01)
            assert pupil.labels is item.labels

    def test_a_pupil_comes_nearer_to_its_teacher(self, tmp_path: Path) -> None:
        teacher = network_of(seed=3)
        Fit(teacher, recipe(12), tmp_path / "teacher", special=SPECIAL).run(ARTICLES, after=nothing)
        pupils = taught(ARTICLES, ARTICLES, scorer_of(teacher))
        pupil = network_of(seed=4)

        def far() -> float:
            total = 0.0
            for item in pupils:
                row = Stretch(item.tokens, item.pieces, 0, len(item.tokens))
                _, chances = scorer_of(pupil).tag(inputs([row], SPECIAL))
                assert item.soft_labels is not None
                total += float(np.abs(chances[0] - item.soft_labels).mean())
            return total

        before = far()
        Fit(pupil, recipe(12, soft=0.9), tmp_path / "pupil", special=SPECIAL).run(
            pupils, after=nothing
        )
        assert far() < 0.8 * before


def part_of(start: int, end: int) -> Part:
    item = ARTICLES[0]
    return Part(item, Stretch(item.tokens, item.pieces, start, end))


class TestCues:
    """The cues that are read while training: the annotated ones, and the tagger's mistakes."""

    def chances(self, *cues: tuple[int, int]) -> np.ndarray:
        """Return the tagger's chances for one window that takes these tokens for cues."""
        found = np.zeros((1, len(ARTICLES[0].tokens), 7), np.float32)
        for start, end in cues:
            found[0, start, 3] = 0.9
            found[0, start + 1 : end, 4] = 0.9
        return found

    def test_at_first_they_are_the_annotated_ones(self) -> None:
        assert _cues([part_of(0, 9)], None) == ([Cue(0, 2, 3)], [0])

    def test_a_cue_that_is_none_belongs_to_no_quotation(self) -> None:
        cues, owners = _cues([part_of(0, 9)], self.chances((5, 6)))
        assert (cues, owners) == ([Cue(0, 2, 3), Cue(0, 5, 6)], [0, -1])

    def test_a_cue_with_other_limits_belongs_to_its_quotation(self) -> None:
        cues, owners = _cues([part_of(0, 9)], self.chances((1, 3)))
        assert (cues, owners) == ([Cue(0, 2, 3), Cue(0, 1, 3)], [0, 0])

    def test_one_that_is_right_is_read_once(self) -> None:
        assert _cues([part_of(0, 9)], self.chances((2, 3))) == ([Cue(0, 2, 3)], [0])

    def test_places_are_those_of_the_text(self) -> None:
        cues, owners = _cues([part_of(1, 9)], self.chances((4, 5)))
        assert (cues, owners) == ([Cue(0, 2, 3), Cue(0, 5, 6)], [0, -1])

    def test_targets_are_the_owner_s_without_the_cue_itself(self) -> None:
        part = part_of(1, 9)
        cues, owners = [Cue(0, 2, 3), Cue(0, 2, 5), Cue(0, 6, 7)], [0, 0, -1]
        around = surroundings([part.stretch], cues)
        path, _, with_teacher = _targets([part], cues, owners, around)
        # Lindqvist said that the ferry sails . The
        assert path.tolist() == [
            [2, 3, 4, 4, 4, 4, 3, 3],
            [2, 3, 3, 3, 4, 4, 3, 3],
            [0] * 8,
        ]
        assert with_teacher.tolist() == [0.0] * 3
