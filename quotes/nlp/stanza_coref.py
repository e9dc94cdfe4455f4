"""Stanza's coreference: the chains of mentions that a trained model of it finds in a parsed text.

The model reads the words and sentences of any parse (word-level coreference: Dobrovolskii, 2021;
D'Oosterlinck et al., 2023), so that Stanza's own tokenizer is not needed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from quotes.errors import CorruptModel, MissingModel
from quotes.nlp.stanza_models import installed, models_folder, stanza_version

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.tokens import Doc, Token

_EXTRA: Final = "install it: pip install 'quotes[stanza]'"
_GET: Final = "run `quotes models download --coref`, or `quotes models train-coref`"
# The model scores every word against every other: this many at a time keep the cost per word flat.
_WINDOW: Final = 2_500
# Each mention's ends are sought among the words of its sentence: no more than this many.
_SENTENCE: Final = 250
# Stands for a word of which the model's tokenizer leaves nothing.
_BLANK: Final = "_"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainMention:
    """The tokens `[first, last)` of a mention, and the one that it turns on."""

    head: int
    first: int
    last: int


def coref_model(folder: Path | None = None) -> Path:
    """Return the model in the models folder, the first by name; raises MissingModel for none."""
    folder = folder or models_folder()
    there = installed(folder).get("coref", [])
    if not there:
        place = folder / "en" / "coref"
        raise MissingModel(f"there is no coreference model of Stanza's in {place}", hint=_GET)
    return there[0].path


class StanzaCoref:
    """A coreference model, `.pt`; without one that of the models folder. Nothing is downloaded.

    The BERT that it is built on is the folder `NAME.bert` beside it, else what its file names, if
    that is on this machine. Raises MissingModel where Stanza, the model or its BERT is not there,
    CorruptModel where it cannot be loaded.
    """

    name = "stanza"

    def __init__(self, path: Path | None = None) -> None:
        self.version = stanza_version()
        self.path = path or coref_model()
        self._model = _load(self.path)

    @property
    def models(self) -> Mapping[str, str]:
        """The model's name with the hash of its file."""
        from quotes.nlp.stanza_models import StanzaModel

        size = self.path.stat().st_size
        model = StanzaModel(processor="coref", package=self.path.stem, path=self.path, size=size)
        return {model.name: model.sha256()}

    def chains(self, doc: Doc) -> list[tuple[ChainMention, ...]]:
        """Return the chains of a text, each in the order of its mentions.

        In a long text chains end where a window of some thousand words does.
        """
        found: list[tuple[ChainMention, ...]] = []
        for tokens in _windows(doc):
            found += self._chains_of(tokens)
        return found

    def _chains_of(self, tokens: Sequence[Token]) -> Iterator[tuple[ChainMention, ...]]:
        import torch

        if len(tokens) < 2:
            return
        sentence = begins = 0
        number: list[int] = []
        for place, token in enumerate(tokens):
            if place and (token.is_sent_start or place - begins == _SENTENCE):
                sentence, begins = sentence + 1, place
            number.append(sentence)
        words = [
            token.text if self._model.tokenizer.tokenize(token.text) else _BLANK for token in tokens
        ]
        given = {"document_id": "text", "cased_words": words, "sent_id": number}
        with torch.no_grad():
            result = self._model.run(self._model.build_doc(given))
        for heads, spans in zip(result.word_clusters, result.span_clusters or (), strict=True):
            mentions = [
                ChainMention(
                    head=tokens[head].i, first=tokens[first].i, last=tokens[last - 1].i + 1
                )
                for head, (first, last) in zip(heads, spans, strict=True)
            ]
            yield tuple(sorted(mentions, key=lambda mention: mention.head))


def _windows(doc: Doc) -> Iterator[list[Token]]:
    """Cut a text at sentences, so that no part has many more words than a window."""
    tokens: list[Token] = []
    for sentence in doc.sents:
        words = [token for token in sentence if not token.is_space]
        if tokens and len(tokens) + len(words) > _WINDOW:
            yield tokens
            tokens = []
        for start in range(0, len(words), _WINDOW):
            tokens += words[start : start + _WINDOW]
            if len(tokens) >= _WINDOW:
                yield tokens
                tokens = []
    if tokens:
        yield tokens


def _load(path: Path) -> Any:
    if not path.is_file():
        raise MissingModel(f"there is no coreference model {path}", hint=_GET)
    try:
        import torch
        from huggingface_hub import snapshot_download
        from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError
        from stanza.models.coref.model import CorefModel
        from transformers.utils import logging
    except ImportError as error:
        raise missing_library(error) from error
    # It would draw a bar for each file that it loads.
    logging.disable_progress_bar()
    try:
        config = torch.load(path, map_location="cpu", weights_only=True, mmap=True)["config"]
        wanted, special = str(config["bert_model"]), dict(config["tokenizer_kwargs"])
    except Exception as error:  # a broken file makes torch raise nearly anything
        raise _corrupt(path, error) from error
    beside = path.with_suffix(".bert")
    bert = next((place for place in (beside, Path(wanted)) if place.is_dir()), None)
    if bert is None:
        try:
            bert = Path(snapshot_download(wanted, local_files_only=True))
        except (LocalEntryNotFoundError, HFValidationError) as error:
            raise MissingModel(
                f"the coreference model {path} is built on {wanted}, which is not on this machine",
                hint=f"put that model's folder at {beside}",
            ) from error
    # The options of a tokenizer go by the last part of its name, which the folder may not share.
    special[bert.name] = special.get(wanted.split("/")[-1], {})
    update = {
        "bert_model": str(bert),
        "tokenizer_kwargs": special,
        "device": "cpu",
        "log_norms": False,
    }
    try:
        return CorefModel.load_model(str(path), config_update=update)
    except ImportError as error:
        raise missing_library(error) from error
    except Exception as error:  # as above
        raise _corrupt(path, error) from error


def missing_library(error: ImportError) -> MissingModel:
    """Return an error that tells what of the extra `stanza` is not installed."""
    name = error.name or "a library of the extra"
    return MissingModel(f"Stanza's coreference needs {name}, which is not installed", hint=_EXTRA)


def _corrupt(path: Path, error: Exception) -> CorruptModel:
    return CorruptModel(
        f"{path} is no coreference model of Stanza's ({type(error).__name__}: {error})",
        hint="get it or train it again",
    )
