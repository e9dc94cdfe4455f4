"""Count by given name how many people of the training texts are "she" and how many "he".

    python -m quotes.training.given CORPUS/train --gum GUM/train --litbank LITBANK/coref/tsv \\
        --output quotes/speakers/given.json

Of texts with coreference chains the chains decide; of others the pronouns that have one person only
to refer to, and titles. Nobody counts twice: people are told apart by their full name.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.evaluation.chains import FREE_GENRES, read_gum, read_litbank
from quotes.evaluation.corpus import read_corpus
from quotes.nlp import load_parser
from quotes.quotation import SpeakerKind
from quotes.speakers.names import fold, parse_name
from quotes.speakers.nouns import FEMININE_PRONOUNS, MASCULINE_PRONOUNS
from quotes.speakers.resolution import Resolution

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

    from quotes.evaluation.chains import ChainedDocument

_CLEAR = 0.8
_LONGEST = 4


def in_chains(document: ChainedDocument) -> Iterator[tuple[str, str]]:
    """Yield each person named in full with the gender that most of the chain's pronouns have."""
    names: dict[str, str] = {}
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for mention in document.mentions:
        words = document.text[mention.start : mention.end].split()
        gender = _gender_of(words[0].lower()) if len(words) == 1 else ""
        votes[mention.entity][gender] += bool(gender)
        if 1 < len(words) <= _LONGEST and all(word[:1].isupper() for word in words):
            names.setdefault(mention.entity, parse_name(" ".join(words)).shown)
    for entity, name in names.items():
        (gender, most), *_ = [*votes[entity].most_common(1), ("", 0)]
        if gender and most >= _CLEAR * sum(votes[entity].values()):
            yield name, gender


def in_text(doc: Doc) -> Iterator[tuple[str, str]]:
    """Yield each person named in full of whom the text tells the gender."""
    entities = Resolution(doc, ()).entities
    for entity in entities.all:
        if entity.kind is SpeakerKind.PERSON and entity.mentions and entity.gender:
            name = entities.shown(entities.name_of(entity))
            if parse_name(name).is_full:
                yield name, entity.gender


def _gender_of(word: str) -> str:
    if word in FEMININE_PRONOUNS:
        return "feminine"
    return "masculine" if word in MASCULINE_PRONOUNS else ""


def counted(people: Iterator[tuple[str, str]]) -> dict[str, tuple[int, int]]:
    """Return how many people are "she" and "he" by folded given name; most texts decide on each."""
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for name, gender in people:
        votes[fold(name)][gender] += 1
    found: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for name, told in votes.items():
        given = name.split()[0]
        she, he = told["feminine"], told["masculine"]
        if len(given) > 1 and she != he:
            found[given][he > she] += 1
    return {name: (she, he) for name, (she, he) in sorted(found.items())}


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the texts, count, and write the counts."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--gum", type=Path, help="a folder of GUM's .conllu files")
    parser.add_argument("--litbank", type=Path, help="LitBank's folder coref/tsv")
    parser.add_argument("--output", type=Path, required=True)
    options = parser.parse_args(arguments)
    found = counted(_people(options.corpus, options.gum, options.litbank))
    lines = ",\n".join(f" {json.dumps(name)}: {list(counts)}" for name, counts in found.items())
    options.output.write_text("{\n" + lines + "\n}\n", encoding="utf-8")
    print(f"{len(found)} given names", file=sys.stderr)


def _people(corpus: Path, gum: Path | None, litbank: Path | None) -> Iterator[tuple[str, str]]:
    for doc in load_parser("spacy").pipe(d.text for d in read_corpus(corpus).documents):
        yield from in_text(doc)
    for path in sorted(gum.glob("*.conllu")) if gum else ():
        if path.stem.split("_")[1] in FREE_GENRES:
            yield from in_chains(read_gum(path))
    for path in sorted(litbank.glob("*.ann")) if litbank else ():
        yield from in_chains(read_litbank(path))


if __name__ == "__main__":
    main()
