"""How well chains of people agree with GUM's, beside each other in one table.

    python -m quotes.evaluation.coreference GUM/dev --genre news --genre interview \\
        --resolver rules --resolver learned --stanza MODEL.pt

Gold chains are those most of whose mentions are persons, groups of people among them; chains of one
mention are left out on both sides, as CoNLL-2012 has none. A mention stands for its chief word in
the parse, for every system and the key alike (of "Ada Marsh and Khizr Roe" that is "and"), so that
how much of a phrase a span takes in is not measured. Every system reads the same parse, and text
without markup: who speaks is not given.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from quotes.errors import CorpusError
from quotes.evaluation.chains import read_gum
from quotes.evaluation.conll import Agreement, agreement
from quotes.extraction import DEFAULT_EXTRACTOR, load_extractor
from quotes.nlp import load_parser
from quotes.speakers import RESOLVERS, load_resolver

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from spacy.tokens import Doc, Span

    from quotes.evaluation.chains import ChainedDocument
    from quotes.evaluation.conll import Counts
    from quotes.nlp.stanza_coref import StanzaCoref
    from quotes.quotation import Quotation

Heads = list[set[int]]


class System(Protocol):
    """Finds the chains of people of a text, as sets of chief words."""

    @property
    def name(self) -> str: ...

    def heads(self, doc: Doc, quotations: Sequence[Quotation], /) -> Heads: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolverChains:
    """The chains of one of our resolvers."""

    name: str

    def heads(self, doc: Doc, quotations: Sequence[Quotation]) -> Heads:
        chains = load_resolver(self.name).people(doc, quotations)
        return distinct(
            [[chief(_span(doc, mention.start, mention.end)) for mention in c] for c in chains]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StanzaChains:
    """The chains of a model of Stanza's that was trained on those of people."""

    model: StanzaCoref
    name: str = "stanza"

    def heads(self, doc: Doc, _: Sequence[Quotation], /) -> Heads:
        chains = self.model.chains(doc)
        return distinct([[chief(doc[m.first : m.last]) for m in chain] for chain in chains])


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text of the corpus with its parse, and the quotations that the extractor finds in it."""

    document: ChainedDocument
    doc: Doc
    quotations: tuple[Quotation, ...]


def read_texts(folder: Path, genres: Iterable[str]) -> list[GoldText]:
    """Read and parse the texts of some genres, or of all; raises CorpusError if there is none."""
    wanted = set(genres)
    documents = [
        read_gum(path)
        for path in sorted(folder.glob("*.conllu"))
        if not wanted or wanted & set(path.stem.split("_"))
    ]
    if not documents:
        raise CorpusError(f"{folder} holds no text of GUM of {', '.join(sorted(wanted)) or 'any'}")
    extractor = load_extractor(DEFAULT_EXTRACTOR)
    docs = load_parser("spacy").pipe(document.text for document in documents)
    return [
        GoldText(document, doc, extractor.extract(doc).quotations)
        for document, doc in zip(documents, docs, strict=True)
    ]


def gold_heads(document: ChainedDocument, doc: Doc) -> Heads:
    """Return the key's chains of people, as sets of chief words; the shortest mention has a word.

    Chains of one chief word are left out.
    """
    chains = defaultdict(list)
    for mention in document.mentions:
        chains[mention.entity].append(mention)
    people = [c for c in chains.values() if 2 * sum(m.kind == "person" for m in c) > len(c)]
    several = [sorted(chain, key=lambda m: m.end - m.start) for chain in people if len(chain) > 1]
    several.sort(key=lambda chain: chain[0].end - chain[0].start)
    return distinct([[chief(_span(doc, m.start, m.end)) for m in chain] for chain in several])


def distinct(chains: Iterable[Iterable[int]]) -> Heads:
    """Let each word stand in the first chain that has it; leave out chains of one word."""
    taken: set[int] = set()
    found = []
    for chain in chains:
        words = {word for word in chain if word not in taken}
        if len(words) > 1:
            taken |= words
            found.append(words)
    return found


def chief(span: Span) -> int:
    """Return the word that a phrase turns on: its root, or the "and" that joins the root's peers.

    The index is that of the token in the document.
    """
    root = span.root
    inside = range(span.start, span.end)
    children = [child for child in root.children if child.i in inside]
    is_list = root.pos_ in {"PROPN", "PRON"} or root.tag_ == "NNS"
    if is_list and any(child.dep_ == "conj" for child in children):
        for child in children:
            if child.dep_ == "cc":
                return int(child.i)
    return int(root.i)


def _span(doc: Doc, start: int, end: int) -> Span:
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        raise CorpusError(f"[{start}, {end}) is no place in the text")
    return span


def measure(system: System, texts: Iterable[GoldText]) -> Agreement:
    """Return how well a system's chains agree with those of the texts."""
    total = Agreement()
    for text in texts:
        key = gold_heads(text.document, text.doc)
        total += agreement(key, system.heads(text.doc, text.quotations))
    return total


def table(rows: Iterable[tuple[str, Agreement]]) -> list[str]:
    """Return one line for each system: mentions, MUC, B³, CEAF-e as P, R and F1, and CoNLL F1."""
    columns = ("mentions", "MUC", "B³", "CEAF-e")
    lines = [
        f"{'system':<12}" + "".join(f"{name:>22}" for name in columns) + f"{'CoNLL F1':>12}",
        f"{'':<12}" + f"{'P':>8}{'R':>7}{'F1':>7}" * len(columns),
    ]
    for name, found in rows:
        counts = (found.mentions, found.muc, found.b_cubed, found.ceaf_e)
        cells = "".join(_cells(count) for count in counts)
        lines.append(f"{name:<12}{cells}{100 * found.conll_f1:>12.1f}")
    return lines


def _cells(count: Counts) -> str:
    precision, recall, f1 = (100 * v for v in (count.precision, count.recall, count.f1))
    return f"{precision:>8.1f}{recall:>7.1f}{f1:>7.1f}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("corpus", type=Path, help="a folder of GUM's .conllu files")
    parser.add_argument("--genre", action="append", help="such as news; one or several")
    parser.add_argument("--resolver", choices=RESOLVERS, action="append")
    parser.add_argument("--stanza", type=Path, help="a coreference model of Stanza's, trained")
    options = parser.parse_args(arguments)
    systems: list[System] = [ResolverChains(name=name) for name in options.resolver or RESOLVERS]
    if options.stanza is not None:
        from quotes.nlp.stanza_coref import StanzaCoref

        systems.append(StanzaChains(model=StanzaCoref(options.stanza)))
    texts = read_texts(options.corpus, options.genre or ())
    rows = [(system.name, measure(system, texts)) for system in systems]
    print("\n".join(table(rows)))


if __name__ == "__main__":
    main()
