"""Trains Stanza's word-level coreference on a BERT, on the processor, without the network."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from quotes.errors import CorpusError, MissingModel
from quotes.nlp.stanza_coref import missing_library
from quotes.nlp.stanza_models import stanza_version

if TYPE_CHECKING:
    from collections.abc import Sequence

# The lowest layers say the least about who is who, and cost the most to teach.
_LOW: Final = re.compile(r"^embeddings\.|\blayer\.[01]\.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CorefOptions:
    """How long, how large and how fast to learn.

    `antecedents` are scored for each word; `window` is in the BERT's pieces, of which it may take
    fewer. With `fixed` the embeddings and two lowest layers of the BERT stay as they are.
    """

    epochs: int = 9
    hidden: int = 256
    antecedents: int = 25
    window: int = 512
    bert_rate: float = 1e-4
    rate: float = 1e-3
    fixed: bool = True
    seed: int = 2020


def train_coref(
    train: Sequence[dict[str, Any]],
    dev: Sequence[dict[str, Any]],
    output: Path,
    *,
    bert: Path,
    options: CorefOptions | None = None,
) -> None:
    """Fit a model to the records of `coref_record`, and write the epoch that is best on `dev`.

    It becomes `output` (`.pt`), with its BERT and tokenizer in the folder `NAME.bert` beside it.
    Raises CorpusError where either part has no chain, MissingModel where Stanza, what it needs for
    this, or the BERT is not there.
    """
    stanza_version()
    options = options or CorefOptions()
    for part, records in (("train", train), ("dev", dev)):
        if not any(record["word_clusters"] for record in records):
            raise CorpusError(f"the {part} part has no chain of two mentions")
    if not (bert / "config.json").is_file():
        raise MissingModel(f"{bert} holds no BERT", hint="name a folder with its config.json")
    try:
        import scipy  # noqa: F401 - named here where it is missing
        from stanza.models.common.utils import set_random_seed
        from stanza.models.coref.config import Config
        from stanza.models.coref.model import CorefModel
        from transformers.utils import logging
    except ImportError as error:
        raise missing_library(error) from error
    logging.disable_progress_bar()
    output.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as temporary:
        work = Path(temporary)
        files = {}
        for part, records in (("train", train), ("dev", dev)):
            files[part] = work / f"{part}.json"
            files[part].write_text(json.dumps(list(records)), encoding="utf-8")
        set_random_seed(options.seed)
        model = CorefModel(config=Config(**_settings(options, files, work, output, bert)))
        _prepare(model, options)
        model.train()
        (output.parent / f"{output.stem}.checkpoint.pt").unlink(missing_ok=True)
    beside = output.with_suffix(".bert")
    model.bert.save_pretrained(beside)
    model.tokenizer.save_pretrained(beside)


def _prepare(model: Any, options: CorefOptions) -> None:
    for name, parameter in model.bert.named_parameters():
        if options.fixed and _LOW.search(name):
            parameter.requires_grad_(False)
    # Dropout inside attention bars the processor's fused kernel: four times the time of a step.
    for name, module in model.bert.named_modules():
        if name.endswith("attention.self.dropout"):
            module.p = 0.0


def _most_pieces(bert: Path, otherwise: int) -> int:
    known = json.loads((bert / "config.json").read_text(encoding="utf-8"))
    return int(known.get("max_position_embeddings", otherwise))


def _settings(
    options: CorefOptions, files: dict[str, Path], work: Path, output: Path, bert: Path
) -> dict[str, Any]:
    return {
        "section": "quotes",
        "data_dir": str(work),
        "save_dir": str(output.parent),
        "save_name": output.name,
        "train_data": str(files["train"]),
        "dev_data": str(files["dev"]),
        "test_data": str(files["dev"]),
        "device": "cpu",
        "bert_model": str(bert),
        "bert_window_size": min(options.window, _most_pieces(bert, options.window)),
        "embedding_size": 20,
        "sp_embedding_size": 64,
        "a_scoring_batch_size": 512,
        "hidden_size": options.hidden,
        "n_hidden_layers": 1,
        "max_span_len": 64,
        "rough_k": options.antecedents,
        "lora": False,
        "lora_alpha": 16,
        "lora_rank": 8,
        "lora_dropout": 0.0,
        "full_pairwise": False,
        "lora_target_modules": [],
        "lora_modules_to_save": [],
        "clusters_starts_are_singletons": False,
        "bert_finetune": True,
        "dropout_rate": 0.3,
        "learning_rate": options.rate,
        "bert_learning_rate": options.bert_rate,
        "bert_finetune_begin_epoch": 0.0,
        "train_epochs": options.epochs,
        "plateau_epochs": 0,
        "bce_loss_weight": 0.5,
        "tokenizer_kwargs": {},
        "conll_log_dir": str(work / "conll"),
        "save_each_checkpoint": False,
        "log_norms": False,
        "singletons": False,
        "max_train_len": 5000,
        "use_zeros": False,
        "lang_lr_attenuation": "",
        "lang_lr_weights": "",
    }
