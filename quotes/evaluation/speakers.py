"""How often a source mention is led to the right speaker, by what kind of mention it is.

    python -m quotes.evaluation.speakers CORPUS/dev fixtures/speakers/polnear-dev.tsv

A file has a header and a line for each source mention that was read: the document's name, where
the mention starts and ends, what it is, what speaks, and the speaker's name. Without `--extractor`
the resolver is given the corpus's own quotations, so that nothing but speakers is measured; with
it, what the extractor finds, and mentions that it does not find are counted apart.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from quotes.errors import CorpusError
from quotes.evaluation.corpus import read_corpus
from quotes.evaluation.decided import Decision, MentionType, read_decisions
from quotes.evaluation.names import same_name
from quotes.extraction import EXTRACTORS, load_extractor
from quotes.extraction.contents import kind_of
from quotes.extraction.reading import Reading
from quotes.nlp import load_parser
from quotes.quotation import NAMED_KINDS, Quotation
from quotes.spans import Span, hull
from quotes.speakers import DEFAULT_RESOLVER, RESOLVERS, load_resolver

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Doc

    from quotes.evaluation.corpus import Corpus, GoldDocument
    from quotes.extraction.extractor import Extractor
    from quotes.quotation import Attribution
    from quotes.speakers.resolver import Resolver


class Outcome(StrEnum):
    """What became of a source mention."""

    RIGHT = "right"
    WRONG = "wrong"
    UNKNOWN = "unknown"
    MISSED = "not found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A decision with the quotation found at its mention, if any."""

    decision: Decision
    text: str
    quotation: Quotation | None

    @property
    def attribution(self) -> Attribution | None:
        """The speaker given."""
        return self.quotation.attribution if self.quotation else None

    @property
    def outcome(self) -> Outcome:
        """Hold the speaker given against the decision.

        Where nobody is named a phrase of the mention's own words is right, and so is nobody.
        """
        if self.quotation is None:
            return Outcome.MISSED
        given = self.attribution
        if not self.decision.names:
            return Outcome.WRONG if given and self._names_somebody(given) else Outcome.RIGHT
        if given is None:
            return Outcome.UNKNOWN
        if _is_right(self.decision, given):
            return Outcome.RIGHT
        named = self._names_somebody(given) or len(self.decision.names) > 1
        return Outcome.WRONG if named else Outcome.UNKNOWN

    def _names_somebody(self, given: Attribution) -> bool:
        """Tell whether the speaker is a named one, and not the mention's own words."""
        own = self.text[self.decision.start : self.decision.end].casefold()
        return given.kind in NAMED_KINDS and given.name.casefold() not in own


def _is_right(decision: Decision, given: Attribution) -> bool:
    """Tell whether the name is one decided on; of "Marsh and her aides" Marsh is the only name."""
    if len(decision.names) == 1:
        alone = [member.name for member in given.members] if len(given.members) == 1 else []
        return any(same_name(form, [given.name, *alone]) for form in decision.names[0])
    words = set(given.name.casefold().replace(",", " ").split())
    return all(
        any(set(form.casefold().split()[-1:]) <= words for form in forms)
        for forms in decision.names
    )


def answers(
    corpus: Corpus,
    decisions: Sequence[Decision],
    *,
    resolver: Resolver,
    extractor: Extractor | None = None,
) -> Iterator[Answer]:
    """Yield each decision with what the resolver makes of its mention.

    Raises CorpusError where a mention stands at no source of the corpus.
    """
    by_document: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        by_document[decision.document].append(decision)
    documents = [d for d in corpus.documents if d.name in by_document]
    if absent := set(by_document) - {d.name for d in documents}:
        raise CorpusError(f"{corpus.path} has no text {min(absent)}")
    docs = load_parser("spacy").pipe(d.text for d in documents)
    for document, doc in zip(documents, docs, strict=True):
        known = {_place(q.source) for q in document.quotations if q.source}
        if extractor is None:
            quotations = annotated(document, doc)
        else:
            quotations = extractor.extract(doc).quotations
        found = [q for q in resolver.resolve(doc, quotations) if q.source]
        for decision in by_document[document.name]:
            if (decision.start, decision.end) not in known:
                place = f"[{decision.start}, {decision.end})"
                raise CorpusError(f"{document.name} has no source at {place} in {corpus.path}")
            yield Answer(decision=decision, text=document.text, quotation=_at(decision, found))


def annotated(document: GoldDocument, doc: Doc) -> tuple[Quotation, ...]:
    """Return a document's annotations as quotations without speakers."""
    reading = Reading(doc)
    return tuple(
        Quotation(
            kind=kind_of(reading, gold.content),
            content=gold.content,
            cue=gold.cue,
            source=gold.source,
        )
        for gold in document.quotations
    )


def _place(source: Sequence[Span]) -> tuple[int, int]:
    whole = hull(tuple(source))
    return whole.start, whole.end


def _at(decision: Decision, found: Sequence[Quotation]) -> Quotation | None:
    """Return the quotation whose source is the mention, or else covers most of it."""
    place = Span(decision.start, decision.end)
    near = [q for q in found if hull(q.source).overlaps(place)]
    return max(near, key=lambda q: _shared(hull(q.source), place), default=None)


def _shared(one: Span, other: Span) -> float:
    both = min(one.end, other.end) - max(one.start, other.start)
    return both / (len(one) + len(other) - both)


def table(given: Sequence[Answer]) -> list[str]:
    """Return lines that say, by type of mention, how many are led to the right name.

    The share is of the mentions found whose speaker the text names. The last line counts named
    speakers given where the text names none.
    """
    counted: dict[MentionType, Counter[Outcome]] = defaultdict(Counter)
    for answer in given:
        if answer.decision.names:
            counted[answer.decision.mention][answer.outcome] += 1
    resolved = [t for t in MentionType if t is not MentionType.FULL]
    rows = [(str(kind), counted[kind]) for kind in MentionType]
    rows.append(("to resolve", sum((counted[t] for t in resolved), Counter())))
    rows.append(("all", sum(counted.values(), Counter())))
    lines = [f"{'mention':<11}{'right':>7}{'wrong':>7}{'unknown':>9}{'not found':>11}{'share':>9}"]
    for name, row in rows:
        found = row.total() - row[Outcome.MISSED]
        share = f"{100 * row[Outcome.RIGHT] / found:.1f} %" if found else "-"
        counts = [row[outcome] for outcome in Outcome]
        lines.append(
            f"{name:<11}{counts[0]:>7}{counts[1]:>7}{counts[2]:>9}{counts[3]:>11}{share:>9}"
        )
    nameless = [a for a in given if not a.decision.names and a.outcome is not Outcome.MISSED]
    wrong = sum(a.outcome is Outcome.WRONG for a in nameless)
    percent = 100 * wrong / max(1, len(nameless))
    lines.append(
        f"a named speaker where the text names none: {wrong} of {len(nameless)}, {percent:.1f} %"
    )
    return lines


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table, and with --list each mention that was led wrong."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("speakers", type=Path)
    parser.add_argument("--extractor", choices=EXTRACTORS, help="find the quotations with it")
    parser.add_argument(
        "--resolver", choices=RESOLVERS, action="append", help="one, or several beside each other"
    )
    parser.add_argument("--list", action="store_true", help="list what was led wrong")
    options = parser.parse_args(arguments)
    corpus, decisions = read_corpus(options.corpus), read_decisions(options.speakers)
    extractor = load_extractor(options.extractor) if options.extractor else None
    for name in options.resolver or [DEFAULT_RESOLVER]:
        resolver = load_resolver(name)
        given = list(answers(corpus, decisions, resolver=resolver, extractor=extractor))
        if options.list:
            for answer in given:
                if answer.outcome in {Outcome.WRONG, Outcome.UNKNOWN}:
                    print(_line(answer))
        print(f"resolver: {name}")
        print("\n".join(table(given)))


def _line(answer: Answer) -> str:
    decision, speaker = answer.decision, answer.attribution
    wanted = " & ".join(forms[0] for forms in decision.names) or "nobody"
    words = " ".join(answer.text[decision.start : decision.end].split())
    where = f"{decision.document}:{decision.start}"
    name = speaker.name if speaker else None
    return f"{where} {decision.mention} {words!r}: {wanted}, given {name!r}"


if __name__ == "__main__":
    main()
