"""Load the shipped network and run it with onnxruntime; PyTorch is not needed."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from quotes.errors import CorruptModel, MissingModel
from quotes.extraction.learned.confidence import Calibration
from quotes.extraction.learned.decoding import Transitions
from quotes.extraction.learned.features import Vocabulary
from quotes.extraction.learned.hashes import SHA256
from quotes.extraction.learned.inputs import Special
from quotes.extraction.learned.pieces import piece_reader

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray
    from onnxruntime import InferenceSession

    from quotes.extraction.learned.inputs import Inputs, Surroundings

FOLDER = Path(__file__).with_name("weights")
TAGGER, READER, TOKENIZER, SETTINGS = "tagger.onnx", "reader.onnx", "tokenizer.json", "model.json"
_MOST_THREADS = 4


@dataclass(frozen=True, slots=True)
class Settings:
    """What training wrote beside the weights."""

    vocabulary: Vocabulary
    special: Special
    transitions: Transitions
    cue_threshold: float
    calibration: Calibration


class Model:
    """The files of one folder, checked against their hashes before they are used.

    Raises MissingModel or CorruptModel, naming the file, its expected hash and the fix.
    """

    def __init__(self, folder: Path = FOLDER, *, hashes: Mapping[str, str] = SHA256) -> None:
        self._folder = folder
        self._hashes = hashes
        self._read_piece: Callable[[str], tuple[int, ...]] | None = None

    @property
    def digest(self) -> str:
        """The hash over the hashes of all files."""
        lines = "".join(f"{name} {self._hashes[name]}\n" for name in sorted(self._hashes))
        return "sha256:" + hashlib.sha256(lines.encode()).hexdigest()

    def _bytes(self, name: str) -> bytes:
        path, expected = self._folder / name, self._hashes[name]
        try:
            content = path.read_bytes()
        except OSError as error:
            raise MissingModel.of_file(path, expected=f"sha256:{expected}") from error
        found = hashlib.sha256(content).hexdigest()
        if found != expected:
            raise CorruptModel.of_file(path, expected=f"sha256:{expected}", found=f"sha256:{found}")
        return content

    @cached_property
    def settings(self) -> Settings:
        """The vocabularies, the chain's transitions and the calibration."""
        given = json.loads(self._bytes(SETTINGS))
        return Settings(
            vocabulary=Vocabulary(given["tags"], given["dependencies"]),
            special=Special(**given["special"]),
            transitions=Transitions(
                np.array(given["step"], np.float32), np.array(given["start"], np.float32)
            ),
            cue_threshold=given["cue_threshold"],
            calibration=Calibration(**given["calibration"]),
        )

    @property
    def special(self) -> Special:
        """The encoder's special pieces."""
        return self.settings.special

    @property
    def transitions(self) -> Transitions:
        """The chain's learned scores."""
        return self.settings.transitions

    @property
    def read_pieces(self) -> Callable[[str], tuple[int, ...]]:
        """A function from a token to its word pieces."""
        if self._read_piece is None:
            from tokenizers import Tokenizer

            self._read_piece = piece_reader(Tokenizer.from_buffer(self._bytes(TOKENIZER)))
        return self._read_piece

    @cached_property
    def _tagger(self) -> InferenceSession:
        return _session(self._bytes(TAGGER))

    @cached_property
    def _reader(self) -> InferenceSession:
        return _session(self._bytes(READER))

    def tag(self, given: Inputs) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return each token's state `[rows, tokens, hidden]` and labels' chances `[…, 7]`."""
        states, chances = self._tagger.run(
            ["states", "chances"],
            {
                "pieces": given.pieces,
                "told": given.told,
                "mask": given.mask,
                "firsts": given.firsts,
            },
        )
        return states, chances

    def read(
        self, states: NDArray[np.float32], offset: NDArray[np.int64], around: Surroundings
    ) -> NDArray[np.float32]:
        """Return scores `[cues, width, 3]` for cues whose stretch begins at `offset` in states."""
        (scores,) = self._reader.run(
            ["scores"],
            {
                "states": states,
                "at": around.at + offset[:, None],
                "ends": around.ends + offset[:, None],
                "related": around.related,
            },
        )
        return scores  # type: ignore[no-any-return]  # onnxruntime's outputs are untyped


def _session(content: bytes) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = min(_MOST_THREADS, _cores())
    options.inter_op_num_threads = 1
    # A spinning thread takes the core that the parser needs next.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"])


def _cores() -> int:
    """Return the cores this process may use, fewer where OMP_NUM_THREADS says so."""
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        cores = os.cpu_count() or 1
    asked = os.environ.get("OMP_NUM_THREADS", "")
    return min(cores, int(asked)) if asked.isdecimal() and int(asked) else cores
