"""Fit the ranker of pronouns to speakers decided by reading.

    python -m quotes.training.pronouns CORPUS/train fixtures/speakers/polnear-train.tsv \\
        --gum GUM/train --litbank LITBANK/coref/tsv --output quotes/speakers/ranker.json

Each "he" and "she" that is a source is a choice among the people near by and nobody. The pronouns
of texts with coreference chains count a little, so that what is rare among sources is not read off
a handful. A text is walked with the ranker of the round before, since what a pronoun takes up hangs
on those before it; the first round begins with the weights that the rules have. The threshold is
one at which right less wrong is largest on held-out articles.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.optimize import minimize

from quotes.evaluation.chains import FREE_GENRES, read_gum, read_litbank
from quotes.evaluation.corpus import read_corpus
from quotes.evaluation.decided import MentionType, read_decisions
from quotes.evaluation.names import same_name
from quotes.evaluation.speakers import annotated
from quotes.extraction.rules import RuleExtractor
from quotes.nlp import load_parser
from quotes.speakers.candidates import FEATURES
from quotes.speakers.ranker import Ranker
from quotes.speakers.resolution import Resolution

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from quotes.evaluation.chains import ChainedDocument
    from quotes.evaluation.corpus import GoldDocument
    from quotes.evaluation.decided import Decision
    from quotes.quotation import Quotation
    from quotes.speakers.candidates import Candidate
    from quotes.speakers.entity import Entity

_ROUNDS = 3
_FOLDS = 5
_PENALTY = 0.3
_GUM, _LITBANK = 0.1, 0.01
_THRESHOLDS = tuple(t / 100 for t in range(40, 75, 5))
# Thresholds whose gain is so near the largest are as good; the lowest leaves least unknown.
_AS_GOOD = 0.99
_BINS = (0.0, 0.5, 0.7, 0.9, 1.01)
_BEGINNING = {
    "apart": -0.7,
    "subject": 1.4,
    "modifier": -0.5,
    "gender known": 0.8,
    "gender leaning": 0.8,
    "taken up": 0.3,
    "named often": 0.25,
    "spoke last": 0.8,
    "speaks on": 1.0,
    "other paragraph": -0.5,
    "reported": -0.6,
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One mention: the candidates' features `[candidates, features]`, and which are right.

    Where none is, nobody is. It counts `weight` times.
    """

    document: str
    features: NDArray[np.float64]
    right: NDArray[np.bool_]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Chained:
    """A text with coreference chains, parsed, its quotations found by rules."""

    document: ChainedDocument
    doc: Doc
    quotations: tuple[Quotation, ...]
    weight: float


class _Account:
    """Chooses as a ranker does and keeps the candidates of each pronoun."""

    def __init__(self, ranker: Ranker) -> None:
        self.seen: dict[int, Sequence[Candidate]] = {}
        self._ranker = ranker

    def choose(self, index: int, near: Sequence[Candidate], /) -> tuple[Candidate, float] | None:
        self.seen[index] = near
        return self._ranker.choose(index, near)


def choices(
    document: GoldDocument, doc: Doc, decisions: Sequence[Decision], ranker: Ranker
) -> list[Choice]:
    """Return the choices of a text as they stand when a ranker has made those before."""
    account = _Account(ranker)
    resolution = Resolution(doc, annotated(document, doc), ranker=account)
    found = []
    for decision in decisions:
        if decision.mention is not MentionType.PRONOUN or len(decision.names) > 1:
            continue
        first, last = resolution.layout.tokens_within(decision.start, decision.end)
        index = next((i for i in range(first, last) if i in account.seen), None)
        near = account.seen[index] if index is not None else ()
        if near:
            right = [_is_meant(decision, c.entity, resolution) for c in near]
            features = np.array([c.features for c in near])
            found.append(Choice(document.name, features, np.array(right)))
    return found


def chained(text: Chained, ranker: Ranker) -> list[Choice]:
    """Return the choices that every pronoun of a text with coreference chains poses."""
    document, doc = text.document, text.doc
    account = _Account(ranker)
    Resolution(doc, text.quotations, ranker=account)
    exact = {(m.start, m.end): m.entity for m in document.mentions}
    found = []
    for index, near in account.seen.items():
        entity = exact.get((doc[index].idx, doc[index].idx + len(doc[index])))
        if entity is not None and near:
            right = [_entity_at(document, doc[c.reference.index].idx) == entity for c in near]
            features = np.array([c.features for c in near])
            found.append(Choice(document.name, features, np.array(right), text.weight))
    return found


def _entity_at(document: ChainedDocument, offset: int) -> str | None:
    """Return the entity of the shortest mention around an offset."""
    around = [m for m in document.mentions if m.start <= offset < m.end]
    shortest = min(around, key=lambda m: m.end - m.start, default=None)
    return shortest.entity if shortest is not None else None


def _is_meant(decision: Decision, entity: Entity, resolution: Resolution) -> bool:
    """Tell whether a candidate is who was decided; anybody without a name where nobody is named."""
    if not entity.mentions or entity.is_open:
        return not decision.names
    if not decision.names:
        return False
    entities = resolution.entities
    name = entities.shown(entities.name_of(entity))
    return any(same_name(form, [name]) for form in decision.names[0])


def fit(given: Sequence[Choice], *, penalty: float = _PENALTY) -> Ranker:
    """Return the weights under which what was decided is likeliest, with an L2 penalty."""
    size = given[0].features.shape[1]
    lengths = [len(choice.right) for choice in given]
    rows = np.hstack([np.vstack([c.features for c in given]), np.ones((sum(lengths), 1))])
    owner = np.repeat(np.arange(len(given)), lengths)
    firsts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    right = np.concatenate([choice.right for choice in given])
    nobody = np.array([not choice.right.any() for choice in given])
    counts = np.array([choice.weight for choice in given])

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = rows @ weights
        highest = np.maximum(np.maximum.reduceat(scores, firsts), 0.0)
        shares, rest = np.exp(scores - highest[owner]), np.exp(-highest)
        total = np.add.reduceat(shares, firsts) + rest
        shares, rest = shares / total[owner], rest / total
        likely = np.add.reduceat(shares * right, firsts) + nobody * rest + 1e-12
        pull = counts[owner] * (shares - shares * right / likely[owner])
        kept = np.append(weights[:size], 0.0)
        lost = -(counts * np.log(likely)).sum() + penalty * kept @ kept
        return float(lost), rows.T @ pull + 2.0 * penalty * kept

    found = minimize(loss, np.zeros(size + 1), jac=True, method="L-BFGS-B").x
    weights = tuple(round(float(weight), 4) for weight in found[:size])
    return Ranker(weights, round(float(found[size]), 4), threshold=0.5)


def cross_validated(
    given: Sequence[Choice], aside: Sequence[Choice] = ()
) -> list[tuple[float, bool]]:
    """Return the likeliest candidate's probability for each held-out mention, and if it is right.

    Articles are held out whole; what stands `aside` is never held out.
    """
    names = sorted({choice.document for choice in given})
    found = []
    for fold in range(_FOLDS):
        out = set(names[fold::_FOLDS])
        kept = [*(c for c in given if c.document not in out), *aside]
        if not kept:
            continue
        ranker = fit(kept)
        for choice in given:
            if choice.document in out:
                chances = _chances(ranker, choice)
                best = int(chances.argmax())
                found.append((float(chances[best]), bool(choice.right[best])))
    return found


def _chances(ranker: Ranker, choice: Choice) -> NDArray[np.float64]:
    scores = np.append(choice.features @ np.array(ranker.weights) + ranker.intercept, 0.0)
    shares = np.exp(scores - scores.max())
    return (shares / shares.sum())[:-1]  # type: ignore[no-any-return]  # numpy's stubs say Any


def _gain(held_out: Iterable[tuple[float, bool]], threshold: float) -> int:
    return sum(1 if right else -1 for chance, right in held_out if chance >= threshold)


def main(arguments: Sequence[str] | None = None) -> None:
    """Walk the texts, fit, cross-validate, and write the weights."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("speakers", type=Path)
    parser.add_argument("--gum", type=Path, help="a folder of GUM's .conllu files")
    parser.add_argument("--litbank", type=Path, help="LitBank's folder coref/tsv")
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args(arguments)
    by_document: dict[str, list[Decision]] = defaultdict(list)
    for decision in read_decisions(options.speakers):
        by_document[decision.document].append(decision)
    documents = [d for d in read_corpus(options.corpus).documents if d.name in by_document]
    docs = list(load_parser("spacy").pipe(d.text for d in documents))
    chains = list(_chains(options.gum, options.litbank))
    ranker = Ranker(tuple(_BEGINNING.get(name, 0.0) for name in FEATURES), 1.0, 0.3)
    given: list[Choice] = []
    aside: list[Choice] = []
    for _ in range(_ROUNDS):
        given = [
            choice
            for document, doc in zip(documents, docs, strict=True)
            for choice in choices(document, doc, by_document[document.name], ranker)
        ]
        aside = [choice for text in chains for choice in chained(text, ranker)]
        ranker = fit([*given, *aside])
    write(options.output, ranker, cross_validated(given, aside))


def _chains(gum: Path | None, litbank: Path | None) -> Iterator[Chained]:
    """Yield the texts with chains, parsed."""
    news = sorted(gum.glob("*.conllu")) if gum else []
    novels = sorted(litbank.glob("*.ann")) if litbank else []
    free = [path for path in news if path.stem.split("_")[1] in FREE_GENRES]
    read = [(read_gum(path), _GUM) for path in free]
    read += [(read_litbank(path), _LITBANK) for path in novels]
    docs = load_parser("spacy").pipe(document.text for document, _ in read)
    for (document, weight), doc in zip(read, docs, strict=True):
        yield Chained(document, doc, RuleExtractor().extract(doc).quotations, weight)


def write(output: Path, ranker: Ranker, held_out: Sequence[tuple[float, bool]]) -> None:
    """Write the weights as JSON, one a line, with how far held-out probabilities can be trusted."""
    reliability = {}
    for low, high in pairwise(_BINS):
        inside = [item for item in held_out if low <= item[0] < high]
        if inside:
            said = sum(chance for chance, _ in inside) / len(inside)
            share = sum(right for _, right in inside) / len(inside)
            reliability[f"{said:.2f}"] = f"{share:.2f} of {len(inside)}"
    right = sum(right for _, right in held_out)
    gains = {threshold: _gain(held_out, threshold) for threshold in _THRESHOLDS}
    content: dict[str, Any] = {
        "held_out": f"{right} of {len(held_out)} right",
        "held_out_reliability": reliability,
        "threshold": min(t for t, gain in gains.items() if gain >= _AS_GOOD * max(gains.values())),
        "intercept": ranker.intercept,
        "weights": dict(zip(FEATURES, ranker.weights, strict=True)),
    }
    output.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    print(f"{content['held_out']}, threshold {content['threshold']}", reliability, file=sys.stderr)


if __name__ == "__main__":
    main()
