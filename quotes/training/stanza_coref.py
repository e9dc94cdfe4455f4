"""Train Stanza's coreference on GUM's chains of people.

    python -m quotes.training.stanza_coref GUM --output MODEL.pt

GUM holds `train` and `dev`. Of `train` the freely licensed genres are learned from; the same genres
of `dev`, less news and interview, which are measured, choose the epoch that is kept. Chains are
those of persons, as `quotes.evaluation.coreference` counts them. The network is a BERT, by default
all-MiniLM-L6-v2 of the extra `train`. Nine epochs take about an hour on two cores.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotes.evaluation.chains import FREE_GENRES
from quotes.nlp.coref_records import coref_records
from quotes.nlp.stanza_coref_training import CorefOptions, train_coref
from quotes.training.learn import small_model

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

MEASURED = frozenset({"news", "interview"})


def gum_records(
    folder: Path, genres: Collection[str], *, kind: str | None = "person"
) -> list[dict[str, Any]]:
    """Return the texts of some genres of one part of GUM that have a chain of a kind of entity."""
    files = [p for p in sorted(folder.glob("GUM_*.conllu")) if p.stem.split("_")[1] in genres]
    return [record for file in files for record in coref_records(file, kind=kind)]


def main(arguments: Sequence[str] | None = None) -> None:
    """Train on GUM and write the model."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("gum", type=Path, help="a folder with GUM's train and dev")
    parser.add_argument("--output", type=Path, required=True, help="a file that ends in .pt")
    parser.add_argument("--bert", type=Path, help="a folder with another BERT")
    parser.add_argument("--epochs", type=int, default=CorefOptions().epochs)
    parser.add_argument("--all-entities", action="store_true", help="not those of persons alone")
    options = parser.parse_args(arguments)
    kind = None if options.all_entities else "person"
    train_coref(
        gum_records(options.gum / "train", FREE_GENRES, kind=kind),
        gum_records(options.gum / "dev", FREE_GENRES - MEASURED, kind=kind),
        options.output,
        bert=options.bert or small_model(),
        options=CorefOptions(epochs=options.epochs),
    )


if __name__ == "__main__":
    main()
