"""What is shipped computes what was trained."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

pytest.importorskip("torch", reason="training needs: pip install 'quotes[train]'")
pytest.importorskip("onnx", reason="training needs: pip install 'quotes[train]'")

import torch
from tokenizers import Tokenizer
from tokenizers.models import WordPiece

from quotes.extraction.learned.inputs import Cue, Stretch, inputs, surroundings
from quotes.extraction.learned.model import READER, SETTINGS, TAGGER, TOKENIZER, Model
from quotes.training.export import export, quantise, seal
from quotes.training.learn import _hashes
from tests.training.made import FERRY, FERRY_GOLD, SPECIAL, TOLLS, TOLLS_GOLD, article_of
from tests.training.networks import network_of

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from quotes.extraction.learned.inputs import Inputs
    from quotes.training.network import Network

pytestmark = pytest.mark.slow

# The export passes through PyTorch's older exporter, which says so.
WARNINGS = pytest.mark.filterwarnings("ignore::DeprecationWarning")
SETTINGS_GIVEN = {
    "tags": {},
    "dependencies": {},
    "special": {"pad": 0, "opening": 1, "closing": 2, "unknown": 3},
    "step": np.zeros((5, 5)).tolist(),
    "start": [0.0] * 5,
    "cue_threshold": 0.1,
    "calibration": {"intercept": 0.0, "weights": {"cue": 1.0}, "threshold": 0.5},
}


def rows() -> list[Stretch]:
    items = (article_of(FERRY, FERRY_GOLD), article_of(TOLLS, TOLLS_GOLD))
    return [
        Stretch(item.tokens, item.pieces, 0, len(item.tokens) - short)
        for item, short in zip(items, (0, 7), strict=True)
    ]


def sealed(folder: Path) -> Model:
    """Seal a folder and return its model."""
    tokenizer = Tokenizer(WordPiece({"[UNK]": 0, "a": 1, "##a": 2}, unk_token="[UNK]"))
    tokenizer.enable_padding(length=128)
    tokenizer.enable_truncation(max_length=2)
    tokenizer.save(str(folder / "base.json"))
    seal(
        folder,
        settings=SETTINGS_GIVEN,
        tokenizer=folder / "base.json",
        hashes=folder / "hashes.py",
    )
    return Model(folder, hashes=_hashes(folder / "hashes.py"))


def seen(network: Network, given: Inputs) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return PyTorch's states and chances in full precision."""
    arrays = (given.pieces, given.told, given.mask, given.firsts)
    with torch.no_grad():
        states = network.states(*map(torch.from_numpy, arrays))
        chances = torch.softmax(network.tags(states), -1)
    return states.numpy(), chances.numpy()


@pytest.fixture(scope="module", params=[False, True], ids=["bert", "mpnet"])
def network(request: pytest.FixtureRequest) -> Network:
    """A tiny network with random weights."""
    network = network_of(relative=request.param)
    network.eval()
    return network


@pytest.fixture(scope="module")
def full(network: Network, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of its graphs in full precision."""
    folder = tmp_path_factory.mktemp("full")
    export(network, folder)
    return folder


@WARNINGS
class TestExport:
    """PyTorch's answers against onnxruntime's, for widths that the export never saw."""

    def test_states_and_chances_are_the_same(self, network: Network, full: Path) -> None:
        given = inputs(rows(), SPECIAL)
        for found, expected in zip(sealed(full).tag(given), seen(network, given), strict=True):
            assert found == pytest.approx(expected, abs=1e-4)

    def test_scores_are_the_same(self, network: Network, full: Path) -> None:
        states, _ = seen(network, inputs(rows(), SPECIAL))
        around = surroundings(rows(), [Cue(0, 2, 3), Cue(1, 1, 2), Cue(0, 8, 10)])
        offset = np.array([0, states.shape[1], 0])
        flat = states.reshape(-1, states.shape[2])
        with torch.no_grad():
            expected = network.reader(
                torch.from_numpy(flat),
                torch.from_numpy(around.at + offset[:, None]),
                torch.from_numpy(around.ends + offset[:, None]),
                torch.from_numpy(around.related),
            ).numpy()
        assert sealed(full).read(flat, offset, around) == pytest.approx(expected, abs=1e-4)

    def test_one_row_and_one_cue_are_enough(self, full: Path) -> None:
        model = sealed(full)
        states, chances = model.tag(inputs(rows()[:1], SPECIAL))
        assert states.shape[0] == chances.shape[0] == 1
        around = surroundings(rows()[:1], [Cue(0, 2, 3)])
        scores = model.read(states[0], np.zeros(1, np.int64), around)
        assert scores.shape == (1, states.shape[1], 3)

    def test_quantised_graphs_give_the_same_shapes(
        self, network: Network, full: Path, tmp_path: Path
    ) -> None:
        quantise(full, tmp_path / "small")
        assert (tmp_path / "small" / TAGGER).stat().st_size < (full / TAGGER).stat().st_size
        assert (tmp_path / "small" / READER).exists()
        given = inputs(rows(), SPECIAL)
        (states, chances), expected = sealed(tmp_path / "small").tag(given), seen(network, given)
        assert (states.shape, chances.shape) == (expected[0].shape, expected[1].shape)
        assert chances.sum(axis=2) == pytest.approx(1.0, abs=1e-4)
        assert np.abs(chances - expected[1]).mean() < 0.05


class TestSeal:
    """Tokenizer, settings and hashes beside the graphs."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        for name in (TAGGER, READER):
            (tmp_path / name).write_bytes(name.encode())
        return tmp_path

    def test_what_is_sealed_can_be_read(self, folder: Path) -> None:
        settings = sealed(folder).settings
        assert settings.special == SPECIAL
        assert (settings.cue_threshold, settings.calibration.threshold) == (0.1, 0.5)
        assert settings.transitions.step.shape == (5, 5)

    def test_the_tokenizer_loses_padding_and_truncation(self, folder: Path) -> None:
        assert sealed(folder).read_pieces("aaa") == (1, 2, 2)
        kept = json.loads((folder / TOKENIZER).read_text(encoding="utf-8"))
        assert kept["padding"] is None
        assert kept["truncation"] is None

    def test_every_file_has_its_hash(self, folder: Path) -> None:
        sealed(folder)
        assert set(_hashes(folder / "hashes.py")) == {TAGGER, READER, TOKENIZER, SETTINGS}

    def test_another_seal_changes_the_digest(self, folder: Path) -> None:
        one = sealed(folder).digest
        (folder / TAGGER).write_bytes(b"another")
        assert sealed(folder).digest != one
