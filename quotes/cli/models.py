"""`quotes models`: which models there are, and how to get Stanza's."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from quotes.cli.output import format_option, notice, print_listing, printable, quiet_option
from quotes.nlp.stanza_models import PROCESSORS

_HASH_LENGTH = len("sha256:") + 12

folder_option = click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Stanza's models lie here; STANZA_RESOURCES_DIR, or Stanza's own folder, by default.",
)


@click.group("models")
def command() -> None:
    """List the models, or get Stanza's.

    Example: quotes models list
    """


@command.command("list")
@folder_option
@format_option
def list_(folder: Path | None, output: str) -> None:
    """List every model that may be used: where it lies, its size and its hash.

    Example: quotes models list --format json
    """
    from quotes.inventory import inventory

    print_listing(
        (asdict(model) for model in inventory(folder)),
        output=output,
        columns=("used by", "name", "state", "size", "hash", "path"),
        cells=lambda row: (
            row["used_by"],
            row["name"],
            row["state"],
            _size(row["size"]),
            (row["sha256"] or "")[:_HASH_LENGTH],
            row["path"] or "",
        ),
        empty="no models",
        numeric=(3,),
        wide=5,
    )


def _size(size: int | None) -> str:
    """Return bytes as people read them; an empty string where there are none."""
    if size is None:
        return ""
    return f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{size / 1e3:.1f} kB"


@command.command()
@folder_option
@click.option("--coref", is_flag=True, help="The coreference model too, which needs more memory.")
@quiet_option
def download(folder: Path | None, coref: bool, quiet: bool) -> None:
    """Download Stanza's official English models, some hundreds of megabytes.

    Nothing else in this program uses the network. It needs the extra: pip install 'quotes[stanza]'.

    Example: quotes models download && quotes extract --parser stanza interview.txt
    """
    from quotes.nlp.stanza_download import download as get

    where = get((*PROCESSORS, "coref") if coref else PROCESSORS, folder)
    if not quiet:
        notice(printable(f"Stanza's English models are in {where}"))


@command.command()
@click.argument("corpus", type=click.Path(path_type=Path))
@folder_option
@click.option("--package", default="quotes", show_default=True, help="The models' name.")
@click.option(
    "--processor",
    "processors",
    type=click.Choice(PROCESSORS),
    multiple=True,
    help="Train only this; give it again for another.",
)
@click.option(
    "--steps",
    type=click.IntRange(min=5),
    default=1_000,
    show_default=True,
    help="Batches that tokenize, pos, depparse and ner are trained on.",
)
@click.option(
    "--epochs",
    type=click.IntRange(min=1),
    default=5,
    show_default=True,
    help="Passes of mwt and lemma over their words.",
)
@click.option(
    "--dimension",
    type=click.IntRange(min=8),
    default=100,
    show_default=True,
    help="The networks' width.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Where chance starts from.")
@quiet_option
def train(
    corpus: Path,
    folder: Path | None,
    package: str,
    processors: tuple[str, ...],
    steps: int,
    epochs: int,
    dimension: int,
    seed: int,
    quiet: bool,
) -> None:
    """Train small Stanza processors from a treebank in CoNLL-U.

    CORPUS holds the folders train and dev, or files with train and dev in their names. Entities
    are read from NER= in the last column (BIO), or from GUM's Entity=. The networks are small and
    know only what the treebank shows: no word vectors are used, and no network. Time grows with
    the steps and with the length of the sentences; 100 steps on 56 short ones took 45 seconds of
    one core. It needs the extra: pip install 'quotes[stanza]'.

    Example: quotes models train gum --steps 300 --dimension 64
    """
    from quotes.nlp.stanza_models import models_folder
    from quotes.nlp.stanza_training import TrainingOptions, parts_of, train_processors

    options = TrainingOptions(
        package=package, steps=steps, epochs=epochs, dimension=dimension, seed=seed
    )
    train_part, dev_part = parts_of(corpus)
    written = train_processors(
        train_part,
        dev_part,
        folder or models_folder(),
        processors=processors or PROCESSORS,
        options=options,
        tell=(lambda _: None) if quiet else notice,
    )
    for path in written:
        click.echo(printable(str(path)))


@command.command("train-coref")
@click.argument("corpus", type=click.Path(path_type=Path))
@click.option(
    "--bert",
    required=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The folder of the BERT to build on, such as all-MiniLM-L6-v2.",
)
@folder_option
@click.option("--package", default="quotes", show_default=True, help="The model's name.")
@click.option(
    "--epochs",
    type=click.IntRange(min=1),
    default=9,
    show_default=True,
    help="Passes over the corpus.",
)
@click.option("--all-entities", is_flag=True, help="Learn the chains of things too.")
@quiet_option
def train_coref(
    corpus: Path,
    bert: Path,
    folder: Path | None,
    package: str,
    epochs: int,
    all_entities: bool,
    quiet: bool,
) -> None:
    """Train Stanza's coreference from chains of people in CoNLL-U, as GUM has them.

    CORPUS holds the folders train and dev, or files with train and dev in their names, with
    Entity= in the last column; dev chooses the pass that is kept. 100,000 words take about an hour
    on two cores. It needs the extra: pip install 'quotes[stanza]'.

    Example: quotes models train-coref gum --bert all-MiniLM-L6-v2
    """
    from quotes.nlp.coref_records import coref_records
    from quotes.nlp.stanza_coref_training import CorefOptions, train_coref
    from quotes.nlp.stanza_models import LANGUAGE, models_folder
    from quotes.nlp.stanza_training import parts_of

    kind = None if all_entities else "person"
    train_part, dev_part = parts_of(corpus)
    path = (folder or models_folder()) / LANGUAGE / "coref" / f"{package}.pt"
    if not quiet:
        notice(f"training coreference for {epochs} epochs")
    train_coref(
        coref_records(train_part, kind=kind),
        coref_records(dev_part, kind=kind),
        path,
        bert=bert,
        options=CorefOptions(epochs=epochs),
    )
    click.echo(printable(str(path)))
