"""Claims derived from an annotated corpus by editing its quotations, and what verify answers.

    python -m quotes.evaluation.derived CORPUS/dev --articles 40 --seed 1

So many articles go through an ingest into a temporary database. Claims are made of the annotated
statements of named speakers: as they stand, changed by one edit of a class, reworded by rule, or
said of another; and of statements from articles that are not in the database. The same seed makes
the same claims. No text leaves the temporary folder but what --list prints.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.evaluation.claims import add_options, encoder_of, print_reports
from quotes.evaluation.claims_archive import archive
from quotes.evaluation.claims_values import Claim
from quotes.evaluation.corpus import read_corpus
from quotes.evaluation.derived_edits import Names, alterations
from quotes.evaluation.derived_rewording import reword
from quotes.evaluation.derived_statements import (
    Statement,
    entities,
    shingles,
    statements,
    unique_surnames,
)
from quotes.nlp import load_parser
from quotes.verification.verdict import Ruling

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.tokens import Doc

    from quotes.evaluation.corpus import GoldDocument

DEFAULT_ARTICLES = 40
DEFAULT_EACH = 60
LEAST_CLAUSE = 5
DENIALS = re.compile(r"\b(?:not|never|no|nobody|deny|denied|unless|if)\b|n['’]t\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What claims are made of: statements in the database and outside, and names to exchange."""

    inside: tuple[Statement, ...]
    outside: tuple[Statement, ...]
    names: Names
    surnames: frozenset[str]
    texts: Mapping[str, str]


def material(chosen: Sequence[GoldDocument], held_out: Sequence[GoldDocument]) -> Material:
    """Parse the articles and collect what they offer; `held_out` are not to be stored."""
    docs = list(load_parser("spacy").pipe(d.text for d in [*chosen, *held_out]))
    inside = _collected(chosen, docs[: len(chosen)])
    return Material(
        inside=inside,
        outside=_collected(held_out, docs[len(chosen) :]),
        names=Names(
            people=entities(docs, "PERSON", least=2, most=2),
            places=entities(docs, "GPE", least=1, most=2),
        ),
        surnames=frozenset(unique_surnames(entities(docs, "PERSON", least=2, most=3))),
        texts={document.name: document.text for document in chosen},
    )


def _collected(documents: Sequence[GoldDocument], docs: Sequence[Doc]) -> tuple[Statement, ...]:
    pairs = zip(documents, docs, strict=True)
    return tuple(one for document, doc in pairs for one in statements(document, doc))


def derive(given: Material, *, each: int, rng: random.Random) -> list[Claim]:
    """Return up to so many claims of each verdict, in the order of the verdicts."""
    makers = {
        Ruling.VERBATIM: _verbatim(given, rng),
        Ruling.ALTERED: _altered(given, rng),
        Ruling.PARAPHRASE: _paraphrases(given, rng),
        Ruling.MISATTRIBUTED: _misattributed(given, rng),
        Ruling.NOT_FOUND: _not_found(given, rng),
    }
    claims = []
    for verdict, maker in makers.items():
        for number, (claim, _) in enumerate(zip(maker, range(each), strict=False), 1):
            claims.append(replace(claim, id=f"{verdict}-{number:03d}", verdict=verdict))
    return claims


def _claim(
    given: Material,
    statement: Statement,
    claim: str,
    sort: str,
    rng: random.Random,
    *,
    by: str = "",
) -> Claim:
    name = by or statement.speaker
    surname = name.split()[-1]
    # A surname that two bear would be ambiguous, which is another question.
    speaker = surname if surname in given.surnames and rng.random() < 0.5 else name
    return Claim(
        id="",
        speaker=speaker,
        claim=claim,
        verdict=Ruling.NOT_FOUND,
        text=statement.document,
        sort=sort,
    )


def _shuffled(found: Sequence[Statement], rng: random.Random) -> list[Statement]:
    return rng.sample(found, len(found))


def _verbatim(given: Material, rng: random.Random) -> Iterator[Claim]:
    for number, one in enumerate(_shuffled(given.inside, rng)):
        sort, text = _verbatim_form(number, one, rng)
        yield _claim(given, one, text, sort, rng)


def _verbatim_form(number: int, one: Statement, rng: random.Random) -> tuple[str, str]:
    text = one.text
    match number % 4:
        case 0:
            return "whole", text
        case 1:
            clauses = _clauses(text)
            return ("clause", rng.choice(clauses)) if clauses else ("whole", text)
        case 2:
            return "typography", _other_typography(text, rng)
        case _:
            parts = text.split(", ")
            if len(parts) > 2 and not DENIALS.search(", ".join(parts[1:-1])):
                return "ellipsis", f"{parts[0]} … {parts[-1]}"
            return "capitals", rng.choice((text.upper(), text.lower()))


def _clauses(text: str) -> list[str]:
    """Return the parts of a sentence that can stand for themselves, cut at its commas."""
    found = []
    for match in re.finditer("[,;] ", text):
        before, after = text[: match.start()], text[match.end() :]
        for part, other in ((before, after), (after, before)):
            # What a denial or a condition stood beside says something else alone.
            if len(part.split()) >= LEAST_CLAUSE and not DENIALS.search(other):
                found.append(part)
    return found


def _other_typography(text: str, rng: random.Random) -> str:
    if re.search("['’]", text):
        curly = "’" in text
        text = text.replace("’", "'") if curly else text.replace("'", "’")
    words = text.split(" ")
    at = rng.randrange(1, len(words))
    return "“" + " ".join(words[:at]) + "\n" + " ".join(words[at:]) + ".”"


def _altered(given: Material, rng: random.Random) -> Iterator[Claim]:
    """Yield edits of the class that was made least until then."""
    made: Counter[str] = Counter()
    for one in _shuffled(given.inside, rng):
        possible = alterations(one.words, given.names, rng)
        if possible:
            sort = min(possible, key=lambda name: (made[name], name))
            made[sort] += 1
            yield _claim(given, one, possible[sort], sort, rng)


def _paraphrases(given: Material, rng: random.Random) -> Iterator[Claim]:
    for one in _shuffled(given.inside, rng):
        reworded = reword(one.words, one.surname, quoted=one.quoted)
        if reworded is not None:
            yield _claim(given, one, reworded[0], reworded[1], rng)


def _misattributed(given: Material, rng: random.Random) -> Iterator[Claim]:
    for one in _shuffled(given.inside, rng):
        others = [s for s in given.inside if s.document != one.document]
        if not others:
            return
        other = rng.choice(others)
        # Nobody is blamed for words that an article with him in it tells as well.
        with_other = [text for text in given.texts.values() if other.surname in text]
        said = shingles(one.text)
        if one.surname != other.surname and not any(said & shingles(text) for text in with_other):
            yield _claim(given, one, one.text, "other article", rng, by=other.speaker)


def _not_found(given: Material, rng: random.Random) -> Iterator[Claim]:
    stored = set().union(*(shingles(text) for text in given.texts.values()))
    speakers = sorted({one.speaker for one in given.inside})
    outside = _shuffled(given.outside, rng)
    for one in outside:
        # The same event is often told by several papers.
        if speakers and not shingles(one.text) & stored:
            own = one.speaker in speakers
            by = one.speaker if own else rng.choice(speakers)
            yield _claim(given, one, one.text, "own, elsewhere" if own else "elsewhere", rng, by=by)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table of verdicts on derived claims, and with --list each that is wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, default=DEFAULT_ARTICLES, help="in the database")
    parser.add_argument("--each", type=int, default=DEFAULT_EACH, help="claims of each verdict")
    parser.add_argument("--seed", type=int, default=1)
    add_options(parser)
    options = parser.parse_args(arguments)
    corpus = read_corpus(options.corpus)
    rng = random.Random(options.seed)
    documents = rng.sample(corpus.documents, len(corpus.documents))
    chosen, held_out = documents[: options.articles], documents[options.articles :]
    claims = derive(material(chosen, held_out), each=options.each, rng=rng)
    paths = [options.corpus / "text" / f"{document.name}.txt" for document in chosen]
    gold = {document.text: document for document in chosen} if options.gold else None
    with archive(paths, gold=gold, encoder=encoder_of(options)) as store:
        print_reports(store, claims, options)


if __name__ == "__main__":
    main()
