"""Train Stanza's word-level coreference on GUM's chains of people.

    python -m quotes.training.stanza_coref GUM --output MODEL.pt

GUM holds `train` and `dev`. Of `train` the freely licensed genres are learned from; the same genres
of `dev`, less news and interview, which are measured, choose the epoch that is kept. Mentions are
those of persons, as `quotes.evaluation.coreference` counts them. The network is a BERT, by default
all-MiniLM-L6-v2 of the extra `train`, fine-tuned whole (Dobrovolskii, 2021; D'Oosterlinck et al.,
2023). The model's file names the folder of its BERT, whose vocabulary and shape it needs again.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from quotes.evaluation.chains import FREE_GENRES, SentenceWords, read_gum_words
from quotes.training.learn import small_model

if TYPE_CHECKING:
    from collections.abc import Iterable

_LOW: Final = re.compile(r"^embeddings\.|\blayer\.[01]\.")
MEASURED: Final = frozenset({"news", "interview"})


def coref_record(name: str, sentences: Iterable[SentenceWords], kind: str | None) -> dict[str, Any]:
    """Return a text as Stanza's coreference trainer reads it; `kind` None takes every entity."""
    words: list[str] = []
    sent_id: list[int] = []
    heads: list[int | str] = []
    deprel: list[str] = []
    clusters: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for number, sentence in enumerate(sentences):
        base = len(words)
        words += sentence.words
        sent_id += [number] * len(sentence.words)
        heads += [base + head if head is not None else "null" for head in sentence.heads]
        deprel += sentence.relations
        for entity, of_kind, first, last in sentence.mentions:
            if kind is None or of_kind == kind:
                head = _head(sentence.heads, first, last)
                clusters[entity].append((base + head, base + first, base + last + 1))
    chains = []
    taken: set[int] = set()
    for chain in clusters.values():
        # One word leads one mention: of two ("the mayor", "the mayor of Ashford") the longer.
        longest: dict[int, tuple[int, int]] = {}
        for head, start, end in chain:
            known = longest.get(head)
            if head not in taken and (known is None or end - start > known[1] - known[0]):
                longest[head] = (start, end)
        if len(longest) > 1:
            taken |= set(longest)
            chains.append(sorted((head, *span) for head, span in longest.items()))
    chains.sort()
    return {
        "document_id": name,
        "cased_words": words,
        "sent_id": sent_id,
        "part_id": 0,
        "deprel": deprel,
        "head": heads,
        "span_clusters": [[[start, end] for _, start, end in chain] for chain in chains],
        "word_clusters": [[head for head, _, _ in chain] for chain in chains],
        "head2span": sorted([head, start, end] for chain in chains for head, start, end in chain),
        "lang": "en",
    }


def _head(heads: list[int | None], first: int, last: int) -> int:
    for at in range(first, last + 1):
        above = heads[at]
        if above is None or not first <= above <= last:
            return at
    return first


def gum_records(folder: Path, genres: Iterable[str], kind: str | None) -> list[dict[str, Any]]:
    """Return the texts of some genres of one part of GUM that hold a chain."""
    wanted = set(genres)
    records = [
        coref_record(path.stem, read_gum_words(path), kind)
        for path in sorted(folder.glob("GUM_*.conllu"))
        if path.stem.split("_")[1] in wanted
    ]
    return [record for record in records if record["word_clusters"]]


def train(
    train_records: list[dict[str, Any]],
    dev_records: list[dict[str, Any]],
    output: Path,
    *,
    bert: str,
    work: Path,
    epochs: int = 12,
    hidden: int = 256,
    antecedents: int = 25,
    window: int = 512,
    bert_rate: float = 1e-4,
    rate: float = 1e-3,
) -> None:
    """Fit a model and keep the epoch that is best on `dev_records` as `output` (`.pt`)."""
    from stanza.models.common.utils import set_random_seed
    from stanza.models.coref.config import Config
    from stanza.models.coref.model import CorefModel

    work.mkdir(parents=True, exist_ok=True)
    output.parent.mkdir(parents=True, exist_ok=True)
    paths = {}
    for part, records in (("train", train_records), ("dev", dev_records)):
        paths[part] = str(work / f"{part}.json")
        Path(paths[part]).write_text(json.dumps(records), encoding="utf-8")
    set_random_seed(2020)
    config = Config(
        section="quotes",
        data_dir=str(work),
        save_dir=str(output.parent),
        save_name=output.name,
        train_data=paths["train"],
        dev_data=paths["dev"],
        test_data=paths["dev"],
        device="cpu",
        bert_model=bert,
        bert_window_size=window,
        embedding_size=20,
        sp_embedding_size=64,
        a_scoring_batch_size=512,
        hidden_size=hidden,
        n_hidden_layers=1,
        max_span_len=64,
        rough_k=antecedents,
        lora=False,
        lora_alpha=16,
        lora_rank=8,
        lora_dropout=0.0,
        full_pairwise=False,
        lora_target_modules=[],
        lora_modules_to_save=[],
        clusters_starts_are_singletons=False,
        bert_finetune=True,
        dropout_rate=0.3,
        learning_rate=rate,
        bert_learning_rate=bert_rate,
        bert_finetune_begin_epoch=0.0,
        train_epochs=epochs,
        plateau_epochs=0,
        bce_loss_weight=0.5,
        tokenizer_kwargs={},
        conll_log_dir=str(work / "conll"),
        save_each_checkpoint=False,
        log_norms=False,
        singletons=False,
        max_train_len=5000,
        use_zeros=False,
        lang_lr_attenuation="",
        lang_lr_weights="",
    )
    model = CorefModel(config=config)
    # The lowest layers say the least about who is who, and cost the most to teach.
    for name, parameter in model.bert.named_parameters():
        if _LOW.search(name):
            parameter.requires_grad_(False)
    # Dropout inside attention bars the processor's fused kernel: four times the time of a step.
    for name, module in model.bert.named_modules():
        if name.endswith("attention.self.dropout"):
            module.p = 0.0
    model.train()


@click.command()
@click.argument("gum", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--bert", type=click.Path(exists=True, file_okay=False), help="Folder of a BERT.")
@click.option("--epochs", default=12, show_default=True)
@click.option("--all-entities", is_flag=True, help="Learn the chains of things as well.")
def main(*, gum: Path, output: Path, bert: str | None, epochs: int, all_entities: bool) -> None:
    """Train Stanza's coreference on GUM and write it as one file."""
    kind = None if all_entities else "person"
    train(
        gum_records(gum / "train", FREE_GENRES, kind),
        gum_records(gum / "dev", FREE_GENRES - MEASURED, kind),
        output,
        bert=bert or str(small_model()),
        work=output.with_suffix(".work"),
        epochs=epochs,
    )


if __name__ == "__main__":
    main()
