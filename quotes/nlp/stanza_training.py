"""Trains small Stanza processors for English from a treebank, without vectors or the network."""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.errors import CorpusError, ModelError
from quotes.nlp.stanza_models import LANGUAGE, PROCESSORS, stanza_version
from quotes.nlp.treebank import (
    as_characters,
    as_conllu,
    entity_rows,
    multiwords,
    read_treebank,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from quotes.nlp.treebank import TreebankSentence

_TRAINERS = {
    "tokenize": "tokenizer",
    "mwt": "mwt_expander",
    "pos": "tagger",
    "lemma": "lemmatizer",
    "depparse": "parser",
    "ner": "ner_tagger",
}
_EVALUATIONS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingOptions:
    """How long and how large: steps of the networks, passes over words and lemmas, dimensions."""

    package: str = "quotes"
    steps: int = 1_000
    epochs: int = 5
    dimension: int = 100
    seed: int = 1


def train_processors(
    train: Path,
    dev: Path,
    folder: Path,
    *,
    processors: Sequence[str] = PROCESSORS,
    options: TrainingOptions | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> list[Path]:
    """Train processors from CoNLL-U into a models folder, and return the files written.

    They become the folder's default package. `mwt` is left out where the treebank has no
    multi-word token, `ner` where it has no entity. Raises CorpusError where the treebank cannot be
    used, MissingModel where Stanza is not installed, ModelError where its trainer fails.
    """
    stanza_version()
    options = options or TrainingOptions()
    parts = {"train": read_treebank(train), "dev": read_treebank(dev)}
    chosen = [name for name in processors if _has_data(name, parts["train"], tell)]
    written: list[Path] = []
    with tempfile.TemporaryDirectory() as temporary:
        data = Path(temporary)
        for part, sentences in parts.items():
            _lay_out(data, part, sentences)
        for processor in chosen:
            tell(f"training {processor}")
            made = data / f"{processor}.pt"
            _run(processor, _arguments(processor, data, parts, options), made)
            path = folder / LANGUAGE / processor / f"{options.package}.pt"
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(made, path)
            written.append(path)
    _register(folder, chosen, options.package)
    return written


def parts_of(corpus: Path) -> tuple[Path, Path]:
    """Return the train and the dev part of a treebank: two folders, or two files by their names.

    Raises CorpusError where either is not there.
    """
    found = []
    for part in ("train", "dev"):
        files = sorted(corpus.glob(f"*{part}*.conllu"))
        if (corpus / part).is_dir():
            found.append(corpus / part)
        elif len(files) == 1:
            found.append(files[0])
        else:
            raise CorpusError(
                f"{corpus} has no {part} part",
                hint="training needs two: the folders train and dev with .conllu files, or a file "
                "*train*.conllu and a file *dev*.conllu",
            )
    return found[0], found[1]


def _has_data(
    processor: str, sentences: Sequence[TreebankSentence], tell: Callable[[str], None]
) -> bool:
    if processor == "mwt" and not multiwords(sentences):
        tell("the treebank has no multi-word token, so mwt is left out")
        return False
    if processor == "ner" and all(w.entity == "O" for one in sentences for w in one.words):
        tell("the treebank has no entity (NER= or Entity= in its last column): ner is left out")
        return False
    return True


def _lay_out(data: Path, part: str, sentences: Sequence[TreebankSentence]) -> None:
    text, labels = as_characters(sentences)
    for name, content in (
        (f"{part}.txt", text),
        (f"{part}.labels", labels),
        (f"{part}.conllu", as_conllu(sentences)),
        (f"{part}.mwt.json", json.dumps(multiwords(sentences))),
        (f"{part}.ner.json", json.dumps(entity_rows(sentences))),
    ):
        (data / name).write_text(content, encoding="utf-8")


def _arguments(
    processor: str,
    data: Path,
    parts: dict[str, list[TreebankSentence]],
    options: TrainingOptions,
) -> list[str]:
    """Return what Stanza's trainer for a processor is called with."""
    size = options.dimension
    # Networks are saved when they are evaluated, and some only then.
    interval = max(1, options.steps // _EVALUATIONS)
    given: dict[str, object] = {
        "mode": "train",
        "shorthand": f"{LANGUAGE}_{options.package}",
        "save_dir": data,
        "save_name": f"{processor}.pt",
        "seed": options.seed,
        "hidden_dim": size,
    }
    if processor != "lemma":
        given["lang"] = LANGUAGE
    flags: list[str] = []
    steps = {"max_steps": options.steps, "eval_interval": interval}
    files = {"train_file": data / "train.conllu", "eval_file": data / "dev.conllu"}
    characters = {"char_hidden_dim": size, "char_emb_dim": size // 2, "word_emb_dim": size}
    if processor == "tokenize":
        longest = max(
            sum(len(t.form) + t.space_after for t in one.tokens)
            for sentences in parts.values()
            for one in sentences
        )
        given |= {
            "txt_file": data / "train.txt",
            "label_file": data / "train.labels",
            "dev_txt_file": data / "dev.txt",
            "dev_label_file": data / "dev.labels",
            "mwt_json_file": data / "dev.mwt.json",
            # A sentence that does not fit would be left out.
            "max_seqlen": max(300, longest + 1),
            "steps": options.steps,
            "eval_steps": interval,
            "lr0": 0.005,
        }
    elif processor == "mwt":
        given |= files | {"gold_file": data / "dev.conllu", "num_epoch": options.epochs}
        if not multiwords(parts["dev"]):
            flags.append("--dict_only")
    elif processor == "lemma":
        given |= files | {"num_epoch": options.epochs}
    elif processor == "ner":
        given |= characters | steps | {"dropout": 0.2}
        given |= {"train_file": data / "train.ner.json", "eval_file": data / "dev.ner.json"}
        del given["lang"]
        flags.append("--no_pretrain")
    else:
        given |= files | characters | steps | {"deep_biaff_hidden_dim": size}
        # In sentences for the tagger, in words for the parser; Stanza's own are for a GPU.
        given |= {"transformed_dim": size, "batch_size": 32 if processor == "pos" else 1_000}
        # Stanza's own are for large networks that are trained for days.
        given |= {"dropout": 0.2, "word_dropout": 0.1, "optim": "adam", "lr": 0.005}
        flags += ["--no_pretrain", *(["--no_checkpoint"] if processor == "depparse" else [])]
        if processor == "pos":
            # Its other way, a bilinear layer to each kind of tag, is very slow without a GPU.
            flags += ["--fix_eval_interval", "--share_hid"]
    return [*flags, *(item for k, v in given.items() for item in (f"--{k}", str(v)))]


def _run(processor: str, arguments: Sequence[str], made: Path) -> None:
    trainer: Any = import_module(f"stanza.models.{_TRAINERS[processor]}")
    try:
        with _quiet():
            trainer.main(list(arguments))
    except (Exception, SystemExit) as error:  # a trainer raises anything, or leaves
        raise ModelError(
            f"Stanza's trainer of {processor} failed ({type(error).__name__}: {error})",
            hint="give it more sentences or more steps, or leave it out with --processors",
        ) from error
    if not made.is_file():
        raise CorpusError(
            f"Stanza trained no {processor}: the treebank has too little for it",
            hint="give it more sentences, or leave it out with --processors",
        )


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Stanza's account of each step from the terminal."""
    logger = logging.getLogger("stanza")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with redirect_stdout(StringIO()):
            yield
    finally:
        logger.setLevel(level)


def _register(folder: Path, processors: Sequence[str], package: str) -> None:
    """Tell Stanza of the models: it loads only what `resources.json` names."""
    path = folder / "resources.json"
    try:
        resources = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        resources = {}
    english = resources.setdefault(LANGUAGE, {"lang_name": "English"})
    default = english.setdefault("packages", {}).setdefault("default", {})
    for processor in processors:
        english.setdefault(processor, {})[package] = {}
        default[processor] = package
    path.write_text(json.dumps(resources, indent=1), encoding="utf-8")
