"""The shipped files: whole, checked before they are used, and named where they are not."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tokenizers import Tokenizer

from quotes.errors import CorruptModel, MissingModel, ModelError
from quotes.extraction.learned.decoding import FOLLOWS, LABELS
from quotes.extraction.learned.features import read_tokens
from quotes.extraction.learned.hashes import SHA256
from quotes.extraction.learned.inputs import Cue, Special, Stretch, inputs, surroundings
from quotes.extraction.learned.model import FOLDER, READER, SETTINGS, TAGGER, TOKENIZER, Model
from tests.extraction.learned.made import reading_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAMES = (TAGGER, READER, TOKENIZER, SETTINGS)
SPECIAL = Special(pad=0, opening=1, closing=2, unknown=3)
TEXT = "The clerk said that the tolls will double."


@pytest.fixture(scope="module")
def shipped() -> Model:
    """The shipped model, loaded once."""
    return Model()


def stretch(shipped: Model, text: str) -> Stretch:
    tokens = read_tokens(reading_of(text), shipped.settings.vocabulary)
    pieces = tuple(map(shipped.read_pieces, tokens.words))
    return Stretch(tokens, pieces, 0, len(tokens))


def tag(model: Model) -> object:
    tokens = read_tokens(reading_of(TEXT), Model().settings.vocabulary)
    return model.tag(inputs([Stretch(tokens, ((5,),) * len(tokens), 0, len(tokens))], SPECIAL))


def read(model: Model) -> object:
    tokens = read_tokens(reading_of(TEXT), Model().settings.vocabulary)
    row = Stretch(tokens, ((5,),) * len(tokens), 0, len(tokens))
    states = np.zeros((len(tokens), 384), np.float32)
    return model.read(states, np.zeros(1, np.int64), surroundings([row], [Cue(0, 2, 3)]))


USES: tuple[tuple[str, Callable[[Model], object]], ...] = (
    (TAGGER, tag),
    (READER, read),
    (TOKENIZER, lambda model: model.read_pieces("word")),
    (SETTINGS, lambda model: model.settings),
)


@pytest.mark.parametrize("name", NAMES)
def test_the_shipped_file_has_its_hash(name: str) -> None:
    assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == SHA256[name]


def test_all_files_are_hashed_and_small_enough_to_ship() -> None:
    assert set(SHA256) == set(NAMES)
    assert sum((FOLDER / name).stat().st_size for name in NAMES) <= 40_000_000


class TestUnusableFiles:
    """Each file, absent or another; the error says which, what it should be, and what to do."""

    @pytest.mark.parametrize(("name", "use"), USES, ids=NAMES)
    def test_a_missing_one(self, tmp_path: Path, name: str, use: Callable[[Model], object]) -> None:
        model = Model(tmp_path / "nowhere", hashes={name: "ab" * 32})
        with pytest.raises(MissingModel) as raised:
            use(model)
        assert str(tmp_path / "nowhere" / name) in str(raised.value)
        assert "sha256:" + "ab" * 32 in str(raised.value)
        assert raised.value.hint

    @pytest.mark.parametrize(("name", "use"), USES, ids=NAMES)
    def test_a_corrupt_one(self, tmp_path: Path, name: str, use: Callable[[Model], object]) -> None:
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes()[:-1])
        with pytest.raises(CorruptModel) as raised:
            use(Model(tmp_path))
        found = hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()
        for part in (str(tmp_path / name), f"sha256:{SHA256[name]}", f"sha256:{found}"):
            assert part in str(raised.value)
        assert raised.value.hint

    def test_an_empty_one_is_corrupt(self, tmp_path: Path) -> None:
        (tmp_path / SETTINGS).touch()
        with pytest.raises(CorruptModel):
            Model(tmp_path).settings  # noqa: B018  reading it is what is tested

    def test_a_folder_in_its_place_is_no_file(self, tmp_path: Path) -> None:
        (tmp_path / SETTINGS).mkdir()
        with pytest.raises(ModelError):
            Model(tmp_path).settings  # noqa: B018  reading it is what is tested

    def test_nothing_is_read_before_it_is_needed(self, tmp_path: Path) -> None:
        assert Model(tmp_path).digest == Model().digest


def test_the_digest_is_that_of_every_file(tmp_path: Path) -> None:
    digests = {Model(tmp_path, hashes={**SHA256, name: "0" * 64}).digest for name in NAMES}
    assert len(digests | {Model().digest}) == len(NAMES) + 1


def test_the_tokenizer_neither_pads_nor_truncates() -> None:
    tokenizer = Tokenizer.from_file(str(FOLDER / TOKENIZER))
    assert tokenizer.padding is None
    assert tokenizer.truncation is None
    assert len(tokenizer.encode("pier " * 400, add_special_tokens=False).ids) == 400


def test_the_special_pieces_are_the_tokenizer_s(shipped: Model) -> None:
    tokenizer = Tokenizer.from_file(str(FOLDER / TOKENIZER))
    numbers = (shipped.special.opening, shipped.special.closing)
    assert tuple(tokenizer.encode("pier").ids[:: len(tokenizer.encode("pier").ids) - 1]) == numbers
    assert shipped.special.pad == tokenizer.token_to_id("[PAD]")
    assert shipped.special.unknown == tokenizer.token_to_id("[UNK]")


def test_the_settings_fit_the_decoder(shipped: Model) -> None:
    assert shipped.transitions.step.shape == (len(FOLLOWS), len(FOLLOWS))
    assert shipped.transitions.start.shape == (len(FOLLOWS),)
    assert 0 < shipped.settings.cue_threshold < 1
    assert 0 < shipped.settings.calibration.threshold < 1


@pytest.mark.model
def test_the_vocabulary_is_the_parser_s(shipped: Model) -> None:
    from quotes.nlp import load_parser

    labels = load_parser("spacy").labels
    assert set(shipped.settings.vocabulary.tags) == set(labels["tagger"])
    assert set(shipped.settings.vocabulary.dependencies) == set(labels["parser"])
    for numbers in (shipped.settings.vocabulary.tags, shipped.settings.vocabulary.dependencies):
        assert sorted(numbers.values()) == list(range(1, len(numbers) + 1))


def test_the_tagger_gives_chances(shipped: Model) -> None:
    rows = [stretch(shipped, TEXT), stretch(shipped, "Ships wait.")]
    states, chances = shipped.tag(inputs(rows, shipped.special))
    assert chances.shape == (2, rows[0].end, LABELS)
    assert states.shape[:2] == chances.shape[:2]
    assert chances.sum(axis=2) == pytest.approx(1.0, abs=1e-4)


def test_the_reader_scores_cues_of_different_rows(shipped: Model) -> None:
    rows = [stretch(shipped, TEXT), stretch(shipped, "Ships wait.")]
    states, _ = shipped.tag(inputs(rows, shipped.special))
    around = surroundings(rows, [Cue(0, 2, 3), Cue(1, 1, 2), Cue(0, 0, 1)])
    offset = np.array([0, states.shape[1], 0])
    flat = states.reshape(-1, states.shape[2])
    scores = shipped.read(flat, offset, around)
    assert scores.shape == (3, rows[0].end, 3)
    (alone,) = shipped.read(flat, offset[:1], surroundings(rows, [Cue(0, 2, 3)]))
    assert scores[0] == pytest.approx(alone, abs=1e-3)
